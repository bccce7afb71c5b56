package org.neuropil.circuits.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Small random graphs.
final class GraphWorlds {
    private GraphWorlds() {}

    /// Each ordered pair is an edge with some probability, and its reverse, too, with another.
    static DirectedGraph random(int vertices, double density, double mutual, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[][] edge = new boolean[vertices][vertices];
        for (int u = 0; u < vertices; u++) {
            for (int v = 0; v < vertices; v++) {
                if (u != v && random.nextDouble() < density) {
                    edge[u][v] = true;
                    edge[v][u] |= random.nextDouble() < mutual;
                }
            }
        }
        return of(edge);
    }

    static DirectedGraph of(boolean[][] edge) {
        List<int[]> edges = new ArrayList<>();
        for (int u = 0; u < edge.length; u++) {
            for (int v = 0; v < edge.length; v++) {
                if (edge[u][v]) {
                    edges.add(new int[]{u, v});
                }
            }
        }
        return of(edge.length, edges);
    }

    static DirectedGraph of(int vertices, List<int[]> edges) {
        return DirectedGraph.of(vertices, edges.stream().mapToInt(edge -> edge[0]).toArray(),
                edges.stream().mapToInt(edge -> edge[1]).toArray());
    }

    static DirectedGraph of(int vertices, int... ends) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < ends.length; i += 2) {
            edges.add(new int[]{ends[i], ends[i + 1]});
        }
        return of(vertices, edges);
    }
}
