package org.neuropil.graph.voxels;

import java.util.Arrays;

/// A queue of numbers by distance, for searches in which no distance is put that is less than the last one taken (Ahuja
/// et al., Faster algorithms for the shortest path problem, 1990). Distances are 0 or more; as bits, they are in order.
final class RadixHeap {
    /// Bucket 0 holds what is as far as the last that was taken, bucket b what differs from it in bit b - 1 and no higher.
    private final long[][] keys = new long[65][16];
    private final int[][] values = new int[65][16];
    private final int[] sizes = new int[65];
    private long last;

    void put(double distance, int value) {
        put(Double.doubleToRawLongBits(distance), value);
    }

    private void put(long key, int value) {
        int b = 64 - Long.numberOfLeadingZeros(key ^ last);
        int n = sizes[b]++;
        if (n == keys[b].length) {
            keys[b] = Arrays.copyOf(keys[b], 2 * n);
            values[b] = Arrays.copyOf(values[b], 2 * n);
        }
        keys[b][n] = key;
        values[b][n] = value;
    }

    /// Takes one of the nearest.
    ///
    /// @return its number, -1 if there is none; [#distance] is how far it is
    int take() {
        if (sizes[0] == 0 && !fill()) {
            return -1;
        }
        return values[0][--sizes[0]];
    }

    /// Distance of what was taken last.
    double distance() {
        return Double.longBitsToDouble(last);
    }

    private boolean fill() {
        int b = 1;
        while (sizes[b] == 0) {
            if (++b == sizes.length) {
                return false;
            }
        }
        long[] from = keys[b];
        int[] what = values[b];
        int n = sizes[b];
        long least = from[0];
        for (int i = 1; i < n; i++) {
            least = Math.min(least, from[i]);
        }
        last = least;
        sizes[b] = 0;
        // All go to lower buckets, since they share the bit in which they differed.
        for (int i = 0; i < n; i++) {
            put(from[i], what[i]);
        }
        return true;
    }
}
