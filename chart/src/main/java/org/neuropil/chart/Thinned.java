package org.neuropil.chart;

import java.util.Arrays;

/// A line of many points for a picture of few pixels: of what falls into one column of pixels, the first, the lowest, the
/// highest and the last point stay, in their order. It looks the same. Gaps stay.
final class Thinned {
    /// Below, nothing is gained.
    private static final int FEW = 2_000;

    private Thinned() {}

    static Mark.Path of(double[] px, double[] py, Layer.Pen pen) {
        if (px.length < FEW || !rises(px)) {
            return Mark.Path.line(px, py, pen);
        }
        double[] x = new double[px.length];
        double[] y = new double[px.length];
        int count = 0;
        int from = 0;
        while (from < px.length) {
            int to = from + 1;
            if (!Double.isNaN(py[from])) {
                double column = Math.floor(px[from]);
                while (to < px.length && !Double.isNaN(py[to]) && Math.floor(px[to]) == column) {
                    to++;
                }
            }
            int low = from;
            int high = from;
            for (int i = from; i < to; i++) {
                low = py[i] < py[low] ? i : low;
                high = py[i] > py[high] ? i : high;
            }
            int[] kept = {from, Math.min(low, high), Math.max(low, high), to - 1};
            for (int k = 0; k < kept.length; k++) {
                if (k == 0 || kept[k] != kept[k - 1]) {
                    x[count] = px[kept[k]];
                    y[count++] = py[kept[k]];
                }
            }
            from = to;
        }
        return Mark.Path.line(Arrays.copyOf(x, count), Arrays.copyOf(y, count), pen);
    }

    private static boolean rises(double[] px) {
        for (int i = 1; i < px.length; i++) {
            if (!(px[i] >= px[i - 1])) {
                return false;
            }
        }
        return true;
    }
}
