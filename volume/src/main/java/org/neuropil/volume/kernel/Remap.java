package org.neuropil.volume.kernel;

import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Gives the labels of a block other values. Labels are whole numbers of 8 to 64 bits, all
/// taken as unsigned.
public final class Remap {
    /// Voxels that are remapped in one go: what belongs to them stays in the processor's first cache.
    private static final int STRETCH = 2048;

    private Remap() {}

    /// What becomes of labels that are not in the table.
    public enum Missing {
        /// It is an error that names the label.
        REFUSE,
        /// They stay.
        KEEP,
        /// They become 0.
        CLEAR
    }

    /// Gives each label the value that the table says, in a block of the same type.
    ///
    /// @param threads at least 1; the result does not depend on it
    /// @throws InputException if a label is missing and `missing` is [Missing#REFUSE]; if a new label does not fit the
    ///         type
    /// @throws IllegalArgumentException if the block holds fractions
    public static Block remap(Block block, LabelTable table, Missing missing, int threads) {
        return remap(block, table, missing, block.type(), threads);
    }

    /// Gives each label the value that the table says, in a block of another type.
    ///
    /// @param type of the result: of whole numbers
    /// @throws InputException if a label is missing and `missing` is [Missing#REFUSE]; if a new label does not fit the
    ///         type
    /// @throws IllegalArgumentException if the block or the type is of fractions
    public static Block remap(Block block, LabelTable table, Missing missing, DataType type, int threads) {
        Block result = Block.zeros(type, block.box());
        run(block, table, missing, result, threads);
        return result;
    }

    /// As [#remap(Block, LabelTable, Missing, int)], in the block itself. After an error some of its labels are new.
    public static void remapInPlace(Block block, LabelTable table, Missing missing, int threads) {
        run(block, table, missing, block, threads);
    }

    /// Sets the given labels to 0.
    ///
    /// @param labels in any order, possibly several times; those that the block does not have do nothing
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if the block holds fractions
    public static Block mask(Block block, long[] labels, int threads) {
        long[] each = each(labels);
        return remap(block, LabelTable.of(each, new long[each.length]), Missing.KEEP, threads);
    }

    /// Sets all labels but the given to 0; otherwise as [#mask].
    public static Block maskExcept(Block block, long[] labels, int threads) {
        long[] each = each(labels);
        return remap(block, LabelTable.of(each, each), Missing.CLEAR, threads);
    }

    /// The largest label that a type holds, as unsigned number.
    static long most(DataType type) {
        if (type.isFloat()) {
            throw new IllegalArgumentException(type + " voxels are no labels");
        }
        return -1L >>> 64 - 8 * type.bytes();
    }

    private static void run(Block block, LabelTable table, Missing missing, Block result, int threads) {
        long most = most(result.type());
        int parts = Unique.parts(threads);
        Parallel.run(threads, parts, part -> new Worker(table, missing, result.type(), most).run(block, result,
                Unique.begin(block, part, parts), Unique.begin(block, part + 1, parts)));
    }

    private static long otherwise(long label, Missing missing) {
        return switch (missing) {
            case KEEP -> label;
            case CLEAR -> 0;
            case REFUSE -> throw new InputException(
                    "label " + Long.toUnsignedString(label) + " is not in the table of new labels", "",
                    "add it, or have missing labels kept");
        };
    }

    /// The labels, each once.
    private static long[] each(long[] labels) {
        LabelIndex index = new LabelIndex();
        for (long label : labels) {
            index.put(label);
        }
        return index.labels();
    }

    /// Remaps a part, stretch by stretch, and each run of equal labels in one go: what a run becomes is looked up once.
    private static final class Worker {
        private final LabelTable table;
        private final Missing missing;
        private final DataType type;
        private final long most;
        private final int[] ends = new int[STRETCH];
        /// What each run of the stretch becomes.
        private final long[] values = new long[STRETCH];

        Worker(LabelTable table, Missing missing, DataType type, long most) {
            this.table = table;
            this.missing = missing;
            this.type = type;
            this.most = most;
        }

        void run(Block block, Block result, int begin, int end) {
            for (int from = begin; from < end; from += STRETCH) {
                int runs = RowRuns.find(block, from, Math.min(STRETCH, end - from), ends);
                int start = 0;
                for (int run = 0; run < runs; run++) {
                    values[run] = value(block.id(from + start));
                    start = ends[run];
                }
                RowRuns.write(result, from, runs, ends, values);
            }
        }

        /// What a label becomes.
        private long value(long label) {
            int place = table.find(label);
            long value = place >= 0 ? table.target(place) : otherwise(label, missing);
            if (Long.compareUnsigned(value, most) > 0) {
                throw new InputException("label " + Long.toUnsignedString(label) + " would become "
                        + Long.toUnsignedString(value) + ", which " + type.text() + " cannot hold", "",
                        "choose a wider type");
            }
            return value;
        }
    }
}
