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

    static String key(String folder, Box box) {
        return folder + "/" + box.min().x() + "-" + box.max().x() + "_" + box.min().y() + "-" + box.max().y() + "_"
                + box.min().z() + "-" + box.max().z();
    }

    @Override
    public Optional<byte[]> get(Box chunk, int limit) throws IOException {
        String key = key(folder, chunk);
        // Servers hold gzipped chunks under the plain name; each miss there costs a request.
        boolean gzipFirst = store.parallelism() <= 1;
        String found = gzipFirst ? key + GZ : key;
        Optional<byte[]> bytes = store.get(found);
        if (bytes.isEmpty()) {
            found = gzipFirst ? key : key + GZ;
            bytes = store.get(found);
        }
        if (bytes.isEmpty() || !found.endsWith(GZ)) {
            return bytes;
        }
        try {
            return Optional.of(Gzip.decompress(bytes.get(), limit));
        } catch (IOException e) {
            throw new IOException("chunk " + store.uri(found) + " " + e.getMessage(), e);
        }
    }

    @Override
    public void get(List<Box> chunks, int limit, Sink sink) throws IOException {
        Requests.run(store.parallelism(), chunks.size(), i -> {
            Optional<byte[]> bytes = get(chunks.get(i), limit);
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
