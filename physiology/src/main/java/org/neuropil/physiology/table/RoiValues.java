package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.Resampled;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.field.DrawnSweeps;
import org.neuropil.physiology.field.Noise;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.ChanceWindow;
import org.neuropil.physiology.trial.Films;
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

    /// The responses, for figures of all cells together.
    Responses of(TraceKind kind, String stimulus) {
        return responses(kind, stimulus);
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

    private SpontaneousNull chance(TraceKind kind, ChanceWindow window, Stimulus family) {
        SpontaneousNull.Draws draws = session.draws(family);
        return nulls.computeIfAbsent(kind, _ -> new HashMap<>()).computeIfAbsent(List.of(window, draws),
                _ -> new SpontaneousNull(plane.greyWindows(trace(kind), window), draws));
    }

    private void trials(String stimulus, Trials trials) {
        Stimulus family = session.family(stimulus);
        List<Asked<Responses>> asked = new ArrayList<>();
        for (SessionPlan.Wanted<Metric.OfTrials> wanted : session.wanted(Metric.OfTrials.class)) {
            if (suits(wanted.about(), family, trials.layout())) {
                kind(wanted.about()).ifPresent(kind -> asked.add(
                        new Asked<>(wanted.id(), kind, responses(kind, stimulus), wanted.metric()::of)));
            }
        }
        for (SessionPlan.Wanted<Metric.OfTrialsAndNull> wanted : session.wanted(Metric.OfTrialsAndNull.class)) {
            if (suits(wanted.about(), family, trials.layout())) {
                kind(wanted.about()).ifPresent(kind -> {
                    SpontaneousNull chance = chance(kind, trials.chance(), family);
                    asked.add(new Asked<>(wanted.id(), kind, responses(kind, stimulus),
                            all -> wanted.metric().of(all, chance)));
                });
            }
        }
        add(stimulus, asked);
        if (trials.frames() >= FRAMES && family != Stimulus.NATURAL_MOVIE) {
            Map<TraceKind, TrialTraces> frames = new EnumMap<>(TraceKind.class);
            List<Asked<TrialTraces>> overTime = new ArrayList<>();
            for (SessionPlan.Wanted<Metric.OfTrialTraces> wanted : session.wanted(Metric.OfTrialTraces.class)) {
                kind(wanted.about()).ifPresent(kind -> overTime.add(new Asked<>(wanted.id(), kind,
                        frames.computeIfAbsent(kind, _ -> trials.traces(trace(kind))), wanted.metric()::of)));
            }
            add(stimulus, overTime);
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
        Map<TraceKind, SurroundPair> pairs = new EnumMap<>(TraceKind.class);
        List<Asked<SurroundPair>> asked = new ArrayList<>();
        for (SessionPlan.Wanted<Metric.OfSurround> wanted : session.wanted(Metric.OfSurround.class)) {
            kind(wanted.about()).ifPresent(kind -> asked.add(new Asked<>(wanted.id(), kind,
                    pairs.computeIfAbsent(kind,
                            _ -> new SurroundPair(responses(kind, windowed), responses(kind, full))),
                    wanted.metric()::of)));
        }
        add(windowed, asked);
    }

    private void film(String stimulus) {
        Optional<Films> film = plane.film(stimulus);
        if (film.isEmpty()) {
            return;
        }
        Map<TraceKind, Repeats> repeats = new EnumMap<>(TraceKind.class);
        List<Asked<Repeats>> asked = new ArrayList<>();
        for (SessionPlan.Wanted<Metric.OfRepeats> wanted : session.wanted(Metric.OfRepeats.class)) {
            kind(wanted.about()).ifPresent(kind -> asked.add(new Asked<>(wanted.id(), kind,
                    repeats.computeIfAbsent(kind, _ -> film.get().repeats(trace(kind))), wanted.metric()::of)));
        }
        add(stimulus, asked);
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
        DrawnSweeps sweeps = DrawnSweeps.of(noise.responses(trace(used)),
                chance(used, ChanceWindow.mean(noise.frames()), Stimulus.SPARSE_NOISE), session.sets());
        List<Asked<DrawnSweeps>> asked = new ArrayList<>();
        wanted.forEach(one -> asked.add(new Asked<>(one.id(), used, sweeps, drawn -> one.metric().of(drawn.fields()))));
        double[] window = session.window();
        if (plane.trials().containsKey(Stimulus.GRATINGS_WINDOWED.word())) {
            besides.forEach(one -> asked.add(new Asked<>(one.id(), used, sweeps,
                    drawn -> one.metric().of(drawn.fields(), window[0], window[1]))));
        }
        add(stimulus, asked);
    }

    private void epoch(String epoch) {
        Map<TraceKind, FrameBlocks> blocks = new EnumMap<>(TraceKind.class);
        List<Asked<FrameBlocks>> asked = new ArrayList<>();
        for (SessionPlan.Wanted<Metric.OfTrace> wanted : session.wanted(Metric.OfTrace.class)) {
            kind(wanted.about()).ifPresent(kind -> asked.add(new Asked<>(wanted.id(), kind,
                    blocks.computeIfAbsent(kind, _ -> plane.blocks(epoch, session.seconds(), trace(kind).values())),
                    frames -> wanted.metric().of(frames.signal(0)))));
        }
        for (SessionPlan.Wanted<Metric.OfTraceAndBehaviour> wanted : session.wanted(Metric.OfTraceAndBehaviour.class)) {
            kind(wanted.about()).ifPresent(kind -> plane.behaviour(wanted.metric().signal()).ifPresent(
                    signal -> asked.add(new Asked<>(wanted.id(), kind,
                            plane.blocks(epoch, session.seconds(), trace(kind).values(), signal),
                            frames -> wanted.metric().of(frames.signal(0), frames.signal(1))))));
        }
        add(epoch, asked);
    }

    /// A figure that is asked for.
    private record Asked<T extends Resampled<T>>(String id, TraceKind kind, T trials, ToDoubleFunction<T> figure) {}

    /// Computes; figures of the same trials share what is drawn.
    private <T extends Resampled<T>> void add(String stimulus, List<Asked<T>> asked) {
        List<Optional<Bootstrap>> spreads = new ArrayList<>(Collections.nCopies(asked.size(), Optional.empty()));
        session.choice().drawing().ifPresent(how -> {
            Map<T, List<Integer>> groups = new IdentityHashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                groups.computeIfAbsent(asked.get(i).trials(), _ -> new ArrayList<>()).add(i);
            }
            groups.forEach((trials, of) -> {
                // Of many samples one cell takes long, and whoever asked may have given up.
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted");
                }
                List<ToDoubleFunction<T>> figures = of.stream().map(i -> asked.get(i).figure()).toList();
                List<Bootstrap> each = Bootstrap.each(trials, figures, how.samples(), how.level(), how.seed());
                for (int i = 0; i < each.size(); i++) {
                    spreads.set(of.get(i), Optional.of(each.get(i)));
                }
            });
        });
        for (int i = 0; i < asked.size(); i++) {
            Asked<T> one = asked.get(i);
            values.add(new SessionValue(session.name(), Optional.of(key), one.id(), stimulus, one.kind().word(), "",
                    one.figure().applyAsDouble(one.trials()), spreads.get(i)));
        }
    }
}
