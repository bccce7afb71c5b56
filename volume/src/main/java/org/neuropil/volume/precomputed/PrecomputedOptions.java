package org.neuropil.volume.precomputed;

import java.io.Serializable;

/// How a new precomputed volume is written.
///
/// @param encoding of a chunk's voxels
/// @param compression of the encoded chunk
public record PrecomputedOptions(Encoding encoding, ChunkCompression compression) implements Serializable {
    /// Plain voxels in plain files, which any web server can serve.
    public static final PrecomputedOptions RAW = new PrecomputedOptions(Encoding.RAW, ChunkCompression.NONE);
    /// compressed_segmentation in plain files.
    public static final PrecomputedOptions LABELS = new PrecomputedOptions(Encoding.COMPRESSED_SEGMENTATION,
            ChunkCompression.NONE);

    /// These with another compression.
    public PrecomputedOptions with(ChunkCompression other) {
        return new PrecomputedOptions(encoding, other);
    }
}
