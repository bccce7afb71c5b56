package org.neuropil.volume.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads many ranges in few requests: those that lie near each other in an object are fetched at once.
public final class RangeReads {
    /// What lies between two ranges is read, and thrown away, up to this length; on a disk.
    private static final int GAP = 16 << 10;
    /// The same for stores whose answers take their time: about what comes in the time that a request takes.
    private static final int FAR_GAP = 128 << 10;
    /// Ranges are not joined beyond this.
    private static final int MOST_JOINED = 8 << 20;
    /// The same on a disk, where a request costs little and what is joined must be copied.
    private static final int MOST_JOINED_NEARBY = 256 << 10;

    private RangeReads() {}

    /// Some bytes of an object.
    ///
    /// @param from first byte
    /// @param to byte after the last, at most 2,147,483,639 further
    public record Range(String key, long from, long to) {
        /// Checks the numbers.
        public Range {
            if (from < 0 || to < from || to - from > Kept.MOST) {
                throw new IllegalArgumentException("bytes " + from + " to " + to + " of " + key);
            }
        }
    }

    /// Takes bytes.
    @FunctionalInterface
    public interface Sink {
        /// @param number of the range in the list that was asked for
        /// @param bytes of the range; empty if there is no such object
        void put(int number, Optional<byte[]> bytes) throws IOException;
    }

    /// Reads ranges; they may come in any order, overlap, and be of several objects.
    ///
    /// @param parallelism how many requests may run at a time
    /// @param sink called once for each range, in any order, by several threads if there are several requests at a time
    /// @throws IOException as for one range ([Store#get(String, long, long)]), or from the sink
    public static void read(Store store, List<Range> ranges, int parallelism, Sink sink) throws IOException {
        Integer[] order = new Integer[ranges.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing((Integer i) -> ranges.get(i).key())
                .thenComparingLong(i -> ranges.get(i).from()).thenComparingLong(i -> ranges.get(i).to()));
        boolean near = store.parallelism() <= 1;
        List<Joined> joined = join(ranges, order, near ? GAP : FAR_GAP, near ? MOST_JOINED_NEARBY : MOST_JOINED);
        Requests.run(parallelism, joined.size(), i -> joined.get(i).read(store, ranges, order, sink));
    }

    /// Reads ranges, as many at a time as the store likes.
    public static void read(Store store, List<Range> ranges, Sink sink) throws IOException {
        read(store, ranges, store.parallelism(), sink);
    }

    /// What one request fetches: the ranges that have places `first` to `end` - 1 in the order of their bytes.
    private record Joined(int first, int end, long to) {
        void read(Store store, List<Range> ranges, Integer[] order, Sink sink) throws IOException {
            Range start = ranges.get(order[first]);
            Optional<byte[]> bytes = store.get(start.key(), start.from(), to);
            for (int i = first; i < end; i++) {
                Range range = ranges.get(order[i]);
                boolean all = range.from() == start.from() && range.to() == to;
                sink.put(order[i], all && end - first == 1
                        ? bytes
                        : bytes.map(joined -> Arrays.copyOfRange(joined, (int) (range.from() - start.from()),
                                (int) (range.to() - start.from()))));
            }
        }
    }

    private static List<Joined> join(List<Range> ranges, Integer[] order, int gap, int most) {
        List<Joined> joined = new ArrayList<>();
        for (int from = 0, to; from < order.length; from = to) {
            Range first = ranges.get(order[from]);
            long end = first.to();
            for (to = from + 1; to < order.length; to++) {
                Range next = ranges.get(order[to]);
                long last = Math.max(end, next.to());
                if (!next.key().equals(first.key()) || next.from() - end > gap
                        || last > end && last - first.from() > most) {
                    break;
                }
                end = last;
            }
            joined.add(new Joined(from, to, end));
        }
        return joined;
    }
}
