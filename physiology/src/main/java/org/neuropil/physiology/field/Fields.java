package org.neuropil.physiology.field;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.SpontaneousNull;

/// What is known of a cell's receptive field by all methods: for each square, white ones first, then black ones.
///
/// - *Fraction map*: the share of the sweeps showing a square whose response is above the 95th percentile of spontaneous
///   activity.
/// - *Spike-triggered average* (here: the mean response to the sweeps that show a square) against random sets of as many
///   sweeps. The published method draws 5,000 sets and takes the share that reaches the mean, 0 if none does: 224 squares
///   tested so find a field by chance in `1 - (1 - 1/5001)^224` = 4.4 % of cells that have none, whatever the level below
///   that. So there is a second one: p = (sets that reach it + 1) / (sets + 1), which is never too small (Phipson and Smyth
///   2010), with 50,000 sets for squares that less than 0.3 % of the first 5,000 reach.
public final class Fields {
    /// Share of null windows above which a sweep counts, from the top.
    static final double PERCENTILE = 0.95;
    /// Sets of the first [SweepSets#FEW] that may reach a mean for which more sets are drawn.
    static final int RARE = 15;
    /// Sums are equal if they differ by less than this share of the larger: they are added in different orders.
    static final double ROUNDING = 1e-12;

    private final Grid grid;
    private final double[] fractions;
    private final double[] means;
    private final double[] counted;
    private final double[] tested;
    private final @Nullable Field[] fields = new @Nullable Field[Rule.values().length];

    /// Which squares are in the field.
    public enum Rule {
        /// Those of the fraction map that reach 0.25.
        FRACTION,
        /// Those whose mean is significant at 0.05, of all squares together (Holm and Šidák).
        STA,
        /// The same at 0.01.
        STA_STRICT,
        /// As [#STA], with the share of 5,000 sets as p.
        STA_COUNTED,
        /// As [#STA_STRICT], with the share of 5,000 sets as p.
        STA_COUNTED_STRICT
    }

    /// All, computed elsewhere.
    ///
    /// @param counted the share of 5,000 sets
    /// @param tested the second p
    Fields(Grid grid, double[] fractions, double[] means, double[] counted, double[] tested) {
        this.grid = grid;
        this.fractions = fractions;
        this.means = means;
        this.counted = counted;
        this.tested = tested;
    }

    /// Computes all.
    ///
    /// @param chance windows of spontaneous activity as long as a sweep's
    public static Fields of(NoiseResponses responses, SpontaneousNull chance, SweepSets sets) {
        int squares = 2 * responses.grid().squares();
        double limit = chance.quantile(PERCENTILE);
        double[] fractions = new double[squares];
        double[] means = new double[squares];
        double scale = 0;
        for (int s = 0; s < responses.sweeps(); s++) {
            scale += Math.abs(responses.value(s));
        }
        double[] least = new double[squares];
        for (int i = 0; i < squares; i++) {
            double sum = responses.sum(i);
            fractions[i] = responses.above(i, limit);
            means[i] = responses.shown(i) == 0 ? Double.NaN : sum / responses.shown(i);
            least[i] = sum - ROUNDING * scale;
        }
        int[] shown = IntStream.range(0, squares).filter(i -> responses.shown(i) > 0).toArray();
        int[] reached = reached(responses, least, shown, sets, SweepSets.FEW);
        int[] rare = IntStream.of(shown).filter(i -> reached[i] <= RARE).toArray();
        int[] again = reached(responses, least, rare, sets, SweepSets.MANY);
        double[] counted = new double[squares];
        double[] tested = new double[squares];
        Arrays.fill(counted, Double.NaN);
        Arrays.fill(tested, Double.NaN);
        for (int i : shown) {
            counted[i] = reached[i] / (double) SweepSets.FEW;
            tested[i] = (reached[i] + 1.0) / (SweepSets.FEW + 1);
        }
        for (int i : rare) {
            tested[i] = (again[i] + 1.0) / (SweepSets.MANY + 1);
        }
        return new Fields(responses.grid(), fractions, means, counted, tested);
    }

    /// How many random sets, each as large as the square's own, have a sum that reaches the square's.
    private static int[] reached(NoiseResponses responses, double[] least, int[] which, SweepSets sets, int draws) {
        int[] counts = new int[least.length];
        int[] bySize = IntStream.of(which).boxed().sorted(Comparator.comparing(responses::shown))
                .mapToInt(Integer::intValue).toArray();
        if (bySize.length == 0) {
            return counts;
        }
        double[] values = new double[responses.sweeps()];
        for (int s = 0; s < values.length; s++) {
            values[s] = responses.value(s);
        }
        int[] sizes = IntStream.of(bySize).map(responses::shown).toArray();
        int longest = sizes[sizes.length - 1];
        char[] drawn = sets.of(values.length, longest, draws);
        int stride = SweepSets.stride(values.length, longest);
        int[] found = new int[sizes.length];
        double[] limits = IntStream.of(bySize).mapToDouble(i -> least[i]).toArray();
        // Sums of four sets grow side by side: one alone waits for each addition.
        int set = 0;
        for (; set + 4 <= draws; set += 4) {
            int a = set * stride;
            int b = a + stride;
            int c = b + stride;
            int d = c + stride;
            double ofA = 0;
            double ofB = 0;
            double ofC = 0;
            double ofD = 0;
            int k = 0;
            for (int i = 0; i < sizes.length; i++) {
                for (; k < sizes[i]; k++) {
                    ofA += values[drawn[a + k]];
                    ofB += values[drawn[b + k]];
                    ofC += values[drawn[c + k]];
                    ofD += values[drawn[d + k]];
                }
                double limit = limits[i];
                found[i] += (ofA >= limit ? 1 : 0) + (ofB >= limit ? 1 : 0) + (ofC >= limit ? 1 : 0)
                        + (ofD >= limit ? 1 : 0);
            }
        }
        for (; set < draws; set++) {
            double sum = 0;
            int at = set * stride;
            int k = 0;
            for (int i = 0; i < sizes.length; i++) {
                for (; k < sizes[i]; k++) {
                    sum += values[drawn[at + k]];
                }
                found[i] += sum >= limits[i] ? 1 : 0;
            }
        }
        for (int i = 0; i < found.length; i++) {
            counts[bySize[i]] = found[i];
        }
        return counts;
    }

    /// The field by a rule.
    public Field field(Rule rule) {
        Field known = fields[rule.ordinal()];
        if (known == null) {
            known = made(rule);
            fields[rule.ordinal()] = known;
        }
        return known;
    }

    private Field made(Rule rule) {
        return new Field(grid, switch (rule) {
            case FRACTION -> {
                boolean[] passing = new boolean[fractions.length];
                for (int i = 0; i < passing.length; i++) {
                    passing[i] = fractions[i] >= 0.25;
                }
                yield passing;
            }
            case STA -> holmSidak(tested, 0.05);
            case STA_STRICT -> holmSidak(tested, 0.01);
            case STA_COUNTED -> holmSidak(counted, 0.05);
            case STA_COUNTED_STRICT -> holmSidak(counted, 0.01);
        });
    }

    /// Which of several probabilities are significant together: in their order, the k-th smallest of m is as long as it and
    /// all before it are at most `1 - (1 - alpha)^(1 / (m - k + 1))`. NaN is not tested.
    static boolean[] holmSidak(double[] p, double alpha) {
        int[] order = IntStream.range(0, p.length).filter(i -> !Double.isNaN(p[i])).boxed()
                .sorted(Comparator.comparingDouble(i -> p[i])).mapToInt(Integer::intValue).toArray();
        boolean[] significant = new boolean[p.length];
        for (int k = 0; k < order.length; k++) {
            if (p[order[k]] > -StrictMath.expm1(StrictMath.log1p(-alpha) / (order.length - k))) {
                break;
            }
            significant[order[k]] = true;
        }
        return significant;
    }

    /// The fraction map; NaN where a square was not shown, or there is no spontaneous activity.
    public double[] fractions() {
        return fractions.clone();
    }

    /// The mean response to each square; NaN where it was not shown.
    public double[] means() {
        return means.clone();
    }

    /// The probability that chance gives such a mean.
    public double[] probabilities() {
        return tested.clone();
    }

    /// The squares.
    public Grid grid() {
        return grid;
    }
}
