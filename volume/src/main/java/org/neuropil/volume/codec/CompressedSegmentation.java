package org.neuropil.volume.codec;

import java.io.IOException;

import org.neuropil.space.Int3;

/// Neuroglancer's compressed_segmentation of one channel: labels of a chunk (x fastest) as blocks, each with a table of
/// the labels in it and a few bits per voxel that point into the table.
///
/// The bytes are little-endian 32-bit words: `1`, then two words per block (table offset in 24 bits, bits per voxel in
/// 8; offset of the packed indices), then packed indices and tables; offsets count words from the end of the first
/// word. Our encoder puts tables in ascending unsigned order, writes equal tables once and pads blocks that stick out
/// with index 0, as the reference encoder does, so equal labels give equal bytes.
public final class CompressedSegmentation {
    /// The block size that is written.
    public static final Int3 BLOCK = Int3.all(8);

    /// The most voxels that a block may have, far above any in use; keeps scratch memory small.
    public static final int MOST_BLOCK_VOXELS = 1 << 20;

    private CompressedSegmentation() {}

    /// Encodes uint32 labels.
    ///
    /// @param labels x fastest, as many as `size` has voxels
    /// @param block size of an encoding block in voxels
    /// @throws IllegalArgumentException if the sizes do not fit
    /// @throws org.neuropil.space.InputException if the chunk has so many different labels that the format cannot hold it
    ///         (tables beyond 64 MiB)
    public static byte[] encode(int[] labels, Int3 size, Int3 block) {
        check(size, block, labels.length);
        return new SegmentationEncoder(size, block, 1).encode((from, count, to, at) -> {
            for (int i = 0; i < count; i++) {
                to[at + i] = labels[from + i] & 0xffffffffL;
            }
        });
    }

    /// Encodes uint64 labels; otherwise as for uint32.
    public static byte[] encode(long[] labels, Int3 size, Int3 block) {
        check(size, block, labels.length);
        return new SegmentationEncoder(size, block, 2)
                .encode((from, count, to, at) -> System.arraycopy(labels, from, to, at, count));
    }

    /// Decodes uint32 labels.
    ///
    /// @param size of the chunk in voxels
    /// @param block size of an encoding block in voxels, as the volume's info says
    /// @param labels filled, x fastest; as long as `size` has voxels
    /// @throws IOException if the bytes are not such a chunk; what is in `labels` is then undefined
    public static void decode(byte[] bytes, Int3 size, Int3 block, int[] labels) throws IOException {
        check(size, block, labels.length);
        new SegmentationDecoder(bytes, size, block, 1).decode(labels);
    }

    /// Decodes uint64 labels; otherwise as for uint32.
    public static void decode(byte[] bytes, Int3 size, Int3 block, long[] labels) throws IOException {
        check(size, block, labels.length);
        new SegmentationDecoder(bytes, size, block, 2).decode(labels);
    }

    /// The most bytes that an encoder can make of a chunk, with no table shared and every index in 32 bits.
    ///
    /// @param labelBytes 4 or 8
    public static long mostBytes(Int3 size, Int3 block, int labelBytes) {
        long blocks = size.ceilDiv(block).volume();
        return Math.addExact(4, Math.multiplyExact(blocks, 8 + (4L + labelBytes) * block.volume()));
    }

    private static void check(Int3 size, Int3 block, int length) {
        if (block.x() < 1 || block.y() < 1 || block.z() < 1
                || (double) block.x() * block.y() * block.z() > MOST_BLOCK_VOXELS) {
            throw new IllegalArgumentException("block size " + block);
        }
        if (size.x() < 1 || size.y() < 1 || size.z() < 1 || size.volume() != length) {
            throw new IllegalArgumentException("size " + size + " and " + length + " labels");
        }
    }
}
