package org.neuropil.physiology.nwb.tree;

import java.io.IOException;

/// An array of frames by ROIs as rows of ROIs.
///
/// @param data frames by ROIs, or the other way round, or the frames of one
/// @param part what its elements are
/// @param turned true if ROIs come first
/// @param conversion what numbers are multiplied by
/// @param offset what is added then
/// @param percent whether they are divided by 100 at last
public record Rows(Array data, Part part, boolean turned, double conversion, double offset, boolean percent) {
    private static final int BLOCK = 1 << 20;

    /// How many ROIs there are.
    public int rois() {
        return data.shape().length == 1 ? 1 : data.shape()[turned ? 0 : 1];
    }

    /// How many frames there are.
    public int frames() {
        return data.shape()[turned ? 1 : 0];
    }

    /// A row of frames for each of some ROIs.
    public float[][] read(Chunks chunks, int first, int count) throws IOException {
        int frames = frames();
        float[][] rows = new float[count][frames];
        if (count == 0 || frames == 0) {
            return rows;
        }
        // As many frames at once as whole chunks hold, about a million numbers.
        int along = data.chunk()[turned ? 1 : 0];
        int block = (int) Math.max(1, BLOCK / Math.max(1, (long) count * along)) * along;
        for (int from = 0; from < frames; from += block) {
            int n = Math.min(block, frames - from);
            double[] values = Slab.doubles(chunks, data, part, corner(first, from), corner(count, n));
            for (int roi = 0; roi < count; roi++) {
                for (int i = 0; i < n; i++) {
                    rows[roi][from + i] = value(values[turned ? roi * n + i : i * count + roi]);
                }
            }
            if (frames - from <= block) {
                break;
            }
        }
        return rows;
    }

    private int[] corner(int roi, int frame) {
        if (data.shape().length == 1) {
            return new int[]{frame};
        }
        return turned ? new int[]{roi, frame} : new int[]{frame, roi};
    }

    private float value(double stored) {
        // What need not be changed keeps its bits, those of -0 too.
        double scaled = conversion == 1 ? stored : stored * conversion;
        double value = offset == 0 ? scaled : scaled + offset;
        return (float) (percent ? value / 100 : value);
    }
}
