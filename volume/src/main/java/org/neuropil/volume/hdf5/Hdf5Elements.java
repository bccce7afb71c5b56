package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.volume.array.DenseArray;

import io.jhdf.Constants;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;

/// Where a dataset's elements lie. Safe for use by several threads.
@SuppressWarnings("ArrayRecordComponent")
sealed interface Hdf5Elements {
    /// Elements along each dimension of what is read at once.
    int[] chunk();

    /// The bytes of a chunk; empty if it was never written.
    ///
    /// @param corner its first element
    /// @param length how many there must be
    /// @throws IOException if they are damaged; the message goes after the chunk's name
    Optional<byte[]> read(int[] corner, int length) throws IOException;

    /// In HDF5's own words.
    String layout();

    /// @throws InputException if elements lie in a way that is not supported
    static Hdf5Elements of(Dataset dataset, String where) {
        int[] shape = dataset.getDimensions();
        return switch (dataset) {
            case ChunkedDataset chunked -> {
                int[] chunk = chunked.getChunkDimensions();
                if (chunk.length != shape.length || Arrays.stream(chunk).anyMatch(n -> n < 1)) {
                    throw new InputException("has chunks of " + Arrays.toString(chunk) + ", and dimensions "
                            + Arrays.toString(shape), where, "");
                }
                yield new Chunked(chunked, chunk, Hdf5Filters.of(dataset, where));
            }
            case ContiguousDataset contiguous -> Contiguous.of(contiguous, shape, where);
            case CompactDataset compact -> {
                ByteBuffer buffer = compact.getDataBuffer();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                yield new Compact(bytes, shape);
            }
            default -> throw new InputException("has layout " + dataset.getDataLayout()
                    + ", and chunked, contiguous and compact ones are read", where,
                    "write it anew with h5repack -l CHUNK=64x64x64");
        };
    }

    /// In chunks.
    record Chunked(ChunkedDataset dataset, int[] chunk, Hdf5Filters filters) implements Hdf5Elements {
        @Override
        public Optional<byte[]> read(int[] corner, int length) throws IOException {
            byte[] stored;
            try {
                // jhdf's caches are not made for several threads, nor is its place in the file, which all datasets share;
                // filters, which take the time, run outside of the lock.
                synchronized (dataset.getHdfFile()) {
                    ByteBuffer buffer = dataset.getRawChunkBuffer(corner);
                    stored = new byte[buffer.remaining()];
                    buffer.get(stored);
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                if (Hdf5Datasets.isUnwritten(e)) {
                    return Optional.empty();
                }
                throw new IOException("cannot be read: " + Hdf5Datasets.text(Hdf5Datasets.reason(e)), e);
            }
            return Optional.of(filters.decode(stored, length));
        }

        @Override
        public String layout() {
            return "chunked";
        }
    }

    /// One after the other; a section is read at once.
    ///
    /// @param address of the first element in the file; -1 if nothing was ever written
    record Contiguous(Path file, long address, int[] shape, int[] chunk, int width) implements Hdf5Elements {
        static Contiguous of(ContiguousDataset dataset, int[] shape, String where) {
            int[] chunk = shape.clone();
            Arrays.fill(chunk, 0, chunk.length - 2, 1);
            return of(dataset, shape, chunk, where);
        }

        /// @param chunk what is read at once; its elements must follow each other in the file
        static Contiguous of(ContiguousDataset dataset, int[] shape, int[] chunk, String where) {
            Path file = dataset.getFileAsPath();
            int width = dataset.getDataType().getSize();
            if (dataset.getDataAddress() == Constants.UNDEFINED_ADDRESS) {
                return new Contiguous(file, -1, shape, chunk, width);
            }
            long address = dataset.getDataAddress() + dataset.getHdfFile().getUserBlockSize();
            double bytes = width;
            for (int n : shape) {
                bytes *= n;
            }
            if (address < 0 || address + bytes > file.toFile().length()) {
                throw new InputException("its elements would lie beyond the file's end: it is cut short", where, "");
            }
            return new Contiguous(file, address, shape, chunk, width);
        }

        @Override
        public Optional<byte[]> read(int[] corner, int length) throws IOException {
            if (address < 0) {
                return Optional.empty();
            }
            long before = 0;
            for (int d = 0; d < corner.length; d++) {
                before = before * shape[d] + corner[d];
            }
            byte[] bytes = new byte[length];
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                DenseArray.readFully(in, bytes, address + before * width);
            }
            return Optional.of(bytes);
        }

        @Override
        public String layout() {
            return "contiguous";
        }
    }

    /// In the header, which has room for 64 KiB.
    record Compact(byte[] bytes, int[] chunk) implements Hdf5Elements {
        @Override
        public Optional<byte[]> read(int[] corner, int length) throws IOException {
            if (bytes.length != length) {
                throw new IOException("has " + bytes.length + " bytes in place of " + length);
            }
            return Optional.of(bytes.clone());
        }

        @Override
        public String layout() {
            return "compact";
        }
    }
}
