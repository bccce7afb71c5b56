package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.Resampled;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.field.Fields;
import org.neuropil.physiology.field.Noise;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Trials;

/// All figures of one cell.
final class RoiValues {
    /// Frames below which the correlation of two trials says nothing.
    private static final int FRAMES = 3;

    private final SessionPlan session;
    private final PlanePlan plane;
    private final RoiKey key;
    private final Map<TraceKind, Trace> traces;
    private final Map<TraceKind, Map<String, Responses>> responses = new EnumMap<>(TraceKind.class);
    private final Map<TraceKind, Map<List<Object>, SpontaneousNull>> nulls = new EnumMap<>(TraceKind.class);
    private final List<SessionValue> values = new ArrayList<>();

    RoiValues(SessionPlan session, PlanePlan plane, RoiKey key, Map<TraceKind, Trace> traces) {
        this.session = session;
        this.plane = plane;
        this.key = key;
        this.traces = traces;
    }

    List<SessionValue> all() {
        plane.trials().forEach(this::trials);
        surround();
        plane.films().keySet().forEach(this::film);
        plane.noises().forEach(this::noise);
        plane.epochs().forEach(this::epoch);
        return List.copyOf(values);
    }

    /// The mean responses by condition, for figures of all cells together.
    double[] means(TraceKind kind, String stimulus) {
        return responses(kind, stimulus).means();
    }

    private Optional<TraceKind> kind(About about) {
        return session.kind(about, traces.keySet());
    }

    private Trace trace(TraceKind kind) {
        Trace trace = traces.get(kind);
        if (trace == null) {
            throw new IllegalStateException("no trace of kind " + kind);
        }
        return trace;
    }

    private Trials trialsOf(String stimulus) {
        Trials trials = plane.trials().get(stimulus);
        if (trials == null) {
            throw new IllegalStateException("no trials of " + stimulus);
        }
        return trials;
    }

    private Responses responses(TraceKind kind, String stimulus) {
        return responses.computeIfAbsent(kind, _ -> new HashMap<>()).computeIfAbsent(stimulus,
                _ -> trialsOf(stimulus).responses(trace(kind)));
    }

    private SpontaneousNull chance(TraceKind kind, int frames, Stimulus family) {
        SpontaneousNull.Draws draws = session.draws(family);
        return nulls.computeIfAbsent(kind, _ -> new HashMap<>()).computeIfAbsent(List.of(frames, draws),
                _ -> new SpontaneousNull(plane.greyWindows(trace(kind), frames), draws));
    }

    private void trials(String stimulus, Trials trials) {
        Stimulus family = session.family(stimulus);
        for (SessionPlan.Wanted<Metric.OfTrials> wanted : session.wanted(Metric.OfTrials.class)) {
            if (suits(wanted.about(), family, trials.layout())) {
                kind(wanted.about()).ifPresent(
                        kind -> add(wanted.id(), stimulus, kind, responses(kind, stimulus), wanted.metric()::of));
            }
        }
        for (SessionPlan.Wanted<Metric.OfTrialsAndNull> wanted : session.wanted(Metric.OfTrialsAndNull.class)) {
            if (suits(wanted.about(), family, trials.layout())) {
                kind(wanted.about()).ifPresent(kind -> {
                    SpontaneousNull chance = chance(kind, trials.frames(), family);
                    add(wanted.id(), stimulus, kind, responses(kind, stimulus),
                            all -> wanted.metric().of(all, chance));
                });
            }
        }
        Map<TraceKind, TrialTraces> frames = new EnumMap<>(TraceKind.class);
        for (SessionPlan.Wanted<Metric.OfTrialTraces> wanted : session.wanted(Metric.OfTrialTraces.class)) {
            if (trials.frames() >= FRAMES && family != Stimulus.NATURAL_MOVIE) {
                kind(wanted.about()).ifPresent(kind -> add(wanted.id(), stimulus, kind,
                        frames.computeIfAbsent(kind, _ -> trials.traces(trace(kind))), wanted.metric()::of));
            }
        }
    }

    /// Whether a metric can be had of a stimulus.
    private static boolean suits(About about, Stimulus family, Responses layout) {
        boolean movie = family == Stimulus.NATURAL_MOVIE;
        return switch (about.shown()) {
            case ANYTHING -> true;
            case NOISE -> false;
            case GRATINGS -> layout.conditions().stream().anyMatch(Condition.Grating.class::isInstance);
            case PICTURES -> layout.conditions().stream().anyMatch(Condition.Picture.class::isInstance)
                    && movie == about.id().equals("reliability_movie_share");
        };
    }

    private void surround() {
        String windowed = Stimulus.GRATINGS_WINDOWED.word();
        String full = Stimulus.GRATINGS_FULL.word();
        if (!plane.trials().containsKey(windowed) || !plane.trials().containsKey(full)) {
            return;
        }
        for (SessionPlan.Wanted<Metric.OfSurround> wanted : session.wanted(Metric.OfSurround.class)) {
            kind(wanted.about()).ifPresent(kind -> add(wanted.id(), windowed, kind,
                    new SurroundPair(responses(kind, windowed), responses(kind, full)), wanted.metric()::of));
        }
    }

    private void film(String stimulus) {
        for (SessionPlan.Wanted<Metric.OfRepeats> wanted : session.wanted(Metric.OfRepeats.class)) {
            kind(wanted.about()).ifPresent(kind -> plane.film(stimulus).ifPresent(film -> {
                Repeats repeats = film.repeats(trace(kind));
                add(wanted.id(), stimulus, kind, repeats, wanted.metric()::of);
            }));
        }
    }

    private void noise(String stimulus, Noise noise) {
        List<SessionPlan.Wanted<Metric.OfField>> wanted = session.wanted(Metric.OfField.class);
        List<SessionPlan.Wanted<Metric.OfFieldAndWindow>> besides = session.wanted(Metric.OfFieldAndWindow.class);
        Optional<TraceKind> kind = Stream.concat(wanted.stream(), besides.stream()).findFirst()
                .flatMap(first -> kind(first.about()));
        if (kind.isEmpty() || noise.sweeps() == 0) {
            return;
        }
        TraceKind used = kind.get();
        Fields fields = Fields.of(noise.responses(trace(used)), chance(used, noise.frames(), Stimulus.SPARSE_NOISE),
                session.sets());
        wanted.forEach(one -> plain(one.id(), stimulus, used, one.metric().of(fields)));
        double[] window = session.window();
        if (plane.trials().containsKey(Stimulus.GRATINGS_WINDOWED.word())) {
            besides.forEach(one -> plain(one.id(), stimulus, used, one.metric().of(fields, window[0], window[1])));
        }
    }

    private void epoch(String epoch) {
        for (SessionPlan.Wanted<Metric.OfTrace> wanted : session.wanted(Metric.OfTrace.class)) {
            kind(wanted.about()).ifPresent(kind -> plain(wanted.id(), epoch, kind,
                    wanted.metric().of(plane.during(epoch, trace(kind).values()))));
        }
        for (SessionPlan.Wanted<Metric.OfTraceAndBehaviour> wanted : session.wanted(Metric.OfTraceAndBehaviour.class)) {
            kind(wanted.about()).ifPresent(kind -> plane.behaviour(wanted.metric().signal()).ifPresent(
                    signal -> plain(wanted.id(), epoch, kind, wanted.metric().of(
                            plane.during(epoch, trace(kind).values()), plane.during(epoch, signal)))));
        }
    }

    private <T extends Resampled<T>> void add(String metric, String stimulus, TraceKind kind, T trials,
            ToDoubleFunction<T> figure) {
        // Of many samples one cell takes long, and whoever asked may have given up.
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
        values.add(new SessionValue(session.name(), Optional.of(key), metric, stimulus, kind.word(), "",
                figure.applyAsDouble(trials), session.choice().drawing().map(
                        how -> Bootstrap.of(trials, figure, how.samples(), how.level(), how.seed()))));
    }

    private void plain(String metric, String stimulus, TraceKind kind, double value) {
        values.add(new SessionValue(session.name(), Optional.of(key), metric, stimulus, kind.word(), "", value,
                Optional.empty()));
    }
}
