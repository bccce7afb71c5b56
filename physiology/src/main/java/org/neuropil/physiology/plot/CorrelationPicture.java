package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Colours;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.physiology.stat.Correlation;
import org.neuropil.physiology.stat.Values;

/// How the traces of many cells go together: the correlation of each pair as an image, and how often which occurs.
public final class CorrelationPicture {
    /// Frames that both of a pair have to have, as `total_correlation` asks.
    private static final int FRAMES = 60;
    /// Frames at the ends that some planes may lack.
    private static final int ENDS = 4;

    private CorrelationPicture() {}

    /// Cells that stand together.
    ///
    /// @param name of the plane
    /// @param cells how many
    public record Group(String name, int cells) {}

    /// Draws it.
    ///
    /// @param matrix correlations row by row, 1 on the diagonal
    /// @param groups in their order; empty if rows are in no order of planes
    /// @param order what the order is, in words
    public static Figure of(Caption caption, double[] matrix, List<Group> groups, String order) {
        int n = (int) Math.round(Math.sqrt(matrix.length));
        double[] pairs = pairs(matrix, n);
        double[] sorted = Values.present(pairs);
        Arrays.sort(sorted);
        // Most pairs fill the scale; the diagonal and a few strong ones are beyond it.
        double end = Math.max(0.05, Math.max(Math.abs(Values.quantile(sorted, 0.01)),
                Math.abs(Values.quantile(sorted, 0.99))));
        Range range = sorted.length == 0 ? new Range(-1, 1) : new Range(-end, end);
        Range cells = new Range(0, Math.max(1, n));
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.HeatMap("", cells, cells, Math.max(1, n), Math.max(1, n),
                n == 0 ? new double[]{Double.NaN} : matrix,
                new Layer.Scale("total correlation", "", range, Colours.CIVIDIS)));
        List<Axis.Tick> ticks = new ArrayList<>();
        int at = 0;
        for (Group group : groups) {
            ticks.add(new Axis.Tick(at + group.cells / 2.0, group.name));
            if (at > 0) {
                layers.add(new Layer.Rule("", at, true, Layer.Pen.thin(Ink.PAPER)));
                layers.add(new Layer.Rule("", at, false, Layer.Pen.thin(Ink.PAPER)));
            }
            at += group.cells;
        }
        Axis across = Axis.of(Words.count(n, "cell") + ", " + order, "").within(cells);
        Axis down = Axis.of("", "").within(cells).down();
        Panel map = new Panel.Plot("", across, ticks.isEmpty() ? down : down.at(ticks), layers, true);
        Panel histogram = DistributionPicture.panel("", new Quantity("total correlation", ""), pairs, "pairs");
        double mean = Values.mean(pairs);
        return new Figure(caption.title(), "Correlations of the traces of " + Words.count(n, "cell") + ", "
                + Words.count(sorted.length, "pair") + ", mean " + Words.number(mean) + ", median "
                + Words.number(Values.quantile(sorted, 0.5)) + ".", caption.note(), 940,
                List.of(new Figure.Row(430, List.of(map, histogram), List.of(1.7, 1.0))));
    }

    /// The correlations of all pairs of rows, as a square; NaN where `total_correlation` is.
    ///
    /// @param rows traces on one clock; NaN where a frame is missing
    static double[] matrix(List<double[]> rows) {
        int n = rows.size();
        List<double[]> shared = shared(rows);
        double[][] units = new double[n][];
        for (int i = 0; i < n; i++) {
            units[i] = unit(shared.get(i));
        }
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = 1;
            for (int j = 0; j < i; j++) {
                double r = units[i].length > 0 && units[j].length > 0
                        ? Math.clamp(dot(units[i], units[j]), -1, 1)
                        : Correlation.pearson(shared.get(i), shared.get(j), FRAMES);
                matrix[i * n + j] = r;
                matrix[j * n + i] = r;
            }
        }
        return matrix;
    }

    /// Without the few frames at the ends that some row lacks, since planes begin and end at different times.
    private static List<double[]> shared(List<double[]> rows) {
        int from = 0;
        int to = rows.isEmpty() ? 0 : rows.getFirst().length;
        for (double[] row : rows) {
            int first = 0;
            int last = row.length;
            while (first < last && Double.isNaN(row[first])) {
                first++;
            }
            while (last > first && Double.isNaN(row[last - 1])) {
                last--;
            }
            if (first < ENDS && last > row.length - ENDS) {
                from = Math.max(from, first);
                to = Math.min(to, last);
            }
        }
        int begin = from;
        int end = Math.max(to, begin);
        return rows.stream().map(row -> Arrays.copyOfRange(row, begin, end)).toList();
    }

    /// With mean 0 and length 1; empty for a row that is constant, short, or lacks a frame.
    private static double[] unit(double[] row) {
        if (row.length < FRAMES || Values.present(row).length < row.length || Values.isConstant(row)) {
            return new double[0];
        }
        double mean = Values.mean(row);
        double length = Math.sqrt(Values.squares(row));
        return Arrays.stream(row).map(value -> (value - mean) / length).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// Each pair once.
    private static double[] pairs(double[] matrix, int n) {
        double[] pairs = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                pairs[at++] = matrix[i * n + j];
            }
        }
        return pairs;
    }
}
