package org.neuropil.circuits.model;

import java.util.Arrays;

/// The log likelihood of a model with a random intercept for each group, in which the integral over an intercept is Laplace's
/// approximation at its mode. Intercepts are `sigma` times a standard normal number, so that the approximation is smooth at
/// `sigma` 0, and the same for `-sigma`.
///
/// Parameters in this order: a coefficient for each column, `sigma`, the free parameters of the family.
final class Laplace {
    private static final int MOST_STEPS = 100;
    private static final double MODE = 1e-11;
    private static final double STEP = 1e-5;

    private final Grouped data;
    private final Family family;
    private final int columns;
    /// Modes of the last evaluation, where the next begins.
    private final double[] modes;
    private final double[] at = new double[4];

    Laplace(Grouped data, Family family) {
        this.data = data;
        this.family = family;
        columns = data.columns();
        modes = new double[data.groups()];
    }

    int parameters() {
        return columns + 1 + family.shapes();
    }

    /// @param gradient takes the derivatives for coefficients and sigma; those for the family are not touched
    private double value(double[] parameters, double[] gradient) {
        double sigma = parameters[columns];
        double[] shape = family.shape(Arrays.copyOfRange(parameters, columns + 1, parameters.length));
        Arrays.fill(gradient, 0, columns + 1, 0);
        double sum = family.constant(data.y(), shape);
        for (int group = 0; group < data.groups(); group++) {
            sum += group(group, parameters, sigma, shape, gradient);
        }
        return sum;
    }

    private double group(int group, double[] beta, double sigma, double[] shape, double[] gradient) {
        int from = data.start(group);
        int to = data.start(group + 1);
        double[] predictors = new double[to - from];
        for (int row = from; row < to; row++) {
            predictors[row - from] = data.predictor(row, beta);
        }
        double u = mode(group, from, predictors, sigma, shape);
        double value = -u * u / 2;
        double first = 0;
        double second = 0;
        double third = 0;
        double[] seconds = new double[columns];
        double[] thirds = new double[columns];
        for (int row = from; row < to; row++) {
            family.at(data.y(row), predictors[row - from] + sigma * u, shape, at);
            value += at[0];
            first += at[1];
            second += at[2];
            third += at[3];
            for (int k = 0; k < columns; k++) {
                double x = data.x(row, k);
                gradient[k] += at[1] * x;
                seconds[k] += at[2] * x;
                thirds[k] += at[3] * x;
            }
        }
        // Minus the second derivative at the mode, which moves with the parameters.
        double curve = 1 - sigma * sigma * second;
        double curveByMode = -sigma * sigma * sigma * third;
        for (int k = 0; k < columns; k++) {
            double modeBy = sigma * seconds[k] / curve;
            gradient[k] -= (-sigma * sigma * thirds[k] + curveByMode * modeBy) / (2 * curve);
        }
        double modeBySigma = (first + sigma * u * second) / curve;
        gradient[columns] += u * first
                - (-2 * sigma * second - sigma * sigma * u * third + curveByMode * modeBySigma) / (2 * curve);
        return value - Math.log(curve) / 2;
    }

    /// By Newton's steps, halved while they do not lead upwards.
    private double mode(int group, int from, double[] predictors, double sigma, double[] shape) {
        if (sigma == 0) {
            return 0;
        }
        double u = modes[group];
        double now = posterior(from, predictors, sigma, shape, u);
        if (!Double.isFinite(now)) {
            u = 0;
            now = posterior(from, predictors, sigma, shape, u);
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            double slope = -u;
            double curve = 1;
            for (int i = 0; i < predictors.length; i++) {
                family.at(data.y(from + i), predictors[i] + sigma * u, shape, at);
                slope += sigma * at[1];
                curve -= sigma * sigma * at[2];
            }
            double move = slope / curve;
            double next = posterior(from, predictors, sigma, shape, u + move);
            while (!(next >= now - 1e-12 * Math.abs(now)) && Math.abs(move) > MODE) {
                move /= 2;
                next = posterior(from, predictors, sigma, shape, u + move);
            }
            u += move;
            now = next;
            if (Math.abs(move) <= MODE * (1 + Math.abs(u))) {
                break;
            }
        }
        modes[group] = u;
        return u;
    }

    private double posterior(int from, double[] predictors, double sigma, double[] shape, double u) {
        double sum = -u * u / 2;
        for (int i = 0; i < predictors.length; i++) {
            family.at(data.y(from + i), predictors[i] + sigma * u, shape, at);
            sum += at[0];
        }
        return sum;
    }

    /// The value, and the derivatives for all parameters.
    double withGradient(double[] parameters, double[] gradient) {
        double value = value(parameters, gradient);
        double[] unused = new double[parameters.length];
        for (int k = columns + 1; k < parameters.length; k++) {
            double[] moved = parameters.clone();
            moved[k] = parameters[k] + STEP;
            double more = value(moved, unused);
            moved[k] = parameters[k] - STEP;
            gradient[k] = (more - value(moved, unused)) / (2 * STEP);
        }
        return value;
    }

    /// Second derivatives, from differences of the first.
    double[][] curvature(double[] parameters) {
        int n = parameters.length;
        double[][] second = new double[n][n];
        double[] more = new double[n];
        double[] less = new double[n];
        for (int k = 0; k < n; k++) {
            double[] moved = parameters.clone();
            double step = 1e-4 * Math.max(1e-2, Math.abs(parameters[k]));
            moved[k] = parameters[k] + step;
            withGradient(moved, more);
            moved[k] = parameters[k] - step;
            withGradient(moved, less);
            for (int l = 0; l < n; l++) {
                second[k][l] = (more[l] - less[l]) / (2 * step);
            }
        }
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < k; l++) {
                second[k][l] = second[l][k] = (second[k][l] + second[l][k]) / 2;
            }
        }
        return second;
    }
}
