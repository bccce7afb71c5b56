package org.neuropil.circuits.wiring;

import java.util.Arrays;
import java.util.stream.IntStream;

import it.unimi.dsi.fastutil.ints.IntArrays;

/// Synapses between [Cells], in order of the cell that makes them, the one that gets them, and their ids.
///
/// @param pre number of the cell that makes each
/// @param post number of the cell that gets it
/// @param size of each, in the unit of the table; NaN if it has none
@SuppressWarnings("ArrayRecordComponent") // millions, which nobody compares
public record Synapses(int[] pre, int[] post, float[] size) {
    /// @throws IllegalArgumentException if lengths differ, or they are not in order
    public Synapses {
        if (post.length != pre.length || size.length != pre.length) {
            throw new IllegalArgumentException(pre.length + ", " + post.length + ", " + size.length);
        }
        for (int i = 1; i < pre.length; i++) {
            if (pre[i] < pre[i - 1] || pre[i] == pre[i - 1] && post[i] < post[i - 1]) {
                throw new IllegalArgumentException("synapse " + i + " is out of order");
            }
        }
    }

    /// Puts synapses in order.
    ///
    /// @param ids of the synapses, each once
    public static Synapses sorted(long[] ids, int[] pre, int[] post, float[] size) {
        int n = ids.length;
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        IntArrays.parallelQuickSort(order, (a, b) -> {
            int by = Integer.compare(pre[a], pre[b]);
            by = by == 0 ? Integer.compare(post[a], post[b]) : by;
            return by == 0 ? Long.compareUnsigned(ids[a], ids[b]) : by;
        });
        int[] from = new int[n];
        int[] to = new int[n];
        float[] sizes = new float[n];
        for (int k = 0; k < n; k++) {
            from[k] = pre[order[k]];
            to[k] = post[order[k]];
            sizes[k] = size[order[k]];
        }
        return new Synapses(from, to, sizes);
    }

    /// How many.
    public int count() {
        return pre.length;
    }

    /// Those between some cells, numbered anew.
    ///
    /// @param number of each cell among the chosen; negative for those that are left out
    public Synapses select(int[] number) {
        int[] kept = IntStream.range(0, pre.length)
                .filter(i -> number[pre[i]] >= 0 && number[post[i]] >= 0).toArray();
        int[] from = new int[kept.length];
        int[] to = new int[kept.length];
        float[] sizes = new float[kept.length];
        for (int k = 0; k < kept.length; k++) {
            from[k] = number[pre[kept[k]]];
            to[k] = number[post[kept[k]]];
            sizes[k] = size[kept[k]];
        }
        return new Synapses(from, to, sizes);
    }
}
