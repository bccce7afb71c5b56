package org.neuropil.physiology.field;

import java.util.ArrayDeque;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/// A receptive field: the squares that pass a rule.
///
/// @param grid of the squares
/// @param passing by number of the square if white (ON), then if black (OFF)
@SuppressWarnings("ArrayRecordComponent")
public record Field(Grid grid, boolean[] passing) {
    /// Points along the side of a square at which [#overlap] looks.
    private static final int POINTS = 20;

    /// Which contrast a square has.
    public enum Polarity {
        /// White.
        ON,
        /// Black.
        OFF,
        /// Either.
        ANY
    }

    /// Whether any square passes.
    public boolean isThere() {
        return count(Polarity.ANY) > 0;
    }

    private boolean has(int square, Polarity polarity) {
        return polarity != Polarity.OFF && passing[square]
                || polarity != Polarity.ON && passing[grid.squares() + square];
    }

    /// How many squares pass.
    public int count(Polarity polarity) {
        int count = 0;
        for (int square = 0; square < grid.squares(); square++) {
            count += has(square, polarity) ? 1 : 0;
        }
        return count;
    }

    /// Their area in square degrees.
    public double area(Polarity polarity) {
        return count(polarity) * grid.degrees() * grid.degrees();
    }

    /// Azimuth and elevation of their centroid, all counting alike; NaN if none passes.
    public double[] centre(Polarity polarity) {
        double[] sum = new double[2];
        for (int square = 0; square < grid.squares(); square++) {
            if (has(square, polarity)) {
                sum[0] += grid.azimuth(square);
                sum[1] += grid.elevation(square);
            }
        }
        int count = count(polarity);
        return count == 0
                ? new double[]{Double.NaN, Double.NaN}
                : new double[]{sum[0] / count, sum[1] / count};
    }

    /// Into how many parts the squares of either polarity fall, which hang together by their sides.
    public int components() {
        boolean[] seen = new boolean[grid.squares()];
        int parts = 0;
        for (int first = 0; first < seen.length; first++) {
            if (!seen[first] && has(first, Polarity.ANY)) {
                parts++;
                fill(first, seen);
            }
        }
        return parts;
    }

    private void fill(int first, boolean[] seen) {
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(first);
        seen[first] = true;
        while (!open.isEmpty()) {
            int square = open.remove();
            int row = square / grid.columns();
            int column = square % grid.columns();
            for (int side = 0; side < 4; side++) {
                int r = row + (side == 0 ? 1 : side == 1 ? -1 : 0);
                int c = column + (side == 2 ? 1 : side == 3 ? -1 : 0);
                if (r >= 0 && r < grid.rows() && c >= 0 && c < grid.columns()) {
                    int next = r * grid.columns() + c;
                    if (!seen[next] && has(next, Polarity.ANY)) {
                        seen[next] = true;
                        open.add(next);
                    }
                }
            }
        }
    }

    /// Degrees from the centre of either polarity to a point.
    public double distance(double azimuth, double elevation) {
        double[] centre = centre(Polarity.ANY);
        return StrictMath.hypot(centre[0] - azimuth, centre[1] - elevation);
    }

    /// The share of the area of either polarity that lies within a disc: of 20 x 20 points in each square. NaN if no square
    /// passes, or the disc is not known.
    ///
    /// @param azimuth of the disc's centre
    /// @param elevation of it
    /// @param radius degrees
    public double overlap(double azimuth, double elevation, double radius) {
        if (!isThere() || Double.isNaN(azimuth + elevation)) {
            return Double.NaN;
        }
        int inside = 0;
        for (int square = 0; square < grid.squares(); square++) {
            if (has(square, Polarity.ANY)) {
                for (int point = 0; point < POINTS * POINTS; point++) {
                    double x = grid.azimuth(square) + step(point % POINTS) - azimuth;
                    double y = grid.elevation(square) + step(point / POINTS) - elevation;
                    inside += x * x + y * y <= radius * radius ? 1 : 0;
                }
            }
        }
        return inside / (double) (count(Polarity.ANY) * POINTS * POINTS);
    }

    private double step(int point) {
        return ((point + 0.5) / POINTS - 0.5) * grid.degrees();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Field field && grid.equals(field.grid) && Arrays.equals(passing, field.passing);
    }

    @Override
    public int hashCode() {
        return 31 * grid.hashCode() + Arrays.hashCode(passing);
    }
}
