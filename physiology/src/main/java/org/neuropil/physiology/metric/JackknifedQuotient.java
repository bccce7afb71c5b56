package org.neuropil.physiology.metric;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.physiology.Responses;

/// A quotient of two weighted sums of mean responses, less what few trials push it. The mean of a quotient of noisy sums is
/// not the quotient of their means; the difference falls with the number of trials. How far it does is seen by leaving out one
/// trial after the other (Quenouille 1956), of each condition apart from the others (Arvesen 1969). What is left falls with the
/// square of the number of trials.
final class JackknifedQuotient {
    static final String FORMULA = "J = Q - sum_i (n_i - 1) / n_i sum_k (Q_ik - Q), Q = N / D, Q_ik = Q without the k-th of the n_i trials of "
            + "condition i";
    static final String ALONE = "a trial without which D is not above 1e-12 of itself, or that is the only one of its condition, is "
            + "not left out";
    static final String SOURCE = "V1DD's definition, cross-validated by halves; jackknife of Quenouille 1956 and Arvesen 1969";
    /// Share of D below which it is that of rounding.
    private static final double ROUNDING = 1e-12;

    private final List<Part> parts = new ArrayList<>();
    private double above;
    private double below;

    @SuppressWarnings("ArrayRecordComponent")
    private record Part(double[] trials, double mean, double up, double down) {}

    /// Adds a mean response to both sums.
    ///
    /// @param condition its number; if it is negative or has no trial, the quotient is NaN
    /// @param up weight above the line
    /// @param down weight below it
    void add(Responses responses, int condition, double up, double down) {
        double mean = condition < 0 ? Double.NaN : responses.mean(condition);
        above += up * mean;
        below += down * mean;
        if (!Double.isNaN(mean)) {
            parts.add(new Part(responses.valuesOf(condition), mean, up, down));
        }
    }

    /// The quotient; NaN unless the sum below the line is above 0.
    double value() {
        double quotient = Ratios.over(above, below);
        double corrected = quotient;
        for (Part part : parts) {
            int n = part.trials.length;
            double sum = 0;
            for (int k = 0; k < n && n > 1; k++) {
                double change = (part.mean - part.trials[k]) / (n - 1);
                double without = below + part.down * change;
                if (without > ROUNDING * below) {
                    sum += (above + part.up * change) / without - quotient;
                }
            }
            corrected -= (n - 1.0) / n * sum;
        }
        return corrected;
    }
}
