package org.neuropil.segment;

import java.io.Serializable;

/// The grey levels of a volume that parameters refer to, so that a filter needs no tuning for brightness: fractions of
/// the way from `dark` to `bright`.
///
/// @param dark the level that a tenth of the voxels lie at or below
/// @param bright the level that nine tenths lie at or below; above `dark`
public record Contrast(int dark, int bright) implements Serializable {
    /// The contrast of a histogram. Voxels of value 0 are not counted: by custom they are where there is no tissue.
    ///
    /// @param histogram number of voxels of each value
    public static Contrast of(long[] histogram) {
        long total = 0;
        for (int value = 1; value < histogram.length; value++) {
            total += histogram[value];
        }
        int dark = percentile(histogram, total, 0.1);
        return new Contrast(dark, Math.max(dark + 1, percentile(histogram, total, 0.9)));
    }

    private static int percentile(long[] histogram, long total, double fraction) {
        long wanted = (long) Math.ceil(total * fraction);
        long seen = 0;
        for (int value = 1; value < histogram.length; value++) {
            seen += histogram[value];
            if (seen >= wanted && seen > 0) {
                return value;
            }
        }
        return 0;
    }
}
