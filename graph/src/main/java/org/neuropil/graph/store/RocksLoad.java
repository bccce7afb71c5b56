package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore.Row;
import org.neuropil.graph.store.GraphStore.Table;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// Loading of many rows: they are written as RocksDB's own sorted files, without log and memory table, and each file is
/// taken into the database at once.
final class RocksLoad {
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final long FILE_BYTES = 256L << 20;

    private RocksLoad() {}

    static void load(RocksFiles files, Table table, Iterator<Row> rows) throws IOException, RocksDBException {
        byte[] before = null;
        while (rows.hasNext()) {
            Path file = files.loading().resolve(COUNTER.incrementAndGet() + ".sst");
            try {
                before = write(files, table, rows, before, file);
                take(files, table, file);
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    /// @return last key
    private static byte @Nullable [] write(RocksFiles files, Table table, Iterator<Row> rows,
            byte @Nullable [] before, Path file) throws RocksDBException {
        byte[] last = before;
        try (Options options = files.loadOptions(table);
                EnvOptions environment = new EnvOptions();
                SstFileWriter writer = new SstFileWriter(environment, options)) {
            writer.open(file.toString());
            long bytes = 0;
            while (rows.hasNext() && bytes < FILE_BYTES) {
                Row row = rows.next();
                if (last != null && Arrays.compareUnsigned(last, row.key()) >= 0) {
                    throw new IllegalArgumentException("rows to load are not ascending");
                }
                writer.put(row.key(), row.value());
                bytes += row.key().length + row.value().length;
                last = row.key();
            }
            writer.finish(); // syncs the file
        }
        return last;
    }

    private static void take(RocksFiles files, Table table, Path file) throws RocksDBException {
        try (IngestExternalFileOptions options = new IngestExternalFileOptions()) {
            options.setMoveFiles(true);
            files.db().ingestExternalFile(files.handle(table), List.of(file.toString()), options);
        }
    }
}
