package org.neuropil.coregister.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What probabilities said beside what was so.
///
/// @param bins of equal numbers, by rising probability
/// @param expectedError mean over bins of how far the share of what was so is from the mean probability, weighed by their
///        numbers (Naeini et al. 2015, AAAI)
public record Reliability(List<Bin> bins, double expectedError) {
    /// Bins if nothing else is asked for.
    public static final int BINS = 15;

    public Reliability {
        bins = List.copyOf(bins);
    }

    /// Some of the probabilities.
    ///
    /// @param count how many
    /// @param said their mean
    /// @param so share of what was so
    public record Bin(int count, double said, double so) {}

    /// Compares.
    ///
    /// @param said probabilities
    /// @param so whether that came true
    /// @param bins how many, at least 1; fewer if there is less to compare
    public static Reliability of(double[] said, boolean[] so, int bins) {
        int n = said.length;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> said[i]))
                .mapToInt(Integer::intValue).toArray();
        List<Bin> all = new ArrayList<>();
        double error = 0;
        int count = Math.min(bins, n);
        for (int b = 0; b < count; b++) {
            int from = (int) ((long) n * b / count);
            int to = (int) ((long) n * (b + 1) / count);
            double mean = 0;
            double share = 0;
            for (int i = from; i < to; i++) {
                mean += said[order[i]] / (to - from);
                share += (so[order[i]] ? 1.0 : 0) / (to - from);
            }
            all.add(new Bin(to - from, mean, share));
            error += Math.abs(mean - share) * (to - from) / n;
        }
        return new Reliability(all, error);
    }
}
