package org.neuropil.physiology.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.movie.Running.Edge;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RunningTest {
    /// Values with ties, both zeros and missing ones.
    static double[] trace(int length, int seed) {
        Random random = new Random(seed);
        double[] trace = new double[length];
        for (int i = 0; i < length; i++) {
            trace[i] = switch (random.nextInt(6)) {
                case 0 -> Double.NaN;
                case 1 -> random.nextBoolean() ? 0.0 : -0.0;
                case 2 -> random.nextInt(3);
                default -> random.nextGaussian();
            };
        }
        return trace;
    }

    private static List<Double> window(double[] trace, int middle, int window, Edge edge) {
        List<Double> values = new ArrayList<>();
        for (int i = middle - window / 2; i <= middle + window / 2; i++) {
            int at = i;
            while (edge == Edge.REFLECT && (at < 0 || at >= trace.length)) {
                at = at < 0 ? -1 - at : 2 * trace.length - 1 - at;
            }
            double value = at < 0 || at >= trace.length ? 0 : trace[at];
            if (!Double.isNaN(value)) {
                values.add(value + 0.0);
            }
        }
        values.sort(null);
        return values;
    }

    @Property(tries = 200)
    void windowsAreThoseThatAreSortedOneByOne(@ForAll @IntRange(min = 1, max = 700) int length,
            @ForAll @IntRange(min = 0, max = 60) int half, @ForAll int seed, @ForAll Edge edge,
            @ForAll @IntRange(min = 0, max = 99) int percent) {
        double[] trace = trace(length, seed);
        double[] medians = Running.median(trace, 2 * half + 1, edge);
        double[] percentiles = Running.percentile(trace, 2 * half + 1, percent, edge);
        for (int i = 0; i < length; i++) {
            List<Double> sorted = window(trace, i, 2 * half + 1, edge);
            int count = sorted.size();
            assertThat(Double.valueOf(medians[i] + 0.0)).as("median at " + i).isEqualTo(Double.valueOf(count == 0
                    ? Double.NaN
                    : count % 2 == 1
                            ? sorted.get(count / 2)
                            : (sorted.get(count / 2 - 1) + sorted.get(count / 2)) / 2));
            assertThat(Double.valueOf(percentiles[i] + 0.0)).as("percentile at " + i)
                    .isEqualTo(Double.valueOf(count == 0 ? Double.NaN : sorted.get(count * percent / 100)));
        }
    }

    @Test
    void aWindowHasAMiddle() {
        for (int window : new int[]{0, 2, -1}) {
            assertThatThrownBy(() -> Running.median(new double[3], window, Edge.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Running.percentile(new double[3], 1, 100, Edge.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Running.median(new double[0], 3, Edge.REFLECT)).isEmpty();
    }
}
