/// Arrays in numpy's files as volumes that are only read; `stack` writes such files. It may use `array` and `codec`.
@NullMarked
package org.neuropil.volume.npy;

import org.jspecify.annotations.NullMarked;
