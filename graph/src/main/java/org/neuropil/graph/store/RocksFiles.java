package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/// An open database of RocksDB, a column family per table, with all memory outside of the heap that lives as long as it:
/// this class makes and frees it. What lives for one call is freed by the call.
///
/// In the folder lies RocksDB's `LOCK`. Who opens and closes that file in this process, be it to copy it, gives up the lock
/// on Unix: leave the folder of an open graph alone.
final class RocksFiles implements AutoCloseable {
    /// Bytes of a key that the filters of files know: a node's id.
    static final int PREFIX = 8;

    /// What a refusal says if another process, or another store of this one, has the folder open.
    static final String IN_USE = "the graph is open elsewhere";

    private static final String CURRENT = "CURRENT";
    private static final String LOADING = "loading";
    // What a process leaves that dies while it makes a database; nothing of it has rows.
    private static final Pattern UNBORN = Pattern
            .compile("LOCK|LOG.*|IDENTITY|MANIFEST-\\d+|OPTIONS-\\d+.*|\\d+\\.dbtmp|" + LOADING);

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
    private final Map<Table, ColumnFamilyOptions> familyOptions = new EnumMap<>(Table.class);
    private final Path folder;
    private final DBOptions options;
    private final RocksDB db;
    private final ReadOptions reads;
    private final ReadOptions prefixReads;
    private final WriteOptions writes;
    private final WriteOptions syncedWrites;

    /// Opens a database, made if there is none.
    ///
    /// @throws InputException if it is open elsewhere, damaged, or something else
    static RocksFiles open(Path folder, long cacheBytes) throws IOException {
        RocksDB.loadLibrary();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException("a graph's rows are kept in a folder, and this is a file", folder.toString(), "");
        }
        try {
            if (Files.exists(folder.resolve(CURRENT))) {
                checkFamilies(folder);
            } else {
                checkUnborn(folder);
                Files.createDirectories(folder);
            }
            RocksHold claim = RocksHold.claim(folder).orElseThrow(() -> inUse(folder, null));
            RocksFiles files = new RocksFiles(folder, cacheBytes, claim);
            try {
                files.sweepLoading();
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
            return files;
        } catch (RocksDBException e) {
            throw refusal(folder, e);
        }
    }

    private static void checkFamilies(Path folder) throws RocksDBException {
        Set<String> known = new HashSet<>();
        known.add(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8));
        for (Table table : Table.values()) {
            known.add(family(table));
        }
        try (Options plain = new Options()) {
            for (byte[] bytes : RocksDB.listColumnFamilies(plain, folder.toString())) {
                String name = new String(bytes, StandardCharsets.UTF_8);
                if (!known.contains(name)) {
                    throw new InputException("the database has rows of '" + name + "', which no graph has",
                            folder.toString(),
                            "it is another program's, or of a newer version of Neuropil");
                }
            }
        }
    }

    private static void checkUnborn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            String other = all.map(file -> file.getFileName().toString())
                    .filter(name -> !UNBORN.matcher(name).matches()).findFirst().orElse(null);
            if (other != null) {
                throw new InputException("the folder holds '" + other + "' and is no graph's, for there is no file "
                        + CURRENT, folder.toString(), "name an empty folder, or restore the graph from a backup");
            }
        }
    }

    private static InputException inUse(Path folder, @Nullable RocksDBException cause) {
        String hint = "a server or another command has it open: end that, or ask the server instead";
        return cause == null
                ? new InputException(IN_USE, folder.toString(), hint)
                : new InputException(IN_USE, folder.toString(), hint, cause);
    }

    private static IOException refusal(Path folder, RocksDBException e) {
        Status status = e.getStatus();
        Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
        String message = String.valueOf(e.getMessage());
        if (code == Status.Code.IOError && message.toLowerCase(Locale.ROOT).contains("lock")) {
            throw inUse(folder, e);
        }
        if (code == Status.Code.Corruption) {
            throw new InputException("the graph's files are damaged: " + message, folder.toString(),
                    "restore the folder from a backup", e);
        }
        if (code == Status.Code.InvalidArgument || code == Status.Code.NotSupported) {
            throw new InputException("the folder's database is no graph of this version: " + message,
                    folder.toString(), "open it with the version of Neuropil that wrote it", e);
        }
        return new IOException("cannot open the graph in " + folder + ": " + message, e);
    }

    private RocksFiles(Path folder, long cacheBytes, RocksHold claim) throws RocksDBException {
        this.folder = folder;
        own(claim);
        boolean whole = false;
        try {
            // Few shards: each has to hold rows of some megabytes.
            Cache cache = own(new LRUCache(cacheBytes, 4));
            BloomFilter bloom = own(new BloomFilter(10));
            options = own(databaseOptions());
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            // RocksDB insists on this one; it stays empty.
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY,
                    own(new ColumnFamilyOptions())));
            for (Table table : Table.values()) {
                ColumnFamilyOptions family = own(familyOptions(table, cache, bloom));
                familyOptions.put(table, family);
                descriptors.add(new ColumnFamilyDescriptor(family(table).getBytes(StandardCharsets.UTF_8), family));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            db = own(RocksDB.open(options, folder.toString(), descriptors, handles));
            for (ColumnFamilyHandle handle : handles) {
                own(handle);
            }
            for (Table table : Table.values()) {
                families.put(table, handles.get(1 + table.ordinal()));
            }
            reads = own(new ReadOptions().setTotalOrderSeek(true));
            prefixReads = own(new ReadOptions().setTotalOrderSeek(false));
            writes = own(new WriteOptions());
            syncedWrites = own(new WriteOptions().setSync(true));
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    private <T extends AutoCloseable> T own(T one) {
        owned.push(one);
        return one;
    }

    private static String family(Table table) {
        return table.name().toLowerCase(Locale.ROOT);
    }

    private static DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxOpenFiles(512)
                .setMaxBackgroundJobs(2)
                .setDbWriteBufferSize(128L << 20)
                .setMaxTotalWalSize(256L << 20)
                // Spreads the writing of files over time, so that a synced write finds a free disk.
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setStatsDumpPeriodSec(0)
                .setKeepLogFileNum(2);
    }

    /// Pages of ingest are compressed by who makes them, and each fills a block of its own. The other tables have many rows
    /// in a block.
    private static ColumnFamilyOptions familyOptions(Table table, Cache cache, BloomFilter bloom) {
        boolean pages = isPages(table);
        BlockBasedTableConfig format = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(bloom)
                .setBlockSize(pages ? 32 << 10 : 8 << 10)
                // Counted within the cache, so that its size bounds the memory.
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFormatVersion(6);
        ColumnFamilyOptions family = new ColumnFamilyOptions().setTableFormatConfig(format)
                .useFixedLengthPrefixExtractor(PREFIX)
                .setWriteBufferSize((pages ? 64L : 32L) << 20)
                .setTargetFileSizeBase((pages ? 256L : 64L) << 20);
        if (pages) {
            return family.setCompressionType(CompressionType.NO_COMPRESSION)
                    .setBottommostCompressionType(CompressionType.NO_COMPRESSION);
        }
        return family.setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
    }

    private static boolean isPages(Table table) {
        return table == Table.BASE || table == Table.EDGES || table == Table.CROSS;
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle handle(Table table) {
        return Objects.requireNonNull(families.get(table));
    }

    /// In the order of keys, whatever there may be of prefixes.
    ReadOptions reads() {
        return reads;
    }

    /// For rows that share their first [#PREFIX] bytes with the key that is looked for, and no others: files without such
    /// rows are passed over.
    ReadOptions prefixReads() {
        return prefixReads;
    }

    /// Into the write-ahead log, which the system writes to the disk when it likes.
    WriteOptions writes() {
        return writes;
    }

    /// The write-ahead log is on the disk, with all earlier writes, before the write returns.
    WriteOptions syncedWrites() {
        return syncedWrites;
    }

    /// Options to write a table's files outside of the database; the caller closes them.
    Options loadOptions(Table table) {
        return new Options(options, familyOptions.get(table));
    }

    /// Where files are written that are then taken into the database, in its own file system.
    Path loading() throws IOException {
        return Files.createDirectories(folder.resolve(LOADING));
    }

    private void sweepLoading() throws IOException {
        WorkRun.delete(folder.resolve(LOADING));
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            AutoCloseable one = owned.pop();
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot free " + one, e); // none of them throws
            }
        }
    }
}
