package org.neuropil.volume.precomputed;

import java.io.Serializable;

import org.neuropil.space.Int3;
import org.neuropil.volume.codec.CompressedSegmentation;
import org.neuropil.volume.codec.JpegImage;

/// How a new precomputed volume is written.
///
/// @param encoding of a chunk's voxels
/// @param compression of the encoded chunk
/// @param block size in voxels of a block of compressed_segmentation; looked at with that encoding only
/// @param quality of JPEG, 1 to 100; looked at with that encoding only
/// @param shards which chunks share a file
public record PrecomputedOptions(Encoding encoding, ChunkCompression compression, Int3 block, int quality,
        Shards shards) implements Serializable {
    /// Plain voxels in plain files, which any web server can serve.
    public static final PrecomputedOptions RAW = new PrecomputedOptions(Encoding.RAW, ChunkCompression.NONE);
    /// compressed_segmentation in plain files.
    public static final PrecomputedOptions LABELS = new PrecomputedOptions(Encoding.COMPRESSED_SEGMENTATION,
            ChunkCompression.NONE);

    /// Which chunks share a file.
    public sealed interface Shards extends Serializable {
        /// As the scales' units say: those of a unit that is larger than a chunk, else none. What Morton codes of the
        /// volume's chunks can give are mostly powers of two of chunks, equal along the axes or nearly so; along an axis
        /// where the volume is smaller than the unit, it is the volume's size.
        record AsUnits() implements Shards {}

        /// Those of a box as large as fits.
        ///
        /// @param bytes the most that the voxels of a shard may take before they are encoded
        record OfBytes(long bytes) implements Shards {}
    }

    /// The most bytes of voxels in a shard unless another number is asked for: a thousand chunks of 64^3 of an image, or
    /// a hundred of 64-bit labels. Half a gigabyte is then enough to write one, and a petavoxel is four million files.
    public static final long SHARD_BYTES = 256L << 20;

    /// Shards as the scales' units say; blocks of 8^3 and JPEG of quality 85 where those matter.
    public PrecomputedOptions(Encoding encoding, ChunkCompression compression) {
        this(encoding, compression, CompressedSegmentation.BLOCK, JpegImage.QUALITY, new Shards.AsUnits());
    }

    /// These with another compression.
    public PrecomputedOptions with(ChunkCompression other) {
        return new PrecomputedOptions(encoding, other, block, quality, shards);
    }

    /// These with another size of a block of compressed_segmentation.
    public PrecomputedOptions withBlock(Int3 other) {
        return new PrecomputedOptions(encoding, compression, other, quality, shards);
    }

    /// These with another quality of JPEG.
    public PrecomputedOptions withQuality(int other) {
        return new PrecomputedOptions(encoding, compression, block, other, shards);
    }

    /// These in shards of [#SHARD_BYTES].
    public PrecomputedOptions sharded() {
        return with(new Shards.OfBytes(SHARD_BYTES));
    }

    /// These with other shards.
    public PrecomputedOptions with(Shards other) {
        return new PrecomputedOptions(encoding, compression, block, quality, other);
    }
}
