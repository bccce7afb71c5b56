package org.neuropil.volume.n5;

import java.io.Serializable;

import org.neuropil.volume.array.Compression;

/// How a new volume is written.
///
/// @param compression of a block
/// @param level of the compression; the higher, the smaller and slower
public record N5Options(Compression compression, int level) implements Serializable {
    /// Gzip, which every reader of N5 has.
    public static final N5Options USUAL = new N5Options(Compression.GZIP);

    /// With the compression's usual level.
    public N5Options(Compression compression) {
        this(compression, compression.usualLevel());
    }
}
