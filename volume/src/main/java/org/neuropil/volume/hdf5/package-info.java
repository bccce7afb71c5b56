/// Datasets of HDF5 files as volumes that are only read, CREMI's layout above all. It stands on the library jhdf, and may
/// use `array`, `codec` and nothing of other formats.
@NullMarked
package org.neuropil.volume.hdf5;

import org.jspecify.annotations.NullMarked;
