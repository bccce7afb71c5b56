package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Row;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.space.InputException;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/// The folder of a [RocksStore]: opening it, closing it, losing the process, and what is refused.
class RocksFilesTest {
    static final long CACHE = 8 << 20;

    @TempDir
    private Path temp;
    private Path folder;

    @BeforeEach
    void name() {
        folder = temp.resolve("deep").resolve("rocksdb");
    }

    static void put(GraphStore store, Table table, long key, long value) throws IOException {
        store.put(List.of(new Put(table, Bytes.number(key), Bytes.number(value))));
    }

    static List<String> all(GraphStore store) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Table table : Table.values()) {
            store.scan(table, new byte[0], null, (key, value) -> rows.add(table + Model.hex(key) + Model.hex(value)));
        }
        return rows;
    }

    static InputException refused(ThrowingCallable call) {
        try {
            call.call();
        } catch (InputException e) {
            return e;
        } catch (Throwable e) {
            throw new AssertionError("refused otherwise", e);
        }
        throw new AssertionError("not refused");
    }

    static List<String> names(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void rowsAreThereWhenItIsOpenedAgain() throws IOException {
        List<String> before;
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            for (Table table : Table.values()) {
                put(store, table, table.ordinal(), 1);
            }
            store.load(Table.BASE, GraphStoreContract.rows(100).iterator());
            store.replace(Table.META, Bytes.number(1), null, Bytes.number(2));
            before = all(store);
        }
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            assertThat(before).hasSize(Table.values().length - 1 + 100 + 1);
            assertThat(all(store)).isEqualTo(before);
        }
    }

    @Test
    void itIsOpenOnce() throws Exception {
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            InputException same = refused(() -> RocksStore.open(folder, CACHE));
            assertThat(same.what()).isEqualTo("the graph is open elsewhere");
            assertThat(same.where()).isEqualTo(folder.toString());
            assertThat(same.hint()).contains("server");
            try (Child other = new Child(temp, "open", folder)) {
                assertThat(other.line()).isEqualTo("refused the graph is open elsewhere");
            }
            // Nor was the lock given up by these tries.
            try (Child other = new Child(temp, "open", folder)) {
                assertThat(other.line()).isEqualTo("refused the graph is open elsewhere");
            }
            put(store, Table.META, 1, 1);
        }
        try (Child other = new Child(temp, "open", folder)) {
            assertThat(other.line()).isEqualTo("open");
            assertThat(refused(() -> RocksStore.open(folder, CACHE)).hint()).contains("server");
        }
        RocksStore.open(folder, CACHE).close();
    }

    @Test
    void heldRowsAreOpenedByNobody() throws Exception {
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            put(store, Table.META, 1, 1);
            assertThat(RocksHold.take(folder)).isEmpty();
            assertThat(RocksStore.isInUse(folder)).isTrue();
        }
        assertThat(RocksStore.isInUse(folder)).isFalse();
        List<String> rows;
        try (RocksHold _ = RocksHold.take(folder).orElseThrow()) {
            assertThat(RocksHold.take(folder)).isEmpty();
            assertThat(refused(() -> RocksStore.open(folder, CACHE)).what()).isEqualTo("the graph is open elsewhere");
            try (Child other = new Child(temp, "open", folder)) {
                assertThat(other.line()).isEqualTo("refused the graph is open elsewhere");
            }
            // Another graph comes in its place, which the end of the hold leaves alone.
            Files.move(folder, folder.resolveSibling("old"));
            try (RocksStore made = RocksStore.open(temp.resolve("made"), CACHE)) {
                made.load(Table.BASE, GraphStoreContract.rows(10).iterator());
                rows = all(made);
            }
            Files.move(temp.resolve("made"), folder);
        }
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            assertThat(all(store)).isEqualTo(rows).hasSize(10);
        }
        try (Child other = new Child(temp, "open", folder)) {
            assertThat(other.line()).isEqualTo("open");
            assertThat(RocksHold.take(folder)).isEmpty();
            assertThat(RocksStore.isInUse(folder)).isTrue();
        }
    }

    @Test
    void otherFoldersAreRefusedAndLeftAsTheyAre() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThat(refused(() -> RocksStore.open(file)).sentence()).contains("this is a file");
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "");
        assertThat(refused(() -> RocksStore.open(other)).sentence()).contains("'thesis.txt'").contains("empty folder");
        assertThat(names(other)).containsExactly("thesis.txt");
        Path foreign = temp.resolve("foreign");
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, foreign.toString())) {
            db.createColumnFamily(new ColumnFamilyDescriptor(new byte[]{'c', 'o', 'w', 's'})).close();
        }
        assertThat(refused(() -> RocksStore.open(foreign)).sentence()).contains("'cows'").contains(foreign.toString());
    }

    @Test
    void aFolderWhoseMakingWasCutOffIsGoneOnWith() throws IOException {
        Files.createDirectories(folder);
        for (String left : List.of("LOCK", "LOG", "IDENTITY", "000001.dbtmp")) {
            Files.writeString(folder.resolve(left), "");
        }
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            put(store, Table.META, 1, 1);
        }
    }

    /// Rows of nodes and times, in several files and in memory, some deleted: the last of a node's before a time.
    @Test
    void theLastRowOfANodeIsFoundWhateverFilterIsAsked() throws IOException {
        Random random = new Random(5);
        TreeMap<String, byte[]> rows = new TreeMap<>();
        for (int part = 0; part < 4; part++) {
            try (RocksStore store = RocksStore.open(folder, CACHE)) {
                for (int n = 0; n < 300; n++) {
                    byte[] key = nodeAndTime(random);
                    if (random.nextInt(4) == 0) {
                        store.replace(Table.PARENTS, key, store.get(Table.PARENTS, key), null);
                        rows.remove(Model.hex(key));
                    } else {
                        store.put(List.of(new Put(Table.PARENTS, key, key)));
                        rows.put(Model.hex(key), key);
                    }
                }
                for (int n = 0; n < 1000; n++) {
                    byte[] from = nodeAndTime(random);
                    byte[] to = from.clone();
                    if (random.nextInt(4) == 0) {
                        from = Arrays.copyOf(from, random.nextInt(17));
                    }
                    to[15] = (byte) random.nextInt(12);
                    Map.Entry<String, byte[]> last = rows.lowerEntry(Model.hex(to));
                    Row found = store.last(Table.PARENTS, from, to);
                    assertThat(found == null ? "none" : Model.hex(found.key()) + Model.hex(found.value()))
                            .isEqualTo(last == null || last.getKey().compareTo(Model.hex(from)) < 0
                                    ? "none"
                                    : last.getKey() + last.getKey());
                }
            }
        }
    }

    private static byte[] nodeAndTime(Random random) {
        byte[] key = new byte[16];
        key[0] = (byte) (random.nextInt(3) - 1);
        key[7] = (byte) random.nextInt(60);
        key[15] = (byte) random.nextInt(10);
        return key;
    }

    private Path file(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(one -> one.getFileName().toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    @Test
    void damagedFilesAreSaidToBe() throws IOException {
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            store.load(Table.BASE, GraphStoreContract.rows(1000).iterator());
        }
        Path rows = file(".sst");
        byte[] bytes = Files.readAllBytes(rows);
        // A file that became shorter, and one that is gone, when it is opened.
        Files.write(rows, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(refused(() -> RocksStore.open(folder, CACHE)).sentence()).contains("damaged").contains("backup");
        Files.delete(rows);
        assertThat(refused(() -> RocksStore.open(folder, CACHE)).sentence()).contains("damaged").contains("backup");
        // Other bytes, when they are read, one row or many.
        Files.write(rows, bytes);
        try (RandomAccessFile file = new RandomAccessFile(rows.toFile(), "rw")) {
            file.seek(100);
            file.write(new byte[500]);
        }
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            assertThatThrownBy(() -> store.get(Table.BASE, Bytes.number(5))).isInstanceOf(IOException.class)
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() -> store.get(Table.BASE, List.of(Bytes.number(5)))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> all(store)).isInstanceOf(IOException.class);
        }
        Path manifest;
        try (Stream<Path> files = Files.list(folder)) {
            manifest = files.filter(one -> one.getFileName().toString().startsWith("MANIFEST")).findFirst()
                    .orElseThrow();
        }
        Files.write(manifest, new byte[300]);
        assertThat(refused(() -> RocksStore.open(folder, CACHE)).sentence()).contains(folder.toString());
    }

    /// Each row is written after the one before, in turn in every table, now put, now replaced.
    static void write(RocksStore store, long row) throws IOException {
        Table table = Table.values()[(int) (row % Table.values().length)];
        if (row % 5 == 0) {
            assertThat(store.replace(table, Bytes.number(row), null, Bytes.number(row))).isTrue();
        } else {
            put(store, table, row, row);
        }
    }

    /// The number of rows, if there is none without all that were written before it.
    static long prefix(GraphStore store) throws IOException {
        long[] rows = new long[2];
        for (Table table : Table.values()) {
            store.scan(table, new byte[0], null, (key, value) -> {
                rows[0]++;
                rows[1] = Math.max(rows[1], Bytes.number(key) + 1);
                return true;
            });
        }
        assertThat(rows[0]).isEqualTo(rows[1]);
        return rows[0];
    }

    @Test
    void aLoadGoesOverSeveralFilesAndTwoLoadsAtOnceMayOverlap() throws Exception {
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            GraphStoreThreads.onThreads(true, 3, () -> {
                store.load(Table.BASE, GraphStoreContract.rows(2000).iterator());
                return null;
            });
            List<Row> there = new ArrayList<>();
            store.scan(Table.BASE, new byte[0], null, (key, value) -> there.add(new Row(key, value)));
            assertThat(GraphStoreContract.hex(there))
                    .isEqualTo(GraphStoreContract.hex(GraphStoreContract.rows(2000)));
            assertThat(names(folder.resolve("loading"))).isEmpty();
        }
    }

    @Test
    void aReplaceOfAnInterruptedThreadIsDoneAndLeavesItInterrupted() throws Exception {
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            GraphStoreThreads.onThreads(true, 1, () -> {
                Thread.currentThread().interrupt();
                assertThat(store.replace(Table.META, Bytes.of(1), null, Bytes.of(2))).isTrue();
                assertThat(Thread.interrupted()).isTrue();
                return null;
            });
            assertThat(store.get(Table.META, Bytes.of(1))).isEqualTo(Bytes.of(2));
        }
    }

    @Test
    void itIsClosedWhileOthersReadAndWrite() throws Exception {
        RocksStore store = RocksStore.open(folder, CACHE);
        AtomicBoolean first = new AtomicBoolean(true);
        GraphStoreThreads.onThreads(true, 6, () -> {
            if (first.getAndSet(false)) {
                for (int n = 0; n < 50; n++) {
                    put(store, Table.META, n, n);
                }
                store.close();
                return null;
            }
            try {
                for (long n = 0;; n++) {
                    put(store, Table.NODES, n, n);
                    all(store);
                }
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("closed");
            }
            return null;
        });
        try (RocksStore again = RocksStore.open(folder, CACHE)) {
            assertThat(again.get(Table.META, Bytes.number(49))).isEqualTo(Bytes.number(49));
            AutoCloseable same = again;
            assertThatThrownBy(() -> again.scan(Table.META, new byte[0], null, (key, value) -> {
                close(same);
                return true;
            })).isInstanceOf(IllegalStateException.class);
            assertThat(all(again)).isNotEmpty();
        }
    }

    private static void close(AutoCloseable one) throws IOException {
        try {
            one.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Rounds over one folder: each ends by SIGKILL at some moment of writing.
    @Test
    void whatWasAcknowledgedOutlivesKills() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < 3; round++) {
            try (Child child = new Child(temp, "write", folder)) {
                long least = acknowledged + 200 + 150 * round;
                while (acknowledged < least) {
                    acknowledged = Long.parseLong(child.line());
                }
                child.kill();
                for (String line = child.lineOrNull(); line != null; line = child.lineOrNull()) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(line));
                }
            }
            try (RocksStore store = RocksStore.open(folder, CACHE)) {
                assertThat(prefix(store)).isGreaterThanOrEqualTo(acknowledged);
            }
        }
    }

    /// What the processes do that tests start.
    static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        try (RocksStore store = RocksStore.open(folder, CACHE)) {
            if (args[0].equals("open")) {
                Child.say("open");
                Child.untilKilled();
            }
            for (long row = prefix(store);; row++) {
                write(store, row);
                Child.say(Long.toString(row + 1));
            }
        } catch (InputException e) {
            Child.say("refused " + e.what());
        }
    }
}
