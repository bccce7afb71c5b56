package org.neuropil.phantom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.neuropil.phantom.circuit.CircuitPlan;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.TraceKind;

class UnitSessionTest {
    @Test
    void framesOfATrialAreItsResponse() {
        MadeCircuit circuit = MadeCircuit
                .make(CircuitPlan.like("v1dd", 0.002).imaged(10).proofread(0).outside(0).repeats(3, 2), 1);
        int seen = 0;
        for (UnitSession session : UnitSession.of(circuit).values()) {
            for (Plane plane : session.planes()) {
                for (int roi = 0; roi < plane.rois().size(); roi++) {
                    float[] events = session.traces(plane, TraceKind.EVENTS, roi, 1)[0];
                    int unit = Integer.parseInt(plane.rois().get(roi).key().label().replaceFirst(".*r", "")) - 1;
                    Map<Double, Double> sums = new TreeMap<>();
                    for (Presentation shown : session.presentations()) {
                        if (shown.stimulus().equals("drifting_gratings_windowed")
                                && shown.condition().orElseThrow() instanceof Condition.Grating grating) {
                            int from = plane.clock().from(shown.start());
                            int to = plane.clock().to(shown.stop());
                            assertThat(to - from).isEqualTo(12);
                            for (int frame = from; frame < to; frame++) {
                                sums.merge(grating.direction(), events[frame] / 12.0, Double::sum);
                            }
                        }
                    }
                    assertThat(sums).hasSize(12);
                    for (int d = 0; d < 12; d++) {
                        double expected = circuit.units().windowed()[(unit * 12 + d) * 2]
                                + circuit.units().windowed()[(unit * 12 + d) * 2 + 1];
                        assertThat(sums.getOrDefault(30.0 * d, -1.0)).isCloseTo(expected, within(1e-4));
                    }
                    seen++;
                }
            }
        }
        assertThat(seen).isEqualTo(circuit.units().count());
    }
}
