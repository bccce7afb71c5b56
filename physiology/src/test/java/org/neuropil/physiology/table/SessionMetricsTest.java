package org.neuropil.physiology.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Repeats;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Cuts;
import org.neuropil.physiology.trial.Window;

class SessionMetricsTest {
    private static final MemorySession SESSION = NoiseSession.of(2, 20, 1);

    private static List<SessionValue> compute(SessionChoice choice) throws IOException {
        List<SessionValue> values = new ArrayList<>();
        SessionMetrics.compute(SESSION, choice, values::add, () -> {});
        return values;
    }

    private static SessionChoice only(Set<String> metrics, int threads) {
        return new SessionChoice(metrics, Set.of(), Optional.empty(), Cuts.PUBLISHED, Optional.empty(),
                Optional.of(200),
                0, threads);
    }

    private static Map<String, Double> byName(List<SessionValue> values) {
        Map<String, Double> named = new HashMap<>();
        for (SessionValue value : values) {
            String name = value.roi().map(key -> key.label()).orElse("") + " " + value.metric() + " " + value.stimulus()
                    + " " + value.of();
            assertThat(named.put(name, value.value())).as(name).isNull();
        }
        return named;
    }

    /// The responses of a cell, with plain loops over all frames.
    private static Responses responses(Plane plane, float[] trace, String stimulus, double seconds) {
        List<Condition> conditions = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<Double> speeds = new ArrayList<>();
        Signal running = SESSION.signal(Signal.RUNNING).orElseThrow();
        for (Presentation shown : SESSION.presentations()) {
            if (shown.stimulus().equals(stimulus) && shown.condition().isPresent()) {
                conditions.add(shown.condition().get());
                values.add(mean(plane.clock().frames(), f -> plane.clock().time(f), f -> trace[f], shown.start(),
                        shown.start() + seconds));
                speeds.add(mean(running.trace().clock().frames(), f -> running.trace().clock().time(f),
                        f -> running.trace().value(f), shown.start() - 0.1, shown.start() + seconds + 0.1));
            }
        }
        return Responses.of(conditions, values.stream().mapToDouble(x -> x).toArray(),
                speeds.stream().mapToDouble(x -> x).toArray());
    }

    private interface At {
        double of(int frame);
    }

    private static double mean(int frames, At time, At value, double start, double stop) {
        double sum = 0;
        int count = 0;
        for (int f = 0; f < frames; f++) {
            if (time.of(f) >= start && time.of(f) <= stop && !Double.isNaN(value.of(f))) {
                sum += value.of(f);
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /// A film of 5 s three times, another one once; told apart by labels, which may have numbers beside.
    private static List<SessionValue> ofClips(boolean numbered) throws IOException {
        Plane plane = SESSION.planes().getFirst();
        List<Presentation> clips = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Condition number = new Condition.Picture(i == 2 ? 1 : 0);
            double start = plane.clock().time(0) + 1 + 6 * i;
            clips.add(
                    new Presentation("Clip", start, start + 5, numbered ? Optional.of(number) : Optional.empty(), false,
                            -1, -1, Double.NaN, Double.NaN, i == 2 ? "hash b" : "hash a"));
        }
        Map<TraceKind, float[][]> traces = new HashMap<>();
        for (TraceKind kind : plane.kinds()) {
            traces.put(kind, SESSION.traces(plane, kind, 0, plane.rois().size()));
        }
        Session session = new MemorySession(SESSION.info(), List.of(plane), clips, List.of(), List.of(), List.of(),
                Map.of(plane.number(), traces), Map.of());
        List<SessionValue> values = new ArrayList<>();
        SessionMetrics.compute(session, only(Set.of("oracle_score", "cc_max"), 1), values::add, () -> {});
        return values;
    }

    @Test
    void clipsWithNumbersAreFilmsLikeThoseWithout() throws IOException {
        List<SessionValue> numbered = ofClips(true);

        assertThat(numbered).isEqualTo(ofClips(false)).hasSize(2 * SESSION.planes().getFirst().rois().size())
                .allSatisfy(value -> assertThat(value.stimulus()).isEqualTo("Clip"))
                .anySatisfy(value -> assertThat(value.value()).isFinite());
    }

    @Test
    void figuresOfGratingsAreThoseOfTheTrialsInTheTrace() throws IOException {
        Map<String, Double> found = byName(compute(only(Set.of(), 1)));
        Plane plane = SESSION.planes().get(1);
        for (String stimulus : List.of("drifting_gratings_full", "drifting_gratings_windowed")) {
            for (int roi : new int[]{0, 7, 19}) {
                for (Metric metric : Catalogue.ALL) {
                    if (metric instanceof Metric.OfTrials of
                            && metric.about().shown() != About.Shown.PICTURES) {
                        float[] trace = SESSION.traces(plane, metric.about().kind(), roi, 1)[0];
                        double expected = of.of(responses(plane, trace, stimulus, 2));
                        Double value = found.get("c1v3p1r" + roi + " " + metric.about().id() + " " + stimulus + " ");
                        assertThat(value).as(metric.about().id()).isNotNull();
                        if (Double.isNaN(expected)) {
                            assertThat(value).as(metric.about().id()).isNaN();
                        } else {
                            assertThat(value).as(metric.about().id()).isCloseTo(expected, within(1e-7));
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyMetricOfACellOfASessionIsThere() throws IOException {
        Set<String> ids = new HashSet<>();
        compute(only(Set.of(), 2)).forEach(value -> ids.add(value.metric()));
        Set<String> others = new HashSet<>();
        for (Metric metric : Catalogue.ALL) {
            if (metric instanceof Metric.OfPair || metric instanceof Metric.OfTraces
                    || metric instanceof Metric.OfModel) {
                others.add(metric.about().id());
            }
        }
        assertThat(ids).doesNotContainAnyElementsOf(others);
        ids.addAll(others);
        assertThat(ids).containsExactlyInAnyOrderElementsOf(Catalogue.ids());
    }

    @Test
    void threadsDoNotChangeFiguresOrTheirOrder() throws IOException {
        assertThat(compute(only(Set.of(), 3))).isEqualTo(compute(only(Set.of(), 1)));
    }

    @Test
    void aBaselineIsSubtractedFromEachTrial() throws IOException {
        SessionChoice choice = new SessionChoice(Set.of("preferred_response"), Set.of("drifting_gratings_full"),
                Optional.of(TraceKind.DFF),
                new Cuts(Map.of(Stimulus.GRATINGS_FULL, new Window.Seconds(1)), OptionalDouble.of(0.5),
                        Optional.empty()),
                Optional.empty(), Optional.empty(), 0, 1);
        Plane plane = SESSION.planes().getFirst();
        float[] trace = SESSION.traces(plane, TraceKind.DFF, 4, 1)[0];
        Map<Condition, List<Double>> responses = new HashMap<>();
        for (Presentation shown : SESSION.presentations()) {
            if (shown.stimulus().equals("drifting_gratings_full") && shown.condition().isPresent()) {
                double during = mean(plane.clock().frames(), f -> plane.clock().time(f), f -> trace[f], shown.start(),
                        shown.start() + 1);
                double before = mean(plane.clock().frames(), f -> plane.clock().time(f), f -> trace[f],
                        shown.start() - 0.5, Math.nextDown(shown.start()));
                responses.computeIfAbsent(shown.condition().get(), _ -> new ArrayList<>()).add(during - before);
            }
        }
        double best = responses.values().stream().mapToDouble(of -> of.stream().mapToDouble(x -> x).average()
                .orElseThrow()).max().orElseThrow();
        List<SessionValue> values = compute(choice);
        assertThat(values).hasSize(40).allSatisfy(value -> assertThat(value.trace()).isEqualTo("dff"));
        assertThat(byName(values).get("c1v3p0r4 preferred_response drifting_gratings_full ")).isCloseTo(best,
                within(1e-9));
    }

    @Test
    void theBootstrapGivesASpread() throws IOException {
        SessionChoice choice = new SessionChoice(Set.of("gosi"), Set.of("drifting_gratings_windowed"),
                Optional.empty(), Cuts.PUBLISHED, Optional.of(new MetricTable.Drawing(50, 0.9, 3)), Optional.empty(), 0,
                2);
        assertThat(compute(choice)).hasSize(40).allSatisfy(value -> {
            assertThat(value.spread()).isPresent();
            assertThat(value.spread().get().estimate()).isEqualTo(value.value());
            assertThat(value.spread().get().standardError()).isPositive();
        });
    }

    /// Every entry of the catalogue: of sessions, of pairs, and of models in CSV files.
    @Test
    void everyMetricHasAnInterval() throws IOException {
        MetricTable.Drawing how = new MetricTable.Drawing(20, 0.9, 3, 2);
        MemorySession small = NoiseSession.of(1, 5, 1);
        SessionChoice choice = new SessionChoice(Set.of(), Set.of(), Optional.empty(), Cuts.PUBLISHED,
                Optional.of(how), Optional.of(100), 0, 2);
        List<SessionValue> values = new ArrayList<>();
        SessionMetrics.compute(small, choice, values::add, () -> {});
        Set<String> told = new HashSet<>();
        for (SessionValue value : values) {
            assertThat(value.spread()).as(value.metric()).isPresent();
            Bootstrap spread = value.spread().get();
            assertThat(spread.estimate()).as(value.metric()).isEqualTo(Double.valueOf(value.value()));
            if (!Double.isNaN(spread.standardError() + spread.low() + spread.high())) {
                told.add(value.metric());
            }
        }
        List<String> pairs = PairMetrics.metrics(choice);
        PairMetrics.compute(small, choice, pair -> {
            for (int m = 0; m < pairs.size(); m++) {
                if (!Double.isNaN(pair.spreads()[3 * m] + pair.spreads()[3 * m + 1] + pair.spreads()[3 * m + 2])) {
                    told.add(pairs.get(m));
                }
            }
        }, () -> {});
        SplittableRandom random = new SplittableRandom(1);
        double[][] frames = new double[6][];
        Arrays.setAll(frames, _ -> random.doubles(70).toArray());
        List<Condition> shown = new ArrayList<>();
        for (int trial = 0; trial < 320; trial++) {
            shown.add(new Condition.Grating(90 * (trial % 4), 0.04, 1 + trial / 4 % 2));
        }
        Responses many = Responses.of(shown, random.doubles(320).toArray(), random.doubles(320, 0, 2).toArray());
        new MetricTable(Set.of(), Optional.of(how)).trials(Map.of("a", many)).films(Map.of("a",
                new MetricFiles.Film(new Repeats(frames), Optional.of(random.doubles(70).toArray())))).rows()
                .forEach(row -> {
                    if (row.spread().filter(spread -> !Double.isNaN(spread.standardError())).isPresent()) {
                        told.add(row.metric());
                    }
                });
        assertThat(told).containsAll(Catalogue.ids());
        SessionChoice threads = new SessionChoice(Set.of(), Set.of(), Optional.empty(), Cuts.PUBLISHED,
                Optional.of(how), Optional.of(100), 0, 3);
        List<SessionValue> again = new ArrayList<>();
        SessionMetrics.compute(small, threads, again::add, () -> {});
        assertThat(again).isEqualTo(values);
    }

    /// A plane without events: all cells together are of dF/F, and none is missing.
    @Test
    void sparsenessOfAllCellsIsOfOneKindOfTrace() throws IOException {
        MemorySession both = NoiseSession.of(2, 6, 5);
        Plane second = both.planes().get(1);
        Plane without = new Plane(second.number(), second.name(), second.depth(), second.rate(), second.width(),
                second.height(), second.clock(), second.rois(), EnumSet.of(TraceKind.DFF));
        Map<Integer, Map<TraceKind, float[][]>> traces = new HashMap<>();
        for (Plane plane : both.planes()) {
            Map<TraceKind, float[][]> kinds = new HashMap<>();
            kinds.put(TraceKind.DFF, both.traces(plane, TraceKind.DFF, 0, 6));
            if (plane.number() == 0) {
                kinds.put(TraceKind.EVENTS, both.traces(plane, TraceKind.EVENTS, 0, 6));
            }
            traces.put(plane.number(), kinds);
        }
        MemorySession mixed = new MemorySession(both.info(), List.of(both.planes().getFirst(), without),
                both.presentations(), both.epochs(), List.of(), List.of(), traces, Map.of());
        SessionChoice choice = new SessionChoice(Set.of("population_sparseness"),
                Set.of("drifting_gratings_full"), Optional.empty(), Cuts.PUBLISHED, Optional.empty(), Optional.empty(),
                0, 1);
        List<SessionValue> found = new ArrayList<>();
        SessionMetrics.compute(mixed, choice, found::add, () -> {});
        SessionChoice asked = new SessionChoice(choice.metrics(), choice.stimuli(), Optional.of(TraceKind.DFF),
                Cuts.PUBLISHED, Optional.empty(), Optional.empty(), 0, 1);
        List<SessionValue> expected = new ArrayList<>();
        SessionMetrics.compute(both, asked, expected::add, () -> {});
        assertThat(found).isEqualTo(expected).isNotEmpty()
                .allSatisfy(value -> assertThat(value.trace()).isEqualTo("dff"));
    }
}
