package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.file.Path;

import org.neuropil.volume.Block;
import org.neuropil.volume.codec.PngImage;
import org.neuropil.volume.store.FileStore;

/// Writes sections as grey PNG files of 8 or 16 bits.
public final class PngSections {
    private PngSections() {}

    /// Writes a section, atomically.
    ///
    /// @param section UINT8 or UINT16, one voxel thick
    /// @throws IllegalArgumentException if it is anything else
    public static void write(Path file, Block section) throws IOException {
        FileStore.replace(file, encode(section), false);
    }

    /// A section as the bytes of a PNG file: one image data chunk, every row with the Paeth filter.
    ///
    /// @param section UINT8 or UINT16, one voxel thick
    /// @throws IllegalArgumentException if it is anything else
    public static byte[] encode(Block section) {
        return PngImage.encode(section);
    }
}
