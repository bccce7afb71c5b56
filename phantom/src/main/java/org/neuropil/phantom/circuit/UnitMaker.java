package org.neuropil.phantom.circuit;

import java.util.Arrays;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Images neurons: units with keys as the published tables have them, their responses trial by trial, and matches to nuclei
/// of which some are wrong.
final class UnitMaker {
    /// Imaged depths, µm.
    private static final double SHALLOW = 50;
    private static final double DEEP = 514;
    private static final double TWICE = 0.1;
    private static final double WRONG = 0.05;
    private static final double RESIDUAL = 2.5;
    private static final double RUNS = 0.3;
    private static final double SHARED = 0.35;
    private static final int[][] SCANS = {{4, 7}, {4, 9}, {4, 10}, {5, 3}, {5, 6}, {5, 7}, {6, 2}, {6, 4}, {6, 6},
        {6, 7}, {7, 3}, {7, 4}, {7, 5}, {8, 5}, {8, 7}, {8, 9}, {9, 3}, {9, 4}, {9, 6}};

    private final CircuitPlan plan;
    private final Cells cells;
    private final Tuning tuning;
    private final long seed;

    UnitMaker(CircuitPlan plan, Cells cells, Tuning tuning, long seed) {
        this.plan = plan;
        this.cells = cells;
        this.tuning = tuning;
        this.seed = seed;
    }

    Units units() {
        int[] cell = imaged();
        int n = cell.length;
        int[] matched = new int[n];
        int[][] keys = new int[4][n];
        float[] residual = new float[n];
        float[] score = new float[n];
        double wrong = WRONG * plan.dose(Rule.WRONG_MATCHES);
        for (int u = 0; u < n; u++) {
            Draws draws = new Draws(seed, 51, u);
            double[] at = {cells.x()[cell[u]] + RESIDUAL * draws.normal(),
                cells.y()[cell[u]] + RESIDUAL * draws.normal(), cells.z()[cell[u]] + RESIDUAL * draws.normal()};
            boolean other = draws.chance(wrong);
            matched[u] = other ? nearest(at, cell[u]) : cell[u];
            residual[u] = (float) StrictMath.sqrt(squared(at, matched[u]));
            score[u] = (float) (StrictMath.sqrt(squared(at, nearest(at, matched[u]))) - residual[u]);
        }
        keys(cell, keys);
        Trials images = new Trials(52, tuning.images(), plan.imageRepeats());
        Trials windowed = new Trials(53, Tuning.DIRECTIONS, plan.gratingRepeats());
        Trials full = new Trials(54, Tuning.DIRECTIONS, plan.gratingRepeats());
        return new Units(cell, matched, keys[0], keys[1], keys[2], keys[3], residual, score,
                images.responses(cell, (i, c) -> tuning.signals()[i * tuning.images() + c]),
                windowed.responses(cell, tuning::windowed), full.responses(cell, tuning::full), images.run,
                windowed.run, full.run);
    }

    /// Which neurons, ascending; some are there twice. V1DD's are all excitatory.
    private int[] imaged() {
        int[] order = new Draws(seed, 50).order(cells.neurons());
        Draws draws = new Draws(seed, 55);
        IntArrayList found = new IntArrayList();
        int chosen = 0;
        for (int i = 0; i < order.length && chosen < plan.imaged(); i++) {
            int cell = order[i];
            Group group = plan.tissue().types().get(cells.type()[cell]).group();
            if (cells.y()[cell] >= SHALLOW && cells.y()[cell] <= DEEP
                    && (!plan.tissue().plane() || group == Group.EXCITATORY)) {
                chosen++;
                found.add(cell);
                if (draws.chance(TWICE)) {
                    found.add(cell);
                }
            }
        }
        int[] imaged = found.toIntArray();
        Arrays.sort(imaged);
        return imaged;
    }

    private void keys(int[] cell, int[][] keys) {
        for (int u = 0; u < cell.length; u++) {
            double right = cells.x()[cell[u]] - plan.tissue().x();
            double behind = cells.z()[cell[u]] - plan.tissue().z();
            int again = u > 0 && cell[u] == cell[u - 1] ? 1 : 0;
            if (plan.tissue().plane()) {
                // Column 1 is in the middle, four others round it, which overlap it; planes are 16 µm apart.
                boolean middle = Math.max(Math.abs(right), Math.abs(behind)) < 0.2 * plan.side() && again == 0;
                int slot = Math.clamp((long) ((cells.y()[cell[u]] - SHALLOW) / 16), 0, 29);
                keys[0][u] = middle ? 1 : 2 + (right > 0 ? 1 : 0) + (behind > 0 ? 2 : 0);
                keys[1][u] = 1 + slot / 6;
                keys[2][u] = slot % 6;
            } else {
                int[] scan = SCANS[(int) ((cells.y()[cell[u]] - SHALLOW) * 9 / (DEEP - SHALLOW + 1)) * 2 + again];
                keys[0][u] = scan[0];
                keys[1][u] = scan[1];
                keys[2][u] = 1 + (int) (right + plan.side()) % 8;
            }
            keys[3][u] = u + 1;
        }
    }

    private double squared(double[] at, int cell) {
        double dx = cells.x()[cell] - at[0];
        double dy = cells.y()[cell] - at[1];
        double dz = cells.z()[cell] - at[2];
        return dx * dx + dy * dy + dz * dz;
    }

    /// The neuron nearest to a place, but one.
    private int nearest(double[] at, int but) {
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < cells.neurons(); i++) {
            double distance = squared(at, i);
            if (i != but && distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    @FunctionalInterface
    private interface Means {
        double of(int neuron, int condition);
    }

    /// Trials that all units see at once. A response is the number of events, Poisson, divided by how many a response of 1
    /// stands for; its rate is the mean response times gains that all cells have in common, of mean 1.
    private final class Trials {
        private final int stream;
        private final int conditions;
        private final int repeats;
        private final boolean[] run;
        /// Common gain, and one for each feature, of each trial.
        private final float[] gains;

        private Trials(int stream, int conditions, int repeats) {
            this.stream = stream;
            this.conditions = conditions;
            this.repeats = repeats;
            run = new boolean[conditions * repeats];
            gains = new float[run.length * (1 + Tuning.FEATURES)];
            Draws draws = new Draws(seed, stream, -1);
            for (int t = 0; t < run.length; t++) {
                run[t] = draws.chance(RUNS);
            }
            for (int g = 0; g < gains.length; g++) {
                gains[g] = (float) draws.normal();
            }
        }

        private float[] responses(int[] cell, Means means) {
            double sigma = SHARED * plan.dose(Rule.NOISE_CORRELATION);
            double tuned = sigma / StrictMath.sqrt(2.0 * Tuning.FEATURES);
            double common = sigma / StrictMath.sqrt(2);
            float[] responses = new float[cell.length * run.length];
            for (int u = 0; u < cell.length; u++) {
                int neuron = cell[u];
                Draws draws = new Draws(seed, stream, u);
                double squares = 0;
                for (int k = 0; k < Tuning.FEATURES; k++) {
                    double loading = tuned * tuning.features()[neuron * Tuning.FEATURES + k];
                    squares += loading * loading;
                }
                double mean = (common * common + squares) / 2;
                // Running is part of the mean response, so that it does not change it.
                double still = 1 / (1 + RUNS * tuning.running()[neuron]);
                double exposure = tuning.exposure()[neuron];
                for (int c = 0; c < conditions; c++) {
                    double rate = means.of(neuron, c) * exposure;
                    for (int r = 0; r < repeats; r++) {
                        int t = c * repeats + r;
                        int g = t * (1 + Tuning.FEATURES);
                        double gain = common * gains[g];
                        for (int k = 0; k < Tuning.FEATURES; k++) {
                            gain += tuned * tuning.features()[neuron * Tuning.FEATURES + k] * gains[g + 1 + k];
                        }
                        double ran = still * (run[t] ? 1 + tuning.running()[neuron] : 1);
                        int events = draws.poisson(rate * ran * (sigma == 0 ? 1 : StrictMath.exp(gain - mean)));
                        responses[u * run.length + t] = (float) (events / exposure);
                    }
                }
            }
            return responses;
        }
    }
}
