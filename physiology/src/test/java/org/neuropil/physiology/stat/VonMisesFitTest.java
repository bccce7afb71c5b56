package org.neuropil.physiology.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class VonMisesFitTest {
    private static final double[] DIRECTIONS = {0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330};

    private static double curve(double[] p, double degrees) {
        double x = Math.toRadians(degrees - p[4]);
        return p[0] * Math.exp(p[1] * Math.cos(x)) + p[2] * Math.exp(p[3] * Math.cos(x - Math.PI)) + p[5];
    }

    private static double error(double[] p, double[] means) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            double apart = means[i] - curve(p, DIRECTIONS[i]);
            sum += apart * apart;
        }
        return sum;
    }

    /// s1, k1, s2, k2, x0, b of curves without noise.
    @Test
    void aCurveIsFoundAgain() {
        for (double[] truth : new double[][]{{0.1, 2, 0.05, 2, 75, 0.2}, {0.5, 1, 0.2, 1.5, 200, 0},
            {0.01, 4, 0.01, 2, 359, 1}, {1, 1.5, 0, 1, 10, 0.5}}) {
            double[] means = Arrays.stream(DIRECTIONS).map(x -> curve(truth, x)).toArray();
            VonMisesFit fit = VonMisesFit.of(DIRECTIONS, means);
            assertThat(fit.explained()).as(Arrays.toString(truth)).isGreaterThan(1 - 1e-8);
            double apart = Math.abs(fit.peak() - truth[4]) % 360;
            assertThat(Math.min(apart, 360 - apart)).as(Arrays.toString(truth)).isLessThan(0.1);
            assertThat(fit.at(fit.peak() + 180)).isCloseTo(curve(truth, truth[4] + 180), within(0.01));
        }
    }

    /// A search that knows nothing of slopes: random changes that are kept if they help, from many beginnings.
    @Test
    void randomSearchFindsNothingMuchBetter() {
        SplittableRandom random = new SplittableRandom(8);
        for (int cell = 0; cell < 6; cell++) {
            double[] means = new double[12];
            for (int i = 0; i < 12; i++) {
                means[i] = -Math.log(random.nextDouble()) * (1 + 2 * Math.exp(3 * (Math.cos(
                        Math.toRadians(DIRECTIONS[i] - 100 * cell)) - 1)));
            }
            double best = Double.POSITIVE_INFINITY;
            for (int begin = 0; begin < 30; begin++) {
                double[] p = {random.nextDouble(), random.nextDouble(3), random.nextDouble(), random.nextDouble(3),
                    random.nextDouble(360), random.nextDouble()};
                double now = error(p, means);
                for (int step = 0; step < 3000; step++) {
                    double[] tried = p.clone();
                    int which = random.nextInt(6);
                    double size = Math.pow(10, random.nextDouble(-4, 0));
                    tried[which] = which == 4
                            ? tried[4] + 60 * size * random.nextGaussian()
                            : Math.max(0, tried[which] + 2 * size * random.nextGaussian());
                    double next = error(tried, means);
                    if (next < now) {
                        now = next;
                        p = tried;
                    }
                }
                best = Math.min(best, now);
            }
            VonMisesFit fit = VonMisesFit.of(DIRECTIONS, means);
            double own = (1 - fit.explained()) * Values.squares(means);
            assertThat(own).isLessThan(best * 1.001);
            for (int parameter = 0; parameter < 6; parameter++) {
                assertThat(parameter == 4 || fit.parameters()[parameter] >= 0).isTrue();
            }
        }
    }

    @Test
    void whatCannotBeFittedIsNothing() {
        double[] flat = new double[12];
        assertThat(VonMisesFit.of(DIRECTIONS, flat).peak()).isNaN();
        double[] few = new double[12];
        Arrays.fill(few, Double.NaN);
        for (int i = 0; i < 5; i++) {
            few[i] = i;
        }
        assertThat(VonMisesFit.of(DIRECTIONS, few).explained()).isNaN();
        assertThat(VonMisesFit.of(DIRECTIONS, few).at(0)).isNaN();
    }
}
