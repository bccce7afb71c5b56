package org.neuropil.coregister.fit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Scaling;
import org.neuropil.coregister.transform.Terms;

/// What of a linear system depends on where the points are and on all of a recipe but its smoothing: the kernels of all
/// pairs, in coordinates that part polynomials from the rest.
final class Gram {
    private final double[] points;
    private final Recipe recipe;
    private final Scaling scaling;
    private final Reflections reflections;
    // n x n, row by row, reflected; empty if there is neither kernel nor ridge.
    private final Optional<double[]> matrix;

    /// @param points x, y, z of each
    /// @throws org.neuropil.space.InputException if they do not determine the polynomial
    Gram(double[] points, Recipe recipe) {
        this(points, recipe, Scaling.of(points, recipe.stretch()));
    }

    /// As above.
    ///
    /// @param scaling in place of that of the points
    Gram(double[] points, Recipe recipe, Scaling scaling) {
        this.points = points;
        this.recipe = recipe;
        this.scaling = scaling;
        double[][] terms = terms(points, scaling, recipe.order());
        int free = Terms.count(recipe.freeOrder());
        Optional<double[]> pairs = pairs(terms, free);
        double[][] nullSpace = new double[free][];
        System.arraycopy(terms, 0, nullSpace, 0, free);
        this.reflections = new Reflections(nullSpace, size());
        pairs.ifPresent(reflections::applyBothSides);
        this.matrix = pairs;
    }

    int size() {
        return points.length / 3;
    }

    double[] points() {
        return points;
    }

    Recipe recipe() {
        return recipe;
    }

    Scaling scaling() {
        return scaling;
    }

    Reflections reflections() {
        return reflections;
    }

    Optional<double[]> matrix() {
        return matrix;
    }

    /// True if two points lie in the same place.
    boolean hasTwins() {
        Set<Point3> places = new HashSet<>();
        for (int i = 0; i < points.length; i += 3) {
            if (!places.add(new Point3(points[i], points[i + 1], points[i + 2]))) {
                return true;
            }
        }
        return false;
    }

    /// Values of each term at all points.
    static double[][] terms(double[] points, Scaling scaling, int order) {
        int n = points.length / 3;
        double[][] columns = new double[Terms.count(order)][n];
        double[] values = new double[columns.length];
        for (int i = 0; i < n; i++) {
            Point3 at = scaling.apply(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
            Terms.values(at, order, values);
            for (int j = 0; j < values.length; j++) {
                columns[j][i] = values[j];
            }
        }
        return columns;
    }

    private Optional<double[]> pairs(double[][] terms, int free) {
        if (recipe.kernel().isEmpty() && terms.length == free) {
            return Optional.empty();
        }
        int n = size();
        double[] pairs = new double[Math.multiplyExact(n, n)];
        recipe.kernel().ifPresent(kernel -> addKernels(pairs, kernel));
        for (int t = free; t < terms.length; t++) {
            // A penalty on a coefficient is a prior on it: the term's values at two points vary together.
            double[] column = terms[t];
            for (int i = 0; i < n; i++) {
                double factor = column[i] / recipe.ridge();
                for (int k = 0; k < n; k++) {
                    pairs[i * n + k] += factor * column[k];
                }
            }
        }
        return Optional.of(pairs);
    }

    private void addKernels(double[] pairs, Kernel kernel) {
        int n = size();
        Point3 scale = scaling.scale();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                double dx = (points[3 * i] - points[3 * k]) / scale.x();
                double dy = (points[3 * i + 1] - points[3 * k + 1]) / scale.y();
                double dz = (points[3 * i + 2] - points[3 * k + 2]) / scale.z();
                double value = kernel.at(Math.sqrt(dx * dx + dy * dy + dz * dz));
                pairs[i * n + k] = value;
                pairs[k * n + i] = value;
            }
        }
    }
}
