package org.neuropil.volume.kernel;

import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Gives the labels of a block small numbers.
public final class Renumber {
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
        LabelIndex index = Unique.index(block, threads);
        int most = most(index, preserveZero);
        DataType type = most <= 0xFF ? DataType.UINT8 : most <= 0xFFFF ? DataType.UINT16 : DataType.UINT32;
        return write(block, index, preserveZero, type, threads);
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

    private static int most(LabelIndex index, boolean preserveZero) {
        return preserveZero && index.find(0) >= 0 ? index.size() - 1 : index.size();
    }

    private static Result write(Block block, LabelIndex index, boolean preserveZero, DataType type, int threads) {
        long[] from = index.labels();
        long[] to = new long[from.length];
        long next = 1;
        for (int i = 0; i < from.length; i++) {
            to[i] = preserveZero && from[i] == 0 ? 0 : next++;
        }
        LabelTable table = LabelTable.of(from, to);
        return new Result(Remap.remap(block, table, Remap.Missing.REFUSE, type, threads), table);
    }
}
