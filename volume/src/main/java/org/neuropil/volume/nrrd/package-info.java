/// NRRD files as volumes that are only read. It may use `array` and `codec`.
@NullMarked
package org.neuropil.volume.nrrd;

import org.jspecify.annotations.NullMarked;
