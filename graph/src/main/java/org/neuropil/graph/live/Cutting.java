package org.neuropil.graph.live;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.voxels.SupervoxelPatch;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Supervoxels that are cut, and what that changes. New ids are provisional.
///
/// @param parts of each supervoxel that is cut, ascending
/// @param made edges that are new, or differ from before
/// @param links edges of the region, as they are then; what was joined counts as joined until it is parted
/// @param gone edges between chunks that were active, and whose supervoxel is no more
/// @param fresh edges between chunks that stand in the place of active ones
/// @param sources supervoxels of the points, as they are then
/// @param sinks likewise
/// @param touched supervoxels with edges that the cut changes
record Cutting(Map<Long, long[]> parts, List<ExtraEdge> made, List<Region.Link> links, Set<Pair> gone,
        Set<Pair> fresh, long[] sources, long[] sinks, List<SupervoxelPatch> patches, LongOpenHashSet touched) {
    /// Nothing is cut.
    static Cutting none(List<Region.Link> links, long[] sources, long[] sinks) {
        return new Cutting(Map.of(), List.of(), links, Set.of(), Set.of(), sources, sinks, List.of(),
                new LongOpenHashSet());
    }
}
