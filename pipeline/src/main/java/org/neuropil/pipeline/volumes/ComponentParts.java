package org.neuropil.pipeline.volumes;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.kernel.BlockComponents;
import org.neuropil.volume.kernel.Components;
import org.neuropil.volume.store.Store;

/// What the blocks of [ComponentsStage] leave for each other, in small files: where the components of a block begin and
/// how large they are, the labels and components on its faces, the pairs that are one component, and the final numbers.
///
/// @param grid the blocks
/// @param store where the files lie
record ComponentParts(Grid grid, Store store) implements Serializable {
    private static final int BEFORE_PER_FILE = 1 << 20;

    /// The components of a block.
    ///
    /// @param firsts as [BlockComponents#firsts] has them
    /// @param sizes in voxels, in the same order
    @SuppressWarnings("ArrayRecordComponent")
    record Found(long[] firsts, long[] sizes) {}

    void write(Block labels, Components components, Int3 position) throws IOException {
        int block = grid.index(position);
        long[] firsts = BlockComponents.firsts(components, grid.bounds());
        write("found_" + block, out -> {
            putAll(out, firsts);
            for (int i = 1; i < components.sizes().length; i++) {
                out.writeLong(components.sizes()[i]);
            }
        });
        for (int axis = 0; axis < 3; axis++) {
            for (boolean upper : new boolean[]{false, true}) {
                if (grid.contains(position.plus(Int3.ZERO.with(axis, upper ? 1 : -1)))) {
                    Box face = face(position, axis, upper);
                    long[] ids = labels.crop(face).ids().data();
                    int[] numbers = ((Block.Ints) components.ids().crop(face)).data();
                    write(faceKey(block, axis, upper), out -> {
                        for (long id : ids) {
                            out.writeLong(id);
                        }
                        for (int number : numbers) {
                            out.writeInt(number);
                        }
                    });
                }
            }
        }
    }

    Found found(int block) throws IOException {
        try (DataInputStream in = open("found_" + block)) {
            long[] firsts = getAll(in);
            long[] sizes = new long[firsts.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = in.readLong();
            }
            return new Found(firsts, sizes);
        }
    }

    /// Puts the labels and places of the faces that lie in a seam into two blocks.
    ///
    /// Needs [#writeBefore].
    ///
    /// @param owner the block that the seam is of
    /// @param axis across which it lies
    void readSeam(Int3 owner, int axis, Block.Longs labels, Block.Longs places) throws IOException {
        Box seam = labels.box();
        Box touched = grid.touching(seam);
        for (int z = touched.min().z(); z < touched.max().z(); z++) {
            for (int y = touched.min().y(); y < touched.max().y(); y++) {
                for (int x = touched.min().x(); x < touched.max().x(); x++) {
                    Int3 position = new Int3(x, y, z);
                    boolean upper = position.get(axis) == owner.get(axis);
                    readFace(position, axis, upper, before(grid.index(position)), labels, places);
                }
            }
        }
    }

    /// Writes by block the number of components of the blocks before. A job that carried all of them would take as much
    /// to every one of its blocks.
    void writeBefore(long[] before) throws IOException {
        for (int from = 0; from < before.length; from += BEFORE_PER_FILE) {
            int to = Math.min(before.length, from + BEFORE_PER_FILE);
            ByteBuffer bytes = ByteBuffer.allocate((to - from) * Long.BYTES);
            bytes.asLongBuffer().put(before, from, to - from);
            store.put("before_" + from / BEFORE_PER_FILE, bytes.array());
        }
    }

    private long before(int block) throws IOException {
        String key = "before_" + block / BEFORE_PER_FILE;
        long from = (long) block % BEFORE_PER_FILE * Long.BYTES;
        return ByteBuffer.wrap(store.get(key, from, from + Long.BYTES).orElseThrow(() -> gone(key))).getLong();
    }

    private FileNotFoundException gone(String key) {
        return new FileNotFoundException(store.uri(key) + ": left by an earlier step, but gone");
    }

    void writeLinks(int block, long[] pairs) throws IOException {
        write("links_" + block, out -> putAll(out, pairs));
    }

    long[] links(int block) throws IOException {
        try (DataInputStream in = open("links_" + block)) {
            return getAll(in);
        }
    }

    void writeNumbers(int block, long[] numbers) throws IOException {
        write("numbers_" + block, out -> putAll(out, numbers));
    }

    long[] numbers(int block) throws IOException {
        try (DataInputStream in = open("numbers_" + block)) {
            return getAll(in);
        }
    }

    private void readFace(Int3 position, int axis, boolean upper, long before, Block.Longs labels, Block.Longs places)
            throws IOException {
        Box face = face(position, axis, upper);
        long[] ids = new long[face.voxels()];
        int[] numbers = new int[ids.length];
        try (DataInputStream in = open(faceKey(grid.index(position), axis, upper))) {
            for (int i = 0; i < ids.length; i++) {
                ids[i] = in.readLong();
            }
            for (int i = 0; i < ids.length; i++) {
                numbers[i] = in.readInt();
            }
        }
        labels.copyFrom(new Block.Longs(face, ids));
        BlockComponents.putPlaces(new Block.Ints(face, numbers, DataType.UINT32), before, places);
    }

    /// The voxels of a block on one of its faces.
    private Box face(Int3 position, int axis, boolean upper) {
        Box box = grid.box(position);
        return upper
                ? new Box(box.min().with(axis, box.max().get(axis) - 1), box.max())
                : new Box(box.min(), box.max().with(axis, box.min().get(axis) + 1));
    }

    private static String faceKey(int block, int axis, boolean upper) {
        return "face_" + block + "_" + "xyz".charAt(axis) + (upper ? "_upper" : "_lower");
    }

    /// Faces repeat few labels many times: the fastest level of gzip makes them a tenth.
    private void write(String key, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }, 1 << 16))) {
            body.write(out);
        }
        store.put(key, bytes.toByteArray());
    }

    private DataInputStream open(String key) throws IOException {
        byte[] bytes = store.get(key).orElseThrow(() -> gone(key));
        return new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(bytes)), 1 << 16));
    }

    private static void putAll(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] getAll(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }
}
