package org.neuropil.physiology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.stat.Values;

/// How far a figure may be trusted: it is computed again of trials that are drawn anew, with replacement, within each
/// condition (Efron's bootstrap), or of whatever else was measured again and again ([Resampled]). It tells the spread that comes
/// from the choice of trials; a bias stays in it.
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
        return each(trials, List.of(figure), samples, level, seed).getFirst();
    }

    /// As [#of(Resampled, ToDoubleFunction, int, double, long)] gives of each of some figures; trials are drawn once for all.
    /// Nothing is drawn if there are too few ([Resampled#isEnough()]): error and ends are NaN then.
    ///
    /// @param figures what is computed
    /// @return by figure
    public static <T extends Resampled<T>> List<Bootstrap> each(T trials, List<ToDoubleFunction<T>> figures,
            int samples, double level, long seed) {
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples");
        }
        double[][] found = new double[figures.size()][trials.isEnough() ? samples : 0];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < samples && trials.isEnough(); i++) {
            T drawn = trials.resample(random.split());
            for (int f = 0; f < found.length; f++) {
                found[f][i] = figures.get(f).applyAsDouble(drawn);
            }
        }
        List<Bootstrap> each = new ArrayList<>();
        for (int f = 0; f < found.length; f++) {
            each.add(of(figures.get(f).applyAsDouble(trials), found[f], level));
        }
        return each;
    }

    /// What the figures of samples say.
    ///
    /// @param estimate of the trials as they are
    /// @param figures one for each sample; NaN where it is not defined
    /// @param level share of the figures that the interval holds, above 0 and below 1
    public static Bootstrap of(double estimate, double[] figures, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level);
        }
        double[] defined = Values.present(figures);
        Arrays.sort(defined);
        return new Bootstrap(estimate, Values.deviation(defined, 1), Values.quantile(defined, (1 - level) / 2),
                Values.quantile(defined, (1 + level) / 2), defined.length);
    }
}
