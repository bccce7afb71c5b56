/// The network of excitatory cells: who is connected with whom, by type and distance, motifs beside null models, and the sizes
/// of synapses of one connection.
@NullMarked
package org.neuropil.circuits.ask.excitatory;

import org.jspecify.annotations.NullMarked;
