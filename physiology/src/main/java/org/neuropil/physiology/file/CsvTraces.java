package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.table.CsvColumns;
import org.neuropil.space.InputException;

/// Traces in a CSV file: a column for each ROI, and perhaps one named `time`. Held as a whole.
final class CsvTraces implements PlainPlane.Source {
    private final float[][] rows;
    private final int frames;
    private final double @Nullable [] times;

    private CsvTraces(float[][] rows, int frames, double @Nullable [] times) {
        this.rows = rows;
        this.frames = frames;
        this.times = times;
    }

    /// @param percent whether values are divided by 100
    /// @throws InputException if a cell is no number
    static CsvTraces read(Path file, boolean percent) throws IOException {
        CsvColumns csv = CsvColumns.read(file);
        List<float[]> rows = new ArrayList<>();
        for (String name : csv.names()) {
            if (name.equals("time")) {
                continue;
            }
            double[] values = csv.numbers(name);
            float[] row = new float[values.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (percent ? values[i] / 100 : values[i]);
            }
            rows.add(row);
        }
        return new CsvTraces(rows.toArray(float[][]::new), csv.rows(), csv.has("time") ? csv.needed("time") : null);
    }

    /// Its column of times; null if it has none.
    double @Nullable [] times() {
        return times;
    }

    @Override
    public int rois() {
        return rows.length;
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public float[][] read(int first, int count) {
        float[][] copy = new float[count][];
        for (int i = 0; i < count; i++) {
            copy[i] = rows[first + i].clone();
        }
        return copy;
    }
}
