package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.codec.CompressedSegmentation;
import org.neuropil.volume.codec.Compresso;
import org.neuropil.volume.codec.Crackle;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.codec.JpegImage;
import org.neuropil.volume.codec.PngImage;
import org.neuropil.volume.codec.VoxelBytes;

/// A chunk's voxels to bytes and back, before compression.
///
/// @param type of a voxel
/// @param layout how a chunk's bytes are written
/// @param channels how many channels a chunk has
/// @param channel which of them is read
record ChunkCodec(DataType type, Layout layout, int channels, int channel) implements Serializable {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MOST = Integer.MAX_VALUE - 8;

    /// The most bytes that a chunk's voxels can have.
    int mostBytes(Int3 size) {
        double voxels = (double) size.x() * size.y() * size.z() * channels;
        double most = switch (layout.encoding()) {
            case RAW -> voxels * type.bytes();
            case COMPRESSED_SEGMENTATION -> (double) channels
                    * CompressedSegmentation.mostBytes(size, layout.block(), type.bytes());
            // Far above what any encoder makes of the worst image.
            case JPEG, PNG, COMPRESSO, CRACKLE -> (1 << 20) + 16 * voxels * type.bytes();
        };
        return (int) Math.min(MOST, most);
    }

    /// Encodes a chunk.
    ///
    /// @param voxels hold those of the chunk, perhaps more
    /// @param box the chunk's voxels
    byte[] encode(Block voxels, Box box) throws IOException {
        Int3 size = box.size();
        return switch (layout.encoding()) {
            case RAW -> VoxelBytes.encode(voxels, VoxelBytes.Layout.dense(false, size), box, 0);
            case COMPRESSED_SEGMENTATION -> switch (voxels.crop(box)) {
                case Block.Ints b -> CompressedSegmentation.encode(b.data(), size, layout.block());
                case Block.Longs b -> CompressedSegmentation.encode(b.data(), size, layout.block());
                default -> throw new IllegalArgumentException("compressed_segmentation of " + type);
            };
            case JPEG -> {
                int width = jpegWidth(size);
                yield JpegImage.encode((byte[]) voxels.crop(box).array(), width, box.voxels() / width,
                        layout.quality());
            }
            case PNG -> PngImage.encode(on(voxels.crop(box), Box.ofSize(size.x(), size.y() * size.z(), 1)));
            case COMPRESSO, CRACKLE -> throw new IllegalArgumentException(layout.encoding().text() + " is not written");
        };
    }

    /// The chunk's width, or the least multiple of it that makes the image flat enough for JPEG.
    private static int jpegWidth(Int3 size) {
        long rows = (long) size.y() * size.z();
        for (int times = 1; (long) times * size.x() <= JpegImage.MOST_PIXELS; times++) {
            if (rows % times == 0 && rows / times <= JpegImage.MOST_PIXELS) {
                return times * size.x();
            }
        }
        throw new InputException("a chunk of " + size + " voxels is too long for JPEG", "chunk_sizes",
                "use smaller chunks");
    }

    /// Decodes a chunk into a block of its own, which may keep `bytes` as its array.
    ///
    /// @throws IOException if the bytes are not such voxels; the message goes after the chunk's name
    Block decode(byte[] stored, Box box) throws IOException {
        byte[] bytes = unzip(stored, box.size());
        if (layout.encoding() == Encoding.RAW) {
            checkRaw(bytes, box);
            if (type.bytes() == 1 && channels == 1) {
                return new Block.Bytes(box, bytes, type);
            }
        }
        Block voxels = Block.zeros(type, box);
        if (layout.encoding() == Encoding.RAW) {
            VoxelBytes.decode(bytes, raw(box), box, voxels);
        } else {
            decodeInto(bytes, voxels);
        }
        return voxels;
    }

    /// Decodes a chunk and copies the voxels that `target` has too into it; otherwise as [#decode(byte[], Box)].
    void decode(byte[] stored, Box box, Block target) throws IOException {
        byte[] bytes = unzip(stored, box.size());
        if (layout.encoding() == Encoding.RAW) {
            checkRaw(bytes, box);
            VoxelBytes.decode(bytes, raw(box), box, target);
        } else if (target.box().equals(box)) {
            decodeInto(bytes, target);
        } else {
            target.copyFrom(decode(bytes, box));
        }
    }

    /// Channels follow each other.
    private VoxelBytes.Layout raw(Box box) {
        VoxelBytes.Layout one = VoxelBytes.Layout.dense(false, box.size());
        return new VoxelBytes.Layout(false, Math.multiplyExact(one.elements(), channels), channel * one.elements(),
                one.strides());
    }

    /// A chunk without the gzip that servers hold it in, perhaps without saying so. No encoding begins as gzip does but
    /// raw voxels, and those are known by their number.
    byte[] unzip(byte[] bytes, Int3 size) throws IOException {
        boolean plain = !Gzip.isGzip(bytes) || layout.encoding() == Encoding.RAW && bytes.length == mostBytes(size);
        return plain ? bytes : Gzip.decompress(bytes, mostBytes(size));
    }

    private void decodeInto(byte[] bytes, Block voxels) throws IOException {
        Int3 size = voxels.box().size();
        switch (layout.encoding()) {
            case COMPRESSED_SEGMENTATION -> {
                byte[] one = channels == 1 ? bytes : channelWords(bytes);
                switch (voxels) {
                    case Block.Ints b -> CompressedSegmentation.decode(one, size, layout.block(), b.data());
                    case Block.Longs b -> CompressedSegmentation.decode(one, size, layout.block(), b.data());
                    default -> throw new IllegalArgumentException("compressed_segmentation of " + type);
                }
            }
            case JPEG -> JpegImage.decode(bytes, channel, channels, (byte[]) voxels.array());
            case PNG -> {
                PngImage png = PngImage.parse(bytes);
                if (png.header().samples() != channels || png.header().colour() == 3) {
                    throw new IOException("is a PNG of colour type " + png.header().colour() + ", and the volume has "
                            + channels + " channels");
                }
                png.decode(channel, voxels);
            }
            case COMPRESSO -> Compresso.decode(bytes, voxels);
            case CRACKLE -> Crackle.decode(bytes, voxels);
            case RAW -> throw new IllegalStateException("raw");
        }
    }

    /// The words of one channel behind a header of one channel.
    private byte[] channelWords(byte[] bytes) throws IOException {
        long from = bytes.length < 4L * channels ? -1 : 4L * ((int) WORD.get(bytes, 4 * channel) & 0xffffffffL);
        if (from < 4L * channels || from > bytes.length) {
            throw new IOException("has no words of channel " + channel);
        }
        byte[] one = new byte[4 + bytes.length - (int) from];
        one[0] = 1;
        System.arraycopy(bytes, (int) from, one, 4, bytes.length - (int) from);
        return one;
    }

    private void checkRaw(byte[] bytes, Box box) throws IOException {
        long expected = box.volume() * type.bytes() * channels;
        if (bytes.length != expected) {
            throw new IOException("has " + bytes.length + " bytes in place of " + expected);
        }
    }

    private static Block on(Block voxels, Box box) {
        return switch (voxels) {
            case Block.Bytes b -> new Block.Bytes(box, b.data(), b.type());
            case Block.Shorts b -> new Block.Shorts(box, b.data(), b.type());
            default -> throw new IllegalArgumentException("png of " + voxels.type());
        };
    }
}
