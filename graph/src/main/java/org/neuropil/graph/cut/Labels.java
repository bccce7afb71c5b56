package org.neuropil.graph.cut;

import java.util.Arrays;

import org.neuropil.graph.cut.Refusal.Reason;

/// The groups of supervoxels that have points.
///
/// @param sources groups, ascending, each once
/// @param sinks groups, ascending, each once, none of them a source
record Labels(int[] sources, int[] sinks) {
    /// @throws CutRefusedException if the points are too few, or not all in the graph, or one is both source and sink
    static void check(LocalGraph graph, long[] sources, long[] sinks) {
        if (sources.length == 0 || sinks.length == 0) {
            throw new CutRefusedException(Reason.NO_POINTS);
        }
        for (long source : sources) {
            for (long sink : sinks) {
                if (source == sink) {
                    throw new CutRefusedException(
                            Refusal.of(Reason.ON_BOTH_SIDES, "It is " + Long.toUnsignedString(sink) + "."));
                }
            }
        }
        if (graph.edges() == 0) {
            throw new CutRefusedException(Reason.NO_EDGES);
        }
        for (long[] side : new long[][]{sources, sinks}) {
            for (long id : side) {
                if (graph.find(id) < 0) {
                    throw new CutRefusedException(
                            Refusal.of(Reason.NOT_IN_GRAPH, "It is " + Long.toUnsignedString(id) + "."));
                }
            }
        }
    }

    /// @param sources supervoxels that have passed [#check]
    /// @param sinks supervoxels that have passed [#check]
    /// @throws CutRefusedException if the graph leaves nothing to cut between them
    static Labels of(Contraction graph, long[] sources, long[] sinks) {
        Labels labels = new Labels(groups(graph, sources), groups(graph, sinks));
        for (int sink : labels.sinks) {
            if (Arrays.binarySearch(labels.sources, sink) >= 0) {
                throw new CutRefusedException(Refusal.of(Reason.IN_ONE_SUPERVOXEL,
                        "Chunk borders cut it into parts; one is " + graph.name(sink) + "."));
            }
        }
        if (graph.edges == 0) {
            throw new CutRefusedException(Reason.ONLY_CROSS_CHUNK_EDGES);
        }
        return labels;
    }

    private static int[] groups(Contraction graph, long[] ids) {
        return Arrays.stream(ids).mapToInt(id -> graph.group[graph.graph.find(id)]).sorted().distinct().toArray();
    }
}
