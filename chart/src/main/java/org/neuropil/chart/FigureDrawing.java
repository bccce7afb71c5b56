package org.neuropil.chart;

import java.util.ArrayList;
import java.util.List;

/// Lays panels out, and draws them.
final class FigureDrawing {
    private static final double EDGE = 12;
    private static final double GAP = 10;

    private final Figure figure;
    private final List<Mark> marks = new ArrayList<>();

    FigureDrawing(Figure figure) {
        this.figure = figure;
    }

    Scene scene() {
        double top = EDGE;
        marks.add(new Mark.Words(EDGE, top + 14, figure.title(), 15, Mark.Anchor.START, false, true, Ink.TEXT));
        top += 24;
        for (String line : lines(figure.note(), figure.width() - 2 * EDGE)) {
            marks.add(new Mark.Words(EDGE, top + 9, line, 10.5, Mark.Anchor.START, false, false, Ink.MUTED));
            top += 14;
        }
        top += 4;
        boolean column = figure.rows().stream().allMatch(row -> row.panels().size() == 1);
        double left = column ? most(true) : 0;
        double right = column ? most(false) : 0;
        for (Figure.Row row : figure.rows()) {
            row(row, top, left, right);
            top += row.height() + GAP;
        }
        return new Scene(figure.width(), top - GAP + EDGE, figure.title(), figure.description(), marks);
    }

    /// Panels below each other have their edges in one line.
    private double most(boolean left) {
        double most = 0;
        for (Figure.Row row : figure.rows()) {
            if (row.panels().getFirst() instanceof Panel.Plot plot) {
                most = Math.max(most, left ? PlotDrawing.left(plot) : PlotDrawing.right(plot));
            }
        }
        return most;
    }

    private void row(Figure.Row row, double top, double left, double right) {
        double all = row.weights().stream().mapToDouble(Double::doubleValue).sum();
        double wide = figure.width() - 2 * EDGE - GAP * (row.panels().size() - 1);
        double x = EDGE;
        for (int i = 0; i < row.panels().size(); i++) {
            double width = wide * row.weights().get(i) / all;
            panel(row.panels().get(i), x, top, width, row.height(), left, right);
            x += width + GAP;
        }
    }

    private void panel(Panel panel, double x, double y, double width, double height, double least, double right) {
        double left = panel instanceof Panel.Plot plot ? Math.max(least, PlotDrawing.left(plot)) : 0;
        double top = y;
        if (!panel.title().isEmpty()) {
            marks.add(new Mark.Words(x + left, top + 11, panel.title(), 12, Mark.Anchor.START, false, true, Ink.TEXT));
            top += 18;
        }
        Legend legend = new Legend(panel, width - left);
        legend.draw(x + left, top, marks);
        top += legend.height() + 4;
        switch (panel) {
            case Panel.Plot plot -> {
                double beside = Math.max(right, PlotDrawing.right(plot));
                new PlotDrawing(plot, marks).draw(x + left, top, Math.max(20, width - left - beside),
                        Math.max(10, y + height - top - PlotDrawing.bottom(plot)));
            }
            case Panel.Polar polar -> new PolarDrawing(polar, marks).draw(x, top, width, y + height - top - 16);
        }
    }

    /// Words in lines that fit.
    static List<String> lines(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && Mark.Words.width(line + " " + word, 10.5) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
