package org.neuropil.physiology.plot;

import java.util.Arrays;
import java.util.List;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.physiology.stat.Values;

/// How a figure is spread over cells: a histogram with its median.
public final class DistributionPicture {
    private static final int MOST = 30;

    private DistributionPicture() {}

    /// A panel of it.
    ///
    /// @param values NaN is left out
    public static Panel panel(String title, Quantity metric, double[] values, String things) {
        double[] sorted = Values.present(values);
        Arrays.sort(sorted);
        Bins bins = bins(sorted);
        double median = Values.quantile(sorted, 0.5);
        Axis counts = Axis.of(things, "");
        return Panel.Plot.of(title, metric.axis(), counts,
                sorted.length == 0
                        ? List.of()
                        : List.of(new Layer.Bars("", bins.left, bins.right, bins.counts, Ink.category(0)),
                                new Layer.Rule("median " + Words.number(median), median, true,
                                        Layer.Pen.dashed(Ink.TEXT))));
    }

    /// Bars between round values.
    @SuppressWarnings("ArrayRecordComponent")
    record Bins(double[] left, double[] right, double[] counts) {}

    /// Bins of one round width that hold all values; a value on an edge is in the upper one, the largest of all in the last.
    ///
    /// @param sorted ascending, without NaN
    static Bins bins(double[] sorted) {
        if (sorted.length == 0) {
            return new Bins(new double[0], new double[0], new double[0]);
        }
        Range range = Range.of(sorted);
        int most = Math.clamp((int) Math.ceil(2 * StrictMath.cbrt(sorted.length)), 6, MOST);
        List<Double> ticks = range.ticks(most);
        double width = range.step(most).times(1);
        double first = ticks.getFirst() > sorted[0] ? ticks.getFirst() - width : ticks.getFirst();
        int count = Math.max(1, (int) Math.ceil((sorted[sorted.length - 1] - first) / width - 1e-9));
        double[] left = new double[count];
        double[] right = new double[count];
        double[] counts = new double[count];
        for (int i = 0; i < count; i++) {
            left[i] = first + i * width;
            right[i] = first + (i + 1) * width;
        }
        for (double value : sorted) {
            counts[Math.clamp((long) Math.floor((value - first) / width + 1e-9), 0, count - 1)]++;
        }
        return new Bins(left, right, counts);
    }
}
