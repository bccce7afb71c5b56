package org.neuropil.chart;

import java.util.Arrays;
import java.util.List;

/// A figure: panels in rows.
///
/// @param title above all; also what a screen reader says first
/// @param description what is to be seen, in a sentence or two, for who does not see it
/// @param note small, below the title: of what it was made, and how; may be empty
/// @param width pixels
/// @param rows from top to bottom
public record Figure(String title, String description, String note, double width, List<Row> rows) {
    /// Panels beside each other.
    ///
    /// @param height pixels, with titles and axes
    /// @param weights how much of the width each gets
    public record Row(double height, List<Panel> panels, List<Double> weights) {
        public Row {
            panels = List.copyOf(panels);
            weights = List.copyOf(weights);
            if (panels.size() != weights.size() || panels.isEmpty()) {
                throw new IllegalArgumentException(panels.size() + " panels, " + weights.size() + " weights");
            }
        }

        /// Panels of one width.
        public static Row of(double height, Panel... panels) {
            return new Row(height, List.of(panels), Arrays.stream(panels).map(_ -> 1.0).toList());
        }
    }

    public Figure {
        rows = List.copyOf(rows);
    }

    /// Draws it.
    public Scene draw() {
        return new FigureDrawing(this).scene();
    }

    /// As SVG, a file of its own: light or dark as its reader likes it.
    public String svg() {
        return Svg.file(draw());
    }

    /// As SVG for a page of HTML, which has [Svg#STYLE].
    public String inlineSvg() {
        return Svg.inline(draw());
    }

    /// As PNG on white.
    ///
    /// @param scale pixels of the image for a pixel of the figure, 2 for print and fine screens
    public byte[] png(int scale) {
        return Png.of(draw(), scale);
    }

    /// What is shown, as CSV; see [FigureData].
    public String csv() {
        return FigureData.csv(this);
    }
}
