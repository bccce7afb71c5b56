package org.neuropil.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands for what, in lines above a panel.
final class Legend {
    static final double LINE = 15;
    private static final double SIZE = 10.5;
    private static final double SWATCH = 20;

    private final List<List<Item>> lines = new ArrayList<>();

    private sealed interface Sample {
        record Stroke(Layer.Pen pen) implements Sample {}

        record Area(Ink ink, double opacity) implements Sample {}

        record Dot(Ink ink) implements Sample {}
    }

    private record Item(String name, Sample sample, double x) {}

    Legend(Panel panel, double width) {
        Map<String, Sample> named = new LinkedHashMap<>();
        switch (panel) {
            case Panel.Plot plot -> plot.layers().forEach(layer -> samples(layer, named));
            case Panel.Polar polar -> {
                polar.curves().forEach(curve -> named.putIfAbsent(curve.name(), new Sample.Stroke(curve.pen())));
                polar.marked().forEach(marked -> named.putIfAbsent(marked.name(),
                        new Sample.Stroke(PolarDrawing.ARROW)));
                if (!Double.isNaN(polar.circle())) {
                    named.put(PolarDrawing.CIRCLE, new Sample.Stroke(PolarDrawing.CIRCLE_PEN));
                }
            }
        }
        named.remove("");
        double x = 0;
        for (Map.Entry<String, Sample> entry : named.entrySet()) {
            double wide = SWATCH + Mark.Words.width(entry.getKey(), SIZE) + 14;
            if (lines.isEmpty() || x + wide > width + 14) {
                lines.add(new ArrayList<>());
                x = 0;
            }
            lines.getLast().add(new Item(entry.getKey(), entry.getValue(), x));
            x += wide;
        }
    }

    private static void samples(Layer layer, Map<String, Sample> named) {
        Optional<Sample> sample = switch (layer) {
            case Layer.Line line -> Optional.of(new Sample.Stroke(line.pen()));
            case Layer.Segments segments -> Optional.of(new Sample.Stroke(segments.pen()));
            case Layer.Arrows arrows -> Optional.of(new Sample.Stroke(arrows.pen()));
            case Layer.Rule rule -> Optional.of(new Sample.Stroke(rule.pen()));
            case Layer.Disc disc -> Optional.of(new Sample.Stroke(disc.pen()));
            case Layer.Band band -> Optional.of(new Sample.Area(band.ink(), 0.25));
            case Layer.Bars bars -> Optional.of(new Sample.Area(bars.ink(), 0.85));
            case Layer.Points points -> Optional.of(new Sample.Dot(points.ink()));
            case Layer.Spans spans -> {
                for (int i = 0; i < spans.names().size(); i++) {
                    named.putIfAbsent(spans.names().get(i), new Sample.Area(spans.inks().get(i), 1));
                }
                yield Optional.empty();
            }
            case Layer.ColouredPoints _,Layer.HeatMap _,Layer.Words _ -> Optional.empty();
        };
        sample.ifPresent(found -> named.putIfAbsent(layer.name(), found));
    }

    double height() {
        return lines.size() * LINE;
    }

    /// Draws it with its upper left there.
    void draw(double left, double top, List<Mark> marks) {
        for (int line = 0; line < lines.size(); line++) {
            double middle = top + LINE * line + LINE / 2;
            for (Item item : lines.get(line)) {
                double x = left + item.x();
                switch (item.sample()) {
                    case Sample.Stroke(Layer.Pen pen) -> marks.add(Mark.Path.line(new double[]{x, x + SWATCH - 5},
                            new double[]{middle, middle}, pen));
                    case Sample.Area(Ink ink, double opacity) -> marks
                            .add(Mark.Path.box(x + 2, middle - 4, x + SWATCH - 7, middle + 4, ink, opacity));
                    case Sample.Dot(Ink ink) -> marks.add(new Mark.Dots(new double[]{x + 8}, new double[]{middle}, 3,
                            ink, 1));
                }
                marks.add(new Mark.Words(x + SWATCH, middle + 3.5, item.name(), SIZE, Mark.Anchor.START, false, false,
                        Ink.TEXT));
            }
        }
    }
}
