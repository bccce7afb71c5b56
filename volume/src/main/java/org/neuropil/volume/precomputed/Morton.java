package org.neuropil.volume.precomputed;

import java.io.Serializable;

import org.neuropil.space.Int3;

/// Compressed Morton codes: the number of a chunk in a sharded volume. The bits of its position's x, y and z take turns,
/// lowest first; an axis drops out once the grid needs no more bits along it.
///
/// @param grid how many chunks there are along each axis
record Morton(Int3 grid) implements Serializable {
    /// How many bits a position has along an axis.
    int bits(int axis) {
        return 32 - Integer.numberOfLeadingZeros(grid.get(axis) - 1);
    }

    /// How many bits a code has; more than 64 do not fit a key.
    int bits() {
        return bits(0) + bits(1) + bits(2);
    }

    /// The code of a position in the grid.
    long code(Int3 position) {
        long code = 0;
        int at = 0;
        for (int bit = 0; at < bits(); bit++) {
            for (int axis = 0; axis < 3; axis++) {
                if (bit < bits(axis)) {
                    code |= (position.get(axis) >>> bit & 1L) << at++;
                }
            }
        }
        return code;
    }

    /// The box of chunks whose codes differ in the lowest bits only: its size in chunks, not beyond the grid's.
    Int3 box(int lowest) {
        int[] bits = new int[3];
        int left = Math.min(lowest, bits());
        for (int bit = 0; left > 0; bit++) {
            for (int axis = 0; axis < 3 && left > 0; axis++) {
                if (bit < bits(axis)) {
                    bits[axis]++;
                    left--;
                }
            }
        }
        return new Int3(chunks(bits[0], 0), chunks(bits[1], 1), chunks(bits[2], 2));
    }

    private int chunks(int bits, int axis) {
        return (int) Math.min(1L << bits, grid.get(axis));
    }
}
