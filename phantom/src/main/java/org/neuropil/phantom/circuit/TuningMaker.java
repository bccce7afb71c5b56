package org.neuropil.phantom.circuit;

/// Gives neurons their tuning. Latent weights decide the responses to images and the preferred direction; a share of their
/// variance is a smooth function of the place across the column.
final class TuningMaker {
    static final int IMAGES = 118;

    private static final int FEATURES = Tuning.FEATURES;
    private static final double SMOOTH = 0.3;
    /// Correlation length of the smooth part, µm.
    private static final double LENGTH = 120;
    private static final int WAVES = 64;
    /// Of the logarithm of a response: what features explain, and what is the neuron's own.
    private static final double SHARED = 0.7;
    private static final double OWN = 0.5;
    /// Surround suppression of L1, L2/3, L4, L5, L6, and of all layers alike.
    private static final double[] SURROUND = {0.5, 0.5, 0.4, 0.25, 0.2};
    private static final double MEAN_SURROUND = 0.35;
    private static final double DEGREES_OF_UM = 0.03;

    private final CircuitPlan plan;
    private final Cells cells;
    private final long seed;

    TuningMaker(CircuitPlan plan, Cells cells, long seed) {
        this.plan = plan;
        this.cells = cells;
        this.seed = seed;
    }

    Tuning tuning() {
        int n = cells.neurons();
        float[] features = features();
        float[] signals = signals(features);
        float[] direction = new float[n];
        float[] width = new float[n];
        float[] opposite = new float[n];
        float[] peak = new float[n];
        float[] suppression = new float[n];
        float[] running = new float[n];
        float[] exposure = new float[n];
        float[] azimuth = new float[n];
        float[] elevation = new float[n];
        double graded = plan.dose(Rule.SURROUND);
        for (int i = 0; i < n; i++) {
            Draws draws = new Draws(seed, 22, i);
            direction[i] = (float) ((StrictMath.toDegrees(
                    StrictMath.atan2(features[i * FEATURES + 1], features[i * FEATURES])) + 360) % 360);
            boolean inhibitory = plan.tissue().types().get(cells.type()[i]).group().inhibitory();
            width[i] = (float) (inhibitory ? draws.uniform(0.2, 0.8) : draws.uniform(1, 5));
            opposite[i] = (float) draws.uniform(0, 1);
            peak[i] = (float) draws.uniform(1, 4);
            double layer = SURROUND[Tissue.layerAt(cells.y()[i])];
            suppression[i] = (float) Math.clamp(MEAN_SURROUND + graded * (layer - MEAN_SURROUND) + 0.1 * draws.normal(),
                    -0.5, 0.9);
            running[i] = (float) draws.uniform(0, 1);
            exposure[i] = (float) (3 * draws.logNormal(0.6));
            azimuth[i] = (float) (DEGREES_OF_UM * (cells.x()[i] - plan.tissue().x()) + 6 * draws.normal());
            elevation[i] = (float) (DEGREES_OF_UM * (cells.z()[i] - plan.tissue().z()) + 6 * draws.normal());
        }
        return new Tuning(IMAGES, signals, direction, width, opposite, peak, suppression, running, exposure, azimuth,
                elevation, features, standard(signals, n));
    }

    /// Each of mean 0 and variance 1.
    private float[] features() {
        int n = cells.neurons();
        double share = SMOOTH * plan.dose(Rule.SMOOTH_TUNING);
        double own = StrictMath.sqrt(1 - share);
        double smooth = StrictMath.sqrt(share) * StrictMath.sqrt(2.0 / WAVES);
        float[] features = new float[n * FEATURES];
        double[][] waves = new double[FEATURES][3 * WAVES];
        for (int k = 0; k < FEATURES; k++) {
            Draws draws = new Draws(seed, 20, k);
            for (int w = 0; w < WAVES; w++) {
                waves[k][3 * w] = draws.normal() / LENGTH;
                waves[k][3 * w + 1] = draws.normal() / LENGTH;
                waves[k][3 * w + 2] = draws.uniform(0, 2 * Math.PI);
            }
        }
        for (int i = 0; i < n; i++) {
            Draws draws = new Draws(seed, 21, i);
            for (int k = 0; k < FEATURES; k++) {
                double field = 0;
                if (share > 0) {
                    double[] of = waves[k];
                    for (int w = 0; w < WAVES; w++) {
                        field += StrictMath.cos(of[3 * w] * cells.x()[i] + of[3 * w + 1] * cells.z()[i]
                                + of[3 * w + 2]);
                    }
                }
                features[i * FEATURES + k] = (float) (own * draws.normal() + smooth * field);
            }
        }
        return features;
    }

    /// exp of features of images times weights, and of what is the neuron's own; of mean 1 on average.
    private float[] signals(float[] features) {
        int n = cells.neurons();
        double[] images = new double[IMAGES * FEATURES];
        Draws fixed = new Draws(seed, 23);
        for (int i = 0; i < images.length; i++) {
            images[i] = fixed.normal();
        }
        double of = SHARED / StrictMath.sqrt(FEATURES);
        double mean = (SHARED * SHARED + OWN * OWN) / 2;
        float[] signals = new float[n * IMAGES];
        for (int i = 0; i < n; i++) {
            Draws draws = new Draws(seed, 24, i);
            for (int c = 0; c < IMAGES; c++) {
                double sum = 0;
                for (int k = 0; k < FEATURES; k++) {
                    sum += features[i * FEATURES + k] * images[c * FEATURES + k];
                }
                signals[i * IMAGES + c] = (float) StrictMath.exp(of * sum + OWN * draws.normal() - mean);
            }
        }
        return signals;
    }

    static float[] standard(float[] signals, int n) {
        float[] standard = new float[signals.length];
        for (int i = 0; i < n; i++) {
            double mean = 0;
            for (int c = 0; c < IMAGES; c++) {
                mean += signals[i * IMAGES + c];
            }
            mean /= IMAGES;
            double squares = 0;
            for (int c = 0; c < IMAGES; c++) {
                squares += (signals[i * IMAGES + c] - mean) * (signals[i * IMAGES + c] - mean);
            }
            double length = StrictMath.sqrt(squares);
            for (int c = 0; c < IMAGES; c++) {
                standard[i * IMAGES + c] = (float) ((signals[i * IMAGES + c] - mean) / length);
            }
        }
        return standard;
    }
}
