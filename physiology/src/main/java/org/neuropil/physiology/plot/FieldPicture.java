package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Colours;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;

/// A receptive field: what a cell does where squares are white (ON) and black (OFF), with an outline around the squares of the
/// field.
public final class FieldPicture {
    private static final Layer.Pen OUTLINE = new Layer.Pen(Ink.category(1), 2, List.of());
    private static final Layer.Pen WINDOW = new Layer.Pen(Ink.category(3), 1.8, List.of(5.0, 3.0));

    private FieldPicture() {}

    /// One of the two maps; all arrays row by row from the top of the screen, columns from the left.
    ///
    /// @param values by square; NaN where it was not shown
    /// @param inside which squares are of the field
    /// @param azimuth of the field's centre, degrees; NaN if there is no field
    /// @param elevation of it
    @SuppressWarnings("ArrayRecordComponent")
    public record Map(double[] values, boolean[] inside, double azimuth, double elevation) {}

    /// What is drawn. The middle of the grid is at 0, 0.
    ///
    /// @param rows of squares
    /// @param columns of squares
    /// @param degrees width of a square
    /// @param value what the maps tell
    /// @param disc where windowed gratings were shown; empty if there were none, or it is not known
    public record Maps(int rows, int columns, double degrees, Quantity value, Map on, Map off, List<Disc> disc) {
        public Maps {
            disc = List.copyOf(disc);
        }
    }

    /// Where windowed gratings were: centre and radius in degrees; a radius that is NaN is not drawn.
    public record Disc(double azimuth, double elevation, double radius) {}

    /// Draws one or several, one below the other; ON and OFF are on one scale.
    public static Figure of(Caption caption, List<Maps> fields) {
        List<Figure.Row> rows = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Maps maps : fields) {
            Range range = Range.of(DoubleStream.concat(Arrays.stream(maps.on.values), Arrays.stream(maps.off.values))
                    .toArray());
            Layer.Scale scale = new Layer.Scale(maps.value.label(), maps.value.unit(), range.and(0), Colours.VIRIDIS);
            rows.add(Figure.Row.of(245, panel("ON (white squares)", maps, maps.on, scale),
                    panel("OFF (black squares)", maps, maps.off, scale)));
            text.append("Maps of ").append(maps.value.label()).append(" for white squares (ON) and black ones (OFF). ")
                    .append(size("ON", maps.on)).append(", ").append(size("OFF", maps.off)).append(". ");
        }
        return new Figure(caption.title(), text.toString().strip(), caption.note(), 860, rows);
    }

    private static String size(String name, Map map) {
        int count = 0;
        for (boolean in : map.inside) {
            count += in ? 1 : 0;
        }
        return name + ": " + (count == 0
                ? "no field"
                : Words.count(count, "square") + " around azimuth " + Words.number(map.azimuth) + ", elevation "
                        + Words.number(map.elevation) + " degrees");
    }

    private static Panel panel(String title, Maps maps, Map map, Layer.Scale scale) {
        double right = maps.columns * maps.degrees / 2;
        double up = maps.rows * maps.degrees / 2;
        Range x = new Range(-right, right);
        Range y = new Range(-up, up);
        List<Layer> layers = new ArrayList<>();
        // Rows come from the top; those of a map from below.
        double[] values = new double[map.values.length];
        for (int row = 0; row < maps.rows; row++) {
            System.arraycopy(map.values, row * maps.columns, values, (maps.rows - 1 - row) * maps.columns,
                    maps.columns);
        }
        layers.add(new Layer.HeatMap("", x, y, maps.columns, maps.rows, values, scale));
        layers.add(outline(maps, map.inside));
        maps.disc.forEach(disc -> layers.add(Double.isNaN(disc.radius)
                ? new Layer.Points("window's centre", new double[]{disc.azimuth}, new double[]{disc.elevation},
                        Ink.category(3), 4, 1)
                : new Layer.Disc("window of gratings", disc.azimuth, disc.elevation, disc.radius, WINDOW)));
        if (!Double.isNaN(map.azimuth)) {
            layers.add(new Layer.Points("centre", new double[]{map.azimuth}, new double[]{map.elevation},
                    Ink.category(1), 3.5, 1));
        }
        return new Panel.Plot(title, Axis.of("azimuth", "deg").within(x), Axis.of("elevation", "deg").within(y),
                layers, true);
    }

    /// Sides between a square of the field and one that is not.
    private static Layer outline(Maps maps, boolean[] inside) {
        List<double[]> sides = new ArrayList<>();
        for (int row = 0; row < maps.rows; row++) {
            for (int column = 0; column < maps.columns; column++) {
                if (!inside[row * maps.columns + column]) {
                    continue;
                }
                double left = (column - maps.columns / 2.0) * maps.degrees;
                double right = left + maps.degrees;
                double top = (maps.rows / 2.0 - row) * maps.degrees;
                double bottom = top - maps.degrees;
                if (!isIn(maps, inside, row - 1, column)) {
                    sides.add(new double[]{left, top, right, top});
                }
                if (!isIn(maps, inside, row + 1, column)) {
                    sides.add(new double[]{left, bottom, right, bottom});
                }
                if (!isIn(maps, inside, row, column - 1)) {
                    sides.add(new double[]{left, top, left, bottom});
                }
                if (!isIn(maps, inside, row, column + 1)) {
                    sides.add(new double[]{right, top, right, bottom});
                }
            }
        }
        double[][] ends = new double[4][sides.size()];
        for (int i = 0; i < sides.size(); i++) {
            for (int end = 0; end < 4; end++) {
                ends[end][i] = sides.get(i)[end];
            }
        }
        return new Layer.Segments(sides.isEmpty() ? "" : "field", ends[0], ends[1], ends[2], ends[3], OUTLINE);
    }

    private static boolean isIn(Maps maps, boolean[] inside, int row, int column) {
        return row >= 0 && row < maps.rows && column >= 0 && column < maps.columns
                && inside[row * maps.columns + column];
    }
}
