/// What the benchmarks run of ours: one class that does a named piece of work when it is told to, so that a script can
/// alternate it with the peers. It may use every module that is measured.
@NullMarked
package org.neuropil.bench;

import org.jspecify.annotations.NullMarked;
