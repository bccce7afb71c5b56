package org.neuropil.physiology.metric;

import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.stat.Correlation;
import org.neuropil.physiology.stat.Values;

/// What repeats of a film tell of each other, and of a model ("digital twin") that predicts them.
public final class Oracle {
    private static final String WORD = "predictability";
    private static final String WHOLE = "frames that a repeat lacks are left out of all; NaN if ";

    private Oracle() {}

    /// Repeats and a model without the frames that one of them lacks.
    private record Whole(double[][] repeats, int[] copies, double[] model, double[] mean) {
        static Whole of(Repeats repeats, double[] model) {
            int count = 0;
            int[] kept = new int[repeats.frames()];
            for (int f = 0; f < kept.length; f++) {
                boolean whole = !Double.isNaN(model[f]);
                for (int r = 0; r < repeats.count(); r++) {
                    whole &= !Double.isNaN(repeats.value(r, f));
                }
                if (whole) {
                    kept[count++] = f;
                }
            }
            double[][] frames = new double[repeats.count()][count];
            double[] predicted = new double[count];
            double[] mean = new double[count];
            for (int i = 0; i < count; i++) {
                predicted[i] = model[kept[i]];
                for (int r = 0; r < frames.length; r++) {
                    frames[r][i] = repeats.value(r, kept[i]);
                    mean[i] += frames[r][i];
                }
                mean[i] /= frames.length;
            }
            return new Whole(frames, copies(repeats), predicted, mean);
        }

        /// How often each repeat is there: once, unless repeats were drawn anew.
        private static int[] copies(Repeats repeats) {
            int[] copies = new int[repeats.count()];
            for (int i = 0; i < copies.length; i++) {
                for (int j = 0; j < copies.length; j++) {
                    copies[i] += repeats.source(i) == repeats.source(j) ? 1 : 0;
                }
            }
            return copies;
        }

        /// The largest correlation that a model can reach: of the signal's power with that of the mean.
        double ceiling() {
            int n = repeats.length;
            if (n < 2 || Values.isConstant(mean)) {
                return Double.NaN;
            }
            // What copies of a repeat share is no signal: of k copies k^2 products are of one repeat.
            double same = 0;
            double ofSame = 0;
            for (int i = 0; i < n; i++) {
                same += copies[i];
                ofSame += copies[i] * Values.squares(repeats[i]);
            }
            double ofMean = Values.squares(mean);
            double signal = (ofMean * n * n - ofSame) / (n * (double) n - same);
            return signal > 0 ? Math.sqrt(signal / ofMean) : Double.NaN;
        }
    }

    /// `oracle_score`.
    public record Score() implements Metric.OfRepeats {
        @Override
        public About about() {
            return About.of("oracle_score", "oracle score")
                    .word(WORD, "of one repeat by the mean of the others; no model in it")
                    .formula("mean over repeats j of Pearson(r_j(t), mean over i != j of r_i(t))")
                    .trace("deconvolved activity").window("the whole film (1 min, 10 repeats in MICrONS)")
                    .least("2 repeats, 2 frames")
                    .missing("missing frames are skipped in each mean and each correlation; "
                            + "repeats without a correlation are skipped")
                    .bias("downwards when repeats are few: the mean of the others is noisy")
                    .source("MICrONS");
        }

        @Override
        public double of(Repeats repeats) {
            int n = repeats.count();
            double[] each = new double[n];
            for (int j = 0; j < n; j++) {
                double[] others = new double[repeats.frames()];
                for (int f = 0; f < others.length; f++) {
                    double sum = 0;
                    int known = 0;
                    for (int i = 0; i < n; i++) {
                        double value = repeats.value(i, f);
                        if (repeats.source(i) != repeats.source(j) && !Double.isNaN(value)) {
                            sum += value;
                            known++;
                        }
                    }
                    others[f] = known == 0 ? Double.NaN : sum / known;
                }
                each[j] = Correlation.pearson(repeats.repeat(j), others, 2);
            }
            return Values.mean(each);
        }
    }

    /// `cc_max`.
    public record CcMax() implements Metric.OfRepeats {
        @Override
        public About about() {
            return About.of("cc_max", "largest correlation that a model can reach")
                    .word(WORD, "a ceiling for cc_abs, from the spread between repeats; no model in it")
                    .formula(
                            "sqrt(SP / Var(y)), SP = (Var(sum_n y_n) - sum_n Var(y_n)) / (n (n - 1)), y = mean over the n "
                                    + "repeats, Var over frames")
                    .trace("deconvolved activity").window("the whole film").least("2 repeats, 2 frames")
                    .missing(WHOLE + "SP is not above 0")
                    .bias("NaN where noise hides the signal: what is left is too large")
                    .source("Schoppe 2016");
        }

        @Override
        public double of(Repeats repeats) {
            return Whole.of(repeats, new double[repeats.frames()]).ceiling();
        }
    }

    /// `cc_abs`.
    public record CcAbs() implements Metric.OfModel {
        @Override
        public About about() {
            return About.of("cc_abs", "correlation of a model with the mean response")
                    .word(WORD, "of the mean over repeats by a model")
                    .formula("Pearson(model(t), mean over n of y_n(t))")
                    .trace("deconvolved activity").window("the whole film").least("1 repeat, 2 frames")
                    .missing(WHOLE + "one side is constant").bias("downwards when repeats are few: the mean is noisy")
                    .source("MICrONS");
        }

        @Override
        public double of(double[] model, Repeats repeats) {
            Whole whole = Whole.of(repeats, model);
            return Correlation.pearson(whole.model(), whole.mean(), 2);
        }
    }

    /// `cc_norm`.
    public record CcNorm() implements Metric.OfModel {
        @Override
        public About about() {
            return About.of("cc_norm", "correlation of a model with the mean response, over the largest possible")
                    .word(WORD, "cc_abs over cc_max").formula("cc_abs / cc_max, both over the same frames")
                    .trace("deconvolved activity").window("the whole film").least("2 repeats, 2 frames")
                    .missing(WHOLE + "cc_abs or cc_max is").bias("noisy and sometimes above 1 where cc_max is small")
                    .source("Schoppe 2016");
        }

        @Override
        public double of(double[] model, Repeats repeats) {
            Whole whole = Whole.of(repeats, model);
            return Correlation.pearson(whole.model(), whole.mean(), 2) / whole.ceiling();
        }
    }
}
