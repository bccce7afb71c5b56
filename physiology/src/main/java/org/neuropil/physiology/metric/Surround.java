package org.neuropil.physiology.metric;

import java.util.function.DoublePredicate;
import java.util.function.Predicate;

import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Condition.Grating;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.metric.CrossValidated.Way;
import org.neuropil.physiology.stat.Values;

/// How much a grating on the full field lowers what the same one in a window does.
public final class Surround {
    static final String WORD = "surround suppression index";
    private static final String INDEX = "(W - F) / (W + F), W, F = ";
    private static final String EDGES = "missing trials are skipped; NaN if the condition lacks a response in one of the sets, or "
            + "W + F is not above 0";
    private static final String CHOICE = "upwards: W is the largest of noisy means, F is not";

    private Surround() {}

    private static About.Entry entry(String id, String name) {
        return About.of(id, name).shown(About.Shown.GRATINGS);
    }

    /// The index at the condition that is preferred in the first set.
    private static double at(Responses choose, Responses windowed, Responses full) {
        int best = choose.preferred();
        if (best < 0) {
            return Double.NaN;
        }
        Condition chosen = choose.conditions().get(best);
        return Ratios.contrast(Preferred.meanOf(windowed, chosen), Preferred.meanOf(full, chosen));
    }

    /// The index of means over those conditions that have a response in both sets.
    private static double ofMeans(SurroundPair pair, Predicate<Condition> which) {
        double[] windowed = pair.windowed().means();
        double[] full = new double[windowed.length];
        for (int c = 0; c < windowed.length; c++) {
            Condition condition = pair.windowed().conditions().get(c);
            full[c] = which.test(condition) ? Preferred.meanOf(pair.full(), condition) : Double.NaN;
            if (Double.isNaN(full[c])) {
                windowed[c] = Double.NaN;
            } else if (Double.isNaN(windowed[c])) {
                full[c] = Double.NaN;
            }
        }
        return Ratios.contrast(Values.mean(windowed), Values.mean(full));
    }

    private static double inState(SurroundPair pair, DoublePredicate state) {
        Responses windowed = pair.windowed();
        Responses full = pair.full();
        return at(windowed, windowed.where(t -> state.test(windowed.speed(t))),
                full.where(t -> state.test(full.speed(t))));
    }

    /// `ssi`.
    public record Index() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi", "surround suppression index")
                    .word(WORD, "at the condition preferred in the windowed set")
                    .formula(INDEX
                            + "responses to the windowed and the full-field grating at the condition preferred in the "
                            + "windowed set")
                    .missing(EDGES).bias(CHOICE).source("V1DD");
        }

        @Override
        public double of(SurroundPair pair) {
            return at(pair.windowed(), pair.windowed(), pair.full());
        }
    }

    /// `ssi_cv`.
    public record Crossed() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi_cv", "surround suppression index, cross-validated")
                    .word(WORD,
                            "as ssi, with the condition chosen on one half of the windowed trials, W measured on the other")
                    .formula(
                            "mean of J over both ways; A chooses, B measures: N = W - F, D = W + F, W = response of half B of the "
                                    + "windowed trials to the condition preferred in half A, F = response of all full-field trials to "
                                    + "it; " + JackknifedQuotient.FORMULA)
                    .least(Preferred.SPLIT)
                    .missing(
                            "missing trials are skipped; NaN if a condition lacks a response in the half or on the full field, or D is "
                                    + "not above 0; " + JackknifedQuotient.ALONE)
                    .bias("none beyond the second order in 1 / trials: on average the index at the condition that half of the windowed "
                            + "trials chooses. Can leave -1 to 1")
                    .source(JackknifedQuotient.SOURCE);
        }

        @Override
        public double of(SurroundPair pair) {
            Responses first = pair.windowed().half(0);
            Responses second = pair.windowed().half(1);
            return of(new Way(first, second), new Way(second, first), pair.full());
        }

        /// What very many trials would give where the halves of some trials chose: the figure without bias.
        ///
        /// @param trials whose halves choose
        /// @param truth the mean responses to each condition
        public double expected(SurroundPair trials, SurroundPair truth) {
            return of(new Way(trials.windowed().half(0), truth.windowed()),
                    new Way(trials.windowed().half(1), truth.windowed()), truth.full());
        }

        private static double of(Way one, Way other, Responses full) {
            return (of(one, full) + of(other, full)) / 2;
        }

        private static double of(Way way, Responses full) {
            int best = way.choose().preferred();
            if (best < 0) {
                return Double.NaN;
            }
            Condition chosen = way.choose().conditions().get(best);
            JackknifedQuotient quotient = new JackknifedQuotient();
            quotient.add(way.measure(), way.measure().conditions().indexOf(chosen), 1, 1);
            quotient.add(full, full.conditions().indexOf(chosen), -1, 1);
            return quotient.value();
        }
    }

    /// `ssi_avg`.
    public record OfAll() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi_avg", "surround suppression index of all conditions")
                    .word(WORD, "of the mean over all conditions; no choice in it")
                    .formula(INDEX + "mean over all conditions of the mean responses")
                    .missing(
                            "conditions without a response in one of the sets are skipped; NaN if W + F is not above 0")
                    .bias("none; near 0 for cells that answer to few conditions").source("V1DD");
        }

        @Override
        public double of(SurroundPair pair) {
            return ofMeans(pair, _ -> true);
        }
    }

    /// `ssi_avg_preferred_sf`.
    public record OfSpatialFrequency() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi_avg_preferred_sf", "surround suppression index at the preferred spatial frequency")
                    .word(WORD, "of the mean over directions at s*")
                    .formula(INDEX
                            + "mean over directions of the mean responses at the frequencies preferred in the windowed set")
                    .missing(
                            "conditions without a response in one of the sets are skipped; NaN if W + F is not above 0")
                    .bias("a little upwards, of the choice of s*").source("V1DD");
        }

        @Override
        public double of(SurroundPair pair) {
            return Preferred.atGrating(pair.windowed(), (_, chosen) -> ofMeans(pair,
                    condition -> condition instanceof Grating grating && grating.hasFrequenciesOf(chosen)));
        }
    }

    /// `ssi_running`.
    public record WhileRunning() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi_running", "surround suppression index while running")
                    .word(WORD, "as ssi, W and F of running trials")
                    .formula(
                            "as ssi, W and F over trials with mean speed > 1 cm/s; the condition is chosen on all windowed trials")
                    .missing(EDGES).bias(CHOICE).source("V1DD");
        }

        @Override
        public double of(SurroundPair pair) {
            return inState(pair, speed -> speed > Running.SPEED);
        }
    }

    /// `ssi_stationary`.
    public record WhileStill() implements Metric.OfSurround {
        @Override
        public About about() {
            return entry("ssi_stationary", "surround suppression index at rest")
                    .word(WORD, "as ssi, W and F of still trials")
                    .formula(
                            "as ssi, W and F over trials with mean speed <= 1 cm/s; the condition is chosen on all windowed "
                                    + "trials")
                    .missing(EDGES).bias(CHOICE).source("V1DD");
        }

        @Override
        public double of(SurroundPair pair) {
            return inState(pair, speed -> speed <= Running.SPEED);
        }
    }
}
