/// Sessions of a mouse that never was, of any size, with cells whose tuning, receptive fields and shared noise are known: what
/// metrics and files are checked with. Uses `session`.
@NullMarked
package org.neuropil.physiology.made;

import org.jspecify.annotations.NullMarked;
