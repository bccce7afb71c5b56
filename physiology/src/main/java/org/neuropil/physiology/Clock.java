package org.neuropil.physiology;

import java.util.Arrays;

import org.neuropil.space.InputException;

/// The times of frames in seconds, ascending.
public final class Clock {
    private final double[] times;

    /// @throws InputException if a time is not a number, or not later than the one before
    public Clock(double[] times) {
        this.times = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            this.times[i] = times[i] + 0.0; // -0 is 0
            if (!Double.isFinite(times[i]) || i > 0 && times[i] <= times[i - 1]) {
                throw new InputException("time " + times[i] + " of frame " + i + " is not later than the one before",
                        "time", "give times in seconds that rise from frame to frame");
            }
        }
    }

    /// How many frames there are.
    public int frames() {
        return times.length;
    }

    /// The time of a frame.
    public double time(int frame) {
        return times[frame];
    }

    /// The first frame at a time or later; [#frames()] if there is none.
    public int from(double time) {
        int found = Arrays.binarySearch(times, time + 0.0);
        return found >= 0 ? found : -found - 1;
    }

    /// One behind the last frame at a time or earlier.
    public int to(double time) {
        int found = Arrays.binarySearch(times, time + 0.0);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// The usual time between two frames: from first to last, over the number of steps. NaN if there are fewer than two.
    public double step() {
        int steps = times.length - 1;
        return steps < 1 ? Double.NaN : (times[steps] - times[0]) / steps;
    }

    /// The same frames at other times.
    ///
    /// @param delay seconds to add
    public Clock later(double delay) {
        return delay == 0 ? this : new Clock(Arrays.stream(times).map(time -> time + delay).toArray());
    }
}
