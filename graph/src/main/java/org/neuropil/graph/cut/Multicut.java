package org.neuropil.graph.cut;

import java.util.Optional;

/// Finds the edges to remove so that a cell falls apart between points that a proofreader set: sources on one side of a
/// merge error, sinks on the other. The method is that of CAVE's chunked graph (Dorkenwald et al. 2022):
///
/// 1. Parts of one supervoxel, joined by edges of infinite affinity, are contracted to one.
/// 2. The points of each side are joined by shortest paths, an edge being as long as the inverse of its affinity. Paths
///    of one side pass no point of the other, and share nothing with its paths.
/// 3. Points and paths are fixed on their side; between the sides, edges of the least sum of affinities are removed (a
///    minimum cut).
/// 4. A cut that goes around the points in place of through the cell is refused.
///
/// The result does not depend on the order of edges or points: of several minimum cuts it is the one with the smallest
/// side of the sources, which is unique; of several shortest paths one is chosen by the order of supervoxel ids.
///
/// **Numbers.** For the cut, affinities become whole numbers: multiples of a power of two that is chosen from the
/// largest affinity and the number of edges such that the sum stays below 2^61, and at least 1, so that no edge is cut
/// for nothing. For 30,000 edges of affinities up to 1 the unit is 2^-45. So flow ends and adds up exactly, and a cut
/// that is found can be worse than another only by less than a unit for each edge.
///
/// **Both sides hold together.** What is fixed cannot be cut, and the side of the sources is what flow still reaches;
/// so each side stays in one piece, and CAVE's refusal "Failed to find a cut that separated the sources from the sinks"
/// cannot occur.
public final class Multicut {
    private Multicut() {}

    /// As [#cut(LocalGraph, long\[\], long\[\], Isolating)]; a single supervoxel may be cut off alone, several may not.
    public static Cut cut(LocalGraph graph, long[] sources, long[] sinks) {
        return cut(graph, sources, sinks, Isolating.ALLOWED_FOR_ONE);
    }

    /// Finds the edges to remove.
    ///
    /// @param graph all edges near the points between supervoxels of the cell, active or not
    /// @param sources supervoxels at the points of one side, in any order, also repeated
    /// @param sinks supervoxels at the points of the other side
    /// @param isolating what to think of a side that is nothing but points
    /// @throws CutRefusedException if there is no such cut
    public static Cut cut(LocalGraph graph, long[] sources, long[] sinks, Isolating isolating) {
        Sides sides = sides(graph, sources, sinks);
        Optional<Refusal> refusal = sides.check(isolating);
        if (refusal.isPresent()) {
            throw new CutRefusedException(refusal.get());
        }
        return sides.cut();
    }

    /// As [#preview(LocalGraph, long\[\], long\[\], Isolating)]; a single supervoxel may be cut off alone, several may
    /// not.
    public static Preview preview(LocalGraph graph, long[] sources, long[] sinks) {
        return preview(graph, sources, sinks, Isolating.ALLOWED_FOR_ONE);
    }

    /// Shows what [#cut] would do. A cut that is refused because it isolates points is shown, too, and marked.
    ///
    /// @throws CutRefusedException if there is no cut for any other reason
    public static Preview preview(LocalGraph graph, long[] sources, long[] sinks, Isolating isolating) {
        Sides sides = sides(graph, sources, sinks);
        return new Preview(sides.components(), sides.check(isolating));
    }

    private static Sides sides(LocalGraph graph, long[] sources, long[] sinks) {
        Labels.check(graph, sources, sinks);
        Contraction contraction = new Contraction(graph);
        Labels labels = Labels.of(contraction, sources, sinks);
        return new Sides(contraction, labels, Cores.find(contraction, labels));
    }
}
