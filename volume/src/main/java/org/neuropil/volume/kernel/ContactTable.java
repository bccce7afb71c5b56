package org.neuropil.volume.kernel;

import it.unimi.dsi.fastutil.ints.IntArrays;

/// Counts of contacts by pair of labels: a hash table with linear probing in one array, so that a pair and its counts
/// share a cache line or two.
final class ContactTable {
    /// Longs of an entry: the lower label, the higher one, and the counts of the kinds of contact. A free entry has a
    /// higher label of 0.
    static final int STRIDE = 2 + Contacts.KINDS;
    private static final int MOST = 1 << 28;

    private long[] entries = new long[1024 * STRIDE];
    private int size;

    /// How many pairs there are.
    int size() {
        return size;
    }

    /// The entry of two labels, made if it is missing; where it stands holds until the next call.
    ///
    /// @param u not 0
    /// @param v not 0, not `u`
    /// @return where its counts begin in [#entries]
    int counts(long u, long v) {
        boolean swap = Long.compareUnsigned(u, v) > 0;
        long a = swap ? v : u;
        long b = swap ? u : v;
        int entry = find(entries, a, b);
        if (entries[entry + 1] == 0) {
            if (2 * (size + 1) * STRIDE > entries.length) {
                grow();
                entry = find(entries, a, b);
            }
            entries[entry] = a;
            entries[entry + 1] = b;
            size++;
        }
        return entry + 2;
    }

    /// The array in which [#counts] finds counts; another one after a pair was added.
    long[] entries() {
        return entries;
    }

    /// Adds all counts of another table.
    void add(ContactTable other) {
        for (int entry = 0; entry < other.entries.length; entry += STRIDE) {
            if (other.entries[entry + 1] != 0) {
                int at = counts(other.entries[entry], other.entries[entry + 1]);
                for (int kind = 0; kind < Contacts.KINDS; kind++) {
                    entries[at + kind] += other.entries[entry + 2 + kind];
                }
            }
        }
    }

    /// Where the entries stand, sorted by the lower label, then by the higher one.
    int[] sorted() {
        int[] order = new int[size];
        int n = 0;
        for (int entry = 0; entry < entries.length; entry += STRIDE) {
            if (entries[entry + 1] != 0) {
                order[n++] = entry;
            }
        }
        IntArrays.quickSort(order, (i, j) -> {
            int a = Long.compareUnsigned(entries[i], entries[j]);
            return a != 0 ? a : Long.compareUnsigned(entries[i + 1], entries[j + 1]);
        });
        return order;
    }

    private void grow() {
        if (entries.length / STRIDE >= MOST) {
            throw new IllegalStateException("more than " + MOST / 2 + " pairs of labels touch");
        }
        long[] larger = new long[2 * entries.length];
        for (int entry = 0; entry < entries.length; entry += STRIDE) {
            if (entries[entry + 1] != 0) {
                int at = find(larger, entries[entry], entries[entry + 1]);
                System.arraycopy(entries, entry, larger, at, STRIDE);
            }
        }
        entries = larger;
    }

    /// Where a pair stands, or the free entry where it belongs.
    private static int find(long[] entries, long a, long b) {
        int mask = entries.length / STRIDE - 1;
        int slot = (int) ((a * 0x9E37_79B9_7F4A_7C15L ^ b) * 0xD6E8_FEB8_6659_FD93L >>> 32) & mask;
        while (entries[slot * STRIDE + 1] != 0
                && (entries[slot * STRIDE] != a || entries[slot * STRIDE + 1] != b)) {
            slot = slot + 1 & mask;
        }
        return slot * STRIDE;
    }
}
