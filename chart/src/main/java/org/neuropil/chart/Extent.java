package org.neuropil.chart;

import java.util.List;

/// How far layers reach.
final class Extent {
    private double lowX = Double.POSITIVE_INFINITY;
    private double highX = Double.NEGATIVE_INFINITY;
    private double lowY = Double.POSITIVE_INFINITY;
    private double highY = Double.NEGATIVE_INFINITY;
    private boolean full;
    private boolean onZero;

    Extent(List<Layer> layers) {
        layers.forEach(this::add);
    }

    /// The horizontal axis' ends.
    Range x(Axis axis) {
        return axis.range().orElseGet(() -> room(Range.of(lowX, highX)));
    }

    /// The other axis' ends. Bars stand on its end.
    Range y(Axis axis) {
        return axis.range().orElseGet(() -> {
            Range range = room(Range.of(lowY, highY));
            return onZero && lowY >= 0 ? new Range(0, Math.max(range.high(), 1e-300)) : range;
        });
    }

    /// A map fills its panel; other layers get room.
    private Range room(Range range) {
        return full ? range : range.wider(0.04);
    }

    private void add(Layer layer) {
        switch (layer) {
            case Layer.Line line -> points(line.x(), line.y());
            case Layer.Band band -> {
                points(band.x(), band.low());
                points(band.x(), band.high());
            }
            case Layer.Points points -> points(points.x(), points.y());
            case Layer.ColouredPoints points -> points(points.x(), points.y());
            case Layer.Bars bars -> {
                onZero = true;
                points(bars.left(), bars.y());
                points(bars.right(), bars.y());
                y(0);
            }
            case Layer.Segments segments -> {
                points(segments.x(), segments.y());
                points(segments.x2(), segments.y2());
            }
            case Layer.Arrows arrows -> {
                points(arrows.x(), arrows.y());
                for (int i = 0; i < arrows.x().length; i++) {
                    x(arrows.x()[i] + arrows.dx()[i]);
                    y(arrows.y()[i] + arrows.dy()[i]);
                }
            }
            case Layer.HeatMap map -> {
                full = true;
                x(map.x().low());
                x(map.x().high());
                y(map.y().low());
                y(map.y().high());
            }
            case Layer.Spans spans -> {
                full = true;
                for (int i = 0; i < spans.from().length; i++) {
                    x(spans.from()[i]);
                    x(spans.to()[i]);
                }
                y(spans.low());
                y(spans.high());
            }
            case Layer.Disc disc -> {
                x(disc.x() - disc.radius());
                x(disc.x() + disc.radius());
                y(disc.y() - disc.radius());
                y(disc.y() + disc.radius());
            }
            case Layer.Rule rule -> {
                if (rule.upright()) {
                    x(rule.at());
                } else {
                    y(rule.at());
                }
            }
            case Layer.Words words -> points(words.x(), words.y());
        }
    }

    private void points(double[] xs, double[] ys) {
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                x(xs[i]);
                y(ys[i]);
            }
        }
    }

    private void x(double value) {
        if (Double.isFinite(value)) {
            lowX = Math.min(lowX, value);
            highX = Math.max(highX, value);
        }
    }

    private void y(double value) {
        if (Double.isFinite(value)) {
            lowY = Math.min(lowY, value);
            highY = Math.max(highY, value);
        }
    }
}
