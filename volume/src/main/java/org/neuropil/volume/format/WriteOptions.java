package org.neuropil.volume.format;

import java.util.Optional;

/// How a new volume is written, in the words of its format; what is left out is the format's usual choice.
///
/// @param encoding of a precomputed chunk: `raw`, `compressed_segmentation`, `jpeg`, `png`
/// @param compression of a chunk: `none`, `gzip`, and for Zarr and N5 `zstd` or `blosc`
public record WriteOptions(Optional<String> encoding, Optional<String> compression) {
    /// The usual choices.
    public static final WriteOptions USUAL = new WriteOptions(Optional.empty(), Optional.empty());
}
