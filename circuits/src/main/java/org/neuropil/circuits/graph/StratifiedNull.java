package org.neuropil.circuits.graph;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Graphs with as many edges in each stratum of pairs, at places that are drawn without replacement, all equally likely. With
/// one stratum it is the model of Erdős and Rényi with its number of edges given; with strata of types the type-blocked one;
/// of distances the distance-preserving one. Time is in proportion to the number of ordered pairs.
public final class StratifiedNull implements NullModel {
    private final Strata strata;
    private final String keeps;
    private final int vertices;
    private final long[] pairs;
    private final long[] edges;
    private final long leftOut;

    /// @param keeps what the strata are, in words
    public StratifiedNull(DirectedGraph graph, Strata strata, String keeps) {
        this.strata = strata;
        this.keeps = keeps;
        vertices = graph.vertices();
        pairs = new long[strata.count()];
        edges = new long[strata.count()];
        long outside = 0;
        for (int u = 0; u < vertices; u++) {
            for (int v = 0; v < vertices; v++) {
                int stratum = u == v ? -1 : strata.of(u, v);
                if (stratum >= 0) {
                    pairs[stratum]++;
                }
            }
            for (int v : graph.targets(u)) {
                int stratum = strata.of(u, v);
                if (stratum >= 0) {
                    edges[stratum]++;
                } else {
                    outside++;
                }
            }
        }
        leftOut = outside;
    }

    /// Edges of the measured graph whose pairs are not testable; drawn graphs lack them.
    public long leftOut() {
        return leftOut;
    }

    @Override
    public String keeps() {
        return keeps;
    }

    @Override
    public DirectedGraph draw(SplittableRandom random) {
        long[] pairsLeft = pairs.clone();
        long[] edgesLeft = edges.clone();
        int[] starts = new int[vertices + 1];
        int[] targets = new int[Math.toIntExact(Arrays.stream(edges).sum())];
        int at = 0;
        for (int u = 0; u < vertices; u++) {
            for (int v = 0; v < vertices; v++) {
                int stratum = u == v ? -1 : strata.of(u, v);
                if (stratum < 0) {
                    continue;
                }
                // Each pair is taken with the share of edges among the pairs that are left: all sets are equally likely.
                long left = pairsLeft[stratum]--;
                if (edgesLeft[stratum] > 0
                        && Math.unsignedMultiplyHigh(random.nextLong(), left) < edgesLeft[stratum]) {
                    edgesLeft[stratum]--;
                    targets[at++] = v;
                }
            }
            starts[u + 1] = at;
        }
        return DirectedGraph.ofRows(starts, targets);
    }
}
