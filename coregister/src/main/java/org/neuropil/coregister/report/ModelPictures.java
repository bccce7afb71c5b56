package org.neuropil.coregister.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Colours;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.Direction;
import org.neuropil.coregister.LandmarkErrors;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.Fit;
import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Transform;

/// Pictures of a model: how it bends space, and how far it is off where.
public final class ModelPictures {
    private static final int GRID = 13;
    private static final int LAYERS = 3;

    private ModelPictures() {}

    /// All pictures of a direction that can be drawn; none of models of earlier days, which lack errors by landmark.
    ///
    /// @return by a name for the file
    public static Map<String, Figure> of(Coregistration model, Space target) {
        Map<String, Figure> all = new LinkedHashMap<>();
        Direction direction = model.to(target);
        direction.errors().filter(errors -> errors.points().length >= 30).ifPresent(errors -> {
            String to = target == Space.EM ? "to_em" : "to_two_photon";
            all.put("displacement_" + to, displacement(direction.transform(), errors, target));
            all.put("residuals_" + to, residuals(direction.transform(), errors, target));
        });
        return all;
    }

    private static Axis axis(Space space, int axis) {
        return Axis.of((space == Space.EM ? "EM " : "two-photon ") + "xyz".charAt(axis), "µm");
    }

    /// Arrows from where the best affine map puts points to where the map does, in slices through the middle.
    private static Figure displacement(Transform map, LandmarkErrors errors, Space target) {
        double[] low = new double[3];
        double[] high = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double[] values = Projections.axis(errors.points(), axis);
            low[axis] = Projections.quantile(values, 0.02);
            high[axis] = Projections.quantile(values, 0.98);
        }
        double[] from = Projections.grid(low, high, 6, -1);
        Transform affine = Fit.plain(from, Projections.map(map, from), Recipe.polynomial(1));
        List<double[]> starts = new ArrayList<>();
        List<double[]> ends = new ArrayList<>();
        double most = 0;
        for (int across = 2; across >= 0; across--) {
            double[] slice = Projections.grid(low, high, GRID, across);
            starts.add(Projections.map(affine, slice));
            ends.add(Projections.map(map, slice));
            for (int i = 0; i < slice.length; i += 3) {
                most = Math.max(most, length(starts.getLast(), ends.getLast(), i));
            }
        }
        double longer = magnification(starts, most);
        Layer.Scale scale = new Layer.Scale("length", "µm", new Range(0, Math.max(most, 1e-3)), Colours.VIRIDIS);
        List<Panel> panels = new ArrayList<>();
        for (int slice = 0; slice < LAYERS; slice++) {
            panels.add(slice(starts.get(slice), ends.get(slice), longer, scale, target));
        }
        return new Figure("Displacement: what the map does beyond an affine one", String.format(Locale.ROOT,
                "Arrows in three slices of space through the middle, from where the best affine map puts points to where "
                        + "the map puts them, drawn %.0f times as long as they are; the longest is %.2f µm.",
                longer, most), "", Projections.WIDTH,
                List.of(Projections.row(panels)));
    }

    /// The map may turn axes, so a slice is seen along the axis of the target in which it is thinnest.
    private static Panel slice(double[] start, double[] end, double longer, Layer.Scale scale, Space target) {
        int thin = Projections.thinnest(start);
        int h = thin == 0 ? 1 : 0;
        int v = thin == 2 ? 1 : 2;
        double[] x = Projections.axis(start, h);
        double[] y = Projections.axis(start, v);
        double[] dx = Projections.axis(end, h);
        double[] dy = Projections.axis(end, v);
        double[] lengths = new double[x.length];
        double[] tips = new double[2 * x.length];
        double[] sides = new double[2 * x.length];
        for (int i = 0; i < x.length; i++) {
            dx[i] = longer * (dx[i] - x[i]);
            dy[i] = longer * (dy[i] - y[i]);
            lengths[i] = length(start, end, 3 * i);
            tips[2 * i] = x[i];
            tips[2 * i + 1] = x[i] + dx[i];
            sides[2 * i] = y[i];
            sides[2 * i + 1] = y[i] + dy[i];
        }
        return new Panel.Plot("slice of " + "xyz".charAt(thin),
                axis(target, h).within(Range.of(tips).wider(0.03)), axis(target, v).within(Range.of(sides).wider(0.03)),
                List.of(new Layer.Arrows("", x, y, dx, dy, Layer.Pen.of(Ink.MUTED)),
                        new Layer.ColouredPoints("", x, y, lengths, 2.2, scale)),
                true);
    }

    /// A round number by which arrows are drawn longer, so that the longest is about as long as they stand apart.
    private static double magnification(List<double[]> starts, double most) {
        double apart = Double.POSITIVE_INFINITY;
        for (double[] start : starts) {
            int thin = Projections.thinnest(start);
            for (int axis = 0; axis < 3; axis++) {
                double[] values = Projections.axis(start, axis);
                apart = axis == thin
                        ? apart
                        : Math.min(apart,
                                (Projections.quantile(values, 1) - Projections.quantile(values, 0)) / (GRID - 1));
            }
        }
        double factor = apart / Math.max(most, 1e-9);
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(Math.max(factor, 1))));
        double digit = factor / power;
        return Math.clamp(power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1), 1, 1e6);
    }

    private static double length(double[] start, double[] end, int i) {
        return new Point3(start[i], start[i + 1], start[i + 2]).distance(new Point3(end[i], end[i + 1], end[i + 2]));
    }

    private static Figure residuals(Transform map, LandmarkErrors errors, Space target) {
        double[] at = Projections.map(map, errors.points());
        double[] sizes = new double[at.length / 3];
        for (int i = 0; i < sizes.length; i++) {
            double[] r = errors.residuals();
            sizes[i] = Math.sqrt(r[3 * i] * r[3 * i] + r[3 * i + 1] * r[3 * i + 1] + r[3 * i + 2] * r[3 * i + 2]);
        }
        double top = Math.max(Projections.quantile(sizes, 0.95), 1e-3);
        Layer.Scale scale = new Layer.Scale("residual", "µm", new Range(0, top), Colours.VIRIDIS);
        return new Figure("Held-out residuals at landmarks", String.format(Locale.ROOT,
                "%d landmarks by their place, coloured by how far fits that did not see them are off; colours end at the "
                        + "95th percentile, %.2f µm.",
                sizes.length, top), "", Projections.WIDTH,
                List.of(Projections.of(at, sizes, scale, axis -> axis(target, axis), 2)));
    }
}
