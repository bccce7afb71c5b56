/// Writes sessions as NWB, in Zarr as hdmf-zarr lays it out: what `pynwb` opens. Uses `session`.
@NullMarked
package org.neuropil.physiology.store.nwb;

import org.jspecify.annotations.NullMarked;
