/// Matching of cells of two brains, or of two halves of one, by their wiring alone. Pure functions of sparse matrices of
/// weights; it knows no tables.
@NullMarked
package org.neuropil.circuits.match;

import org.jspecify.annotations.NullMarked;
