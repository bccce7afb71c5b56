package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

/// What killed processes said, and whether a store has it.
final class KilledRows {
    private final Map<Long, Integer> sizes = new HashMap<>();
    private final Map<Long, Long> halved = new HashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private final Set<Long> touched = new HashSet<>();

    /// Rows of a batch in the store.
    private static final class Found {
        int size;
        int rows;
        int standing;
        int replaced;
        final Set<Long> moments = new HashSet<>();
    }

    void add(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("?")) {
                touched.add(Long.parseLong(line.substring(1)));
            } else if (line.startsWith("-")) {
                deleted.add(Long.parseLong(line.substring(1)));
            } else if (line.contains("=")) {
                String[] parts = line.split("=", -1);
                sizes.put(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
            } else if (line.contains(">")) {
                String[] parts = line.split(">", -1);
                halved.put(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            } else {
                assertThat(line).isEqualTo("open");
            }
        }
    }

    int acknowledged() {
        return sizes.size();
    }

    void check(AnnotationStore store) throws IOException {
        Map<Long, Found> found = found(store);
        assertThat(found.keySet()).containsAll(sizes.keySet()).containsAll(halved.values());
        found.forEach((batch, there) -> {
            assertThat(there.rows).as("rows of batch %d", batch).isEqualTo(there.size);
            assertThat(there.moments).as("moments of batch %d", batch).hasSize(1);
            int gone = there.rows - there.standing;
            if (halved.containsKey(batch)) {
                assertThat(gone).isEqualTo(there.size / 2);
                assertThat(there.replaced).isEqualTo(there.size / 2);
            } else if (deleted.contains(batch)) {
                assertThat(gone).isEqualTo(there.size);
                assertThat(there.replaced).isZero();
            } else if (touched.contains(batch)) {
                // It may be done or not, but as a whole.
                assertThat(gone).isIn(0, there.size / 2, there.size);
                assertThat(gone == there.size / 2).isEqualTo(found.containsKey(batch + 1));
                assertThat(there.replaced).isEqualTo(gone == there.size / 2 ? gone : 0);
            } else {
                assertThat(gone).isZero();
            }
        });
        assertThat(store.count("names").all()).isEqualTo(found.values().stream().mapToInt(one -> one.rows).sum());
        assertThat(store.count("names").standing())
                .isEqualTo(found.values().stream().mapToInt(one -> one.standing).sum());
    }

    private static Map<Long, Found> found(AnnotationStore store) throws IOException {
        Rows rows = store.changes("names", Instant.MIN, Instant.MAX);
        assertThat(rows.longs("id")).doesNotHaveDuplicates();
        Map<Long, Found> found = new TreeMap<>();
        ColumnData gone = rows.data().get(rows.index("deleted"));
        ColumnData replaced = rows.data().get(rows.index("superceded_id"));
        for (int i = 0; i < rows.size(); i++) {
            Found one = found.computeIfAbsent(rows.longs("batch")[i], _ -> new Found());
            one.size = ((ColumnData.Ints) rows.data().get(rows.index("size"))).values()[i];
            one.rows++;
            one.standing += gone.isAbsent(i) ? 1 : 0;
            one.replaced += replaced.isAbsent(i) ? 0 : 1;
            one.moments.add(rows.longs("created")[i]);
        }
        return found;
    }
}
