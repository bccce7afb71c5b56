package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/// Keeps the rows in a folder from being opened, by this process and by others, until it is closed; the rows are not
/// opened. To be held while the folder is moved away: a database that is open then would, when it is closed, delete by
/// their names the files of what has come in its place.
///
/// Others are kept out by RocksDB's own `LOCK`. Such a lock is the process's, and not the file's that opened it, so within
/// the process a set of folders is kept, of those that are open and those that are held.
public final class RocksHold implements AutoCloseable {
    private static final String LOCK = "LOCK";
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final @Nullable FileChannel channel;

    private RocksHold(Path key, @Nullable FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /// Takes hold of a folder that exists.
    ///
    /// @return empty if somebody has the rows open or holds them
    public static Optional<RocksHold> take(Path folder) throws IOException {
        Optional<RocksHold> here = claim(folder);
        if (here.isEmpty()) {
            return here;
        }
        Path key = here.get().key;
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(key.resolve(LOCK), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            FileLock lock = channel.tryLock();
            taken = lock != null;
            return taken ? Optional.of(new RocksHold(key, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                new RocksHold(key, channel).close();
            }
        }
    }

    /// Within this process alone: for who opens the rows, and so takes RocksDB's lock.
    static Optional<RocksHold> claim(Path folder) throws IOException {
        Path key = folder.toRealPath();
        return TAKEN.add(key) ? Optional.of(new RocksHold(key, null)) : Optional.empty();
    }

    /// Lets others at what is in the folder's place then.
    @Override
    public void close() throws IOException {
        try (FileChannel _ = channel) {
            TAKEN.remove(key);
        }
    }
}
