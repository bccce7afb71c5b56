package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.codec.CompressedSegmentation;

/// A chunk's voxels to bytes and back, before gzip.
final class ChunkCodec {
    private ChunkCodec() {}

    /// The most bytes that a chunk's voxels can have.
    static long mostBytes(DataType type, Encoding encoding, Int3 size, Int3 block) {
        return switch (encoding) {
            case RAW -> size.volume() * type.bytes();
            case COMPRESSED_SEGMENTATION -> CompressedSegmentation.mostBytes(size, block, type.bytes());
        };
    }

    static byte[] encode(Block voxels, Encoding encoding, Int3 block) {
        return switch (encoding) {
            case RAW -> raw(voxels);
            case COMPRESSED_SEGMENTATION -> switch (voxels) {
                case Block.Ints b -> CompressedSegmentation.encode(b.data(), b.box().size(), block);
                case Block.Longs b -> CompressedSegmentation.encode(b.data(), b.box().size(), block);
                default -> throw new IllegalArgumentException("compressed_segmentation of " + voxels.type());
            };
        };
    }

    /// @throws IOException if the bytes are not such voxels; the message goes after the chunk's name
    static Block decode(byte[] bytes, DataType type, Encoding encoding, Box box, Int3 block) throws IOException {
        if (encoding == Encoding.RAW && bytes.length != box.volume() * type.bytes()) {
            throw new IOException("has " + bytes.length + " bytes in place of " + box.volume() * type.bytes());
        }
        if (encoding == Encoding.RAW && type.bytes() == 1) {
            return new Block.Bytes(box, bytes, type);
        }
        Block voxels = Block.zeros(type, box);
        if (encoding == Encoding.RAW) {
            ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            switch (voxels) {
                case Block.Bytes b -> source.get(b.data());
                case Block.Shorts b -> source.asShortBuffer().get(b.data());
                case Block.Ints b -> source.asIntBuffer().get(b.data());
                case Block.Longs b -> source.asLongBuffer().get(b.data());
                case Block.Floats b -> source.asFloatBuffer().get(b.data());
                case Block.Doubles b -> source.asDoubleBuffer().get(b.data());
            }
            return voxels;
        }
        switch (voxels) {
            case Block.Ints b -> CompressedSegmentation.decode(bytes, box.size(), block, b.data());
            case Block.Longs b -> CompressedSegmentation.decode(bytes, box.size(), block, b.data());
            default -> throw new IllegalArgumentException("compressed_segmentation of " + type);
        }
        return voxels;
    }

    private static byte[] raw(Block voxels) {
        if (voxels instanceof Block.Bytes b) {
            return b.data();
        }
        byte[] bytes = new byte[Math.multiplyExact(voxels.box().voxels(), voxels.type().bytes())];
        ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (voxels) {
            case Block.Bytes b -> target.put(b.data());
            case Block.Shorts b -> target.asShortBuffer().put(b.data());
            case Block.Ints b -> target.asIntBuffer().put(b.data());
            case Block.Longs b -> target.asLongBuffer().put(b.data());
            case Block.Floats b -> target.asFloatBuffer().put(b.data());
            case Block.Doubles b -> target.asDoubleBuffer().put(b.data());
        }
        return bytes;
    }
}
