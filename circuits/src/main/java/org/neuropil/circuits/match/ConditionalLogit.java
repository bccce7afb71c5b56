package org.neuropil.circuits.match;

import java.util.Arrays;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.neuropil.volume.kernel.Parallel;

/// Which of some alternatives is chosen, by their features: the probability of one is exp(w · x) over the sum of that of all of
/// its choice (McFadden 1974). The weights are those of the largest likelihood less a ridge, found by Newton's method.
final class ConditionalLogit {
    private static final int STEPS = 50;
    private static final int HALVINGS = 40;
    private static final double STILL = 1e-8;
    private static final int CHOICES_OF_A_PART = 64;

    private final int features;
    private final double[][] x;
    private final int[] chosen;
    private final double ridge;
    private final int threads;

    /// Log likelihood with its slope and curvature.
    private record Value(double value, double[] slope, double[] bend) {}

    private ConditionalLogit(int features, double[][] x, int[] chosen, double ridge, int threads) {
        this.features = features;
        this.x = x;
        this.chosen = chosen;
        this.ridge = ridge;
        this.threads = threads;
    }

    /// Finds the weights.
    ///
    /// @param features number of features
    /// @param x of each choice: the features of its alternatives, one after the other
    /// @param chosen the alternative that was chosen in each
    /// @param ridge half of it times the sum of the squares of all weights is taken from the log likelihood; above 0
    static double[] fit(int features, double[][] x, int[] chosen, double ridge, int threads) {
        return new ConditionalLogit(features, x, chosen, ridge, threads).fit();
    }

    private double[] fit() {
        double[] w = new double[features];
        Value at = value(w);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(features);
        for (int step = 0; step < STEPS; step++) {
            DMatrixRMaj change = new DMatrixRMaj(features, 1);
            if (!solver.setA(new DMatrixRMaj(features, features, true, at.bend))) {
                return w;
            }
            solver.solve(new DMatrixRMaj(features, 1, true, at.slope.clone()), change);
            double gain = 0;
            for (int f = 0; f < features; f++) {
                gain += change.data[f] * at.slope[f];
            }
            if (gain < STILL) {
                return w;
            }
            double share = 1;
            for (int halving = 0; halving < HALVINGS; halving++, share /= 2) {
                double[] tried = w.clone();
                for (int f = 0; f < features; f++) {
                    tried[f] += share * change.data[f];
                }
                Value found = value(tried);
                if (found.value > at.value) {
                    w = tried;
                    at = found;
                    break;
                }
                if (halving == HALVINGS - 1) {
                    return w;
                }
            }
        }
        return w;
    }

    private Value value(double[] w) {
        int parts = (x.length + CHOICES_OF_A_PART - 1) / CHOICES_OF_A_PART;
        Value[] values = new Value[parts];
        Parallel.run(threads, parts, part -> values[part] = part(w, part * CHOICES_OF_A_PART,
                Math.min(x.length, (part + 1) * CHOICES_OF_A_PART)));
        double sum = 0;
        double[] slope = new double[features];
        double[] bend = new double[features * features];
        for (int f = 0; f < features; f++) {
            sum -= ridge * w[f] * w[f] / 2;
            slope[f] = -ridge * w[f];
            bend[f * features + f] = ridge;
        }
        for (Value value : values) {
            sum += value.value;
            for (int f = 0; f < features; f++) {
                slope[f] += value.slope[f];
            }
            for (int f = 0; f < bend.length; f++) {
                bend[f] += value.bend[f];
            }
        }
        for (int f = 0; f < features; f++) {
            for (int g = 0; g < f; g++) {
                bend[g * features + f] = bend[f * features + g];
            }
        }
        return new Value(sum, slope, bend);
    }

    /// Of some choices; of the curvature the half below the diagonal.
    private Value part(double[] w, int begin, int end) {
        double sum = 0;
        double[] slope = new double[features];
        double[] bend = new double[features * features];
        double[] mean = new double[features];
        for (int c = begin; c < end; c++) {
            double[] p = probabilities(w, x[c]);
            sum += StrictMath.log(Math.max(p[chosen[c]], Double.MIN_NORMAL));
            Arrays.fill(mean, 0);
            for (int a = 0; a < p.length; a++) {
                int at = a * features;
                for (int f = 0; f < features; f++) {
                    mean[f] += p[a] * x[c][at + f];
                }
            }
            for (int f = 0; f < features; f++) {
                slope[f] += x[c][chosen[c] * features + f] - mean[f];
            }
            for (int a = 0; a < p.length; a++) {
                int at = a * features;
                for (int f = 0; f < features; f++) {
                    double d = p[a] * (x[c][at + f] - mean[f]);
                    for (int g = 0; g <= f; g++) {
                        bend[f * features + g] += d * (x[c][at + g] - mean[g]);
                    }
                }
            }
        }
        return new Value(sum, slope, bend);
    }

    /// Of the alternatives of one choice.
    static double[] probabilities(double[] w, double[] x) {
        double[] p = new double[x.length / w.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < p.length; a++) {
            for (int f = 0; f < w.length; f++) {
                p[a] += w[f] * x[a * w.length + f];
            }
            most = Math.max(most, p[a]);
        }
        double sum = 0;
        for (int a = 0; a < p.length; a++) {
            p[a] = StrictMath.exp(p[a] - most);
            sum += p[a];
        }
        for (int a = 0; a < p.length; a++) {
            p[a] /= sum;
        }
        return p;
    }
}
