package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.physiology.stat.Values;

/// A metric by depth: every cell, medians, quartiles and counts of planes, and the share of cells that respond. Depth grows
/// downward from the pia.
public final class DepthPicture {
    /// Of the normal distribution, for 95 % intervals.
    private static final double Z = 1.959963984540054;

    private DepthPicture() {}

    /// The cells of a plane.
    ///
    /// @param name of the plane
    /// @param depth below the pia, um; NaN if it is not known
    /// @param values of the metric, a cell each; NaN for one that has none
    /// @param cells how many were asked whether they respond
    /// @param responsive how many of them do
    @SuppressWarnings("ArrayRecordComponent")
    public record Layered(String name, double depth, double[] values, int cells, int responsive) {}

    /// Draws it. Where a depth is not known, planes stand below each other by their number.
    public static Figure of(Caption caption, Quantity metric, List<Layered> planes) {
        boolean known = planes.stream().noneMatch(plane -> Double.isNaN(plane.depth));
        double[] places = new double[planes.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = known ? planes.get(i).depth : i;
        }
        double room = room(places);
        Axis depth = (known ? Axis.of("depth below the pia", "µm") : Axis.of("plane", "")).down()
                .within(Range.of(places).and(Arrays.stream(places).min().orElse(0) - room)
                        .and(Arrays.stream(places).max().orElse(0) + room));
        if (!known) {
            List<Axis.Tick> ticks = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                ticks.add(new Axis.Tick(i, planes.get(i).name));
            }
            depth = depth.at(ticks);
        }
        List<Panel> panels = new ArrayList<>(List.of(values(metric, planes, places, room, depth)));
        List<Double> weights = new ArrayList<>(List.of(1.3));
        if (planes.stream().anyMatch(plane -> plane.cells > 0)) {
            panels.add(share(planes, places, depth));
            weights.add(1.0);
        }
        return new Figure(caption.title(), describe(metric, planes), caption.note(), 760,
                List.of(new Figure.Row(Math.clamp(60L * planes.size() + 110, 240, 520), panels, weights)));
    }

    /// Half of the smallest distance of planes, which their cells may take.
    private static double room(double[] places) {
        double[] sorted = Arrays.stream(places).distinct().sorted().toArray();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            least = Math.min(least, sorted[i] - sorted[i - 1]);
        }
        return Double.isFinite(least) ? 0.6 * least : 1;
    }

    private static Panel values(Quantity metric, List<Layered> planes, double[] places, double room, Axis depth) {
        List<Layer> layers = new ArrayList<>();
        int n = planes.size();
        double[] low = new double[n];
        double[] middle = new double[n];
        double[] high = new double[n];
        List<String> counts = new ArrayList<>();
        int total = 0;
        for (int i = 0; i < n; i++) {
            double[] sorted = Values.present(planes.get(i).values);
            Arrays.sort(sorted);
            low[i] = Values.quantile(sorted, 0.25);
            middle[i] = Values.quantile(sorted, 0.5);
            high[i] = Values.quantile(sorted, 0.75);
            counts.add("n=" + sorted.length);
            total += sorted.length;
        }
        double[] x = new double[total];
        double[] y = new double[total];
        int at = 0;
        // Spread over the plane's room so that cells do not hide each other; the same each time.
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < n; i++) {
            for (double value : Values.present(planes.get(i).values)) {
                x[at] = value;
                y[at++] = places[i] + (random.nextDouble() - 0.5) * room * 0.8;
            }
        }
        layers.add(new Layer.Points("cells", x, y, Ink.category(5), 1.6, 0.5));
        layers.add(new Layer.Segments("quartiles", low, places, high, places, new Layer.Pen(Ink.category(0), 3,
                List.of())));
        layers.add(new Layer.Points("median", middle, places, Ink.category(1), 4.5, 1));
        Range range = Range.of(x).wider(0.04);
        double[] right = new double[n];
        Arrays.fill(right, range.high());
        double[] above = Arrays.stream(places).map(place -> place - room * 0.45).toArray();
        layers.add(new Layer.Words("", right, above, counts, true));
        return Panel.Plot.of("", metric.axis().within(range), depth, layers);
    }

    private static Panel share(List<Layered> planes, double[] places, Axis depth) {
        int n = planes.size();
        double[] shares = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            double[] interval = wilson(planes.get(i).responsive, planes.get(i).cells);
            shares[i] = planes.get(i).cells == 0
                    ? Double.NaN
                    : 100.0 * planes.get(i).responsive / planes.get(i).cells;
            low[i] = 100 * interval[0];
            high[i] = 100 * interval[1];
        }
        return Panel.Plot.of("", Axis.of("responsive cells", "%").within(0, 100), depth, List.of(
                new Layer.Segments("95 % interval", low, places, high, places,
                        new Layer.Pen(Ink.category(2), 2, List.of())),
                new Layer.Points("share", shares, places, Ink.category(2), 4.5, 1)));
    }

    /// Wilson's interval of a share, 95 %; NaN of none.
    static double[] wilson(int found, int of) {
        if (of == 0) {
            return new double[]{Double.NaN, Double.NaN};
        }
        double share = (double) found / of;
        double middle = (share + Z * Z / (2.0 * of)) / (1 + Z * Z / of);
        double half = Z / (1 + Z * Z / of) * Math.sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
        return new double[]{Math.max(0, middle - half), Math.min(1, middle + half)};
    }

    private static String describe(Quantity metric, List<Layered> planes) {
        StringBuilder text = new StringBuilder(metric.label()).append(" by depth of plane. Medians:");
        for (Layered plane : planes) {
            double[] sorted = Values.present(plane.values);
            Arrays.sort(sorted);
            text.append(' ').append(Double.isNaN(plane.depth) ? plane.name : Words.number(plane.depth) + " µm")
                    .append(' ').append(Words.number(Values.quantile(sorted, 0.5))).append(" (n=")
                    .append(sorted.length).append(");");
        }
        return text.deleteCharAt(text.length() - 1).append('.').toString();
    }
}
