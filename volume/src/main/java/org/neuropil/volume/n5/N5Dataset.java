package org.neuropil.volume.n5;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.BloscFields;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Gzipped;
import org.neuropil.volume.codec.Lz4Stream;
import org.neuropil.volume.codec.VoxelBytes;
import org.neuropil.volume.codec.VoxelBytes.Layout;
import org.neuropil.volume.codec.Zlib;
import org.neuropil.volume.codec.Zstd;

/// A dataset as its `attributes.json` describes it, and its blocks. Dimensions and sizes have x first, as N5 does.
///
/// @param file its metadata, for errors
/// @param folder its key in the store; empty for the store's own
/// @param dimensions elements along each dimension, at least 1
/// @param blockSize of a whole block
/// @param compression one codec, or none
record N5Dataset(String file, String folder, DataType type, int[] dimensions, int[] blockSize,
        List<ByteCodec> compression) implements Serializable {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int VARYING = 1;

    /// @throws InputException if the attributes are not those of a dataset that is supported
    static N5Dataset parse(Fields attributes, String folder) {
        int[] dimensions = attributes.integers("dimensions", 1, Integer.MAX_VALUE);
        if (dimensions.length < 2 || dimensions.length > Axes.MOST_DIMENSIONS) {
            throw attributes.wrong("dimensions", "expected 2 to " + Axes.MOST_DIMENSIONS + " dimensions", "");
        }
        DataType type = DataType.parse(attributes.string("dataType"), attributes.where("dataType"));
        int[] blockSize = attributes.integers("blockSize", 1, Integer.MAX_VALUE);
        if (blockSize.length != dimensions.length) {
            throw attributes.wrong("blockSize", "the dataset has " + dimensions.length + " dimensions", "");
        }
        double bytes = type.bytes();
        for (int size : blockSize) {
            bytes *= size;
        }
        if (bytes > MOST_BYTES) {
            throw attributes.wrong("blockSize", "a block of 2 GiB or more cannot be read", "");
        }
        if (attributes.flag("isLabelMultiset")) {
            throw attributes.wrong("isLabelMultiset", "label multisets are not supported",
                    "extract plain labels of 64 bits");
        }
        return new N5Dataset(attributes.file(), folder, type, dimensions, blockSize, compression(attributes, type));
    }

    private static List<ByteCodec> compression(Fields attributes, DataType type) {
        // Before N5 2.0 there was only the type.
        boolean old = !attributes.has("compression");
        Fields codec = old ? attributes : attributes.object("compression");
        String field = old ? "compressionType" : "type";
        return switch (codec.string(field)) {
            case "raw" -> List.of();
            case "gzip" -> List.of(!old && codec.flag("useZlib")
                    ? new Zlib(level(codec, old))
                    : new Gzipped(level(codec, old)));
            case "zstd" -> List.of(new Zstd(codec.integer("level", -131072, 22, 3), false));
            case "blosc" -> List.of(BloscFields.numbered(codec, type));
            case "lz4" -> List.of(new Lz4Stream(old
                    ? 1 << 16
                    : codec.integer("blockSize", Lz4Stream.LEAST_BLOCK, Lz4Stream.MOST_BLOCK, 1 << 16)));
            default -> throw codec.wrong(field, "this compression is not supported",
                    "raw, gzip, zstd, blosc and lz4 are");
        };
    }

    private static int level(Fields codec, boolean old) {
        return old ? -1 : codec.integer("level", -1, 9, -1);
    }

    /// The key of a block.
    ///
    /// @param position of the block along each dimension
    String key(int[] position) {
        StringBuilder key = new StringBuilder(folder);
        for (int number : position) {
            key.append(key.isEmpty() ? "" : "/").append(number);
        }
        return key.toString();
    }

    /// In the format's own words: `n5, gzip`.
    String storage() {
        return "n5, " + (compression.isEmpty() ? "raw" : compression.getFirst().text());
    }

    /// Puts a block's voxels into the target; what the block lacks is left as it is.
    ///
    /// @param stored the block's file
    /// @param box its voxels, clipped at the bounds
    /// @param element of the first voxel along each dimension
    /// @throws IOException if it is damaged; the message goes after the block's name
    void decode(byte[] stored, Axes axes, Box box, int[] element, Block target) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(stored);
        int rank = dimensions.length;
        if (stored.length < 4 + 4 * rank) {
            throw new IOException("is cut short");
        }
        int mode = Short.toUnsignedInt(header.getShort());
        int count = Short.toUnsignedInt(header.getShort());
        if (mode > VARYING || count != rank) {
            throw new IOException("has mode " + mode + " and " + count + " dimensions, and mode 0 or 1 and " + rank
                    + " are supported");
        }
        int[] size = new int[rank];
        int[] strides = new int[rank];
        int elements = 1;
        for (int d = 0; d < rank; d++) {
            size[d] = header.getInt();
            // Below the product of the whole block's, which fits.
            strides[d] = elements;
            if (size[d] < 0 || size[d] > blockSize[d]) {
                throw new IOException("has " + Integer.toUnsignedLong(size[d]) + " elements along dimension " + d
                        + ", and blocks have " + blockSize[d]);
            }
            elements *= size[d];
        }
        if (mode == VARYING && (header.remaining() < 4 || header.getInt() != elements)) {
            throw new IOException("has not one value for each element, which is not supported");
        }
        byte[] plain = new byte[header.remaining()];
        header.get(plain);
        int bytes = elements * type.bytes();
        for (ByteCodec codec : compression) {
            plain = codec.decode(plain, bytes);
        }
        if (plain.length != bytes) {
            throw new IOException("has " + plain.length + " bytes in place of " + bytes);
        }
        int first = 0;
        for (int d = 0; d < rank; d++) {
            int within = element[d] % blockSize[d];
            if (within >= size[d]) {
                return;
            }
            first += within * strides[d];
        }
        Int3 part = axes.pick(size, 1);
        Layout layout = new Layout(true, elements, first, axes.pick(strides, part.x() * part.y()));
        VoxelBytes.decode(plain, layout, Box.of(box.min(), part), box, target);
    }

    /// A block's file.
    ///
    /// @param voxels hold the block's, perhaps more
    /// @param box the block's voxels, clipped at the bounds
    byte[] encode(Block voxels, Axes axes, Box box) {
        int rank = dimensions.length;
        int[] size = axes.spread(box.size());
        int[] strides = new int[rank];
        int elements = 1;
        for (int d = 0; d < rank; d++) {
            boolean space = false;
            for (int axis = 0; axis < 3; axis++) {
                space |= axes.dimension(axis).equals(Optional.of(d));
            }
            size[d] = space ? size[d] : 1;
            strides[d] = elements;
            elements *= size[d];
        }
        Layout layout = new Layout(true, elements, 0, axes.pick(strides, box.size().x() * box.size().y()));
        byte[] plain = VoxelBytes.encode(voxels, layout, box, 0);
        byte[] payload = compression.isEmpty() ? plain : compression.getFirst().encode(plain);
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(4 + 4 * rank, payload.length));
        file.putShort((short) 0).putShort((short) rank);
        for (int one : size) {
            file.putInt(one);
        }
        return file.put(payload).array();
    }
}
