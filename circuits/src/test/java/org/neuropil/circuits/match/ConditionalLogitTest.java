package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ConditionalLogitTest {
    @Test
    void ofOneFeatureThatTwoAlternativesDifferInItIsTheLogOfTheOdds() {
        // Three of four choose the alternative with the feature; the ridge is next to nothing.
        double[][] x = {{1, 0}, {1, 0}, {1, 0}, {1, 0}};
        double[] w = ConditionalLogit.fit(1, x, new int[]{0, 0, 1, 0}, 1e-9, 1);
        assertThat(w[0]).isCloseTo(Math.log(3), within(1e-5));
        assertThat(ConditionalLogit.probabilities(w, x[0])[0]).isCloseTo(0.75, within(1e-5));
    }

    @Test
    void noWeightsNearbyAreLikelier() {
        int features = 4;
        SplittableRandom random = new SplittableRandom(6);
        double[][] x = new double[200][];
        int[] chosen = new int[x.length];
        for (int c = 0; c < x.length; c++) {
            x[c] = random.doubles(features * (2 + random.nextInt(6)), -1, 1).toArray();
            chosen[c] = random.nextInt(x[c].length / features);
        }
        double[] w = ConditionalLogit.fit(features, x, chosen, 2, 3);
        assertThat(w).isEqualTo(ConditionalLogit.fit(features, x, chosen, 2, 1));
        double best = penalised(w, x, chosen);
        for (int f = 0; f < features; f++) {
            for (double step : new double[]{-0.01, 0.01}) {
                double[] other = w.clone();
                other[f] += step;
                assertThat(penalised(other, x, chosen)).isLessThan(best);
            }
        }
    }

    private static double penalised(double[] w, double[][] x, int[] chosen) {
        double sum = 0;
        for (double weight : w) {
            sum -= weight * weight;
        }
        for (int c = 0; c < x.length; c++) {
            double all = 0;
            double one = 0;
            for (int a = 0; a < x[c].length / w.length; a++) {
                double score = 0;
                for (int f = 0; f < w.length; f++) {
                    score += w[f] * x[c][a * w.length + f];
                }
                all += Math.exp(score);
                one = a == chosen[c] ? score : one;
            }
            sum += one - Math.log(all);
        }
        return sum;
    }

    @Test
    void choicesThatAreAlwaysToldRightHaveFiniteWeights() {
        double[] w = ConditionalLogit.fit(1, new double[][]{{1, 0}, {1, 0}}, new int[]{0, 0}, 0.1, 1);
        assertThat(w[0]).isBetween(1.0, 10.0);
    }
}
