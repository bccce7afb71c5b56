package org.neuropil.phantom.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Tuning, recordings, and what people would see of a circuit.
class NuisanceTest {
    private static final CircuitPlan PLAN = CircuitPlan.like("v1dd", 0.01).proofread(0).outside(0);

    /// Mean signal correlation of pairs nearer than 30 µm across the column, and of those farther than 150.
    private static double[] byDistance(MadeCircuit circuit) {
        double[] sums = new double[4];
        for (int i = 0; i < circuit.cells().neurons(); i++) {
            for (int j = 0; j < i; j++) {
                double r = circuit.cells().lateral(i, j);
                int at = r < 30 ? 0 : r > 150 ? 1 : -1;
                if (at >= 0) {
                    sums[at] += circuit.tuning().similarity(i, j);
                    sums[2 + at]++;
                }
            }
        }
        return new double[]{sums[0] / sums[2], sums[1] / sums[3]};
    }

    @Test
    void tuningOfNeighboursIsAlikeByTheDose() {
        double[] one = byDistance(MadeCircuit.make(PLAN.imaged(0), 1));
        double[] zero = byDistance(MadeCircuit.make(PLAN.imaged(0).dose(Rule.SMOOTH_TUNING, 0), 1));
        assertThat(one[0] - one[1]).isGreaterThan(0.05);
        assertThat(zero[0] - zero[1]).isCloseTo(0, within(0.01));
    }

    @Test
    void similarityIsPearsonsOfTheMeanResponses() {
        Tuning tuning = MadeCircuit.make(PLAN.column(20, 100).imaged(0), 2).tuning();
        int n = tuning.images();
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int c = 0; c < n; c++) {
            double a = tuning.signals()[3 * n + c];
            double b = tuning.signals()[7 * n + c];
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }
        double expected = (xy - x * y / n) / Math.sqrt((xx - x * x / n) * (yy - y * y / n));
        assertThat(tuning.similarity(3, 7)).isCloseTo(expected, within(1e-5));
        assertThat(tuning.similarity(5, 5)).isCloseTo(1, within(1e-5));
    }

    @Test
    void surroundSuppressionFallsWithDepthByTheDose() {
        assertThat(layers(MadeCircuit.make(PLAN.imaged(0), 3))).isCloseTo(0.25, within(0.04));
        assertThat(layers(MadeCircuit.make(PLAN.imaged(0).dose(Rule.SURROUND, 0), 3))).isCloseTo(0, within(0.04));
        Tuning tuning = MadeCircuit.make(PLAN.imaged(0), 3).tuning();
        double window = tuning.windowed(5, 3);
        double full = tuning.full(5, 3);
        assertThat(tuning.suppressionIndex(5)).isCloseTo((window - full) / (window + full), within(1e-6));
    }

    /// Mean suppression of layer 2/3 less that of layer 5.
    private static double layers(MadeCircuit circuit) {
        double[] sums = new double[4];
        for (int i = 0; i < circuit.cells().neurons(); i++) {
            int layer = Tissue.layerAt(circuit.cells().y()[i]);
            if (layer == 1 || layer == 3) {
                sums[layer / 2] += circuit.tuning().suppression()[i];
                sums[2 + layer / 2]++;
            }
        }
        return sums[0] / sums[2] - sums[1] / sums[3];
    }

    @Test
    void responsesAreUnbiasedAndVaryTogetherByTheDose() {
        CircuitPlan plan = PLAN.column(60, 200).imaged(20).repeats(100, 50);
        double[] one = trials(MadeCircuit.make(plan, 4));
        double[] zero = trials(MadeCircuit.make(plan.dose(Rule.NOISE_CORRELATION, 0), 4));
        assertThat(one[0]).isCloseTo(1, within(0.03));
        assertThat(zero[0]).isCloseTo(1, within(0.03));
        assertThat(one[1]).isGreaterThan(0.02);
        // Trials in which the animal runs are larger in all cells.
        assertThat(zero[1]).isBetween(0.0, one[1]);
    }

    /// Measured over true means, and the mean correlation of units within conditions.
    private static double[] trials(MadeCircuit circuit) {
        Units units = circuit.units();
        int images = circuit.tuning().images();
        int repeats = circuit.plan().imageRepeats();
        double measured = 0;
        double truth = 0;
        double[][] rests = new double[units.count()][images * repeats];
        for (int u = 0; u < units.count(); u++) {
            for (int c = 0; c < images; c++) {
                double mean = 0;
                for (int r = 0; r < repeats; r++) {
                    mean += units.images()[(u * images + c) * repeats + r] / repeats;
                }
                measured += mean;
                truth += circuit.tuning().signals()[units.cell()[u] * images + c];
                for (int r = 0; r < repeats; r++) {
                    rests[u][c * repeats + r] = units.images()[(u * images + c) * repeats + r] - mean;
                }
            }
        }
        double sum = 0;
        int pairs = 0;
        for (int u = 0; u < rests.length; u++) {
            for (int v = 0; v < u; v++) {
                if (units.cell()[u] != units.cell()[v]) {
                    sum += dot(rests[u], rests[v]) / Math.sqrt(dot(rests[u], rests[u]) * dot(rests[v], rests[v]));
                    pairs++;
                }
            }
        }
        return new double[]{measured / truth, sum / pairs};
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void aTwentiethOfUnitsIsMatchedToANeighbourByTheDose() {
        CircuitPlan plan = PLAN.column(3000, 600).imaged(900).repeats(2, 2);
        Units units = MadeCircuit.make(plan.dose(Rule.WRONG_MATCHES, 3), 5).units();
        int wrong = 0;
        double good = 0;
        for (int u = 0; u < units.count(); u++) {
            wrong += units.cell()[u] == units.matched()[u] ? 0 : 1;
            good += units.cell()[u] == units.matched()[u] ? units.residual()[u] : 0;
        }
        assertThat((double) wrong / units.count()).isCloseTo(0.15, within(0.035));
        // The mean length of a normal vector in space is sigma sqrt(8 / pi).
        assertThat(good / (units.count() - wrong)).isCloseTo(2.5 * Math.sqrt(8 / Math.PI), within(0.2));
        assertThat(units.count()).isGreaterThan(900);
        Units right = MadeCircuit.make(plan.dose(Rule.WRONG_MATCHES, 0), 5).units();
        assertThat(right.matched()).isEqualTo(right.cell());
    }

    @Test
    void proofreadingIsInTheMiddleByTheDose() {
        CircuitPlan plan = PLAN.column(3000, 600).imaged(0).proofread(600).only(Rule.PROOFREADING_BIAS);
        assertThat(middle(MadeCircuit.make(plan, 6))).isLessThan(0.85);
        assertThat(middle(MadeCircuit.make(plan.dose(Rule.PROOFREADING_BIAS, 0), 6))).isCloseTo(1, within(0.05));
    }

    /// Mean distance of proofread cells from the axis over that of all.
    private static double middle(MadeCircuit circuit) {
        double[] sums = new double[4];
        for (int i = 0; i < circuit.cells().neurons(); i++) {
            double r = Math.hypot(circuit.cells().x()[i] - circuit.plan().tissue().x(),
                    circuit.cells().z()[i] - circuit.plan().tissue().z());
            sums[0] += r;
            sums[1]++;
            sums[2] += circuit.proofreading().axon()[i] != 0 ? r : 0;
            sums[3] += circuit.proofreading().axon()[i] != 0 ? 1 : 0;
        }
        assertThat(sums[3]).isEqualTo(circuit.plan().proofread());
        return sums[2] / sums[3] / (sums[0] / sums[1]);
    }

    @Test
    void testablePairsGiveTheTrueRateAndAllPairsDoNot() {
        // Where proofreading is everywhere, so that distances do not differ; fully extended axons lose nothing.
        MadeCircuit circuit = MadeCircuit.make(PLAN.column(900, 200).imaged(0).proofread(300)
                .dose(Rule.PROOFREADING_BIAS, 0).dose(Rule.UNEQUAL_AXONS, 0), 7);
        Synapses synapses = circuit.synapses();
        int n = circuit.cells().neurons();
        boolean[][] made = new boolean[n][n];
        boolean[][] seen = new boolean[n][n];
        for (int i = 0; i < synapses.count(); i++) {
            int pre = synapses.pre()[i];
            int post = synapses.post()[i];
            made[pre][post] = true;
            seen[pre][post] |= synapses.preRoot()[i] == circuit.cells().root()[pre]
                    && synapses.postRoot()[i] == circuit.cells().root()[post];
        }
        double[] counts = new double[6];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean full = circuit.proofreading().axon()[i] == 4;
                if (i != j) {
                    counts[0] += made[i][j] ? 1 : 0;
                    counts[1]++;
                    counts[2] += seen[i][j] ? 1 : 0;
                    boolean testable = full && circuit.proofreading().testable(i, j);
                    counts[3] += testable && seen[i][j] ? 1 : 0;
                    counts[4] += testable ? 1 : 0;
                }
            }
        }
        double truth = counts[0] / counts[1];
        assertThat(counts[3] / counts[4] / truth).isCloseTo(1, within(0.15));
        assertThat(counts[2] / counts[1] / truth).isLessThan(0.7);
    }

    @Test
    void noErrorsAreMadeAtDoseZero() {
        MadeCircuit circuit = MadeCircuit.make(CircuitPlan.like("minnie65", 0.003).dose(Rule.LABEL_ERRORS, 0)
                .dose(Rule.MERGES, 0).dose(Rule.INCOMPLETE_PROOFREADING, 0), 8);
        assertThat(circuit.cells().label()).isEqualTo(circuit.cells().type());
        assertThat(circuit.synapses().label()).isEqualTo(circuit.synapses().target());
        assertThat(circuit.cells().root()).doesNotHaveDuplicates();
        for (int i = 0; i < circuit.synapses().count(); i++) {
            int pre = circuit.synapses().pre()[i];
            if (pre >= 0) {
                assertThat(circuit.synapses().preRoot()[i]).isEqualTo(circuit.cells().root()[pre]);
            }
        }
        MadeCircuit errors = MadeCircuit.make(CircuitPlan.like("minnie65", 0.03).outside(0).proofread(0).imaged(0), 8);
        int wrong = 0;
        for (int i = 0; i < errors.cells().count(); i++) {
            wrong += errors.cells().label()[i] == errors.cells().type()[i] ? 0 : 1;
            // Neurons are never called something else than neurons.
            assertThat(errors.type(i).group() == Group.OTHER).isEqualTo(i >= errors.cells().neurons());
            assertThat(errors.plan().tissue().types().get(errors.cells().label()[i]).group() == Group.OTHER)
                    .isEqualTo(i >= errors.cells().neurons());
        }
        assertThat((double) wrong / errors.cells().count()).isCloseTo(0.03, within(0.01));
    }
}
