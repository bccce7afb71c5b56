package org.neuropil.physiology.decode;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.neuropil.space.InputException;

/// Linear discriminant analysis. Classes are Gaussians of one covariance: the sum of the covariances of the classes, each
/// shrunk by itself and weighted by the class's share of trials, which is its prior, too. With covariance S, means m and
/// shares q the score of class k for responses x is `x' S^-1 m_k - m_k' S^-1 m_k / 2 + log q_k`.
///
/// A class's covariance is shrunk in units of the standard deviation of each cell within the class (1 for a cell that is
/// constant): `(1 - s) C + s mu I` with `mu` the mean of the diagonal of C, and s after Ledoit and Wolf, *A well-conditioned
/// estimator for large-dimensional covariance matrices*, 2004. With one cell s is 0. What scikit-learn calls
/// `LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")`.
public record Lda() implements Decoder {
    /// A shrinkage below this is rounding's: two trials of a class have none.
    private static final double ROUNDING = 1e-13;

    @Override
    public Trained train(double[][] rows, int[] labels, int classes) {
        int p = rows[0].length;
        double[][] spread = new double[rows.length][];
        double[] diagonal = new double[p];
        double[][] means = new double[classes][];
        double[] offsets = new double[classes];
        Arrays.fill(offsets, Double.NEGATIVE_INFINITY);
        boolean several = false;
        for (int k = 0; k < classes; k++) {
            int label = k;
            int[] of = IntStream.range(0, rows.length).filter(t -> labels[t] == label).toArray();
            means[k] = new double[0];
            if (of.length > 0) {
                several |= of.length > 1;
                offsets[k] = StrictMath.log((double) of.length / rows.length);
                means[k] = add(rows, of, spread, diagonal);
            }
        }
        if (!several) {
            throw new InputException("no class has two trials to learn from", "trials",
                    "give more trials of a condition, or more folds");
        }
        int[] learned = IntStream.range(0, classes).filter(k -> means[k].length > 0).toArray();
        double[][] solved = Covariance.solve(diagonal, spread, IntStream.of(learned).mapToObj(k -> means[k])
                .toArray(double[][]::new));
        double[][] weights = new double[classes][0];
        for (int i = 0; i < learned.length; i++) {
            int k = learned[i];
            weights[k] = solved[i];
            offsets[k] -= Linear.dot(means[k], weights[k]) / 2;
        }
        return new Linear(weights, offsets);
    }

    /// Adds a class to the covariance `diagonal + spread' spread`.
    ///
    /// @return its mean
    private static double[] add(double[][] rows, int[] of, double[][] spread, double[] diagonal) {
        double[][] own = IntStream.of(of).mapToObj(t -> rows[t]).toArray(double[][]::new);
        Standardisation units = Standardisation.of(own);
        double[][] standard = units.apply(own);
        double share = (double) of.length / rows.length;
        double level = level(standard);
        double shrinkage = shrinkage(standard, level);
        double[] scales = units.scales();
        double weight = Math.sqrt((1 - shrinkage) / rows.length);
        for (int i = 0; i < of.length; i++) {
            double[] row = standard[i];
            for (int j = 0; j < row.length; j++) {
                row[j] *= scales[j] * weight;
            }
            spread[of[i]] = row;
        }
        for (int j = 0; j < diagonal.length; j++) {
            diagonal[j] += share * shrinkage * level * scales[j] * scales[j];
        }
        return units.means();
    }

    /// The mean of the covariance's diagonal.
    ///
    /// @param rows trials x cells, of mean 0
    static double level(double[][] rows) {
        double sum = 0;
        for (double[] row : rows) {
            sum += Linear.dot(row, row);
        }
        return sum / rows.length / rows[0].length;
    }

    /// Ledoit and Wolf's shrinkage, 0 to 1. Of the covariance no more is needed than its squared norm, which is that of the
    /// products of trials, if these are fewer than cells.
    ///
    /// @param rows trials x cells, of mean 0
    /// @param level the mean of the covariance's diagonal
    static double shrinkage(double[][] rows, double level) {
        int n = rows.length;
        int p = rows[0].length;
        if (p == 1) {
            return 0;
        }
        double fourth = 0;
        for (double[] row : rows) {
            double norm = Linear.dot(row, row);
            fourth += norm * norm;
        }
        double squares = squaredNorm(n <= p ? rows : transposed(rows));
        squares /= (double) n * n;
        double error = (fourth / n - squares) / ((double) p * n);
        double distance = (squares - p * level * level) / p;
        return !(error > ROUNDING * squares / p) || distance <= 0 ? 0 : Math.min(error, distance) / distance;
    }

    /// The sum of the squares of products of all pairs of rows.
    private static double squaredNorm(double[][] rows) {
        double sum = 0;
        for (int a = 0; a < rows.length; a++) {
            double own = Linear.dot(rows[a], rows[a]);
            sum += own * own;
            for (int b = 0; b < a; b++) {
                double product = Linear.dot(rows[a], rows[b]);
                sum += 2 * product * product;
            }
        }
        return sum;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int t = 0; t < rows.length; t++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][t] = rows[t][j];
            }
        }
        return columns;
    }
}
