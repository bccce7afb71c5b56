/// How work is done and what it leaves behind: block jobs run with a ledger, so that a killed run goes on where it was,
/// by a runner, on threads or wherever another module has one; stages that write their parts beside and move them in
/// place when whole; datasets (`dataset.json`) and the provenance of every part. It may use `space` and `volume`; it
/// does not know what a job computes. The sub-package `volumes` holds the jobs that any volume needs (import of
/// sections, copies, mips).
@NullMarked
package org.neuropil.pipeline;

import org.jspecify.annotations.NullMarked;
