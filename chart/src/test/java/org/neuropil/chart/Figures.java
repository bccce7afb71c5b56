package org.neuropil.chart;

import java.util.Arrays;
import java.util.List;

/// Figures for tests.
final class Figures {
    static final String NASTY = "<script>alert('&\"x\"')</script> \u0001 µm, π";

    private Figures() {}

    /// One of everything.
    static Figure all() {
        double[] x = {0, 45, 90, 135, 180, 225, 270, 315};
        double[] y = {0.1, 0.9, 0.4, Double.NaN, 0.2, 0.5, 0.3, 0.15};
        double[] low = Arrays.stream(y).map(v -> v - 0.1).toArray();
        double[] high = Arrays.stream(y).map(v -> v + 0.1).toArray();
        Axis across = Axis.of("direction", "deg");
        Axis up = Axis.of("response", "events/s");
        Layer.Scale scale = new Layer.Scale("z", "SD", new Range(-2, 2), Colours.CIVIDIS);
        Panel.Plot curve = Panel.Plot.of("Tuning", across, up, List.of(
                new Layer.Band("s.e.m.", x, low, high, Ink.category(0)),
                new Layer.Line("0.04 cpd", x, y, Layer.Pen.category(0)),
                new Layer.Points("trials", x, high, Ink.category(1), 2, 0.6),
                new Layer.Rule("blank", 0.2, false, Layer.Pen.dashed(Ink.TEXT)),
                new Layer.Words("", new double[]{45}, new double[]{0.9}, List.of(NASTY), true)));
        Panel.Polar polar = new Panel.Polar("Polar", "response", "events/s",
                List.of(new Panel.Curve("0.04 cpd", x, y, new double[8], Layer.Pen.category(0))),
                List.of(new Panel.Polar.Marked(45, "preferred")), 0.2);
        Panel.Plot map = new Panel.Plot("Map", Axis.of("azimuth", "deg"), Axis.of("elevation", "deg"),
                List.of(new Layer.HeatMap("ON", new Range(-10, 10), new Range(-10, 10), 2, 2,
                        new double[]{-2, 0, Double.NaN, 2}, scale),
                        new Layer.Disc("window", 0, 0, 5, Layer.Pen.of(Ink.TEXT)),
                        new Layer.Arrows("shift", new double[]{-5}, new double[]{-5}, new double[]{8},
                                new double[]{3}, Layer.Pen.of(Ink.category(1))),
                        new Layer.Segments("outline", new double[]{0}, new double[]{0}, new double[]{10},
                                new double[]{0}, Layer.Pen.of(Ink.category(2)))),
                true);
        Panel.Plot bars = Panel.Plot.of("Histogram", Axis.of("gOSI", ""), Axis.of("cells", ""),
                List.of(new Layer.Bars("cells", new double[]{0, 1}, new double[]{1, 2}, new double[]{3, 5},
                        Ink.category(0)),
                        new Layer.ColouredPoints("", new double[]{0.5}, new double[]{1}, new double[]{2}, 3, scale)));
        Panel.Plot spans = Panel.Plot.of("Epochs", Axis.of("time", "s").within(0, 100),
                Axis.of("", "").within(0, 1).hidden(), List.of(new Layer.Spans("", new double[]{0, 60},
                        new double[]{50, 90}, List.of("gratings", "grey"),
                        List.of(Ink.category(2), Ink.category(3)), 0, 1)));
        return new Figure("All of " + NASTY, "One of each.", "a note", 700, List.of(Figure.Row.of(220, curve, polar),
                Figure.Row.of(200, map, bars), Figure.Row.of(90, spans)));
    }
}
