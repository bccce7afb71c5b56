package org.neuropil.chart;

import java.util.Arrays;

/// The rectangle in which values are drawn, and where each lies: pixels of values, and what is left of lines within it.
///
/// @param left pixels
/// @param top pixels
/// @param width pixels
/// @param height pixels
/// @param x values from left to right
/// @param y values from bottom to top
/// @param mirrored whether x runs from right to left
/// @param down whether y runs from top to bottom
record Frame(double left, double top, double width, double height, Range x, Range y, boolean mirrored,
        boolean down) {
    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    double px(double value) {
        double share = x.share(value);
        return left + width * (mirrored ? 1 - share : share);
    }

    double py(double value) {
        double share = y.share(value);
        return top + height * (down ? share : 1 - share);
    }

    /// Within the frame.
    double clampX(double pixel) {
        return Math.clamp(pixel, left, right());
    }

    /// Within the frame.
    double clampY(double pixel) {
        return Math.clamp(pixel, top, bottom());
    }

    boolean holds(double valueX, double valueY) {
        return x.holds(valueX) && y.holds(valueY);
    }

    /// A frame in which a unit of x is as long as one of y, in the upper left of this one.
    Frame equal() {
        double scale = Math.min(width / x.width(), height / y.width());
        double wide = scale * x.width();
        double high = scale * y.width();
        return new Frame(left, top, wide, high, x, y, mirrored, down);
    }

    /// What is within the frame of lines through pixels: NaN begins a new line, and so does what comes back from outside. A
    /// point alone is kept as a line of no length.
    Mark.Path clip(double[] px, double[] py, Layer.Pen pen) {
        Pixels kept = new Pixels(px.length + 8);
        for (int i = 0; i < px.length; i++) {
            boolean first = i == 0 || isGap(px[i - 1], py[i - 1]);
            boolean last = i == px.length - 1 || isGap(px[i + 1], py[i + 1]);
            if (isGap(px[i], py[i])) {
                continue;
            }
            if (first && last) {
                kept.segment(this, px[i], py[i], px[i], py[i]);
            } else if (!last) {
                kept.segment(this, px[i], py[i], px[i + 1], py[i + 1]);
            }
        }
        return Mark.Path.line(kept.x(), kept.y(), pen);
    }

    private static boolean isGap(double px, double py) {
        return !(Double.isFinite(px) && Double.isFinite(py));
    }

    /// Pixels of lines in the making.
    private static final class Pixels {
        private double[] x;
        private double[] y;
        private int count;

        Pixels(int room) {
            x = new double[room];
            y = new double[room];
        }

        double[] x() {
            return Arrays.copyOf(x, count);
        }

        double[] y() {
            return Arrays.copyOf(y, count);
        }

        /// Adds what is in the frame of a piece of a line (Liang and Barsky's way).
        void segment(Frame frame, double x0, double y0, double x1, double y1) {
            double[] p = {x0 - x1, x1 - x0, y0 - y1, y1 - y0};
            double[] q = {x0 - frame.left, frame.right() - x0, y0 - frame.top, frame.bottom() - y0};
            double from = 0;
            double to = 1;
            for (int side = 0; side < 4; side++) {
                if (p[side] == 0) {
                    if (q[side] < 0) {
                        return;
                    }
                } else if (p[side] < 0) {
                    from = Math.max(from, q[side] / p[side]);
                } else {
                    to = Math.min(to, q[side] / p[side]);
                }
            }
            if (from > to) {
                return;
            }
            double startX = frame.clampX(x0 + from * (x1 - x0));
            double startY = frame.clampY(y0 + from * (y1 - y0));
            if (count == 0 || x[count - 1] != startX || y[count - 1] != startY) {
                if (count > 0) {
                    add(Double.NaN, Double.NaN);
                }
                add(startX, startY);
            }
            add(to == 1 ? frame.clampX(x1) : frame.clampX(x0 + to * (x1 - x0)),
                    to == 1 ? frame.clampY(y1) : frame.clampY(y0 + to * (y1 - y0)));
        }

        private void add(double px, double py) {
            if (count == x.length) {
                x = Arrays.copyOf(x, 2 * count + 8);
                y = Arrays.copyOf(y, 2 * count + 8);
            }
            x[count] = px;
            y[count++] = py;
        }
    }
}
