package org.neuropil.bench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.stat.Values;

/// What a table of biases is made of.
final class BiasRows {
    /// Degrees around which these go.
    private static final Map<String, Double> CIRCLES = Map.of("preferred_direction", 360.0,
            "mean_preferred_direction", 360.0, "mean_preferred_orientation", 180.0, "preferred_direction_fit", 360.0);

    private final int samples;
    private final long seed;
    private final List<String> rows = new ArrayList<>(
            List.of("metric,cell,trials,true,mean,bias,error,spread,undefined"));

    BiasRows(int samples, long seed) {
        this.samples = samples;
        this.seed = seed;
    }

    List<String> rows() {
        return List.copyOf(rows);
    }

    /// Makes cells at random.
    @FunctionalInterface
    interface Draw<T> {
        T draw(SplittableRandom random);
    }

    /// Draws cells; equal calls draw equal cells.
    <T> List<T> draw(Draw<T> draw) {
        SplittableRandom random = new SplittableRandom(seed);
        List<T> drawn = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            drawn.add(draw.draw(random.split()));
        }
        return drawn;
    }

    /// Adds a metric of drawn cells.
    ///
    /// @param truth what it would be with very many trials
    <T> void add(String metric, String cell, String trials, double truth, List<T> drawn, ToDoubleFunction<T> figure) {
        double[] found = new double[drawn.size()];
        double circle = CIRCLES.getOrDefault(metric, 0.0);
        for (int i = 0; i < found.length; i++) {
            double value = figure.applyAsDouble(drawn.get(i));
            double apart = value - truth;
            found[i] = circle == 0 ? apart : apart - circle * Math.rint(apart / circle);
        }
        double[] known = Values.present(found);
        double bias = Values.mean(known);
        double spread = Values.deviation(known, 1);
        rows.add(String.join(",", metric, cell, trials, number(truth), number(truth + bias), number(bias),
                number(spread / Math.sqrt(known.length)), number(spread),
                number(1 - known.length / (double) found.length)));
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "nan"
                : String.format(Locale.ROOT, "%.4f", value + 0.0).replaceAll("^-0\\.0000$", "0.0000");
    }
}
