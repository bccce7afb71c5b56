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

    /// Remaps a part, stretch by stretch: values are looked up into a scratch array by one loop for each type of label
    /// and copied from it by one for each type of result, rather than by one for each pair.
    private static final class Worker {
        private final LabelTable table;
        private final Missing missing;
        private final DataType type;
        private final long most;
        private final long[] values = new long[STRETCH];

        Worker(LabelTable table, Missing missing, DataType type, long most) {
            this.table = table;
            this.missing = missing;
            this.type = type;
            this.most = most;
        }

        void run(Block block, Block result, int begin, int end) {
            for (int from = begin; from < end; from += STRETCH) {
                int length = Math.min(STRETCH, end - from);
                switch (block) {
                    case Block.Bytes b -> look(b.data(), from, length);
                    case Block.Shorts b -> look(b.data(), from, length);
                    case Block.Ints b -> look(b.data(), from, length);
                    case Block.Longs b -> look(b.data(), from, length);
                    case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException(
                            block.type() + " voxels are no labels");
                }
                switch (result) {
                    case Block.Bytes b -> write(b.data(), from, length);
                    case Block.Shorts b -> write(b.data(), from, length);
                    case Block.Ints b -> write(b.data(), from, length);
                    case Block.Longs b -> System.arraycopy(values, 0, b.data(), from, length);
                    case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException(
                            result.type() + " voxels are no labels");
                }
            }
        }

        /// What a label becomes; asked once for each run of equal labels.
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

    private void look(byte[] labels, int from, int length) {
        byte last = labels[from];
        long value = value(last & 0xFFL);
        for (int i = 0; i < length; i++) {
            byte label = labels[from + i];
            if (label != last) {
                last = label;
                value = value(label & 0xFFL);
            }
            values[i] = value;
        }
    }

    private void look(short[] labels, int from, int length) {
        short last = labels[from];
        long value = value(last & 0xFFFFL);
        for (int i = 0; i < length; i++) {
            short label = labels[from + i];
            if (label != last) {
                last = label;
                value = value(label & 0xFFFFL);
            }
            values[i] = value;
        }
    }

    private void look(int[] labels, int from, int length) {
        int last = labels[from];
        long value = value(last & 0xFFFF_FFFFL);
        for (int i = 0; i < length; i++) {
            int label = labels[from + i];
            if (label != last) {
                last = label;
                value = value(label & 0xFFFF_FFFFL);
            }
            values[i] = value;
        }
    }

    private void look(long[] labels, int from, int length) {
        long last = labels[from];
        long value = value(last);
        for (int i = 0; i < length; i++) {
            long label = labels[from + i];
            if (label != last) {
                last = label;
                value = value(label);
            }
            values[i] = value;
        }
    }

    private void write(byte[] to, int from, int length) {
        for (int i = 0; i < length; i++) {
            to[from + i] = (byte) values[i];
        }
    }

    private void write(short[] to, int from, int length) {
        for (int i = 0; i < length; i++) {
            to[from + i] = (short) values[i];
        }
    }

    private void write(int[] to, int from, int length) {
        for (int i = 0; i < length; i++) {
            to[from + i] = (int) values[i];
        }
    }
    }
}
