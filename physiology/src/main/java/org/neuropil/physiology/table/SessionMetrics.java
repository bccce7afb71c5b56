package org.neuropil.physiology.table;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.Population;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.TraceKind;

/// Computes all metrics of the cells of a session that its stimuli and traces allow; figures of pairs are [PairMetrics].
/// Memory holds a few dozen cells for each thread, and for figures of all cells together their mean responses; with a
/// bootstrap their responses to each trial.
public final class SessionMetrics {
    /// Cells that one task reads and computes.
    static final int CELLS = 32;

    private final Session session;
    private final SessionPlan plan;
    private final Sink sink;
    private final Map<String, List<double[]>> means = new LinkedHashMap<>();
    /// The same cells' responses, if there is a bootstrap.
    private final Map<String, List<Responses>> responses = new LinkedHashMap<>();

    /// Where figures go: those of a cell together, cells in the order of the session, in one thread; those of all cells last.
    @FunctionalInterface
    public interface Sink {
        /// Takes one.
        void accept(SessionValue value) throws IOException;
    }

    private SessionMetrics(Session session, SessionChoice choice, Sink sink) {
        this.session = session;
        this.plan = new SessionPlan(session, choice);
        this.sink = sink;
    }

    /// Computes. The figures do not depend on the number of threads.
    ///
    /// @param done is run when some cells are done, with their number
    /// @throws org.neuropil.space.InputException if the session's stimulus table and templates do not fit
    public static void compute(Session session, SessionChoice choice, Sink sink, Runnable done) throws IOException {
        new SessionMetrics(session, choice, sink).run(done);
    }

    /// The words of the stimuli that a session shows, in the order in which they come first.
    public static List<String> stimuli(Session session) {
        return Shown.of(session).stream().map(Shown::word).toList();
    }

    /// What is left out of a session, in sentences: planes that lack the traces that are asked for.
    public static List<String> leftOut(Session session, SessionChoice choice) {
        return choice.trace().map(kind -> session.planes().stream().filter(plane -> !plane.kinds().contains(kind))
                .map(plane -> "plane " + plane.name() + " is left out, for it has no traces of kind " + kind.word())
                .toList()).orElse(List.of());
    }

    /// How often `done` is run for a session.
    public static int steps(Session session) {
        return session.planes().stream().mapToInt(plane -> (plane.rois().size() + CELLS - 1) / CELLS).sum();
    }

    private record Cells(List<List<SessionValue>> values, Map<String, List<Responses>> responses) {}

    private void run(Runnable done) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(plan.choice().threads())) {
            ArrayDeque<Future<Cells>> under = new ArrayDeque<>();
            try {
                for (Plane plane : session.planes()) {
                    PlanePlan shared = new PlanePlan(plan, plane.clock());
                    for (int first = 0; first < plane.rois().size(); first += CELLS) {
                        int from = first;
                        int count = Math.min(CELLS, plane.rois().size() - first);
                        under.add(threads.submit((Callable<Cells>) () -> cells(plane, shared, from, count)));
                        if (under.size() > plan.choice().threads() + 1) {
                            take(under.remove(), done);
                        }
                    }
                }
                while (!under.isEmpty()) {
                    take(under.remove(), done);
                }
            } finally {
                under.forEach(task -> task.cancel(true));
            }
        }
        populations();
        speeds();
    }

    private void take(Future<Cells> task, Runnable done) throws IOException {
        Cells cells = get(task);
        for (List<SessionValue> values : cells.values()) {
            for (SessionValue value : values) {
                sink.accept(value);
            }
        }
        cells.responses().forEach((stimulus, of) -> {
            of.forEach(one -> means.computeIfAbsent(stimulus, _ -> new ArrayList<>()).add(one.means()));
            if (plan.choice().drawing().isPresent()) {
                responses.computeIfAbsent(stimulus, _ -> new ArrayList<>()).addAll(of);
            }
        });
        done.run();
    }

    /// What a task computed, or why it could not.
    static <T> T get(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// The kinds of traces of a plane that the metrics that are asked for are made of.
    private Set<TraceKind> kinds(Plane plane) {
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        for (Metric metric : Catalogue.ALL) {
            About about = metric.about();
            if (plan.choice().wants(about.id()) && !(metric instanceof Metric.OfSpeed)
                    && !(metric instanceof Metric.OfModel)) {
                (metric instanceof Metric.OfPopulation ? ofAll(about, plane) : plan.kind(about, plane.kinds()))
                        .ifPresent(kinds::add);
            }
        }
        return kinds;
    }

    /// The kind of trace of a metric of all cells together, if the plane has it.
    private Optional<TraceKind> ofAll(About about, Plane plane) {
        return plan.common(about, session.planes()).filter(plane.kinds()::contains);
    }

    private Cells cells(Plane plane, PlanePlan shared, int first, int count) throws IOException {
        Map<TraceKind, float[][]> rows = new EnumMap<>(TraceKind.class);
        for (TraceKind kind : kinds(plane)) {
            rows.put(kind, session.traces(plane, kind, first, count));
        }
        Cells cells = new Cells(new ArrayList<>(), new LinkedHashMap<>());
        Optional<About> population = plan.wanted(Metric.OfPopulation.class).stream().findFirst()
                .map(SessionPlan.Wanted::about);
        Optional<TraceKind> kind = population.flatMap(about -> ofAll(about, plane));
        for (int i = 0; i < count; i++) {
            Roi roi = plane.rois().get(first + i);
            PlanePlan own = roi.delay() == 0 ? shared : new PlanePlan(plan, plane.clock().later(roi.delay()));
            Map<TraceKind, Trace> traces = new EnumMap<>(TraceKind.class);
            for (Map.Entry<TraceKind, float[][]> entry : rows.entrySet()) {
                traces.put(entry.getKey(), trace(own.clock(), entry.getValue()[i]));
            }
            RoiValues values = new RoiValues(plan, own, roi.key(), traces);
            cells.values().add(values.all());
            kind.ifPresent(used -> own.trials().keySet().forEach(stimulus -> cells.responses()
                    .computeIfAbsent(stimulus, _ -> new ArrayList<>()).add(values.of(used, stimulus))));
        }
        return cells;
    }

    /// A trace of numbers; what is infinite in a file counts as missing.
    static Trace trace(Clock clock, float[] row) {
        double[] values = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = Float.isFinite(row[i]) ? row[i] : Double.NaN;
        }
        return new Trace(clock, values);
    }

    private void populations() throws IOException {
        for (SessionPlan.Wanted<Metric.OfPopulation> wanted : plan.wanted(Metric.OfPopulation.class)) {
            String kind = plan.common(wanted.about(), session.planes()).map(TraceKind::word).orElse("");
            for (Map.Entry<String, List<double[]>> entry : means.entrySet()) {
                Plane plane = session.planes().getFirst();
                PlanePlan shared = new PlanePlan(plan, plane.clock());
                var trials = shared.trials().get(entry.getKey());
                List<Condition> conditions = trials == null ? List.of() : trials.layout().conditions();
                List<Optional<Bootstrap>> spreads = spreads(wanted.metric(), entry.getKey(), conditions.size());
                for (int c = 0; c < conditions.size(); c++) {
                    int condition = c;
                    double value = wanted.metric().of(entry.getValue().stream().mapToDouble(of -> of[condition])
                            .toArray());
                    sink.accept(new SessionValue(plan.name(), Optional.empty(), wanted.id(), entry.getKey(), kind,
                            conditions.get(c).label(), value, spreads.get(c)));
                }
            }
        }
    }

    /// What the bootstrap says of a metric of all cells, by condition.
    private List<Optional<Bootstrap>> spreads(Metric.OfPopulation metric, String stimulus, int conditions) {
        if (plan.choice().drawing().isEmpty()) {
            return Collections.nCopies(conditions, Optional.empty());
        }
        MetricTable.Drawing how = plan.choice().drawing().get();
        List<ToDoubleFunction<Population>> figures = new ArrayList<>();
        for (int c = 0; c < conditions; c++) {
            int condition = c;
            figures.add(drawn -> metric.of(drawn.means(condition)));
        }
        return Bootstrap.each(new Population(responses.getOrDefault(stimulus, List.of())), figures, how.samples(),
                how.level(), how.seed()).stream().map(Optional::of).toList();
    }

    private void speeds() throws IOException {
        Optional<Trace> speed = session.signal(Signal.RUNNING).map(Signal::trace);
        for (SessionPlan.Wanted<Metric.OfSpeed> wanted : plan.wanted(Metric.OfSpeed.class)) {
            if (speed.isPresent()) {
                PlanePlan own = new PlanePlan(plan, speed.get().clock());
                for (String epoch : own.epochs()) {
                    FrameBlocks blocks = own.blocks(epoch, plan.seconds(), speed.get().values());
                    sink.accept(new SessionValue(plan.name(), Optional.empty(), wanted.id(), epoch, "", "",
                            wanted.metric().of(blocks.signal(0)), plan.choice().drawing().map(
                                    how -> Bootstrap.of(blocks, frames -> wanted.metric().of(frames.signal(0)),
                                            how.samples(), how.level(), how.seed()))));
                }
            }
        }
    }
}
