package org.neuropil.coregister.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.coregister.fit.Work;
import org.neuropil.pipeline.Progress;

class MatchesTest {
    private static final double[] SIZE = {330, 330, 330};

    private static Matches match(Phantom world, Matches.Settings settings, Work work) {
        return Matches.of(world.cells(), new double[world.truth().length], Nuclei.of(world.nuclei()), settings, work);
    }

    private static boolean[] right(Matches matches, Phantom world) {
        boolean[] right = new boolean[matches.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = matches.nucleus()[i] != Matches.NONE && matches.nucleus()[i] == world.truth()[i];
        }
        return right;
    }

    /// With 4,000 cells in 15 bins chance alone makes an error of some 0.01; large worlds are measured by a benchmark.
    @ParameterizedTest
    @CsvSource({"2,Infinity,0.05,0.05,false", "3,3,0.15,0.1,false", "4,Infinity,0.1,0.1,false", "2.5,4,0.1,0.05,true",
        "4,Infinity,0.05,0.1,true"})
    void probabilitiesAreCalibratedAndBetterThanSeparation(double jitter, double tails, double missed, double other,
            boolean once) {
        Phantom.Recipe recipe = Phantom.Recipe.cortex(SIZE, 4000, jitter, tails, missed, other);
        Phantom world = Phantom.of(once ? recipe.once() : recipe, 5);
        Matches matches = match(world, new Matches.Settings(once, new int[0], 1), Work.ALONE);
        boolean[] right = right(matches, world);
        Reliability reliability = Reliability.of(matches.probability(), right, Reliability.BINS);
        assertThat(reliability.expectedError()).as(reliability.toString()).isLessThan(0.03);
        int matched = (int) Arrays.stream(world.truth()).filter(j -> j >= 0).count();
        for (double recall : new double[]{0.3, 0.5}) {
            assertThat(Agreement.precision(matches.probability(), right, matched, recall)).as("at " + recall)
                    .isGreaterThan(Agreement.precision(matches.separation(), right, matched, recall));
        }
        if (once) {
            Set<Integer> taken = new HashSet<>();
            for (int nucleus : matches.nucleus()) {
                assertThat(nucleus == Matches.NONE || taken.add(nucleus)).isTrue();
            }
        }
    }

    @Test
    void theModelOfErrorsIsThatOfTheWorld() {
        Phantom world = Phantom.of(new Phantom.Recipe(SIZE, 141_000, 0.63, 6000, new double[]{1.5, 2, 3},
                Double.POSITIVE_INFINITY, 0, 0.15, 0.05, true), 2);
        double[] moved = world.cells().clone();
        for (int i = 0; i < moved.length; i += 3) {
            moved[i] += 2;
        }
        ErrorModel model = Matches.of(moved, new double[6000], Nuclei.of(world.nuclei()), Matches.Settings.PLAIN,
                Work.ALONE).model();
        assertThat(model.shift().get(0)).isCloseTo(-2, within(0.1));
        assertThat(model.shift().get(2)).isCloseTo(0, within(0.15));
        assertThat(model.median(0)).isCloseTo(0.6745 * 1.5, within(0.08));
        assertThat(model.median(1)).isCloseTo(0.6745 * 2, within(0.1));
        assertThat(model.median(2)).isCloseTo(0.6745 * 3, within(0.15));
        assertThat(model.missed() + model.other()).isCloseTo(0.2, within(0.04));
    }

    @Test
    void errorsMayGrowAwayFromLandmarks() {
        Phantom world = Phantom.of(new Phantom.Recipe(SIZE, 141_000, 0.63, 6000, new double[]{1, 1, 1},
                Double.POSITIVE_INFINITY, 0, 0.05, 0.05, true), 3);
        Nuclei nuclei = Nuclei.of(world.nuclei());
        double[] cells = world.cells().clone();
        double[] landmark = new double[6000];
        for (int i = 0; i < 6000; i++) {
            landmark[i] = i % 200;
            for (int axis = 0; axis < 3; axis++) {
                if (world.truth()[i] >= 0) {
                    double own = world.nuclei()[3 * world.truth()[i] + axis];
                    cells[3 * i + axis] = own + (cells[3 * i + axis] - own) * (1 + landmark[i] / 100);
                }
            }
        }
        Matches grown = Matches.of(cells, landmark, nuclei, Matches.Settings.PLAIN, Work.ALONE);
        for (int distance : new int[]{20, 40, 80, 120, 160}) {
            double width = grown.model().sigma().getFirst() * grown.model().widening(distance);
            assertThat(width / (1 + distance / 100.0)).as(distance + " µm").isCloseTo(1, within(0.15));
        }
        Matches even = Matches.of(cells, new double[6000], nuclei, Matches.Settings.PLAIN, Work.ALONE);
        assertThat(even.model().widening()).containsOnly(1.0);
    }

    @Test
    void noNumberOfThreadsChangesAnything() {
        Phantom world = Phantom.of(Phantom.Recipe.cortex(new double[]{200, 200, 200}, 5000, 3, 4, 0.1, 0.1), 4);
        Matches alone = match(world, Matches.Settings.PLAIN, Work.ALONE);
        Matches together = match(world, Matches.Settings.PLAIN, new Work(3, Progress.NONE));
        assertThat(together.model()).isEqualTo(alone.model());
        assertThat(together.probability()).isEqualTo(alone.probability());
    }

    @Test
    void groupsKeepToOneToOneEachByItself() {
        double[] nuclei = {0, 0, 0, 30, 0, 0, 0, 30, 0, 0, 0, 30, 30, 30, 0, 30, 0, 30};
        double[] cells = {0.1, 0, 0, 0.2, 0, 0, 0.3, 0, 0, 29, 0, 0, 0, 29, 0, 1, 0, 29};
        Nuclei all = Nuclei.of(nuclei);
        Matches plain = Matches.of(cells, new double[6], all, Matches.Settings.PLAIN, Work.ALONE);
        assertThat(plain.nucleus()).containsExactly(0, 0, 0, 1, 2, 3);
        assertThat(plain.residual()[3]).isEqualTo(1);
        assertThat(plain.separation()[3]).isEqualTo(28);
        Matches groups = Matches.of(cells, new double[6], all,
                new Matches.Settings(true, new int[]{0, 0, 1, 1, 1, 1}, 1), Work.ALONE);
        assertThat(IntStream.of(groups.nucleus()).filter(j -> j == 0).count()).isEqualTo(2);
        assertThat(groups.nucleus()[2]).isZero();
        assertThat(groups.nucleus()[0] == 0 ^ groups.nucleus()[1] == 0).isTrue();
    }

    @Test
    void fewNucleiInOnePlaneAreNoTrouble() {
        Nuclei nuclei = Nuclei.of(new double[]{0, 0, 0, 20, 0, 0});
        Matches matches = Matches.of(new double[]{1, 0, 0, 500, 0, 0}, new double[2], nuclei, Matches.Settings.PLAIN,
                Work.ALONE);
        assertThat(matches.nucleus()[0]).isZero();
        assertThat(matches.probability()[1]).isLessThan(0.01);
        assertThat(matches.none()[1]).isGreaterThan(0.98);
    }

    @Test
    void reliabilityByHand() {
        Reliability reliability = Reliability.of(new double[]{0.9, 0.1, 0.8, 0.2}, new boolean[]{true, false, true,
            true}, 2);
        assertThat(reliability.bins()).containsExactly(new Reliability.Bin(2, 0.15000000000000002, 0.5),
                new Reliability.Bin(2, 0.8500000000000001, 1));
        assertThat(reliability.expectedError()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void agreementByHand() {
        Agreement agreement = Agreement.of(new double[]{0.5, 0.9, 0.5, Double.NaN}, new boolean[]{true, true, false,
            true});
        assertThat(agreement.points()).isEqualTo(List.of(new Agreement.Point(0.5, 3, 0.75, 2 / 3.0),
                new Agreement.Point(0.9, 1, 0.25, 1)));
        double[] value = {4, 3, 2, 1};
        boolean[] right = {true, false, true, false};
        assertThat(Agreement.precision(value, right, 4, 0.5)).isEqualTo(2 / 3.0);
        assertThat(Agreement.precision(value, right, 4, 0.6)).isNaN();
    }
}
