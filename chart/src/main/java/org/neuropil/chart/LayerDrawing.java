package org.neuropil.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Draws layers in a frame. No mark leaves it.
final class LayerDrawing {
    private static final int CORNERS = 72;

    private final Frame frame;
    private final List<Mark> marks;

    LayerDrawing(Frame frame, List<Mark> marks) {
        this.frame = frame;
        this.marks = marks;
    }

    void draw(Layer layer) {
        switch (layer) {
            case Layer.Line line -> line(line);
            case Layer.Band band -> band(band);
            case Layer.Points points -> points(points);
            case Layer.ColouredPoints points -> points(points);
            case Layer.Bars bars -> bars(bars);
            case Layer.Segments segments -> segments(segments);
            case Layer.Arrows arrows -> arrows(arrows);
            case Layer.HeatMap map -> map(map);
            case Layer.Spans spans -> spans(spans);
            case Layer.Disc disc -> disc(disc);
            case Layer.Rule rule -> rule(rule);
            case Layer.Words words -> words(words);
        }
    }

    private void line(Layer.Line line) {
        int count = line.x().length;
        double[] px = new double[count];
        double[] py = new double[count];
        for (int i = 0; i < count; i++) {
            px[i] = frame.px(line.x()[i]);
            py[i] = frame.py(line.y()[i]);
        }
        Mark.Path thinned = Thinned.of(px, py, line.pen());
        add(frame.clip(thinned.x(), thinned.y(), line.pen()));
    }

    private void add(Mark.Path path) {
        if (path.x().length > 0) {
            marks.add(path);
        }
    }

    private void band(Layer.Band band) {
        int start = 0;
        for (int i = 0; i <= band.x().length; i++) {
            if (i == band.x().length || !isDrawn(band, i)) {
                area(band, start, i);
                start = i + 1;
            }
        }
    }

    private boolean isDrawn(Layer.Band band, int i) {
        return frame.x().holds(band.x()[i]) && Double.isFinite(band.low()[i]) && Double.isFinite(band.high()[i]);
    }

    private void area(Layer.Band band, int from, int to) {
        int count = to - from;
        if (count < 2) {
            return;
        }
        double[] px = new double[2 * count];
        double[] py = new double[2 * count];
        for (int i = 0; i < count; i++) {
            px[i] = frame.px(band.x()[from + i]);
            py[i] = frame.clampY(frame.py(band.low()[from + i]));
            px[2 * count - 1 - i] = px[i];
            py[2 * count - 1 - i] = frame.clampY(frame.py(band.high()[from + i]));
        }
        marks.add(new Mark.Path(px, py, true, Optional.of(band.ink()), Optional.empty(), 0.25));
    }

    private void points(Layer.Points points) {
        double[] px = new double[points.x().length];
        double[] py = new double[px.length];
        int count = 0;
        for (int i = 0; i < px.length; i++) {
            if (frame.holds(points.x()[i], points.y()[i])) {
                px[count] = frame.px(points.x()[i]);
                py[count++] = frame.py(points.y()[i]);
            }
        }
        if (count > 0) {
            marks.add(new Mark.Dots(Arrays.copyOf(px, count), Arrays.copyOf(py, count), points.radius(), points.ink(),
                    points.opacity()));
        }
    }

    private void points(Layer.ColouredPoints points) {
        for (int i = 0; i < points.x().length; i++) {
            if (frame.holds(points.x()[i], points.y()[i]) && !Double.isNaN(points.values()[i])) {
                marks.add(new Mark.Dots(new double[]{frame.px(points.x()[i])},
                        new double[]{frame.py(points.y()[i])}, points.radius(),
                        Ink.plain(colour(points.scale(), points.values()[i])), 1));
            }
        }
    }

    private static int colour(Layer.Scale scale, double value) {
        return scale.colours().rgb(scale.range().share(value));
    }

    private void bars(Layer.Bars bars) {
        double foot = frame.clampY(frame.py(0));
        for (int i = 0; i < bars.y().length; i++) {
            if (!Double.isFinite(bars.y()[i]) || !overlaps(bars.left()[i], bars.right()[i])) {
                continue;
            }
            double a = frame.clampX(frame.px(bars.left()[i]));
            double b = frame.clampX(frame.px(bars.right()[i]));
            double end = frame.clampY(frame.py(bars.y()[i]));
            // A little light between neighbours.
            double gap = Math.min(0.5, Math.abs(b - a) / 8);
            marks.add(Mark.Path.box(Math.min(a, b) + gap, Math.min(foot, end), Math.max(a, b) - gap,
                    Math.max(foot, end), bars.ink(), 0.85));
        }
    }

    private boolean overlaps(double from, double to) {
        return Math.max(from, to) >= frame.x().low() && Math.min(from, to) <= frame.x().high();
    }

    private void segments(Layer.Segments segments) {
        int count = segments.x().length;
        double[] px = new double[3 * count];
        double[] py = new double[3 * count];
        for (int i = 0; i < count; i++) {
            px[3 * i] = frame.px(segments.x()[i]);
            py[3 * i] = frame.py(segments.y()[i]);
            px[3 * i + 1] = frame.px(segments.x2()[i]);
            py[3 * i + 1] = frame.py(segments.y2()[i]);
            px[3 * i + 2] = Double.NaN;
            py[3 * i + 2] = Double.NaN;
            if (Double.isNaN(px[3 * i] + py[3 * i] + px[3 * i + 1] + py[3 * i + 1])) {
                Arrays.fill(px, 3 * i, 3 * i + 2, Double.NaN);
            }
        }
        add(frame.clip(px, py, segments.pen()));
    }

    private void arrows(Layer.Arrows arrows) {
        for (int i = 0; i < arrows.x().length; i++) {
            arrow(frame, marks, frame.px(arrows.x()[i]), frame.py(arrows.y()[i]),
                    frame.px(arrows.x()[i] + arrows.dx()[i]), frame.py(arrows.y()[i] + arrows.dy()[i]), arrows.pen());
        }
    }

    /// A shaft, and a head that is never longer than a third of it.
    static void arrow(Frame frame, List<Mark> marks, double x, double y, double toX, double toY, Layer.Pen pen) {
        double length = Math.hypot(toX - x, toY - y);
        if (!(length > 0)) {
            return;
        }
        double head = Math.min(7, length / 3);
        double dx = (toX - x) / length * head;
        double dy = (toY - y) / length * head;
        Mark.Path path = frame.clip(new double[]{x, toX, Double.NaN, toX - dx - dy / 2, toX, toX - dx + dy / 2},
                new double[]{y, toY, Double.NaN, toY - dy + dx / 2, toY, toY - dy - dx / 2}, pen);
        if (path.x().length > 0) {
            marks.add(path);
        }
    }

    /// Cells that are not wholly within the axes are left out.
    private void map(Layer.HeatMap map) {
        int[] columns = cells(map.x(), map.columns(), frame.x());
        int[] rows = cells(map.y(), map.rows(), frame.y());
        int wide = columns[1] - columns[0];
        int high = rows[1] - rows[0];
        if (wide < 1 || high < 1) {
            return;
        }
        int[] rgb = new int[wide * high];
        for (int row = 0; row < high; row++) {
            int from = frame.down() ? rows[0] + row : rows[1] - 1 - row;
            for (int column = 0; column < wide; column++) {
                int at = frame.mirrored() ? columns[1] - 1 - column : columns[0] + column;
                double value = map.values()[from * map.columns() + at];
                rgb[row * wide + column] = Double.isNaN(value) ? -1 : colour(map.scale(), value);
            }
        }
        double left = frame.px(edge(map.x(), map.columns(), columns[frame.mirrored() ? 1 : 0]));
        double right = frame.px(edge(map.x(), map.columns(), columns[frame.mirrored() ? 0 : 1]));
        double top = frame.py(edge(map.y(), map.rows(), rows[frame.down() ? 0 : 1]));
        double bottom = frame.py(edge(map.y(), map.rows(), rows[frame.down() ? 1 : 0]));
        marks.add(new Mark.Image(left, top, right - left, bottom - top, wide, high, rgb));
    }

    private static double edge(Range range, int cells, int number) {
        return range.low() + range.width() * number / cells;
    }

    private static int[] cells(Range map, int count, Range axis) {
        double size = map.width() / count;
        int from = (int) Math.max(0, Math.ceil((axis.low() - map.low()) / size - 1e-6));
        int to = (int) Math.min(count, Math.floor((axis.high() - map.low()) / size + 1e-6));
        return new int[]{from, to};
    }

    private void spans(Layer.Spans spans) {
        double top = frame.clampY(Math.min(frame.py(spans.low()), frame.py(spans.high())));
        double bottom = frame.clampY(Math.max(frame.py(spans.low()), frame.py(spans.high())));
        for (int i = 0; i < spans.from().length; i++) {
            if (Double.isNaN(spans.from()[i] + spans.to()[i]) || !overlaps(spans.from()[i], spans.to()[i])) {
                continue;
            }
            double a = frame.clampX(frame.px(spans.from()[i]));
            double b = frame.clampX(frame.px(spans.to()[i]));
            Ink ink = spans.inks().get(i);
            String name = spans.names().get(i);
            marks.add(Mark.Path.box(Math.min(a, b), top, Math.max(a, b), bottom, ink, 1));
            if (!name.isEmpty() && bottom - top >= 12 && Math.abs(b - a) > Mark.Words.width(name, 10) + 6) {
                marks.add(new Mark.Words((a + b) / 2, (top + bottom) / 2 + 3.5, name, 10, Mark.Anchor.MIDDLE, false,
                        false, on(ink)));
            }
        }
    }

    /// Black or white, what can be read better.
    private static Ink on(Ink ink) {
        int rgb = ink.light();
        double light = 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
        return Ink.plain(light > 120 ? 0x000000 : 0xffffff);
    }

    private void disc(Layer.Disc disc) {
        double[] px = new double[CORNERS + 1];
        double[] py = new double[CORNERS + 1];
        for (int i = 0; i <= CORNERS; i++) {
            double angle = 2 * Math.PI * i / CORNERS;
            px[i] = frame.px(disc.x() + disc.radius() * StrictMath.cos(angle));
            py[i] = frame.py(disc.y() + disc.radius() * StrictMath.sin(angle));
        }
        add(frame.clip(px, py, disc.pen()));
    }

    private void rule(Layer.Rule rule) {
        double[] xs = rule.upright()
                ? new double[]{frame.px(rule.at()), frame.px(rule.at())}
                : new double[]{frame.left(), frame.right()};
        double[] ys = rule.upright()
                ? new double[]{frame.top(), frame.bottom()}
                : new double[]{frame.py(rule.at()), frame.py(rule.at())};
        add(frame.clip(xs, ys, rule.pen()));
    }

    private void words(Layer.Words words) {
        for (int i = 0; i < words.x().length; i++) {
            if (!frame.holds(words.x()[i], words.y()[i])) {
                continue;
            }
            double px = frame.px(words.x()[i]);
            double py = frame.py(words.y()[i]);
            String text = words.texts().get(i);
            double wide = Mark.Words.width(text, 10);
            boolean turn = words.right() && px + 5 + wide > frame.right();
            marks.add(new Mark.Words(words.right() ? turn ? px - 5 : px + 5 : px,
                    words.right() ? py + 3.5 : Math.max(py - 5, frame.top() + 9), text, 10,
                    words.right() ? turn ? Mark.Anchor.END : Mark.Anchor.START : Mark.Anchor.MIDDLE, false, false,
                    Ink.TEXT));
        }
    }
}
