package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/// Rows in a folder of one machine, by RocksDB. One process has it open, once.
///
/// What [#put] wrote is there after the process was killed, and after a loss of power up to some moment, of which the next
/// [#replace], [#load], [#checkpoint] or [#close] at the latest is one. Keys and values may be empty.
///
/// **Virtual threads.** A virtual thread that waits inside native code keeps its carrier from the others. Reads are native
/// calls of microseconds, at worst one read of the disk each, and run where they are called, so that a visitor may wait for
/// what it likes; many keys at once, and all writes, which wait for the disk, are handed to a few platform threads while
/// the virtual thread is parked.
public final class RocksStore implements GraphStore, Checkpoints {
    /// Bytes of memory for blocks of files, if nothing else is said.
    public static final long DEFAULT_CACHE_BYTES = 256L << 20;

    private static final int MANY = 32;

    private final Path folder;
    private final RocksFiles files;
    private final RocksDB db;
    private final RowLocks locks = new RowLocks();
    private final Carriers carriers = new Carriers("graph-store", 8);
    // Held for reading by every call: freed memory must not be used.
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    // Set first, so that no more calls begin.
    private volatile boolean closed;
    private boolean freed;

    private RocksStore(Path folder, RocksFiles files) {
        this.folder = folder;
        this.files = files;
        this.db = files.db();
    }

    /// As the other one, with [#DEFAULT_CACHE_BYTES].
    public static RocksStore open(Path folder) throws IOException {
        return open(folder, DEFAULT_CACHE_BYTES);
    }

    /// Opens the rows in a folder; makes folder and tables if there are none. In a folder in use, nobody else in this
    /// process may open files, not even to read or to sync them: that would give up the lock that keeps other processes out.
    ///
    /// @param cacheBytes bound of the memory for blocks of files; writes take at most 128 MB beside
    /// @throws org.neuropil.space.InputException if it is open elsewhere, damaged, or no graph's folder
    public static RocksStore open(Path folder, long cacheBytes) throws IOException {
        return new RocksStore(folder, RocksFiles.open(folder, cacheBytes));
    }

    /// Whether somebody has the rows in a folder open, or holds them.
    public static boolean isInUse(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Optional<RocksHold> hold = RocksHold.take(folder);
        if (hold.isPresent()) {
            hold.get().close();
        }
        return hold.isEmpty();
    }

    /// Copies what [#checkpoint] wrote to where a graph is to be opened; the backup stays as it is. The copy is opened once
    /// and read through before it is moved in place, so that a damaged backup is found here. A process that dies leaves no target. One process
    /// restores to a target at a time.
    ///
    /// @param target that does not exist
    /// @throws org.neuropil.space.InputException if the target exists, or the backup is missing or damaged
    public static void restore(Path backup, Path target) throws IOException {
        RocksBackup.restore(backup, target);
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws IOException {
        return here(() -> db.get(files.handle(table), files.reads(), key));
    }

    @Override
    public List<byte @Nullable []> get(Table table, List<byte[]> keys) throws IOException {
        if (keys.size() < MANY) {
            return here(() -> many(table, keys));
        }
        return away(() -> many(table, keys));
    }

    private List<byte @Nullable []> many(Table table, List<byte[]> keys) throws RocksDBException {
        if (keys.isEmpty()) {
            return List.of(); // RocksDB asserts that there are some
        }
        ColumnFamilyHandle handle = files.handle(table);
        List<byte @Nullable []> values = new ArrayList<>(
                db.multiGetAsList(files.reads(), Collections.nCopies(keys.size(), handle), keys));
        for (int k = 0; k < values.size(); k++) {
            if (values.get(k) == null) {
                // Null is also what could not be read; asking for the one row tells.
                values.set(k, db.get(handle, files.reads(), keys.get(k)));
            }
        }
        return values;
    }

    @Override
    public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
        here(() -> {
            if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
                return null;
            }
            try (Slice end = to == null ? null : new Slice(to); ReadOptions options = new ReadOptions(files.reads())) {
                if (end != null) {
                    options.setIterateUpperBound(end);
                }
                try (RocksIterator row = db.newIterator(files.handle(table), options)) {
                    row.seek(from);
                    while (row.isValid() && visitor.visit(row.key(), row.value())) {
                        row.next();
                    }
                    row.status();
                }
            }
            return null;
        });
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte @Nullable [] to) throws IOException {
        return here(() -> {
            Row last;
            if (to != null && samePrefix(from, to)) {
                last = lastBefore(table, to, files.prefixReads(), true);
            } else {
                last = lastBefore(table, to, files.reads(), false);
            }
            return last == null || Arrays.compareUnsigned(last.key(), from) < 0 ? null : last;
        });
    }

    /// True of times of one node: most nodes have none, which filters know without a look at the rows.
    private static boolean samePrefix(byte[] from, byte[] to) {
        return from.length >= RocksFiles.PREFIX && to.length >= RocksFiles.PREFIX
                && Arrays.equals(from, 0, RocksFiles.PREFIX, to, 0, RocksFiles.PREFIX);
    }

    /// @param prefix true if other rows than those with the prefix of `to` may be missing
    private @Nullable Row lastBefore(Table table, byte @Nullable [] to, ReadOptions options, boolean prefix)
            throws RocksDBException {
        try (RocksIterator row = db.newIterator(files.handle(table), options)) {
            if (to == null) {
                row.seekToLast();
            } else {
                row.seekForPrev(to);
                if (row.isValid() && Arrays.equals(row.key(), to)) {
                    if (prefix) {
                        return lastBefore(table, to, files.reads(), false); // there is no going back among some rows
                    }
                    row.prev();
                }
            }
            if (!row.isValid()) {
                row.status();
                return null;
            }
            return new Row(row.key(), row.value());
        }
    }

    @Override
    public void put(List<Put> rows) throws IOException {
        Set<RowLocks.Key> keys = HashSet.newHashSet(rows.size());
        for (Put put : rows) {
            keys.add(new RowLocks.Key(put.table(), put.key()));
        }
        locked(keys, () -> {
            try (WriteBatch batch = new WriteBatch()) {
                for (Put put : rows) {
                    batch.put(files.handle(put.table()), put.key(), put.value());
                }
                db.write(files.writes(), batch);
            }
            return true;
        });
    }

    @Override
    public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value)
            throws IOException {
        return locked(Set.of(new RowLocks.Key(table, key)), () -> {
            ColumnFamilyHandle handle = files.handle(table);
            if (!Arrays.equals(db.get(handle, files.reads(), key), expected)) {
                return false;
            }
            if (value == null) {
                db.delete(handle, files.syncedWrites(), key);
            } else {
                db.put(handle, files.syncedWrites(), key, value);
            }
            return true;
        });
    }

    /// Writes the rows as files of the database, which takes them as they are. Rows that lie behind all others of the table
    /// are never written again; the table is the quicker, the more of them one call brings.
    @Override
    public void load(Table table, Iterator<Row> rows) throws IOException {
        away(() -> {
            RocksLoad.load(files, table, rows);
            return null;
        });
    }

    @Override
    public void checkpoint(Path copy) throws IOException {
        away(() -> {
            RocksBackup.checkpoint(db, copy);
            return null;
        });
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    /// Waits for the calls of other threads, and has all rows on the disk. A visitor must not call it.
    @Override
    public void close() throws IOException {
        if (life.getReadHoldCount() > 0) {
            throw new IllegalStateException("a call of the store cannot close it");
        }
        closed = true;
        life.writeLock().lock();
        try (RocksFiles _ = files) {
            carriers.close();
            if (!freed) {
                freed = true;
                db.flushWal(true);
            }
        } catch (RocksDBException e) {
            throw failure(e);
        } finally {
            life.writeLock().unlock();
        }
    }

    private interface Call<T extends @Nullable Object> {
        T run() throws IOException, RocksDBException;
    }

    private boolean locked(Set<RowLocks.Key> keys, Call<Boolean> call) throws IOException {
        locks.lock(keys);
        try {
            return away(call);
        } finally {
            locks.unlock(keys);
        }
    }

    /// For what does not wait.
    private <T extends @Nullable Object> T here(Call<T> call) throws IOException {
        // In front of who waits to close, or a call inside another one's visitor would wait for that, and that for it.
        if (!life.readLock().tryLock()) {
            throw closed();
        }
        try {
            if (closed) {
                throw closed();
            }
            return call.run();
        } catch (RocksDBException e) {
            throw failure(e);
        } finally {
            life.readLock().unlock();
        }
    }

    /// For what waits: the calling thread holds the locks, a virtual one leaves the work to a platform thread.
    private <T extends @Nullable Object> T away(Call<T> call) throws IOException {
        return here(() -> carriers.run(() -> {
            try {
                return call.run();
            } catch (RocksDBException e) {
                throw failure(e);
            }
        }));
    }

    private IllegalStateException closed() {
        return new IllegalStateException("the graph's store in " + folder + " is closed");
    }

    private IOException failure(RocksDBException e) {
        return new IOException("the graph's store in " + folder + " fails: " + e.getMessage(), e);
    }
}
