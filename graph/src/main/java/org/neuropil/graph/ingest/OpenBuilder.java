package org.neuropil.graph.ingest;

import java.util.Arrays;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/// Makes [OpenNodes] one component after the other.
final class OpenBuilder {
    private final LongArrayList top = new LongArrayList();
    private final LongArrayList anchor = new LongArrayList();
    private final IntArrayList first = new IntArrayList(new int[]{0});
    private final long[] own;
    private final long[] far;
    private int edges;

    /// @param most edges at most
    OpenBuilder(int most) {
        own = new long[most];
        far = new long[most];
    }

    /// How many components have ended.
    int size() {
        return top.size();
    }

    /// How many edges have been added.
    int edges() {
        return edges;
    }

    void add(long from, long to) {
        own[edges] = from;
        far[edges++] = to;
    }

    /// Brings the edges from a given one on in order; they are sorted runs one after the other.
    void sort(int begin) {
        it.unimi.dsi.fastutil.Arrays.quickSort(begin, edges, this::compare, this::swap);
    }

    private int compare(int i, int j) {
        int order = Long.compare(own[i], own[j]);
        return order != 0 ? order : Long.compare(far[i], far[j]);
    }

    private void swap(int i, int j) {
        long value = own[i];
        own[i] = own[j];
        own[j] = value;
        value = far[i];
        far[i] = far[j];
        far[j] = value;
    }

    /// Ends a component, whose edges are those added since the last.
    void end(long node, long smallest) {
        top.add(node);
        anchor.add(smallest);
        first.add(edges);
    }

    long[] own(int begin) {
        return Arrays.copyOfRange(own, begin, edges);
    }

    long[] far(int begin) {
        return Arrays.copyOfRange(far, begin, edges);
    }

    OpenNodes build() {
        return new OpenNodes(top.toLongArray(), anchor.toLongArray(), first.toIntArray(), Arrays.copyOf(own, edges),
                Arrays.copyOf(far, edges));
    }
}
