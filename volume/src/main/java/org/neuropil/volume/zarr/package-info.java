/// OME-Zarr 0.4 and 0.5 and plain arrays of Zarr versions 2 and 3, sharded ones too, over any
/// [org.neuropil.volume.store.Store]. Metadata is checked once when a volume is opened; behind that, arrays are chunks of
/// voxels like those of any format. It may use `array`, `codec`, `store` and Jackson.
@NullMarked
package org.neuropil.volume.zarr;

import org.jspecify.annotations.NullMarked;
