package org.neuropil.chart;

import java.util.Arrays;
import java.util.List;

/// Draws values around a circle.
final class PolarDrawing {
    static final Layer.Pen ARROW = new Layer.Pen(Ink.TEXT, 2, List.of());
    static final Layer.Pen CIRCLE_PEN = Layer.Pen.dashed(Ink.TEXT);
    static final String CIRCLE = "blank screen";
    private static final int CORNERS = 72;

    private final Panel.Polar polar;
    private final List<Mark> marks;

    PolarDrawing(Panel.Polar polar, List<Mark> marks) {
        this.polar = polar;
        this.marks = marks;
    }

    void draw(double left, double top, double width, double height) {
        double radius = Math.max(10, Math.min(width, height - 16) / 2 - 22);
        double x = left + width / 2;
        double y = top + 20 + radius;
        Range values = new Range(0, outermost());
        Layer.Pen thin = Layer.Pen.thin(Ink.GRID);
        Range.Step step = values.step(5);
        for (int spoke = 0; spoke < 8; spoke++) {
            double angle = Math.PI * spoke / 4;
            marks.add(Mark.Path.line(new double[]{x, x + radius * StrictMath.cos(angle)},
                    new double[]{y, y - radius * StrictMath.sin(angle)}, thin));
            marks.add(new Mark.Words(x + (radius + 13) * StrictMath.cos(angle),
                    y - (radius + 11) * StrictMath.sin(angle) + 3.7, 45 * spoke + "°", 10.5, Mark.Anchor.MIDDLE,
                    false, false, Ink.MUTED));
        }
        for (double tick : values.ticks(5)) {
            if (tick > 0) {
                ring(x, y, radius * values.share(tick), thin);
                double angle = Math.toRadians(22.5);
                marks.add(new Mark.Words(x + radius * values.share(tick) * StrictMath.cos(angle),
                        y - radius * values.share(tick) * StrictMath.sin(angle), step.text(tick), 9.5,
                        Mark.Anchor.MIDDLE, false, false, Ink.MUTED));
            }
        }
        ring(x, y, radius, Layer.Pen.thin(Ink.MUTED));
        if (!Double.isNaN(polar.circle())) {
            ring(x, y, radius * Math.clamp(values.share(polar.circle()), 0, 1), CIRCLE_PEN);
        }
        polar.curves().forEach(curve -> curve(curve, x, y, radius, values));
        Frame all = new Frame(x - radius, y - radius, 2 * radius, 2 * radius, new Range(-1, 1), new Range(-1, 1),
                false, false);
        for (Panel.Polar.Marked marked : polar.marked()) {
            if (!Double.isNaN(marked.degrees())) {
                double angle = Math.toRadians(marked.degrees());
                LayerDrawing.arrow(all, marks, x, y, x + radius * StrictMath.cos(angle),
                        y - radius * StrictMath.sin(angle), ARROW);
            }
        }
        marks.add(new Mark.Words(x, y + radius + 34, title(polar), 11.5, Mark.Anchor.MIDDLE, false, false, Ink.TEXT));
    }

    static String title(Panel.Polar polar) {
        return polar.unit().isEmpty() ? polar.label() : polar.label() + " (" + polar.unit() + ")";
    }

    /// The value at the outer circle.
    private double outermost() {
        double most = polar.circle() > 0 ? polar.circle() : 0;
        for (Panel.Curve curve : polar.curves()) {
            for (int i = 0; i < curve.values().length; i++) {
                double spread = Double.isNaN(curve.spread()[i]) ? 0 : curve.spread()[i];
                most = Double.isFinite(curve.values()[i]) ? Math.max(most, curve.values()[i] + spread) : most;
            }
        }
        return most > 0 ? most * 1.05 : 1;
    }

    private void ring(double x, double y, double radius, Layer.Pen pen) {
        double[] px = new double[CORNERS + 1];
        double[] py = new double[CORNERS + 1];
        for (int i = 0; i <= CORNERS; i++) {
            double angle = 2 * Math.PI * i / CORNERS;
            px[i] = x + radius * StrictMath.cos(angle);
            py[i] = y - radius * StrictMath.sin(angle);
        }
        marks.add(Mark.Path.line(px, py, pen));
    }

    /// Directions that lack a value are a gap; the last one is joined to the first if both are there.
    private void curve(Panel.Curve curve, double x, double y, double radius, Range values) {
        int count = curve.degrees().length;
        if (count == 0) {
            return;
        }
        double[] px = new double[count + 1];
        double[] py = new double[count + 1];
        double[] barX = new double[3 * count];
        double[] barY = new double[3 * count];
        Arrays.fill(barX, Double.NaN);
        Arrays.fill(barY, Double.NaN);
        for (int i = 0; i <= count; i++) {
            int at = i % count;
            double angle = Math.toRadians(curve.degrees()[at]);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            double value = curve.values()[at];
            double from = radius * Math.clamp(values.share(value), 0, 1);
            px[i] = Double.isNaN(value) ? Double.NaN : x + from * cos;
            py[i] = Double.isNaN(value) ? Double.NaN : y - from * sin;
            double spread = curve.spread()[at];
            if (i < count && spread > 0) {
                double low = radius * Math.clamp(values.share(value - spread), 0, 1);
                double high = radius * Math.clamp(values.share(value + spread), 0, 1);
                barX[3 * i] = x + low * cos;
                barY[3 * i] = y - low * sin;
                barX[3 * i + 1] = x + high * cos;
                barY[3 * i + 1] = y - high * sin;
            }
        }
        Frame all = new Frame(x - radius - 1, y - radius - 1, 2 * radius + 2, 2 * radius + 2, new Range(-1, 1),
                new Range(-1, 1), false, false);
        add(all.clip(px, py, curve.pen()));
        add(all.clip(barX, barY, Layer.Pen.thin(curve.pen().ink())));
    }

    private void add(Mark.Path path) {
        if (path.x().length > 0) {
            marks.add(path);
        }
    }
}
