/// Who is connected with whom, from tables at a moment: the cells that a question is about, with their types, places, and
/// whether their axons and dendrites can be trusted; the synapses between them; connections, pairs that could have been
/// found, matrices of types, and how connections depend on distance. What was left out is counted on the way. Uses tables.
@NullMarked
package org.neuropil.circuits.wiring;

import org.jspecify.annotations.NullMarked;
