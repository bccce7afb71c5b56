/// How good a segmentation is, against labels: variation of information and adapted Rand error. Uses `space`, `volume`
/// and `pipeline` only.
@NullMarked
package org.neuropil.segment.score;

import org.jspecify.annotations.NullMarked;
