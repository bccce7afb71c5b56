package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

/// What every store has to keep. Each test has a store of its own.
abstract class AnnotationStoreContract {
    private static final int THREADS = 8;

    @TempDir
    Path temp;
    final TestClock clock = new TestClock();

    /// Opens this test's store, again if it was closed.
    abstract AnnotationStore open(Clock with, Existing existing) throws IOException;

    /// By which a [CrashChild] opens this test's store.
    abstract String address();

    private AnnotationStore open() throws IOException {
        return open(clock, Existing.NONE);
    }

    @Test
    void answersAsAModelAfterRandomChanges() throws IOException {
        new RandomChanges(existing -> open(clock, existing), clock, Long.getLong("neuropil.tables.seed", 5))
                .run(Integer.getInteger("neuropil.tables.steps", 100));
    }

    @Test
    void valuesOfEveryTypeComeBackAsTheyWent() throws IOException {
        Random random = new Random(3);
        List<Rows> given = new ArrayList<>();
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            for (int i = 0; i < 3; i++) {
                given.add(Samples.random(Samples.CELL, 60, List.of(), random));
                store.insert("cells", given.getLast());
            }
        }
        try (AnnotationStore store = open()) {
            assertThat(store.table("cells").orElseThrow().schema()).isEqualTo(Samples.CELL);
            assertThat(store.table("cells").orElseThrow().info()).isEqualTo(Samples.cells("cells"));
            Rows all = store.changes("cells", Instant.MIN, store.head());
            assertThat(all.columns()).isEqualTo(Samples.CELL.kept());
            assertThat(all.size()).isEqualTo(180);
            for (int part = 0; part < 3; part++) {
                Rows rows = given.get(part);
                for (Column column : Checks.fields(Samples.CELL)) {
                    for (int row = 0; row < 60; row++) {
                        int index = rows.index(column.name());
                        Object expected = index < 0 ? null : Model.value(rows.data().get(index), row);
                        assertThat(Model.value(all.data().get(all.index(column.name())), part * 60 + row))
                                .as("%s of row %d", column, row).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void manyRowsAreOneCall() throws IOException {
        int count = 20_000;
        double[] volumes = new Random(1).doubles(count).toArray();
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            long[] ids = store.insert("cells", Samples.cells(volumes));
            assertThat(ids).isEqualTo(LongStream.rangeClosed(1, count).toArray());
            Rows rows = store.rows("cells", ids);
            assertThat(((ColumnData.Doubles) rows.data().get(rows.index("volume"))).values()).isEqualTo(volumes);
            long[] fresh = store.update("cells", ids, Samples.cells(volumes));
            store.delete("cells", fresh);
            assertThat(store.count("cells")).isEqualTo(new AnnotationStore.Count(2 * count, 0));
        }
    }

    @Test
    void noRowsAreNoChange() throws IOException {
        try (AnnotationStore store = open()) {
            AnnotationStore.Stored made = store.create(Samples.cells("cells"), Samples.CELL);
            clock.millis.addAndGet(10);
            assertThat(store.insert("cells", new Rows(List.of(), List.of()))).isEmpty();
            assertThat(store.insert("cells", Samples.cells())).isEmpty();
            assertThat(store.update("cells", new long[0], Samples.cells())).isEmpty();
            store.delete("cells", new long[0]);
            store.bind("cells", "pt_supervoxel_id", new long[0], new long[0]);
            assertThat(store.rows("cells", new long[0]).size()).isZero();
            assertThat(store.changes("cells", Instant.MIN, Instant.MAX).columns()).isEqualTo(Samples.CELL.kept());
            assertThat(store.table("cells")).contains(made);
            assertThat(store.table("none")).isEmpty();
        }
    }

    @Test
    void refusalsNameWhatIsWrongAndLeaveNothing() throws IOException {
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            store.create(Samples.info("labels", Samples.LABEL, Optional.of("cells"), true), Samples.LABEL);
            store.insert("cells", Samples.cells(1, 2));
            List<AnnotationStore.Stored> before = store.tables();
            Rows right = Samples.cells(3, 4);
            refused(() -> store.create(Samples.cells("cells"), Samples.CELL), "is a table 'cells'");
            refused(() -> store.create(Samples.info("x", Samples.LABEL, Optional.empty(), false), Samples.LABEL),
                    "refer");
            refused(() -> store.create(Samples.info("x", Samples.LABEL, Optional.of("y"), false), Samples.LABEL),
                    "no table 'y'");
            refused(() -> store.create(Samples.info("x", Samples.CELL, Optional.of("cells"), false), Samples.CELL),
                    "refer to nothing");
            refused(() -> store.create(Samples.info("x", Samples.CELL, Optional.empty(), true), Samples.CELL),
                    "no targets to track");
            refused(() -> store.create(Samples.cells("x"), Samples.LABEL), "'label'");
            for (List<String> names : List.of(List.of("id"), List.of("Deleted"), List.of("a", "A"), List.of("b\0"),
                    List.of("ä".repeat(32)), List.of(""), List.<String>of())) {
                TableSchema schema = new TableSchema("s", names.stream().<Field>map(
                        name -> new Field.Value(name, false, ColumnType.TEXT, true, List.of(), "", "")).toList());
                refused(() -> store.create(Samples.info("x", schema, Optional.empty(), false), schema), "");
            }
            refused(() -> store.alter(Samples.cells("none")), "no table 'none'");
            refused(() -> store.alter(Samples.info("labels", Samples.LABEL, Optional.of("labels"), true)), "cells");
            refused(() -> store.insert("none\"; DROP TABLE annotation_tables; --", right), "no table 'none\"; DROP");
            refused(() -> store.insert("cells", with(right, Column.of("volumes", ColumnType.INT64),
                    new ColumnData.Longs(new long[2], null))), "no column 'volumes'");
            refused(() -> store.insert("cells", with(right, Column.of("created", ColumnType.TIMESTAMP),
                    new ColumnData.Longs(new long[2], null))), "no column 'created'");
            refused(() -> store.update("cells", new long[]{1, 2},
                    with(right, TableSchema.ID, new ColumnData.Longs(new long[]{8, 9}, null))), "no column 'id'");
            refused(() -> store.insert("cells", with(right, Column.of("layer", ColumnType.INT64),
                    new ColumnData.Longs(new long[2], null))), "INT64, not INT32");
            refused(() -> store.insert("labels", Samples.labels(1, -1)), "18446744073709551615");
            refused(() -> store.insert("labels", Samples.labels(1, 3)), "no row 3");
            refused(() -> store.insert("labels", Plain.rows(Checks.fields(Samples.LABEL), List.of(labeled("a\0b")))),
                    "character 0");
            refused(() -> store.insert("labels", Plain.rows(Checks.fields(Samples.LABEL), List.of(labeled("\ud83e")))),
                    "half a character");
            refused(() -> store.insert("labels", Plain.rows(Checks.fields(Samples.LABEL), List.of(labeled(null)))),
                    "missing");
            refused(() -> store.insert("labels", new Rows(List.of(Column.of("target_id", ColumnType.ID)),
                    List.of(new ColumnData.Longs(new long[]{1}, null)))), "'label' is missing");
            refused(() -> store.insert("cells", with(right, Column.of("seen", ColumnType.TIMESTAMP),
                    new ColumnData.Longs(new long[]{0, Long.MAX_VALUE}, null))), "out of range");
            refused(() -> store.insert("cells", with(right, TableSchema.ID,
                    new ColumnData.Longs(new long[]{5, 5}, null))), "5 comes twice");
            refused(() -> store.insert("cells", with(right, TableSchema.ID,
                    new ColumnData.Longs(new long[]{5, 2}, null))), "has a row 2");
            refused(() -> store.update("cells", new long[]{1}, right), "1 ids, but 2 rows");
            refused(() -> store.update("cells", new long[]{1, 1}, right), "1 comes twice");
            refused(() -> store.update("cells", new long[]{1, 7}, right), "no row 7");
            refused(() -> store.delete("cells", new long[]{1, 2, 1}), "1 comes twice");
            refused(() -> store.delete("cells", new long[]{1, -7}), "18446744073709551609");
            refused(() -> store.bind("cells", "volume", new long[]{1}, new long[]{1}), "volume");
            refused(() -> store.bind("cells", "pt_supervoxel_id", new long[]{1, 3}, new long[]{1, 3}), "no row 3");
            refused(() -> store.bind("cells", "pt_supervoxel_id", new long[]{1}, new long[]{-1}), "too large");
            refused(() -> store.drop("none"), "no table");
            refused(() -> store.rows("none", new long[0]), "no table");
            refused(() -> store.count("none"), "no table");
            assertThat(store.tables()).isEqualTo(before);
            assertThat(store.count("cells")).isEqualTo(new AnnotationStore.Count(2, 2));
            assertThat(store.insert("cells", right)).containsExactly(3, 4);
        }
    }

    private static List<@Nullable Object> labeled(@Nullable String text) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(1L);
        row.add(text);
        return row;
    }

    private static Rows with(Rows rows, Column column, ColumnData data) {
        return RandomChanges.with(rows, column, data);
    }

    static void refused(ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessageContaining(part);
    }

    @Test
    void idsAreCountedOnFromTheLargestAndEndAtTwoToThe63() throws IOException {
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            assertThat(store.insert("cells", with(Samples.cells(1, 2), TableSchema.ID,
                    new ColumnData.Longs(new long[]{Long.MAX_VALUE - 2, 7}, null))))
                    .containsExactly(Long.MAX_VALUE - 2, 7);
            assertThat(store.insert("cells", Samples.cells(1))).containsExactly(Long.MAX_VALUE - 1);
            refused(() -> store.insert("cells", Samples.cells(1, 2)), "cannot be counted on");
            assertThat(store.insert("cells", Samples.cells(1))).containsExactly(Long.MAX_VALUE);
            refused(() -> store.update("cells", new long[]{7}, Samples.cells(1)), "cannot be counted on");
            assertThat(store.insert("cells", with(Samples.cells(1), TableSchema.ID,
                    new ColumnData.Longs(new long[]{0}, null)))).containsExactly(0);
            assertThat(store.rows("cells", new long[]{Long.MAX_VALUE, 0, -1, 8}).longs("id")).containsExactly(0,
                    Long.MAX_VALUE);
        }
    }

    @Test
    void timeGoesOnWhereTheClockIsSetBack() throws IOException {
        Instant head;
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            clock.millis.addAndGet(500);
            head = store.head();
            assertThat(head).isEqualTo(clock.instant());
            clock.millis.addAndGet(-10_000);
            assertThat(store.head()).isEqualTo(head);
        }
        try (AnnotationStore store = open()) {
            assertThat(store.head()).isEqualTo(head);
            store.insert("cells", Samples.cells(1));
            assertThat(store.changes("cells", Instant.MIN, head).size()).isZero();
            Instant created = Sql.instant(store.rows("cells", new long[]{1}).longs("created")[0]);
            assertThat(created).isEqualTo(head.plusMillis(1));
            assertThat(store.head()).isEqualTo(created);
            clock.millis.addAndGet(20_000);
            store.delete("cells", new long[]{1});
            Rows row = store.rows("cells", new long[]{1});
            assertThat(Sql.instant(row.longs("deleted")[0])).isEqualTo(clock.instant());
            assertThat(store.changes("cells", created, store.head()).size()).isEqualTo(1);
            assertThat(store.changes("cells", store.head(), Instant.MAX).size()).isZero();
        }
    }

    @Test
    void deletedTablesCanBeReadAndTheirNamesAreTaken() throws IOException {
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            store.insert("cells", Samples.cells(1));
            Instant before = store.head();
            store.drop("cells");
            refused(() -> store.drop("cells"), "was deleted");
            refused(() -> store.insert("cells", Samples.cells(1)), "was deleted");
            refused(() -> store.update("cells", new long[]{1}, Samples.cells(1)), "was deleted");
            refused(() -> store.delete("cells", new long[]{1}), "was deleted");
            refused(() -> store.bind("cells", "pt_supervoxel_id", new long[]{1}, new long[]{1}), "was deleted");
            refused(() -> store.alter(Samples.cells("cells")), "was deleted");
            refused(() -> store.create(Samples.cells("cells"), Samples.CELL), "was a table");
            refused(() -> store.create(Samples.info("labels", Samples.LABEL, Optional.of("cells"), false),
                    Samples.LABEL), "was deleted");
            assertThat(store.table("cells").orElseThrow().deleted().orElseThrow()).isAfter(before);
            assertThat(store.changes("cells", Instant.MIN, before).longs("id")).containsExactly(1);
            assertThat(store.create(Samples.cells("cells2"), Samples.CELL).number()).isEqualTo(2);
        }
    }

    @Test
    void rowsFollowTheirTargetsInTheSameMoment() throws IOException {
        try (AnnotationStore store = open()) {
            store.create(Samples.cells("cells"), Samples.CELL);
            store.create(Samples.info("labels", Samples.LABEL, Optional.of("cells"), true), Samples.LABEL);
            store.create(Samples.info("fixed", Samples.LABEL, Optional.of("cells"), false), Samples.LABEL);
            store.insert("cells", Samples.cells(1, 2, 3));
            store.insert("labels", Samples.labels(1, 2, 1));
            store.insert("fixed", Samples.labels(1));
            store.delete("labels", new long[]{3});
            Instant before = store.head();
            assertThat(store.update("cells", new long[]{1, 3}, Samples.cells(5, 6))).containsExactly(4, 5);
            long moment = store.rows("cells", new long[]{4}).longs("created")[0];
            Rows labels = store.changes("labels", before, store.head());
            assertThat(labels.longs("id")).containsExactly(1, 4);
            assertThat(labels.longs("target_id")).containsExactly(1, 4);
            assertThat(labels.longs("deleted")[0]).isEqualTo(moment);
            assertThat(labels.longs("superceded_id")[0]).isEqualTo(4);
            assertThat(labels.longs("created")[1]).isEqualTo(moment);
            assertThat(store.changes("fixed", before, store.head()).size()).isZero();
            assertThat(store.count("labels")).isEqualTo(new AnnotationStore.Count(4, 2));
        }
    }

    /// Each thread sees what it did, and no moment that was a head gets more.
    @Test
    void changesOfManyThreadsAreSeenAndInOrder() throws Exception {
        int rounds = 6;
        try (AnnotationStore store = open(Clock.systemUTC(), Existing.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            store.create(Samples.cells("cells"), Samples.CELL);
            store.insert("cells", Samples.cells(0));
            AtomicReference<Instant> latest = new AtomicReference<>(store.head());
            List<Future<Integer>> done = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int seed = thread;
                done.add(threads.submit(() -> {
                    int won = 0;
                    for (int round = 0; round < rounds; round++) {
                        Instant before = latest.get();
                        long[] ids = store.insert("cells", Samples.cells(seed, round, 0));
                        Rows seen = store.rows("cells", ids);
                        assertThat(seen.longs("id")).containsExactly(ids);
                        Instant created = Sql.instant(seen.longs("created")[0]);
                        assertThat(created).isAfter(before);
                        Instant head = store.head();
                        assertThat(head).isAfterOrEqualTo(created);
                        latest.accumulateAndGet(head, (a, b) -> a.isAfter(b) ? a : b);
                        List<List<@Nullable Object>> then = Plain.of(store.changes("cells", before, head));
                        long[] fresh = store.update("cells", new long[]{ids[0], ids[2]}, Samples.cells(seed, -1));
                        assertThat(fresh[1]).isEqualTo(fresh[0] + 1);
                        List<List<@Nullable Object>> now = Plain.of(store.changes("cells", before, head));
                        assertThat(now.stream().map(row -> List.of(row.get(0), row.get(1))).toList())
                                .containsAll(then.stream().map(row -> List.of(row.get(0), row.get(1))).toList());
                        assertThat(now.stream().filter(row -> (long) row.get(1) > Sql.micros(before)).count())
                                .isEqualTo(then.stream().filter(row -> (long) row.get(1) > Sql.micros(before)).count());
                        // One of them all may have it.
                        try {
                            store.insert("cells", with(Samples.cells(9), TableSchema.ID,
                                    new ColumnData.Longs(new long[]{1_000_000_000L + 1000 * round}, null)));
                            won++;
                        } catch (InputException e) {
                            assertThat(e).hasMessageContaining("has a row");
                        }
                    }
                    return won;
                }));
            }
            int won = 0;
            for (Future<Integer> one : done) {
                won += one.get();
            }
            assertThat(won).isEqualTo(rounds);
            long all = 1 + (long) THREADS * rounds * 5 + rounds;
            assertThat(store.count("cells"))
                    .isEqualTo(new AnnotationStore.Count(all, all - (long) THREADS * rounds * 2));
            assertThat(store.changes("cells", Instant.MIN, Instant.MAX).longs("id")).hasSize((int) all)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aClosedStoreSaysSo() throws IOException {
        AnnotationStore store = open();
        store.create(Samples.cells("cells"), Samples.CELL);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.table("cells")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.drop("cells")).isInstanceOf(IOException.class);
        assertThatThrownBy(store::head).isInstanceOf(IOException.class);
    }

    /// Whether what a failed question outside does leaves the store as it was.
    @Test
    void aFailureOfWhatIsOutsideIsNoChange() throws IOException {
        Existing broken = new Existing() {
            @Override
            public boolean[] exist(String table, long[] ids) throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public long largest(String table) {
                return -1;
            }
        };
        try (AnnotationStore store = open(clock, broken)) {
            store.create(Samples.cells("cells"), Samples.CELL);
            store.insert("cells", Samples.cells(1));
            assertThatThrownBy(() -> store.delete("cells", new long[]{1, 2})).isInstanceOf(IOException.class)
                    .hasMessage("the disk is gone");
            assertThat(store.count("cells")).isEqualTo(new AnnotationStore.Count(1, 1));
            assertThat(store.insert("cells", Samples.cells(1))).containsExactly(2);
        }
    }

    @Test
    void acknowledgedRowsSurviveKills() throws Exception {
        int kills = Integer.getInteger("neuropil.tables.kills", 2);
        Random random = new Random(Long.getLong("neuropil.tables.seed", 1));
        try (AnnotationStore store = open(Clock.systemUTC(), Existing.NONE)) {
            store.create(Samples.info("names", CrashChild.SCHEMA, Optional.empty(), false), CrashChild.SCHEMA);
        }
        KilledRows rows = new KilledRows();
        for (int kill = 0; kill < kills; kill++) {
            rows.add(CrashChild.killed(address(), temp.resolve("child" + kill), kill, random));
            try (AnnotationStore store = open(Clock.systemUTC(), Existing.NONE)) {
                rows.check(store);
            }
        }
        assertThat(rows.acknowledged()).isPositive();
    }
}
