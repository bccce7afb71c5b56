package org.neuropil.physiology.field;

/// The squares of the noise: rows from the top of the screen to the bottom, columns from left to right; a square's number is
/// `row * columns + column`. The middle of the grid is at azimuth 0 and elevation 0; right and up are positive.
///
/// @param rows 8 in V1DD
/// @param columns 14 in V1DD
/// @param degrees width of a square, 9.3 in V1DD
public record Grid(int rows, int columns, double degrees) {
    /// How many squares there are.
    public int squares() {
        return rows * columns;
    }

    /// Azimuth of a square's centre, degrees.
    public double azimuth(int square) {
        return (square % columns - (columns - 1) / 2.0) * degrees;
    }

    /// Elevation of a square's centre, degrees.
    public double elevation(int square) {
        return ((rows - 1) / 2.0 - square / columns) * degrees;
    }
}
