package org.neuropil.phantom.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/// Doses come back from what was made, by other means than it was made with.
class RulesTest {
    /// All axons proofread, nothing from outside, no rule but those of the test.
    private static CircuitPlan bare(int neurons, double side, Rule... rules) {
        return CircuitPlan.like("minnie65", 0.01).column(neurons, side).proofread(neurons).imaged(0).outside(0)
                .only(rules);
    }

    private static boolean excitatory(MadeCircuit circuit, int cell) {
        return circuit.type(cell).group() == Group.EXCITATORY;
    }

    /// Poisson regression of synapses on signal correlation with the offset log L_d, over excitatory pairs, by Newton's
    /// steps: intercept, slope and the slope's standard error.
    private static double[] density(MadeCircuit circuit) {
        double a = Math.log(0.001);
        double b = 0;
        double error = 0;
        for (int step = 0; step < 20; step++) {
            double[] sums = new double[5];
            double[] at = {a, b};
            MadeCircuitTest.each(circuit, "", (pre, post, length, made) -> {
                if (excitatory(circuit, pre) && excitatory(circuit, post)) {
                    double x = circuit.tuning().similarity(pre, post);
                    double mean = length * Math.exp(at[0] + at[1] * x);
                    sums[0] += made - mean;
                    sums[1] += (made - mean) * x;
                    sums[2] += mean;
                    sums[3] += mean * x;
                    sums[4] += mean * x * x;
                }
            });
            double determinant = sums[2] * sums[4] - sums[3] * sums[3];
            a += (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
            b += (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
            error = Math.sqrt(sums[2] / determinant);
        }
        return new double[]{a, b, error};
    }

    /// Slope of log L_d over signal correlation, over excitatory pairs; all lie equally near.
    private static double proximity(MadeCircuit circuit) {
        double[] sums = new double[5];
        MadeCircuitTest.each(circuit, "", (pre, post, length, _) -> {
            if (excitatory(circuit, pre) && excitatory(circuit, post)) {
                MadeCircuitTest.add(sums, circuit.tuning().similarity(pre, post), Math.log(length));
            }
        });
        return MadeCircuitTest.slope(sums);
    }

    @Test
    void likeToLikeSynapsesHaveThePublishedSlopeAtDoseOneAndNoneAtZero() {
        CircuitPlan plan = bare(500, 200, Rule.DISTANCE, Rule.LIKE_TO_LIKE_SYNAPSES, Rule.SMOOTH_TUNING);
        double[] one = density(MadeCircuit.make(plan, 1));
        assertThat(one[2]).isLessThan(0.1);
        assertThat(one[1]).isCloseTo(2.297, within(4 * one[2]));
        assertThat(one[0]).isCloseTo(Math.log(0.0012), within(0.1));
        double[] zero = density(MadeCircuit.make(plan.dose(Rule.LIKE_TO_LIKE_SYNAPSES, 0), 1));
        assertThat(zero[1]).isCloseTo(0, within(4 * zero[2]));
    }

    @Test
    void likeToLikeProximityActsOnProximityAlone() {
        CircuitPlan plan = bare(400, 200, Rule.LIKE_TO_LIKE_PROXIMITY);
        MadeCircuit one = MadeCircuit.make(plan, 2);
        assertThat(proximity(one)).isCloseTo(1.125, within(0.06));
        double[] density = density(one);
        assertThat(density[1]).isCloseTo(0, within(4 * density[2]));
        assertThat(proximity(MadeCircuit.make(plan.dose(Rule.LIKE_TO_LIKE_PROXIMITY, 0), 2)))
                .isCloseTo(0, within(0.06));
    }

    @Test
    void aRuleAtDoseZeroLeavesNoTraceOfWhatItDependsOn() {
        CircuitPlan plan = bare(300, 200, Rule.DISTANCE, Rule.TYPE);
        MadeCircuit rough = MadeCircuit.make(plan, 3);
        MadeCircuit smooth = MadeCircuit.make(plan.dose(Rule.SMOOTH_TUNING, 1), 3);
        assertThat(smooth.tuning().signals()).isNotEqualTo(rough.tuning().signals());
        assertThat(smooth.synapses().x()).isEqualTo(rough.synapses().x());
        assertThat(smooth.synapses().size()).isEqualTo(rough.synapses().size());
        assertThat(smooth.proximity().length()).isDeepEqualTo(rough.proximity().length());
    }

    /// Mean over axons of the signal correlation between two targets, weighted by their synapses, less that between all
    /// cells; and of the axon's cell with its targets, likewise.
    private static double[] common(MadeCircuit circuit) {
        double between = 0;
        double own = 0;
        double all = 0;
        int axons = 0;
        List<Integer> cells = new ArrayList<>();
        for (int i = 0; i < circuit.cells().neurons(); i++) {
            if (excitatory(circuit, i)) {
                cells.add(i);
            }
        }
        int pairs = 0;
        for (int one : cells) {
            for (int other : cells) {
                if (one < other) {
                    all += circuit.tuning().similarity(one, other);
                    pairs++;
                }
            }
        }
        all /= pairs;
        Proximity proximity = circuit.proximity();
        for (int row = 0; row < proximity.axons().length; row++) {
            double sum = 0;
            double weight = 0;
            double toOwn = 0;
            double synapses = 0;
            int[] made = proximity.made()[row];
            int[] targets = proximity.targets()[row];
            for (int k = 0; k < made.length; k++) {
                if (made[k] == 0 || !excitatory(circuit, targets[k])
                        || !excitatory(circuit, proximity.axons()[row])) {
                    continue;
                }
                toOwn += made[k] * circuit.tuning().similarity(proximity.axons()[row], targets[k]);
                synapses += made[k];
                for (int l = 0; l < k; l++) {
                    if (made[l] > 0 && excitatory(circuit, targets[l])) {
                        sum += made[k] * made[l] * circuit.tuning().similarity(targets[k], targets[l]);
                        weight += made[k] * made[l];
                    }
                }
            }
            if (weight > 0) {
                between += sum / weight;
                own += toOwn / synapses;
                axons++;
            }
        }
        return new double[]{between / axons - all, own / axons - all};
    }

    @Test
    void commonInputMakesTargetsLikeEachOtherAndNotLikeTheirInput() {
        CircuitPlan plan = bare(400, 150, Rule.COMMON_INPUT);
        double[] one = common(MadeCircuit.make(plan, 4));
        double[] zero = common(MadeCircuit.make(plan.dose(Rule.COMMON_INPUT, 0), 4));
        assertThat(zero[0]).isCloseTo(0, within(0.004));
        assertThat(one[0]).isGreaterThan(0.02);
        assertThat(one[1]).isCloseTo(0, within(0.01));
    }

    @Test
    void clusteredSynapsesAreMoreOftenSeveralThanPoissonNumbersOfTheSameMean() {
        CircuitPlan plan = bare(400, 100, Rule.DISTANCE, Rule.MULTI_SYNAPSES);
        // Of Poisson numbers, the mean of n (n - 1) is that of rate²; of clusters with m = 1.25 synapses on average,
        // geometric, it is more by rate * (E k(k-1) / m) = rate * 2 (m - 1).
        double[] one = factorial(MadeCircuit.make(plan, 5));
        double[] zero = factorial(MadeCircuit.make(plan.dose(Rule.MULTI_SYNAPSES, 0), 5));
        assertThat(zero[0] / zero[2]).isCloseTo(1, within(0.1));
        assertThat((one[0] - one[2]) / one[1]).isCloseTo(0.5, within(0.06));
        assertThat(one[3] / one[1]).isCloseTo(1, within(0.03));
        assertThat(zero[3] / zero[1]).isCloseTo(1, within(0.03));
    }

    /// Sums over pairs of n (n - 1), rate, rate² and n.
    private static double[] factorial(MadeCircuit circuit) {
        double[] sums = new double[4];
        MadeCircuitTest.each(circuit, "", (_, _, length, made) -> {
            double rate = 0.0012 * length;
            sums[0] += made * (made - 1.0);
            sums[1] += rate;
            sums[2] += rate * rate;
            sums[3] += made;
        });
        return sums;
    }

    /// Correlation of the log sizes of the first two synapses of each pair.
    private static double dual(MadeCircuit circuit) {
        Map<Long, List<Double>> sizes = new HashMap<>();
        Synapses all = circuit.synapses();
        for (int i = 0; i < all.count(); i++) {
            if (excitatory(circuit, all.pre()[i])) {
                sizes.computeIfAbsent(((long) all.pre()[i] << 32) + all.post()[i], _ -> new ArrayList<>())
                        .add(Math.log(all.size()[i]));
            }
        }
        double n = 0;
        double x = 0;
        double xx = 0;
        double xy = 0;
        for (List<Double> two : sizes.values()) {
            if (two.size() >= 2) {
                n += 2;
                x += two.get(0) + two.get(1);
                xx += two.get(0) * two.get(0) + two.get(1) * two.get(1);
                xy += 2 * two.get(0) * two.get(1);
            }
        }
        assertThat(n).isGreaterThan(4000);
        double mean = x / n;
        return (xy / n - mean * mean) / (xx / n - mean * mean);
    }

    @Test
    void sizesOfDualSynapsesCorrelateByTheDose() {
        CircuitPlan plan = bare(900, 100, Rule.DISTANCE, Rule.DUAL_SIZES, Rule.POTENTIATED, Rule.MULTI_SYNAPSES)
                .dose(Rule.MULTI_SYNAPSES, 3);
        assertThat(dual(MadeCircuit.make(plan, 6))).isCloseTo(0.3, within(0.06));
        assertThat(dual(MadeCircuit.make(plan.dose(Rule.DUAL_SIZES, 2), 6))).isCloseTo(0.6, within(0.06));
        assertThat(dual(MadeCircuit.make(plan.dose(Rule.DUAL_SIZES, 0), 6))).isCloseTo(0, within(0.06));
    }

    @Test
    void aFifthOfExcitatorySynapsesIsPotentiated() {
        CircuitPlan plan = bare(300, 100, Rule.DISTANCE, Rule.POTENTIATED);
        // The mean of log sizes moves by 0.2 * 1.1, their variance grows by 0.2 * 0.8 * 1.1².
        double[] one = logSizes(MadeCircuit.make(plan, 7));
        double[] zero = logSizes(MadeCircuit.make(plan.dose(Rule.POTENTIATED, 0), 7));
        assertThat(zero[0]).isCloseTo(Math.log(2500), within(0.02));
        assertThat(zero[1]).isCloseTo(0.55 * 0.55, within(0.02));
        assertThat(one[0] - zero[0]).isCloseTo(0.22, within(0.02));
        assertThat(one[1] - zero[1]).isCloseTo(0.2 * 0.8 * 1.21, within(0.02));
    }

    private static double[] logSizes(MadeCircuit circuit) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < circuit.synapses().count(); i++) {
            if (excitatory(circuit, circuit.synapses().pre()[i])) {
                double log = Math.log(circuit.synapses().size()[i]);
                n++;
                sum += log;
                squares += log * log;
            }
        }
        return new double[]{sum / n, squares / n - sum / n * sum / n};
    }

    @Test
    void basketCellsPreferSomataByTheDose() {
        CircuitPlan plan = bare(2000, 100, Rule.DISTANCE, Rule.TYPE, Rule.COMPARTMENT);
        // Inhibitory targets offer soma : dendrite = 0.05 : 1; basket cells prefer them by 8 : 1.2.
        assertThat(somata(MadeCircuit.make(plan, 8))).isCloseTo(0.4 / 1.6, within(0.03));
        assertThat(somata(MadeCircuit.make(plan.dose(Rule.COMPARTMENT, 0), 8))).isCloseTo(0.05 / 1.05, within(0.015));
    }

    private static double somata(MadeCircuit circuit) {
        int all = 0;
        int somata = 0;
        Synapses synapses = circuit.synapses();
        for (int i = 0; i < synapses.count(); i++) {
            if (circuit.type(synapses.pre()[i]).group() == Group.PERISOMATIC
                    && circuit.type(synapses.post()[i]).group().inhibitory()) {
                all++;
                somata += synapses.compartment()[i] == 0 ? 1 : 0;
                assertThat(synapses.compartment()[i] == 0).isEqualTo(synapses.target()[i] == Synapses.SOMA);
            }
        }
        assertThat(all).isGreaterThan(1000);
        return (double) somata / all;
    }

    @Test
    void excitatoryOntoExcitatoryIsOnSpinesByTheDose() {
        CircuitPlan plan = bare(300, 100, Rule.DISTANCE, Rule.COMPARTMENT);
        assertThat(spines(MadeCircuit.make(plan, 9))).isCloseTo(0.93, within(0.02));
        assertThat(spines(MadeCircuit.make(plan.dose(Rule.COMPARTMENT, 0), 9))).isCloseTo(0.42, within(0.03));
    }

    private static double spines(MadeCircuit circuit) {
        int[] counts = new int[3];
        Synapses synapses = circuit.synapses();
        for (int i = 0; i < synapses.count(); i++) {
            if (excitatory(circuit, synapses.pre()[i]) && excitatory(circuit, synapses.post()[i])) {
                counts[synapses.target()[i]]++;
            }
        }
        return (double) counts[0] / (counts[0] + counts[1]);
    }

    @Test
    void densitiesOfTypesAreThoseOfTheTableToThePowerOfTheDose() {
        CircuitPlan plan = bare(600, 100, Rule.DISTANCE, Rule.TYPE);
        // Basket cells onto excitatory ones of layer 4: 8 times as dense as those among themselves.
        for (double dose : new double[]{0, 0.5, 1}) {
            MadeCircuit circuit = MadeCircuit.make(plan.dose(Rule.TYPE, dose), 10);
            double[] sums = new double[4];
            MadeCircuitTest.each(circuit, "", (pre, post, length, made) -> {
                int from = circuit.type(pre).name().equals("BC") ? 0 : circuit.type(pre).name().equals("4P") ? 1 : 2;
                if (from < 2 && circuit.type(post).name().equals("4P")) {
                    sums[from] += made;
                    sums[2 + from] += length;
                }
            });
            double ratio = sums[0] / sums[2] / (sums[1] / sums[3]);
            assertThat(ratio).isCloseTo(Math.pow(8, dose), within(0.15 * Math.pow(8, dose)));
        }
    }

    @Test
    void reciprocalPairsAreMoreFrequentByTheSharedFactor() {
        CircuitPlan plan = bare(500, 80, Rule.RECIPROCITY);
        assertThat(reciprocal(MadeCircuit.make(plan.dose(Rule.RECIPROCITY, 0), 11))).isCloseTo(1, within(0.2));
        // A shared factor f of mean 1: the mean of f² is 2.35 at dose 1; less where connections are not rare.
        assertThat(reciprocal(MadeCircuit.make(plan, 11))).isBetween(1.8, 2.6);
    }

    /// Pairs connected both ways, over what the share of connected pairs makes expect.
    private static double reciprocal(MadeCircuit circuit) {
        int n = circuit.cells().neurons();
        boolean[][] connected = new boolean[n][n];
        int[] counts = new int[2];
        MadeCircuitTest.each(circuit, "", (pre, post, _, made) -> {
            connected[pre][post] = made > 0;
            counts[0] += made > 0 ? 1 : 0;
            counts[1] += made > 0 && pre > post && connected[post][pre] ? 1 : 0;
        });
        double share = counts[0] / (n * (n - 1.0));
        return counts[1] / (share * share * n * (n - 1.0) / 2);
    }

    @Test
    void axonsAreUnequalByTheDose() {
        double[] one = weights(MadeCircuit.make(bare(900, 300, Rule.UNEQUAL_AXONS), 12).cells());
        double[] zero = weights(MadeCircuit.make(bare(900, 300), 12).cells());
        assertThat(zero).containsExactly(1, 0);
        assertThat(one[0]).isCloseTo(1, within(0.06));
        assertThat(Math.sqrt(one[1])).isCloseTo(Math.sqrt(Math.exp(0.25) - 1), within(0.08));
    }

    private static double[] weights(Cells cells) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < cells.neurons(); i++) {
            sum += cells.weight()[i];
            squares += cells.weight()[i] * cells.weight()[i];
        }
        double mean = sum / cells.neurons();
        return new double[]{mean, squares / cells.neurons() - mean * mean};
    }
}
