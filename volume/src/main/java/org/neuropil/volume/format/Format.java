package org.neuropil.volume.format;

import java.util.Locale;

/// The formats of volumes.
public enum Format {
    /// Neuroglancer's precomputed, unsharded and sharded.
    PRECOMPUTED(true),
    /// Zarr version 2 with OME-Zarr 0.4.
    ZARR2(true),
    /// Zarr version 3 with OME-Zarr 0.5.
    ZARR3(true),
    /// N5.
    N5(true),
    /// HDF5, one dataset of a file; read only.
    HDF5(false),
    /// NRRD, one file; read only.
    NRRD(false),
    /// An array of numpy's, one file; read only.
    NPY(false),
    /// A folder of section images, or a TIFF file of several pages; read only.
    STACK(false);

    private final boolean writable;

    Format(boolean writable) {
        this.writable = writable;
    }

    /// True if volumes of this format can be written.
    public boolean isWritable() {
        return writable;
    }

    /// As in an address: `zarr3`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
