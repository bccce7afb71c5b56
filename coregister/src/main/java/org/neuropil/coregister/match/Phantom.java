package org.neuropil.coregister.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A block of made-up tissue with cells that were imaged in it, whose nuclei are known. Nuclei keep a distance from each
/// other and lie denser at some depths than at others; some are neurons, and only these are imaged.
///
/// @param nuclei x, y, z of each that the list has, in micrometres
/// @param cells x, y, z of each imaged cell, as a coregistration would map it
/// @param truth for each cell its nucleus, or [Matches#NONE]
@SuppressWarnings("ArrayRecordComponent")
public record Phantom(double[] nuclei, double[] cells, int[] truth) {
    /// Depths over which the density goes up and down.
    private static final double LAYER = 250;
    private static final double UNEVEN = 0.35;
    private static final double NEAREST = 5;
    private static final double USUAL = 9;
    /// Of those that lie nearer than is usual.
    private static final double CLOSE = 0.2;
    private static final double SMOOTH = 180;
    /// Tissue goes on around the block, and is imaged there too, but its nuclei are not in the list.
    private static final double MARGIN = 15;

    /// What it is made of.
    ///
    /// @param size of the block that the list is of, in micrometres, x, y, z, from 0
    /// @param density nuclei per cubic millimetre
    /// @param neurons share of nuclei that can be imaged
    /// @param cells how many are imaged
    /// @param jitter standard deviation of errors along x, y and z, in micrometres
    /// @param tails degrees of freedom of Student's t; infinite for Gaussians
    /// @param smooth standard deviation of errors that are alike over some 180 µm, along each axis
    /// @param missed share of cells whose nucleus the list lacks
    /// @param other share of cells that have none: they lie anywhere
    /// @param repeated true if cells may be imaged more than once
    public record Recipe(double[] size, double density, double neurons, int cells, double[] jitter, double tails,
            double smooth, double missed, double other, boolean repeated) {
        /// As dense as mouse visual cortex in EM, with some of its cells.
        public static Recipe cortex(double[] size, int cells, double jitter, double tails, double missed,
                double other) {
            return new Recipe(size, 141_000, 0.63, cells, new double[]{jitter, jitter, 1.4 * jitter}, tails, jitter / 3,
                    missed, other, true);
        }

        /// The same where each cell is imaged once at most.
        public Recipe once() {
            return new Recipe(size, density, neurons, cells, jitter, tails, smooth, missed, other, false);
        }
    }

    /// Makes one; the same numbers always make the same.
    public static Phantom of(Recipe recipe, long seed) {
        Random random = new Random(seed);
        List<double[]> all = tissue(recipe, random);
        int n = all.size();
        boolean[] neuron = new boolean[n];
        List<Integer> neurons = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            neuron[i] = random.nextDouble() < recipe.neurons();
            if (neuron[i]) {
                neurons.add(i);
            }
        }
        // A share of neurons is lacking in the list; so is that share of imaged cells that have a nucleus at all.
        double lacking = recipe.missed() / (1 - recipe.other());
        boolean[] listed = new boolean[n];
        int[] number = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            boolean inside = true;
            for (int axis = 0; axis < 3; axis++) {
                inside &= all.get(i)[axis] >= 0 && all.get(i)[axis] <= recipe.size()[axis];
            }
            listed[i] = inside && (!neuron[i] || random.nextDouble() >= lacking);
            number[i] = listed[i] ? count++ : Matches.NONE;
        }
        double[] nuclei = new double[3 * count];
        for (int i = 0; i < n; i++) {
            if (listed[i]) {
                System.arraycopy(all.get(i), 0, nuclei, 3 * number[i], 3);
            }
        }
        double[] cells = new double[3 * recipe.cells()];
        int[] truth = new int[recipe.cells()];
        double[][] waves = waves(random);
        for (int c = 0; c < recipe.cells(); c++) {
            double[] place = new double[3];
            if (random.nextDouble() < recipe.other()) {
                truth[c] = Matches.NONE;
                for (int axis = 0; axis < 3; axis++) {
                    place[axis] = random.nextDouble() * (recipe.size()[axis] + 2 * MARGIN) - MARGIN;
                }
            } else {
                int at = random.nextInt(neurons.size());
                int i = neurons.get(at);
                if (!recipe.repeated()) {
                    neurons.set(at, neurons.getLast());
                    neurons.removeLast();
                }
                truth[c] = number[i];
                place = all.get(i).clone();
            }
            double tail = recipe.tails() == Double.POSITIVE_INFINITY ? 1 : heavy(recipe.tails(), random);
            for (int axis = 0; axis < 3; axis++) {
                double[] wave = waves[axis];
                double phase = (wave[0] * place[0] + wave[1] * place[1] + wave[2] * place[2]) / SMOOTH + wave[3];
                cells[3 * c + axis] = place[axis] + recipe.jitter()[axis] * tail * random.nextGaussian()
                        + recipe.smooth() * Math.sqrt(2) * StrictMath.sin(phase);
            }
        }
        return new Phantom(nuclei, cells, truth);
    }

    private static double[][] waves(Random random) {
        double[][] waves = new double[3][4];
        for (double[] wave : waves) {
            double length = 0;
            for (int axis = 0; axis < 3; axis++) {
                wave[axis] = random.nextGaussian();
                length += wave[axis] * wave[axis];
            }
            for (int axis = 0; axis < 3; axis++) {
                wave[axis] /= Math.sqrt(length);
            }
            wave[3] = 2 * Math.PI * random.nextDouble();
        }
        return waves;
    }

    /// By which a Gaussian is longer in Student's t of whole degrees of freedom, with the same standard deviation from 3 on.
    private static double heavy(double freedom, Random random) {
        double squares = 0;
        for (int i = 0; i < (int) freedom; i++) {
            double one = random.nextGaussian();
            squares += one * one;
        }
        return Math.sqrt(Math.max(freedom - 2, 1) / squares);
    }

    private static List<double[]> tissue(Recipe recipe, Random random) {
        double[] size = new double[3];
        double volume = 1e-9;
        for (int axis = 0; axis < 3; axis++) {
            size[axis] = recipe.size()[axis] + 2 * MARGIN;
            volume *= size[axis];
        }
        int wanted = (int) Math.round(recipe.density() * volume);
        List<double[]> all = new ArrayList<>(wanted);
        Cells grid = new Cells(size, USUAL);
        while (all.size() < wanted) {
            double[] place = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                place[axis] = random.nextDouble() * size[axis] - MARGIN;
            }
            double depth = 1 + UNEVEN * StrictMath.sin(2 * Math.PI * place[1] / LAYER);
            if (random.nextDouble() * (1 + UNEVEN) > depth) {
                continue;
            }
            double near = grid.nearest(place, all);
            if (near >= USUAL || near >= NEAREST && random.nextDouble() < CLOSE) {
                grid.add(place, all.size());
                all.add(place);
            }
        }
        return all;
    }

    /// Points in cubes as wide as what is asked for.
    private static final class Cells {
        private final double width;
        private final int[] counts = new int[3];
        private final List<List<Integer>> cubes = new ArrayList<>();

        Cells(double[] size, double width) {
            this.width = width;
            int all = 1;
            for (int axis = 0; axis < 3; axis++) {
                counts[axis] = (int) (size[axis] / width) + 1;
                all = Math.multiplyExact(all, counts[axis]);
            }
            for (int i = 0; i < all; i++) {
                cubes.add(List.of());
            }
        }

        private int at(double place) {
            return (int) ((place + MARGIN) / width);
        }

        private int cube(int x, int y, int z) {
            return (z * counts[1] + y) * counts[0] + x;
        }

        void add(double[] place, int number) {
            int cube = cube(at(place[0]), at(place[1]), at(place[2]));
            List<Integer> longer = new ArrayList<>(cubes.get(cube));
            longer.add(number);
            cubes.set(cube, longer);
        }

        /// Distance to the nearest one, if that is below the width.
        double nearest(double[] place, List<double[]> all) {
            double least = Double.POSITIVE_INFINITY;
            int[] at = {at(place[0]), at(place[1]), at(place[2])};
            for (int z = Math.max(0, at[2] - 1); z <= Math.min(counts[2] - 1, at[2] + 1); z++) {
                for (int y = Math.max(0, at[1] - 1); y <= Math.min(counts[1] - 1, at[1] + 1); y++) {
                    for (int x = Math.max(0, at[0] - 1); x <= Math.min(counts[0] - 1, at[0] + 1); x++) {
                        for (int number : cubes.get(cube(x, y, z))) {
                            double[] other = all.get(number);
                            double dx = place[0] - other[0];
                            double dy = place[1] - other[1];
                            double dz = place[2] - other[2];
                            least = Math.min(least, Math.sqrt(dx * dx + dy * dy + dz * dz));
                        }
                    }
                }
            }
            return least;
        }
    }
}
