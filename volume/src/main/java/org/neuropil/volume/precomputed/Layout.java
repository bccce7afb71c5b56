package org.neuropil.volume.precomputed;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Int3;

/// How the chunks of a mip lie in the store.
///
/// @param key the folder of the chunks
/// @param encoding how a chunk's bytes are written
/// @param block size of a compressed_segmentation block in voxels
/// @param quality of JPEG
/// @param sharding which chunks share a file; null if none do
/// @param copies how many chunk sizes the file lists; we know the first
record Layout(String key, Encoding encoding, Int3 block, int quality, @Nullable Sharding sharding, int copies)
        implements
            Serializable {
    /// True if an encoded chunk of one is an encoded chunk of the other.
    boolean encodesAs(Layout other) {
        return encoding == other.encoding
                && (encoding != Encoding.COMPRESSED_SEGMENTATION || block.equals(other.block));
    }
}
