package org.neuropil.physiology.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.stat.Values;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DffTest {
    private static double[] noisy(int length, double mean, double deviation, int seed) {
        Random random = new Random(seed);
        return random.doubles(length).map(_ -> mean + deviation * random.nextGaussian()).toArray();
    }

    /// The value that a count of all frames of each window gives.
    private static double[] modes(double[] trace, int window) {
        int half = window / 2;
        double least = Math.min(0, java.util.Arrays.stream(trace).filter(v -> !Double.isNaN(v)).min().orElse(0));
        double[] modes = new double[trace.length];
        double mode = first(counts(trace, 0, Math.min(half, trace.length), least));
        for (int i = 0; i < trace.length; i++) {
            if (i >= half && Math.rint(trace[i - half] - least) == mode) {
                mode = first(counts(trace, i - half + 1, Math.min(trace.length, i + half), least));
            }
            Map<Double, Integer> now = counts(trace, Math.max(0, i - half + 1), Math.min(trace.length, i + half + 1),
                    least);
            double coming = i + half < trace.length ? Math.rint(trace[i + half] - least) : Double.NaN;
            if (now.getOrDefault(coming, 0) > now.getOrDefault(mode, 0)) {
                mode = coming;
            }
            modes[i] = mode + least;
        }
        return modes;
    }

    private static Map<Double, Integer> counts(double[] trace, int from, int to, double least) {
        Map<Double, Integer> counts = new TreeMap<>();
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(trace[i])) {
                counts.merge(Math.rint(trace[i] - least), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static double first(Map<Double, Integer> counts) {
        int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
        return counts.entrySet().stream().filter(e -> e.getValue() == most).mapToDouble(Map.Entry::getKey).findFirst()
                .orElse(Double.NaN);
    }

    @Property(tries = 200)
    void modesAreThoseThatAreCountedWindowByWindow(@ForAll @IntRange(min = 1, max = 200) int length,
            @ForAll @IntRange(min = 1, max = 30) int half, @ForAll int seed) {
        Random random = new Random(seed);
        double[] trace = random.ints(length, -4, 5).mapToDouble(n -> n == 4 ? Double.NaN : n + 0.25).toArray();
        assertThat(MovingMode.of(trace, 2 * half)).containsExactly(modes(trace, 2 * half));
    }

    @Test
    void transientsOverADriftingBaselineAreFoundByAllThree() {
        double[] trace = noisy(6000, 0, 2, 1);
        for (int i = 0; i < trace.length; i++) {
            double base = 100 + 20.0 * i / trace.length;
            trace[i] += base * (1 + (i % 500 < 20 ? 0.5 : 0));
        }
        for (DffMethod method : DffMethod.values()) {
            Dff found = method.of(trace, 6, method.longSeconds() / 2, method.shortSeconds());
            double quiet = 0;
            for (int i = 1000; i < 5000; i++) {
                if (i % 500 < 20 && i % 500 > 2) {
                    assertThat(found.dff()[i]).as(method.text()).isCloseTo(0.5, within(0.15));
                } else if (i % 500 > 60) {
                    quiet += found.dff()[i] / 3520;
                }
            }
            assertThat(quiet).as(method.text()).isCloseTo(0, within(0.02));
            assertThat(found.noise()).as(method.text()).isCloseTo(2 / 110.0, within(0.006));
            assertThat(found.smallBaseline()).as(method.text()).isZero();
        }
    }

    @Test
    void missingFramesStayMissingAndDoNotSpread() {
        double[] trace = noisy(500, 50, 1, 2);
        trace[100] = Double.NaN;
        for (DffMethod method : DffMethod.values()) {
            double[] dff = method.of(trace, 6, 20, 5).dff();
            for (int i = 0; i < dff.length; i++) {
                assertThat(Double.isNaN(dff[i])).as(method.text() + " at " + i).isEqualTo(i == 100);
            }
        }
    }

    @Test
    void aBaselineBelowTheNoiseIsCounted() {
        Dff found = Dff.windowedMedian(noisy(400, 0, 1, 3), 51, 11);
        assertThat(found.smallBaseline()).isEqualTo(400);
        assertThat(found.noise()).isBetween(0.5, 1.5);
    }

    @Test
    void windowsFollowTheFrameRate() {
        assertThat(DffMethod.WINDOWED_MEDIAN.frames(600, 6)).isEqualTo(3601);
        assertThat(DffMethod.WINDOWED_MEDIAN.frames(10 / 3.0, 30)).isIn(99, 101);
        assertThat(DffMethod.WINDOWED_MODE.frames(180, 30)).isEqualTo(5400);
        assertThatThrownBy(() -> DffMethod.INACTIVE_MEDIAN.of(new double[100], 6, 600, 3))
                .isInstanceOf(InputException.class).hasMessageContaining("3601 frames");
        assertThatThrownBy(() -> Dff.windowedMode(new double[100], 5, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNoiseIsThatOfTheSpreadAndNotOfTransients() {
        double[] trace = noisy(5000, 10, 0.5, 4);
        double calm = Noise.deviation(trace);
        assertThat(calm).isCloseTo(0.5, within(0.06));
        for (int i = 0; i < trace.length; i += 100) {
            trace[i] += 20;
        }
        trace[3] = Double.NaN;
        assertThat(Noise.deviation(trace)).isCloseTo(calm, within(0.02));
        assertThat(Noise.deviation(new double[40])).isNaN();
        assertThat(Values.mean(Dff.windowedMedian(new double[40], 5, 3).dff())).isNaN();
    }
}
