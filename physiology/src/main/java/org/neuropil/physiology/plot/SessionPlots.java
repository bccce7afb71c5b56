package org.neuropil.physiology.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.neuropil.chart.Figure;
import org.neuropil.chart.Range;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.stat.Values;
import org.neuropil.physiology.trial.Cut;
import org.neuropil.physiology.trial.Trials;
import org.neuropil.physiology.trial.Window;
import org.neuropil.space.InputException;

/// Pictures of a session. Traces are read when a picture asks for them, so that memory is bounded by what one shows.
public final class SessionPlots {
    /// Conditions that `trials` shows at most.
    private static final int CONDITIONS = 24;
    /// Metrics that tell which cells respond.
    static final String GRATINGS = "is_responsive_gratings";
    static final String IMAGES = "is_responsive_images";
    /// Seconds before and after a trial that `trials` shows.
    private static final double AROUND = 1;
    /// ROIs whose traces are read at once.
    private static final int BLOCK = 64;

    /// Gratings by spatial frequency, each around the circle.
    private static final Comparator<Condition> BY_FREQUENCY = Comparator.comparingDouble(
            (Condition condition) -> condition instanceof Condition.Grating grating ? grating.spatialFrequency() : 0)
            .thenComparing(Condition.ORDER);

    private final Session session;
    private final PlotChoice choice;
    private final Stimuli stimuli;

    /// Of an open session.
    public SessionPlots(Session session, PlotChoice choice) {
        this.session = session;
        this.choice = choice;
        this.stimuli = new Stimuli(session);
    }

    Stimuli stimuli() {
        return stimuli;
    }

    Session session() {
        return session;
    }

    PlotChoice choice() {
        return choice;
    }

    /// The kind of trace of a plane: the first of the choice's order that it has.
    ///
    /// @throws InputException if it has none
    TraceKind kind(Plane plane, boolean events) {
        return choice.order(events).stream().filter(plane.kinds()::contains).findFirst()
                .orElseThrow(() -> new InputException("plane " + plane.name() + " has no traces"
                        + choice.trace().map(kind -> " of kind " + kind.word()).orElse(""), session.info().name(),
                        plane.kinds().isEmpty()
                                ? "the session holds masks or stimuli alone"
                                : "there are " + String.join(", ",
                                        plane.kinds().stream().sorted().map(TraceKind::word).toList())));
    }

    /// A cell's tuning to directions; see [TuningPicture].
    ///
    /// @param roi its key
    /// @throws InputException if there is no such cell, or no gratings
    public Figure tuning(String roi) throws IOException {
        Cell cell = Cell.find(session, roi);
        String stimulus = stimuli.chosen(choice.stimulus(), Stimuli::isGrating, "drifting gratings");
        TraceKind kind = kind(cell.plane(), true);
        Trace trace = cell.trace(session, kind);
        Cut cut = Cut.of(Stimulus.of(stimulus));
        Responses responses = responses(stimuli.of(stimulus), trace, cut);
        return TuningPicture.of(new Caption("Tuning of " + roi, made(kind, stimulus, cut)), Quantity.of(kind),
                responses, blank(stimuli.of(stimulus), trace, cut.window()));
    }

    private static Responses responses(List<Presentation> shown, Trace trace, Cut cut) {
        return Trials.of(shown, trace.clock(), cut, Optional.empty()).responses(trace);
    }

    private static double blank(List<Presentation> shown, Trace trace, Window window) {
        return shown.stream().filter(Presentation::blank).mapToDouble(presentation -> {
            int[] frames = window.frames(trace.clock(), presentation);
            return trace.meanOfFrames(frames[0], frames[1]);
        }).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }

    private String made(TraceKind kind, String stimulus, Cut cut) {
        return session.info().name() + " · " + kind.word() + " · " + stimulus + " · " + describe(cut);
    }

    static String describe(Cut cut) {
        String figure = cut.reply() == Cut.Reply.PEAK ? "peak" : "mean";
        String span = switch (cut.window()) {
            case Window.Seconds seconds -> figure + " of " + Words.number(seconds.length()) + " s from each start";
            case Window.Frames frames -> figure + " of " + Words.count(frames.count(), "frame") + " from each start";
            case Window.Shown _ -> figure + " while it was shown";
        };
        return cut.baseline() > 0
                ? span + ", less the mean of " + Words.number(cut.baseline()) + " s before"
                : span;
    }

    /// A cell's receptive field; see [FieldPicture].
    ///
    /// @param roi its key
    /// @throws InputException if there is no such cell, or no sparse noise with its template
    public Figure field(String roi) throws IOException {
        return new FieldPlot(this).of(Cell.find(session, roi));
    }

    /// A cell's traces around each trial; see [TrialsPicture]. If there are many conditions, those with the largest mean
    /// responses.
    ///
    /// @param roi its key
    /// @throws InputException if there is no such cell, or nothing with conditions was shown
    public Figure trials(String roi) throws IOException {
        Cell cell = Cell.find(session, roi);
        String stimulus = stimuli.chosen(choice.stimulus(), Stimuli::hasCondition, "trials with conditions");
        TraceKind kind = kind(cell.plane(), false);
        Trace trace = cell.trace(session, kind);
        List<Presentation> shown = stimuli.of(stimulus).stream().filter(Stimuli::hasCondition).toList();
        Responses responses = responses(shown, trace, Cut.of(Stimulus.of(stimulus)));
        List<Condition> kept = IntStream.range(0, responses.conditions().size()).boxed()
                .sorted(Comparator.comparing(c -> -orLeast(responses.mean(c)))).limit(CONDITIONS)
                .map(responses.conditions()::get).sorted(BY_FREQUENCY).toList();
        List<TrialsPicture.Aligned> aligned = new ArrayList<>();
        for (Condition condition : kept) {
            List<Presentation> own = shown.stream()
                    .filter(presentation -> presentation.condition().equals(Optional.of(condition))).toList();
            aligned.add(aligned(label(condition), own, trace));
        }
        String some = kept.size() < responses.conditions().size()
                ? " · the " + kept.size() + " of " + responses.conditions().size()
                        + " conditions with the largest mean responses"
                : "";
        return TrialsPicture.of(new Caption("Trials of " + roi, session.info().name() + " · " + kind.word() + " · "
                + stimulus + " · mean ± s.e.m. · 0 is the first frame of a trial; the bar is when it was shown" + some),
                Quantity.of(kind), aligned);
    }

    private static double orLeast(double value) {
        return Double.isNaN(value) ? -Double.MAX_VALUE : value;
    }

    /// In few letters.
    private static String label(Condition condition) {
        return switch (condition) {
            case Condition.Grating grating -> Words.number(grating.direction()) + "°"
                    + (Double.isNaN(grating.spatialFrequency()) ? "" : " " + grating.spatialFrequency() + " cpd");
            case Condition.Picture picture -> picture.label();
        };
    }

    private static TrialsPicture.Aligned aligned(String name, List<Presentation> shown, Trace trace) {
        Clock clock = trace.clock();
        double step = clock.step();
        double length = shown.stream().mapToDouble(presentation -> presentation.stop() - presentation.start()).average()
                .orElse(0);
        int before = (int) Math.round(AROUND / step);
        int after = (int) Math.round((length + AROUND) / step);
        double[] times = IntStream.rangeClosed(-before, after).mapToDouble(i -> i * step).toArray();
        List<double[]> trials = new ArrayList<>();
        for (Presentation presentation : shown) {
            int start = clock.from(presentation.start());
            double[] values = new double[times.length];
            for (int i = 0; i < values.length; i++) {
                int frame = start - before + i;
                values[i] = frame >= 0 && frame < clock.frames() ? trace.value(frame) : Double.NaN;
            }
            trials.add(values);
        }
        return new TrialsPicture.Aligned(name, times, trials, length);
    }

    /// What all cells did, as an image; see [RasterPicture].
    public Figure raster() throws IOException {
        Range time = time();
        List<Cell> cells = Cell.some(session, choice.cells());
        List<RasterPicture.Block> blocks = new ArrayList<>();
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        for (Plane plane : session.planes()) {
            List<double[]> rows = new ArrayList<>();
            List<Cell> own = Cell.of(cells, plane);
            if (own.isEmpty()) {
                continue;
            }
            TraceKind kind = kind(plane, true);
            kinds.add(kind);
            int columns = Math.clamp(plane.clock().frames(), 1, RasterPicture.COLUMNS);
            read(own, kind, (_, trace) -> rows.add(RasterPicture.binned(trace, time, columns)));
            blocks.add(new RasterPicture.Block(title(plane), rows));
        }
        int columns = blocks.stream().mapToInt(block -> block.rows().getFirst().length).min().orElse(1);
        if (blocks.stream().anyMatch(block -> block.rows().getFirst().length != columns)) {
            throw new InputException("planes have few frames, and not as many", session.info().name(),
                    "such a session cannot be drawn as one image");
        }
        List<Signal> signals = Stream.of(Signal.RUNNING, Signal.PUPIL)
                .flatMap(name -> session.signal(name).stream()).toList();
        return RasterPicture.of(new Caption("Activity of " + session.info().name(), words(kinds) + " · "
                + of(cells.size()) + " · each row from its median (dark) to what 1 % of its values exceed (bright)"),
                Quantity.of(kinds.stream().findFirst().orElse(TraceKind.EVENTS)), time, blocks, epochs(), signals);
    }

    private static String words(Set<TraceKind> kinds) {
        return kinds.stream().map(TraceKind::word).collect(Collectors.joining(" and "));
    }

    /// `300 of 1,576 cells, evenly spread`.
    private String of(int count) {
        return count == session.rois()
                ? "all " + Words.count(count, "cell")
                : count + " of " + Words.count(session.rois(), "cell") + ", evenly spread";
    }

    static String title(Plane plane) {
        return plane.name() + (Double.isNaN(plane.depth()) ? "" : ", " + Words.number(plane.depth()) + " µm");
    }

    /// Epochs by the words of their stimuli.
    List<Epoch> epochs() {
        return session.epochs().stream().map(epoch -> new Epoch(Stimuli.word(epoch.name()), epoch.start(),
                epoch.stop())).toList();
    }

    /// From the first frame to the last.
    ///
    /// @throws InputException if there is none
    Range time() {
        double[] ends = session.planes().stream().map(Plane::clock).filter(clock -> clock.frames() > 1)
                .flatMapToDouble(clock -> DoubleStream.of(clock.time(0), clock.time(clock.frames() - 1))).toArray();
        if (ends.length == 0) {
            throw new InputException("no plane has frames", session.info().name(), "there is nothing to draw");
        }
        return Range.of(ends);
    }

    /// Takes the trace of a cell.
    private interface Taker {
        void take(Cell cell, Trace trace);
    }

    /// Reads the traces of cells of one plane, block by block.
    private void read(List<Cell> cells, TraceKind kind, Taker taker) throws IOException {
        int at = 0;
        while (at < cells.size()) {
            Cell first = cells.get(at);
            int last = at;
            while (last + 1 < cells.size() && cells.get(last + 1).index() - first.index() < BLOCK) {
                last++;
            }
            float[][] rows = session.traces(first.plane(), kind, first.index(),
                    cells.get(last).index() - first.index() + 1);
            for (; at <= last; at++) {
                taker.take(cells.get(at), cells.get(at).trace(rows[cells.get(at).index() - first.index()]));
            }
        }
    }

    /// A metric by the depth of planes, and the share of cells that respond; see [DepthPicture].
    ///
    /// @param done is run when some cells are done
    /// @throws InputException if no cell has the metric
    public Figure depth(Runnable done) throws IOException {
        return depth(CellFigures.of(session, Set.of(choice.metric(), GRATINGS, IMAGES), choice, done),
                choice.metric());
    }

    /// Of figures that are computed already.
    Figure depth(CellFigures figures, String metric) {
        CellFigures.Column column = figures.find(metric, choice.stimulus())
                .orElseThrow(() -> new InputException("no cell has " + metric, session.info().name(),
                        "'neuropil metrics explain " + metric + "' tells what it needs; the session shows "
                                + String.join(", ", stimuli.shown().keySet())));
        Optional<CellFigures.Column> responsive = Stream.of(GRATINGS, IMAGES)
                .flatMap(id -> figures.columns().stream().filter(of -> of.metric().equals(id)))
                .sorted(Comparator.comparing(of -> of.stimulus().equals(column.stimulus()) ? 0 : 1)).findFirst();
        List<Cell> cells = Cell.all(session);
        List<DepthPicture.Layered> planes = new ArrayList<>();
        for (Plane plane : session.planes()) {
            List<Cell> own = Cell.of(cells, plane);
            double[] answers = Values.present(
                    responsive.map(of -> figures.values(own, of)).orElse(new double[0]));
            planes.add(new DepthPicture.Layered(plane.name(), plane.depth(), figures.values(own, column),
                    answers.length, (int) Arrays.stream(answers).filter(answer -> answer == 1).count()));
        }
        return DepthPicture.of(new Caption(metric + " by depth", session.info().name() + " · " + column.trace() + " · "
                + column.stimulus() + " · all " + Words.count(session.rois(), "cell") + responsive
                        .map(of -> " · responsive: " + of.metric() + " of " + of.stimulus() + ", seed "
                                + choice.seed())
                        .orElse("")),
                Quantity.metric(metric), planes);
    }

    /// Correlations of all pairs of cells; see [CorrelationPicture].
    ///
    /// @throws InputException if the stimulus that was asked for has no epoch
    public Figure correlations() throws IOException {
        List<Cell> cells = Cell.some(session, choice.cells());
        if (cells.isEmpty()) {
            throw new InputException("there are no ROIs", session.info().name(), "there is nothing to correlate");
        }
        Clock clock = session.planes().getFirst().clock();
        boolean[] during = during(clock);
        List<double[]> rows = new ArrayList<>();
        List<CorrelationPicture.Group> groups = new ArrayList<>();
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        for (Plane plane : session.planes()) {
            List<Cell> own = Cell.of(cells, plane);
            if (!own.isEmpty()) {
                TraceKind kind = kind(plane, false);
                kinds.add(kind);
                read(own, kind, (_, trace) -> rows.add(kept(trace.on(clock).values(), during)));
                groups.add(new CorrelationPicture.Group(title(plane), own.size()));
            }
        }
        double[] matrix = CorrelationPicture.matrix(rows);
        String note = session.info().name() + " · " + words(kinds) + " · " + of(cells.size()) + " · "
                + choice.stimulus().map(name -> "frames of " + Stimuli.word(name)).orElse("all frames")
                + ", planes brought to the times of the first";
        Caption caption = new Caption("Correlations in " + session.info().name(), note);
        return choice.clustered()
                ? CorrelationPicture.of(caption, Clustering.ordered(matrix, Clustering.order(matrix, rows.size())),
                        List.of(), "what is alike side by side")
                : CorrelationPicture.of(caption, matrix, groups, "by plane");
    }

    /// Which frames are within the stimulus that was asked for.
    private boolean[] during(Clock clock) {
        boolean[] during = new boolean[clock.frames()];
        if (choice.stimulus().isEmpty()) {
            Arrays.fill(during, true);
            return during;
        }
        String word = Stimuli.word(choice.stimulus().get());
        List<Epoch> own = epochs().stream().filter(epoch -> epoch.name().equals(word)).toList();
        if (own.isEmpty()) {
            throw new InputException("'" + choice.stimulus().get() + "' has no epoch", session.info().name(),
                    "there are " + String.join(", ", epochs().stream().map(Epoch::name).distinct().toList()));
        }
        own.forEach(epoch -> Arrays.fill(during, clock.from(epoch.start()), clock.to(epoch.stop()), true));
        return during;
    }

    private static double[] kept(double[] values, boolean[] during) {
        return IntStream.range(0, values.length).filter(i -> during[i]).mapToDouble(i -> values[i]).toArray();
    }
}
