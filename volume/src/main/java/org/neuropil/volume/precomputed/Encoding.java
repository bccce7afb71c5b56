package org.neuropil.volume.precomputed;

import org.neuropil.volume.DataType;

/// How a chunk's voxels become bytes, before compression.
public enum Encoding {
    /// Little-endian voxels, x fastest.
    RAW("raw"),
    /// Neuroglancer's compressed_segmentation; uint32 and uint64 only.
    COMPRESSED_SEGMENTATION("compressed_segmentation"),
    /// JPEG of an image as wide as the chunk, its sections one below the other; uint8 only, and not exact.
    JPEG("jpeg"),
    /// PNG of such an image; uint8 and uint16 only.
    PNG("png"),
    /// Compresso, for labels of connected cells; unsigned only. It can be read, not written.
    COMPRESSO("compresso"),
    /// Crackle, for labels of connected cells; whole numbers only. It can be read, not written.
    CRACKLE("crackle");

    private final String text;

    Encoding(String text) {
        this.text = text;
    }

    /// The name in the info file.
    public String text() {
        return text;
    }

    /// True if voxels of a type can be encoded so.
    public boolean holds(DataType type) {
        return switch (this) {
            case RAW -> true;
            case COMPRESSED_SEGMENTATION -> type == DataType.UINT32 || type == DataType.UINT64;
            case JPEG -> type == DataType.UINT8;
            case PNG -> type == DataType.UINT8 || type == DataType.UINT16;
            case COMPRESSO -> type == DataType.UINT8 || type == DataType.UINT16 || type == DataType.UINT32
                    || type == DataType.UINT64;
            case CRACKLE -> !type.isFloat();
        };
    }

    /// True if chunks can be written so, not only read.
    public boolean isWritten() {
        return this != COMPRESSO && this != CRACKLE;
    }
}
