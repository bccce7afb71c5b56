package org.neuropil.volume.kernel;

import org.neuropil.volume.Block;

/// Cuts rows of labels into runs of equal ones. Runs are what makes a kernel independent of the labels' width: only this
/// class looks at every voxel, once for each primitive type; all else works on where runs end.
final class RowRuns {
    private RowRuns() {}

    /// Finds the runs of a row.
    ///
    /// @param from where the row begins in the block's array
    /// @param length voxels of the row, at least 1
    /// @param ends gets the end of each run, exclusive, counted from the row's begin; the last is `length`. Must have
    ///        room for `length` ends
    /// @return the number of runs
    static int find(Block block, int from, int length, int[] ends) {
        return switch (block) {
            case Block.Bytes b -> find(b.data(), from, length, ends);
            case Block.Shorts b -> find(b.data(), from, length, ends);
            case Block.Ints b -> find(b.data(), from, length, ends);
            case Block.Longs b -> find(b.data(), from, length, ends);
            case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException("floats are no labels");
        };
    }

    /// Finds the runs of a row, their labels, and the run of each voxel.
    ///
    /// @param from where the row begins in the block's array
    /// @param length voxels of the row, at least 1
    /// @param first the number of the first run; the others have the next
    /// @param starts gets the start of each run by its number, counted from the row's begin; room for `length` from
    ///        `first` on
    /// @param labels gets the labels, as unsigned numbers, by the run's number; as large
    /// @param runOf gets the number of each voxel's run, from `at` on
    /// @return the number after that of the last run
    static int index(Block block, int from, int length, int first, int[] starts, long[] labels, int[] runOf, int at) {
        return switch (block) {
            case Block.Bytes b -> index(b.data(), from, length, first, starts, labels, runOf, at);
            case Block.Shorts b -> index(b.data(), from, length, first, starts, labels, runOf, at);
            case Block.Ints b -> index(b.data(), from, length, first, starts, labels, runOf, at);
            case Block.Longs b -> index(b.data(), from, length, first, starts, labels, runOf, at);
            case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException("floats are no labels");
        };
    }

    /// Tells where two stretches of voxels differ.
    ///
    /// @param a where the one begins in the block's array
    /// @param b where the other begins
    /// @param differ gets 1 or 0 for each pair, from `at` on, `step` apart
    static void differences(Block block, int a, int b, int length, byte[] differ, int at, int step) {
        switch (block) {
            case Block.Bytes v -> {
                byte[] data = v.data();
                for (int i = 0, to = at; i < length; i++, to += step) {
                    differ[to] = (byte) (data[a + i] == data[b + i] ? 0 : 1);
                }
            }
            case Block.Shorts v -> {
                short[] data = v.data();
                for (int i = 0, to = at; i < length; i++, to += step) {
                    differ[to] = (byte) (data[a + i] == data[b + i] ? 0 : 1);
                }
            }
            case Block.Ints v -> {
                int[] data = v.data();
                for (int i = 0, to = at; i < length; i++, to += step) {
                    differ[to] = (byte) (data[a + i] == data[b + i] ? 0 : 1);
                }
            }
            case Block.Longs v -> {
                long[] data = v.data();
                for (int i = 0, to = at; i < length; i++, to += step) {
                    differ[to] = (byte) (data[a + i] == data[b + i] ? 0 : 1);
                }
            }
            case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException("floats are no labels");
        }
    }

    /// Gives the voxels of each run of a row one value.
    ///
    /// @param from where the row begins in the block's array
    /// @param ends the end of each run, as [#find] tells them
    /// @param values by run; of wider ones the lower bits are taken
    static void write(Block block, int from, int runs, int[] ends, long[] values) {
        switch (block) {
            case Block.Bytes b -> write(b.data(), from, runs, ends, values);
            case Block.Shorts b -> write(b.data(), from, runs, ends, values);
            case Block.Ints b -> write(b.data(), from, runs, ends, values);
            case Block.Longs b -> write(b.data(), from, runs, ends, values);
            case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException("floats are no labels");
        }
    }

    private static int find(byte[] data, int from, int length, int[] ends) {
        int runs = 0;
        byte last = data[from];
        for (int i = 1; i < length; i++) {
            byte label = data[from + i];
            if (label != last) {
                ends[runs++] = i;
                last = label;
            }
        }
        ends[runs++] = length;
        return runs;
    }

    private static int find(short[] data, int from, int length, int[] ends) {
        int runs = 0;
        short last = data[from];
        for (int i = 1; i < length; i++) {
            short label = data[from + i];
            if (label != last) {
                ends[runs++] = i;
                last = label;
            }
        }
        ends[runs++] = length;
        return runs;
    }

    private static int find(int[] data, int from, int length, int[] ends) {
        int runs = 0;
        int last = data[from];
        for (int i = 1; i < length; i++) {
            int label = data[from + i];
            if (label != last) {
                ends[runs++] = i;
                last = label;
            }
        }
        ends[runs++] = length;
        return runs;
    }

    private static int find(long[] data, int from, int length, int[] ends) {
        int runs = 0;
        long last = data[from];
        for (int i = 1; i < length; i++) {
            long label = data[from + i];
            if (label != last) {
                ends[runs++] = i;
                last = label;
            }
        }
        ends[runs++] = length;
        return runs;
    }

    private static int index(byte[] data, int from, int length, int first, int[] starts, long[] labels, int[] runOf,
            int at) {
        int run = first;
        byte last = data[from];
        starts[run] = 0;
        labels[run] = last & 0xFFL;
        runOf[at] = run;
        for (int i = 1; i < length; i++) {
            byte label = data[from + i];
            if (label != last) {
                starts[++run] = i;
                labels[run] = label & 0xFFL;
                last = label;
            }
            runOf[at + i] = run;
        }
        return run + 1;
    }

    private static int index(short[] data, int from, int length, int first, int[] starts, long[] labels, int[] runOf,
            int at) {
        int run = first;
        short last = data[from];
        starts[run] = 0;
        labels[run] = last & 0xFFFFL;
        runOf[at] = run;
        for (int i = 1; i < length; i++) {
            short label = data[from + i];
            if (label != last) {
                starts[++run] = i;
                labels[run] = label & 0xFFFFL;
                last = label;
            }
            runOf[at + i] = run;
        }
        return run + 1;
    }

    private static int index(int[] data, int from, int length, int first, int[] starts, long[] labels, int[] runOf,
            int at) {
        int run = first;
        int last = data[from];
        starts[run] = 0;
        labels[run] = last & 0xFFFF_FFFFL;
        runOf[at] = run;
        for (int i = 1; i < length; i++) {
            int label = data[from + i];
            if (label != last) {
                starts[++run] = i;
                labels[run] = label & 0xFFFF_FFFFL;
                last = label;
            }
            runOf[at + i] = run;
        }
        return run + 1;
    }

    private static int index(long[] data, int from, int length, int first, int[] starts, long[] labels, int[] runOf,
            int at) {
        int run = first;
        long last = data[from];
        starts[run] = 0;
        labels[run] = last;
        runOf[at] = run;
        for (int i = 1; i < length; i++) {
            long label = data[from + i];
            if (label != last) {
                starts[++run] = i;
                labels[run] = label;
                last = label;
            }
            runOf[at + i] = run;
        }
        return run + 1;
    }

    private static void write(byte[] to, int from, int runs, int[] ends, long[] values) {
        int at = from;
        for (int run = 0; run < runs; run++) {
            byte value = (byte) values[run];
            int end = from + ends[run];
            while (at < end) {
                to[at++] = value;
            }
        }
    }

    private static void write(short[] to, int from, int runs, int[] ends, long[] values) {
        int at = from;
        for (int run = 0; run < runs; run++) {
            short value = (short) values[run];
            int end = from + ends[run];
            while (at < end) {
                to[at++] = value;
            }
        }
    }

    private static void write(int[] to, int from, int runs, int[] ends, long[] values) {
        int at = from;
        for (int run = 0; run < runs; run++) {
            int value = (int) values[run];
            int end = from + ends[run];
            while (at < end) {
                to[at++] = value;
            }
        }
    }

    private static void write(long[] to, int from, int runs, int[] ends, long[] values) {
        int at = from;
        for (int run = 0; run < runs; run++) {
            long value = values[run];
            int end = from + ends[run];
            while (at < end) {
                to[at++] = value;
            }
        }
    }
}
