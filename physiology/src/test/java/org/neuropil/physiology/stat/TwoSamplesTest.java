package org.neuropil.physiology.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class TwoSamplesTest {
    @Test
    void samplesThatDoNotOverlapAreTwoOrdersOfAll() {
        assertThat(TwoSamples.kolmogorovSmirnov(new double[]{1, 2, 3, 4}, new double[]{8, 7, 6, 5}))
                .isCloseTo(2 / 70.0, within(1e-15));
    }

    @Test
    void samplesOfOneValueAreNotApart() {
        assertThat(TwoSamples.kolmogorovSmirnov(new double[]{1, 1}, new double[]{1, 1, 1})).isEqualTo(1);
    }

    @Test
    void theShareOfOrdersIsThatOfCountingThemAll() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 20; round++) {
            int n = random.nextInt(1, 6);
            int m = random.nextInt(1, 6);
            double[] a = random.doubles(n).toArray();
            double[] b = random.doubles(m).toArray();
            double own = apart(a, b);
            int all = 0;
            int far = 0;
            for (int chosen = 0; chosen < 1 << n + m; chosen++) {
                if (Integer.bitCount(chosen) == n) {
                    double[] one = new double[n];
                    double[] other = new double[m];
                    int i = 0;
                    int j = 0;
                    for (int value = 0; value < n + m; value++) {
                        if ((chosen >> value & 1) == 1) {
                            one[i++] = value;
                        } else {
                            other[j++] = value;
                        }
                    }
                    all++;
                    far += apart(one, other) > own - 1e-9 ? 1 : 0;
                }
            }
            assertThat(TwoSamples.kolmogorovSmirnov(a, b)).isCloseTo(far / (double) all, within(1e-12));
        }
    }

    private static double apart(double[] a, double[] b) {
        double largest = 0;
        for (double[] values : new double[][]{a, b}) {
            for (double at : values) {
                largest = Math.max(largest, Math.abs(upTo(a, at) - upTo(b, at)));
            }
        }
        return largest;
    }

    private static double upTo(double[] values, double at) {
        double count = 0;
        for (double value : values) {
            count += value <= at ? 1 : 0;
        }
        return count / values.length;
    }
}
