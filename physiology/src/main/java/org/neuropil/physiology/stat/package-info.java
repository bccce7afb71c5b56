/// Sums, means, spreads and correlations over arrays in which some values may be missing (NaN). Pure functions.
@NullMarked
package org.neuropil.physiology.stat;

import org.jspecify.annotations.NullMarked;
