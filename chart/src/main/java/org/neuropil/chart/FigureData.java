package org.neuropil.chart;

import java.util.List;

/// What a figure shows, as CSV: a row for each point, bar, segment, span or cell. Each panel begins with rows that say what its
/// values are: `axis-x`, `axis-y` and `axis-value` (colour), with label and unit in `text`.
///
/// | column | what |
/// |---|---|
/// | `panel` | title of the panel, or its number from 1 |
/// | `series` | name of the layer; may be empty |
/// | `kind` | `line`, `band`, `points`, `bars`, `segments`, `arrows`, `map`, `spans`, `disc`, `rule`, `words`, `polar` |
/// | `x`, `y` | its place: the axes' values; the middle of a cell, the low side of a band, degrees and value of a polar curve |
/// | `x2`, `y2` | its other end: of bars, segments, arrows, spans; the high side of a band; a disc's radius (`x2`); the spread of a polar curve (`y2`) |
/// | `value` | what its colour says, 7 digits |
/// | `text` | its words |
///
/// Empty is missing, or not of this kind.
final class FigureData {
    private static final String HEADER = "panel,series,kind,x,y,x2,y2,value,text\n";

    private final StringBuilder csv = new StringBuilder(HEADER);
    private String panel = "";

    private FigureData() {}

    static String csv(Figure figure) {
        FigureData data = new FigureData();
        int number = 0;
        for (Figure.Row row : figure.rows()) {
            for (Panel panel : row.panels()) {
                number++;
                data.panel = panel.title().isEmpty() ? Integer.toString(number) : panel.title();
                data.add(panel);
            }
        }
        return data.csv.toString();
    }

    private void add(Panel shown) {
        switch (shown) {
            case Panel.Plot plot -> {
                axes(plot.x().title(), plot.y().title(), plot.scale().map(Layer.Scale::title).orElse(""));
                plot.layers().forEach(this::add);
            }
            case Panel.Polar polar -> {
                axes("direction (deg)", PolarDrawing.title(polar), "");
                for (Panel.Curve curve : polar.curves()) {
                    for (int i = 0; i < curve.values().length; i++) {
                        row(curve.name(), "polar", curve.degrees()[i], curve.values()[i], Double.NaN,
                                curve.spread()[i], Double.NaN, "");
                    }
                }
                polar.marked().forEach(marked -> row(marked.name(), "polar", marked.degrees(), Double.NaN, Double.NaN,
                        Double.NaN, Double.NaN, "marked"));
                if (!Double.isNaN(polar.circle())) {
                    row(PolarDrawing.CIRCLE, "polar", Double.NaN, polar.circle(), Double.NaN, Double.NaN, Double.NaN,
                            "");
                }
            }
        }
    }

    private void axes(String x, String y, String value) {
        List<String> names = List.of("axis-x", "axis-y", "axis-value");
        List<String> titles = List.of(x, y, value);
        for (int i = 0; i < 3; i++) {
            if (!titles.get(i).isEmpty()) {
                row("", names.get(i), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, titles.get(i));
            }
        }
    }

    private void add(Layer layer) {
        String name = layer.name();
        double no = Double.NaN;
        switch (layer) {
            case Layer.Line line -> rows(name, "line", line.x(), line.y());
            case Layer.Points points -> rows(name, "points", points.x(), points.y());
            case Layer.Band band -> rows(name, "band", band.x(), band.low(), new double[0], band.high());
            case Layer.Bars bars -> rows(name, "bars", bars.left(), bars.y(), bars.right(), new double[0]);
            case Layer.Segments of -> rows(name, "segments", of.x(), of.y(), of.x2(), of.y2());
            case Layer.ColouredPoints points -> {
                for (int i = 0; i < points.x().length; i++) {
                    row(name, "points", points.x()[i], points.y()[i], no, no, points.values()[i], "");
                }
            }
            case Layer.Arrows of -> {
                for (int i = 0; i < of.x().length; i++) {
                    row(name, "arrows", of.x()[i], of.y()[i], of.x()[i] + of.dx()[i], of.y()[i] + of.dy()[i], no, "");
                }
            }
            case Layer.HeatMap map -> {
                for (int i = 0; i < map.values().length; i++) {
                    row(name, "map", middle(map.x(), map.columns(), i % map.columns()),
                            middle(map.y(), map.rows(), i / map.columns()), no, no, map.values()[i], "");
                }
            }
            case Layer.Spans spans -> {
                for (int i = 0; i < spans.from().length; i++) {
                    row(name, "spans", spans.from()[i], spans.low(), spans.to()[i], spans.high(), no,
                            spans.names().get(i));
                }
            }
            case Layer.Disc disc -> row(name, "disc", disc.x(), disc.y(), disc.radius(), no, no, "");
            case Layer.Rule rule -> row(name, "rule", rule.upright() ? rule.at() : no, rule.upright() ? no : rule.at(),
                    no, no, no, "");
            case Layer.Words words -> {
                List<String> texts = words.texts();
                for (int i = 0; i < texts.size(); i++) {
                    row(name, "words", words.x()[i], words.y()[i], no, no, no, texts.get(i));
                }
            }
        }
    }

    private static double middle(Range range, int cells, int number) {
        return range.low() + range.width() * (number + 0.5) / cells;
    }

    private void rows(String name, String kind, double[] x, double[] y) {
        rows(name, kind, x, y, new double[0], new double[0]);
    }

    private void rows(String name, String kind, double[] x, double[] y, double[] x2, double[] y2) {
        for (int i = 0; i < x.length; i++) {
            row(name, kind, x[i], y[i], x2.length == 0 ? Double.NaN : x2[i], y2.length == 0 ? Double.NaN : y2[i],
                    Double.NaN, "");
        }
    }

    private void row(String name, String kind, double x, double y, double x2, double y2, double value, String text) {
        csv.append(quoted(panel)).append(',').append(quoted(name)).append(',').append(kind);
        for (double number : new double[]{x, y, x2, y2}) {
            csv.append(',').append(plain(number));
        }
        // Of colours there are 256: a float is more than enough, and half as long.
        csv.append(',').append(value == (float) value || Double.isNaN(value) ? plain(value) : (float) value);
        csv.append(',').append(quoted(text)).append('\n');
    }

    private static String plain(double number) {
        if (Double.isNaN(number)) {
            return "";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
