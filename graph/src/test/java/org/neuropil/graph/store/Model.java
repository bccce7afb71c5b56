package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Row;
import org.neuropil.graph.store.GraphStore.Table;

/// Random calls of a store, and a map from hexadecimal keys to values, whose order is the unsigned one of bytes, that says
/// what they have to give.
final class Model {
    private static final int[] LETTERS = {0, 1, 0x7f, 0x80, 0xff};

    private final GraphStore store;
    private final Random random;
    private final Map<Table, TreeMap<String, String>> tables = new EnumMap<>(Table.class);

    Model(GraphStore store, Random random) {
        this.store = store;
        this.random = random;
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>());
        }
    }

    static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "none" : HexFormat.of().formatHex(bytes);
    }

    private TreeMap<String, String> rows(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    private byte[] key() {
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) LETTERS[random.nextInt(LETTERS.length)];
        }
        return key;
    }

    private byte[] value() {
        // Few, so that what a replace expects is often there; one longer than any filter of a server may be.
        return switch (random.nextInt(12)) {
            case 0 -> Bytes.random(40_000, random.nextInt(2));
            case 1 -> new byte[0];
            default -> Bytes.of(LETTERS[random.nextInt(3)], '*');
        };
    }

    void step() throws IOException {
        Table table = Table.values()[random.nextInt(3)];
        TreeMap<String, String> rows = rows(table);
        switch (random.nextInt(8)) {
            case 0 -> put();
            case 1 -> {
                byte[] key = key();
                assertThat(hex(store.get(table, key))).isEqualTo(rows.getOrDefault(hex(key), "none"));
            }
            case 2 -> many(table);
            case 3 -> range(table, key(), random.nextInt(4) == 0 ? null : key());
            default -> replace(table, key());
        }
    }

    private void put() throws IOException {
        List<Put> puts = new ArrayList<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            Put put = new Put(Table.values()[random.nextInt(3)], key(), value());
            puts.add(put);
            rows(put.table()).put(hex(put.key()), hex(put.value()));
        }
        store.put(puts);
    }

    private void many(Table table) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        for (int n = random.nextInt(50); n > 0; n--) {
            keys.add(key());
        }
        List<byte @Nullable []> values = store.get(table, keys);
        assertThat(values).hasSize(keys.size());
        for (int k = 0; k < keys.size(); k++) {
            assertThat(hex(values.get(k))).isEqualTo(rows(table).getOrDefault(hex(keys.get(k)), "none"));
        }
    }

    private void range(Table table, byte[] from, byte @Nullable [] to) throws IOException {
        List<String> expected = new ArrayList<>();
        NavigableMap<String, String> tail = rows(table).tailMap(hex(from), true);
        for (Map.Entry<String, String> row : tail.entrySet()) {
            if (to == null || row.getKey().compareTo(hex(to)) < 0) {
                expected.add(row.getKey() + "=" + row.getValue());
            }
        }
        Row last = store.last(table, from, to);
        assertThat(last == null ? "none" : hex(last.key()) + "=" + hex(last.value()))
                .isEqualTo(expected.isEmpty() ? "none" : expected.getLast());
        int most = random.nextInt(2) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(5);
        List<String> seen = new ArrayList<>();
        store.scan(table, from, to, (key, value) -> {
            seen.add(hex(key) + "=" + hex(value));
            return seen.size() < most;
        });
        assertThat(seen).isEqualTo(expected.subList(0, Math.min(most, expected.size())));
    }

    private void replace(Table table, byte[] key) throws IOException {
        TreeMap<String, String> rows = rows(table);
        String present = rows.get(hex(key));
        byte @Nullable [] expected = switch (random.nextInt(4)) {
            case 0 -> value();
            case 1 -> null;
            default -> present == null ? null : HexFormat.of().parseHex(present);
        };
        byte @Nullable [] value = random.nextInt(3) == 0 ? null : value();
        boolean fits = hex(expected).equals(present == null ? "none" : present);
        assertThat(store.replace(table, key, expected, value)).isEqualTo(fits);
        if (fits) {
            if (value == null) {
                rows.remove(hex(key));
            } else {
                rows.put(hex(key), hex(value));
            }
        }
    }

    void compareAll() throws IOException {
        for (Table table : Table.values()) {
            range(table, new byte[0], null);
        }
    }
}
