package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.neuropil.volume.Block;
import org.neuropil.volume.store.FileStore;

/// A file that is written beside its place, little-endian.
final class SlabFile implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final Path beside;
    private final FileChannel out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    SlabFile(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.file = absolute;
        this.beside = FileStore.beside(absolute);
        this.out = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    long position() throws IOException {
        return out.position();
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /// Writes over what is there.
    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += out.write(bytes, at);
        }
    }

    /// Writes voxels of a block's array.
    void write(Block block, int from, int count) throws IOException {
        int bytes = block.type().bytes();
        int most = BUFFER / bytes;
        for (int at = from; at < from + count; at += most) {
            int n = Math.min(most, from + count - at);
            buffer.clear();
            switch (block) {
                case Block.Bytes b -> buffer.put(b.data(), at, n);
                case Block.Shorts b -> buffer.asShortBuffer().put(b.data(), at, n);
                case Block.Ints b -> buffer.asIntBuffer().put(b.data(), at, n);
                case Block.Longs b -> buffer.asLongBuffer().put(b.data(), at, n);
                case Block.Floats b -> buffer.asFloatBuffer().put(b.data(), at, n);
                case Block.Doubles b -> buffer.asDoubleBuffer().put(b.data(), at, n);
            }
            buffer.position(0).limit(n * bytes);
            write(buffer);
        }
    }

    /// Puts the file in its place.
    void commit() throws IOException {
        out.close();
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(beside);
    }
}
