package org.neuropil.physiology.table;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.neuropil.physiology.Resampled;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.stat.Blocks;
import org.neuropil.physiology.stat.Correlation;
import org.neuropil.physiology.stat.Values;

/// Signal and noise correlations of all cells of two blocks; what [org.neuropil.physiology.metric.TrialCorrelation] gives of each
/// pair. Each is the product of rows that are brought to mean 0 and length 1 before.
final class TrialPairs {
    static final List<String> METRICS = List.of("signal_correlation_pearson", "signal_correlation_spearman",
            "signal_correlation_split", "signal_correlation_disattenuated", "signal_correlation_first_half",
            "noise_correlation", "noise_correlation_second_half");
    private static final int CONDITIONS = 3;
    private static final int TRIALS = 3;

    private final Responses layout;

    /// @param layout the trials' conditions
    TrialPairs(Responses layout) {
        this.layout = layout;
    }

    /// Trials by condition: those of some trials that both blocks have.
    private int[][] trials(int[] shared) {
        int[][] trials = new int[layout.conditions().size()][];
        int[] counts = new int[trials.length];
        for (int t : shared) {
            counts[layout.condition(t)]++;
        }
        for (int c = 0; c < trials.length; c++) {
            trials[c] = new int[counts[c]];
        }
        int[] next = new int[trials.length];
        for (int t : shared) {
            trials[layout.condition(t)][next[layout.condition(t)]++] = t;
        }
        return trials;
    }

    private static int[][] half(int[][] trials, int which) {
        int[][] half = new int[trials.length][];
        for (int c = 0; c < half.length; c++) {
            half[c] = new int[(trials[c].length + 1 - which) / 2];
            for (int i = 0; i < half[c].length; i++) {
                half[c][i] = trials[c][2 * i + which];
            }
        }
        return half;
    }

    /// All figures of each pair: metric by metric, row by row. NaN for those that are not wanted.
    double[][] of(PairBlock one, PairBlock other, boolean[] wanted) {
        int[][] all = trials(one.shared(other));
        int[][] a = half(all, 0);
        int[][] b = half(all, 1);
        double[][] figures = new double[METRICS.size()][];
        for (int m = 0; m < figures.length; m++) {
            figures[m] = wanted[m] ? figure(m, one, other, all, a, b) : nothing();
        }
        return figures;
    }

    private static double[] figure(int metric, PairBlock one, PairBlock other, int[][] all, int[][] a, int[][] b) {
        return switch (metric) {
            case 0 -> signal(one, all, other, all, false);
            case 1 -> signal(one, all, other, all, true);
            case 2 -> split(one, other, a, b);
            case 3 -> disattenuated(one, other, a, b);
            case 4 -> signal(one, a, other, a, false);
            case 5 -> noise(one, other, all);
            default -> noise(one, other, b);
        };
    }

    /// The figures of all draws of trials, as [org.neuropil.physiology.ResponsePair] draws them: by draw, row by row.
    ///
    /// @param metric its place in [#METRICS]
    double[][] draws(PairBlock one, PairBlock other, int metric, MetricTable.Drawing how) {
        int[][] all = trials(one.shared(other));
        SplittableRandom random = new SplittableRandom(how.seed());
        double[][] draws = new double[how.samples()][];
        for (int s = 0; s < draws.length; s++) {
            SplittableRandom own = random.split();
            int[][] places = new int[all.length][];
            for (int c = 0; c < places.length; c++) {
                places[c] = Resampled.draw(IntStream.range(0, all[c].length).toArray(), own);
            }
            draws[s] = figure(metric, one, other, at(all, places, _ -> true), at(all, places, place -> place % 2 == 0),
                    at(all, places, place -> place % 2 == 1));
        }
        return draws;
    }

    /// Some of the drawn trials: copies of a trial are in the half that it is in.
    private static int[][] at(int[][] trials, int[][] places, IntPredicate which) {
        int[][] drawn = new int[trials.length][];
        for (int c = 0; c < drawn.length; c++) {
            int[] of = trials[c];
            drawn[c] = Arrays.stream(places[c]).filter(which).map(place -> of[place]).toArray();
        }
        return drawn;
    }

    /// Multiplications and additions for a pair.
    static double work(String metric, Responses layout) {
        return switch (METRICS.indexOf(metric)) {
            case 2, 3 -> 2.0 * layout.conditions().size();
            case 5 -> layout.trials() + layout.conditions().size();
            case 6 -> layout.trials() / 2.0 + layout.conditions().size();
            default -> layout.conditions().size();
        };
    }

    private static double[] nothing() {
        double[] nothing = new double[Blocks.ROWS * Blocks.ROWS];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    private static double[] split(PairBlock one, PairBlock other, int[][] a, int[][] b) {
        return mean(signal(one, a, other, b, false), signal(one, b, other, a, false));
    }

    private static double[] disattenuated(PairBlock one, PairBlock other, int[][] a, int[][] b) {
        double[] split = split(one, other, a, b);
        double[] figures = new double[split.length];
        double[] ofOne = reliabilities(one, a, b);
        double[] ofOther = reliabilities(other, a, b);
        for (int at = 0; at < figures.length; at++) {
            double first = ofOne[at / Blocks.ROWS];
            double second = ofOther[at % Blocks.ROWS];
            figures[at] = first > Values.ROUNDING && second > Values.ROUNDING
                    ? split[at] / Math.sqrt(first * second)
                    : Double.NaN;
        }
        return figures;
    }

    /// The correlation of each cell's means with its own of the other half.
    private static double[] reliabilities(PairBlock block, int[][] a, int[][] b) {
        int[] conditions = IntStream.range(0, b.length).filter(c -> a[c].length > 0 && b[c].length > 0).toArray();
        double[] found = new double[Blocks.ROWS];
        for (int i = 0; i < block.rows().size(); i++) {
            double[] row = block.rows().get(i);
            found[i] = Correlation.pearson(means(row, a, conditions), means(row, b, conditions), CONDITIONS);
        }
        return found;
    }

    private static double[] mean(double[] one, double[] other) {
        double[] mean = new double[one.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (one[i] + other[i]) / 2;
        }
        return mean;
    }

    /// Of the conditions of which either side has a trial.
    private static double[] signal(PairBlock one, int[][] ofOne, PairBlock other, int[][] ofOther, boolean ranked) {
        int[] conditions = IntStream.range(0, ofOne.length).filter(c -> ofOne[c].length > 0 && ofOther[c].length > 0)
                .toArray();
        if (conditions.length < CONDITIONS) {
            return nothing();
        }
        boolean[] flatOne = new boolean[Blocks.ROWS];
        boolean[] flatOther = new boolean[Blocks.ROWS];
        int[] next = new int[2];
        double[] products = PairBlock.products(one,
                row -> unit(means(row, ofOne, conditions), ranked, flatOne, next[0]++),
                other, row -> unit(means(row, ofOther, conditions), ranked, flatOther, next[1]++), conditions.length);
        for (int i = 0; i < Blocks.ROWS; i++) {
            for (int j = 0; j < Blocks.ROWS; j++) {
                int at = i * Blocks.ROWS + j;
                products[at] = flatOne[i] || flatOther[j] ? Double.NaN : Math.clamp(products[at], -1.0, 1.0);
            }
        }
        return products;
    }

    private static double[] means(double[] row, int[][] trials, int[] conditions) {
        double[] means = new double[conditions.length];
        for (int i = 0; i < means.length; i++) {
            int[] of = trials[conditions[i]];
            double sum = 0;
            for (int t : of) {
                sum += row[t];
            }
            means[i] = sum / of.length;
        }
        return means;
    }

    private static double[] unit(double[] values, boolean ranked, boolean[] flat, int number) {
        flat[number] = Values.isConstant(values);
        return unit(flat[number] ? new double[values.length] : ranked ? Correlation.ranks(values) : values);
    }

    /// With mean 0 and length 1; 0 if it is constant.
    private static double[] unit(double[] values) {
        double mean = Values.mean(values);
        double length = Math.sqrt(Values.squares(values));
        double[] unit = new double[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = length > 0 ? (values[i] - mean) / length : 0;
        }
        return unit;
    }

    /// The mean over conditions of the correlation over trials.
    private static double[] noise(PairBlock one, PairBlock other, int[][] trials) {
        int[][] kept = Arrays.stream(trials).filter(of -> of.length >= TRIALS).toArray(int[][]::new);
        int length = Arrays.stream(kept).mapToInt(of -> of.length).sum();
        if (length == 0) {
            return nothing();
        }
        double[] products = PairBlock.products(one, row -> within(row, kept, length), other,
                row -> within(row, kept, length), length);
        double[] counts = PairBlock.products(one, row -> varies(row, kept), other, row -> varies(row, kept),
                kept.length);
        for (int at = 0; at < products.length; at++) {
            products[at] = counts[at] > 0.5 ? products[at] / counts[at] : Double.NaN;
        }
        return products;
    }

    private static double[] pick(double[] row, int[] trials) {
        double[] picked = new double[trials.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = row[trials[i]];
        }
        return picked;
    }

    private static double[] within(double[] row, int[][] trials, int length) {
        double[] all = new double[length];
        int at = 0;
        for (int[] of : trials) {
            double[] picked = pick(row, of);
            if (!Values.isConstant(picked)) {
                System.arraycopy(unit(picked), 0, all, at, of.length);
            }
            at += of.length;
        }
        return all;
    }

    /// 1 for each condition in which the responses differ.
    private static double[] varies(double[] row, int[][] trials) {
        double[] varies = new double[trials.length];
        for (int c = 0; c < trials.length; c++) {
            varies[c] = Values.isConstant(pick(row, trials[c])) ? 0 : 1;
        }
        return varies;
    }
}
