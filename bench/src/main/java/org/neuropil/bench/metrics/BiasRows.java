package org.neuropil.bench.metrics;

import java.util.ArrayList;
import java.util.Arrays;
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

    /// Cells of which a cross-validated metric or the share of a test is taken, for each one of others.
    private static final int MANY = 5;

    private final int samples;
    private final long seed;
    private final List<String> rows = new ArrayList<>(
            List.of("metric,cell,trials,true,best,mean,bias,error,spread,undefined"));

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
        return draw(samples, draw);
    }

    /// As many as a bias of less than a hundredth asks for.
    <T> List<T> drawMany(Draw<T> draw) {
        return draw(MANY * samples, draw);
    }

    private <T> List<T> draw(int count, Draw<T> draw) {
        SplittableRandom random = new SplittableRandom(seed);
        List<T> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
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
            double apart = figure.applyAsDouble(drawn.get(i)) - truth;
            found[i] = truth + (circle == 0 ? apart : apart - circle * Math.rint(apart / circle));
        }
        double[] truths = new double[found.length];
        Arrays.fill(truths, truth);
        add(metric, cell, trials, truths, "", found);
    }

    /// Adds a metric whose truth is another one for each drawn cell.
    ///
    /// @param truth of the condition that was chosen
    /// @param best of the best condition
    <T> void add(String metric, String cell, String trials, ToDoubleFunction<T> truth, double best, List<T> drawn,
            ToDoubleFunction<T> figure) {
        add(metric, cell, trials, drawn.stream().mapToDouble(truth).toArray(), number(best),
                drawn.stream().mapToDouble(figure).toArray());
    }

    private void add(String metric, String cell, String trials, double[] truths, String best, double[] found) {
        double[] differences = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            differences[i] = found[i] - truths[i];
            // The truth of those cells that have a figure.
            truths[i] = Double.isNaN(found[i]) ? Double.NaN : truths[i];
        }
        double[] known = Values.present(differences);
        rows.add(String.join(",", metric, cell, trials, number(Values.mean(truths)), best, number(Values.mean(found)),
                number(Values.mean(known)), number(Values.deviation(known, 1) / Math.sqrt(known.length)),
                number(Values.deviation(found, 1)), number(1 - known.length / (double) found.length)));
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "nan"
                : String.format(Locale.ROOT, "%.4f", value + 0.0).replaceAll("^-0\\.0000$", "0.0000");
    }
}
