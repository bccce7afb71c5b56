package org.neuropil.physiology.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Tunings;

class DirectionTestTest {
    private static final Metric.OfTrials RATIO = new DirectionTest.VectorRatio();
    private static final Metric.OfTrials P = new DirectionTest.P();

    @Test
    void theMeanSquareOverAllOrdersIsOne() {
        double[] values = {0.3, -1.2, 2.5, 0.3, 7};
        double[] directions = {0, 90, 200, 200, 310};
        List<double[]> orders = new ArrayList<>();
        orders(values, 0, orders);
        double mean = orders.stream().mapToDouble(order -> {
            double ratio = RATIO.of(responses(directions, order));
            return ratio * ratio;
        }).average().orElseThrow();
        assertThat(orders).hasSize(120);
        assertThat(mean).isCloseTo(1, within(1e-12));
    }

    private static Responses responses(double[] directions, double[] values) {
        List<Condition> shown = new ArrayList<>();
        for (double direction : directions) {
            shown.add(new Condition.Grating(direction, 0.04, 1));
        }
        return Responses.of(shown, values);
    }

    private static void orders(double[] values, int at, List<double[]> found) {
        if (at == values.length) {
            found.add(values.clone());
        }
        for (int i = at; i < values.length; i++) {
            swap(values, at, i);
            orders(values, at + 1, found);
            swap(values, at, i);
        }
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }

    @Test
    void aCellOfOneDirectionHasTheLargestRatio() {
        // Cosine tuning without noise: |V|^2 = n^2 / 4 and E|V|^2 = n^2 / 2 / (n - 1).
        Responses cosine = Tunings.of(8, angle -> 5 + Math.cos(angle - 1));
        assertThat(RATIO.of(cosine)).isCloseTo(Math.sqrt(7 / 2.0), within(1e-12));
        assertThat(P.of(cosine)).isCloseTo(Math.exp(-3.5), within(1e-12));
    }

    @Test
    void orientationAloneIsNoDirection() {
        assertThat(RATIO.of(Tunings.of(8, angle -> 1 + Math.cos(2 * angle)))).isCloseTo(0, within(1e-12));
    }

    @Test
    void withoutTuningPIsEven() {
        SplittableRandom random = new SplittableRandom(4);
        int cells = 4000;
        int[] below = new int[3];
        double[] levels = {0.5, 0.1, 0.05};
        for (int cell = 0; cell < cells; cell++) {
            double p = P.of(Tunings.trials(5, random.doubles(40, -1, 1).toArray()));
            for (int i = 0; i < levels.length; i++) {
                below[i] += p < levels[i] ? 1 : 0;
            }
        }
        for (int i = 0; i < levels.length; i++) {
            double spread = Math.sqrt(levels[i] * (1 - levels[i]) / cells);
            assertThat(below[i] / (double) cells).as("level %s", levels[i]).isCloseTo(levels[i], within(4 * spread));
        }
    }

    @Test
    void whatDoesNotVaryOrIsTooLittleHasNone() {
        assertThat(RATIO.of(Tunings.of(8, _ -> 0.1))).isNaN();
        assertThat(RATIO.of(Tunings.trials(1, 1, 2, 3))).isNaN();
        assertThat(P.of(Tunings.trials(3, 1, 2, 3, 4, 5, 6))).isNaN();
        assertThat(RATIO.of(Tunings.pictures(new int[]{1, 2}, new double[]{1, 2}, new double[]{0, 0}))).isNaN();
    }
}
