package org.neuropil.physiology.field;

import java.util.Arrays;

/// One cell's responses to sweeps of sparse noise; those that are missing are left out.
public final class NoiseResponses {
    private final Grid grid;
    private final int[][] shown;
    private final double[] values;

    private NoiseResponses(Grid grid, int[][] shown, double[] values) {
        this.grid = grid;
        this.shown = shown;
        this.values = values;
    }

    /// Responses by sweep.
    ///
    /// @param shown the sweeps that show each square white, by number of the square, then those that show each black
    /// @param values of each sweep; NaN if it is missing
    public static NoiseResponses of(Grid grid, int[][] shown, double[] values) {
        if (shown.length != 2 * grid.squares()) {
            throw new IllegalArgumentException(shown.length + " lists of sweeps for " + grid);
        }
        int[] number = new int[values.length];
        int count = 0;
        double[] kept = new double[values.length];
        for (int s = 0; s < values.length; s++) {
            number[s] = Double.isNaN(values[s]) ? -1 : count;
            if (number[s] >= 0) {
                kept[count++] = values[s];
            }
        }
        if (count == values.length) {
            return new NoiseResponses(grid, shown, kept);
        }
        int[][] left = new int[shown.length][];
        for (int i = 0; i < left.length; i++) {
            left[i] = Arrays.stream(shown[i]).map(s -> number[s]).filter(s -> s >= 0).toArray();
        }
        return new NoiseResponses(grid, left, Arrays.copyOf(kept, count));
    }

    /// The squares.
    public Grid grid() {
        return grid;
    }

    /// How many sweeps have a response.
    public int sweeps() {
        return values.length;
    }

    /// How many of them show a square.
    ///
    /// @param square its number if white, [Grid#squares()] more if black
    public int shown(int square) {
        return shown[square].length;
    }

    /// The sweeps that show a square, not a copy.
    int[] sweepsOf(int square) {
        return shown[square];
    }

    /// The response to a sweep.
    double value(int sweep) {
        return values[sweep];
    }

    /// The summed responses to the sweeps that show a square.
    double sum(int square) {
        double sum = 0;
        for (int s : shown[square]) {
            sum += values[s];
        }
        return sum;
    }

    /// The share of the sweeps that show a square whose response is above a limit; NaN if none shows it.
    double above(int square, double limit) {
        int count = 0;
        for (int s : shown[square]) {
            count += values[s] > limit ? 1 : 0;
        }
        return shown[square].length == 0 || Double.isNaN(limit) ? Double.NaN : count / (double) shown[square].length;
    }
}
