package org.neuropil.circuits.graph;

import java.util.ArrayList;
import java.util.List;

/// Counts of what few vertices do: pairs that lead to each other, triads, and common input.
///
/// @param census by [Triad#ordinal()]
/// @param mutualPairs unordered pairs with an edge each way
/// @param commonInputs number of triples of a vertex and two that it leads to
/// @param commonInputsOfConnected those of them whose two are connected
public record Motifs(long[] census, long mutualPairs, long commonInputs, long commonInputsOfConnected) {
    /// Of each triad, how often one of its vertices leads to both others; and how often these are connected besides.
    private static final int[] FORKS = new int[Triad.values().length];
    private static final int[] CLOSED_FORKS = new int[Triad.values().length];

    static {
        for (int code = 0; code < 64; code++) {
            int kind = Triad.ofCode(code).ordinal();
            boolean ab = (code & 3) != 0;
            boolean ac = (code >> 2 & 3) != 0;
            boolean bc = (code >> 4) != 0;
            int ofA = (code & 1) != 0 && (code & 4) != 0 ? 1 : 0;
            int ofB = (code & 2) != 0 && (code & 16) != 0 ? 1 : 0;
            int ofC = (code & 8) != 0 && (code & 32) != 0 ? 1 : 0;
            FORKS[kind] = ofA + ofB + ofC;
            CLOSED_FORKS[kind] = (bc ? ofA : 0) + (ac ? ofB : 0) + (ab ? ofC : 0);
        }
    }

    /// Names of the figures, in the order of [#figures()]: reciprocity, the thirteen connected triads, common input.
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of("mutual_pairs"));
        for (Triad triad : Triad.values()) {
            if (triad.isConnected()) {
                names.add("triad_" + triad.label());
            }
        }
        names.add("common_inputs_of_connected");
        return names;
    }

    /// @param threads at least 1
    public static Motifs of(DirectedGraph graph, int threads) {
        long[] census = TriadCensus.of(graph, threads);
        long mutual = 0;
        for (int v = 0; v < graph.vertices(); v++) {
            for (int i = graph.start(v); i < graph.start(v + 1); i++) {
                if (v < graph.target(i) && graph.has(graph.target(i), v)) {
                    mutual++;
                }
            }
        }
        long forks = 0;
        long closed = 0;
        for (int i = 0; i < census.length; i++) {
            forks += FORKS[i] * census[i];
            closed += CLOSED_FORKS[i] * census[i];
        }
        return new Motifs(census, mutual, forks, closed);
    }

    /// The figures that graphs are compared by.
    public double[] figures() {
        double[] figures = new double[names().size()];
        int at = 0;
        figures[at++] = mutualPairs;
        for (Triad triad : Triad.values()) {
            if (triad.isConnected()) {
                figures[at++] = census[triad.ordinal()];
            }
        }
        figures[at] = commonInputsOfConnected;
        return figures;
    }
}
