/// Files of groups, attributes and arrays, the same for HDF5 and for Zarr: what NWB is written in. Knows nothing of NWB.
@NullMarked
package org.neuropil.physiology.nwb.tree;

import org.jspecify.annotations.NullMarked;
