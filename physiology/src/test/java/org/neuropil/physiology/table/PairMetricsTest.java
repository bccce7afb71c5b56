package org.neuropil.physiology.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.ResponsePair;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.TracePair;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Cuts;

class PairMetricsTest {
    private static final MemorySession SESSION = NoiseSession.of(2, 70, 3);
    private static final SessionChoice CHOICE = new SessionChoice(Set.of(), Set.of("drifting_gratings_full",
            "natural_images", "natural_movie"), Optional.empty(), Cuts.PUBLISHED, Optional.empty(), Optional.empty(), 0,
            2);

    private static List<PairValue> compute(SessionChoice choice) throws IOException {
        List<PairValue> values = new ArrayList<>();
        PairMetrics.compute(SESSION, choice, values::add, () -> {});
        return values;
    }

    private static Trace trace(RoiKey key) {
        RoiKey.Column at = (RoiKey.Column) key;
        Plane plane = SESSION.planes().get(at.plane());
        return SessionMetrics.trace(plane.clock(), SESSION.traces(plane, TraceKind.DFF, at.roi(), 1)[0]);
    }

    private static double expected(Metric metric, List<PlanePlan> planes, PairValue pair) {
        Trace first = trace(pair.first());
        Trace second = trace(pair.second());
        PlanePlan shared = planes.getFirst();
        return switch (metric) {
            case Metric.OfTraces of -> of.of(new TracePair(
                    shared.during(pair.stimulus(), first.on(shared.clock()).values()),
                    shared.during(pair.stimulus(), second.on(shared.clock()).values()),
                    shared.during(pair.stimulus(), shared.behaviour("running_speed").orElseThrow())));
            case Metric.OfPair of -> of.of(new ResponsePair(responses(planes, pair.first(), pair.stimulus(), first),
                    responses(planes, pair.second(), pair.stimulus(), second)));
            default -> throw new IllegalStateException();
        };
    }

    private static Responses responses(List<PlanePlan> planes, RoiKey key, String stimulus, Trace trace) {
        return Objects.requireNonNull(planes.get(((RoiKey.Column) key).plane()).trials().get(stimulus))
                .responses(trace);
    }

    @Test
    void blocksGiveWhatOnePairAtATimeGives() throws IOException {
        SessionPlan plan = new SessionPlan(SESSION, CHOICE);
        List<PlanePlan> planes = SESSION.planes().stream().map(plane -> new PlanePlan(plan, plane.clock())).toList();
        List<String> metrics = PairMetrics.metrics(CHOICE);
        Set<List<Object>> seen = new HashSet<>();
        int checked = 0;
        int number = 0;
        for (PairValue pair : compute(CHOICE)) {
            assertThat(pair.first()).isLessThan(pair.second());
            assertThat(seen.add(List.of(pair.first(), pair.second(), pair.stimulus()))).isTrue();
            boolean lacks = ((RoiKey.Column) pair.first()).roi() == 0 || ((RoiKey.Column) pair.second()).roi() == 0;
            if (number++ % 97 == 0 || lacks && number % 5 == 0) {
                checked++;
                for (int m = 0; m < metrics.size(); m++) {
                    Metric metric = Catalogue.find(metrics.get(m)).orElseThrow();
                    double value = pair.values()[m];
                    if (metric instanceof Metric.OfPair && pair.stimulus().equals("natural_movie")) {
                        assertThat(value).isNaN();
                        continue;
                    }
                    double expected = expected(metric, planes, pair);
                    if (Double.isNaN(expected)) {
                        assertThat(value).as(metrics.get(m) + pair).isNaN();
                    } else {
                        assertThat(value).as(metrics.get(m) + pair).isCloseTo(expected,
                                within(1e-12 * Math.max(1, Math.abs(expected))));
                    }
                }
            }
        }
        assertThat(seen).hasSize(3 * 140 * 139 / 2);
        assertThat(checked).isGreaterThan(300);
    }

    @Test
    void threadsAndOtherMetricsDoNotChangeAFigure() throws IOException {
        SessionChoice one = new SessionChoice(Set.of("noise_correlation"), Set.of("drifting_gratings_full"),
                Optional.empty(), Cuts.PUBLISHED, Optional.empty(), Optional.empty(), 0, 1);
        List<PairValue> all = compute(CHOICE).stream()
                .filter(pair -> pair.stimulus().equals("drifting_gratings_full")).toList();
        List<PairValue> alone = compute(one);
        assertThat(alone).hasSameSizeAs(all);
        int column = PairMetrics.metrics(CHOICE).indexOf("noise_correlation");
        for (int i = 0; i < alone.size(); i++) {
            assertThat(alone.get(i).first()).isEqualTo(all.get(i).first());
            assertThat(alone.get(i).values()).containsExactly(all.get(i).values()[column]);
        }
    }

    /// Blocks of cells give the spread that a bootstrap of each pair by itself gives: the draws are the same.
    @Test
    void theBootstrapOfBlocksIsThatOfEachPair() throws IOException {
        MetricTable.Drawing how = new MetricTable.Drawing(30, 0.9, 4, 10);
        SessionChoice choice = new SessionChoice(Set.of(), Set.of("drifting_gratings_full", "natural_images"),
                Optional.empty(), Cuts.PUBLISHED, Optional.of(how), Optional.empty(), 0, 2);
        SessionPlan plan = new SessionPlan(SESSION, choice);
        List<PlanePlan> planes = SESSION.planes().stream().map(plane -> new PlanePlan(plan, plane.clock())).toList();
        List<String> metrics = PairMetrics.metrics(choice);
        int number = 0;
        int checked = 0;
        Set<String> defined = new HashSet<>();
        for (PairValue pair : compute(choice)) {
            assertThat(pair.spreads()).hasSize(3 * metrics.size());
            boolean lacks = ((RoiKey.Column) pair.first()).roi() == 0 && ((RoiKey.Column) pair.first()).plane() == 0;
            if (number++ % 397 == 0 || lacks && number % 9 == 0) {
                checked++;
                for (int m = 0; m < metrics.size(); m++) {
                    Bootstrap expected = bootstrap(Catalogue.find(metrics.get(m)).orElseThrow(), planes, pair, how);
                    double[] told = {expected.standardError(), expected.low(), expected.high()};
                    for (int s = 0; s < told.length; s++) {
                        double value = pair.spreads()[3 * m + s];
                        if (Double.isNaN(told[s])) {
                            assertThat(value).as(metrics.get(m) + pair).isNaN();
                        } else {
                            assertThat(value).as(metrics.get(m) + pair).isCloseTo(told[s], within(1e-9));
                            defined.add(metrics.get(m));
                        }
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(60);
        assertThat(defined).containsAll(metrics);
        assertThat(PairMetrics.seconds(SESSION, choice)).isPositive();
        assertThat(PairMetrics.seconds(SESSION, CHOICE)).isZero();
    }

    private static Bootstrap bootstrap(Metric metric, List<PlanePlan> planes, PairValue pair, MetricTable.Drawing how) {
        Trace first = trace(pair.first());
        Trace second = trace(pair.second());
        PlanePlan shared = planes.getFirst();
        return switch (metric) {
            case Metric.OfTraces of -> Bootstrap.of(shared.blocks(pair.stimulus(), how.block(),
                    first.on(shared.clock()).values(), second.on(shared.clock()).values(),
                    shared.behaviour("running_speed").orElseThrow()),
                    drawn -> of.of(new TracePair(drawn.signal(0), drawn.signal(1), drawn.signal(2))), how.samples(),
                    how.level(), how.seed());
            case Metric.OfPair of -> Bootstrap.of(new ResponsePair(
                    responses(planes, pair.first(), pair.stimulus(), first),
                    responses(planes, pair.second(), pair.stimulus(), second)), of::of, how.samples(), how.level(),
                    how.seed());
            default -> throw new IllegalStateException();
        };
    }
}
