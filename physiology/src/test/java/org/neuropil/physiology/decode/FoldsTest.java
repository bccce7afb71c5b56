package org.neuropil.physiology.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FoldsTest {
    @Property
    void eachClassIsSharedEvenly(@ForAll @Size(max = 80) int[] drawn, @ForAll @IntRange(min = 2, max = 12) int count,
            @ForAll long seed) {
        int[] labels = Arrays.stream(drawn).map(value -> Math.floorMod(value, 5)).toArray();
        Folds folds = Folds.stratified(labels, 5, count, new SplittableRandom(seed));
        for (int k = -1; k < 5; k++) {
            int[] sizes = new int[count];
            for (int t = 0; t < labels.length; t++) {
                sizes[folds.of()[t]] += k < 0 || labels[t] == k ? 1 : 0;
            }
            assertThat(Arrays.stream(sizes).max().orElse(0) - Arrays.stream(sizes).min().orElse(0))
                    .isLessThanOrEqualTo(1);
        }
        assertThat(Folds.stratified(labels, 5, count, new SplittableRandom(seed)).of()).isEqualTo(folds.of());
    }

    @Property
    void shufflingKeepsWhatEachCellDoesInEachClass(@ForAll @IntRange(min = 1, max = 40) int trials, @ForAll long seed) {
        double[][] rows = Worlds.gaussian(new double[1][5], trials, seed);
        int[] labels = Worlds.labels(trials, 3);
        double[][] shuffled = Noise.shuffle(rows, labels, 3, new SplittableRandom(seed));
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 5; j++) {
                assertThat(responses(shuffled, labels, k, j)).containsExactly(responses(rows, labels, k, j));
            }
        }
    }

    @Test
    void shufflingBreaksWhatCellsShare() {
        double[][] rows = new double[1000][];
        Arrays.setAll(rows, t -> new double[]{t, t});
        double[][] shuffled = Noise.shuffle(rows, new int[1000], 1, new SplittableRandom(1));
        // Two random orders agree in one place on average.
        assertThat(Arrays.stream(shuffled).filter(row -> row[0] == row[1])).hasSizeLessThan(10);
        assertThat(rows[3]).containsExactly(3, 3);
    }

    @Test
    void foldsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Folds(new int[]{0, 2}, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] responses(double[][] rows, int[] labels, int k, int j) {
        return IntStream.range(0, rows.length).filter(t -> labels[t] == k).mapToDouble(t -> rows[t][j]).sorted()
                .toArray();
    }
}
