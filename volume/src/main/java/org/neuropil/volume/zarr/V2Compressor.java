package org.neuropil.volume.zarr;

import org.neuropil.volume.DataType;
import org.neuropil.volume.array.BloscFields;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Gzipped;
import org.neuropil.volume.codec.Lz4;
import org.neuropil.volume.codec.Zlib;
import org.neuropil.volume.codec.Zstd;

/// The `compressor` of a version 2 array's metadata.
public final class V2Compressor {
    private V2Compressor() {}

    /// The codec that it describes.
    ///
    /// @param type of an element, which decides how Blosc shuffles where the metadata leave that to it; reading needs none
    /// @throws org.neuropil.space.InputException if there is no such codec here
    public static ByteCodec of(Fields codec, DataType type) {
        return switch (codec.string("id")) {
            case "gzip" -> new Gzipped(codec.integer("level", -1, 9, 1));
            case "zlib" -> new Zlib(codec.integer("level", -1, 9, 1));
            case "zstd" -> new Zstd(codec.integer("level", -131072, 22, 1), codec.flag("checksum"));
            case "lz4" -> new Lz4();
            case "blosc" -> BloscFields.numbered(codec, type);
            default -> throw codec.wrong("id", "this compressor is not supported",
                    "blosc, zstd, gzip, zlib and lz4 are");
        };
    }
}
