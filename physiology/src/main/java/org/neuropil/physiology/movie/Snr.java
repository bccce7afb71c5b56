package org.neuropil.physiology.movie;

import org.neuropil.physiology.stat.Values;

/// Signal to noise, by two definitions.
public final class Snr {
    private static final double LOW = 0.1;
    private static final double HIGH = 1.5;
    private static final double NOISE_LOW = 2.0;
    private static final double NOISE_HIGH = 2.1;

    private Snr() {}

    /// *Band power* (of the course): the power of a dF/F trace from 0.1 to 1.5 Hz, divided by that from 2.0 to 2.1 Hz scaled
    /// to as many frequencies; so the ratio of the mean powers. Power is |DFT|² of the whole trace less its mean, frequency
    /// k is k · rate / frames, and both ends of a band belong to it. Missing frames are bridged ([Resampling#filled]).
    ///
    /// @param rate frames a second
    /// @return NaN if a band holds no frequency of the trace: at less than 4.2 frames a second, or of less than some ten
    ///         seconds
    public static double bandPower(double[] dff, double rate) {
        double[] filled = Resampling.filled(dff);
        double mean = Values.mean(filled);
        if (Double.isNaN(mean) || rate < 2 * NOISE_HIGH) {
            return Double.NaN;
        }
        for (int i = 0; i < filled.length; i++) {
            filled[i] -= mean;
        }
        double[] power = Fourier.power(filled);
        return mean(power, rate / filled.length, LOW, HIGH) / mean(power, rate / filled.length, NOISE_LOW, NOISE_HIGH);
    }

    private static double mean(double[] power, double spacing, double low, double high) {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < power.length; k++) {
            double frequency = k * spacing;
            if (frequency >= low && frequency <= high) {
                sum += power[k];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /// *Event power* (of the white paper), in decibels: 10 · log₁₀(mean(P²) / σ²), with P the magnitudes of the events, frames
    /// without one left out, and σ² the variance of the noise ([Noise]) of the dF/F trace.
    ///
    /// @param events of each frame; NaN is skipped
    /// @return NaN without events, or if the noise is not known
    public static double eventPower(double[] dff, double[] events) {
        double sum = 0;
        int count = 0;
        for (double event : events) {
            if (event > 0) {
                sum += event * event;
                count++;
            }
        }
        double noise = Noise.deviation(dff);
        return count == 0 ? Double.NaN : 10 * StrictMath.log10(sum / count / (noise * noise));
    }
}
