package org.neuropil.physiology.trial;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Trace;

/// A window of spontaneous activity that is taken for a trial: the same figure of as many frames, less the same baseline, so
/// that chance is that of the responses it stands beside.
///
/// @param frames of the window, at least 1
/// @param baseline seconds before it whose mean is subtracted; 0 for none
/// @param reply which figure of the window
public record ChanceWindow(int frames, double baseline, Cut.Reply reply) {
    /// The mean of some frames, nothing subtracted.
    public static ChanceWindow mean(int frames) {
        return new ChanceWindow(frames, 0, Cut.Reply.MEAN);
    }

    /// The figures of all windows that lie within a time with their baselines, in order.
    ///
    /// @param start seconds, inclusive
    /// @param stop seconds, inclusive
    public double[] of(Trace trace, double start, double stop) {
        if (baseline == 0 && reply == Cut.Reply.MEAN) {
            return trace.slidingMeans(start, stop, frames);
        }
        Clock clock = trace.clock();
        int from = clock.from(start + baseline);
        double[] figures = new double[Math.max(0, clock.to(stop) - from - frames + 1)];
        for (int i = 0; i < figures.length; i++) {
            int first = from + i;
            double figure = switch (reply) {
                case MEAN -> trace.meanOfFrames(first, first + frames);
                case PEAK -> trace.peakOfFrames(first, first + frames);
            };
            figures[i] = baseline == 0
                    ? figure
                    : figure - trace.meanOfFrames(clock.from(clock.time(first) - baseline), first);
        }
        return figures;
    }
}
