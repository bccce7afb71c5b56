package org.neuropil.coregister.report.svg;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;

/// A plot within its two axes. What lies outside of them is cut off.
public final class Panel {
    private static final int LEFT = 58;
    private static final int TOP = 24;
    private static final int BOTTOM = 44;
    private static final int SCALE = 74;
    private static final int TICKS = 5;
    private static final int STEPS = 24;

    private final String name;
    private final Axis x;
    private final Axis y;
    private final int width;
    private final int height;
    private final StringBuilder within = new StringBuilder();
    private final StringBuilder around = new StringBuilder();
    private int legends;
    private int right;

    Panel(String name, Axis x, Axis y, int width, int height) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    int fullWidth() {
        return LEFT + width + right + 8;
    }

    int fullHeight() {
        return TOP + height + BOTTOM;
    }

    private double across(double value) {
        return LEFT + width * x.place(value);
    }

    private double down(double value) {
        return TOP + height * (1 - y.place(value));
    }

    private static String number(double value) {
        // Nothing beyond what is visible, nor numbers that no program draws.
        return String.format(Locale.ROOT, "%.1f", Math.clamp(value, -1e5, 1e5)).replace(".0", "");
    }

    /// Points of one colour.
    public Panel points(double[] xs, double[] ys, String colour, double size) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            dot(path, xs[i], ys[i]);
        }
        dots(path, colour, size);
        return this;
    }

    /// Points coloured by a value on viridis.
    ///
    /// @param values NaN is left out
    /// @param scale what the ends of the colours are; drawn beside the panel
    public Panel points(double[] xs, double[] ys, double[] values, Axis scale, double size) {
        TreeMap<Integer, StringBuilder> byColour = new TreeMap<>();
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(values[i])) {
                dot(byColour.computeIfAbsent(step(scale, values[i]), _ -> new StringBuilder()), xs[i], ys[i]);
            }
        }
        byColour.forEach((step, path) -> dots(path, Colours.viridis(step / (double) STEPS), size));
        return this;
    }

    private static int step(Axis scale, double value) {
        return (int) Math.round(Math.clamp(scale.place(value), 0, 1) * STEPS);
    }

    private void dot(StringBuilder path, double atX, double atY) {
        if (Double.isFinite(atX) && Double.isFinite(atY)) {
            path.append('M').append(number(across(atX))).append(' ').append(number(down(atY))).append("h0");
        }
    }

    private void dots(StringBuilder path, String colour, double size) {
        if (!path.isEmpty()) {
            within.append("<path d=\"").append(path).append("\" stroke=\"").append(colour).append("\" stroke-width=\"")
                    .append(number(size)).append("\" stroke-linecap=\"round\" stroke-opacity=\"0.8\" fill=\"none\"/>");
        }
    }

    /// A line from point to point.
    ///
    /// @param dashed true for a line that is there for comparison
    public Panel line(double[] xs, double[] ys, String colour, boolean dashed) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                path.append(path.isEmpty() ? 'M' : 'L').append(number(across(xs[i]))).append(' ')
                        .append(number(down(ys[i])));
            }
        }
        within.append("<path d=\"").append(path).append("\" stroke=\"").append(colour)
                .append("\" stroke-width=\"1.8\" fill=\"none\"").append(dashed ? " stroke-dasharray=\"4 4\"" : "")
                .append("/>");
        return this;
    }

    /// Bars that stand on zero.
    ///
    /// @param edges one more than there are heights
    public Panel bars(double[] edges, double[] heights, String colour) {
        for (int i = 0; i < heights.length; i++) {
            double left = across(edges[i]);
            double top = down(heights[i]);
            within.append("<rect x=\"").append(number(left)).append("\" y=\"").append(number(top))
                    .append("\" width=\"").append(number(Math.max(0.5, across(edges[i + 1]) - left - 0.5)))
                    .append("\" height=\"").append(number(Math.max(0, down(0) - top))).append("\" fill=\"")
                    .append(colour).append("\"/>");
        }
        return this;
    }

    /// An arrow.
    public Panel arrow(double fromX, double fromY, double toX, double toY, String colour) {
        double x1 = across(fromX);
        double y1 = down(fromY);
        double x2 = across(toX);
        double y2 = down(toY);
        double length = Math.hypot(x2 - x1, y2 - y1);
        within.append("<path d=\"M").append(number(x1)).append(' ').append(number(y1)).append('L').append(number(x2))
                .append(' ').append(number(y2));
        if (length > 1) {
            double head = Math.min(5, 0.5 * length) / length;
            for (int side = -1; side <= 1; side += 2) {
                double backX = x2 - head * ((x2 - x1) + side * 0.6 * (y2 - y1));
                double backY = y2 - head * ((y2 - y1) - side * 0.6 * (x2 - x1));
                within.append('M').append(number(backX)).append(' ').append(number(backY)).append('L')
                        .append(number(x2)).append(' ').append(number(y2));
            }
        }
        within.append("\" stroke=\"").append(colour).append("\" stroke-width=\"1.3\" fill=\"none\"/>");
        return this;
    }

    /// Says what a colour means, at the upper right.
    public Panel legend(String words, String colour) {
        double top = TOP + 12 + 16.0 * legends++;
        around.append("<rect x=\"").append(LEFT + 8).append("\" y=\"").append(number(top - 9))
                .append("\" width=\"10\" height=\"10\" fill=\"").append(colour).append("\"/>");
        text(LEFT + 23, top, "start", words, "");
        return this;
    }

    /// Draws the scale of colours beside the panel.
    public Panel scale(Axis scale) {
        right = SCALE;
        int left = LEFT + width + 14;
        for (int i = 0; i < STEPS; i++) {
            double top = TOP + height * (1 - (i + 1.0) / STEPS);
            around.append("<rect x=\"").append(left).append("\" y=\"").append(number(top))
                    .append("\" width=\"12\" height=\"").append(number(height / (double) STEPS + 0.6))
                    .append("\" fill=\"")
                    .append(Colours.viridis((i + 0.5) / STEPS)).append("\"/>");
        }
        for (double tick : scale.ticks(TICKS)) {
            text(left + 16, TOP + height * (1 - scale.place(tick)) + 4, "start", scale.text(tick, TICKS), "");
        }
        text(0, 0, "middle", scale.label(), " transform=\"translate(" + (left + 54) + "," + (TOP + height / 2)
                + ") rotate(-90)\"");
        return this;
    }

    private void text(double atX, double atY, String anchor, String words, String more) {
        around.append("<text x=\"").append(number(atX)).append("\" y=\"").append(number(atY))
                .append("\" text-anchor=\"").append(anchor).append("\" fill=\"currentColor\"").append(more).append('>')
                .append(Picture.escape(words)).append("</text>");
    }

    private void tick(double x1, double y1, double x2, double y2, String more) {
        around.append("<path d=\"M").append(number(x1)).append(' ').append(number(y1)).append('L').append(number(x2))
                .append(' ').append(number(y2)).append("\" stroke=\"currentColor\"").append(more).append("/>");
    }

    /// Can be asked again: axes are drawn each time.
    String element() {
        int drawn = around.length();
        for (double value : x.ticks(TICKS)) {
            double at = across(value);
            tick(at, TOP + height, at, TOP + height + 5, "");
            text(at, TOP + height + 18, "middle", x.text(value, TICKS), "");
        }
        for (double value : y.ticks(TICKS)) {
            double at = down(value);
            tick(LEFT - 5, at, LEFT, at, "");
            tick(LEFT, at, LEFT + width, at, " stroke-opacity=\"0.12\"");
            text(LEFT - 8, at + 4, "end", y.text(value, TICKS), "");
        }
        text(LEFT + width / 2.0, TOP + height + 36, "middle", x.label(), "");
        text(0, 0, "middle", y.label(), " transform=\"translate(13," + (TOP + height / 2) + ") rotate(-90)\"");
        text(LEFT + width / 2.0, TOP - 8, "middle", name, " font-weight=\"600\"");
        String clip = "c" + Integer.toHexString(Arrays.hashCode(new Object[]{name, x, y, width, height,
            within.toString()}));
        String element = "<clipPath id=\"" + clip + "\"><rect x=\"" + LEFT + "\" y=\"" + TOP + "\" width=\"" + width
                + "\" height=\"" + height + "\"/></clipPath><g clip-path=\"url(#" + clip + ")\">" + within
                + "</g><rect x=\"" + LEFT + "\" y=\"" + TOP + "\" width=\"" + width + "\" height=\"" + height
                + "\" fill=\"none\" stroke=\"currentColor\"/>" + around;
        around.setLength(drawn);
        return element;
    }
}
