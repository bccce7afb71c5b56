package org.neuropil.phantom.circuit;

import java.util.List;

import org.neuropil.tables.published.Frame;

/// From a published frame (µm, y is the depth) back to the dataset's nm: the inverse of [Frame#micrometres].
///
/// @param inverse of the frame's matrix, row by row, 9 numbers
/// @param translation of the frame, nm
public record Orientation(double[] inverse, double[] translation) {
    private static final double NM_OF_UM = 1000;

    /// Turns a frame round.
    public static Orientation of(Frame frame) {
        double[] m = new double[9];
        double[] t = new double[3];
        for (int row = 0; row < 3; row++) {
            List<Double> numbers = frame.matrix().get(row);
            for (int column = 0; column < 3; column++) {
                m[row * 3 + column] = numbers.get(column);
            }
            t[row] = frame.translationNm().get(row);
        }
        double[] inverse = new double[9];
        double determinant = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                // The cofactor of the transposed element; indices go round, which takes care of the sign.
                int a = (row + 1) % 3;
                int b = (row + 2) % 3;
                int c = (column + 1) % 3;
                int d = (column + 2) % 3;
                inverse[column * 3 + row] = m[a * 3 + c] * m[b * 3 + d] - m[a * 3 + d] * m[b * 3 + c];
            }
        }
        for (int column = 0; column < 3; column++) {
            determinant += m[column] * inverse[column * 3];
        }
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] /= determinant;
        }
        return new Orientation(inverse, t);
    }

    /// A coordinate of a place, in nm of the dataset.
    ///
    /// @param axis 0, 1, 2
    /// @param x in µm of the frame
    /// @param y depth
    public double nm(int axis, double x, double y, double z) {
        return inverse[axis * 3] * (x * NM_OF_UM - translation[0])
                + inverse[axis * 3 + 1] * (y * NM_OF_UM - translation[1])
                + inverse[axis * 3 + 2] * (z * NM_OF_UM - translation[2]);
    }
}
