package org.neuropil.circuits.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.neuropil.circuits.function.DistanceMatched.Way;

class DistanceMatchedTest {
    /// Each of the pairs of two axons, with chances 1, 2, 3 and 0.
    private static final Pairs TWO = new Pairs(new int[]{0, 0, 0, 0, 4, 4, 4}, new int[]{1, 2, 3, 5, 1, 2, 3},
            new int[]{1, 0, 2, 0, 0, 1, 0}, new double[]{10, 20, 40, 80, 1, 2, 4},
            new double[]{1, 2, 3, 0, 1, 2, 3});

    @Test
    void theAreaUnderTheCurveCountsAllPairsOfPairs() {
        SplittableRandom random = new SplittableRandom(3);
        int n = 60;
        int[] synapses = new int[n];
        double[] similarity = new double[n];
        double[] chance = new double[n];
        for (int i = 0; i < n; i++) {
            synapses[i] = random.nextInt(3) == 0 ? 1 : 0;
            similarity[i] = random.nextInt(12); // ties
            chance[i] = 1;
        }
        Pairs pairs = new Pairs(new int[n], new int[n], synapses, similarity, chance);
        double above = 0;
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (synapses[i] > 0 && synapses[j] == 0) {
                    above += similarity[i] > similarity[j] ? 1 : similarity[i] == similarity[j] ? 0.5 : 0;
                    all++;
                }
            }
        }
        assertThat(pairs.areaUnderCurve()).isCloseTo(above / all, within(1e-12));
    }

    /// Two of three of the first axon without replacement, one of three of the second, by hand.
    @Test
    void eachAxonKeepsItsNumberOfConnections() {
        // P(first pair is left out) etc. with chances 1, 2, 3: orders 1-2: 1/6*2/5 + 2/6*1/4, and so on.
        double p12 = 1.0 / 6 * 2 / 5 + 2.0 / 6 * 1 / 4;
        double p13 = 1.0 / 6 * 3 / 5 + 3.0 / 6 * 1 / 3;
        double p23 = 2.0 / 6 * 3 / 4 + 3.0 / 6 * 2 / 3;
        double mean = (p12 * 30 + p13 * 50 + p23 * 60 + (1 * 1 + 2 * 2 + 4 * 3) / 6.0) / 3;
        DistanceMatched found = DistanceMatched.of(TWO, Way.BY_AXON, 40_000, 9, 2);
        assertThat(found.test().observed()).isEqualTo(52.0 / 3);
        assertThat(found.test().mean()).isCloseTo(mean, within(4 * found.test().deviation() / 200));
        assertThat(found).isEqualTo(DistanceMatched.of(TWO, Way.BY_AXON, 40_000, 9, 1));
    }

    @Test
    void thePublishedWayDrawsWithReplacementOverAll() {
        double expected = (10 * 1 + 20 * 2 + 40 * 3 + 1 * 1 + 2 * 2 + 4 * 3) / 12.0;
        double square = (100 * 1 + 400 * 2 + 1600 * 3 + 1 * 1 + 4 * 2 + 16 * 3) / 12.0;
        DistanceMatched found = DistanceMatched.of(TWO, Way.PUBLISHED, 40_000, 5, 2);
        assertThat(found.test().mean()).isCloseTo(expected, within(4 * found.test().deviation() / 200));
        assertThat(found.test().deviation()).isCloseTo(Math.sqrt((square - expected * expected) / 3), within(0.1));
    }

    /// Tuning that differs from axon to axon, with axons of unequal weight: only the draws by axon know that.
    @Test
    void drawsByAxonAreNotMisledByAxonsOfUnequalWeight() {
        int published = 0;
        int byAxon = 0;
        for (int run = 0; run < 60; run++) {
            SplittableRandom random = new SplittableRandom(1000 + 31 * run);
            int axons = 20;
            int cells = 60;
            int n = axons * cells;
            int[] pre = new int[n];
            int[] post = new int[n];
            int[] synapses = new int[n];
            double[] similarity = new double[n];
            double[] chance = new double[n];
            for (int a = 0; a < axons; a++) {
                double own = random.nextGaussian();
                double weight = Math.exp(1.2 * random.nextGaussian());
                for (int b = 0; b < cells; b++) {
                    int i = a * cells + b;
                    pre[i] = a;
                    post[i] = axons + b;
                    chance[i] = 0.2 + random.nextDouble();
                    similarity[i] = own + 0.5 * random.nextGaussian();
                    synapses[i] = random.nextDouble() < Math.min(0.9, 0.05 * weight * chance[i]) ? 1 : 0;
                }
            }
            Pairs pairs = new Pairs(pre, post, synapses, similarity, chance);
            published += DistanceMatched.of(pairs, Way.PUBLISHED, 200, run, 1).test().p() < 0.1 ? 1 : 0;
            byAxon += DistanceMatched.of(pairs, Way.BY_AXON, 200, run, 1).test().p() < 0.1 ? 1 : 0;
        }
        assertThat(published).isGreaterThan(20);
        assertThat(byAxon).isLessThan(14);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DistanceMatched.of(new Pairs(new int[]{0}, new int[]{1},
                new int[]{0}, new double[]{1}, new double[]{1}), Way.BY_AXON, 10, 1, 1))
                .withMessage("no pair is connected");
        assertThatIllegalArgumentException().isThrownBy(() -> DistanceMatched.of(new Pairs(new int[]{0, 0},
                new int[]{1, 2}, new int[]{1, 0}, new double[]{1, 2}, new double[]{0, 0}), Way.BY_AXON, 10, 1, 1))
                .withMessageContaining("0 pairs with a chance");
        assertThatIllegalArgumentException().isThrownBy(() -> new Pairs(new int[]{0}, new int[]{1}, new int[]{0},
                new double[]{Double.NaN}, new double[]{1}));
    }
}
