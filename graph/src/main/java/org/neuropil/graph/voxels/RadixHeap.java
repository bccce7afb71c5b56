package org.neuropil.graph.voxels;

import java.util.Arrays;

/// A queue of numbers by distance, for searches in which no distance is put that is less than the last one taken (Ahuja
/// et al., Faster algorithms for the shortest path problem, 1990). Distances are 0 or more, and told apart as far as their
/// first 12 bits after the leading one tell them: whoever takes a number may find a shorter way to it later, and has to
/// put it again. That costs less than to sort what is nearly equally far.
final class RadixHeap {
    /// Bits of a double that are not looked at. What is left fits 24 bits, and is in the order of distances.
    private static final int IGNORED = 40;

    /// Bucket 0 holds what is as far as the last that was taken, bucket b what differs from it in bit b - 1 and no higher.
    /// Entries are key << 32 | number.
    private final long[][] entries = new long[33][16];
    private final int[] sizes = new int[33];
    private int last;

    void put(double distance, int number) {
        put((Double.doubleToRawLongBits(distance) >>> IGNORED) << 32 | number);
    }

    private void put(long entry) {
        int b = 32 - Integer.numberOfLeadingZeros((int) (entry >>> 32) ^ last);
        int n = sizes[b]++;
        if (n == entries[b].length) {
            entries[b] = Arrays.copyOf(entries[b], 2 * n);
        }
        entries[b][n] = entry;
    }

    /// Takes one of the nearest.
    ///
    /// @return its number, -1 if there is none
    int take() {
        if (sizes[0] == 0 && !fill()) {
            return -1;
        }
        return (int) entries[0][--sizes[0]];
    }

    private boolean fill() {
        int b = 1;
        while (sizes[b] == 0) {
            if (++b == sizes.length) {
                return false;
            }
        }
        long[] from = entries[b];
        int n = sizes[b];
        long least = from[0];
        for (int i = 1; i < n; i++) {
            least = Math.min(least, from[i]);
        }
        last = (int) (least >>> 32);
        sizes[b] = 0;
        // All go to lower buckets, since they share the bit in which they differed.
        for (int i = 0; i < n; i++) {
            put(from[i]);
        }
        return true;
    }
}
