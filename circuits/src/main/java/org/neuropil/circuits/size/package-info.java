/// Sizes of synapses: what those of one connection share beyond what all of an axon or of a dendrite share, and whether sizes
/// come in one or two groups. Pure functions of `wiring`.
@NullMarked
package org.neuropil.circuits.size;

import org.jspecify.annotations.NullMarked;
