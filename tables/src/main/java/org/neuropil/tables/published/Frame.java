package org.neuropil.tables.published;

import java.util.List;

import org.neuropil.space.InputException;

/// A frame in which the depth below the pia is an axis: nm are turned, then moved, and given in µm.
///
/// @param name of the dataset's frames
/// @param version of the transform
/// @param standard whether it is the one that is meant where none is named
/// @param matrix three rows of three numbers: what turns a place in nm
/// @param translationNm what is added after
/// @param streamline sort of curves along which depth is measured with this version: `field`, `constant`
/// @param description for people
public record Frame(String name, String version, boolean standard, List<List<Double>> matrix,
        List<Double> translationNm, String streamline, String description) {
    private static final double NM_OF_UM = 1000;

    /// Fills in what a file leaves out.
    public Frame {
        streamline = PublicDataset.text(streamline);
        description = PublicDataset.text(description);
        matrix = PublicDataset.list(matrix);
        translationNm = PublicDataset.list(translationNm);
    }

    void check() {
        if (matrix.size() != 3 || translationNm.size() != 3 || matrix.stream().anyMatch(row -> row.size() != 3)) {
            throw new InputException("is no turn and move in space", "frames, " + name + " " + version,
                    "give three rows of three numbers, and three numbers in nm");
        }
    }

    /// A place in this frame.
    ///
    /// @param x in nm, as positions times the resolution of their table
    /// @return x, y (depth below the pia, growing downwards), z in µm
    public double[] micrometres(double x, double y, double z) {
        double[] out = new double[3];
        for (int i = 0; i < 3; i++) {
            List<Double> row = matrix.get(i);
            out[i] = (row.get(0) * x + row.get(1) * y + row.get(2) * z + translationNm.get(i)) / NM_OF_UM;
        }
        return out;
    }
}
