package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class SinkhornTest {
    @Test
    void rowsAndColumnsSumToOne() {
        int n = 12;
        double[] s = new SplittableRandom(1).doubles(n * n, -3, 3).toArray();
        double[] p = Sinkhorn.of(n, s, 1.5);
        for (int i = 0; i < n; i++) {
            double row = 0;
            double column = 0;
            for (int j = 0; j < n; j++) {
                row += p[i * n + j];
                column += p[j * n + i];
            }
            assertThat(row).isCloseTo(1, within(1e-9));
            assertThat(column).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void ofTwoCellsItIsTheLogisticFunctionOfTheExchange() {
        // exp((a + d) / 2t) against exp((b + c) / 2t), as rows and columns are scaled.
        double[] p = Sinkhorn.of(2, new double[]{3, 1, 0.5, 2}, 0.8);
        assertThat(p[0]).isCloseTo(1 / (1 + Math.exp((1 + 0.5 - 3 - 2) / 1.6)), within(1e-9));
    }

    @Test
    void whatNoRowWantsIsStillGiven() {
        double[] p = Sinkhorn.of(2, new double[]{5000, 0, 5000, 0}, 1);
        assertThat(p).containsExactly(new double[]{0.5, 0.5, 0.5, 0.5}, within(1e-9));
    }
}
