package org.neuropil.physiology.table;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.stat.Blocks;
import org.neuropil.physiology.trial.Trials;

/// Correlations of all pairs of cells of a session, as products of blocks of [org.neuropil.physiology.stat.Blocks#ROWS] cells:
/// of traces in each stimulus' epoch, all planes brought to the first plane's clock; and of trial responses to stimuli with
/// conditions, but not to the frames of a movie, whose windows overlap. The same figures as one pair at a time gives, but for
/// rounding. Memory holds the traces of one session.
public final class PairMetrics {
    /// Numbers that tell a figure's spread: standard error, lower and upper end of the interval.
    static final int SPREAD = 3;
    /// Steps of a thread in a second: 400 samples of 51,040 pairs, all metrics of a stimulus, took 17.6 s of a busy core.
    private static final double SPEED = 7e8;
    /// What sorting a draw's figure costs, in such steps.
    private static final double SORTED = 30;

    private final Session session;
    private final SessionPlan plan;
    private final List<String> metrics;
    private final boolean[] wantedTrials = new boolean[TrialPairs.METRICS.size()];
    private final boolean traces;
    private final boolean trials;

    /// Where figures go: in an order that does not depend on the number of threads, in one thread.
    @FunctionalInterface
    public interface Sink {
        /// Takes those of one pair.
        void accept(PairValue value) throws IOException;
    }

    private PairMetrics(Session session, SessionChoice choice) {
        this.session = session;
        this.plan = new SessionPlan(session, choice);
        this.metrics = metrics(choice);
        for (int m = 0; m < wantedTrials.length; m++) {
            wantedTrials[m] = metrics.contains(TrialPairs.METRICS.get(m));
        }
        this.traces = metrics.stream().anyMatch(TracePairs.METRICS::contains);
        this.trials = metrics.stream().anyMatch(TrialPairs.METRICS::contains);
    }

    /// The ids of the metrics of pairs that are asked for, in the order of [PairValue#values].
    public static List<String> metrics(SessionChoice choice) {
        return Stream.concat(TracePairs.METRICS.stream(), TrialPairs.METRICS.stream()).filter(choice::wants).toList();
    }

    /// How often `done` is run.
    public static int steps(Session session, SessionChoice choice) {
        return (int) Shown.of(session).stream().filter(shown -> choice.wantsStimulus(shown.word())).count();
    }

    /// Computes.
    ///
    /// @param done is run when a stimulus is done
    public static void compute(Session session, SessionChoice choice, Sink sink, Runnable done) throws IOException {
        new PairMetrics(session, choice).run(sink, done);
    }

    /// About how many seconds the bootstrap of a session's pairs takes; 0 without one.
    public static double seconds(Session session, SessionChoice choice) {
        return choice.drawing().map(how -> new PairMetrics(session, choice).work() * how.samples() / SPEED
                / choice.threads()).orElse(0.0);
    }

    /// Multiplications and additions of a draw, of all pairs and stimuli.
    private double work() {
        long cells = session.planes().stream().mapToLong(plane -> plane.rois().size()).sum();
        if (session.planes().isEmpty() || metrics.isEmpty()) {
            return 0;
        }
        PlanePlan shared = new PlanePlan(plan, session.planes().getFirst().clock());
        double each = 0;
        for (Shown shown : plan.shown()) {
            if (plan.choice().wantsStimulus(shown.word())) {
                int blocks = FrameBlocks.bounds(shared.during(shown.word(), new double[shared.clock().frames()]).length,
                        plan.seconds(), shared.clock().step()).length;
                Trials of = shown.family() == Stimulus.NATURAL_MOVIE ? null : shared.trials().get(shown.word());
                each += metrics.stream().mapToDouble(metric -> SORTED + (TracePairs.METRICS.contains(metric)
                        ? blocks
                        : of == null ? 0 : TrialPairs.work(metric, of.layout()))).sum();
            }
        }
        return each * cells * cells / 2;
    }

    /// All cells with what is computed of them.
    ///
    /// @param keys of the cells
    /// @param traces of each, on the first plane's clock
    /// @param plans of each, on its own clock
    /// @param own traces on their own clocks
    private record Cells(List<RoiKey> keys, List<double[]> traces, List<PlanePlan> plans, List<float[]> own) {}

    private void run(Sink sink, Runnable done) throws IOException {
        if (session.planes().isEmpty() || metrics.isEmpty()) {
            return;
        }
        Plane first = session.planes().getFirst();
        Optional<TraceKind> kind = kind();
        if (kind.isEmpty()) {
            return;
        }
        PlanePlan shared = new PlanePlan(plan, first.clock());
        Cells cells = cells(kind.get(), shared);
        try (ExecutorService threads = Executors.newFixedThreadPool(plan.choice().threads())) {
            for (Shown shown : plan.shown()) {
                if (plan.choice().wantsStimulus(shown.word())) {
                    stimulus(shown.word(), kind.get(), shared, cells, threads, sink);
                    done.run();
                }
            }
        }
    }

    private Optional<TraceKind> kind() {
        return plan.common(Catalogue.find(metrics.getFirst()).orElseThrow().about(), session.planes());
    }

    private Cells cells(TraceKind kind, PlanePlan shared) throws IOException {
        Cells cells = new Cells(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Plane plane : session.planes()) {
            if (!plane.kinds().contains(kind)) {
                continue;
            }
            PlanePlan ofPlane = new PlanePlan(plan, plane.clock());
            for (int from = 0; from < plane.rois().size(); from += SessionMetrics.CELLS) {
                int count = Math.min(SessionMetrics.CELLS, plane.rois().size() - from);
                float[][] rows = session.traces(plane, kind, from, count);
                for (int i = 0; i < count; i++) {
                    Roi roi = plane.rois().get(from + i);
                    PlanePlan own = roi.delay() == 0
                            ? ofPlane
                            : new PlanePlan(plan, plane.clock().later(roi.delay()));
                    cells.keys.add(roi.key());
                    cells.plans.add(own);
                    cells.own.add(rows[i]);
                    cells.traces.add(traces ? on(own.clock(), rows[i], shared.clock()) : new double[0]);
                }
            }
        }
        return cells;
    }

    private static double[] on(Clock own, float[] row, Clock clock) {
        return SessionMetrics.trace(own, row).on(clock).values();
    }

    private void stimulus(String word, TraceKind kind, PlanePlan shared, Cells cells, ExecutorService threads,
            Sink sink) throws IOException {
        double[] unknown = new double[shared.clock().frames()];
        Arrays.fill(unknown, Double.NaN);
        double[] speed = shared.during(word, shared.behaviour(Signal.RUNNING).orElse(unknown));
        Trials layout = trials && plan.family(word) != Stimulus.NATURAL_MOVIE ? shared.trials().get(word) : null;
        Work work = new Work(Optional.ofNullable(traces ? new TracePairs(speed) : null),
                Optional.ofNullable(layout).map(of -> new TrialPairs(of.layout())),
                new TracePairDraws(speed, FrameBlocks.bounds(speed.length, plan.seconds(), shared.clock().step())));
        if (work.traces.isEmpty() && work.trials.isEmpty()) {
            return;
        }
        List<List<PairBlock>> blocks = PairBlock.of(List.of(
                cells.traces.stream().map(trace -> traces ? shared.during(word, trace) : trace).toList(),
                responses(word, cells, layout != null)));
        ArrayDeque<Future<Done>> under = new ArrayDeque<>();
        try {
            for (int i = 0; i < blocks.size(); i++) {
                for (int j = i; j < blocks.size(); j++) {
                    List<PairBlock> one = blocks.get(i);
                    List<PairBlock> other = blocks.get(j);
                    under.add(threads.submit((Callable<Done>) () -> done(one, other, work)));
                    if (under.size() > plan.choice().threads() + 1) {
                        take(SessionMetrics.get(under.remove()), word, kind, cells, sink);
                    }
                }
            }
            while (!under.isEmpty()) {
                take(SessionMetrics.get(under.remove()), word, kind, cells, sink);
            }
        } finally {
            under.forEach(task -> task.cancel(true));
        }
    }

    private static List<double[]> responses(String word, Cells cells, boolean wanted) {
        List<double[]> responses = new ArrayList<>();
        for (int i = 0; i < cells.keys.size(); i++) {
            PlanePlan own = cells.plans.get(i);
            Trials of = own.trials().get(word);
            responses.add(wanted && of != null
                    ? of.responses(SessionMetrics.trace(own.clock(), cells.own.get(i))).values()
                    : new double[0]);
        }
        return responses;
    }

    /// What is computed of a stimulus.
    private record Work(Optional<TracePairs> traces, Optional<TrialPairs> trials, TracePairDraws draws) {}

    /// The figures of two blocks: by metric, row by row.
    ///
    /// @param spreads by metric: standard errors, lower and upper ends; empty without a bootstrap
    private record Done(int[] first, int[] second, List<double[]> figures, List<double[][]> spreads) {}

    private Done done(List<PairBlock> one, List<PairBlock> other, Work work) {
        double[] nothing = new double[Blocks.ROWS * Blocks.ROWS];
        Arrays.fill(nothing, Double.NaN);
        Optional<double[][]> ofTraces = work.traces.map(of -> of.of(one.getFirst(), other.getFirst()));
        Optional<double[][]> ofTrials = work.trials.map(of -> of.of(one.getLast(), other.getLast(), wantedTrials));
        List<double[]> figures = new ArrayList<>();
        for (String metric : metrics) {
            int trace = TracePairs.METRICS.indexOf(metric);
            figures.add(trace >= 0
                    ? ofTraces.map(of -> of[trace]).orElse(nothing)
                    : ofTrials.map(of -> of[TrialPairs.METRICS.indexOf(metric)]).orElse(nothing));
        }
        List<double[][]> spreads = new ArrayList<>();
        plan.choice().drawing().ifPresent(how -> metrics.forEach(metric -> spreads.add(
                spread(draws(metric, one, other, work, how), how.level(), one.getFirst().cells().length,
                        other.getFirst().cells().length))));
        return new Done(one.getFirst().cells(), other.getFirst().cells(), figures, spreads);
    }

    private static double[][] draws(String metric, List<PairBlock> one, List<PairBlock> other, Work work,
            MetricTable.Drawing how) {
        int trace = TracePairs.METRICS.indexOf(metric);
        return trace >= 0
                ? work.draws.of(one.getFirst(), other.getFirst(), trace, how)
                : work.trials.map(of -> of.draws(one.getLast(), other.getLast(), TrialPairs.METRICS.indexOf(metric),
                        how)).orElse(new double[0][]);
    }

    /// @param draws by draw, row by row
    private static double[][] spread(double[][] draws, double level, int rows, int columns) {
        double[][] spread = new double[SPREAD][Blocks.ROWS * Blocks.ROWS];
        double[] figures = new double[draws.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = i * Blocks.ROWS + j;
                for (int s = 0; s < figures.length; s++) {
                    figures[s] = draws[s][at];
                }
                Bootstrap told = Bootstrap.of(Double.NaN, figures, level);
                spread[0][at] = told.standardError();
                spread[1][at] = told.low();
                spread[2][at] = told.high();
            }
        }
        return spread;
    }

    private void take(Done done, String word, TraceKind kind, Cells cells, Sink sink) throws IOException {
        String trace = kind.word();
        boolean within = Arrays.equals(done.first, done.second);
        for (int i = 0; i < done.first.length; i++) {
            for (int j = 0; j < done.second.length; j++) {
                int a = done.first[i];
                int b = done.second[j];
                // Within a block each pair is there twice.
                if (a == b || within && a > b) {
                    continue;
                }
                double[] values = new double[done.figures.size()];
                for (int m = 0; m < values.length; m++) {
                    values[m] = done.figures.get(m)[i * Blocks.ROWS + j];
                }
                double[] spreads = new double[SPREAD * done.spreads.size()];
                for (int s = 0; s < spreads.length; s++) {
                    spreads[s] = done.spreads.get(s / SPREAD)[s % SPREAD][i * Blocks.ROWS + j];
                }
                sink.accept(new PairValue(plan.name(), cells.keys.get(Math.min(a, b)),
                        cells.keys.get(Math.max(a, b)), word, trace, values, spreads));
            }
        }
    }
}
