package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.physiology.stat.Values;

/// A cell's traces around the start of each trial: a panel for each condition, with all trials, their mean and its standard
/// error.
public final class TrialsPicture {
    private static final int ACROSS = 6;

    private TrialsPicture() {}

    /// The trials of a condition.
    ///
    /// @param name what was shown
    /// @param times seconds from the start
    /// @param trials values by time, one array a trial; NaN if a frame is missing
    /// @param length how long it was shown, seconds
    @SuppressWarnings("ArrayRecordComponent")
    public record Aligned(String name, double[] times, List<double[]> trials, double length) {
        public Aligned {
            trials = List.copyOf(trials);
        }
    }

    /// Draws it, all panels on the same axes.
    public static Figure of(Caption caption, Quantity value, List<Aligned> conditions) {
        double[] all = conditions.stream().flatMap(condition -> condition.trials.stream())
                .flatMapToDouble(Arrays::stream).toArray();
        Range y = Range.of(all).wider(0.05);
        Range x = Range.of(conditions.stream().flatMapToDouble(condition -> Arrays.stream(condition.times)).toArray());
        List<Figure.Row> rows = new ArrayList<>();
        for (int first = 0; first < conditions.size(); first += ACROSS) {
            List<Panel> panels = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            boolean bottom = first + ACROSS >= conditions.size();
            for (int i = first; i < first + ACROSS; i++) {
                boolean left = i == first;
                panels.add(i < conditions.size()
                        ? panel(value, conditions.get(i), x, y, left, bottom)
                        : Panel.Plot.of("", Axis.of("", "").within(x).hidden(), Axis.of("", "").within(y).hidden(),
                                List.of()));
                // The first one has the axis.
                weights.add(left ? 1.35 : 1.0);
            }
            rows.add(new Figure.Row(bottom ? 162 : 126, panels, weights));
        }
        int trials = conditions.stream().mapToInt(condition -> condition.trials.size()).sum();
        return new Figure(caption.title(), "Traces of " + Words.count(trials, "trial") + " of "
                + Words.count(conditions.size(), "condition")
                + " from the start of each, with mean and standard error.",
                caption.note(), 980, rows);
    }

    private static Panel panel(Quantity value, Aligned condition, Range x, Range y, boolean left, boolean bottom) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Spans("", new double[]{0}, new double[]{condition.length}, List.of(""),
                List.of(Ink.GRID), y.low(), y.low() + y.width() * 0.04));
        for (double[] trial : condition.trials) {
            layers.add(new Layer.Line("", condition.times, trial, new Layer.Pen(Ink.MUTED, 0.4, List.of())));
        }
        double[][] spread = spread(condition);
        layers.add(new Layer.Band("", condition.times, spread[1], spread[2], Ink.category(0)));
        layers.add(new Layer.Line("", condition.times, spread[0], Layer.Pen.of(Ink.category(0))));
        Axis across = Axis.of("time", "s").within(x);
        Axis up = Axis.of(value.label(), value.unit()).within(y);
        return Panel.Plot.of(condition.name + ", n=" + condition.trials.size(), bottom ? across : across.hidden(),
                left ? up : up.hidden(), layers);
    }

    /// Mean, and mean less and plus its standard error, by time; missing frames skipped.
    static double[][] spread(Aligned condition) {
        int length = condition.times.length;
        double[][] of = new double[3][length];
        for (int t = 0; t < length; t++) {
            int at = t;
            double[] values = Values.present(condition.trials.stream().mapToDouble(trial -> trial[at]).toArray());
            double mean = Values.mean(values);
            double error = values.length < 2 ? Double.NaN : Values.deviation(values, 1) / Math.sqrt(values.length);
            of[0][t] = mean;
            of[1][t] = mean - error;
            of[2][t] = mean + error;
        }
        return of;
    }
}
