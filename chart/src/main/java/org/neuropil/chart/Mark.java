package org.neuropil.chart;

import java.util.Optional;

/// What is drawn, in pixels from the upper left.
@SuppressWarnings("ArrayRecordComponent") // a drawing, which nobody compares
public sealed interface Mark {
    /// Lines through points, and what they enclose. NaN begins a new line.
    ///
    /// @param closed whether each line ends where it began
    record Path(double[] x, double[] y, boolean closed, Optional<Ink> fill, Optional<Layer.Pen> line, double opacity)
            implements
                Mark {
        static Path line(double[] x, double[] y, Layer.Pen pen) {
            return new Path(x, y, false, Optional.empty(), Optional.of(pen), 1);
        }

        static Path box(double left, double top, double right, double bottom, Ink fill, double opacity) {
            return new Path(new double[]{left, right, right, left}, new double[]{top, top, bottom, bottom}, true,
                    Optional.of(fill), Optional.empty(), opacity);
        }
    }

    /// Points of one colour.
    record Dots(double[] x, double[] y, double radius, Ink ink, double opacity) implements Mark {}

    /// Words.
    ///
    /// @param x where they begin, have their middle, or end
    /// @param y their foot
    /// @param size pixels
    /// @param turned whether they run upward
    record Words(double x, double y, String text, double size, Anchor anchor, boolean turned, boolean bold,
            Ink ink) implements Mark {
        /// About how wide words are: no font is asked, so that a figure is laid out the same everywhere.
        static double width(String text, double size) {
            double wide = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                wide += "iljtfI.,:;'|!()[] ".indexOf(c) >= 0 ? 0.32 : c == 'm' || c == 'w' || c == 'M' || c == 'W'
                        ? 0.88
                        : Character.isUpperCase(c) ? 0.7 : 0.57;
            }
            return wide * size;
        }
    }

    /// Which part of words is at their place.
    enum Anchor {
        /// They begin there.
        START("start"),
        /// Their middle is there.
        MIDDLE("middle"),
        /// They end there.
        END("end");

        private final String word;

        Anchor(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// Pixels, row by row from the top, each drawn as a rectangle with sharp edges.
    ///
    /// @param rgb 0xRRGGBB; -1 for one that is not drawn
    record Image(double x, double y, double width, double height, int columns, int rows, int[] rgb)
            implements
                Mark {}
}
