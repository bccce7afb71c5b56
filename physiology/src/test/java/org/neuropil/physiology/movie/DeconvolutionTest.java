package org.neuropil.physiology.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class DeconvolutionTest {
    /// The best of all sets of beginnings: each has its unconstrained least squares, and counts if no rise is negative. That
    /// is the constrained problem, whose solution has some rises above 0 and is free in those.
    private static double bruteForce(double[] y, double decay, double penalty) {
        int n = y.length;
        double best = 0;
        for (double value : y) {
            best += value * value / 2;
        }
        for (int set = 1; set < 1 << n; set++) {
            int rises = Integer.bitCount(set);
            DMatrixRMaj normal = new DMatrixRMaj(rises, rises);
            DMatrixRMaj right = new DMatrixRMaj(rises, 1);
            double[][] basis = new double[rises][n];
            int row = 0;
            for (int t = 0; t < n; t++) {
                if ((set >> t & 1) == 1) {
                    for (int u = t; u < n; u++) {
                        basis[row][u] = Math.pow(decay, u - t);
                    }
                    row++;
                }
            }
            for (int i = 0; i < rises; i++) {
                for (int j = 0; j < rises; j++) {
                    normal.set(i, j, dot(basis[i], basis[j]));
                }
                right.set(i, 0, dot(basis[i], y));
            }
            DMatrixRMaj heights = new DMatrixRMaj(rises, 1);
            if (!CommonOps_DDRM.solve(normal, right, heights) || CommonOps_DDRM.elementMin(heights) < 0) {
                continue;
            }
            double cost = penalty * Integer.bitCount(set & ~1);
            for (int t = 0; t < n; t++) {
                double calcium = 0;
                for (int i = 0; i < rises; i++) {
                    calcium += heights.get(i, 0) * basis[i][t];
                }
                cost += (y[t] - calcium) * (y[t] - calcium) / 2;
            }
            best = Math.min(best, cost);
        }
        return best;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void check(double[] y, double decay, double penalty) {
        Deconvolution found = Deconvolution.of(y, decay, penalty);
        double before = 0;
        for (int t = 0; t < y.length; t++) {
            double rise = found.calcium()[t] - decay * before;
            assertThat(found.events()[t]).isNotNegative();
            assertThat(rise).as("rise of frame " + t).isCloseTo(t == 0 ? found.calcium()[0] : found.events()[t],
                    within(1e-9));
            before = found.calcium()[t];
        }
        assertThat(found.events()[0]).isZero();
        double best = bruteForce(y, decay, penalty);
        assertThat(found.objective(y, penalty)).isCloseTo(best, within(1e-9 * (1 + best)));
    }

    @Property(tries = 300)
    void noSetOfEventsIsBetter(@ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = -3, max = 3) Double> y,
            @ForAll @DoubleRange(min = 0.05, max = 0.99) double decay,
            @ForAll @DoubleRange(min = 0, max = 3) double penalty) {
        check(y.stream().mapToDouble(value -> value).toArray(), decay, penalty);
    }

    /// Calcium that falls by ten orders of magnitude within the trace.
    @Property(tries = 40)
    void noSetOfEventsIsBetterWhereCalciumVanishes(
            @ForAll @Size(min = 10, max = 12) List<@DoubleRange(min = -1, max = 3) Double> y,
            @ForAll @DoubleRange(min = 0.01, max = 0.1) double decay,
            @ForAll @DoubleRange(min = 0, max = 1) double penalty) {
        check(y.stream().mapToDouble(value -> value).toArray(), decay, penalty);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noSetOfEventsIsBetterOverFourteenFrames(int seed) {
        Random random = new Random(seed);
        double[] y = new double[14];
        double calcium = 0;
        for (int t = 0; t < y.length; t++) {
            calcium = 0.8 * calcium + (random.nextInt(5) == 0 ? 1 + random.nextDouble() : 0);
            y[t] = calcium + 0.3 * random.nextGaussian();
        }
        check(y, 0.8, 0.2);
    }

    @Test
    void eventsOfATraceWithoutNoiseAreFoundAsTheyAre() {
        double[] y = new double[5000];
        double[] truth = new double[5000];
        double calcium = 0;
        for (int t = 0; t < y.length; t++) {
            truth[t] = t % 517 == 3 ? 1 + t / 1000 : 0;
            calcium = 0.9 * calcium + truth[t];
            y[t] = calcium;
        }
        Deconvolution found = Deconvolution.of(y, 0.9, 0.01);
        for (int t = 0; t < y.length; t++) {
            assertThat(found.events()[t]).isCloseTo(truth[t], within(1e-7));
            assertThat(found.calcium()[t]).isCloseTo(y[t], within(1e-7));
        }
    }

    @Test
    void longSilencesStayInTheRangeOfNumbers() {
        Random random = new Random(5);
        double[] y = new double[20000];
        for (int t = 0; t < y.length; t++) {
            y[t] = 0.1 * random.nextGaussian() + (t >= 15000 ? 2 * Math.pow(0.5, t - 15000) : 0);
        }
        Deconvolution found = Deconvolution.of(y, 0.5, 1);
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.events()[15000]).isBetween(1.7, 2.3);
        assertThat(Arrays.stream(found.calcium()).boxed()).allSatisfy(value -> assertThat(value).isBetween(0.0, 3.0));
    }

    @Test
    void aTraceBelowZeroHasNoCalcium() {
        assertThat(Deconvolution.of(new double[]{-1, -2, -1, 0}, 0.9, 0.1).calcium()).containsOnly(0.0);
        assertThat(Deconvolution.of(new double[3], 0.9, 0.1).count()).isZero();
        assertThat(Deconvolution.of(new double[0], 0.9, 0.1).events()).isEmpty();
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        for (double decay : new double[]{0, 1, Double.NaN}) {
            assertThatThrownBy(() -> Deconvolution.of(new double[]{1}, decay, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Deconvolution.of(new double[]{Double.NaN}, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Deconvolution.of(new double[]{1}, 0.5, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
