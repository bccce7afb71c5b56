package org.neuropil.morphology.level2;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;

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
        Graph graph = meshes.graph();
        @Nullable
        Instant created = graph.created(new long[]{node})[0];
        if (created == null) {
            throw FragmentNames.none(Long.toUnsignedString(node), "there is no such node");
        }
        int top = Math.min(meshes.options().maxLayer(), NodeIds.layer(node));
        if (top < 2) {
            return List.of();
        }
        long[] nodes = graph.leaves(node, null, 2);
        for (int layer = 3; layer <= top && nodes.length > meshes.options().maxFragments(); layer++) {
            nodes = graph.leaves(node, null, layer);
        }
        List<Long> result = new ArrayList<>(nodes.length);
        for (long one : nodes) {
            if (!meshes.isKnownEmpty(one)) {
                result.add(one);
            }
        }
        return result;
    }

    /// The names of the pieces, see [FragmentNames].
    ///
    /// @param node of any layer
    /// @param prependSegmentIds true for `~<node>:` in front of each, as the viewer asks for
    /// @return in the order of [#nodes]
    /// @throws java.nio.file.NoSuchFileException if there is no such node
    public List<String> fragments(long node, boolean prependSegmentIds) throws IOException {
        List<String> names = new ArrayList<>();
        for (long one : nodes(node)) {
            names.add(prependSegmentIds
                    ? FragmentNames.prepended(meshes.graph().info(), one)
                    : FragmentNames.name(meshes.graph().info(), one));
        }
        return names;
    }
}
