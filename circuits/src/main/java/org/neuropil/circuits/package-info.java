/// Answers to questions about circuits: motifs and null models, regressions with groups, matching of cells by wiring. Now there are
/// the kernels, pure functions of arrays; it may use `volume` for its threads, and does not know HTTP.
@NullMarked
package org.neuropil.circuits;

import org.jspecify.annotations.NullMarked;
