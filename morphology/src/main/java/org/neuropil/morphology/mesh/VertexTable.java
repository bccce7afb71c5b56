package org.neuropil.morphology.mesh;

import java.util.Arrays;

/// Numbers points of a lattice in the order in which they are first asked for. Open addressing over flat arrays.
final class VertexTable {
    private int[] slots;
    private int[] points;
    private int count;

    /// @param expected about how many points there will be, at most 2^29
    VertexTable(int expected) {
        slots = new int[Integer.highestOneBit(Math.max(8, expected)) << 2 & Integer.MAX_VALUE];
        points = new int[3 * Math.max(8, expected)];
    }

    /// The number of a point: that of an equal point asked for earlier, or the next.
    int number(int x, int y, int z) {
        int mask = slots.length - 1;
        int slot = hash(x, y, z) & mask;
        while (slots[slot] != 0) {
            int p = 3 * (slots[slot] - 1);
            if (points[p] == x && points[p + 1] == y && points[p + 2] == z) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        if (3 * count == points.length) {
            points = Arrays.copyOf(points, points.length + points.length / 6 * 3 + 3);
        }
        points[3 * count] = x;
        points[3 * count + 1] = y;
        points[3 * count + 2] = z;
        count++;
        slots[slot] = count;
        if (count > slots.length / 4 * 3) {
            grow();
        }
        return count - 1;
    }

    /// x, y, z of each point, in order of number.
    int[] vertices() {
        return Arrays.copyOf(points, 3 * count);
    }

    private void grow() {
        slots = new int[Math.multiplyExact(slots.length, 2)];
        int mask = slots.length - 1;
        for (int i = 0; i < count; i++) {
            int slot = hash(points[3 * i], points[3 * i + 1], points[3 * i + 2]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private static int hash(int x, int y, int z) {
        long h = x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L;
        h ^= h >>> 29;
        h *= 0xBF58476D1CE4E5B9L;
        return (int) (h >>> 32);
    }
}
