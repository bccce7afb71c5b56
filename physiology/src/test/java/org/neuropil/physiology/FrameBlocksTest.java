package org.neuropil.physiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.metric.Behaviour;
import org.neuropil.physiology.metric.Epochs;
import org.neuropil.physiology.stat.Values;

class FrameBlocksTest {
    private static final double STEP = 0.2;

    /// Noise that forgets by a factor of `memory` from frame to frame, with deviation 1.
    private static double[] slow(int frames, double memory, SplittableRandom random) {
        double[] values = new double[frames];
        double now = random.nextGaussian();
        for (int f = 0; f < frames; f++) {
            values[f] = now;
            now = memory * now + Math.sqrt(1 - memory * memory) * random.nextGaussian();
        }
        return values;
    }

    @Test
    void blocksCoverAllFramesOnce() {
        assertThat(FrameBlocks.bounds(100, 20, 1)).containsExactly(0, 20, 40, 60, 80, 100);
        assertThat(FrameBlocks.bounds(11, 2, 0.5)).containsExactly(0, 3, 7, 11);
        assertThat(FrameBlocks.bounds(0, 20, 1)).containsExactly(0, 0);
        assertThat(FrameBlocks.bounds(1, 20, Double.NaN)).containsExactly(0, 1);
        assertThat(FrameBlocks.bounds(3, 0.001, 1)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void signalsKeepTogetherAndBlocksStayWhole() {
        double[] one = new double[60];
        double[] other = new double[60];
        for (int f = 0; f < 60; f++) {
            one[f] = f;
            other[f] = -f;
        }
        FrameBlocks frames = FrameBlocks.of(10, 1, one, other);
        FrameBlocks drawn = frames.resample(new SplittableRandom(4));
        assertThat(drawn.signal(0)).hasSize(60);
        for (int f = 0; f < 60; f++) {
            assertThat(drawn.signal(1)[f]).isEqualTo(-drawn.signal(0)[f]);
            assertThat(drawn.signal(0)[f] % 10).isEqualTo(f % 10);
        }
        // The reference implementation's upper bits, block by block.
        SplittableRandom again = new SplittableRandom(4);
        for (int k = 0; k < 6; k++) {
            assertThat(drawn.signal(0)[10 * k]).isEqualTo(10.0 * Resampled.below(again, 6));
        }
        assertThatThrownBy(() -> FrameBlocks.of(1, 1, one, new double[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tooFewBlocksTellNoSpread() {
        FrameBlocks four = FrameBlocks.of(20, 1, new double[85]);
        Bootstrap told = Bootstrap.of(four, drawn -> Values.mean(drawn.signal(0)), 10, 0.95, 1);
        assertThat(told.estimate()).isZero();
        assertThat(told.standardError()).isNaN();
        assertThat(told.low()).isNaN();
        assertThat(told.defined()).isZero();
    }

    private static double covered(ToDoubleFunction<FrameBlocks> figure, double truth, double block) {
        SplittableRandom random = new SplittableRandom(12);
        int held = 0;
        int worlds = 200;
        for (int world = 0; world < worlds; world++) {
            FrameBlocks frames = FrameBlocks.of(block, STEP, slow(3000, 0.8, random), slow(3000, 0.8, random));
            Bootstrap told = Bootstrap.of(frames, figure, 200, 0.95, world);
            held += told.low() <= truth && truth <= told.high() ? 1 : 0;
        }
        return held / (double) worlds;
    }

    /// 600 s of frames that forget within about a second, 200 times: an interval that holds the truth in 93 % of them is
    /// found between 86 and 98 % of times, and one of frames that are drawn singly far less often.
    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        assertThat(covered(frames -> new Epochs.Mean().of(frames.signal(0)), 0, 20)).isBetween(0.86, 0.98);
        assertThat(covered(frames -> new Epochs.Deviation().of(frames.signal(0)), 1, 20)).isBetween(0.84, 0.98);
        assertThat(covered(frames -> new Behaviour.Running().of(frames.signal(0), frames.signal(1)), 0, 20))
                .isBetween(0.86, 0.98);
        assertThat(covered(frames -> new Epochs.Mean().of(frames.signal(0)), 0, STEP)).isLessThan(0.65);
    }
}
