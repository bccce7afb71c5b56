package org.neuropil.physiology.field;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Resampled;
import org.neuropil.physiology.SpontaneousNull;

/// One cell's sweeps of sparse noise, that can be drawn anew: as many of all sweeps, with replacement. What chance gives stays:
/// the spontaneous windows, and the random sets of the sweeps as they were, of as many as show the square now.
public final class DrawnSweeps implements Resampled<DrawnSweeps> {
    private final Source source;
    /// How often each sweep is there; null if none was drawn.
    private final int @Nullable [] times;
    private @Nullable Fields fields;

    /// What all draws have.
    private static final class Source {
        private final NoiseResponses responses;
        private final double limit;
        private final SweepSets sets;
        private final double rounding;
        private @Nullable SetSums sums;

        Source(NoiseResponses responses, double limit, SweepSets sets) {
            this.responses = responses;
            this.limit = limit;
            this.sets = sets;
            double scale = 0;
            for (int s = 0; s < responses.sweeps(); s++) {
                scale += Math.abs(responses.value(s));
            }
            rounding = Fields.ROUNDING * scale;
        }

        /// Made when the first draw needs it: of all sizes that a draw can be thought to have, six deviations around.
        SetSums sums() {
            if (sums == null) {
                int least = responses.sweeps();
                int most = 1;
                for (int i = 0; i < 2 * responses.grid().squares(); i++) {
                    if (responses.shown(i) > 0) {
                        least = Math.min(least, responses.shown(i));
                        most = Math.max(most, responses.shown(i));
                    }
                }
                sums = new SetSums(responses, sets, (int) Math.max(1, least - 6 * Math.sqrt(least)),
                        (int) Math.min(responses.sweeps(), most + 6 * Math.sqrt(most)));
            }
            return sums;
        }
    }

    private DrawnSweeps(Source source, int @Nullable [] times) {
        this.source = source;
        this.times = times;
    }

    /// @param chance windows of spontaneous activity as long as a sweep's
    public static DrawnSweeps of(NoiseResponses responses, SpontaneousNull chance, SweepSets sets) {
        DrawnSweeps all = new DrawnSweeps(new Source(responses, chance.quantile(Fields.PERCENTILE), sets), null);
        all.fields = Fields.of(responses, chance, sets);
        return all;
    }

    /// What these sweeps tell of the receptive field.
    public Fields fields() {
        if (fields == null) {
            fields = drawn(times);
        }
        return fields;
    }

    private Fields drawn(int @Nullable [] often) {
        NoiseResponses responses = source.responses;
        int squares = 2 * responses.grid().squares();
        double[] fractions = nothing(squares);
        double[] means = nothing(squares);
        double[] counted = nothing(squares);
        double[] tested = nothing(squares);
        for (int i = 0; i < squares; i++) {
            int shown = 0;
            int above = 0;
            double sum = 0;
            for (int s : responses.sweepsOf(i)) {
                int here = often == null ? 1 : often[s];
                double value = responses.value(s);
                shown += here;
                above += value > source.limit ? here : 0;
                sum += here * value;
            }
            if (shown > 0) {
                means[i] = sum / shown;
                fractions[i] = Double.isNaN(source.limit) ? Double.NaN : above / (double) shown;
                source.sums().shares(means[i], shown, source.rounding, counted, tested, i);
            }
        }
        return new Fields(responses.grid(), fractions, means, counted, tested);
    }

    private static double[] nothing(int count) {
        double[] nothing = new double[count];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    @Override
    public DrawnSweeps resample(SplittableRandom random) {
        int sweeps = source.responses.sweeps();
        int[] drawn = new int[sweeps];
        for (int s = 0; s < sweeps; s++) {
            drawn[Resampled.below(random, sweeps)]++;
        }
        return new DrawnSweeps(source, drawn);
    }
}
