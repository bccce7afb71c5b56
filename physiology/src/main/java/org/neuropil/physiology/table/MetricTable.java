package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.Population;
import org.neuropil.physiology.Resampled;
import org.neuropil.physiology.ResponsePair;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.SurroundPair;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.TracePair;
import org.neuropil.physiology.TrialTraces;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.Signal;

/// Computes all metrics that some trials or traces allow, as rows: by cell, then in the catalogue's order.
public final class MetricTable {
    private final Set<String> wanted;
    private final Optional<Drawing> drawing;
    private final List<MetricRow> rows = new ArrayList<>();

    /// How trials are drawn for the bootstrap.
    ///
    /// @param samples how often
    /// @param level share of the figures that the interval holds
    /// @param seed of the draws
    /// @param block seconds of the blocks that frames are drawn in, where there are no trials ([FrameBlocks])
    public record Drawing(int samples, double level, long seed, double block) {
        /// In blocks of the usual length.
        public Drawing(int samples, double level, long seed) {
            this(samples, level, seed, FrameBlocks.SECONDS);
        }
    }

    /// @param wanted ids of metrics; all if it is empty
    /// @param drawing empty for no bootstrap
    public MetricTable(Set<String> wanted, Optional<Drawing> drawing) {
        this.wanted = Set.copyOf(wanted);
        this.drawing = drawing;
    }

    /// What was computed so far.
    public List<MetricRow> rows() {
        return List.copyOf(rows);
    }

    /// Metrics of the trials of each cell.
    public MetricTable trials(Map<String, Responses> cells) {
        cells.forEach((cell, responses) -> all(Metric.OfTrials.class, about -> isShown(about, responses),
                metric -> add(metric, cell, "", responses, metric::of)));
        return this;
    }

    /// Metrics of the trials of each cell against its spontaneous activity; cells of which none is known are left out.
    ///
    /// @param chance by cell
    public MetricTable responsiveness(Map<String, Responses> cells, Map<String, SpontaneousNull> chance) {
        cells.forEach((cell, responses) -> {
            SpontaneousNull own = chance.get(cell);
            if (own != null) {
                all(Metric.OfTrialsAndNull.class, about -> isShown(about, responses),
                        metric -> add(metric, cell, "", responses, trials -> metric.of(trials, own)));
            }
        });
        return this;
    }

    /// Metrics of windowed and full-field gratings; cells that are not in both are left out.
    public MetricTable surround(Map<String, Responses> windowed, Map<String, Responses> full) {
        windowed.forEach((cell, responses) -> {
            Responses other = full.get(cell);
            if (other != null) {
                all(Metric.OfSurround.class, _ -> true,
                        metric -> add(metric, cell, "", new SurroundPair(responses, other), metric::of));
            }
        });
        return this;
    }

    /// Metrics of all pairs of cells.
    ///
    /// @throws org.neuropil.space.InputException if they have different trials
    public MetricTable pairs(Map<String, Responses> cells) {
        List<String> names = List.copyOf(cells.keySet());
        List<Responses> each = List.copyOf(cells.values());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                String cell = names.get(i);
                String other = names.get(j);
                ResponsePair pair = new ResponsePair(each.get(i), each.get(j));
                all(Metric.OfPair.class, _ -> true, metric -> add(metric, cell, other, pair, metric::of));
            }
        }
        return this;
    }

    /// Metrics of all cells together, for each condition.
    public MetricTable populations(Map<String, Responses> cells) {
        Population population = new Population(cells.values());
        for (int c = 0; c < population.conditions().size(); c++) {
            int condition = c;
            all(Metric.OfPopulation.class, _ -> true, metric -> add(metric, "", population.conditions().get(condition)
                    .label(), population, drawn -> metric.of(drawn.means(condition))));
        }
        return this;
    }

    /// Metrics of the frames of trials.
    public MetricTable frames(Map<String, TrialTraces> cells) {
        cells.forEach((cell, traces) -> all(Metric.OfTrialTraces.class, _ -> true,
                metric -> add(metric, cell, "", traces, metric::of)));
        return this;
    }

    /// Metrics of the repeats of a film, and of a model of it where there is one.
    public MetricTable films(Map<String, MetricFiles.Film> cells) {
        cells.forEach((cell, film) -> {
            all(Metric.OfRepeats.class, _ -> true, metric -> add(metric, cell, "", film.repeats(), metric::of));
            film.model().ifPresent(model -> all(Metric.OfModel.class, _ -> true,
                    metric -> add(metric, cell, "", film.repeats(), repeats -> metric.of(model, repeats))));
        });
        return this;
    }

    /// Metrics of all pairs of traces, and of the animal's speed.
    public MetricTable traces(MetricFiles.Traces traces) {
        List<String> names = List.copyOf(traces.cells().keySet());
        List<double[]> each = traces.cells().values().stream().map(Trace::values).toList();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                String cell = names.get(i);
                String other = names.get(j);
                FrameBlocks pair = blocks(traces, each.get(i), each.get(j), traces.speed());
                all(Metric.OfTraces.class, _ -> true, metric -> add(metric, cell, other, pair, drawn -> metric
                        .of(new TracePair(drawn.signal(0), drawn.signal(1), drawn.signal(2)))));
            }
        }
        traces.cells().forEach((cell, trace) -> {
            FrameBlocks frames = blocks(traces, trace.values(), traces.speed());
            all(Metric.OfTrace.class, _ -> true,
                    metric -> add(metric, cell, "", frames, drawn -> metric.of(drawn.signal(0))));
            all(Metric.OfTraceAndBehaviour.class, _ -> true, metric -> {
                if (metric.signal().equals(Signal.RUNNING)) {
                    add(metric, cell, "", frames, drawn -> metric.of(drawn.signal(0), drawn.signal(1)));
                }
            });
        });
        FrameBlocks speed = blocks(traces, traces.speed());
        all(Metric.OfSpeed.class, _ -> true, metric -> add(metric, "", "", speed, drawn -> metric.of(drawn.signal(0))));
        return this;
    }

    /// Frames on the first cell's clock.
    private FrameBlocks blocks(MetricFiles.Traces traces, double[]... signals) {
        double step = traces.cells().values().stream().findFirst().map(trace -> trace.clock().step())
                .orElse(Double.NaN);
        return FrameBlocks.of(drawing.map(Drawing::block).orElse(FrameBlocks.SECONDS), step, signals);
    }

    private static boolean isShown(About about, Responses responses) {
        return switch (about.shown()) {
            case ANYTHING -> true;
            case GRATINGS -> responses.conditions().stream().anyMatch(Condition.Grating.class::isInstance);
            case NOISE -> false;
            case PICTURES -> responses.conditions().stream().anyMatch(Condition.Picture.class::isInstance);
        };
    }

    private <M extends Metric> void all(Class<M> kind, Predicate<About> which,
            Consumer<M> then) {
        Catalogue.ALL.stream().filter(kind::isInstance).map(kind::cast)
                .filter(metric -> wanted.isEmpty() || wanted.contains(metric.about().id()))
                .filter(metric -> which.test(metric.about())).forEach(then);
    }

    private <T extends Resampled<T>> void add(Metric metric, String cell, String of, T trials,
            ToDoubleFunction<T> figure) {
        rows.add(new MetricRow(metric.about().id(), cell, of, figure.applyAsDouble(trials), drawing.map(
                how -> Bootstrap.of(trials, figure, how.samples(), how.level(), how.seed()))));
    }
}
