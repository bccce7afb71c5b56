package org.neuropil.circuits.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/// Counts beside counts by hand.
class WiringTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void matricesAndCurvesAreCountsOverAllPairs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cells cells = MadeWiring.cells(40, 0.5, random);
        Synapses synapses = MadeWiring.synapses(cells, 900, random);
        Wiring wiring = Wiring.of(cells, synapses, new Account(List.of(), List.of(), List.of()));
        int types = cells.types().size();
        long[][] testable = new long[types][types];
        long[][] connected = new long[types][types];
        long[][] counts = new long[types][types];
        long[] near = new long[4];
        long[] nearConnected = new long[4];
        long all = 0;
        long kept = 0;
        for (int a = 0; a < cells.size(); a++) {
            for (int b = 0; b < cells.size(); b++) {
                if (a == b || !cells.axon()[a] || !cells.dendrite()[b]) {
                    continue;
                }
                int n = 0;
                for (int i = 0; i < synapses.count(); i++) {
                    n += synapses.pre()[i] == a && synapses.post()[i] == b ? 1 : 0;
                }
                double dx = cells.places()[3 * a] - cells.places()[3 * b];
                double dz = cells.places()[3 * a + 2] - cells.places()[3 * b + 2];
                int bin = Math.min(3, (int) (Math.sqrt(dx * dx + dz * dz) / 60));
                int from = cells.type()[a];
                int to = cells.type()[b];
                testable[from][to]++;
                near[bin]++;
                all++;
                kept += n;
                counts[from][to] += n;
                connected[from][to] += n > 0 ? 1 : 0;
                nearConnected[bin] += n > 0 ? 1 : 0;
            }
        }
        TypeMatrix matrix = TypeMatrix.of(wiring);
        assertThat(matrix.testable()).isDeepEqualTo(testable);
        assertThat(matrix.connections()).isDeepEqualTo(connected);
        assertThat(matrix.synapses()).isDeepEqualTo(counts);
        assertThat(wiring.testable()).isEqualTo(all);
        assertThat(wiring.connections().synapses().count()).isEqualTo((int) kept);
        assertThat(wiring.account().steps()).containsExactly(new Account.Step(
                "from proofread axons onto cells that are counted, none onto itself", "synapses", 900, kept));
        DistanceCurve curve = DistanceCurve.of(wiring, DistanceCurve.Axis.LATERAL, 0, 60, 4);
        for (int i = 0; i < 4; i++) {
            assertThat(curve.bins()[i].of()).isEqualTo(near[i]);
            assertThat(curve.bins()[i].hits()).isEqualTo(nearConnected[i]);
        }
        double outputs = 0;
        double inputs = 0;
        for (int k = 0; k < types; k++) {
            outputs += matrix.outputBudget(0, k);
            inputs += matrix.inputBudget(k, 0);
        }
        assertThat(outputs).isCloseTo(1, within(1e-12));
        assertThat(inputs).isCloseTo(1, within(1e-12));
    }

    @Test
    void aDepthDifferenceIsPositiveTowardsDeeperTargets() {
        Cells cells = new Cells(new long[]{1, 2}, new long[]{11, 12}, MadeWiring.TYPES, new int[]{1, 1},
                new double[]{0, 100, 0, 0, 130, 0}, new double[6], new boolean[]{true, true},
                new boolean[]{true, true});
        Wiring wiring = Wiring.of(cells, new Synapses(new int[]{0}, new int[]{1}, new float[]{1}),
                new Account(List.of(), List.of(), List.of()));
        DistanceCurve curve = DistanceCurve.of(wiring, DistanceCurve.Axis.DEPTH, -50, 25, 4);
        assertThat(curve.bins()[3]).isEqualTo(Proportion.of(1, 1));
        assertThat(curve.bins()[0]).isEqualTo(Proportion.of(0, 1));
    }

    @Test
    void selectedCellsKeepTheirSynapsesAndNames() {
        Wiring all = MadeWiring.wiring(30, 1, 600, 5);
        int[] chosen = all.cells().which(i -> i % 3 != 0);
        Wiring some = all.select(chosen, "two of three");
        Set<List<Object>> expected = new HashSet<>();
        for (int k = 0; k < all.connections().size(); k++) {
            int a = all.connections().from(k);
            int b = all.connections().to(k);
            if (a % 3 != 0 && b % 3 != 0) {
                expected.add(List.of(all.cells().names()[a], all.cells().names()[b], all.connections().synapses(k),
                        all.cells().typeOf(a).name()));
            }
        }
        Set<List<Object>> found = new HashSet<>();
        for (int k = 0; k < some.connections().size(); k++) {
            int a = some.connections().from(k);
            int b = some.connections().to(k);
            found.add(List.of(some.cells().names()[a], some.cells().names()[b], some.connections().synapses(k),
                    some.cells().typeOf(a).name()));
        }
        assertThat(found).isEqualTo(expected).isNotEmpty();
        assertThat(some.graph().edges()).isEqualTo(expected.size());
    }

    /// Digest of the lines `1`, `18446744073709551615`, by `printf '1\n18446744073709551615\n' | sha256sum`.
    @Test
    void aListIsKnownByItsContentAndNotByItsOrder() {
        CellList list = CellList.of("axons", "a file", new long[]{-1, 1, -1});
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.sha256()).isEqualTo("04a462b33f58ea8ce56b0baa33b6d43d2624eddf54da57a25147f7f9c9ae339d")
                .isEqualTo(CellList.of("other", "words", new long[]{1, -1}).sha256());
    }

    /// Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29 by Wilson's score without correction.
    @Test
    void sharesHaveTheIntervalsOfWilson() {
        assertThat(interval(81, 263)).containsExactly(0.2553, 0.3662);
        assertThat(interval(15, 148)).containsExactly(0.0624, 0.1605);
        assertThat(interval(0, 20)).containsExactly(0, 0.1611);
        assertThat(interval(1, 29)).containsExactly(0.0061, 0.1718);
        assertThat(Proportion.of(0, 0).share()).isNaN();
        Proportion many = Proportion.of(3_000_000_000L, 6_000_000_000L);
        assertThat(many.share()).isEqualTo(0.5);
        assertThat(many.high() - many.low()).isLessThan(1e-4);
        assertThatThrownBy(() -> Proportion.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] interval(long hits, long of) {
        Proportion share = Proportion.of(hits, of);
        return new double[]{Math.rint(share.low() * 1e4) / 1e4, Math.rint(share.high() * 1e4) / 1e4};
    }

    @Test
    void classesAreReadFromTheWordsOfPublishedTables() {
        assertThat(CellClass.of("excitatory_neuron")).isEqualTo(CellClass.EXCITATORY);
        assertThat(CellClass.of("E")).isEqualTo(CellClass.EXCITATORY);
        assertThat(CellClass.of("inhibitory_neuron")).isEqualTo(CellClass.INHIBITORY);
        assertThat(CellClass.of("nonneuron")).isEqualTo(CellClass.NONNEURONAL);
        assertThat(CellClass.of("aibs_coarse")).isEqualTo(CellClass.UNKNOWN);
    }
}
