package org.neuropil.coregister;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.fit.Recipes;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// How landmarks are fitted, in the words of command line and HTTP.
///
/// @param first space of the points that stand first: `em` or `two-photon`
/// @param em unit of points in EM: `nm`, `um`, `mm`, or the size of a voxel, as `4x4x40nm`
/// @param twoPhoton unit of points in the two-photon stack, likewise
/// @param mirrorY in µm, if y of the two-photon stack is counted from the other end
/// @param kernels names of those that are tried, as `r` or `matern3:0.5`
/// @param orders of polynomials that are tried, 0 to 3
/// @param smoothings that are tried, at least 0
/// @param stretches that are tried, as `1,3,3`
/// @param folds of the cross-validation, 2 to 1000
/// @param seed of the folds
/// @param equalWeights true to trust all landmarks alike
public record FitWords(String first, String em, String twoPhoton, Optional<Double> mirrorY, List<String> kernels,
        List<Integer> orders, List<Double> smoothings, List<String> stretches, int folds, long seed,
        boolean equalWeights) {
    /// Folds if nothing else is said.
    public static final int FOLDS = 20;
    /// Seed if nothing else is said.
    public static final long SEED = 1;
    private static final int MOST_FOLDS = 1000;
    /// A kilometre, in µm.
    private static final double LONGEST = 1e9;

    /// Copies.
    public FitWords {
        kernels = List.copyOf(kernels);
        orders = List.copyOf(orders);
        smoothings = List.copyOf(smoothings);
        stretches = List.copyOf(stretches);
    }

    /// What they mean. The standard recipes are tried if none of their parts is named.
    ///
    /// @throws InputException if a word means nothing; its place is the option, `--em` and so on
    public Settings settings() {
        if (folds < 2 || folds > MOST_FOLDS) {
            throw new InputException(folds + " is not one of 2 to " + MOST_FOLDS, "--folds", "20 is usual");
        }
        return new Settings(Space.parse(first, "--first"), PointUnit.parse(em, "--em"),
                PointUnit.parse(twoPhoton, "--two-photon"), mirror(mirrorY), recipes(), folds, seed, !equalWeights);
    }

    /// Where y is mirrored.
    ///
    /// @throws InputException if it is no length
    static OptionalDouble mirror(Optional<Double> top) {
        if (top.isPresent() && !(Math.abs(top.get()) <= LONGEST)) {
            throw new InputException(top.get() + " is no length in um", "--mirror-y",
                    "give where y is counted from, at most " + LONGEST);
        }
        return top.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private List<Recipe> recipes() {
        if (kernels.isEmpty() && orders.isEmpty() && smoothings.isEmpty() && stretches.isEmpty()) {
            return Recipes.STANDARD;
        }
        for (int order : orders) {
            if (order < 0 || order > 3) {
                throw new InputException(order + " is not one of 0 to 3", "--order", "1 is affine");
            }
        }
        for (double smoothing : smoothings) {
            if (!(smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY)) {
                throw new InputException(smoothing + " is not at least 0", "--smoothing", "");
            }
        }
        List<Kernel> tried = kernels.stream().map(name -> Kernel.parse(name, "--kernel")).toList();
        return Recipes.grid(tried.isEmpty() ? Recipes.KERNELS : tried, orders.isEmpty() ? Recipes.ORDERS : orders,
                smoothings.isEmpty() ? Recipes.SMOOTHINGS : smoothings,
                stretches.isEmpty() ? Recipes.STRETCHES : stretches.stream().map(FitWords::stretch).toList());
    }

    private static Point3 stretch(String text) {
        String[] words = text.split(",", -1);
        try {
            if (words.length == 3) {
                Point3 stretch = new Point3(Double.parseDouble(words[0]), Double.parseDouble(words[1]),
                        Double.parseDouble(words[2]));
                return Recipe.spline(new Kernel.Power(1), 1, 0).with(stretch).stretch();
            }
        } catch (IllegalArgumentException e) {
            throw new InputException("'" + CsvText.shown(text) + "' is not three numbers above zero, as 1,3,3",
                    "--stretch", "", e);
        }
        throw new InputException("'" + CsvText.shown(text) + "' is not three numbers, as 1,3,3", "--stretch", "");
    }
}
