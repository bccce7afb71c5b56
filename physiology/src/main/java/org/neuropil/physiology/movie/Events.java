package org.neuropil.physiology.movie;

import java.util.Arrays;

/// Events of a cell: when its calcium rose, and by how much, in dF/F.
///
/// @param magnitudes of each frame, 0 without an event; NaN in frames that the trace lacks
/// @param fine the same at the higher rate, before events of one frame were added up
/// @param penalty λ; NaN if there are no events to be found because the noise is not known
/// @param noise σ of the trace
/// @param count how many there are, at the higher rate
/// @param smallest of them; NaN if there is none
@SuppressWarnings("ArrayRecordComponent")
public record Events(double[] magnitudes, double[] fine, double penalty, double noise, int count, double smallest) {
    /// λ is told to one part in 2^(1/64).
    private static final int BISECTIONS = 6;
    private static final int DOUBLINGS = 30;
    private static final int HALVINGS = 10;
    /// Chosen on made cells of other seeds than those of the figures in docs/traces.md, for rates of 6 and 30 Hz and decays
    /// of 0.4 to 1.2 s.
    private static final double STANDING_OUT = 3;

    /// How events are found.
    ///
    /// @param decaySeconds τ: calcium falls to 1/e in that time
    /// @param upsampling how many times as high the rate is that they are found at, at least 1
    /// @param sigmas how many σ the smallest event has at least
    public record Options(double decaySeconds, int upsampling, double sigmas) {
        /// V1DD's five-fold rate, and the usual least size ([#usualSigmas]).
        public static Options usual(double decaySeconds, double rate) {
            return new Options(decaySeconds, 5, usualSigmas(decaySeconds, rate));
        }

        /// The least size of an event that stands out by [#STANDING_OUT] standard deviations when all frames of its decay
        /// are weighed together (a matched filter): in standard deviations of one frame, that times √(1 − γ²) with
        /// γ = exp(−1 / (τ · rate)).
        ///
        /// @param rate frames a second of the traces as they come
        public static double usualSigmas(double decaySeconds, double rate) {
            return STANDING_OUT * Math.sqrt(1 - StrictMath.exp(-2 / (decaySeconds * rate)));
        }

        /// @throws IllegalArgumentException if a number is out of its range
        public Options {
            if (!(decaySeconds > 0) || upsampling < 1 || !(sigmas > 0)) {
                throw new IllegalArgumentException(
                        decaySeconds + " s, " + upsampling + " times, " + sigmas + " sigmas");
            }
        }
    }

    /// Finds the events of a trace: missing frames are bridged ([Resampling#filled]), the rate is raised
    /// ([Resampling#up]), and [Deconvolution] is solved with γ = exp(−1 / (τ · rate)).
    ///
    /// λ is the smallest at which no event is below `sigmas` · σ, with σ the noise of the trace as it came ([Noise]): the
    /// rule of the Visual Coding pipeline. It is looked for from λ₀ = ½ (sigmas σ)² / (1 − γ²) on, at which a lone event of
    /// that size would be worth its penalty: by factors of 2 (down to λ₀ / 1024), then by bisection of the logarithm.
    ///
    /// An event between two frames belongs to the later one, in which it is first seen; those of one frame are added up.
    ///
    /// @param dff NaN for frames that are missing
    /// @param rate frames a second
    /// @return NaN throughout if the noise is 0 or not known
    public static Events of(double[] dff, double rate, Options options) {
        double noise = Noise.deviation(dff);
        int up = options.upsampling();
        if (!(noise > 0)) {
            return new Events(nothing(dff.length), nothing(dff.length * up), Double.NaN, noise, 0, Double.NaN);
        }
        double[] trace = Resampling.up(Resampling.filled(dff), up);
        double decay = StrictMath.exp(-1 / (options.decaySeconds() * rate * up));
        double least = options.sigmas() * noise;
        double penalty = 0.5 * least * least / (1 - decay * decay);
        Deconvolution found = Deconvolution.of(trace, decay, penalty);
        if (smallest(found.events()) < least) {
            for (int i = 0; i < DOUBLINGS && smallest(found.events()) < least; i++) {
                penalty *= 2;
                found = Deconvolution.of(trace, decay, penalty);
            }
        } else {
            for (int i = 0; i < HALVINGS; i++) {
                Deconvolution lower = Deconvolution.of(trace, decay, penalty / 2);
                if (smallest(lower.events()) < least) {
                    break;
                }
                penalty /= 2;
                found = lower;
            }
        }
        double ratio = 2;
        for (int i = 0; i < BISECTIONS; i++) {
            ratio = Math.sqrt(ratio);
            Deconvolution lower = Deconvolution.of(trace, decay, penalty / ratio);
            if (!(smallest(lower.events()) < least)) {
                penalty /= ratio;
                found = lower;
            }
        }
        return of(dff, found, penalty, noise, up);
    }

    private static Events of(double[] dff, Deconvolution found, double penalty, double noise, int up) {
        double[] magnitudes = new double[dff.length];
        double[] fine = found.events();
        for (int i = 0; i < fine.length; i++) {
            // What begins behind the last frame is not seen in any.
            if (Math.ceilDiv(i, up) < dff.length) {
                magnitudes[Math.ceilDiv(i, up)] += fine[i];
            }
        }
        for (int i = 0; i < dff.length; i++) {
            if (Double.isNaN(dff[i])) {
                magnitudes[i] = Double.NaN;
            }
        }
        double smallest = smallest(fine);
        return new Events(magnitudes, fine, penalty, noise, found.count(),
                smallest == Double.POSITIVE_INFINITY ? Double.NaN : smallest);
    }

    /// Infinite if there is none.
    private static double smallest(double[] events) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double event : events) {
            smallest = event > 0 && event < smallest ? event : smallest;
        }
        return smallest;
    }

    private static double[] nothing(int length) {
        double[] nothing = new double[length];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }
}
