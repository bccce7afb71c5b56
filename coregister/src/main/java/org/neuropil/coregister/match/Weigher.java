package org.neuropil.coregister.match;

import java.util.Random;

import org.neuropil.coregister.fit.Work;

/// Weighs for a cell what may be its nucleus, under a model of errors. A cell has been drawn from one of the nuclei around
/// it, each as likely, and was then mapped with an error; so that nucleus j is its own weighs `matched f(q_j - p) / density
/// around q_j`, beside a cell that has none, which weighs `other`, and one whose nucleus is lacking, which weighs `missed`
/// times how much more often a nucleus lies where that would be than the density says. (This is the likelihood ratio by
/// which catalogues of stars are matched: Sutherland and Saunders 1992, MNRAS 259.)
final class Weigher {
    private static final int DRAWS = 24;
    private static final long SEED = 7;
    /// exp(-40) adds nothing.
    private static final double FAR = 40;
    private static final double[][] NORMAL = normal();

    private final Nuclei nuclei;
    private final ErrorModel model;
    private final double[] level;
    private final double[][] draws;

    Weigher(Nuclei nuclei, ErrorModel model) {
        this.nuclei = nuclei;
        this.model = model;
        int count = ErrorModel.SCALES.size();
        level = new double[count];
        double volume = model.sigma().get(0) * model.sigma().get(1) * model.sigma().get(2);
        for (int k = 0; k < count; k++) {
            double scale = ErrorModel.SCALES.get(k);
            level[k] = model.mixture().get(k) / (StrictMath.pow(2 * Math.PI, 1.5) * volume * scale * scale * scale);
        }
        draws = draws(model);
    }

    /// What lies between a cell and what it may be; sums of these decide the next model.
    static final class Weights {
        final double[] matched;
        /// Of each nucleus, of each scale.
        final double[][] parts;
        /// Of each nucleus, squared differences in units of sigma.
        final double[] squares;
        /// Its nucleus is in the list, but further than those that were looked at.
        double elsewhere;
        /// Its nucleus lies outside of the box of all nuclei.
        double outside;
        double missed;
        double other;

        Weights(int most) {
            matched = new double[most];
            parts = new double[most][ErrorModel.SCALES.size()];
            squares = new double[most];
        }

        double none() {
            return elsewhere + outside + missed + other;
        }
    }

    private static double[][] normal() {
        Random random = new Random(SEED);
        double[][] normal = new double[DRAWS][3];
        for (int m = 0; m < DRAWS; m += 2) {
            for (int axis = 0; axis < 3; axis++) {
                normal[m][axis] = random.nextGaussian();
                normal[m + 1][axis] = -normal[m][axis];
            }
        }
        return normal;
    }

    private static double[][] draws(ErrorModel model) {
        double[][] draws = new double[DRAWS][3];
        int k = 0;
        double below = model.mixture().getFirst();
        for (int m = 0; m < DRAWS; m++) {
            while (below < (m + 0.5) / DRAWS && k < ErrorModel.SCALES.size() - 1) {
                k++;
                below += model.mixture().get(k);
            }
            // Any stride that is prime to the number of draws, so that pairs do not share a scale.
            double[] drawn = NORMAL[m * 7 % DRAWS];
            for (int axis = 0; axis < 3; axis++) {
                draws[m][axis] = model.sigma().get(axis) * ErrorModel.SCALES.get(k) * drawn[axis];
            }
        }
        return draws;
    }

    /// For each cell, what a lacking nucleus weighs, and the share of places outside of the box of nuclei where its nucleus
    /// may be: cells x 2.
    double[] surroundings(Candidates cells, Work work) {
        double[] all = new double[2 * cells.size()];
        work.map("surroundings", Candidates.chunks(cells.size()), chunk -> {
            PointTree.Found found = new PointTree.Found(1);
            for (int i = chunk * Candidates.CHUNK; i < Math.min(cells.size(), (chunk + 1) * Candidates.CHUNK); i++) {
                double wide = model.widening(cells.landmark()[i]);
                double ratio = 0;
                int out = 0;
                for (double[] draw : draws) {
                    double x = cells.cells()[3 * i] + model.shift().get(0) + wide * draw[0];
                    double y = cells.cells()[3 * i + 1] + model.shift().get(1) + wide * draw[1];
                    double z = cells.cells()[3 * i + 2] + model.shift().get(2) + wide * draw[2];
                    if (nuclei.holds(x, y, z)) {
                        nuclei.tree().nearest(x, y, z, found);
                        ratio += nuclei.gaps().at(found.distance(0));
                    } else {
                        out++;
                        ratio++;
                    }
                }
                all[2 * i] = ratio / DRAWS;
                all[2 * i + 1] = out / (double) DRAWS;
            }
            return chunk;
        });
        return all;
    }

    /// Weighs a cell's nuclei.
    ///
    /// @param surroundings of all cells
    void weigh(Candidates cells, int i, double[] surroundings, Weights into) {
        double wide = model.widening(cells.landmark()[i]);
        double[] q = nuclei.points();
        double share = model.matched() / (wide * wide * wide);
        for (int k = 0; k < cells.most(); k++) {
            int j = cells.numbers()[i * cells.most() + k];
            double square = 0;
            for (int axis = 0; axis < 3; axis++) {
                double off = (q[3 * j + axis] - cells.cells()[3 * i + axis] - model.shift().get(axis))
                        / model.sigma().get(axis);
                square += off * off;
            }
            into.squares[k] = square;
            double exponent = square / (2 * wide * wide * ErrorModel.SQUARES.getLast());
            double sum = 0;
            // Each variance is a quarter of the next one, so that its exponential is the fourth power of that one's.
            double power = exponent > FAR ? 0 : StrictMath.exp(-exponent);
            double common = share / nuclei.density()[j];
            for (int s = level.length - 1; s >= 0; s--) {
                double part = common * level[s] * power;
                into.parts[k][s] = part;
                sum += part;
                power *= power;
                power *= power;
            }
            into.matched[k] = sum;
        }
        into.outside = model.matched() * surroundings[2 * i + 1];
        into.elsewhere = model.matched() * (1 - surroundings[2 * i + 1]) * beyond(cells.reach()[i] / wide);
        into.missed = model.missed() * surroundings[2 * i];
        into.other = model.other();
    }

    /// The share of errors that are longer, nearly: as if they were alike along all axes.
    private double beyond(double distance) {
        if (Double.isInfinite(distance)) {
            return 0;
        }
        double sigma = StrictMath.cbrt(model.sigma().get(0) * model.sigma().get(1) * model.sigma().get(2));
        double sum = 0;
        for (int k = 0; k < level.length; k++) {
            double r = distance / (sigma * ErrorModel.SCALES.get(k));
            double tail = r > 9
                    ? 0
                    : erfc(r / Math.sqrt(2)) + Math.sqrt(2 / Math.PI) * r * StrictMath.exp(-r * r / 2);
            sum += model.mixture().get(k) * tail;
        }
        return sum;
    }

    /// Abramowitz and Stegun 7.1.26, within 2e-7; not below 0.
    static double erfc(double x) {
        double t = 1 / (1 + 0.3275911 * x);
        double series = t * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return series * StrictMath.exp(-x * x);
    }
}
