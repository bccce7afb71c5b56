package org.neuropil.physiology.movie;

import java.util.Arrays;

/// Distances to a region in the part of the frame around it, those of a king on a chess board.
final class Ring {
    private final int width;
    private final int left;
    private final int top;
    private final int columns;
    private final int rows;
    private final int reach;
    /// Of each pixel of the part, row by row.
    private final int[] distance;

    /// @param reach how far around the region distances are known
    Ring(Roi roi, int width, int height, int reach) {
        this.width = width;
        this.reach = reach;
        left = Math.max(0, Arrays.stream(roi.x()).min().orElseThrow() - reach);
        top = Math.max(0, Arrays.stream(roi.y()).min().orElseThrow() - reach);
        columns = Math.min(width, Arrays.stream(roi.x()).max().orElseThrow() + reach + 1) - left;
        rows = Math.min(height, Arrays.stream(roi.y()).max().orElseThrow() + reach + 1) - top;
        distance = new int[columns * rows];
        Arrays.fill(distance, Integer.MAX_VALUE / 2);
        for (int i = 0; i < roi.pixels(); i++) {
            distance[(roi.y()[i] - top) * columns + roi.x()[i] - left] = 0;
        }
        // With all eight neighbours at distance 1 two sweeps are exact.
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                nearer(x, y, -1);
            }
        }
        for (int y = rows - 1; y >= 0; y--) {
            for (int x = columns - 1; x >= 0; x--) {
                nearer(x, y, 1);
            }
        }
    }

    private void nearer(int x, int y, int side) {
        int at = y * columns + x;
        int least = Math.min(distance[at], 1 + get(x + side, y));
        for (int dx = -1; dx <= 1; dx++) {
            least = Math.min(least, 1 + get(x + dx, y + side));
        }
        distance[at] = least;
    }

    private int get(int x, int y) {
        return x < 0 || y < 0 || x >= columns || y >= rows ? Integer.MAX_VALUE / 2 : distance[y * columns + x];
    }

    /// Places in the frame of those farther than `inner` that are not taken.
    int[] pixels(boolean[] taken, int inner) {
        int[] found = new int[distance.length];
        int count = 0;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int far = distance[y * columns + x];
                int place = (top + y) * width + left + x;
                if (far > inner && far <= reach && !taken[place]) {
                    found[count++] = place;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }
}
