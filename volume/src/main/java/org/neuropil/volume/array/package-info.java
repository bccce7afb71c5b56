/// What formats of n-dimensional arrays (Zarr, N5, HDF5, NRRD, numpy's) have in common: which of an array's dimensions are
/// x, y and z, what a reader may say that the files do not, lengths in nanometres, voxels that lie uncompressed in one file,
/// and fields of JSON files that are checked once. It may use `codec` and Jackson; it knows no format.
@NullMarked
package org.neuropil.volume.array;

import org.jspecify.annotations.NullMarked;
