package org.neuropil.segment;

import java.util.Arrays;

/// A binary heap of edges on primitive arrays, best first: higher affinity, then the smaller `high`, then the smaller
/// `low` id (unsigned). Entries are snapshots; a stamp tells the caller whether an edge has changed since.
final class EdgeHeap {
    private double[] affinity;
    private long[] high;
    private long[] low;
    private int[] edge;
    private int[] stamp;
    private int size;

    EdgeHeap(int capacity) {
        affinity = new double[capacity + 1];
        high = new long[capacity + 1];
        low = new long[capacity + 1];
        edge = new int[capacity + 1];
        stamp = new int[capacity + 1];
    }

    void push(double newAffinity, long newHigh, long newLow, int newEdge, int newStamp) {
        if (size + 1 == edge.length) {
            int larger = edge.length * 2;
            affinity = Arrays.copyOf(affinity, larger);
            high = Arrays.copyOf(high, larger);
            low = Arrays.copyOf(low, larger);
            edge = Arrays.copyOf(edge, larger);
            stamp = Arrays.copyOf(stamp, larger);
        }
        int i = size++;
        affinity[i] = newAffinity;
        high[i] = newHigh;
        low[i] = newLow;
        edge[i] = newEdge;
        stamp[i] = newStamp;
        while (i > 0 && isBetter(i, (i - 1) >> 1)) {
            swap(i, (i - 1) >> 1);
            i = (i - 1) >> 1;
        }
    }

    /// Takes the best entry off; [#edge] and [#stamp] tell which it was.
    ///
    /// @return false if there is none
    boolean pop() {
        if (size == 0) {
            return false;
        }
        size--;
        swap(0, size);
        int i = 0;
        while (true) {
            int best = i;
            int child = 2 * i + 1;
            if (child < size && isBetter(child, best)) {
                best = child;
            }
            if (child + 1 < size && isBetter(child + 1, best)) {
                best = child + 1;
            }
            if (best == i) {
                return true;
            }
            swap(i, best);
            i = best;
        }
    }

    /// The edge of the entry that was taken off last.
    int edge() {
        return edge[size];
    }

    /// The stamp of the entry that was taken off last.
    int stamp() {
        return stamp[size];
    }

    private boolean isBetter(int i, int j) {
        if (affinity[i] != affinity[j]) {
            return affinity[i] > affinity[j];
        }
        if (high[i] != high[j]) {
            return Long.compareUnsigned(high[i], high[j]) < 0;
        }
        return Long.compareUnsigned(low[i], low[j]) < 0;
    }

    private void swap(int i, int j) {
        double a = affinity[i];
        affinity[i] = affinity[j];
        affinity[j] = a;
        long h = high[i];
        high[i] = high[j];
        high[j] = h;
        long l = low[i];
        low[i] = low[j];
        low[j] = l;
        int e = edge[i];
        edge[i] = edge[j];
        edge[j] = e;
        int s = stamp[i];
        stamp[i] = stamp[j];
        stamp[j] = s;
    }
}
