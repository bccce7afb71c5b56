package org.neuropil.phantom.circuit;

/// What neurons answer: the truth. One number a neuron in each array but `signals`.
///
/// @param images how many images there are
/// @param signals mean response of neuron i to image c at `i * images + c`, at least 0; the mean over images is about 1
/// @param direction of motion that is preferred, degrees
/// @param width kappa of the von Mises function of direction
/// @param opposite response to the opposite direction, as a share
/// @param peak response to the preferred grating in a window
/// @param suppression s: gratings on the full field give (1 - s) times what those in a window give, so that SSI = s / (2 - s)
/// @param running responses in trials in which the animal runs are (1 + running) times as large
/// @param exposure expected events for a response of 1: reliable cells have many
/// @param azimuth of the receptive field, degrees
/// @param elevation of the receptive field, degrees
/// @param features signal's latent weights, [#FEATURES] a neuron; they also load the noise that trials share
/// @param standard `signals` of mean 0 and length 1, for [#similarity]
public record Tuning(int images, float[] signals, float[] direction, float[] width, float[] opposite, float[] peak,
        float[] suppression, float[] running, float[] exposure, float[] azimuth, float[] elevation, float[] features,
        float[] standard) {
    /// Latent weights of a neuron.
    public static final int FEATURES = 10;
    /// Directions of gratings, from 0, evenly.
    public static final int DIRECTIONS = 12;
    private static final double CIRCLE = 360;

    /// Signal correlation of two neurons: Pearson's of their mean responses to all images.
    public double similarity(int one, int other) {
        int a = one * images;
        int b = other * images;
        // Two sums, which need not wait for each other.
        double s0 = 0;
        double s1 = 0;
        int c = 0;
        for (; c + 1 < images; c += 2) {
            s0 += standard[a + c] * standard[b + c];
            s1 += standard[a + c + 1] * standard[b + c + 1];
        }
        return c < images ? s0 + s1 + standard[a + c] * standard[b + c] : s0 + s1;
    }

    /// Mean response to a grating in a window that moves in direction number d.
    public double windowed(int neuron, int d) {
        double apart = StrictMath.toRadians(CIRCLE / DIRECTIONS * d - direction[neuron]);
        double kappa = width[neuron];
        return peak[neuron] * (StrictMath.exp(kappa * (StrictMath.cos(apart) - 1))
                + opposite[neuron] * StrictMath.exp(kappa * (-StrictMath.cos(apart) - 1)));
    }

    /// Mean response to the same grating on the full field.
    public double full(int neuron, int d) {
        return (1 - suppression[neuron]) * windowed(neuron, d);
    }

    /// The surround suppression index of the mean responses.
    public double suppressionIndex(int neuron) {
        return suppression[neuron] / (2 - suppression[neuron]);
    }
}
