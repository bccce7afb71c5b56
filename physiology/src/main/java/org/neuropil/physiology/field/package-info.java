/// Receptive fields from sparse noise: which squares of the screen a cell answers to, by two methods, and where they lie.
@NullMarked
package org.neuropil.physiology.field;

import org.jspecify.annotations.NullMarked;
