package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.Store;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/// What a file of pairs or of a mapping says, sorted, in blocks that jobs fetch as they need them. A record is two ids and
/// two more numbers; all that is looked for are the first two.
///
/// @param store where the blocks are
/// @param name of the list in it
record RecordList(Store store, String name) implements Serializable {
    private static final int WIDTH = 4;
    private static final int BLOCK = 1 << 15;

    /// Sorts an edge list: rows of `sv1,sv2,affinity` with or without `area`. A record is the smaller id, the larger, the
    /// bits of the affinity, and the area or -1.
    ///
    /// @return how many there are
    static long ofEdges(Path file, RecordList to) throws IOException {
        LongArrayList all = new LongArrayList();
        LongArrayList rows = new LongArrayList();
        Csv.read(file, List.of("sv1", "sv2", "affinity", "area"), 3, row -> {
            long a = row.id(0);
            long b = row.id(1);
            if (a == b) {
                throw row.wrong("both ends are " + Long.toUnsignedString(a), 1, "an edge is between two");
            }
            boolean ordered = Long.compareUnsigned(a, b) < 0;
            all.add(ordered ? a : b);
            all.add(ordered ? b : a);
            all.add(Float.floatToIntBits(row.affinity(2)));
            all.add(row.has(3) ? row.count(3) : -1);
            rows.add(row.row());
        });
        return to.write(all.elements(), rows, file, 2);
    }

    /// Sorts a mapping: rows of `sv,segment`. A record is the id, 0, the segment, and 0.
    ///
    /// @return how many there are
    static long ofMapping(Path file, RecordList to) throws IOException {
        LongArrayList all = new LongArrayList();
        LongArrayList rows = new LongArrayList();
        Csv.read(file, List.of("sv", "segment"), 2, row -> {
            all.add(row.id(0));
            all.add(0);
            all.add(row.id(1));
            all.add(0);
            rows.add(row.row());
        });
        return to.write(all.elements(), rows, file, 1);
    }

    private long write(long[] all, LongArrayList rows, Path file, int ids) throws IOException {
        int n = rows.size();
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        IntArrays.parallelQuickSort(order, (i, j) -> {
            int byKey = compare(all[WIDTH * i], all[WIDTH * i + 1], all[WIDTH * j], all[WIDTH * j + 1]);
            return byKey != 0 ? byKey : Integer.compare(i, j);
        });
        int blocks = (n + BLOCK - 1) / BLOCK;
        ByteBuffer index = buffer(16 * blocks);
        for (int block = 0; block < blocks; block++) {
            int end = Math.min(n, (block + 1) * BLOCK);
            ByteBuffer out = buffer(8 * WIDTH * (end - block * BLOCK));
            for (int k = block * BLOCK; k < end; k++) {
                int at = WIDTH * order[k];
                if (k > 0 && all[at] == all[WIDTH * order[k - 1]] && all[at + 1] == all[WIDTH * order[k - 1] + 1]) {
                    throw new InputException(Long.toUnsignedString(all[at])
                            + (ids == 2 ? " and " + Long.toUnsignedString(all[at + 1]) : "")
                            + " stands in row " + rows.getLong(order[k - 1]) + " already",
                            file + ", row " + rows.getLong(order[k]), "each has one row");
                }
                for (int i = 0; i < WIDTH; i++) {
                    out.putLong(all[at + i]);
                }
            }
            index.putLong(out.getLong(0)).putLong(out.getLong(8));
            store.put(key(block), out.array());
        }
        store.put(name + "_index", index.array());
        return n;
    }

    private static int compare(long a, long b, long c, long d) {
        int order = Long.compareUnsigned(a, c);
        return order != 0 ? order : Long.compareUnsigned(b, d);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String key(int block) {
        return name + "_" + block;
    }

    private long[] longs(String key) throws IOException {
        byte[] bytes = store.get(key).orElseThrow(() -> new IOException(store.uri(key) + " is missing"));
        return OpenNodes.longs(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), bytes.length / 8);
    }

    /// Looks for records; quick if ids are asked for in about their order.
    final class Finder {
        private final long[] index;
        private long @Nullable [] block;
        private int current = -1;

        Finder() throws IOException {
            index = longs(name + "_index");
        }

        /// The place of a record in the list, -1 if there is none.
        long find(long a, long b) throws IOException {
            int low = 0;
            int high = index.length / 2;
            while (high - low > 1) {
                int middle = low + high >>> 1;
                if (compare(index[2 * middle], index[2 * middle + 1], a, b) <= 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            if (high == 0) {
                return -1;
            }
            long[] records = fetch(low);
            int from = 0;
            int to = records.length / WIDTH - 1;
            while (from <= to) {
                int middle = from + to >>> 1;
                int order = compare(records[WIDTH * middle], records[WIDTH * middle + 1], a, b);
                if (order == 0) {
                    return (long) low * BLOCK + middle;
                }
                if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return -1;
        }

        /// A number of a record.
        ///
        /// @param place from [#find]
        /// @param field 0 to 3
        long get(long place, int field) throws IOException {
            return fetch((int) (place / BLOCK))[WIDTH * (int) (place % BLOCK) + field];
        }

        private long[] fetch(int wanted) throws IOException {
            long[] known = block;
            if (known == null || wanted != current) {
                known = longs(key(wanted));
                block = known;
                current = wanted;
            }
            return known;
        }
    }
}
