package org.neuropil.physiology;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.stat.Values;

/// How far a figure may be trusted: it is computed again of trials that are drawn anew, with replacement, within each
/// condition (Efron's bootstrap). It tells the spread that comes from the choice of trials; a bias stays in it.
///
/// @param estimate of the trials as they are
/// @param standardError standard deviation of the figures
/// @param low lower end of the percentile interval
/// @param high upper end of it
/// @param defined of how many samples the figure is a number
public record Bootstrap(double estimate, double standardError, double low, double high, int defined) {
    /// Draws trials, and computes.
    ///
    /// @param trials what to draw from
    /// @param figure what is computed
    /// @param samples how often, at least 1
    /// @param level share of the figures that the interval holds, for example 0.95
    /// @param seed another one draws other trials; each sample has a generator of its own, split from the seed's
    /// @param <T> kind of trials
    public static <T extends Resampled<T>> Bootstrap of(T trials, ToDoubleFunction<T> figure, int samples,
            double level, long seed) {
        if (samples < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(samples + " samples, level " + level);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] figures = new double[samples];
        for (int i = 0; i < samples; i++) {
            figures[i] = figure.applyAsDouble(trials.resample(random.split()));
        }
        double[] defined = Values.present(figures);
        Arrays.sort(defined);
        return new Bootstrap(figure.applyAsDouble(trials), Values.deviation(defined, 1),
                Values.quantile(defined, (1 - level) / 2), Values.quantile(defined, (1 + level) / 2), defined.length);
    }
}
