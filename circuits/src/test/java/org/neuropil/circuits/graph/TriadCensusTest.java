package org.neuropil.circuits.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class TriadCensusTest {
    /// The drawings of Holland and Leinhardt, vertices a, b, c as 0, 1, 2.
    private static final Map<Triad, int[]> DRAWN = new EnumMap<>(Map.ofEntries(Map.entry(Triad.T003, new int[0]),
            Map.entry(Triad.T012, new int[]{0, 1}), Map.entry(Triad.T102, new int[]{0, 1, 1, 0}),
            Map.entry(Triad.T021D, new int[]{1, 0, 1, 2}), Map.entry(Triad.T021U, new int[]{0, 1, 2, 1}),
            Map.entry(Triad.T021C, new int[]{0, 1, 1, 2}), Map.entry(Triad.T111D, new int[]{0, 2, 2, 0, 1, 2}),
            Map.entry(Triad.T111U, new int[]{0, 2, 2, 0, 2, 1}), Map.entry(Triad.T030T, new int[]{0, 1, 2, 1, 0, 2}),
            Map.entry(Triad.T030C, new int[]{1, 0, 2, 1, 0, 2}),
            Map.entry(Triad.T201, new int[]{0, 1, 1, 0, 0, 2, 2, 0}),
            Map.entry(Triad.T120D, new int[]{1, 2, 1, 0, 0, 2, 2, 0}),
            Map.entry(Triad.T120U, new int[]{0, 1, 2, 1, 0, 2, 2, 0}),
            Map.entry(Triad.T120C, new int[]{0, 1, 1, 2, 0, 2, 2, 0}),
            Map.entry(Triad.T210, new int[]{0, 1, 1, 2, 2, 1, 0, 2, 2, 0}),
            Map.entry(Triad.T300, new int[]{0, 1, 1, 0, 1, 2, 2, 1, 0, 2, 2, 0})));
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    @Test
    void eachTriadIsKnownHoweverItsVerticesAreNumbered() {
        assertThat(DRAWN).hasSize(16);
        DRAWN.forEach((triad, ends) -> {
            for (int[] order : ORDERS) {
                int[] named = new int[ends.length];
                for (int i = 0; i < ends.length; i++) {
                    named[i] = order[ends[i]];
                }
                long[] census = TriadCensus.of(GraphWorlds.of(3, named), 1);
                assertThat(census[triad.ordinal()]).as(triad.label()).isEqualTo(1);
                assertThat(Arrays.stream(census).sum()).isEqualTo(1);
            }
        });
    }

    @Property(tries = 60)
    void theCensusIsThatOfAllTriplesOneByOne(@ForAll @IntRange(min = 0, max = 22) int vertices,
            @ForAll @DoubleRange(min = 0, max = 0.9) double density,
            @ForAll @DoubleRange(min = 0, max = 1) double mutual, @ForAll long seed) {
        DirectedGraph graph = GraphWorlds.random(vertices, density, mutual, seed);
        long[] expected = new long[Triad.values().length];
        long pairs = 0;
        long forks = 0;
        long closed = 0;
        for (int a = 0; a < vertices; a++) {
            for (int b = a + 1; b < vertices; b++) {
                pairs += graph.has(a, b) && graph.has(b, a) ? 1 : 0;
                for (int c = b + 1; c < vertices; c++) {
                    expected[byDrawing(graph, a, b, c).ordinal()]++;
                }
            }
        }
        for (int k = 0; k < vertices; k++) {
            for (int a = 0; a < vertices; a++) {
                for (int b = a + 1; b < vertices; b++) {
                    if (a != k && b != k && graph.has(k, a) && graph.has(k, b)) {
                        forks++;
                        closed += graph.has(a, b) || graph.has(b, a) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(TriadCensus.of(graph, 1)).isEqualTo(expected);
        Motifs motifs = Motifs.of(graph, 3);
        assertThat(motifs.census()).isEqualTo(expected);
        assertThat(motifs.mutualPairs()).isEqualTo(pairs);
        assertThat(motifs.commonInputs()).isEqualTo(forks);
        assertThat(motifs.commonInputsOfConnected()).isEqualTo(closed);
        assertThat(motifs.figures()).hasSameSizeAs(Motifs.names().toArray());
    }

    /// By trying all drawings in all orders.
    private static Triad byDrawing(DirectedGraph graph, int... abc) {
        for (Map.Entry<Triad, int[]> drawn : DRAWN.entrySet()) {
            for (int[] order : ORDERS) {
                boolean[][] wanted = new boolean[3][3];
                for (int i = 0; i < drawn.getValue().length; i += 2) {
                    wanted[order[drawn.getValue()[i]]][order[drawn.getValue()[i + 1]]] = true;
                }
                boolean same = true;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        same &= i == j || graph.has(abc[i], abc[j]) == wanted[i][j];
                    }
                }
                if (same) {
                    return drawn.getKey();
                }
            }
        }
        throw new AssertionError("no triad");
    }
}
