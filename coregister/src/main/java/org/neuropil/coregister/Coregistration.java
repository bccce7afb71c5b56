package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.neuropil.coregister.fit.Fit;
import org.neuropil.coregister.fit.Folds;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.match.PointTree;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.ScalarField;
import org.neuropil.coregister.transform.Transform;
import org.neuropil.pipeline.Software;
import org.neuropil.space.InputException;

/// Maps between a two-photon stack and EM, in both directions, and what they rest on. Each direction is fitted by itself:
/// one is not quite the inverse of the other, as each is the best guess in its own target.
///
/// @param software that fitted it
/// @param source the landmarks
/// @param em unit of points in EM
/// @param twoPhoton unit of points in the two-photon stack
/// @param folds of the cross-validation
/// @param seed of its folds
/// @param robust if landmarks are trusted the less, the further they are off from what the others say
/// @param toEm from the two-photon stack to EM
/// @param toTwoPhoton from EM to the two-photon stack
public record Coregistration(String software, Source source, PointUnit em, PointUnit twoPhoton, int folds, long seed,
        boolean robust, Direction toEm, Direction toTwoPhoton) {
    private static final int Y = 1;

    /// A file of landmarks.
    ///
    /// @param file its name, without folders
    /// @param sha256 digest of its bytes
    /// @param used landmarks that were fitted
    /// @param inactive that were not, because they are not active
    /// @param unplaced that were not, because a point is missing
    public record Source(String file, String sha256, int used, int inactive, int unplaced) {}

    /// Fits both directions.
    ///
    /// @param landmarks all, the inactive ones too
    /// @param file that they are from, for errors and the record
    /// @param sha256 its digest
    /// @throws InputException if the landmarks in use do not determine a fit
    public static Coregistration fit(List<Landmark> landmarks, String file, String sha256, Settings settings) {
        return fit(landmarks, file, sha256, settings, Work.ALONE);
    }

    /// As above.
    ///
    /// @param work how it is done; the result does not depend on it
    public static Coregistration fit(List<Landmark> landmarks, String file, String sha256, Settings settings,
            Work work) {
        List<Landmark> used = landmarks.stream().filter(Landmark::isUsed).toList();
        int inactive = Math.toIntExact(landmarks.stream().filter(landmark -> !landmark.active()).count());
        if (used.size() < 2 * settings.folds()) {
            throw new InputException(used.size() + " landmarks are in use, too few for " + settings.folds() + " folds",
                    file, "give at least two for each fold, or fewer folds");
        }
        double[] em = points(used, Space.EM, settings);
        double[] twoPhoton = points(used, Space.TWO_PHOTON, settings);
        Folds folds = Folds.draw(used.size(), settings.folds(), settings.seed());
        try {
            Fit toEm = Fit.of(twoPhoton, em, settings.recipes(), folds, settings.robust(), named(work, "to EM"));
            Fit toTwoPhoton = Fit.of(em, twoPhoton, settings.recipes(), folds, settings.robust(),
                    named(work, "to two-photon"));
            return new Coregistration(Software.NAME,
                    new Source(file, sha256, used.size(), inactive, landmarks.size() - used.size() - inactive),
                    settings.em(), settings.twoPhoton(), settings.folds(), settings.seed(),
                    settings.robust(),
                    new Direction(chain(settings.mirrorTop(), true, toEm.warp()), toEm.heldOut(), toEm.candidates(),
                            Optional.of(LandmarkErrors.of(mirrored(twoPhoton, settings), toEm.residuals()))),
                    new Direction(chain(settings.mirrorTop(), false, toTwoPhoton.warp()), toTwoPhoton.heldOut(),
                            toTwoPhoton.candidates(),
                            Optional.of(LandmarkErrors.of(em, unmirrored(toTwoPhoton.residuals(), settings)))));
        } catch (InputException e) {
            throw new InputException(e.what(), file, e.hint(), e);
        }
    }

    private static Work named(Work work, String direction) {
        return new Work(work.threads(),
                (name, total, done) -> work.progress().begin(direction + ", " + name, total, done));
    }

    /// Points of landmarks in µm, mirrored if that is asked for.
    ///
    /// @param landmarks that are used
    /// @return x, y, z of each
    public static double[] points(List<Landmark> landmarks, Space space, Settings settings) {
        double[] points = new double[3 * landmarks.size()];
        Transform.Chain mirror = space == Space.TWO_PHOTON
                ? mirror(settings.mirrorTop())
                : mirror(
                        OptionalDouble.empty());
        for (int i = 0; i < landmarks.size(); i++) {
            Landmark landmark = landmarks.get(i);
            Point3 given = (space == settings.moving() ? landmark.moving() : landmark.fixed()).orElseThrow();
            Point3 point = mirror.apply(settings.unit(space).toMicrometres(given));
            points[3 * i] = point.x();
            points[3 * i + 1] = point.y();
            points[3 * i + 2] = point.z();
        }
        return points;
    }

    /// Points as they were before a mirror, which is its own inverse.
    private static double[] mirrored(double[] points, Settings settings) {
        double[] given = points.clone();
        for (int i = Y; i < given.length && settings.mirrorTop().isPresent(); i += 3) {
            given[i] = settings.mirrorTop().getAsDouble() - given[i];
        }
        return given;
    }

    private static double[][] unmirrored(double[][] residuals, Settings settings) {
        double[][] turned = residuals.clone();
        if (settings.mirrorTop().isPresent()) {
            turned[Y] = Arrays.stream(residuals[Y]).map(one -> -one).toArray();
        }
        return turned;
    }

    private static Transform.Chain mirror(OptionalDouble top) {
        return new Transform.Chain(top.isPresent() ? List.of(new Transform.Mirror(Y, top.getAsDouble())) : List.of());
    }

    private static Transform.Chain chain(OptionalDouble top, boolean mirrorFirst, Transform.Warp warp) {
        List<Transform> steps = new ArrayList<>(mirror(top).steps());
        steps.add(mirrorFirst ? steps.size() : 0, warp);
        return new Transform.Chain(steps);
    }

    /// The map to a space.
    public Direction to(Space target) {
        return target == Space.EM ? toEm : toTwoPhoton;
    }

    /// The unit that points of a space had in the file of landmarks.
    public PointUnit unit(Space space) {
        return space == Space.EM ? em : twoPhoton;
    }

    /// How far points are from the nearest landmark that the map to EM has kernels around.
    ///
    /// @param points in the two-photon stack, in micrometres
    /// @return of each in micrometres; zeros if there are no such landmarks
    public double[] toLandmarks(List<Point3> points) {
        double[] distances = new double[points.size()];
        List<Transform> before = new ArrayList<>();
        for (Transform step : toEm.transform().steps()) {
            if (step instanceof Transform.Warp warp) {
                for (ScalarField field : List.of(warp.x(), warp.y(), warp.z())) {
                    if (field instanceof ScalarField.Spline spline) {
                        PointTree tree = PointTree.of(spline.centres());
                        PointTree.Found found = new PointTree.Found(1);
                        for (int i = 0; i < distances.length; i++) {
                            Point3 at = new Transform.Chain(before).apply(points.get(i));
                            tree.nearest(at.x(), at.y(), at.z(), found);
                            distances[i] = found.distance(0);
                        }
                        return distances;
                    }
                }
            }
            before.add(step);
        }
        return distances;
    }

    /// Maps a point.
    ///
    /// @param point in the source space
    /// @param unit of it
    /// @param target the space that it is mapped to
    /// @param targetUnit of the result
    public Point3 apply(Point3 point, PointUnit unit, Space target, PointUnit targetUnit) {
        return targetUnit.fromMicrometres(to(target).transform().apply(unit.toMicrometres(point)));
    }
}
