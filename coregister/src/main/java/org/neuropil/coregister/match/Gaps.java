package org.neuropil.coregister.match;

/// How much likelier it is to find a nucleus in a place than the density around says, by the distance from that place to
/// the nearest other nucleus: nuclei cannot lie within each other. It is the density of distances from nuclei to their
/// nearest ones over that of distances from any place, both counted in the data (the two functions whose survivors give
/// the J function of van Lieshout and Baddeley 1996). A nucleus that the list lacks lies among listed ones as any of
/// these does among the others, if it is lacking by chance.
///
/// @param ratio in steps of [#STEP] micrometres from 0; beyond the last it is 1
@SuppressWarnings("ArrayRecordComponent")
public record Gaps(double[] ratio) {
    /// Width of a step in micrometres.
    public static final double STEP = 1;
    private static final int STEPS = 40;
    /// Distances that are added to each step on both sides, so that rare ones say little.
    private static final double PRIOR = 5;

    static Gaps of(double[] fromNuclei, double[] fromAnywhere) {
        double[] nuclei = shares(fromNuclei);
        double[] anywhere = shares(fromAnywhere);
        double[] ratio = new double[STEPS];
        double prior = PRIOR / Math.min(fromNuclei.length, fromAnywhere.length);
        for (int i = 0; i < STEPS; i++) {
            ratio[i] = (nuclei[i] + prior) / (anywhere[i] + prior);
        }
        return new Gaps(ratio);
    }

    private static double[] shares(double[] distances) {
        double[] shares = new double[STEPS];
        for (double distance : distances) {
            int step = (int) (distance / STEP);
            if (step < STEPS) {
                shares[step] += 1.0 / distances.length;
            }
        }
        return shares;
    }

    /// The ratio at a distance, between steps linearly.
    double at(double distance) {
        double place = distance / STEP - 0.5;
        int below = (int) Math.floor(place);
        double left = below < 0 ? ratio[0] : below < STEPS ? ratio[below] : 1;
        double right = below + 1 < STEPS ? ratio[below + 1] : 1;
        return left + (place - below) * (right - left);
    }
}
