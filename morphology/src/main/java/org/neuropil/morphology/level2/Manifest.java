package org.neuropil.morphology.level2;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.space.Box;

/// Which pieces the mesh of a node has. A piece keeps its name for as long as its node is there, whatever happens to
/// others, so a viewer that has it need not ask for it again.
///
/// @param meshes where the pieces are made
public record Manifest(Level2Meshes meshes) {

    /// The nodes whose pieces are a node's mesh: its layer-2 nodes, or, if these are more than
    /// [MeshOptions#maxFragments], its nodes of the lowest layer up to [MeshOptions#maxLayer] of which there are not.
    /// Nodes that are known to have no surface are left out.
    ///
    /// @param node of any layer; a supervoxel has no mesh
    /// @return ascending
    /// @throws java.nio.file.NoSuchFileException if there is no such node
    public List<Long> nodes(long node) throws IOException {
        return nodes(node, null, Integer.MAX_VALUE);
    }

    /// As [#nodes(long)], of a part.
    ///
    /// @param bounds voxels of mip 0: only nodes in chunks that touch them; null for all
    /// @param startLayer highest layer of a node, as CAVE's `start_layer`; at least 2
    public List<Long> nodes(long node, @Nullable Box bounds, int startLayer) throws IOException {
        Graph graph = meshes.graph();
        @Nullable
        Instant created = graph.created(new long[]{node})[0];
        if (created == null) {
            throw FragmentNames.none(Long.toUnsignedString(node), "there is no such node");
        }
        int top = Math.min(Math.min(meshes.options().maxLayer(), startLayer), NodeIds.layer(node));
        if (top < 2) {
            return List.of();
        }
        long[] nodes = graph.leaves(node, bounds, 2);
        for (int layer = 3; layer <= top && nodes.length > meshes.options().maxFragments(); layer++) {
            nodes = graph.leaves(node, bounds, layer);
        }
        List<Long> result = new ArrayList<>(nodes.length);
        for (long one : nodes) {
            if (!meshes.isKnownEmpty(one)) {
                result.add(one);
            }
        }
        return result;
    }
}
