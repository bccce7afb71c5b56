package org.neuropil.volume;

import java.io.IOException;
import java.io.Serializable;

import org.neuropil.space.Box;

/// A chunked multi-resolution volume of one channel. Safe for use by several threads as long as no two write the same
/// chunk; serializable, so that it can travel to where a block is worked on. Keep this interface small: what can be
/// built from these methods does not belong here.
public interface Volume extends Serializable {
    /// What it is: kind, data type, scales.
    VolumeInfo info();

    /// Reads any box of a mip. Voxels outside the volume's bounds, and those of chunks that were never written, are the
    /// format's fill value, which is 0 where the format has none.
    ///
    /// @param mip 0 is the finest
    /// @throws IOException if bytes cannot be read or decoded; the message names the chunk
    Block read(int mip, Box box) throws IOException;

    /// Writes whole units of [VolumeInfo.Scale#unit], each atomically: a reader sees the old or the new one.
    ///
    /// @param block its box must begin and end at borders of units or at the volume's bounds
    /// @throws IllegalArgumentException if it does not, or if the data type is another
    /// @throws org.neuropil.space.InputException if the volume can only be read
    void write(int mip, Block block) throws IOException;

    /// How the bytes of a mip are written, in the format's own words: `compressed_segmentation, gzip`.
    String storage(int mip);

    /// Where it is, as a user would write it.
    String uri();
}
