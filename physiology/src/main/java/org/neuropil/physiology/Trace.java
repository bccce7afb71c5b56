package org.neuropil.physiology;

import org.neuropil.physiology.stat.ExactSums;
import org.neuropil.space.InputException;

/// A value for each frame of a clock: fluorescence, dF/F, events, running speed. NaN stands for a frame that is missing.
public final class Trace {
    private final Clock clock;
    private final double[] values;
    private final ExactSums sums;

    /// @param values one for each frame of the clock
    /// @throws InputException if their numbers differ, or a value is infinite
    public Trace(Clock clock, double[] values) {
        if (values.length != clock.frames()) {
            throw new InputException(values.length + " values for " + clock.frames() + " times", "trace",
                    "give a time for each value");
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isInfinite(values[i])) {
                throw new InputException("value " + values[i] + " of frame " + i + " is infinite", "trace",
                        "write nan for a frame that is missing");
            }
        }
        this.clock = clock;
        this.values = values.clone();
        this.sums = new ExactSums(values);
    }

    /// Its clock.
    public Clock clock() {
        return clock;
    }

    /// Its values, a copy.
    public double[] values() {
        return values.clone();
    }

    /// The value of a frame.
    public double value(int frame) {
        return values[frame];
    }

    /// The mean of some frames, missing ones skipped; NaN if there is none.
    ///
    /// @param from first frame
    /// @param to one behind the last
    public double meanOfFrames(int from, int to) {
        return sums.mean(from, to);
    }

    /// The largest value of some frames, missing ones skipped; NaN if there is none.
    ///
    /// @param from first frame
    /// @param to one behind the last
    public double peakOfFrames(int from, int to) {
        double peak = Double.NaN;
        for (int i = from; i < to; i++) {
            if (!(values[i] <= peak) && !Double.isNaN(values[i])) {
                peak = values[i];
            }
        }
        return peak;
    }

    /// The mean over a window that is closed on both time labels, missing frames skipped; NaN if no frame is in it.
    ///
    /// @param start seconds
    /// @param stop seconds, not before `start`
    public double mean(double start, double stop) {
        return sums.mean(clock.from(start), clock.to(stop));
    }

    /// The means over all windows of some frames that lie within a time, in order; missing frames skipped.
    ///
    /// @param start seconds, inclusive
    /// @param stop seconds, inclusive
    /// @param frames of a window, at least 1
    public double[] slidingMeans(double start, double stop, int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("windows of " + frames + " frames");
        }
        int from = clock.from(start);
        double[] means = new double[Math.max(0, clock.to(stop) - from - frames + 1)];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums.mean(from + i, from + i + frames);
        }
        return means;
    }

    /// The trace at the times of another clock, linear between frames; NaN outside of its own times, and between frames of
    /// which one is missing.
    public Trace on(Clock other) {
        double[] moved = new double[other.frames()];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = at(other.time(i));
        }
        return new Trace(other, moved);
    }

    private double at(double time) {
        int next = clock.from(time);
        if (next == clock.frames()) {
            return Double.NaN;
        }
        if (clock.time(next) == time) {
            return values[next];
        }
        if (next == 0) {
            return Double.NaN;
        }
        double before = clock.time(next - 1);
        double share = (time - before) / (clock.time(next) - before);
        return values[next - 1] + share * (values[next] - values[next - 1]);
    }
}
