/// What connected cells have in common in what they do: similarities of pairs beside what their distances alone give. Pure
/// functions of arrays, and of `model`; it knows no tables and no recordings.
@NullMarked
package org.neuropil.circuits.function;

import org.jspecify.annotations.NullMarked;
