package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.field.Noise;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.trial.Cut;
import org.neuropil.physiology.trial.ChanceWindow;
import org.neuropil.physiology.trial.Films;
import org.neuropil.physiology.trial.Trials;

/// All that cells on one clock share: which frames belong to which trial, sweep, repeat and epoch.
final class PlanePlan {
    /// The word for the whole session.
    static final String WHOLE = "all";

    private final Clock clock;
    private final Map<String, Trials> trials = new LinkedHashMap<>();
    private final Map<String, Films> films = new HashMap<>();
    private final Map<String, Noise> noises = new HashMap<>();
    private final Map<String, int[]> epochs = new LinkedHashMap<>();
    private final List<Epoch> grey = new ArrayList<>();
    private final Map<String, double[]> behaviour = new HashMap<>();

    PlanePlan(SessionPlan session, Clock clock) {
        this.clock = clock;
        epochs.put(WHOLE, new int[]{0, clock.frames()});
        for (Shown shown : session.shown()) {
            if (shown.family() == Stimulus.SPONTANEOUS) {
                grey.addAll(shown.epochs());
            }
            if (!session.choice().wantsStimulus(shown.word())) {
                continue;
            }
            epochs.put(shown.word(), shown.epochs().stream()
                    .flatMapToInt(epoch -> IntStream.of(clock.from(epoch.start()), clock.to(epoch.stop())))
                    .toArray());
            Cut cut = session.choice().cuts().of(shown.family());
            if (shown.family() == Stimulus.SPARSE_NOISE) {
                Noise.template(session.templates(), shown.name()).ifPresent(template -> noises.put(shown.word(),
                        Noise.of(shown.presentations(), template, clock, cut.window())));
                continue;
            }
            Trials of = Trials.of(shown.presentations(), clock, cut,
                    session.behaviours().speed());
            if (of.count() > 0) {
                trials.put(shown.word(), of);
            }
            Films.of(shown.filmed(), clock).ifPresent(film -> films.put(shown.word(), film));
        }
        for (String name : List.of(Signal.RUNNING, Signal.PUPIL)) {
            session.behaviours().on(name, clock).ifPresent(values -> behaviour.put(name, values));
        }
    }

    Clock clock() {
        return clock;
    }

    /// By word of the stimulus.
    Map<String, Trials> trials() {
        return trials;
    }

    Optional<Films> film(String stimulus) {
        return Optional.ofNullable(films.get(stimulus));
    }

    Map<String, Films> films() {
        return films;
    }

    Map<String, Noise> noises() {
        return noises;
    }

    /// The words of all epochs, that of the whole session first.
    List<String> epochs() {
        return List.copyOf(epochs.keySet());
    }

    /// The values in an epoch.
    double[] during(String epoch, double[] values) {
        int[] bounds = epochs.getOrDefault(epoch, new int[0]);
        int count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += Math.max(0, bounds[i + 1] - bounds[i]);
        }
        double[] kept = new double[count];
        int at = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            int length = Math.max(0, bounds[i + 1] - bounds[i]);
            System.arraycopy(values, bounds[i], kept, at, length);
            at += length;
        }
        return kept;
    }

    /// Signals in an epoch, in blocks that can be drawn anew.
    ///
    /// @param seconds of a block
    FrameBlocks blocks(String epoch, double seconds, double[]... signals) {
        double[][] parts = new double[signals.length][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = during(epoch, signals[i]);
        }
        return FrameBlocks.of(seconds, clock.step(), parts);
    }

    /// The figures of all windows of spontaneous activity; none if there is no such epoch.
    double[] greyWindows(Trace trace, ChanceWindow window) {
        return grey.stream().flatMapToDouble(epoch -> Arrays.stream(window.of(trace, epoch.start(), epoch.stop())))
                .toArray();
    }

    /// A signal at the times of the clock.
    Optional<double[]> behaviour(String name) {
        return Optional.ofNullable(behaviour.get(name));
    }
}
