package org.neuropil.coregister.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.Direction;
import org.neuropil.coregister.LandmarkErrors;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.Fit;
import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.report.svg.Axis;
import org.neuropil.coregister.report.svg.Colours;
import org.neuropil.coregister.report.svg.Picture;
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
    public static Map<String, Picture> of(Coregistration model, Space target) {
        Map<String, Picture> all = new LinkedHashMap<>();
        Direction direction = model.to(target);
        direction.errors().filter(errors -> errors.points().length >= 30).ifPresent(errors -> {
            String to = target == Space.EM ? "to_em" : "to_two_photon";
            all.put("displacement_" + to, displacement(direction.transform(), errors, target));
            all.put("residuals_" + to, residuals(direction.transform(), errors, target));
        });
        return all;
    }

    private static String axis(Space space, int axis) {
        return (space == Space.EM ? "EM " : "two-photon ") + "xyz".charAt(axis) + " (µm)";
    }

    /// Arrows from where the best affine map puts points to where the map does, in slices through the middle.
    private static Picture displacement(Transform map, LandmarkErrors errors, Space target) {
        double[] low = new double[3];
        double[] high = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double[] values = Projections.axis(errors.points(), axis);
            low[axis] = Projections.quantile(values, 0.02);
            high[axis] = Projections.quantile(values, 0.98);
        }
        double[] from = Projections.grid(low, high, 6, -1);
        Transform affine = Fit.plain(from, Projections.map(map, from), Recipe.polynomial(1));
        Picture picture = new Picture("Displacement: what the map does beyond an affine one",
                "Arrows in three slices of "
                        + "space through the middle, from where the best affine map puts points to where the map puts them.");
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
        Axis scale = new Axis("length (µm)", 0, Math.max(most, 1e-3));
        // The map may turn axes, so a slice is seen along the axis of the target in which it is thinnest.
        for (int slice = 0; slice < LAYERS; slice++) {
            double[] start = starts.get(slice);
            double[] end = ends.get(slice);
            int thin = Projections.thinnest(start);
            int h = thin == 0 ? 1 : 0;
            int v = thin == 2 ? 1 : 2;
            Axis x = Axis.around(axis(target, h), Projections.axis(end, h));
            Axis y = Axis.around(axis(target, v), Projections.axis(end, v));
            var panel = picture.panel("slice of " + "xyz".charAt(thin), x, y, 290, 290);
            for (int i = 0; i < start.length; i += 3) {
                panel.arrow(start[i + h], start[i + v], end[i + h], end[i + v],
                        Colours.viridis(scale.place(length(start, end, i))));
            }
            if (slice == LAYERS - 1) {
                panel.scale(scale);
            }
        }
        return picture;
    }

    private static double length(double[] start, double[] end, int i) {
        return new Point3(start[i], start[i + 1], start[i + 2]).distance(new Point3(end[i], end[i + 1], end[i + 2]));
    }

    private static Picture residuals(Transform map, LandmarkErrors errors, Space target) {
        double[] at = Projections.map(map, errors.points());
        double[] sizes = new double[at.length / 3];
        for (int i = 0; i < sizes.length; i++) {
            double[] r = errors.residuals();
            sizes[i] = Math.sqrt(r[3 * i] * r[3 * i] + r[3 * i + 1] * r[3 * i + 1] + r[3 * i + 2] * r[3 * i + 2]);
        }
        double top = Math.max(Projections.quantile(sizes, 0.95), 1e-3);
        Picture picture = new Picture("Held-out residuals at landmarks", String.format(Locale.ROOT,
                "%d landmarks by their place, coloured by how far fits that did not see them are off; colours end at the "
                        + "95th percentile, %.2f µm.",
                sizes.length, top));
        Projections.draw(picture, at, sizes, new Axis("residual (µm)", 0, top), axis -> axis(target, axis), 4);
        return picture;
    }
}
