package org.neuropil.volume.kernel;

import java.util.Arrays;

import org.neuropil.volume.Block;

/// Which labels a block has. Labels are 8 to 64 bits, taken as unsigned numbers; 0 counts like any other.
public final class Unique {
    /// Voxels that are looked at in one go: what belongs to them stays in the processor's first cache.
    private static final int STRETCH = 2048;

    private Unique() {}

    /// Labels and how often each occurs.
    ///
    /// @param labels each once, in ascending unsigned order
    /// @param counts voxels of each
    @SuppressWarnings("ArrayRecordComponent")
    public record Counts(long[] labels, long[] counts) {}

    /// The different labels, in ascending unsigned order.
    ///
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if the block holds fractions
    public static long[] labels(Block block, int threads) {
        long[] labels = index(block, threads).labels();
        sort(labels);
        return labels;
    }

    /// The different labels and how many voxels have each.
    ///
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if the block holds fractions
    public static Counts counts(Block block, int threads) {
        int parts = parts(threads);
        LabelIndex[] indexes = new LabelIndex[parts];
        long[][] counts = new long[parts][];
        Parallel.run(threads, parts, part -> {
            LabelIndex index = new LabelIndex();
            indexes[part] = index;
            counts[part] = count(block, begin(block, part, parts), begin(block, part + 1, parts), index);
        });
        LabelIndex all = new LabelIndex();
        long[] sums = new long[Arrays.stream(indexes).mapToInt(LabelIndex::size).reduce(0, Math::addExact)];
        for (int part = 0; part < parts; part++) {
            for (int i = 0; i < indexes[part].size(); i++) {
                sums[all.put(indexes[part].label(i))] += counts[part][i];
            }
        }
        long[] labels = all.labels();
        sort(labels);
        return new Counts(labels, Arrays.stream(labels).map(label -> sums[all.find(label)]).toArray());
    }

    /// All labels, numbered in the order in which they appear first.
    static LabelIndex index(Block block, int threads) {
        int parts = parts(threads);
        LabelIndex[] indexes = new LabelIndex[parts];
        Parallel.run(threads, parts, part -> {
            LabelIndex index = new LabelIndex();
            indexes[part] = index;
            collect(block, begin(block, part, parts), begin(block, part + 1, parts), index);
        });
        LabelIndex all = indexes[0];
        for (int part = 1; part < parts; part++) {
            for (int i = 0; i < indexes[part].size(); i++) {
                all.put(indexes[part].label(i));
            }
        }
        return all;
    }

    /// How many parts to cut a block's array into: one for one thread, else some more than threads, for they take
    /// unequal time.
    static int parts(int threads) {
        return threads == 1 ? 1 : Math.multiplyExact(threads, 4);
    }

    /// Where in the block's array a part begins.
    static int begin(Block block, int part, int parts) {
        return (int) (block.box().volume() * part / parts);
    }

    // Where a voxel lies is all the same here: stretches of the array serve as rows.

    private static void collect(Block block, int begin, int end, LabelIndex index) {
        int[] ends = new int[STRETCH];
        for (int from = begin; from < end; from += STRETCH) {
            int runs = RowRuns.find(block, from, Math.min(STRETCH, end - from), ends);
            for (int run = 0; run < runs; run++) {
                index.put(block.id(from + ends[run] - 1));
            }
        }
    }

    private static long[] count(Block block, int begin, int end, LabelIndex index) {
        int[] ends = new int[STRETCH];
        long[] counts = new long[16];
        for (int from = begin; from < end; from += STRETCH) {
            int runs = RowRuns.find(block, from, Math.min(STRETCH, end - from), ends);
            int start = 0;
            for (int run = 0; run < runs; run++) {
                int number = index.put(block.id(from + start));
                if (number == counts.length) {
                    counts = Arrays.copyOf(counts, Math.addExact(number, number));
                }
                counts[number] += ends[run] - start;
                start = ends[run];
            }
        }
        return counts;
    }

    private static void sort(long[] labels) {
        flip(labels);
        Arrays.sort(labels);
        flip(labels);
    }

    /// Turns unsigned order into signed order and back.
    private static void flip(long[] labels) {
        for (int i = 0; i < labels.length; i++) {
            labels[i] ^= Long.MIN_VALUE;
        }
    }
}
