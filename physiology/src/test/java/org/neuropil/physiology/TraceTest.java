package org.neuropil.physiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TraceTest {
    private static final double NAN = Double.NaN;

    @Test
    void windowsAreClosedOnBothLabels() {
        Trace trace = new Trace(new Clock(new double[]{0, 1, 2, 3}), new double[]{10, 20, NAN, 40});
        assertThat(trace.mean(0, 1)).isEqualTo(15);
        assertThat(trace.mean(0.5, 3)).isEqualTo(30);
        assertThat(trace.mean(2, 2)).isNaN();
        assertThat(trace.mean(3.1, 9)).isNaN();
        assertThat(trace.mean(-9, 9)).isEqualTo(70 / 3.0);
        assertThat(trace.slidingMeans(0, 3, 2)).containsExactly(15, 20, 40);
        assertThat(trace.slidingMeans(0, 1, 3)).isEmpty();
    }

    @Test
    void anotherClockIsReachedByLines() {
        Trace trace = new Trace(new Clock(new double[]{0, 1, 2, 3}), new double[]{10, 20, NAN, 40});
        assertThat(trace.on(new Clock(new double[]{-1, 0, 0.25, 1, 1.5, 3, 4})).values()).containsExactly(NAN, 10, 12.5,
                20, NAN, 40, NAN);
    }

    @Test
    void timesRiseAndValuesAreFinite() {
        assertThatThrownBy(() -> new Clock(new double[]{0, 1, 1})).isInstanceOf(InputException.class)
                .hasMessageContaining("frame 2");
        Clock clock = new Clock(new double[]{0, 1});
        assertThatThrownBy(() -> new Trace(clock, new double[1])).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Trace(clock, new double[]{0, Double.NEGATIVE_INFINITY}))
                .isInstanceOf(InputException.class).hasMessageContaining("frame 1");
    }

    @Property(tries = 100)
    void windowsAreWhatALoopOverAllFramesFinds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int frames) {
        Random random = new Random(seed);
        double[] times = new double[frames];
        double[] values = new double[frames];
        for (int i = 0; i < frames; i++) {
            times[i] = i + random.nextInt(3) / 4.0;
            values[i] = random.nextInt(5) == 0 ? NAN : random.nextGaussian();
        }
        Trace trace = new Trace(new Clock(times), values);
        for (int k = 0; k < 20; k++) {
            double start = random.nextInt(4 * frames) / 4.0;
            double stop = start + random.nextInt(40) / 4.0;
            double sum = 0;
            int count = 0;
            for (int i = 0; i < frames; i++) {
                if (times[i] >= start && times[i] <= stop && !Double.isNaN(values[i])) {
                    sum += values[i];
                    count++;
                }
            }
            double mean = trace.mean(start, stop);
            if (count == 0) {
                assertThat(mean).isNaN();
            } else {
                assertThat(mean).isEqualTo(sum / count, within(1e-13));
            }
        }
    }

    @Property(tries = 50)
    void equalWindowsHaveEqualMeansWhereverTheyLie(@ForAll long seed) {
        Random random = new Random(seed);
        double[] part = random.doubles(5).toArray();
        double[] values = random.doubles(200, -1e6, 1e6).toArray();
        double[] times = new double[200];
        for (int i = 0; i < 200; i++) {
            times[i] = i;
        }
        System.arraycopy(part, 0, values, 3, 5);
        System.arraycopy(part, 0, values, 190, 5);
        Trace trace = new Trace(new Clock(times), values);
        assertThat(trace.mean(3, 7)).isEqualTo(trace.mean(190, 194));
    }
}
