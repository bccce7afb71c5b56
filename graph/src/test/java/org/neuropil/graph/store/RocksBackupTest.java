package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.neuropil.graph.store.RocksFilesTest.CACHE;
import static org.neuropil.graph.store.RocksFilesTest.all;
import static org.neuropil.graph.store.RocksFilesTest.names;
import static org.neuropil.graph.store.RocksFilesTest.prefix;
import static org.neuropil.graph.store.RocksFilesTest.put;
import static org.neuropil.graph.store.RocksFilesTest.refused;
import static org.neuropil.graph.store.RocksFilesTest.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;

/// Copies of a [RocksStore] that is in use, and graphs that are made of them.
class RocksBackupTest {
    @TempDir
    private Path temp;
    private Path folder;

    @BeforeEach
    void name() {
        folder = temp.resolve("deep").resolve("rocksdb");
    }

    @Test
    void aCheckpointHoldsAPrefixOfWhatIsWrittenMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                RocksStore store = RocksStore.open(folder, CACHE)) {
            var writer = threads.submit(() -> {
                long row = 0;
                for (; !done.get(); row++) {
                    write(store, row);
                }
                return row;
            });
            long before = 0;
            try {
                for (int copy = 0; copy < 5; copy++) {
                    Path to = temp.resolve("copy" + copy);
                    store.checkpoint(to);
                    try (RocksStore copied = RocksStore.open(to, CACHE)) {
                        long rows = prefix(copied);
                        assertThat(rows).isGreaterThanOrEqualTo(before);
                        before = rows;
                        put(copied, Table.META, Long.MAX_VALUE, 1);
                    }
                }
            } finally {
                done.set(true);
            }
            long written = writer.get();
            assertThat(prefix(store)).isEqualTo(written).isGreaterThanOrEqualTo(before);
        }
        assertThat(names(temp)).containsExactly("copy0", "copy1", "copy2", "copy3", "copy4", "deep");
    }

    @Test
    void aCheckpointIsCopiedToAnotherFileSystem() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeThat(Files.isWritable(memory)).isTrue();
        assumeThat(Files.getFileStore(memory)).isNotEqualTo(Files.getFileStore(temp));
        Path there = Files.createTempDirectory(memory, "neuropil-test");
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            store.load(Table.BASE, GraphStoreContract.rows(100).iterator());
            put(store, Table.META, 1, 1);
            store.checkpoint(there.resolve("copy"));
            try (RocksStore copied = RocksStore.open(there.resolve("copy"), CACHE)) {
                assertThat(all(copied)).isEqualTo(all(store)).hasSize(101);
            }
        } finally {
            WorkRun.delete(there);
        }
    }

    @Test
    void aBackupIsRestoredBesideTheGraph() throws IOException {
        Path backup = temp.resolve("backup");
        List<String> before;
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            store.load(Table.BASE, GraphStoreContract.rows(100).iterator());
            put(store, Table.META, 1, 1);
            before = all(store);
            store.checkpoint(backup);
            assertThat(refused(() -> store.checkpoint(backup)).sentence()).contains("exists").contains("backup");
            put(store, Table.META, 2, 1);
            assertThat(refused(() -> RocksStore.restore(backup, folder)).where()).isEqualTo(folder.toString());
            assertThat(all(store)).hasSize(102);
        }
        WorkRun.delete(folder);
        List<String> files = names(backup);
        // What a restore leaves that was killed.
        Path left = Files.createDirectory(folder.resolveSibling("rocksdb.0123456789abcdef-7.tmp"));
        Files.writeString(left.resolve("000001.sst"), "half");
        RocksStore.restore(backup, folder);
        assertThat(names(backup)).isEqualTo(files);
        assertThat(names(folder.resolveSibling("."))).containsExactly("rocksdb");
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            assertThat(all(store)).isEqualTo(before);
            put(store, Table.META, 3, 1);
        }
        RocksStore.restore(backup, temp.resolve("again"));
        try (RocksStore store = RocksStore.open(temp.resolve("again"), CACHE)) {
            assertThat(all(store)).isEqualTo(before);
        }
    }

    @Test
    void aBackupThatCannotBeUsedLeavesNoTarget() throws IOException {
        assertThat(refused(() -> RocksStore.restore(temp.resolve("none"), folder)).sentence()).contains("none")
                .contains("no backup");
        Path backup = temp.resolve("backup");
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            store.load(Table.BASE, GraphStoreContract.rows(100).iterator());
            store.checkpoint(backup);
        }
        WorkRun.delete(folder);
        try (Stream<Path> all = Files.list(backup)) {
            Files.delete(all.filter(one -> one.getFileName().toString().endsWith(".sst")).findFirst().orElseThrow());
        }
        InputException refusal = refused(() -> RocksStore.restore(backup, folder));
        assertThat(refusal.sentence()).startsWith(backup.toString()).contains("damaged");
        assertThat(names(folder.resolveSibling("."))).isEmpty();
    }

    @Test
    void aBackupWithOneChangedByteInABlockIsRefused() throws IOException {
        Path backup = temp.resolve("backup");
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            store.load(Table.BASE, GraphStoreContract.rows(1000).iterator());
            store.checkpoint(backup);
        }
        Path sst;
        try (Stream<Path> all = Files.list(backup)) {
            sst = all.filter(one -> one.getFileName().toString().endsWith(".sst")).findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(sst);
        for (int part = 0; part < 4; part++) {
            byte[] changed = whole.clone();
            // Data comes first in such a file; opening it reads what is behind.
            changed[whole.length / 8 * part + 5] ^= 1;
            Files.write(sst, changed);
            assertThat(refused(() -> RocksStore.restore(backup, temp.resolve("target"))).sentence()).as("byte of part "
                    + part).startsWith(backup.toString()).contains("damaged", "restore another one");
            assertThat(temp.resolve("target")).doesNotExist();
        }
        Files.write(sst, whole);
        RocksStore.restore(backup, temp.resolve("target"));
    }
}
