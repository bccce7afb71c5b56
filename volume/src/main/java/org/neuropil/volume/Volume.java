package org.neuropil.volume;

import java.io.IOException;

import org.neuropil.space.Box;

/// A chunked multi-resolution volume of one channel. Safe for use by several threads as long as no two write the same
/// chunk. Keep this interface small: what can be built from these four methods does not belong here.
public interface Volume {
    /// What it is: kind, data type, scales.
    VolumeInfo info();

    /// Reads any box of a mip. Voxels outside the volume's bounds, and those of chunks that were never written, are 0.
    ///
    /// @param mip 0 is the finest
    /// @throws IOException if bytes cannot be read or decoded; the message names the chunk
    Block read(int mip, Box box) throws IOException;

    /// Writes whole chunks, each atomically: a reader sees the old or the new chunk.
    ///
    /// @param block its box must begin and end at chunk borders or at the volume's bounds
    /// @throws IllegalArgumentException if it does not, or if the data type is another
    void write(int mip, Block block) throws IOException;

    /// Where it is, as a user would write it.
    String uri();
}
