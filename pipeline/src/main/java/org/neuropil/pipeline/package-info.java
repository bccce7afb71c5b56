/// How work is done and what it leaves behind: block jobs run on threads with a ledger, so that a killed run goes on
/// where it was; stages that write their parts beside and move them in place when whole; datasets (`dataset.json`) and
/// the provenance of every part. It may use `space` and `volume`; it does not know what a job computes. The
/// sub-package `volumes` holds the jobs that any volume needs (import of sections, mips).
@NullMarked
package org.neuropil.pipeline;

import org.jspecify.annotations.NullMarked;
