package org.neuropil.physiology.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Part;
import org.neuropil.physiology.nwb.tree.Value;
import org.neuropil.space.InputException;
import org.neuropil.volume.npy.NpyHeader;

/// An array in a file of NumPy's, read in pieces. Safe for use by several threads; nothing stays open.
final class NpyArray implements Array {
    private static final int PIECE = 1 << 20;

    private final Path file;
    private final int[] shape;
    private final int[] chunk;
    private final boolean fortran;
    private final Part part;
    private final int start;

    private NpyArray(Path file, int[] shape, boolean fortran, Part part, int start) {
        this.file = file;
        this.shape = shape;
        this.fortran = fortran;
        this.part = part;
        this.start = start;
        this.chunk = pieces(shape, fortran, part.bytes());
    }

    /// Opens a file.
    ///
    /// @param rank how many dimensions it must have
    /// @throws InputException if it is no such file, has other dimensions, or is cut short
    static NpyArray open(Path file, int rank) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InputException("cannot be read, or is not there", file.toString(), "");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(NpyHeader.MOST_BYTES);
        }
        NpyHeader header = NpyHeader.parse(head, file.toString());
        boolean fortran = header.fortran();
        List<Integer> sizes = fortran ? header.sizes() : header.sizes().reversed();
        if (sizes.size() != rank) {
            throw new InputException("has " + sizes.size() + " dimensions, and " + rank + " are expected",
                    file + ", field shape", "");
        }
        int[] shape = sizes.stream().mapToInt(n -> n).toArray();
        double bytes = header.type().bytes();
        for (int n : shape) {
            bytes *= n;
        }
        if (header.length() + bytes > Files.size(file)) {
            throw new InputException("is cut short: it has " + Files.size(file) + " bytes, and "
                    + (long) (header.length() + bytes) + " are wanted", file.toString(), "");
        }
        Part.Kind kind = header.type().isFloat()
                ? Part.Kind.FLOAT
                : header.type().isSigned() ? Part.Kind.SIGNED : Part.Kind.UNSIGNED;
        return new NpyArray(file, shape, fortran,
                new Part("", kind, header.type().bytes(), 0, header.bigEndian()), header.length());
    }

    /// Elements that follow each other in the file, about a mebibyte of them.
    private static int[] pieces(int[] shape, boolean fortran, int width) {
        int[] chunk = shape.clone();
        long bytes = width;
        for (int i = 0; i < shape.length; i++) {
            int d = fortran ? i : shape.length - 1 - i;
            chunk[d] = (int) Math.max(1, Math.min(shape[d], PIECE / bytes));
            bytes *= chunk[d];
        }
        return chunk;
    }

    @Override
    public String path() {
        return file.toString();
    }

    @Override
    public String where() {
        return file.toString();
    }

    @Override
    public Optional<Value> attribute(String name) {
        return Optional.empty();
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public List<Part> parts() {
        return List.of(part);
    }

    @Override
    public int width() {
        return part.bytes();
    }

    @Override
    public int[] chunk() {
        return chunk.clone();
    }

    @Override
    public boolean isFirstFastest() {
        return fortran;
    }

    @Override
    public byte[] fill() {
        return new byte[part.bytes()];
    }

    @Override
    public List<String> texts() {
        throw new InputException("has numbers for elements, and no texts", file.toString(), "");
    }

    /// One piece; of dimensions that are cut, the ends beyond the array are zeros.
    @Override
    public Optional<byte[]> read(int[] corner) throws IOException {
        // All dimensions faster than the one that is cut are whole, those slower are single.
        int elements = 1;
        long before = 0;
        long stride = 1;
        int whole = 1;
        for (int i = 0; i < shape.length; i++) {
            int d = fortran ? i : shape.length - 1 - i;
            before += corner[d] * stride;
            stride *= shape[d];
            elements *= Math.min(chunk[d], shape[d] - corner[d]);
            whole *= chunk[d];
        }
        byte[] bytes = new byte[whole * part.bytes()];
        ByteBuffer into = ByteBuffer.wrap(bytes, 0, elements * part.bytes());
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = start + before * part.bytes();
            while (into.hasRemaining()) {
                if (in.read(into, at + into.position()) < 0) {
                    throw new EOFException(file + " became shorter while it was read");
                }
            }
        }
        return Optional.of(bytes);
    }
}
