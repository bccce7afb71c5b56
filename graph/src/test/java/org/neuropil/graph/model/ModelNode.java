package org.neuropil.graph.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Operation.Pair;

/// A node of one state: a component of the active edges within a chunk of its layer.
final class ModelNode {
    final int layer;
    /// Id of its chunk.
    final long chunk;
    final SortedSet<Long> supervoxels;
    /// In the order of their smallest supervoxels.
    final List<ModelNode> children;
    /// Active edges that leave the chunk.
    final SortedSet<Pair> cross = new TreeSet<>(Ids.PAIRS);
    @Nullable
    ModelNode parent;

    ModelNode(int layer, long chunk, SortedSet<Long> supervoxels, List<ModelNode> children) {
        this.layer = layer;
        this.chunk = chunk;
        this.supervoxels = supervoxels;
        this.children = children;
    }

    /// What tells it from all other nodes of its state.
    record Key(int layer, SortedSet<Long> supervoxels) {}

    Key key() {
        return new Key(layer, supervoxels);
    }

    /// Itself or the first above whose layer is at least this.
    ModelNode up(int stopLayer) {
        ModelNode at = this;
        while (at.layer < stopLayer && at.parent != null) {
            at = at.parent;
        }
        return at;
    }

    /// The nodes below of at most a layer that have no such node between; itself if that is true of it.
    List<ModelNode> down(int stopLayer) {
        if (layer <= stopLayer) {
            return List.of(this);
        }
        List<ModelNode> below = new ArrayList<>();
        children.forEach(child -> below.addAll(child.down(stopLayer)));
        return below;
    }
}
