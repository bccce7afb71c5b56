package org.neuropil.volume.precomputed;

/// How a chunk's voxels become bytes, before compression.
public enum Encoding {
    /// Little-endian voxels, x fastest.
    RAW("raw"),
    /// Neuroglancer's compressed_segmentation; uint32 and uint64 only.
    COMPRESSED_SEGMENTATION("compressed_segmentation");

    private final String text;

    Encoding(String text) {
        this.text = text;
    }

    /// The name in the info file.
    public String text() {
        return text;
    }
}
