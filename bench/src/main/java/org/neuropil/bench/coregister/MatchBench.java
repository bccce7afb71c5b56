package org.neuropil.bench.coregister;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.Landmark;
import org.neuropil.coregister.PointUnit;
import org.neuropil.coregister.Settings;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.match.Agreement;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Nuclei;
import org.neuropil.coregister.match.Phantom;
import org.neuropil.coregister.match.PointTree;
import org.neuropil.coregister.match.Reliability;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Transform;
import org.neuropil.pipeline.Progress;

/// Prints `figure <name> <value> <unit>` for worlds of [Phantom]: the expected calibration error of the probabilities that
/// matches are given, and their precision where half, and 0.8, of what is right at all is kept, beside that of the rule
/// that keeps the nearest nucleus if its separation score is high.
final class MatchBench {
    private static final double[] SHARES = {0.5, 0.8};
    private static final int LANDMARKS = 1200;

    private MatchBench() {}

    /// A world.
    ///
    /// @param warped true if cells are given in a space of their own, with landmarks in a part of it
    private record World(String name, Phantom.Recipe recipe, boolean once, boolean warped) {}

    /// @param args length of the block in micrometres along x; share of the cells; seed
    public static void main(String[] args) {
        double[] size = {Double.parseDouble(args[0]), 870, 840};
        double share = Double.parseDouble(args[1]);
        long seed = Long.parseLong(args[2]);
        for (World world : worlds(size, share)) {
            measure(world, seed);
        }
    }

    private static List<World> worlds(double[] size, double share) {
        double gauss = Double.POSITIVE_INFINITY;
        List<World> worlds = new ArrayList<>();
        add(worlds, "jitter1.7", size, share * 40_000, 1.7, gauss, 0.05, 0.05);
        add(worlds, "jitter3", size, share * 40_000, 3, gauss, 0.1, 0.1);
        add(worlds, "jitter3_t3_unmatched30", size, share * 40_000, 3, 3, 0.2, 0.1);
        add(worlds, "jitter4.5", size, share * 80_000, 4.5, gauss, 0.1, 0.05);
        add(worlds, "jitter4.5_t5", size, share * 20_000, 4.5, 5, 0.1, 0.1);
        add(worlds, "jitter6", size, share * 40_000, 6, gauss, 0.05, 0.05);
        add(worlds, "jitter6_t3_unmatched30", size, share * 40_000, 6, 3, 0.2, 0.1);
        worlds.add(new World("once_jitter3",
                Phantom.Recipe.cortex(size, (int) (share * 40_000), 3, gauss, 0.05, 0.05).once(), true, false));
        worlds.add(new World("once_jitter4.5_t5",
                Phantom.Recipe.cortex(size, (int) (share * 60_000), 4.5, 5, 0.15, 0.1).once(), true, false));
        worlds.add(new World("warped_jitter2",
                Phantom.Recipe.cortex(size, (int) (share * 40_000), 2, gauss, 0.1, 0.1), false, true));
        return worlds;
    }

    private static void add(List<World> worlds, String name, double[] size, double cells, double jitter, double tails,
            double missed, double other) {
        worlds.add(new World(name, Phantom.Recipe.cortex(size, (int) cells, jitter, tails, missed, other), false,
                false));
    }

    private static void measure(World world, long seed) {
        Phantom phantom = Phantom.of(world.recipe(), seed);
        Work work = new Work(2, Progress.NONE);
        double[] cells = phantom.cells();
        double[] landmarks = new double[phantom.truth().length];
        if (world.warped()) {
            List<Point3> seen = new ArrayList<>();
            for (int i = 0; i < cells.length; i += 3) {
                seen.add(bent(new Point3(cells[i], cells[i + 1], cells[i + 2])));
            }
            Coregistration fitted = fit(world.recipe().size(), seed, work);
            figure("warped.landmark_median", fitted.toEm().heldOut().median(), "um");
            landmarks = fitted.toLandmarks(seen);
            Transform map = fitted.toEm().transform();
            cells = cells.clone();
            for (int i = 0; i < seen.size(); i++) {
                Point3 at = map.apply(seen.get(i));
                cells[3 * i] = at.x();
                cells[3 * i + 1] = at.y();
                cells[3 * i + 2] = at.z();
            }
        }
        long started = System.nanoTime();
        Nuclei nuclei = Nuclei.of(phantom.nuclei());
        Matches matches = Matches.of(cells, landmarks, nuclei, new Matches.Settings(world.once(), new int[0], 1), work);
        double seconds = (System.nanoTime() - started) / 1e9;
        boolean[] right = new boolean[matches.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = matches.nucleus()[i] != Matches.NONE && matches.nucleus()[i] == phantom.truth()[i];
        }
        // Cells that one-to-one assignment leaves without a nucleus are no matches, and their zeros would be right for
        // nothing.
        int[] given = IntStream.range(0, matches.size()).filter(i -> matches.nucleus()[i] != Matches.NONE).toArray();
        boolean[] givenRight = new boolean[given.length];
        for (int k = 0; k < given.length; k++) {
            givenRight[k] = right[given[k]];
        }
        Reliability reliability = Reliability.of(Arrays.stream(given).mapToDouble(i -> matches.probability()[i])
                .toArray(), givenRight, Reliability.BINS);
        String name = world.name();
        figure(name + ".calibration_error", reliability.expectedError(), "1");
        double[] separation = new double[matches.size()];
        boolean[] nearest = new boolean[matches.size()];
        rule(cells, nuclei, phantom, separation, nearest);
        int matched = (int) Arrays.stream(phantom.truth()).filter(j -> j != Matches.NONE).count();
        int most = Math.min(count(right), count(nearest));
        figure(name + ".right_of_matched", count(right) / (double) matched, "1");
        for (double share : SHARES) {
            double recall = share * most / matched;
            String at = ".at_" + Math.round(share * 100);
            figure(name + at + ".recall", recall, "1");
            figure(name + at + ".precision", Agreement.precision(matches.probability(), right, matched, recall), "1");
            figure(name + at + ".separation_precision", Agreement.precision(separation, nearest, matched, recall),
                    "1");
        }
        figure(name + ".seconds", seconds, "s");
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /// The separation score of the nearest nucleus, and whether that is the cell's.
    private static void rule(double[] cells, Nuclei nuclei, Phantom phantom, double[] separation, boolean[] right) {
        PointTree.Found found = new PointTree.Found(2);
        for (int i = 0; i < separation.length; i++) {
            nuclei.tree().nearest(cells[3 * i], cells[3 * i + 1], cells[3 * i + 2], found);
            separation[i] = found.distance(1) - found.distance(0);
            right[i] = found.number(0) == phantom.truth()[i];
        }
    }

    /// From EM to the space in which cells are given: turned, stretched, and bent smoothly by some 15 µm.
    private static Point3 bent(Point3 em) {
        double x = 1.04 * em.x() + 0.08 * em.y() + 15 * StrictMath.sin(em.z() / 160 + em.y() / 300);
        double y = 0.97 * em.y() - 0.06 * em.x() + 15 * StrictMath.sin(em.x() / 190 + 1);
        double z = 1.08 * em.z() + 0.03 * em.x() + 15 * StrictMath.cos(em.y() / 170 + em.x() / 400);
        return new Point3(x, y, z);
    }

    /// From landmarks in the inner part of the block, each found within some 1.5 µm.
    private static Coregistration fit(double[] size, long seed, Work work) {
        Random random = new Random(seed + 100);
        List<Landmark> landmarks = new ArrayList<>();
        for (int i = 0; i < LANDMARKS; i++) {
            double[] at = new double[3];
            double[] found = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                at[axis] = size[axis] * (0.1 + 0.8 * random.nextDouble());
                found[axis] = at[axis] + 1.5 * random.nextGaussian();
            }
            landmarks.add(new Landmark("Pt-" + i, true, Optional.of(new Point3(found[0], found[1], found[2])),
                    Optional.of(bent(new Point3(at[0], at[1], at[2])))));
        }
        List<Recipe> recipes = List.of(Recipe.spline(new Kernel.Power(1), 2, 0.03),
                Recipe.spline(new Kernel.Power(1), 2, 0.3));
        return Coregistration.fit(landmarks, "made", "", new Settings(Space.EM, PointUnit.MICROMETRE,
                PointUnit.MICROMETRE, OptionalDouble.empty(), recipes, 20, seed, true), work);
    }

    @SuppressWarnings("SystemOut") // stdout is the protocol
    private static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure match.%s %.5f %s%n", name, value, unit);
    }
}
