package org.neuropil.physiology.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.space.InputException;

class DecodingTest {
    private static Part part(double[][] rows, int classes) {
        List<Condition> shown = new ArrayList<>();
        for (int t = 0; t < rows.length; t++) {
            shown.add(new Condition.Picture(t % classes));
        }
        Map<String, Responses> cells = new LinkedHashMap<>();
        for (int j = 0; j < rows[0].length; j++) {
            double[] values = new double[rows.length];
            for (int t = 0; t < rows.length; t++) {
                values[t] = rows[t][j];
            }
            cells.put("c" + j, Responses.of(shown, values));
        }
        return Part.all("all", TrialMatrix.of(cells, Labelling.CONDITION, Missing.CELLS));
    }

    private static Settings settings(Decoder decoder, List<Integer> sizes, int repeats, int shuffles, boolean noise) {
        return new Settings(decoder, true, 5, Map.of(), sizes, repeats, shuffles, noise, 7);
    }

    private static List<Accuracy> run(Part part, Settings settings, int threads) throws InterruptedException {
        return new Decoding(List.of(part), settings).run(threads, () -> {});
    }

    @Test
    void threadsDoNotChangeTheResult() throws InterruptedException {
        Part part = part(Worlds.gaussian(Worlds.means(4, 12, 0.7, 1), 60, 2), 4);
        for (Decoder decoder : List.of(new Lda(), new LinearSvm(1), new Neighbours(5))) {
            Settings settings = settings(decoder, List.of(2, 5, Settings.ALL, 99), 3, 4, true);
            List<Accuracy> one = run(part, settings, 1);
            List<Accuracy> three = run(part, settings, 3);
            assertThat(one).hasSize(9);
            assertThat(one.stream().map(Accuracy::mean)).containsExactlyElementsOf(three.stream().map(Accuracy::mean)
                    .toList());
            assertThat(one.stream().map(Accuracy::byChance))
                    .containsExactlyElementsOf(three.stream().map(Accuracy::byChance).toList());
        }
    }

    @Test
    void tasksAreCounted() throws InterruptedException {
        Part part = part(Worlds.gaussian(Worlds.means(3, 4, 1, 1), 30, 2), 3);
        Decoding decoding = new Decoding(List.of(part), settings(new Lda(), List.of(1, Settings.ALL), 2, 3, true));
        AtomicInteger done = new AtomicInteger();
        decoding.run(2, done::incrementAndGet);
        assertThat(done).hasValue(decoding.tasks()).hasValue(2 * (2 * 4 + 2 * 2));
    }

    @Test
    void moreCellsTellMore() throws InterruptedException {
        // Each cell has d' = 0.8 between two images: accuracy is Phi(0.4 sqrt(n)) = 0.66, 0.79, 0.945 for n = 1, 4, 16.
        double[][] means = new double[2][16];
        Arrays.fill(means[1], 0.8);
        List<Accuracy> rows = run(part(Worlds.gaussian(means, 2000, 3), 2),
                settings(new Lda(), List.of(1, 4, 16), 4, 19,
                        false),
                2);
        assertThat(rows.get(0).mean()).isCloseTo(0.655, within(0.04));
        assertThat(rows.get(1).mean()).isCloseTo(0.788, within(0.04));
        assertThat(rows.get(2).mean()).isCloseTo(0.945, within(0.025));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.byChance()).isCloseTo(0.5, within(0.03));
            assertThat(row.p()).isEqualTo(0.05);
            assertThat(row.chance()).isEqualTo(0.5);
            assertThat(row.largestClass()).isEqualTo(0.5);
            assertThat(row.deviation()).isBetween(0.0, 0.05);
        });
    }

    @Test
    void noiseThatCellsShareIsUsedByWhoKnowsOfIt() throws InterruptedException {
        // Cells a and b carry the same noise of deviation 2 and own noise of 0.25; the image moves a alone, by 1. Their
        // difference has d' = 1 / (0.25 sqrt 2) = 2.83: accuracy 0.92. Without noise correlation a alone tells: d' = 0.5,
        // accuracy 0.60. Weights learned without it leave b out: that gives 0.60 of trials as they were, too.
        Random random = new Random(5);
        double[][] rows = new double[1000][2];
        for (int t = 0; t < rows.length; t++) {
            double common = 2 * random.nextGaussian();
            rows[t][0] = common + 0.25 * random.nextGaussian() + t % 2;
            rows[t][1] = common + 0.25 * random.nextGaussian();
        }
        List<Accuracy> made = run(part(rows, 2), settings(new Lda(), List.of(2), 3, 0, true), 2);
        assertThat(made.stream().map(Accuracy::noise)).containsExactly(Noise.INTACT, Noise.SHUFFLED, Noise.DIAGONAL);
        assertThat(made.get(0).mean()).isCloseTo(0.921, within(0.03));
        assertThat(made.get(1).mean()).isCloseTo(0.598, within(0.04));
        assertThat(made.get(2).mean()).isCloseTo(0.598, within(0.04));
        assertThat(made.getFirst().p()).isNaN();
    }

    @Test
    void ofNoiseAloneThePValueIsAnyNumber() throws InterruptedException {
        double sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            Accuracy row = run(part(Worlds.gaussian(new double[2][3], 40, seed), 2),
                    settings(new Lda(), List.of(Settings.ALL), 1, 19, false), 1).getFirst();
            assertThat(row.p()).isBetween(0.05, 1.0);
            sum += row.p();
        }
        // Uniform, a little above as equal accuracies count: the standard error of the mean is 0.065.
        assertThat(sum / 20).isBetween(0.3, 0.8);
    }

    @Test
    void confusionHoldsAllTrialsOfAllRepeats() throws InterruptedException {
        Accuracy row = run(part(Worlds.gaussian(Worlds.means(3, 4, 1, 1), 31, 2), 3),
                settings(new Neighbours(3), List.of(2), 4, 0, false), 1).getFirst();
        long sum = 0;
        long right = 0;
        for (int k = 0; k < 3; k++) {
            right += row.confusion().counts()[k][k];
            for (long count : row.confusion().counts()[k]) {
                sum += count;
            }
        }
        assertThat(sum).isEqualTo(4 * 31);
        assertThat(row.mean()).isCloseTo(right / 124.0, within(1e-12));
        assertThat(row.confusion().balanced()).isCloseTo(
                (row.confusion().recall(0) + row.confusion().recall(1) + row.confusion().recall(2)) / 3,
                within(1e-12));
    }

    @Test
    void givenFoldsAreTaken() throws InterruptedException {
        Part part = part(Worlds.gaussian(Worlds.means(2, 3, 1, 1), 20, 2), 2);
        Map<Integer, Integer> given = new LinkedHashMap<>();
        for (int t = 0; t < 20; t++) {
            given.put(t, t < 8 ? 0 : 1);
        }
        Settings settings = new Settings(new Lda(), false, 5, given, List.of(Settings.ALL), 10, 0, false, 0);
        assertThat(part.folds(settings, 3).of()).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 1).endsWith(1);
        // All cells and given folds: nothing is drawn, and one repeat says all.
        Accuracy row = run(part, settings, 1).getFirst();
        assertThat(row.deviation()).isNaN();
        given.remove(4);
        Settings fewer = new Settings(new Lda(), false, 5, given, List.of(Settings.ALL), 10, 0, false, 0);
        assertThatThrownBy(() -> run(part, fewer, 1)).isInstanceOf(InputException.class)
                .hasMessageContaining("trial 4 has no fold");
    }

    @Test
    void oneConditionIsRefused() {
        Part part = part(new double[][]{{1}, {2}, {3}}, 1);
        assertThatThrownBy(() -> new Decoding(List.of(part), settings(new Lda(), List.of(1), 1, 0, false)))
                .isInstanceOf(InputException.class).hasMessageContaining("1 conditions are left");
    }
}
