package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.store.Requests;
import org.neuropil.volume.store.Store;

/// Chunks with an object each.
///
/// @param folder key of the folder that they lie in
/// @param compression how they are written
record ChunkFiles(Store store, String folder, ChunkCompression compression) implements ChunkStore {
    private static final String GZ = ".gz";
    private static final byte[] NONE = {};
    private static final int MOST_REUSED = 64 << 20;

    static String key(String folder, Box box) {
        return folder + "/" + box.min().x() + "-" + box.max().x() + "_" + box.min().y() + "-" + box.max().y() + "_"
                + box.min().z() + "-" + box.max().z();
    }

    @Override
    public Optional<byte[]> get(Box chunk, int limit) throws IOException {
        return get(chunk, limit, NONE);
    }

    /// @param reuse may become the answer
    private Optional<byte[]> get(Box chunk, int limit, byte[] reuse) throws IOException {
        String key = key(folder, chunk);
        // Servers hold gzipped chunks under the plain name; each miss there costs a request.
        boolean gzipFirst = store.parallelism() <= 1;
        Optional<byte[]> bytes = gzipFirst ? unzipped(key + GZ, limit, reuse) : store.get(key, reuse);
        if (bytes.isPresent()) {
            return bytes;
        }
        return gzipFirst ? store.get(key, reuse) : unzipped(key + GZ, limit, reuse);
    }

    private Optional<byte[]> unzipped(String key, int limit, byte[] reuse) throws IOException {
        Optional<byte[]> bytes = store.get(key);
        try {
            return bytes.isEmpty() ? bytes : Optional.of(Gzip.decompress(bytes.get(), limit, reuse));
        } catch (IOException e) {
            throw new IOException("chunk " + store.uri(key) + " " + e.getMessage(), e);
        }
    }

    @Override
    public void get(List<Box> chunks, int limit, Sink sink) throws IOException {
        // One array for all chunks, where they come one after the other and have nearly all the same length.
        byte[] reuse = store.parallelism() <= 1 && chunks.size() > 1 && limit <= MOST_REUSED ? new byte[limit] : NONE;
        Requests.run(store.parallelism(), chunks.size(), i -> {
            Optional<byte[]> bytes = get(chunks.get(i), limit, reuse);
            if (bytes.isPresent()) {
                sink.put(chunks.get(i), bytes.get());
            }
        });
    }

    @Override
    public void put(List<Box> chunks, Source source) throws IOException {
        for (Box chunk : chunks) {
            Optional<byte[]> bytes = source.get(chunk);
            if (bytes.isPresent()) {
                put(key(folder, chunk), bytes.get());
            }
        }
    }

    private void put(String key, byte[] bytes) throws IOException {
        if (compression == ChunkCompression.GZIP) {
            store.put(key + GZ, Gzip.compress(bytes));
        } else if (store.tail(key + GZ, 1).isPresent()) {
            throw new IOException("chunk " + store.uri(key + GZ)
                    + " is there and would hide the chunk to be written, which is not gzipped");
        } else {
            store.put(key, bytes);
        }
    }

    @Override
    public String name(Box chunk) {
        String key = key(folder, chunk);
        try {
            return store.uri(store.tail(key + GZ, 1).isPresent() ? key + GZ : key);
        } catch (IOException e) {
            return store.uri(key);
        }
    }

    @Override
    public String storage() {
        return compression == ChunkCompression.GZIP ? ", gzip" : "";
    }
}
