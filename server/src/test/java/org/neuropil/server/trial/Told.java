package org.neuropil.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/// What clients asked of a table, and what they were told: batches of rows, each row with the tag `BATCH-ROW`, of which
/// some had their first half replaced by a batch of the next number, or were deleted. Holds a server against it: what was
/// acknowledged is there, what was not may be there or not, but as a whole, and stays as it was found.
final class Told {
    private static final int SAMPLE = 10;

    private enum Change {
        NONE, HALVED, DELETED
    }

    private static final class Batch {
        final int size;
        /// Null as long as it is not known whether they are there.
        long @Nullable [] ids;
        Change change = Change.NONE;
        /// Whether it is known that the change was made.
        boolean changed;

        Batch(int size) {
            this.size = size;
        }
    }

    private final Map<Long, Batch> batches = new TreeMap<>();
    /// The tag of each row that was ever given an id.
    private final Map<Long, String> given = new HashMap<>();
    private long acknowledged;
    private long unknown;
    private long kept;

    static List<String> tags(long batch, int size) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tags.add(batch + "-" + i);
        }
        return tags;
    }

    synchronized void asked(long batch, int size) {
        batches.put(batch, new Batch(size));
    }

    synchronized void inserted(long batch, long[] ids) {
        Batch one = batch(batch);
        assertThat(ids).hasSize(one.size);
        know(batch, one, ids);
        acknowledged++;
        notifyAll();
    }

    private Batch batch(long number) {
        Batch one = batches.get(number);
        if (one == null) {
            throw new AssertionError("nobody asked for batch " + number);
        }
        return one;
    }

    private void know(long number, Batch batch, long[] ids) {
        batch.ids = ids;
        for (int i = 0; i < ids.length; i++) {
            String tag = number + "-" + i;
            assertThat(given.putIfAbsent(ids[i], tag)).as("of which rows id %d is", ids[i]).isIn(null, tag);
        }
    }

    /// Its first half is to be replaced by the batch of the next number.
    synchronized void askedHalf(long batch) {
        batch(batch).change = Change.HALVED;
    }

    synchronized void halved(long batch, long[] ids) {
        Batch one = batch(batch);
        one.changed = true;
        asked(batch + 1, one.size / 2);
        inserted(batch + 1, ids);
    }

    synchronized void askedGone(long batch) {
        batch(batch).change = Change.DELETED;
    }

    synchronized void deleted(long batch) {
        batch(batch).changed = true;
        acknowledged++;
        notifyAll();
    }

    /// Changes that were acknowledged.
    synchronized long acknowledged() {
        return acknowledged;
    }

    /// Changes that were asked for and not acknowledged.
    synchronized long unknown() {
        return unknown;
    }

    /// Those of them that are there.
    synchronized long kept() {
        return kept;
    }

    /// Waits until so many changes were acknowledged, or something ended it.
    synchronized void await(long changes, BooleanSupplier ended) throws InterruptedException {
        while (acknowledged < changes && !ended.getAsBoolean()) {
            wait(20);
        }
    }

    /// Holds a server against what was told while nobody changes anything, and settles what was not known.
    ///
    /// @return the rows that stand, by id
    synchronized Map<Long, TableClient.Tag> check(TableClient client, String table, Random random) throws IOException {
        Map<Long, TableClient.Tag> standing = new TreeMap<>();
        Map<Long, long[]> found = new TreeMap<>();
        for (TableClient.Tag row : client.rows(table)) {
            assertThat(standing.put(row.id(), row)).as("row %d comes once", row.id()).isNull();
            String[] parts = row.tag().split("-", -1);
            int place = Integer.parseInt(parts[1]);
            assertThat(row.cell()).as("cell of %s", row).isEqualTo(TrialDataset.cell(TableClient.x(place)));
            long[] ids = found.computeIfAbsent(Long.parseLong(parts[0]), batch -> new long[size(batch)]);
            assertThat(ids[place]).as("row %s comes once", row.tag()).isZero();
            ids[place] = row.id();
        }
        for (long number : List.copyOf(batches.keySet())) {
            settle(number, batch(number), found);
        }
        batches.values().removeIf(batch -> batch.ids == null);
        Map<Long, long[]> expected = expected();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((number, ids) -> assertThat(found.get(number)).as("rows of batch %d", number).isEqualTo(ids));
        assertThat(client.count(table)).isEqualTo(batches.values().stream().mapToLong(batch -> batch.size).sum());
        sample(client, table, random);
        return standing;
    }

    private int size(long number) {
        Batch batch = batches.get(number);
        if (batch != null) {
            return batch.size;
        }
        Batch halved = batches.get(number - 1);
        if (halved == null || halved.change != Change.HALVED) {
            throw new AssertionError("nobody asked for batch " + number);
        }
        return halved.size / 2;
    }

    /// Finds out what became of what was not acknowledged.
    private void settle(long number, Batch batch, Map<Long, long[]> found) {
        long[] there = found.get(number);
        if (batch.ids == null) {
            unknown++;
            if (there != null) {
                know(number, batch, there);
                kept++;
            }
        } else if (batch.change == Change.DELETED && !batch.changed) {
            unknown++;
            batch.changed = there == null;
            kept += batch.changed ? 1 : 0;
            batch.change = batch.changed ? Change.DELETED : Change.NONE;
        } else if (batch.change == Change.HALVED && !batch.changed) {
            unknown++;
            long[] half = found.get(number + 1);
            batch.changed = half != null;
            batch.change = batch.changed ? Change.HALVED : Change.NONE;
            if (half != null) {
                Batch fresh = new Batch(batch.size / 2);
                batches.put(number + 1, fresh);
                know(number + 1, fresh, half);
                kept++;
            }
        }
    }

    /// Ids of the rows that stand, 0 where one does not, by batch.
    private Map<Long, long[]> expected() {
        Map<Long, long[]> expected = new TreeMap<>();
        batches.forEach((number, batch) -> {
            long[] ids = batch.ids;
            if (ids != null && batch.change != Change.DELETED) {
                long[] left = ids.clone();
                if (batch.change == Change.HALVED) {
                    Arrays.fill(left, 0, left.length / 2, 0);
                }
                expected.put(number, left);
            }
        });
        return expected;
    }

    /// Whether the history of some rows says what became of them.
    private void sample(TableClient client, String table, Random random) throws IOException {
        List<Long> numbers = List.copyOf(batches.keySet());
        for (int i = 0; i < SAMPLE && !numbers.isEmpty(); i++) {
            long number = numbers.get(random.nextInt(numbers.size()));
            Batch batch = batch(number);
            long[] ids = batch.ids;
            if (ids != null) {
                int place = random.nextInt(batch.size);
                long by = switch (batch.change) {
                    case NONE -> -1;
                    case DELETED -> 0;
                    case HALVED -> place < batch.size / 2 ? known(number + 1)[place] : -1;
                };
                assertThat(client.replacedBy(table, ids[place])).as("by what row %d-%d was replaced", number, place)
                        .isEqualTo(by);
            }
        }
    }

    private long[] known(long number) {
        long[] ids = batch(number).ids;
        if (ids == null) {
            throw new AssertionError("batch " + number + " is not known");
        }
        return ids;
    }
}
