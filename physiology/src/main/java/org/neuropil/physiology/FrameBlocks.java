package org.neuropil.physiology;

import java.util.SplittableRandom;

/// Values frame by frame that are drawn anew in blocks: neighbouring frames are alike, and drawn one by one they would tell too
/// small a spread (Carlstein 1986). The frames fall into blocks of a stated length, one behind the other, and as many blocks are
/// drawn with replacement and put together. Several signals on one clock keep together.
///
/// Blocks have to be long against what the signals remember: with blocks of ten times that the error of a mean comes out about
/// a tenth too small.
public final class FrameBlocks implements Resampled<FrameBlocks> {
    /// Seconds of a block unless another length is asked for.
    public static final double SECONDS = 20;
    /// Fewer blocks tell no spread.
    public static final int LEAST = 5;

    private final double[][] signals;
    private final int[] bounds;

    private FrameBlocks(double[][] signals, int[] bounds) {
        this.signals = signals;
        this.bounds = bounds;
    }

    /// @param seconds of a block
    /// @param step seconds between frames
    /// @param signals values frame by frame, as many of each; NaN where one is missing
    /// @throws IllegalArgumentException if their numbers differ
    public static FrameBlocks of(double seconds, double step, double[]... signals) {
        double[][] own = new double[signals.length][];
        for (int i = 0; i < own.length; i++) {
            if (signals[i].length != signals[0].length) {
                throw new IllegalArgumentException(signals[i].length + " and " + signals[0].length + " frames");
            }
            own[i] = signals[i].clone();
        }
        return new FrameBlocks(own, bounds(own.length == 0 ? 0 : own[0].length, seconds, step));
    }

    /// Where blocks begin and end: as many as come nearest to the stated length, all of one length but for a frame; block k is
    /// from number k to number k + 1.
    ///
    /// @param frames of the signals
    /// @param seconds of a block
    /// @param step seconds between frames
    public static int[] bounds(int frames, double seconds, double step) {
        double blocks = Math.rint(frames * step / seconds);
        int count = blocks >= 1 ? (int) Math.min(blocks, Math.max(1, frames)) : 1;
        int[] bounds = new int[count + 1];
        for (int k = 0; k <= count; k++) {
            bounds[k] = (int) ((long) k * frames / count);
        }
        return bounds;
    }

    /// Numbers of the blocks that a generator draws.
    ///
    /// @param blocks how many there are
    public static int[] draw(int blocks, SplittableRandom random) {
        int[] drawn = new int[blocks];
        for (int k = 0; k < blocks; k++) {
            drawn[k] = Resampled.below(random, blocks);
        }
        return drawn;
    }

    /// A signal's values, not a copy.
    public double[] signal(int number) {
        return signals[number];
    }

    /// How many blocks there are.
    public int blocks() {
        return bounds.length - 1;
    }

    @Override
    public boolean isEnough() {
        return blocks() >= LEAST;
    }

    @Override
    public FrameBlocks resample(SplittableRandom random) {
        int[] chosen = draw(blocks(), random);
        int[] ends = new int[bounds.length];
        for (int k = 0; k < chosen.length; k++) {
            ends[k + 1] = ends[k] + bounds[chosen[k] + 1] - bounds[chosen[k]];
        }
        double[][] drawn = new double[signals.length][ends[chosen.length]];
        for (int i = 0; i < drawn.length; i++) {
            for (int k = 0; k < chosen.length; k++) {
                System.arraycopy(signals[i], bounds[chosen[k]], drawn[i], ends[k], ends[k + 1] - ends[k]);
            }
        }
        return new FrameBlocks(drawn, ends);
    }
}
