package org.neuropil.chart;

import java.util.List;

/// Draws a panel with straight axes.
final class PlotDrawing {
    private static final double SIZE = 10.5;
    private static final double BAR = 12;

    private final Panel.Plot plot;
    private final List<Mark> marks;

    PlotDrawing(Panel.Plot plot, List<Mark> marks) {
        this.plot = plot;
        this.marks = marks;
    }

    /// Room that the vertical axis needs.
    static double left(Panel.Plot plot) {
        if (!plot.y().shown()) {
            return 14;
        }
        double wide = 0;
        for (Axis.Tick tick : ticks(plot.y(), new Extent(plot.layers()).y(plot.y()), 6)) {
            wide = Math.max(wide, Mark.Words.width(tick.text(), SIZE));
        }
        return Math.min(wide, 150) + (plot.y().title().isEmpty() ? 12 : 30);
    }

    /// Room that a colour bar needs.
    static double right(Panel.Plot plot) {
        return plot.scale().map(scale -> {
            double wide = 0;
            for (Axis.Tick tick : ticks(scale.range())) {
                wide = Math.max(wide, Mark.Words.width(tick.text(), SIZE));
            }
            return 10 + BAR + 6 + wide + 20;
        }).orElse(14.0);
    }

    /// Room that the horizontal axis needs.
    static double bottom(Panel.Plot plot) {
        return plot.x().shown() ? 38 : 6;
    }

    void draw(double left, double top, double width, double height) {
        Extent extent = new Extent(plot.layers());
        Frame frame = new Frame(left, top, width, height, extent.x(plot.x()), extent.y(plot.y()),
                plot.x().reversed(), plot.y().reversed());
        if (plot.equal()) {
            frame = frame.equal();
        }
        grid(frame);
        LayerDrawing drawing = new LayerDrawing(frame, marks);
        plot.layers().forEach(drawing::draw);
        axes(frame);
        Frame at = frame;
        plot.scale().ifPresent(scale -> bar(at, scale));
    }

    private static List<Axis.Tick> ticks(Axis axis, Range range, int most) {
        if (!axis.ticks().isEmpty()) {
            return axis.ticks().stream().filter(tick -> range.holds(tick.at())).toList();
        }
        Range.Step step = range.step(most);
        return range.ticks(most).stream().map(at -> new Axis.Tick(at, step.text(at))).toList();
    }

    private static List<Axis.Tick> ticks(Range range) {
        Range.Step step = range.step(5);
        return range.ticks(5).stream().map(at -> new Axis.Tick(at, step.text(at))).toList();
    }

    private List<Axis.Tick> across(Frame frame) {
        return ticks(plot.x(), frame.x(), (int) Math.clamp(frame.width() / 45, 3, 10));
    }

    private List<Axis.Tick> up(Frame frame) {
        return ticks(plot.y(), frame.y(), (int) Math.clamp(frame.height() / 26, 4, 7));
    }

    private void grid(Frame frame) {
        boolean covered = plot.layers().isEmpty() || plot.layers().stream()
                .anyMatch(layer -> layer instanceof Layer.HeatMap || layer instanceof Layer.Spans);
        if (covered) {
            return;
        }
        Layer.Pen pen = Layer.Pen.thin(Ink.GRID);
        if (plot.y().shown()) {
            for (Axis.Tick tick : up(frame)) {
                marks.add(Mark.Path.line(new double[]{frame.left(), frame.right()},
                        new double[]{frame.py(tick.at()), frame.py(tick.at())}, pen));
            }
        }
        for (Axis.Tick tick : across(frame)) {
            marks.add(Mark.Path.line(new double[]{frame.px(tick.at()), frame.px(tick.at())},
                    new double[]{frame.top(), frame.bottom()}, pen));
        }
    }

    private void axes(Frame frame) {
        Layer.Pen pen = Layer.Pen.thin(Ink.MUTED);
        if (plot.x().shown()) {
            marks.add(Mark.Path.line(new double[]{frame.left(), frame.right()},
                    new double[]{frame.bottom(), frame.bottom()}, pen));
            for (Axis.Tick tick : across(frame)) {
                double px = frame.px(tick.at());
                marks.add(Mark.Path.line(new double[]{px, px}, new double[]{frame.bottom(), frame.bottom() + 4}, pen));
                marks.add(new Mark.Words(px, frame.bottom() + 15, tick.text(), SIZE, Mark.Anchor.MIDDLE, false, false,
                        Ink.MUTED));
            }
            marks.add(new Mark.Words(frame.left() + frame.width() / 2, frame.bottom() + 31, plot.x().title(), 11.5,
                    Mark.Anchor.MIDDLE, false, false, Ink.TEXT));
        }
        if (plot.y().shown()) {
            marks.add(Mark.Path.line(new double[]{frame.left(), frame.left()},
                    new double[]{frame.top(), frame.bottom()}, pen));
            double wide = 0;
            for (Axis.Tick tick : up(frame)) {
                double py = frame.py(tick.at());
                marks.add(Mark.Path.line(new double[]{frame.left() - 4, frame.left()}, new double[]{py, py}, pen));
                marks.add(new Mark.Words(frame.left() - 7, py + 3.7, tick.text(), SIZE, Mark.Anchor.END, false, false,
                        Ink.MUTED));
                wide = Math.max(wide, Mark.Words.width(tick.text(), SIZE));
            }
            if (!plot.y().title().isEmpty()) {
                marks.add(new Mark.Words(frame.left() - wide - 14, frame.top() + frame.height() / 2,
                        plot.y().title(), 11.5, Mark.Anchor.MIDDLE, true, false, Ink.TEXT));
            }
        }
    }

    private void bar(Frame frame, Layer.Scale scale) {
        double left = frame.right() + 10;
        int steps = 64;
        int[] rgb = new int[steps];
        for (int i = 0; i < steps; i++) {
            rgb[i] = scale.colours().rgb((steps - 1 - i) / (double) (steps - 1));
        }
        marks.add(new Mark.Image(left, frame.top(), BAR, frame.height(), 1, steps, rgb));
        double wide = 0;
        for (Axis.Tick tick : ticks(scale.range())) {
            double py = frame.bottom() - frame.height() * scale.range().share(tick.at());
            marks.add(Mark.Path.line(new double[]{left + BAR, left + BAR + 3}, new double[]{py, py},
                    Layer.Pen.thin(Ink.MUTED)));
            marks.add(new Mark.Words(left + BAR + 5, py + 3.7, tick.text(), SIZE, Mark.Anchor.START, false, false,
                    Ink.MUTED));
            wide = Math.max(wide, Mark.Words.width(tick.text(), SIZE));
        }
        marks.add(new Mark.Words(left + BAR + wide + 18, frame.top() + frame.height() / 2, scale.title(), 11,
                Mark.Anchor.MIDDLE, true, false, Ink.TEXT));
    }
}
