package org.neuropil.physiology.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class NeuropilTest {
    /// The error as it is written, with a dense system.
    private static double error(double[] cell, double[] around, double r) {
        int n = cell.length / 4;
        DMatrixRMaj system = CommonOps_DDRM.identity(n);
        for (int i = 0; i + 1 < n; i++) {
            for (int[] at : new int[][]{{i, i, 1}, {i + 1, i + 1, 1}, {i, i + 1, -1}, {i + 1, i, -1}}) {
                system.add(at[0], at[1], 0.05 * at[2]);
            }
        }
        double sum = 0;
        for (int fold = 0; fold < 4; fold++) {
            DMatrixRMaj rest = new DMatrixRMaj(n, 1);
            DMatrixRMaj smooth = new DMatrixRMaj(n, 1);
            double mean = 0;
            for (int i = 0; i < n; i++) {
                rest.set(i, 0, cell[fold * n + i] - r * around[fold * n + i]);
                mean += cell[fold * n + i] / n;
            }
            assertThat(CommonOps_DDRM.solve(system, rest, smooth)).isTrue();
            CommonOps_DDRM.subtractEquals(smooth, rest);
            sum += Math.sqrt(CommonOps_DDRM.dot(smooth, smooth) / n) / mean / 4;
        }
        return sum;
    }

    @Test
    void rIsWhereTheErrorIsLeast() {
        Random random = new Random(7);
        double[] around = random.doubles(402).map(_ -> 80 + 10 * random.nextGaussian()).toArray();
        double[] cell = new double[402];
        for (int i = 0; i < cell.length; i++) {
            cell[i] = 100 + 20 * Math.sin(i / 15.0) + 0.7314 * around[i] + random.nextGaussian();
        }
        Neuropil found = Neuropil.fit(cell, around);
        assertThat(found.r()).isCloseTo(0.73, within(0.02));
        assertThat(found.error()).isCloseTo(error(cell, around, found.r()), within(1e-12));
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 20000; k += k > 6000 && k < 8500 ? 1 : 1000) {
            double error = error(Arrays.copyOf(cell, 400), Arrays.copyOf(around, 400), k / 1e4);
            if (error < least) {
                least = error;
                best = k / 1e4;
            }
        }
        assertThat(found.r()).isEqualTo(best);
        assertThat(Neuropil.corrected(cell, around, found.r())[5]).isEqualTo(cell[5] - found.r() * around[5]);
    }

    @Test
    void rStaysWithinItsBounds() {
        Random random = new Random(8);
        double[] around = random.doubles(80).map(_ -> random.nextGaussian()).toArray();
        double[] three = Arrays.stream(around).map(value -> 50 + 3 * value).toArray();
        double[] negative = Arrays.stream(around).map(value -> 50 - value).toArray();
        assertThat(Neuropil.fit(three, around).r()).isEqualTo(2);
        assertThat(Neuropil.fit(negative, around).r()).isZero();
        assertThat(Neuropil.fit(three, new double[80]).r()).isZero();
    }

    @Test
    void framesThatAreMissingInEitherAreLeftOut() {
        Random random = new Random(9);
        double[] around = random.doubles(100).map(_ -> random.nextGaussian()).toArray();
        double[] cell = Arrays.stream(around).map(value -> 50 + 1.2 * value + random.nextGaussian()).toArray();
        Neuropil whole = Neuropil.fit(cell, around);
        double[] moreCell = new double[102];
        double[] moreAround = new double[102];
        System.arraycopy(cell, 0, moreCell, 1, 50);
        System.arraycopy(cell, 50, moreCell, 52, 50);
        System.arraycopy(around, 0, moreAround, 1, 50);
        System.arraycopy(around, 50, moreAround, 52, 50);
        moreCell[0] = Double.NaN;
        moreAround[51] = Double.NaN;
        assertThat(Neuropil.fit(moreCell, moreAround)).isEqualTo(whole);
        assertThat(Neuropil.fit(new double[]{1, 2, Double.NaN}, new double[3]).r()).isNaN();
    }
}
