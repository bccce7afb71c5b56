package org.neuropil.volume.kernel;

/// Which label becomes which. It cannot change, so threads may share it.
public final class LabelTable {
    private final LabelIndex index;
    private final long[] targets;

    private LabelTable(LabelIndex index, long[] targets) {
        this.index = index;
        this.targets = targets;
    }

    /// A table in which `from[i]` becomes `to[i]`.
    ///
    /// @param from labels, each once
    /// @param to as many
    /// @throws IllegalArgumentException if a label stands twice in `from`, or the lengths differ
    public static LabelTable of(long[] from, long[] to) {
        if (from.length != to.length) {
            throw new IllegalArgumentException(from.length + " labels become " + to.length);
        }
        LabelIndex index = new LabelIndex();
        for (int i = 0; i < from.length; i++) {
            if (index.put(from[i]) != i) {
                throw new IllegalArgumentException(
                        "label " + Long.toUnsignedString(from[i]) + " stands twice in the table");
            }
        }
        return new LabelTable(index, to.clone());
    }

    /// How many labels it holds.
    public int size() {
        return targets.length;
    }

    /// True if it says what this label becomes.
    public boolean contains(long label) {
        return index.find(label) >= 0;
    }

    /// What a label becomes.
    ///
    /// @param otherwise the answer for a label that is not in the table
    public long get(long label, long otherwise) {
        int number = index.find(label);
        return number < 0 ? otherwise : targets[number];
    }

    /// The labels, in the order given to [#of].
    public long[] from() {
        return index.labels();
    }

    /// What they become, in the same order.
    public long[] to() {
        return targets.clone();
    }

    /// The place of a label for [#target]; -1 if it is not in the table.
    int find(long label) {
        return index.find(label);
    }

    long target(int place) {
        return targets[place];
    }
}
