package org.neuropil.volume.kernel;

import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Gives the labels of a block small numbers.
public final class Renumber {
    /// Voxels that are renumbered in one go: what belongs to them stays in the processor's first cache.
    private static final int STRETCH = 2048;

    private Renumber() {}

    /// A block with new labels.
    ///
    /// @param block the same box, with small labels
    /// @param table which label has become which, in the order of the new ones. With zero preserved it holds 0, which
    ///        becomes 0, only if the block has it
    public record Result(Block block, LabelTable table) {}

    /// Numbers labels 1, 2, 3 ... in the order in which they appear first, x fastest, in the narrowest type that holds
    /// them.
    ///
    /// @param preserveZero whether 0 stays 0; else it is a label like any other
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if the block holds fractions
    public static Result renumber(Block block, boolean preserveZero, int threads) {
        // Threads need two passes, of which two take as long as one thread with one.
        if (threads <= 2) {
            return new Pass(block, preserveZero).run();
        }
        LabelIndex index = Unique.index(block, threads);
        return write(block, index, preserveZero, narrowest(most(index, preserveZero)), threads);
    }

    /// Numbers labels likewise, in a given type.
    ///
    /// @param type unsigned
    /// @throws IllegalArgumentException if the block holds fractions, or the type cannot hold the numbers
    public static Result renumber(Block block, boolean preserveZero, DataType type, int threads) {
        long room = Remap.most(type);
        LabelIndex index = Unique.index(block, threads);
        if (Long.compareUnsigned(most(index, preserveZero), room) > 0) {
            throw new IllegalArgumentException(
                    type.text() + " cannot number " + most(index, preserveZero) + " different labels");
        }
        return write(block, index, preserveZero, type, threads);
    }

    private static DataType narrowest(int most) {
        return most <= 0xFF ? DataType.UINT8 : most <= 0xFFFF ? DataType.UINT16 : DataType.UINT32;
    }

    private static int most(LabelIndex index, boolean preserveZero) {
        return preserveZero && index.find(0) >= 0 ? index.size() - 1 : index.size();
    }

    private static Result write(Block block, LabelIndex index, boolean preserveZero, DataType type, int threads) {
        LabelTable table = table(index, preserveZero, index.find(0) >= 0);
        return new Result(Remap.remap(block, table, Remap.Missing.REFUSE, type, threads), table);
    }

    /// @param hasZero whether the block has the label 0
    private static LabelTable table(LabelIndex index, boolean preserveZero, boolean hasZero) {
        boolean keepsZero = preserveZero && hasZero;
        int others = index.size() - (preserveZero && index.find(0) >= 0 ? 1 : 0);
        long[] from = new long[others + (keepsZero ? 1 : 0)];
        long[] to = new long[from.length];
        int next = keepsZero ? 1 : 0;
        for (int number = 0; number < index.size(); number++) {
            long label = index.label(number);
            if (label != 0 || !preserveZero) {
                from[next] = label;
                to[next] = keepsZero ? next : next + 1L;
                next++;
            }
        }
        return LabelTable.of(from, to);
    }

    /// Numbers and writes in one pass over the voxels, on one thread. Which type is needed is known only in the end: it
    /// is guessed, and what has been written is written again where it proves too narrow.
    private static final class Pass {
        private final Block block;
        private final int voxels;
        private final boolean preserveZero;
        private final LabelIndex index = new LabelIndex();
        private final int[] ends = new int[STRETCH];
        /// What each run of the stretch becomes.
        private final long[] values = new long[STRETCH];
        private boolean hasZero;

        Pass(Block block, boolean preserveZero) {
            this.block = block;
            this.preserveZero = preserveZero;
            voxels = block.box().voxels();
            if (preserveZero) {
                index.put(0); // so that a label's number is what it becomes
            }
        }

        Result run() {
            DataType type = guess();
            Block result = Block.zeros(type, block.box());
            for (int from = 0; from < voxels; from += STRETCH) {
                int runs = number(from);
                if (narrowest(most()).bytes() > type.bytes()) {
                    type = narrowest(most());
                    Block wider = Block.zeros(type, block.box());
                    copy(result, wider, from);
                    result = wider;
                    number(from);
                }
                RowRuns.write(result, from, runs, ends, values);
            }
            return new Result(result, table(index, preserveZero, hasZero));
        }

        private int most() {
            return preserveZero ? index.size() - 1 : index.size();
        }

        /// What the first voxels need. There is little to copy if the next ones soon need more.
        private DataType guess() {
            for (int from = 0; from < Math.min(voxels, 64 * STRETCH); from += STRETCH) {
                number(from);
            }
            return narrowest(most());
        }

        /// @return how many runs the stretch has
        private int number(int from) {
            long first = preserveZero ? 0 : 1;
            int runs = RowRuns.find(block, from, Math.min(STRETCH, voxels - from), ends);
            int start = 0;
            for (int run = 0; run < runs; run++) {
                long label = block.id(from + start);
                hasZero |= label == 0;
                values[run] = index.put(label) + first;
                start = ends[run];
            }
            return runs;
        }

        private void copy(Block narrow, Block wide, int until) {
            for (int from = 0; from < until; from += STRETCH) {
                int runs = RowRuns.find(narrow, from, STRETCH, ends);
                int start = 0;
                for (int run = 0; run < runs; run++) {
                    values[run] = narrow.id(from + start);
                    start = ends[run];
                }
                RowRuns.write(wide, from, runs, ends, values);
            }
        }
    }
}
