package org.neuropil.phantom.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made, and by which threads.
class MadeCircuitTest {
    private static final CircuitPlan SMALL = CircuitPlan.like("v1dd", 0.005);

    @Test
    void threadsDoNotMatterAndSeedsDo() {
        MadeCircuit one = MadeCircuit.make(SMALL, 5, 1);
        MadeCircuit two = MadeCircuit.make(SMALL, 5, 3);
        MadeCircuit other = MadeCircuit.make(SMALL, 6, 1);
        assertThat(two.synapses().preRoot()).isEqualTo(one.synapses().preRoot()).hasSizeGreaterThan(1000);
        assertThat(two.synapses().x()).isEqualTo(one.synapses().x());
        assertThat(two.synapses().size()).isEqualTo(one.synapses().size());
        assertThat(two.proximity().length()).isDeepEqualTo(one.proximity().length());
        assertThat(two.units().images()).isEqualTo(one.units().images());
        assertThat(other.synapses().x()).isNotEqualTo(one.synapses().x());
        assertThat(other.cells().x()).isNotEqualTo(one.cells().x());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1dd", "minnie65"})
    void cellsAreAsFrequentAsTheirTypesAndLieInTheirLayers(String like) {
        MadeCircuit circuit = MadeCircuit.make(CircuitPlan.like(like, 0.01).proofread(0).imaged(0).outside(0), 1);
        Cells cells = circuit.cells();
        List<CellType> types = circuit.plan().tissue().types();
        int[] counts = new int[types.size()];
        for (int i = 0; i < cells.count(); i++) {
            counts[cells.type()[i]]++;
            CellType type = types.get(cells.type()[i]);
            if (!type.name().equals("pericyte")) {
                assertThat((double) cells.y()[i]).isBetween(type.from() - 0.01, type.to() + 0.01);
                assertThat(Math.abs(cells.x()[i] - circuit.plan().tissue().x()))
                        .isLessThanOrEqualTo(circuit.plan().side() / 2 + 0.01);
            }
            assertThat(type.group() == Group.OTHER).isEqualTo(i >= cells.neurons());
        }
        for (int t = 0; t < counts.length; t++) {
            assertThat((double) counts[t]).isCloseTo(types.get(t).share() * 900, within(1.0));
        }
        assertThat(cells.neurons()).isEqualTo(900);
        assertThat(Arrays.stream(cells.nucleus()).distinct().count()).isEqualTo(cells.count());
    }

    @Test
    void noSynapseIsWhereArboursDoNotMeetAndNumbersAgree() {
        MadeCircuit circuit = MadeCircuit.make(SMALL.proofread(450), 2);
        Map<Long, Integer> pairs = new HashMap<>();
        Synapses synapses = circuit.synapses();
        for (int i = 0; i < synapses.count(); i++) {
            if (synapses.pre()[i] >= 0 && synapses.post()[i] >= 0) {
                pairs.merge(((long) synapses.pre()[i] << 32) + synapses.post()[i], 1, Integer::sum);
            }
        }
        Proximity proximity = circuit.proximity();
        assertThat(proximity.axons()).hasSize(450);
        long within = 0;
        for (int row = 0; row < proximity.axons().length; row++) {
            assertThat(proximity.targets()[row]).isSorted().doesNotHaveDuplicates()
                    .doesNotContain(proximity.axons()[row]);
            for (int k = 0; k < proximity.targets()[row].length; k++) {
                assertThat(proximity.length()[row][k]).isPositive();
                int made = pairs.getOrDefault(((long) proximity.axons()[row] << 32) + proximity.targets()[row][k], 0);
                assertThat(proximity.made()[row][k]).isEqualTo(made);
                assertThat(proximity.seen()[row][k]).isBetween(0, made);
                within += made;
            }
        }
        // Every synapse among neurons is of a pair within reach.
        assertThat(pairs.values().stream().mapToLong(Integer::longValue).sum()).isEqualTo(within);
        assertThat(proximity.pairs()).isLessThan(450L * 449);
        assertThat(proximity.length(proximity.axons()[0], proximity.axons()[0])).isZero();
    }

    @Test
    void distanceDecidesProximityAsTheProductOfGaussiansSays() {
        CircuitPlan plan = CircuitPlan.like("v1dd", 0.01).only(Rule.DISTANCE).proofread(900);
        MadeCircuit circuit = MadeCircuit.make(plan, 3);
        // Among L4 cells of about one depth the slope of log L over r² is -1 / 2v, v = 100² + 45².
        double[] sums = new double[5];
        each(circuit, "L4IT", (pre, post, length, _) -> {
            double r = circuit.cells().lateral(pre, post);
            if (r < 150) {
                add(sums, r * r, Math.log(length));
            }
        });
        assertThat(slope(sums)).isCloseTo(-1 / (2.0 * (100 * 100 + 45 * 45)), within(2e-6));
        double[] none = new double[5];
        MadeCircuit flat = MadeCircuit.make(plan.dose(Rule.DISTANCE, 0), 3);
        each(flat, "L4IT", (pre, post, length, _) -> {
            double r = flat.cells().lateral(pre, post);
            add(none, r * r, Math.log(length));
        });
        assertThat(slope(none)).isCloseTo(0, within(1e-6));
        assertThat(flat.proximity().pairs()).isEqualTo(900L * 899);
    }

    @Test
    void whatIsNotAWholeCellHasARootOfItsOwn() {
        MadeCircuit circuit = MadeCircuit.make(SMALL, 4);
        Set<Long> cells = new HashSet<>();
        for (long root : circuit.cells().root()) {
            cells.add(root);
        }
        Synapses synapses = circuit.synapses();
        int lost = 0;
        int whole = 0;
        Set<Long> spines = new HashSet<>();
        for (int i = 0; i < synapses.count(); i++) {
            int pre = synapses.pre()[i];
            boolean attached = cells.contains(synapses.preRoot()[i]);
            if (pre < 0) {
                assertThat(attached).isFalse();
            } else if (synapses.post()[i] >= 0) {
                double kept = Proofreading.KEPT.get(circuit.proofreading().axon()[pre]);
                lost += kept < 0.5 && !attached ? 1 : 0;
                whole += kept < 0.5 ? 1 : 0;
                assertThat(attached || kept < 1).isTrue();
            }
            if (!cells.contains(synapses.postRoot()[i])) {
                assertThat(spines.add(synapses.postRoot()[i])).as("a piece of its own for each").isTrue();
            }
        }
        assertThat((double) lost / whole).isCloseTo(0.75, within(0.02));
        // 1.5 % of cells are merged in pairs.
        int merged = circuit.cells().count() - cells.size();
        assertThat(merged).isEqualTo((int) Math.round(0.015 * circuit.cells().count()));
    }

    interface Pair {
        void of(int pre, int post, double length, int made);
    }

    /// Pairs within reach of which both cells are of a type; of all types if that is empty.
    static void each(MadeCircuit circuit, String type, Pair pair) {
        Proximity proximity = circuit.proximity();
        for (int row = 0; row < proximity.axons().length; row++) {
            int pre = proximity.axons()[row];
            for (int k = 0; k < proximity.targets()[row].length; k++) {
                int post = proximity.targets()[row][k];
                if (type.isEmpty() || circuit.type(pre).name().equals(type) && circuit.type(post).name().equals(type)) {
                    pair.of(pre, post, proximity.length()[row][k], proximity.made()[row][k]);
                }
            }
        }
    }

    /// Sums for a line: n, x, y, xx, xy.
    static void add(double[] sums, double x, double y) {
        sums[0]++;
        sums[1] += x;
        sums[2] += y;
        sums[3] += x * x;
        sums[4] += x * y;
    }

    static double slope(double[] sums) {
        return (sums[4] - sums[1] * sums[2] / sums[0]) / (sums[3] - sums[1] * sums[1] / sums[0]);
    }
}
