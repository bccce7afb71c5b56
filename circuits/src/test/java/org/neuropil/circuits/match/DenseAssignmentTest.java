package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DenseAssignmentTest {
    @Property(tries = 200)
    void noOtherAssignmentGainsMore(@ForAll @IntRange(min = 1, max = 7) int n, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int levels) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] gain = new double[n * n];
        for (int i = 0; i < gain.length; i++) {
            gain[i] = random.nextInt(levels) - levels / 2.0;
        }
        int[] columns = DenseAssignment.of(n, gain);
        assertThat(Arrays.stream(columns).distinct().count()).isEqualTo(n);
        assertThat(sum(n, gain, columns)).isCloseTo(best(n, gain, 0, new boolean[n]), within(1e-6));
    }

    private static double sum(int n, double[] gain, int[] columns) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += gain[i * n + columns[i]];
        }
        return sum;
    }

    /// By trying all.
    private static double best(int n, double[] gain, int row, boolean[] taken) {
        if (row == n) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.max(best, gain[row * n + j] + best(n, gain, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }

    @Test
    void aHiddenPermutationIsFound() {
        int n = 300;
        SplittableRandom random = new SplittableRandom(1);
        int[] hidden = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            hidden[i] = hidden[j];
            hidden[j] = i;
        }
        double[] gain = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gain[i * n + j] = random.nextDouble() + (hidden[i] == j ? 1 : 0);
            }
        }
        assertThat(DenseAssignment.of(n, gain)).isEqualTo(hidden);
    }
}
