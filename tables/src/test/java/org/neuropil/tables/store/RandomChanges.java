package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.TableSchema;

/// Changes a store at random, and a model in the same way, and asks both.
final class RandomChanges {
    private static final int MOST = 6;
    private static final List<String> NAMES = List.of("cells", "labels", "labels_of_labels", "fixed_labels");

    /// Opens the store anew.
    interface Opening {
        AnnotationStore open(Existing existing) throws IOException;
    }

    private final Opening opening;
    private final TestClock clock;
    private final Random random;
    private final Model model = new Model();
    private AnnotationStore store;

    RandomChanges(Opening opening, TestClock clock, long seed) throws IOException {
        this.opening = opening;
        this.clock = clock;
        this.random = new Random(seed);
        this.model.given = clock.millis();
        this.store = opening.open(model);
    }

    void run(int steps) throws IOException {
        try {
            create(Samples.cells("cells"), Samples.CELL);
            create(Samples.info("labels", Samples.LABEL, Optional.of("cells"), true), Samples.LABEL);
            create(Samples.info("labels_of_labels", Samples.LABEL, Optional.of("labels"), true), Samples.LABEL);
            create(Samples.info("fixed_labels", Samples.LABEL, Optional.of("cells"), false), Samples.LABEL);
            addOutside();
            for (int step = 0; step < steps; step++) {
                step(NAMES.get(random.nextInt(NAMES.size())));
                clock.millis.addAndGet(random.nextInt(8) == 0 ? -5 : random.nextInt(3));
            }
            check();
        } finally {
            store.close();
        }
    }

    private void create(TableInfo info, TableSchema schema) throws IOException {
        long moment = model.next(clock.millis());
        AnnotationStore.Stored made = store.create(info, schema);
        model.tables.put(info.name(), new Model.Table(info, schema, moment));
        assertThat(made).isEqualTo(stored(info.name()));
    }

    private AnnotationStore.Stored stored(String name) {
        Model.Table table = model.get(name);
        return new AnnotationStore.Stored(new ArrayList<>(model.tables.keySet()).indexOf(name) + 1, table.info,
                table.schema, Model.instant(table.created), Optional.ofNullable(table.deleted).map(Model::instant),
                Model.instant(table.modified));
    }

    private void addOutside() {
        for (long id = 50; id < 60; id++) {
            for (String name : NAMES) {
                Model.Row row = new Model.Row(id, true, 0, new TreeMap<>());
                row.values.put("target_id", 50 + random.nextLong(10));
                row.values.put("label", "outside");
                model.get(name).rows.put(id, row);
            }
        }
    }

    private void step(String name) throws IOException {
        Model.Table table = model.get(name);
        if (table.deleted != null) {
            assertThatThrownBy(() -> store.insert(name, random(name, 1))).isInstanceOf(InputException.class);
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> insert(name);
            case 3, 4 -> update(name, table);
            case 5 -> delete(name, table);
            case 6 -> bind(table);
            case 7 -> refused(name, table);
            case 8 -> alter(name, table);
            case 9 -> {
                Instant head = store.head();
                model.given = Math.max(model.given, clock.millis());
                assertThat(head).isEqualTo(Instant.ofEpochMilli(model.given));
            }
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    store.close();
                    store = opening.open(model);
                }
                check();
            }
            default -> {
                if (name.equals("fixed_labels") && random.nextInt(8) == 0) {
                    long moment = model.next(clock.millis());
                    store.drop(name);
                    table.deleted = moment;
                    table.modified = moment;
                }
            }
        }
    }

    private Rows random(String name, int count) {
        Model.Table table = model.get(name);
        List<Long> targets = table.info.reference().map(target -> List.copyOf(model.get(target).rows.keySet()))
                .orElse(List.of());
        return Samples.random(table.schema, count, targets, random);
    }

    private void insert(String name) throws IOException {
        int count = 1 + random.nextInt(MOST);
        Rows rows = random(name, count);
        long first = model.get(name).largest() + 1;
        boolean given = random.nextInt(4) == 0;
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(first + (given ? 2 * i : i));
        }
        if (given) {
            Collections.shuffle(ids, random);
            // One below the largest that is free, now and then.
            long low = random.nextLong(first);
            if (!model.get(name).rows.containsKey(low)) {
                ids.set(0, low);
            }
            rows = with(rows, TableSchema.ID, new ColumnData.Longs(longs(ids), null));
        }
        long moment = model.next(clock.millis());
        assertThat(store.insert(name, rows)).containsExactly(longs(ids));
        model.insert(name, longs(ids), rows, moment);
    }

    private void update(String name, Model.Table table) throws IOException {
        long[] ids = some(table.standing());
        Rows rows = random(name, ids.length);
        if (ids.length > 0) {
            long moment = model.next(clock.millis());
            assertThat(store.update(name, ids, rows)).containsExactly(model.update(name, ids, rows, moment));
        } else {
            assertThat(store.update(name, ids, rows)).isEmpty();
        }
    }

    private void delete(String name, Model.Table table) throws IOException {
        long[] ids = some(table.standing());
        store.delete(name, ids);
        if (ids.length > 0) {
            model.delete(name, ids, model.next(clock.millis()));
        }
    }

    private void bind(Model.Table table) throws IOException {
        if (!table.schema.bound().isEmpty()) {
            long[] ids = some(List.copyOf(table.rows.keySet()));
            long[] supervoxels = random.longs(ids.length, 0, Long.MAX_VALUE).toArray();
            store.bind(table.info.name(), "pt_supervoxel_id", ids, supervoxels);
            if (ids.length > 0) {
                model.bind(table.info.name(), "pt_supervoxel_id", ids, supervoxels, model.next(clock.millis()));
            }
        }
    }

    /// Right ids with one among them that is not, in all that takes ids.
    private void refused(String name, Model.Table table) {
        long wrong = random.nextBoolean()
                ? table.largest() + 1 + random.nextInt(9)
                : table.rows.keySet().stream().filter(id -> !table.standing().contains(id)).findAny()
                        .orElse(table.largest() + 1);
        List<Long> ids = new ArrayList<>(table.standing());
        ids.add(random.nextInt(ids.size() + 1), wrong);
        long[] given = longs(ids);
        assertThatThrownBy(() -> store.delete(name, given)).isInstanceOf(InputException.class)
                .hasMessageContaining(Long.toString(wrong));
        assertThatThrownBy(() -> store.update(name, given, random(name, given.length)))
                .isInstanceOf(InputException.class).hasMessageContaining(Long.toString(wrong));
        long taken = List.copyOf(table.rows.keySet()).get(random.nextInt(table.rows.size()));
        assertThatThrownBy(() -> store.insert(name, with(random(name, 2), TableSchema.ID,
                new ColumnData.Longs(new long[]{table.largest() + 1, taken}, null))))
                .isInstanceOf(InputException.class).hasMessageContaining(Long.toString(taken));
        table.info.reference().ifPresent(target -> {
            long none = model.get(target).largest() + 1;
            assertThatThrownBy(() -> store.insert(name, Samples.labels(50, none))).isInstanceOf(InputException.class)
                    .hasMessageContaining(Long.toString(none));
        });
    }

    private void alter(String name, Model.Table table) throws IOException {
        TableInfo old = table.info;
        TableInfo info = new TableInfo(name, old.schema(), "changed " + random.nextInt(), old.resolution(), old.user(),
                old.reference(), old.tracksTargets(), "seg", "notice 'x'", old.read(), old.write());
        long moment = model.next(clock.millis());
        table.info = info;
        table.modified = moment;
        assertThat(store.alter(info)).isEqualTo(stored(name));
    }

    private void check() throws IOException {
        assertThat(store.tables()).isEqualTo(NAMES.stream().map(this::stored).toList());
        for (String name : NAMES) {
            Model.Table table = model.get(name);
            List<List<@Nullable Object>> inside = table.kept(_ -> true);
            assertThat(Plain.of(store.changes(name, Instant.MIN, Instant.MAX))).isEqualTo(inside);
            assertThat(store.count(name)).isEqualTo(new AnnotationStore.Count(inside.size(),
                    table.kept(row -> row.deleted == null).size()));
            long[] ids = random.longs(20, 0, table.largest() + 5).distinct().toArray();
            assertThat(Plain.of(store.rows(name, ids)))
                    .isEqualTo(table.kept(row -> Arrays.stream(ids).anyMatch(id -> id == row.id)));
            List<List<@Nullable Object>> gone = table.gone(Long.MIN_VALUE, Long.MAX_VALUE);
            assertThat(store.goneCount(name)).isEqualTo(gone.size());
            assertThat(Plain.of(store.gone(name, ids))).isEqualTo(
                    gone.stream().filter(row -> Arrays.stream(ids).anyMatch(id -> row.getFirst().equals(id))).toList());
            for (int i = 0; i < 3; i++) {
                long since = table.created + random.nextLong(model.given * 1000 - table.created + 1000);
                long until = since + random.nextLong(model.given * 1000 - table.created + 1000);
                Instant from = Model.instant(since);
                Instant to = Model.instant(until);
                assertThat(Plain.of(store.changes(name, from, to))).isEqualTo(table.changes(since, until));
                assertThat(Plain.of(store.gone(name, from, to))).isEqualTo(table.gone(since, until));
                assertThat(Plain.of(store.bound(name, from, to))).containsExactlyInAnyOrderElementsOf(
                        table.bound.stream().filter(one -> one.moment() > since && one.moment() <= until)
                                .map(one -> List.<@Nullable Object>of(one.id(), one.field(), one.supervoxel(),
                                        one.moment()))
                                .toList());
            }
        }
    }

    private long[] some(List<Long> ids) {
        List<Long> all = new ArrayList<>(ids);
        Collections.shuffle(all, random);
        return longs(all.subList(0, Math.min(all.size(), random.nextInt(MOST))));
    }

    private static long[] longs(List<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    static Rows with(Rows rows, Column column, ColumnData data) {
        List<Column> columns = new ArrayList<>(rows.columns());
        List<ColumnData> all = new ArrayList<>(rows.data());
        columns.add(column);
        all.add(data);
        return new Rows(columns, all);
    }
}
