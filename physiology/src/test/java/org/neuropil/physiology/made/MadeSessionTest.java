package org.neuropil.physiology.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.stat.Correlation;

class MadeSessionTest {
    private static MadePlan plan(int rois) {
        return new MadePlan(1, 3, List.of(rois, rois), Protocol.SHORTENED, 7);
    }

    @Test
    void aMouseHasTheSizeOfTheGoldenOne() {
        List<MadePlan> mouse = MadePlan.mouse(Protocol.SHORTENED, 1);
        assertThat(mouse).hasSize(25);
        List<Integer> planes = mouse.stream().flatMap(plan -> plan.rois().stream()).toList();
        assertThat(planes).hasSize(150).allMatch(rois -> rois > 50);
        assertThat(planes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(39_407);
        assertThat(Collections.max(planes)).isEqualTo(1_038).isEqualTo(mouse.get(15).rois().getFirst());
        assertThat(mouse.stream().filter(plan -> !plan.protocol().windowed()).map(MadePlan::name))
                .containsExactly("made_c2v5", "made_c4v1");
    }

    @Test
    void allStimuliAreShownOneAfterTheOther() {
        MadeSession session = new MadeSession(plan(1));
        Set<Stimulus> families = session.presentations().stream().map(shown -> Stimulus.of(shown.stimulus()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stimulus.class)));
        families.addAll(session.epochs().stream().map(epoch -> Stimulus.of(epoch.name())).toList());
        assertThat(families).isEqualTo(EnumSet.complementOf(EnumSet.of(Stimulus.MOVING_BARS, Stimulus.OTHER)));
        double last = 0;
        for (Presentation shown : session.presentations()) {
            assertThat(shown.start()).isGreaterThanOrEqualTo(last - 1e-9);
            last = shown.stop();
        }
        Plane plane = session.planes().getFirst();
        double minutes = plane.clock().time(plane.clock().frames() - 1) / 60;
        assertThat(minutes).isBetween(25.0, 36.0);
        assertThat(plane.clock().frames() / minutes / 60).isBetween(6.0, 6.2);
        assertThat(session.presentations().stream().filter(
                shown -> shown.stimulus().equals("drifting_gratings_windowed") && !shown.blank())).hasSize(192);
    }

    @Test
    void tracesDoNotDependOnHowManyAreAskedFor() {
        MadeSession session = new MadeSession(plan(6));
        Plane plane = session.planes().get(1);
        float[][] all = session.traces(plane, TraceKind.DFF, 0, 6);
        assertThat(new MadeSession(plan(6)).traces(plane, TraceKind.DFF, 4, 1)[0]).isEqualTo(all[4]);
        assertThat(all[4]).isNotEqualTo(all[3]);
        assertThat(session.mask(plane, 3).orElseThrow().pixels()).isBetween(40, 160);
        Set<RoiKey> keys = new HashSet<>();
        session.planes().forEach(one -> one.rois().forEach(roi -> keys.add(roi.key())));
        assertThat(keys).hasSize(12);
    }

    /// Counts events at gratings, and compares with the rates that cells were made with.
    @Test
    void cellsAnswerAsTheirTruthSays() {
        MadeSession session = new MadeSession(plan(150));
        double[] counted = new double[3];
        double[] told = new double[3];
        for (Plane plane : session.planes()) {
            for (int roi = 0; roi < 150; roi++) {
                MadeCell cell = session.truth(plane, roi);
                if (cell.responsive()) {
                    count(session, plane, roi, cell, counted, told);
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            // What all cells share changes the rates a little.
            assertThat(counted[i] / told[i]).as("kind %d", i).isCloseTo(1, within(0.1));
        }
    }

    private static void count(MadeSession session, Plane plane, int roi, MadeCell cell, double[] counted,
            double[] told) {
        double[] speed = session.signal(Signal.RUNNING).orElseThrow().trace().on(plane.clock()).values();
        float[] events = session.traces(plane, TraceKind.EVENTS, roi, 1)[0];
        for (Presentation shown : session.presentations()) {
            if (!(shown.condition().orElse(null) instanceof Condition.Grating grating)) {
                continue;
            }
            int spatial = grating.spatialFrequency() == 0.04 ? 0 : 1;
            boolean full = Stimulus.of(shown.stimulus()) == Stimulus.GRATINGS_FULL;
            double rate = cell.baseline() + (full
                    ? cell.full(grating.direction(), spatial)
                    : cell.windowed(grating.direction(), spatial));
            int kind = full ? 0 : rate > 1 ? 1 : 2;
            for (int i = plane.clock().from(shown.start()); i < plane.clock().from(shown.stop()); i++) {
                counted[kind] += events[i] > 0 ? 1 : 0;
                told[kind] += rate / 6.1 * (speed[i] > 1 ? 1 + cell.running() : 1);
            }
        }
    }

    @Test
    void cellsThatShareNoiseAreCorrelated() {
        MadeSession session = new MadeSession(plan(400));
        Plane plane = session.planes().getFirst();
        double[][] sums = new double[4][plane.clock().frames()];
        float[][] traces = session.traces(plane, TraceKind.EVENTS, 0, 400);
        for (int i = 0; i < 400; i++) {
            MadeCell cell = session.truth(plane, i);
            if (!cell.responsive() && (cell.shared() > 0.5 || cell.shared() < 0.25)) {
                double[] sum = sums[i % 2 + (cell.shared() > 0.5 ? 2 : 0)];
                for (int frame = 0; frame < sum.length; frame++) {
                    sum[frame] += traces[i][frame];
                }
            }
        }
        double little = Correlation.pearson(sums[0], sums[1], 2);
        double much = Correlation.pearson(sums[2], sums[3], 2);
        assertThat(much).isGreaterThan(little + 0.05);
    }
}
