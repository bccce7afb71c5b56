package org.neuropil.physiology.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SignalsTest {
    private static double[] noise(int length, int seed) {
        Random random = new Random(seed);
        return random.doubles(length).map(_ -> random.nextGaussian()).toArray();
    }

    @Property(tries = 60)
    void thePowerIsThatOfTheTransformAsItIsWritten(@ForAll @IntRange(min = 1, max = 70) int length,
            @ForAll int seed) {
        double[] trace = noise(length, seed);
        double[] power = Fourier.power(trace);
        assertThat(power).hasSize(length / 2 + 1);
        for (int k = 0; k <= length / 2; k++) {
            double real = 0;
            double imaginary = 0;
            for (int t = 0; t < length; t++) {
                real += trace[t] * Math.cos(2 * Math.PI * k * t / length);
                imaginary += trace[t] * Math.sin(2 * Math.PI * k * t / length);
            }
            assertThat(power[k]).isCloseTo(k < length ? real * real + imaginary * imaginary : 0, within(1e-9));
        }
    }

    @Test
    void aSlowWaveIsSignalAndAFastOneNoise() {
        double[] trace = noise(3000, 1);
        double before = Snr.bandPower(trace, 6);
        assertThat(before).isBetween(0.5, 2.0);
        double[] slow = new double[3000];
        double[] fast = new double[3000];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = trace[i] + 5 * Math.sin(2 * Math.PI * 0.5 * i / 6);
            fast[i] = trace[i] + 5 * Math.sin(2 * Math.PI * 2.05 * i / 6);
        }
        slow[17] = Double.NaN;
        assertThat(Snr.bandPower(slow, 6)).isGreaterThan(10 * before);
        assertThat(Snr.bandPower(fast, 6)).isLessThan(before / 10);
        assertThat(Snr.bandPower(trace, 4)).isNaN();
        assertThat(Snr.bandPower(Arrays.copyOf(trace, 13), 6)).isNaN();
    }

    @Test
    void eventsOfTenSigmasAreTwentyDecibels() {
        double[] trace = noise(2000, 2);
        double ten = 10 * Noise.deviation(trace);
        double[] events = new double[2000];
        events[5] = ten;
        events[50] = ten;
        events[51] = Double.NaN;
        assertThat(Snr.eventPower(trace, events)).isCloseTo(20, within(1e-12));
        assertThat(Snr.eventPower(trace, new double[2000])).isNaN();
    }

    @Test
    void aRaisedRateKeepsFramesAndSlowWaves() {
        double[] trace = new double[200];
        for (int i = 0; i < trace.length; i++) {
            trace[i] = Math.sin(i / 6.0);
        }
        double[] up = Resampling.up(trace, 5);
        assertThat(up).hasSize(1000);
        for (int j = 100; j < 900; j++) {
            assertThat(up[j]).isCloseTo(Math.sin(j / 30.0), within(0.003));
        }
        assertThat(Resampling.up(trace, 1)).containsExactly(trace);
        assertThatThrownBy(() -> Resampling.up(trace, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gapsAreBridged() {
        double gap = Double.NaN;
        assertThat(Resampling.filled(new double[]{gap, 1, gap, gap, 4, gap}))
                .containsExactly(new double[]{1, 1, 2, 3, 4, 4}, within(1e-15));
        assertThat(Resampling.filled(new double[]{gap, gap})).containsExactly(gap, gap);
    }

    @Test
    void smoothingKeepsAConstantAndMissingFrames() {
        double[] trace = new double[5];
        Arrays.fill(trace, 2);
        trace[2] = Double.NaN;
        double[] smooth = Smoothing.gaussian(trace, 3);
        assertThat(smooth[2]).isNaN();
        assertThat(smooth[0]).isCloseTo(2, within(1e-12));
    }

    @Test
    void knownSpikesAreFoundWithTheirSize() {
        double[] truth = new double[3000];
        double[] trace = noise(3000, 3);
        double calcium = 0;
        Random random = new Random(4);
        double decay = Math.exp(-1 / (0.7 * 6));
        for (int i = 0; i < trace.length; i++) {
            truth[i] = i % 60 == 30 ? 1 + random.nextDouble() : 0;
            calcium = decay * calcium + truth[i];
            trace[i] = calcium + 0.08 * trace[i];
        }
        trace[1000] = Double.NaN;
        Events found = Events.of(trace, 6, new Events.Options(0.7, 1, 4));
        assertThat(found.smallest()).isGreaterThanOrEqualTo(4 * found.noise());
        assertThat(found.magnitudes()[1000]).isNaN();
        for (int i = 0; i < trace.length; i++) {
            assertThat(i == 1000 ? 0 : found.magnitudes()[i]).as("frame " + i).isCloseTo(truth[i], within(0.35));
        }
        assertThat(found.count()).isEqualTo(50);
        Events fine = Events.of(trace, 6, Events.Options.usual(0.7, 6));
        double[] sums = new double[50];
        for (int i = 0; i < trace.length; i++) {
            sums[i / 60] += i == 1000 ? 0 : fine.magnitudes()[i];
        }
        assertThat(sums[7]).isCloseTo(truth[7 * 60 + 30], within(0.4));
        assertThat(fine.fine()).hasSize(15000);
    }

    @Test
    void withoutNoiseThereAreNoEvents() {
        Events found = Events.of(new double[100], 6, Events.Options.usual(1, 6));
        assertThat(found.magnitudes()).containsOnly(Double.NaN);
        assertThat(found.count()).isZero();
        assertThatThrownBy(() -> Events.Options.usual(0, 6)).isInstanceOf(IllegalArgumentException.class);
    }
}
