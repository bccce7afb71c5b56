package org.neuropil.chart;

import java.util.List;
import java.util.Optional;

/// Something that is drawn in a panel, in the values of its axes. NaN is nothing: a gap in a line, no point, an empty cell.
/// What lies outside of the axes is not drawn. Arrays belong to the layer once it is made.
///
/// A layer's name stands in the legend; one without a name does not.
@SuppressWarnings("ArrayRecordComponent") // thousands of values, which nobody compares
public sealed interface Layer {
    /// In the legend and the data; empty for none.
    String name();

    /// How a line is drawn.
    ///
    /// @param width in pixels
    /// @param dash pixels on and off; empty for a solid line
    record Pen(Ink ink, double width, List<Double> dash) {
        /// Dashes that tell lines apart without colour.
        private static final List<List<Double>> DASHES = List.of(List.of(), List.of(6.0, 3.0), List.of(2.0, 2.0),
                List.of(8.0, 3.0, 2.0, 3.0));

        public Pen {
            dash = List.copyOf(dash);
        }

        /// A solid line.
        public static Pen of(Ink ink) {
            return new Pen(ink, 1.5, List.of());
        }

        /// A thin solid line.
        public static Pen thin(Ink ink) {
            return new Pen(ink, 0.8, List.of());
        }

        /// A dashed line.
        public static Pen dashed(Ink ink) {
            return new Pen(ink, 1.2, List.of(5.0, 3.0));
        }

        /// The line of a category, told apart by colour and by dashes.
        public static Pen category(int number) {
            return new Pen(Ink.category(number), 1.6, DASHES.get(Math.floorMod(number, DASHES.size())));
        }
    }

    /// A line through points, in their order.
    record Line(String name, double[] x, double[] y, Pen pen) implements Layer {
        public Line {
            same(x, y);
        }
    }

    /// An area between two lines: a mean's spread.
    record Band(String name, double[] x, double[] low, double[] high, Ink ink) implements Layer {
        public Band {
            same(x, low, high);
        }
    }

    /// Points.
    ///
    /// @param radius in pixels
    /// @param opacity 0 to 1
    record Points(String name, double[] x, double[] y, Ink ink, double radius, double opacity) implements Layer {
        public Points {
            same(x, y);
        }
    }

    /// Points whose colour tells a value.
    record ColouredPoints(String name, double[] x, double[] y, double[] values, double radius, Scale scale)
            implements
                Layer {
        public ColouredPoints {
            same(x, y, values);
        }
    }

    /// Bars that stand on 0: from `left` to `right`, up (or down) to `y`.
    record Bars(String name, double[] left, double[] right, double[] y, Ink ink) implements Layer {
        public Bars {
            same(left, right, y);
        }
    }

    /// Pieces of straight lines: error bars, quartiles, outlines.
    record Segments(String name, double[] x, double[] y, double[] x2, double[] y2, Pen pen) implements Layer {
        public Segments {
            same(x, y, x2, y2);
        }
    }

    /// Arrows.
    ///
    /// @param dx how far they point to the right, in values of the axis
    /// @param dy how far they point along the other axis
    record Arrows(String name, double[] x, double[] y, double[] dx, double[] dy, Pen pen) implements Layer {
        public Arrows {
            same(x, y, dx, dy);
        }
    }

    /// An even grid of values in colours.
    ///
    /// @param x from the left edge of the first column to the right edge of the last
    /// @param y from the lower edge of row 0 to the upper edge of the last row, in values: a reversed axis turns it over
    /// @param values row by row; as many as `columns * rows`
    record HeatMap(String name, Range x, Range y, int columns, int rows, double[] values, Scale scale)
            implements
                Layer {
        public HeatMap {
            if (values.length != (long) columns * rows) {
                throw new IllegalArgumentException(values.length + " values for " + columns + " x " + rows);
            }
        }
    }

    /// Bars from one value of the horizontal axis to another, with words on them: what was shown, and when.
    ///
    /// @param names a word for each
    /// @param inks a colour for each
    /// @param low lower edge of all
    /// @param high upper edge of all
    record Spans(String name, double[] from, double[] to, List<String> names, List<Ink> inks, double low,
            double high) implements Layer {
        public Spans {
            same(from, to);
            names = List.copyOf(names);
            inks = List.copyOf(inks);
            if (names.size() != from.length || inks.size() != from.length) {
                throw new IllegalArgumentException(from.length + " spans, " + names.size() + " names, " + inks.size()
                        + " colours");
            }
        }
    }

    /// A circle whose radius is in values of the horizontal axis.
    record Disc(String name, double x, double y, double radius, Pen pen) implements Layer {}

    /// A straight line across the panel.
    ///
    /// @param upright whether it stands at a value of the horizontal axis
    record Rule(String name, double at, boolean upright, Pen pen) implements Layer {}

    /// Words at points.
    ///
    /// @param right whether they stand to the right of the point; above it otherwise
    record Words(String name, double[] x, double[] y, List<String> texts, boolean right) implements Layer {
        public Words {
            same(x, y);
            texts = List.copyOf(texts);
            if (texts.size() != x.length) {
                throw new IllegalArgumentException(x.length + " places for " + texts.size() + " words");
            }
        }
    }

    /// What colours mean.
    ///
    /// @param label of the values
    /// @param unit of the values; empty if they have none
    /// @param range values of the first and the last colour
    record Scale(String label, String unit, Range range, Colours colours) {
        /// Label and unit.
        public String title() {
            return unit.isEmpty() ? label : label + " (" + unit + ")";
        }
    }

    /// The scale by which it is coloured.
    default Optional<Scale> colouring() {
        return switch (this) {
            case HeatMap map -> Optional.of(map.scale());
            case ColouredPoints points -> Optional.of(points.scale());
            default -> Optional.empty();
        };
    }

    private static void same(double[] first, double[]... others) {
        for (double[] other : others) {
            if (other.length != first.length) {
                throw new IllegalArgumentException(first.length + " and " + other.length + " values");
            }
        }
    }
}
