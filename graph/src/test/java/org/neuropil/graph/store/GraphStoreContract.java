package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Row;
import org.neuropil.graph.store.GraphStore.Table;

/// What every store does with one thread. [GraphStoreThreads] goes on with many.
abstract class GraphStoreContract {
    private static final byte[] FIRST = {};

    GraphStore store;

    /// A store without rows.
    abstract GraphStore fresh() throws Exception;

    abstract boolean exclusive();

    @BeforeEach
    void open() throws Exception {
        store = fresh();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    void put(Table table, byte[] key, byte[] value) throws IOException {
        store.put(List.of(new Put(table, key, value)));
    }

    byte[] there(Table table, byte[] key) throws IOException {
        return Objects.requireNonNull(store.get(table, key));
    }

    List<Row> scan(Table table, byte[] from, byte @Nullable [] to) throws IOException {
        List<Row> rows = new ArrayList<>();
        store.scan(table, from, to, (key, value) -> rows.add(new Row(key, value)));
        return rows;
    }

    static List<String> hex(List<Row> rows) {
        return rows.stream().map(GraphStoreContract::hex).toList();
    }

    static String hex(@Nullable Row row) {
        return row == null ? "none" : Model.hex(row.key()) + "=" + Model.hex(row.value());
    }

    @Test
    void saysWhetherOthersMayWrite() {
        assertThat(store.isExclusive()).isEqualTo(exclusive());
    }

    @Test
    void aRowIsReadAsItWasPut() throws IOException {
        assertThat(store.get(Table.NODES, Bytes.of(1))).isNull();
        put(Table.NODES, Bytes.of(1), Bytes.of(7, 0, 255));
        assertThat(store.get(Table.NODES, Bytes.of(1))).isEqualTo(Bytes.of(7, 0, 255));
        put(Table.NODES, Bytes.of(1), Bytes.of(8));
        assertThat(store.get(Table.NODES, Bytes.of(1))).isEqualTo(Bytes.of(8));
    }

    @Test
    void tablesAreApart() throws IOException {
        List<Put> puts = new ArrayList<>();
        for (Table table : Table.values()) {
            puts.add(new Put(table, Bytes.of(255), Bytes.of(table.ordinal())));
        }
        store.put(puts);
        for (Table table : Table.values()) {
            assertThat(store.get(table, Bytes.of(255))).isEqualTo(Bytes.of(table.ordinal()));
            assertThat(hex(scan(table, FIRST, null))).containsExactly("ff=0" + table.ordinal());
            assertThat(hex(store.last(table, FIRST, null))).isEqualTo("ff=0" + table.ordinal());
            assertThat(store.replace(table, Bytes.of(255), Bytes.of(table.ordinal()), null)).isTrue();
            assertThat(scan(table, FIRST, null)).isEmpty();
            assertThat(store.last(table, FIRST, null)).isNull();
        }
    }

    @Test
    void keysAreInUnsignedOrder() throws IOException {
        List<byte[]> keys = List.of(Bytes.of(), Bytes.of(0), Bytes.of(0, 0), Bytes.of(1), Bytes.of(0x7f),
                Bytes.of(0x7f, 0xff), Bytes.of(0x80), Bytes.of(0x80, 0), Bytes.of(0xff), Bytes.of(0xff, 0xff));
        List<byte[]> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(1));
        for (byte[] key : shuffled) {
            put(Table.META, key, Bytes.of(1));
        }
        assertThat(scan(Table.META, FIRST, null).stream().map(Row::key)).containsExactlyElementsOf(keys);
        for (int k = 1; k < keys.size(); k++) {
            assertThat(hex(store.last(Table.META, FIRST, keys.get(k)))).isEqualTo(Model.hex(keys.get(k - 1)) + "=01");
        }
    }

    @Test
    void keysAndValuesMayBeEmpty() throws IOException {
        put(Table.META, FIRST, FIRST);
        assertThat(store.get(Table.META, FIRST)).isEmpty();
        assertThat(hex(scan(Table.META, FIRST, null))).containsExactly("=");
        assertThat(hex(store.last(Table.META, FIRST, null))).isEqualTo("=");
        assertThat(store.replace(Table.META, FIRST, null, Bytes.of(1))).isFalse();
        assertThat(store.replace(Table.META, FIRST, Bytes.of(0), Bytes.of(1))).isFalse();
        assertThat(store.replace(Table.META, FIRST, FIRST, Bytes.of(1))).isTrue();
        assertThat(store.replace(Table.META, FIRST, FIRST, Bytes.of(2))).isFalse();
        assertThat(store.replace(Table.META, FIRST, Bytes.of(1), FIRST)).isTrue();
        assertThat(store.get(Table.META, FIRST)).isEmpty();
    }

    @Test
    void valuesMayBeLarge() throws IOException {
        byte[] large = Bytes.random(6 << 20, 1);
        byte[] other = large.clone();
        other[other.length - 1]++;
        put(Table.EDGES, Bytes.of(1), large);
        assertThat(store.get(Table.EDGES, Bytes.of(1))).isEqualTo(large);
        assertThat(store.get(Table.EDGES, List.of(Bytes.of(1), Bytes.of(2)))).containsExactly(large, null);
        assertThat(scan(Table.EDGES, FIRST, null).getFirst().value()).isEqualTo(large);
        assertThat(store.replace(Table.EDGES, Bytes.of(1), other, Bytes.of(1))).isFalse();
        assertThat(store.replace(Table.EDGES, Bytes.of(1), large, other)).isTrue();
        assertThat(store.replace(Table.EDGES, Bytes.of(1), large, Bytes.of(1))).isFalse();
        assertThat(store.replace(Table.EDGES, Bytes.of(1), other, Bytes.of(1))).isTrue();
        assertThat(store.replace(Table.EDGES, Bytes.of(1), other, Bytes.of(2))).isFalse();
        assertThat(store.get(Table.EDGES, Bytes.of(1))).isEqualTo(Bytes.of(1));
    }

    @Test
    void rangesHoldTheirFirstKeyAndNotTheOneBehindTheLast() throws IOException {
        for (int k = 0; k < 5; k++) {
            put(Table.PARENTS, Bytes.of(2 * k), Bytes.of(k));
        }
        assertThat(hex(scan(Table.PARENTS, Bytes.of(2), Bytes.of(6)))).containsExactly("02=01", "04=02");
        assertThat(hex(scan(Table.PARENTS, Bytes.of(1), Bytes.of(7)))).containsExactly("02=01", "04=02", "06=03");
        assertThat(hex(scan(Table.PARENTS, Bytes.of(7), null))).containsExactly("08=04");
        assertThat(hex(store.last(Table.PARENTS, Bytes.of(2), Bytes.of(6)))).isEqualTo("04=02");
        assertThat(hex(store.last(Table.PARENTS, Bytes.of(2), Bytes.of(7)))).isEqualTo("06=03");
        assertThat(hex(store.last(Table.PARENTS, Bytes.of(8), null))).isEqualTo("08=04");
        assertThat(store.last(Table.PARENTS, Bytes.of(3), Bytes.of(4))).isNull();
        assertThat(store.last(Table.PARENTS, Bytes.of(9), null)).isNull();
        assertThat(store.last(Table.PARENTS, FIRST, Bytes.of(0))).isNull();
    }

    @Test
    void aRangeThatDoesNotBeginBeforeItsEndIsEmpty() throws IOException {
        put(Table.PARENTS, Bytes.of(4), Bytes.of(1));
        for (byte[] from : List.of(Bytes.of(4), Bytes.of(9))) {
            for (byte[] to : List.of(FIRST, Bytes.of(4))) {
                assertThat(scan(Table.PARENTS, from, to)).isEmpty();
                assertThat(store.last(Table.PARENTS, from, to)).isNull();
            }
        }
        assertThat(scan(Table.PARENTS, FIRST, FIRST)).isEmpty();
    }

    @Test
    void aVisitorEndsTheScan() throws IOException {
        for (int k = 0; k < 300; k++) {
            put(Table.PARENTS, Bytes.number(k), Bytes.random(1000, k));
        }
        List<Long> seen = new ArrayList<>();
        store.scan(Table.PARENTS, Bytes.number(5), null, (key, value) -> {
            seen.add(Bytes.number(key));
            return seen.size() < 3;
        });
        assertThat(seen).containsExactly(5L, 6L, 7L);
    }

    @Test
    void whatAVisitorThrowsEndsTheScanAndReachesTheCaller() throws IOException {
        put(Table.PARENTS, Bytes.of(1), Bytes.of(1));
        put(Table.PARENTS, Bytes.of(2), Bytes.of(1));
        for (Exception failure : List.of(new IOException("mine"), new IllegalStateException("mine"))) {
            List<byte[]> seen = new ArrayList<>();
            assertThatThrownBy(() -> store.scan(Table.PARENTS, FIRST, null, (key, value) -> {
                seen.add(key);
                if (failure instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) failure;
            })).isSameAs(failure);
            assertThat(seen).hasSize(1);
            assertThat(scan(Table.PARENTS, FIRST, null)).hasSize(2);
        }
    }

    @Test
    void aVisitorMayUseTheStore() throws IOException {
        for (int k = 0; k < 10; k++) {
            put(Table.PARENTS, Bytes.number(k), Bytes.number(k));
        }
        store.scan(Table.PARENTS, FIRST, null, (key, value) -> {
            put(Table.NODES, key, there(Table.PARENTS, key));
            return store.replace(Table.META, key, null, value);
        });
        assertThat(hex(scan(Table.NODES, FIRST, null))).hasSize(10)
                .isEqualTo(hex(scan(Table.PARENTS, FIRST, null))).isEqualTo(hex(scan(Table.META, FIRST, null)));
    }

    @Test
    void manyRowsAreReadInTheOrderOfTheKeys() throws IOException {
        List<Put> puts = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        List<byte @Nullable []> values = new ArrayList<>();
        Random random = new Random(3);
        for (int k = 0; k < 700; k++) {
            puts.add(new Put(Table.BASE, Bytes.number(k), Bytes.random(k % 50, k)));
        }
        store.put(puts);
        for (int k = 0; k < 1500; k++) {
            int which = random.nextInt(1000);
            keys.add(Bytes.number(which));
            values.add(which < 700 ? Bytes.random(which % 50, which) : null);
        }
        assertThat(store.get(Table.BASE, keys)).containsExactlyElementsOf(values);
        assertThat(store.get(Table.BASE, keys.subList(0, 7))).containsExactlyElementsOf(values.subList(0, 7));
        assertThat(store.get(Table.BASE, List.of())).isEmpty();
        assertThat(store.get(Table.EDGES, keys)).hasSize(keys.size()).containsOnlyNulls();
    }

    @Test
    void theLastOfTwoPutsOfARowInOneCallStays() throws IOException {
        store.put(List.of());
        store.put(IntStream.range(0, 50).mapToObj(k -> new Put(Table.META, Bytes.of(k % 3), Bytes.of(k))).toList());
        assertThat(hex(scan(Table.META, FIRST, null))).containsExactly("00=30", "01=31", "02=2f");
    }

    @Test
    void replaceActsOnARowAsExpectedOnly() throws IOException {
        byte[] key = Bytes.of(9);
        byte[] a = Bytes.of('.', '*', 0, '\\', 0xff, '\n');
        byte[] b = Bytes.of('.', '*', 0, '\\', 0xff);
        assertThat(store.replace(Table.META, key, a, b)).isFalse();
        assertThat(store.replace(Table.META, key, a, null)).isFalse();
        assertThat(store.replace(Table.META, key, null, null)).isTrue();
        assertThat(store.get(Table.META, key)).isNull();
        assertThat(store.replace(Table.META, key, null, a)).isTrue();
        assertThat(store.get(Table.META, key)).isEqualTo(a);
        assertThat(store.replace(Table.META, key, null, b)).isFalse();
        assertThat(store.replace(Table.META, key, null, null)).isFalse();
        assertThat(store.replace(Table.META, key, b, a)).isFalse();
        assertThat(store.replace(Table.META, key, b, null)).isFalse();
        assertThat(store.replace(Table.META, key, a, a)).isTrue();
        assertThat(store.replace(Table.META, key, a, b)).isTrue();
        assertThat(store.replace(Table.META, key, a, b)).isFalse();
        assertThat(store.get(Table.META, key)).isEqualTo(b);
        put(Table.META, key, a);
        assertThat(store.replace(Table.META, key, b, null)).isFalse();
        assertThat(store.replace(Table.META, key, a, null)).isTrue();
        assertThat(store.get(Table.META, key)).isNull();
        assertThat(store.replace(Table.META, key, null, b)).isTrue();
        assertThat(hex(scan(Table.META, FIRST, null))).containsExactly("09=2e2a005cff");
    }

    @Test
    void arraysOfCallersAreTheirs() throws IOException {
        byte[] key = Bytes.of(1);
        byte[] value = Bytes.of(2);
        put(Table.META, key, value);
        key[0] = 5;
        value[0] = 5;
        byte[] read = there(Table.META, Bytes.of(1));
        assertThat(read).isEqualTo(Bytes.of(2));
        read[0] = 5;
        scan(Table.META, FIRST, null).forEach(row -> {
            row.key()[0] = 5;
            row.value()[0] = 5;
        });
        Row last = Objects.requireNonNull(store.last(Table.META, FIRST, null));
        last.key()[0] = 5;
        last.value()[0] = 5;
        assertThat(hex(scan(Table.META, FIRST, null))).containsExactly("01=02");
        byte[] replaced = Bytes.of(3);
        assertThat(store.replace(Table.META, Bytes.of(1), Bytes.of(2), replaced)).isTrue();
        replaced[0] = 5;
        assertThat(hex(scan(Table.META, FIRST, null))).containsExactly("01=03");
    }

    @Test
    void loadedRowsAreThereAndMayBeLoadedAgain() throws IOException {
        put(Table.BASE, Bytes.number(3), Bytes.of(1));
        put(Table.BASE, Bytes.number(1000), Bytes.of(1));
        for (int time = 0; time < 2; time++) {
            store.load(Table.BASE, rows(500).iterator());
            List<Row> there = scan(Table.BASE, FIRST, null);
            assertThat(there).hasSize(501);
            assertThat(hex(there.subList(0, 500))).isEqualTo(hex(rows(500)));
            assertThat(hex(there.getLast())).isEqualTo("00000000000003e8=01");
        }
        put(Table.BASE, Bytes.number(3), Bytes.of(1));
        assertThat(store.get(Table.BASE, Bytes.number(3))).isEqualTo(Bytes.of(1));
        store.load(Table.BASE, rows(4).iterator());
        assertThat(store.get(Table.BASE, Bytes.number(3))).isEqualTo(rows(4).get(3).value());
        store.load(Table.EDGES, Collections.emptyIterator());
        assertThat(scan(Table.EDGES, FIRST, null)).isEmpty();
    }

    @Test
    void rowsToLoadMustAscend() throws IOException {
        List<Row> rows = rows(10);
        List<Row> twice = List.of(rows.get(1), rows.get(2), rows.get(2));
        List<Row> back = List.of(rows.get(1), rows.get(2), rows.get(0));
        for (List<Row> wrong : List.of(twice, back)) {
            assertThatThrownBy(() -> store.load(Table.BASE, wrong.iterator()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ascending");
        }
        IllegalStateException mine = new IllegalStateException("mine");
        Iterator<Row> failing = rows.stream().peek(row -> {
            if (Arrays.equals(row.key(), Bytes.number(5))) {
                throw mine;
            }
        }).iterator();
        assertThatThrownBy(() -> store.load(Table.BASE, failing)).isSameAs(mine);
        store.load(Table.BASE, rows.iterator());
        assertThat(hex(scan(Table.BASE, FIRST, null))).isEqualTo(hex(rows));
    }

    static List<Row> rows(int count) {
        return IntStream.range(0, count).mapToObj(k -> new Row(Bytes.number(k), Bytes.random(k % 100, k))).toList();
    }

    @Test
    void aClosedStoreRefuses() throws Exception {
        put(Table.META, Bytes.of(1), Bytes.of(1));
        store.close();
        store.close();
        assertThatThrownBy(() -> store.get(Table.META, FIRST)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.get(Table.META, List.of(FIRST))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> put(Table.META, FIRST, FIRST)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.replace(Table.META, FIRST, null, FIRST))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scan(Table.META, FIRST, null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.last(Table.META, FIRST, null)).isInstanceOf(IllegalStateException.class);
    }

    int steps() {
        return 4000;
    }

    @Test
    void randomCallsAgreeWithAModel() throws IOException {
        Model model = new Model(store, new Random(7));
        for (int step = 0; step < steps(); step++) {
            model.step();
        }
        model.compareAll();
    }
}
