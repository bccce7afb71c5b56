package org.neuropil.coregister.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Transform;

/// Points in space, seen along each axis.
final class Projections {
    /// Width of a figure of three panels, in pixels.
    static final double WIDTH = 1040;
    /// Height of a row of square panels, in pixels.
    static final double HEIGHT = 360;
    /// What axes, scale and title take of a panel's width and height.
    private static final double BESIDE = 115;
    private static final double ABOVE_AND_BELOW = 75;

    private Projections() {}

    /// One coordinate of all points.
    static double[] axis(double[] points, int axis) {
        double[] values = new double[points.length / 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = points[3 * i + axis];
        }
        return values;
    }

    static double[] map(Transform map, double[] points) {
        double[] to = new double[points.length];
        for (int i = 0; i < points.length; i += 3) {
            Point3 point = map.apply(new Point3(points[i], points[i + 1], points[i + 2]));
            to[i] = point.x();
            to[i + 1] = point.y();
            to[i + 2] = point.z();
        }
        return to;
    }

    /// @param values at least one
    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /// Places at equal steps.
    ///
    /// @param flat axis along which there is but the middle; -1 for none
    static double[] grid(double[] low, double[] high, int steps, int flat) {
        int[] counts = {steps, steps, steps};
        if (flat >= 0) {
            counts[flat] = 1;
        }
        double[] points = new double[3 * counts[0] * counts[1] * counts[2]];
        int at = 0;
        int[] index = new int[3];
        for (index[2] = 0; index[2] < counts[2]; index[2]++) {
            for (index[1] = 0; index[1] < counts[1]; index[1]++) {
                for (index[0] = 0; index[0] < counts[0]; index[0]++) {
                    for (int axis = 0; axis < 3; axis++) {
                        double share = counts[axis] == 1 ? 0.5 : index[axis] / (counts[axis] - 1.0);
                        points[at++] = low[axis] + share * (high[axis] - low[axis]);
                    }
                }
            }
        }
        return points;
    }

    /// The axis along which points lie closest together.
    static int thinnest(double[] points) {
        int thinnest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double[] values = axis(points, axis);
            double width = quantile(values, 0.9) - quantile(values, 0.1);
            if (width < least) {
                least = width;
                thinnest = axis;
            }
        }
        return thinnest;
    }

    /// A row of three panels: x and y, x and z, y and z, with a unit as long on all axes.
    static Figure.Row of(double[] points, double[] values, Layer.Scale scale, IntFunction<Axis> axes, double radius) {
        List<Panel> panels = new ArrayList<>();
        for (int[] pair : new int[][]{{0, 1}, {0, 2}, {1, 2}}) {
            double[] xs = axis(points, pair[0]);
            double[] ys = axis(points, pair[1]);
            panels.add(new Panel.Plot("xyz".charAt(pair[0]) + " and " + "xyz".charAt(pair[1]),
                    axes.apply(pair[0]).within(Range.of(xs).wider(0.03)),
                    axes.apply(pair[1]).within(Range.of(ys).wider(0.03)),
                    List.of(new Layer.ColouredPoints("", xs, ys, values, radius, scale)), true));
        }
        return row(panels);
    }

    /// Panels of maps beside each other, as high as the highest of them needs to be.
    static Figure.Row row(List<Panel> panels) {
        double width = WIDTH / panels.size() - BESIDE;
        double highest = 0;
        for (Panel panel : panels) {
            if (panel instanceof Panel.Plot plot && plot.x().range().isPresent() && plot.y().range().isPresent()) {
                double ratio = plot.y().range().get().width() / plot.x().range().get().width();
                highest = Math.max(highest, width * ratio);
            }
        }
        return Figure.Row.of(Math.clamp(highest + ABOVE_AND_BELOW, 180, HEIGHT), panels.toArray(Panel[]::new));
    }
}
