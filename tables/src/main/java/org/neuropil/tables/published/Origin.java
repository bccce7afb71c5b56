package org.neuropil.tables.published;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;
import org.neuropil.volume.store.Store;
import org.neuropil.volume.store.Stores;

/// A folder of published files: a local one, or one of a server or bucket, which is read as those of volumes are. May be
/// used by several threads.
final class Origin {
    /// Bytes that are asked for at a time, and lost at most where a download is stopped.
    static final int PIECE = 8 << 20;
    private static final int AT_ONCE = 4;
    private static final int MOST_SMALL = 64 << 20;

    private final String address;
    private final Store store;
    private volatile @Nullable IOException refused;

    private Origin(String address, Store store) {
        this.address = address;
        this.store = store;
    }

    /// @param address as [Stores#open] takes them
    static Origin open(String address) {
        return new Origin(address, Stores.open(address));
    }

    /// The address without what is behind a `?`.
    String address() {
        int query = address.contains("://") ? address.indexOf('?') : -1;
        return query < 0 ? address : address.substring(0, query);
    }

    /// Where a file lies, for messages.
    String uri(String key) {
        return store.uri(key);
    }

    /// The last failure of [#size], which may be why nothing was found.
    Optional<IOException> refused() {
        return Optional.ofNullable(refused);
    }

    boolean isLocal() {
        return store instanceof FileStore;
    }

    /// How many bytes a file has, -1 if it is there and the server does not tell; empty if it is not there. Servers that
    /// do not let everybody list a bucket refuse what is not there, so a refusal is taken for that and remembered.
    Optional<Long> size(String key) throws IOException {
        OptionalLong size = store.size(key);
        if (size.isPresent() || isLocal()) {
            return size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty();
        }
        try {
            return store.tail(key, 1).map(_ -> -1L);
        } catch (IOException e) {
            refused = e;
            return Optional.empty();
        }
    }

    /// All of a small file; empty if it is not there.
    Optional<byte[]> small(String key) throws IOException {
        Optional<Long> size = size(key);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        if (size.get() > MOST_SMALL) {
            throw new InputException("has " + size.get() + " bytes, which is too much for what it should be",
                    uri(key), "look whether it is the right file");
        }
        return store.get(key);
    }

    /// A file on this machine: itself, or a copy that is fetched. What an earlier attempt has fetched is not fetched
    /// again.
    ///
    /// @param bytes as [#size] tells
    /// @param folder for copies
    /// @param task steps once for each piece of 8 MiB begun
    Path file(String key, long bytes, Path folder, Progress.Task task) throws IOException {
        if (store instanceof FileStore files) {
            return files.root().resolve(key);
        }
        Path place = folder.resolve(key.replace('/', '_'));
        if (Files.exists(place) && (bytes < 0 || Files.size(place) == bytes)) {
            for (long from = 0; from < bytes; from += PIECE) {
                task.step();
            }
            return place;
        }
        Files.createDirectories(folder);
        if (bytes < 0) {
            byte[] all = store.get(key).orElseThrow(() -> gone(key));
            FileStore.replace(place, all, false);
            return place;
        }
        // The size is in the name, so that a file that became another one is not gone on with.
        Path part = place.resolveSibling(place.getFileName() + "." + bytes + ".part");
        fetch(key, bytes, part, task);
        if (Files.size(part) != bytes) {
            throw new IOException(uri(key) + " has " + bytes + " bytes, of which " + Files.size(part) + " came");
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return place;
    }

    private void fetch(String key, long bytes, Path part, Progress.Task task) throws IOException {
        int atOnce = Math.clamp(store.parallelism(), 1, AT_ONCE);
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            long from = Math.min(out.size(), bytes) / PIECE * PIECE;
            out.truncate(from);
            out.position(from);
            for (long done = 0; done < from; done += PIECE) {
                task.step();
            }
            ArrayDeque<Future<byte[]>> coming = new ArrayDeque<>();
            try {
                for (long next = from; next < bytes || !coming.isEmpty();) {
                    while (next < bytes && coming.size() < atOnce) {
                        long begin = next;
                        long end = Math.min(bytes, begin + PIECE);
                        coming.add(readers.submit(() -> store.get(key, begin, end).orElseThrow(() -> gone(key))));
                        next = end;
                    }
                    ByteBuffer piece = ByteBuffer.wrap(result(coming.remove()));
                    while (piece.hasRemaining()) {
                        out.write(piece);
                    }
                    task.step();
                }
            } finally {
                coming.forEach(one -> one.cancel(true));
            }
        }
    }

    private static byte[] result(Future<byte[]> piece) throws IOException {
        try {
            return piece.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a file was fetched", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case InputException wrong -> throw wrong;
                case null, default -> throw new IOException("a file could not be fetched", e);
            }
        }
    }

    private IOException gone(String key) {
        return new IOException(uri(key) + " was there and is gone");
    }
}
