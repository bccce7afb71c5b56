package org.neuropil.coregister.fit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import org.neuropil.coregister.transform.ScalarField;
import org.neuropil.coregister.transform.Scaling;
import org.neuropil.coregister.transform.Transform;

/// A map fitted to pairs of points, and what is known of its errors.
///
/// @param warp the map, fitted to all points
/// @param candidates all recipes that were tried, in the order that they were given in; their errors are of fits that
///        trust all points alike
/// @param heldOut how far the whole procedure is off at points that it did not see: for each fold the recipes are chosen,
///        and the points weighed, by cross-validation of the other folds alone (nested), and the fit is to the other
///        folds. Only the centre and scale of coordinates are those of all source points
/// @param residuals the same point by point, value less prediction: 3 x n; not to be changed
@SuppressWarnings("ArrayRecordComponent")
public record Fit(Transform.Warp warp, List<Candidate> candidates, HeldOut heldOut, double[][] residuals) {
    private static final int AXES = 3;
    /// Of all pairs of points, so many that a thread holds at a time: kernels, with smoothing, factors, inverse, weights.
    private static final long MATRICES = 6;

    public Fit {
        candidates = List.copyOf(candidates);
    }

    /// Tries recipes, chooses for each axis of the target the one with the least mean absolute error of that axis at
    /// points that it did not see, and fits it to all points.
    ///
    /// @param from x, y, z of each point in the one space
    /// @param to x, y, z of each in the other
    /// @param recipes to choose among; at least one
    /// @param robust true to trust points the less, the further they are off from what the others say
    /// @throws org.neuropil.space.InputException if the points do not determine a fit
    /// @throws IllegalArgumentException if lengths differ, or there is no recipe
    public static Fit of(double[] from, double[] to, List<Recipe> recipes, Folds folds, boolean robust) {
        return of(from, to, recipes, folds, robust, Work.ALONE);
    }

    /// As above.
    ///
    /// @param work how it is done; the result does not depend on it
    public static Fit of(double[] from, double[] to, List<Recipe> recipes, Folds folds, boolean robust, Work work) {
        int n = folds.of().length;
        if (from.length != AXES * n || to.length != from.length || recipes.isEmpty()) {
            throw new IllegalArgumentException(from.length / AXES + " points to " + to.length / AXES + " in folds of "
                    + n + ", " + recipes.size() + " recipes");
        }
        double[][] values = axes(to);
        Work limited = work.within(MATRICES * Double.BYTES * n * n);
        List<Trial> trials = trials(from, values, recipes, folds, limited);
        List<Trial> chosen = best(trials, OptionalInt.empty());
        List<Candidate> candidates = new ArrayList<>();
        for (Trial trial : trials) {
            candidates.add(new Candidate(trial.recipe(), HeldOut.of(trial.residuals()),
                    IntStream.range(0, AXES).filter(axis -> chosen.get(axis).recipe().equals(trial.recipe())).boxed()
                            .toList()));
        }
        int[] all = IntStream.range(0, n).toArray();
        double[][] residuals = nested(from, values, trials, folds, robust, limited);
        return new Fit(warp(from, values, all, chosen, noise(chosen, folds.count(), all, robust)), candidates,
                HeldOut.of(residuals), residuals);
    }

    /// Fits one recipe to all points, and looks at no errors.
    ///
    /// @throws org.neuropil.space.InputException if the points do not determine it
    public static Transform.Warp plain(double[] from, double[] to, Recipe recipe) {
        Smoother smoother = Smoother.of(new Gram(from, recipe), recipe.smoothing());
        double[][] values = axes(to);
        return new Transform.Warp(smoother.field(values[0]), smoother.field(values[1]), smoother.field(values[2]));
    }

    private static double[][] axes(double[] points) {
        double[][] values = new double[AXES][points.length / AXES];
        for (int i = 0; i < points.length; i++) {
            values[i % AXES][i / AXES] = points[i];
        }
        return values;
    }

    private static List<Trial> trials(double[] from, double[][] values, List<Recipe> recipes, Folds folds,
            Work work) {
        // Those that differ in their smoothing only share the larger part of the work, if they follow each other.
        List<List<Recipe>> groups = new ArrayList<>();
        for (Recipe recipe : recipes) {
            if (groups.isEmpty() || !unsmoothed(recipe).equals(unsmoothed(groups.getLast().getFirst()))) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(recipe);
        }
        return work.map("recipes", groups.size(), group -> {
            Gram gram = new Gram(from, groups.get(group).getFirst());
            return groups.get(group).stream().map(recipe -> Trial.of(gram, recipe, values, folds)).toList();
        }).stream().flatMap(List::stream).toList();
    }

    private static Recipe unsmoothed(Recipe recipe) {
        return new Recipe(recipe.kernel(), recipe.order(), 0, recipe.ridge(), recipe.stretch());
    }

    /// For each axis the first of the best ones.
    ///
    /// @param without a fold that must not be looked at
    private static List<Trial> best(List<Trial> trials, OptionalInt without) {
        List<Trial> chosen = new ArrayList<>();
        for (int axis = 0; axis < AXES; axis++) {
            Trial best = trials.getFirst();
            for (Trial trial : trials) {
                best = score(trial, axis, without) < score(best, axis, without) ? trial : best;
            }
            chosen.add(best);
        }
        return chosen;
    }

    private static double score(Trial trial, int axis, OptionalInt without) {
        return without.isPresent() ? trial.scoreWithout()[axis][without.getAsInt()] : trial.score()[axis];
    }

    private static Optional<double[]> noise(List<Trial> chosen, int without, int[] kept, boolean robust) {
        if (!robust) {
            return Optional.empty();
        }
        double[][] standard = new double[AXES][];
        for (int axis = 0; axis < AXES; axis++) {
            standard[axis] = chosen.get(axis).standard()[without][axis];
        }
        return Optional.of(Robust.noise(standard, kept));
    }

    private static double[][] nested(double[] from, double[][] values, List<Trial> trials, Folds folds,
            boolean robust, Work work) {
        int n = folds.of().length;
        double[][] residuals = new double[AXES][n];
        work.map("folds", folds.count(), fold -> {
            List<Trial> chosen = best(trials, OptionalInt.of(fold));
            int[] kept = IntStream.range(0, n).filter(i -> folds.of()[i] != fold).toArray();
            Optional<Transform.Warp> warp = robust
                    ? Optional.of(warp(from, values, kept, chosen, noise(chosen, fold, kept, true)))
                    : Optional.empty();
            for (int i : folds.members(fold)) {
                for (int axis = 0; axis < AXES; axis++) {
                    residuals[axis][i] = warp.isPresent()
                            ? values[axis][i] - field(warp.get(), axis).at(from[3 * i], from[3 * i + 1],
                                    from[3 * i + 2])
                            : chosen.get(axis).residuals()[axis][i];
                }
            }
            return fold;
        });
        return residuals;
    }

    private static ScalarField field(Transform.Warp warp, int axis) {
        return axis == 0 ? warp.x() : axis == 1 ? warp.y() : warp.z();
    }

    /// Fits each axis to some points by the recipe that was chosen for it.
    ///
    /// @param kept indices of these
    /// @param noise of each of these
    private static Transform.Warp warp(double[] from, double[][] values, int[] kept, List<Trial> chosen,
            Optional<double[]> noise) {
        double[] points = new double[AXES * kept.length];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(from, AXES * kept[i], points, AXES * i, AXES);
        }
        Map<Recipe, Smoother> smoothers = new HashMap<>();
        ScalarField[] fields = new ScalarField[AXES];
        for (int axis = 0; axis < AXES; axis++) {
            double[] all = values[axis];
            Smoother smoother = Objects.requireNonNull(smoothers.computeIfAbsent(chosen.get(axis).recipe(),
                    recipe -> Smoother.of(new Gram(points, recipe, Scaling.of(from, recipe.stretch())),
                            recipe.smoothing(), noise)));
            fields[axis] = smoother.field(IntStream.of(kept).mapToDouble(i -> all[i]).toArray());
        }
        return new Transform.Warp(fields[0], fields[1], fields[2]);
    }
}
