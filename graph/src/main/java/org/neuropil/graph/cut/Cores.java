package org.neuropil.graph.cut;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.cut.Refusal.Reason;

/// The groups that must be on one side of a cut or the other: the points, and paths that hold those of a side together.
///
/// @param source true for each group on the side of the sources
/// @param sink true for each group on the side of the sinks; no group is both
record Cores(boolean[] source, boolean[] sink) {
    /// Finds paths between the sources that avoid the sinks, and the other way round. Where both systems want the same
    /// groups, steps at these are left out if all points stay joined. If not, the system whose paths are shorter in the
    /// geometric mean (the sinks' if they are equal) keeps its own, and the other goes around; if it cannot, it is tried
    /// the other way.
    ///
    /// @throws CutRefusedException if there are no such paths
    static Cores find(Contraction graph, Labels labels) {
        int[] sources = labels.sources();
        int[] sinks = labels.sinks();
        ShortestPaths search = new ShortestPaths(graph);
        PathSystem source = complete(graph, search.between(sources, marked(graph, sinks)), "source");
        PathSystem sink = complete(graph, search.between(sinks, marked(graph, sources)), "sink");
        boolean[] shared = both(source.touched(graph.groups), sink.touched(graph.groups));
        Cores cores = of(source.core(sources, shared), sink.core(sinks, shared));
        if (cores == null) {
            boolean[] none = new boolean[graph.groups];
            boolean sourceFirst = source.meanLogLength() < sink.meanLogLength();
            for (boolean sourceKeeps : new boolean[]{sourceFirst, !sourceFirst}) {
                PathSystem others = sourceKeeps
                        ? search.between(sinks, source.touched(graph.groups))
                        : search.between(sources, sink.touched(graph.groups));
                if (others.isComplete()) {
                    return Objects.requireNonNull(sourceKeeps
                            ? of(source.core(sources, none), others.core(sinks, none))
                            : of(others.core(sources, none), sink.core(sinks, none)));
                }
            }
            throw new CutRefusedException(Reason.PATHS_OVERLAP);
        }
        return cores;
    }

    private static @Nullable Cores of(boolean @Nullable [] source, boolean @Nullable [] sink) {
        return source == null || sink == null ? null : new Cores(source, sink);
    }

    private static PathSystem complete(Contraction graph, PathSystem paths, String side) {
        if (!paths.isComplete()) {
            throw new CutRefusedException(Refusal.of(Reason.POINTS_OVERLAP,
                    "Between the " + side + " points in supervoxels " + graph.name(paths.from()) + " and "
                            + graph.name(paths.to())
                            + " there is no path near the points that avoids the other side."));
        }
        return paths;
    }

    private static boolean[] marked(Contraction graph, int[] groups) {
        boolean[] marked = new boolean[graph.groups];
        for (int g : groups) {
            marked[g] = true;
        }
        return marked;
    }

    private static boolean[] both(boolean[] a, boolean[] b) {
        boolean[] both = new boolean[a.length];
        for (int i = 0; i < a.length; i++) {
            both[i] = a[i] && b[i];
        }
        return both;
    }
}
