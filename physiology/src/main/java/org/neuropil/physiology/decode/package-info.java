/// Population coding: what was shown, told from the responses of many cells at once. Trial matrices, three decoders,
/// cross-validation, and how accuracy depends on the number of cells, on chance and on noise correlation.
@NullMarked
package org.neuropil.physiology.decode;

import org.jspecify.annotations.NullMarked;
