package org.neuropil.physiology;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.neuropil.space.InputException;

/// What one cell did each time that the same film ran: repeats x frames; NaN if a frame is missing.
public final class Repeats implements Resampled<Repeats> {
    private final double[][] frames;
    private final int[] sources;

    /// @param frames repeats x frames
    /// @throws InputException if repeats differ in length
    public Repeats(double[][] frames) {
        this.frames = new double[frames.length][];
        for (int i = 0; i < frames.length; i++) {
            if (frames[i].length != frames[0].length) {
                throw new InputException("repeat " + i + " has " + frames[i].length + " frames and the first one "
                        + frames[0].length, "frames", "give each repeat the same number of frames");
            }
            this.frames[i] = frames[i].clone();
        }
        this.sources = IntStream.range(0, frames.length).toArray();
    }

    private Repeats(double[][] frames, int[] sources) {
        this.frames = frames;
        this.sources = sources;
    }

    /// How often it ran.
    public int count() {
        return frames.length;
    }

    /// How many frames the film has.
    public int frames() {
        return frames.length == 0 ? 0 : frames[0].length;
    }

    /// Which repeat it is: of repeats that were drawn anew, copies of one have the same number.
    public int source(int repeat) {
        return sources[repeat];
    }

    /// A frame of a repeat.
    public double value(int repeat, int frame) {
        return frames[repeat][frame];
    }

    /// The frames of a repeat, a copy.
    public double[] repeat(int number) {
        return frames[number].clone();
    }

    @Override
    public Repeats resample(SplittableRandom random) {
        double[][] drawn = new double[frames.length][];
        int[] from = new int[frames.length];
        for (int i = 0; i < drawn.length; i++) {
            int chosen = Resampled.below(random, frames.length);
            drawn[i] = frames[chosen];
            from[i] = sources[chosen];
        }
        return new Repeats(drawn, from);
    }
}
