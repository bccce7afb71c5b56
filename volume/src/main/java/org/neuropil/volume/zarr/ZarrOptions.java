package org.neuropil.volume.zarr;

import java.io.Serializable;

import org.neuropil.volume.array.Compression;

/// How a new volume is written. Whether chunks share files (shards, version 3 only) follows from the unit of its scales.
///
/// @param version 2, with metadata of OME-Zarr 0.4, or 3, with those of OME-Zarr 0.5
/// @param compression of a chunk
/// @param level of the compression; the higher, the smaller and slower
public record ZarrOptions(int version, Compression compression, int level) implements Serializable {
    /// Version 2, Blosc.
    public static final ZarrOptions V2 = new ZarrOptions(2, Compression.BLOSC);
    /// Version 3, Zstandard.
    public static final ZarrOptions V3 = new ZarrOptions(3, Compression.ZSTD);

    /// @throws IllegalArgumentException if there is no such version
    public ZarrOptions {
        if (version != 2 && version != 3) {
            throw new IllegalArgumentException("version " + version + " of Zarr is not 2 or 3");
        }
    }

    /// With the compression's usual level.
    public ZarrOptions(int version, Compression compression) {
        this(version, compression, compression.usualLevel());
    }

    /// These with another compression, at its usual level.
    public ZarrOptions with(Compression other) {
        return new ZarrOptions(version, other);
    }
}
