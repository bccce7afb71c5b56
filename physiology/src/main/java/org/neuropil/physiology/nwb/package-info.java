/// Sessions in files of NWB, in HDF5 and in Zarr: those of V1DD and of MICrONS by their own keys, others by their names.
@NullMarked
package org.neuropil.physiology.nwb;

import org.jspecify.annotations.NullMarked;
