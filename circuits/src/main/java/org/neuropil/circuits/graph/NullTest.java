package org.neuropil.circuits.graph;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

import org.neuropil.volume.kernel.Parallel;

/// A figure of a graph beside the same figure of graphs from a null model.
///
/// @param observed figure of the measured graph
/// @param mean of the drawn graphs
/// @param deviation standard deviation of the drawn graphs
/// @param z (observed - mean) / deviation; NaN if the figure does not vary
/// @param low the 0.025 quantile of the drawn graphs
/// @param high the 0.975 quantile
/// @param less p value of so small a figure: (1 + number of draws at most as large) / (1 + draws)
/// @param more p value of so large a figure, likewise
/// @param p two-sided: twice the smaller one, at most 1
public record NullTest(double observed, double mean, double deviation, double z, double low, double high, double less,
        double more, double p) {
    /// Tests figures of a graph. Draw number i begins from the seed and i, so that threads do not matter.
    ///
    /// @param figures of a graph, always as many
    /// @param draws at least 1
    /// @param threads at least 1; as many graphs are in memory
    public static NullTest[] run(DirectedGraph graph, NullModel model, Function<DirectedGraph, double[]> figures,
            int draws, long seed, int threads) {
        double[][] drawn = new double[draws][];
        Parallel.run(threads, draws, i -> drawn[i] = figures.apply(model.draw(random(seed, i))));
        double[] observed = figures.apply(graph);
        NullTest[] tests = new NullTest[observed.length];
        for (int k = 0; k < tests.length; k++) {
            double[] values = new double[draws];
            for (int i = 0; i < draws; i++) {
                values[i] = drawn[i][k];
            }
            tests[k] = of(observed[k], values);
        }
        return tests;
    }

    /// Random numbers of one draw; those of different seeds and draws have nothing to do with each other.
    public static SplittableRandom random(long seed, int draw) {
        // Both are mixed: seeds that differ by the generator's own step would give the same numbers, one later.
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ new SplittableRandom(draw).nextLong());
    }

    /// @param values of the null, at least one
    public static NullTest of(double observed, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double sum = 0;
        int atMost = 0;
        int atLeast = 0;
        for (double value : sorted) {
            sum += value;
            atMost += value <= observed ? 1 : 0;
            atLeast += value >= observed ? 1 : 0;
        }
        double mean = sum / n;
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = n > 1 ? Math.sqrt(squares / (n - 1)) : Double.NaN;
        double less = (1.0 + atMost) / (1 + n);
        double more = (1.0 + atLeast) / (1 + n);
        return new NullTest(observed, mean, deviation, deviation > 0 ? (observed - mean) / deviation : Double.NaN,
                quantile(sorted, 0.025), quantile(sorted, 0.975), less, more, Math.min(1, 2 * Math.min(less, more)));
    }

    /// Between the two values around it (numpy's `linear`).
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        double rest = at - below;
        return below + 1 < sorted.length ? sorted[below] * (1 - rest) + sorted[below + 1] * rest : sorted[below];
    }
}
