package org.neuropil.physiology.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class NeighboursTest {
    @Test
    void votesAreCountedAndTiesGoToTheFirstClass() {
        double[][] rows = {{0}, {1}, {10}, {11}};
        Decoder.Trained two = new Neighbours(2).train(rows, new int[]{1, 0, 1, 1}, 2);
        assertThat(two.scores(new double[]{0.4})).containsExactly(1, 1);
        assertThat(two.predict(new double[]{0.4})).isZero();
        assertThat(two.predict(new double[]{9})).isEqualTo(1);
        assertThat(new Neighbours(9).train(rows, new int[]{1, 0, 1, 1}, 2).scores(new double[]{0}))
                .containsExactly(1, 3);
    }

    @Test
    void ofTrialsEquallyFarTheEarlierOnesAreTaken() {
        assertThat(new Neighbours(1).train(new double[][]{{1}, {-1}, {1}}, new int[]{2, 0, 1}, 3)
                .predict(new double[]{0})).isEqualTo(2);
    }

    @Property(tries = 100)
    void theNearestVote(@ForAll @IntRange(min = 1, max = 12) int k, @ForAll @IntRange(min = 1, max = 30) int trials,
            @ForAll long seed) {
        double[][] rows = Worlds.gaussian(new double[1][3], trials, seed);
        int[] labels = Worlds.labels(trials, 4);
        double[] row = {0.1, 0.2, 0.3};
        double[] votes = new double[4];
        IntStream.range(0, trials).boxed().sorted(Comparator.comparingDouble(t -> distance(rows[t], row))).limit(k)
                .forEach(t -> votes[labels[t]]++);
        double[] found = new Neighbours(k).train(rows, labels, 4).scores(row);
        for (int c = 0; c < 4; c++) {
            assertThat(found[c]).isEqualTo(c < trials ? votes[c] : Double.NEGATIVE_INFINITY);
        }
    }

    @Property(tries = 50)
    void theUnitOfACellDoesNotMatterOnceStandardised(@ForAll @DoubleRange(min = 0.01, max = 100) double unit,
            @ForAll @DoubleRange(min = -50, max = 50) double offset, @ForAll long seed) {
        double[][] rows = Worlds.gaussian(Worlds.means(3, 4, 1, seed), 30, seed + 1);
        double[][] other = Arrays.stream(rows).map(row -> {
            double[] changed = row.clone();
            changed[2] = unit * row[2] + offset;
            return changed;
        }).toArray(double[][]::new);
        int[] labels = Worlds.labels(30, 3);
        double[][] one = Standardisation.of(rows).apply(rows);
        double[][] two = Standardisation.of(other).apply(other);
        Decoder.Trained first = new Neighbours(5).train(one, labels, 3);
        Decoder.Trained second = new Neighbours(5).train(two, labels, 3);
        for (int t = 0; t < 30; t++) {
            assertThat(second.predict(two[t])).isEqualTo(first.predict(one[t]));
        }
    }

    private static double distance(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j])).sum();
    }
}
