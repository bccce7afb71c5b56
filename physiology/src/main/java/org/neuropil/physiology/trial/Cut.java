package org.neuropil.physiology.trial;

import org.neuropil.physiology.session.Stimulus;

/// How trials are cut out of a trace.
///
/// @param window what counts of a trial
/// @param baseline seconds before the start whose mean is subtracted; 0 for none
/// @param reply which figure of the window is the response
public record Cut(Window window, double baseline, Reply reply) {
    /// Seconds before a bar that its response is counted from.
    private static final double BEFORE_BARS = 0.5;

    /// A figure of the frames of a trial.
    public enum Reply {
        /// Their mean.
        MEAN,
        /// The largest of them.
        PEAK
    }

    /// The mean of a window.
    ///
    /// @param baseline seconds before the start whose mean is subtracted; 0 for none
    public static Cut mean(Window window, double baseline) {
        return new Cut(window, baseline, Reply.MEAN);
    }

    /// As published for a stimulus ([Window#of(Stimulus)]): means, nothing subtracted. A bar is over a cell for a part of its
    /// way only, at another time for each direction, and the trace is still falling from the bar before: there it is the peak
    /// while the bar moves, less the mean of the half second before it.
    public static Cut of(Stimulus stimulus) {
        Window window = Window.of(stimulus);
        return stimulus == Stimulus.MOVING_BARS
                ? new Cut(window, BEFORE_BARS, Reply.PEAK)
                : mean(window, 0);
    }
}
