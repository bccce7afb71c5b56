package org.neuropil.circuits.wiring;

import java.util.Arrays;

/// The share of testable pairs that are connected, by the distance of their somata.
///
/// @param axis which distance
/// @param width of a bin, µm
/// @param bins the first begins at [#start]; the last holds all that is farther
/// @param start where the first bin begins, µm; it holds all that is nearer, too
@SuppressWarnings("ArrayRecordComponent") // bins, which nobody compares
public record DistanceCurve(Axis axis, double start, double width, Proportion[] bins) {
    /// A distance of two somata.
    public enum Axis {
        /// Across the depth axis.
        LATERAL,
        /// Depth of the cell that gets synapses less that of the one that makes them: positive if it lies deeper.
        DEPTH;

        /// Of a pair, µm.
        public double of(Cells cells, int from, int to) {
            return this == LATERAL ? cells.lateral(from, to) : cells.depth(to) - cells.depth(from);
        }
    }

    /// Counts all testable pairs. Takes time in proportion to them.
    ///
    /// @param start where the first bin begins, µm
    /// @param width of a bin, µm, above 0
    /// @param bins at least 1
    public static DistanceCurve of(Wiring wiring, Axis axis, double start, double width, int bins) {
        Cells cells = wiring.cells();
        long[] testable = new long[bins];
        long[] connected = new long[bins];
        int[] dendrites = cells.which(i -> cells.dendrite()[i]);
        for (int from : cells.which(i -> cells.axon()[i])) {
            for (int to : dendrites) {
                if (from != to) {
                    testable[bin(axis.of(cells, from, to), start, width, bins)]++;
                }
            }
        }
        Connections connections = wiring.connections();
        for (int k = 0; k < connections.size(); k++) {
            connected[bin(axis.of(cells, connections.from(k), connections.to(k)), start, width, bins)]++;
        }
        Proportion[] shares = new Proportion[bins];
        Arrays.setAll(shares, i -> Proportion.of(connected[i], testable[i]));
        return new DistanceCurve(axis, start, width, shares);
    }

    private static int bin(double distance, double start, double width, int bins) {
        return (int) Math.clamp(Math.floor((distance - start) / width), 0, bins - 1);
    }

    /// Where a bin begins, µm.
    public double from(int bin) {
        return start + bin * width;
    }
}
