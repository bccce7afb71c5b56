package org.neuropil.physiology.movie;

import java.util.Locale;

import org.neuropil.space.InputException;

/// The three definitions of dF/F by name, with their windows in seconds.
public enum DffMethod {
    /// [Dff#windowedMode]; the long window is that of the mode, the short one that of the mean.
    WINDOWED_MODE(180, 100),
    /// [Dff#windowedMedian].
    WINDOWED_MEDIAN(600, 10 / 3.0),
    /// [Dff#inactiveMedian]; the short window is that of the noise.
    INACTIVE_MEDIAN(600, 10 / 3.0);

    private final double longSeconds;
    private final double shortSeconds;

    DffMethod(double longSeconds, double shortSeconds) {
        this.longSeconds = longSeconds;
        this.shortSeconds = shortSeconds;
    }

    /// `windowed_median`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The usual long window.
    public double longSeconds() {
        return longSeconds;
    }

    /// The usual short window.
    public double shortSeconds() {
        return shortSeconds;
    }

    /// A window in frames: the nearest odd number, for the moving mode and mean the nearest even one; at least 3 and 2.
    public int frames(double seconds, double rate) {
        double frames = seconds * rate;
        return this == WINDOWED_MODE
                ? (int) Math.max(2, 2 * Math.rint(frames / 2))
                : (int) Math.max(3, 2 * Math.rint((frames - 1) / 2) + 1);
    }

    /// dF/F of a trace.
    ///
    /// @param rate frames a second
    /// @param longSeconds window
    /// @param shortSeconds window
    /// @throws InputException if a window is not shorter than the trace
    public Dff of(double[] trace, double rate, double longSeconds, double shortSeconds) {
        int wide = frames(longSeconds, rate);
        int narrow = frames(shortSeconds, rate);
        if (Math.max(wide, narrow) >= trace.length) {
            throw new InputException("a window of " + Math.max(wide, narrow) + " frames is not shorter than the trace of "
                    + trace.length, text(), "give shorter windows: --long-window, --short-window");
        }
        return switch (this) {
            case WINDOWED_MODE -> Dff.windowedMode(trace, wide, narrow);
            case WINDOWED_MEDIAN -> Dff.windowedMedian(trace, wide, narrow);
            case INACTIVE_MEDIAN -> Dff.inactiveMedian(trace, wide, narrow);
        };
    }
}
