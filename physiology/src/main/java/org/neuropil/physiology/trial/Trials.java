package org.neuropil.physiology.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Stimulus;

/// The trials of one stimulus on one clock: which frames of a trace are in which. Blank screens are none. A trial that does
/// not lie wholly within the recording has no response.
public final class Trials {
    /// Seconds before and after a trial's window in which the animal's speed counts, too.
    public static final double AROUND = 0.1;

    private final int[] from;
    private final int[] to;
    private final int[] before;
    private final boolean based;
    private final Cut.Reply reply;
    private final double baseline;
    private final int length;
    private final Responses layout;

    private Trials(int[] from, int[] to, int[] before, Cut cut, int length, Responses layout) {
        this.from = from;
        this.to = to;
        this.before = before;
        this.based = cut.baseline() > 0;
        this.reply = cut.reply();
        this.baseline = cut.baseline();
        this.length = length;
        this.layout = layout;
    }

    /// Trials of the presentations that have a condition.
    ///
    /// @param presentations of one stimulus, in the order of time
    /// @param speed the animal's, cm/s; empty if it is not known
    public static Trials of(List<Presentation> presentations, Clock clock, Cut cut, Optional<Trace> speed) {
        List<Presentation> shown = presentations.stream()
                .filter(presentation -> condition(presentation).isPresent()).toList();
        List<Condition> conditions = new ArrayList<>();
        int n = shown.size();
        int[] from = new int[n];
        int[] to = new int[n];
        int[] before = new int[n];
        double[] there = new double[n];
        double[] speeds = new double[n];
        double[] lengths = new double[n];
        for (int t = 0; t < n; t++) {
            Presentation presentation = shown.get(t);
            conditions.add(condition(presentation).orElseThrow());
            int[] frames = cut.window().frames(clock, presentation);
            from[t] = frames[0];
            to[t] = frames[1];
            before[t] = clock.from(presentation.start() - cut.baseline());
            there[t] = frames[1] > frames[0] ? 0 : Double.NaN;
            lengths[t] = cut.window().length(clock, presentation);
            double end = presentation.start() + lengths[t] + AROUND;
            speeds[t] = speed.map(trace -> trace.mean(presentation.start() - AROUND, end)).orElse(Double.NaN);
        }
        Arrays.sort(lengths);
        double usual = n == 0 ? 0 : lengths[n / 2] / clock.step();
        return new Trials(from, to, before, cut, Math.max(1, (int) Math.round(usual)),
                Responses.of(conditions, there, speeds));
    }

    /// What was shown; of a movie, its frame.
    private static Optional<Condition> condition(Presentation presentation) {
        if (presentation.blank()) {
            return Optional.empty();
        }
        return presentation.condition().isEmpty() && presentation.frame() >= 0
                && Stimulus.of(presentation.stimulus()) == Stimulus.NATURAL_MOVIE
                        ? Optional.of(new Condition.Picture(presentation.frame()))
                        : presentation.condition();
    }

    /// How many there are.
    public int count() {
        return from.length;
    }

    /// Frames of a window of chance, as many as a trial has: its length over the time between frames, rounded.
    public int frames() {
        return length;
    }

    /// How a window of chance becomes a figure, as the window of a trial does.
    public ChanceWindow chance() {
        return new ChanceWindow(length, baseline, reply);
    }

    /// What was shown, with 0 for each trial's response.
    public Responses layout() {
        return layout;
    }

    /// The responses of a cell: the mean of each trial's frames, or the largest of them, less the baseline's mean.
    ///
    /// @param trace on the clock that these trials are of
    public Responses responses(Trace trace) {
        double[] values = new double[from.length];
        for (int t = 0; t < values.length; t++) {
            double response = switch (reply) {
                case MEAN -> trace.meanOfFrames(from[t], to[t]);
                case PEAK -> trace.peakOfFrames(from[t], to[t]);
            };
            values[t] = response - baseline(trace, t);
        }
        return layout.with(values);
    }

    /// The frames of each trial, [#frames()] from the first one of its window on, less the baseline.
    ///
    /// @param trace on the clock that these trials are of
    public TrialTraces traces(Trace trace) {
        double[][] frames = new double[from.length][length];
        for (int t = 0; t < frames.length; t++) {
            boolean whole = to[t] > from[t] && from[t] + length <= trace.clock().frames();
            double less = baseline(trace, t);
            for (int f = 0; f < length; f++) {
                frames[t][f] = whole ? trace.value(from[t] + f) - less : Double.NaN;
            }
        }
        return TrialTraces.of(layout, frames);
    }

    private double baseline(Trace trace, int trial) {
        return based ? trace.meanOfFrames(before[trial], from[trial]) : 0;
    }
}
