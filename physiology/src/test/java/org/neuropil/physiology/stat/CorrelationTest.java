package org.neuropil.physiology.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CorrelationTest {
    private static final double NAN = Double.NaN;

    @Test
    void aLineIsOneAndItsMirrorMinusOne() {
        double[] x = {1, 2, NAN, 4, 8};
        double[] up = {10, 20, 7, 40, 80};
        double[] down = {-1, -2, 7, -4, -8};
        assertThat(Correlation.pearson(x, up, 2)).isEqualTo(1, within(1e-15));
        assertThat(Correlation.pearson(x, down, 2)).isEqualTo(-1, within(1e-15));
        assertThat(Correlation.spearman(x, up, 2)).isEqualTo(1, within(1e-15));
    }

    @Test
    void fewPairsAndConstantSidesHaveNone() {
        assertThat(Correlation.pearson(new double[]{1, 2, NAN}, new double[]{1, NAN, 3}, 2)).isNaN();
        assertThat(Correlation.pearson(new double[]{1, 2, 3}, new double[]{1, 2, 4}, 4)).isNaN();
        assertThat(Correlation.pearson(new double[]{0.1, 0.1 + 1e-17, 0.1}, new double[]{1, 2, 4}, 2)).isNaN();
        assertThat(Correlation.spearman(new double[]{5, 5, 5}, new double[]{1, 2, 4}, 2)).isNaN();
        assertThatThrownBy(() -> Correlation.pearson(new double[1], new double[2], 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalValuesShareTheirRanks() {
        assertThat(Correlation.ranks(new double[]{3, 1, 3, 2, -0.0, 0.0})).containsExactly(5.5, 3, 5.5, 4, 1.5, 1.5);
    }

    @Property(tries = 200)
    void pearsonIsTheQuotientOfSums(@ForAll @Size(min = 3, max = 12) List<@IntRange(min = -9, max = 9) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 50) int turn) {
        int n = numbers.size();
        double[] x = new double[n];
        double[] y = new double[n];
        long sx = 0;
        long sy = 0;
        long sxx = 0;
        long syy = 0;
        long sxy = 0;
        for (int i = 0; i < n; i++) {
            int a = numbers.get(i);
            int b = numbers.get((i + turn) % n) + i;
            x[i] = a;
            y[i] = b;
            sx += a;
            sy += b;
            sxx += (long) a * a;
            syy += (long) b * b;
            sxy += (long) a * b;
        }
        // All sums are whole numbers, so that this is exact but for the last step.
        double below = Math.sqrt((double) (n * sxx - sx * sx)) * Math.sqrt((double) (n * syy - sy * sy));
        double r = Correlation.pearson(x, y, 2);
        if (below == 0) {
            assertThat(r).isNaN();
        } else {
            assertThat(r).isEqualTo((n * sxy - sx * sy) / below, within(1e-12));
        }
    }

    @Property(tries = 100)
    void theMeanOverPairsIsThatOfEachPair(
            @ForAll @Size(min = 12, max = 12) List<@IntRange(min = 0, max = 3) Integer> numbers) {
        double[][] rows = new double[4][3];
        for (int i = 0; i < 12; i++) {
            rows[i / 3][i % 3] = numbers.get(i);
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                double r = Correlation.pearson(rows[i], rows[j], 2);
                if (!Double.isNaN(r)) {
                    sum += r;
                    pairs++;
                }
            }
        }
        double mean = Correlation.meanPairwise(rows, IntStream.range(0, rows.length).toArray());
        if (pairs == 0) {
            assertThat(mean).isNaN();
        } else {
            assertThat(mean).isEqualTo(sum / pairs, within(1e-12));
        }
    }

    @Test
    void quantilesLieBetweenNeighbours() {
        double[] sorted = {1, 2, 4, 8, 16};
        assertThat(Values.quantile(sorted, 0)).isEqualTo(1);
        assertThat(Values.quantile(sorted, 0.125)).isEqualTo(1.5);
        assertThat(Values.quantile(sorted, 1)).isEqualTo(16);
        assertThat(Values.quantile(new double[0], 0.5)).isNaN();
        assertThat(Values.deviation(new double[]{1, NAN, 3}, 1)).isEqualTo(Math.sqrt(2));
        assertThat(Values.deviation(new double[]{1, NAN, 3}, 0)).isEqualTo(1);
        assertThat(Values.argmax(new double[]{NAN, 2, 5, 5})).isEqualTo(2);
        assertThat(Values.argmax(new double[]{NAN})).isEqualTo(-1);
    }
}
