package org.neuropil.graph.cut;

import java.util.List;

import org.neuropil.graph.Edge;

/// Tells what a minimum cut costs, by [MaxFlow].
public final class CutJudge {
    /// Affinities in tests are multiples of this fraction, so that sums are exact.
    private static final int UNITS = 64;

    private CutJudge() {}

    /// Value of a maximum flow between what is fixed on either side: the points and the paths that join them.
    ///
    /// @param edges whose affinities are whole 64ths, infinite, or so small that they count for nothing
    /// @throws CutRefusedException if there are no such paths
    public static double value(List<Edge> edges, long[] sources, long[] sinks) {
        LocalGraph graph = graph(edges);
        Contraction contraction = new Contraction(graph);
        Cores cores = Cores.find(contraction, Labels.of(contraction, sources, sinks));
        MaxFlow flow = new MaxFlow(graph.supervoxels() + 2);
        for (int e = 0; e < graph.edges(); e++) {
            float affinity = graph.affinity(e);
            long units = affinity == Float.POSITIVE_INFINITY ? World.CUT : (long) (affinity * UNITS);
            flow.add(graph.left(e) + 2, graph.right(e) + 2, units);
        }
        for (int i = 0; i < graph.supervoxels(); i++) {
            if (cores.source()[contraction.group[i]]) {
                flow.add(0, i + 2, World.CUT);
            }
            if (cores.sink()[contraction.group[i]]) {
                flow.add(1, i + 2, World.CUT);
            }
        }
        return flow.value(0, 1) / (double) UNITS;
    }

    /// The local graph of some edges.
    public static LocalGraph graph(List<Edge> edges) {
        float[] affinity = new float[edges.size()];
        for (int i = 0; i < affinity.length; i++) {
            affinity[i] = edges.get(i).affinity();
        }
        return LocalGraph.of(edges.stream().mapToLong(Edge::a).toArray(), edges.stream().mapToLong(Edge::b).toArray(),
                affinity);
    }
}
