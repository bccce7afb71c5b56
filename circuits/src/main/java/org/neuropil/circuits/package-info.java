/// Questions about circuits: wiring out of tables, motifs and null models, regressions with groups, sizes of synapses, cells
/// matched by their wiring, and the answers with their pages. Kernels are pure functions of arrays; it may use `tables`,
/// `chart`, `pipeline` and `volume`, and does not know HTTP.
@NullMarked
package org.neuropil.circuits;

import org.jspecify.annotations.NullMarked;
