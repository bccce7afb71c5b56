package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.volume.kernel.DisjointSets;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectRBTreeMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Builds the layers above changed layer-2 nodes anew, up to the roots (see cave.md 2.2 for what is a node).
///
/// All ancestors of a changed layer-2 node are replaced. Their other children stay as they are and get new parents. Layer
/// by layer, nodes without a parent are joined by the edges that this layer's chunks are the first to contain; what is
/// joined, or will be at the next layer, becomes a node; everything else waits for a higher layer.
final class Hierarchy {
    private final Snapshot snapshot;
    private final NodeIds ids;
    private final Draft draft;
    /// Replaced nodes of each layer.
    private final List<LongOpenHashSet> replaced = new ArrayList<>();

    private record Open(long id, CrossEdges cross) {}

    private Hierarchy(Snapshot snapshot, Draft draft) {
        this.snapshot = snapshot;
        this.ids = snapshot.ids();
        this.draft = draft;
        for (int layer = 0; layer <= ids.layers(); layer++) {
            replaced.add(new LongOpenHashSet());
        }
    }

    /// Adds the nodes above layer 2, and what they replace, to a draft.
    static void rebuild(Snapshot snapshot, Draft draft, Level2Change change) throws IOException {
        new Hierarchy(snapshot, draft).run(change);
    }

    private void run(Level2Change change) throws IOException {
        for (long old : change.replaced()) {
            long node = old;
            while (node != 0 && replaced.get(NodeIds.layer(node)).add(node)
                    && NodeIds.layer(node) < ids.layers()) {
                node = snapshot.parent(node);
            }
        }
        draft.before.addAll(replaced.get(ids.layers()));
        draft.guards.addAll(draft.before);
        List<Open> open = new ArrayList<>();
        for (NewNode node : change.nodes()) {
            open.add(new Open(node.id(), node.cross()));
        }
        for (int layer = 3; layer <= ids.layers(); layer++) {
            for (long gone : replaced.get(layer)) {
                for (long child : snapshot.children(gone)) {
                    if (!replaced.get(NodeIds.layer(child)).contains(child)) {
                        open.add(new Open(child, snapshot.cross(child)));
                    }
                }
            }
            open = join(layer, open);
        }
        open.forEach(root -> draft.after.add(root.id()));
    }

    /// Makes the nodes of a layer.
    ///
    /// @param open nodes of lower layers without a parent
    /// @return nodes without a parent up to this layer
    private List<Open> join(int layer, List<Open> open) {
        open.sort(Comparator.comparingLong(Open::id));
        // An edge stands at both of its ends: so these tell which nodes it joins.
        Long2IntOpenHashMap place = new Long2IntOpenHashMap(open.size());
        place.defaultReturnValue(-1);
        boolean[] goesOn = new boolean[open.size()];
        for (int i = 0; i < open.size(); i++) {
            CrossEdges cross = open.get(i).cross();
            for (int e = 0; e < cross.size(); e++) {
                int common = ids.commonLayer(cross.own()[e], cross.far()[e]);
                if (common == layer) {
                    place.put(cross.own()[e], i);
                } else if (common == layer + 1) {
                    goesOn[i] = true;
                }
            }
        }
        DisjointSets sets = new DisjointSets(open.size());
        for (int i = 0; i < open.size(); i++) {
            CrossEdges cross = open.get(i).cross();
            for (int e = 0; e < cross.size(); e++) {
                if (ids.commonLayer(cross.own()[e], cross.far()[e]) == layer) {
                    int other = place.get(cross.far()[e]);
                    if (other < 0) {
                        throw new IllegalStateException("an edge from " + cross.own()[e] + " to " + cross.far()[e]
                                + " leaves the objects of the edit");
                    }
                    sets.unite(i, other);
                }
            }
        }
        Long2ObjectRBTreeMap<List<Open>> parts = new Long2ObjectRBTreeMap<>();
        for (int i = 0; i < open.size(); i++) {
            parts.computeIfAbsent(sets.smallest(i), key -> new ArrayList<>()).add(open.get(i));
        }
        List<Open> next = new ArrayList<>();
        parts.long2ObjectEntrySet().forEach(part -> {
            List<Open> members = part.getValue();
            if (members.size() > 1 || layer == ids.layers() || goesOn[(int) part.getLongKey()]) {
                next.add(node(layer, members));
            } else {
                next.add(members.getFirst());
            }
        });
        return next;
    }

    private Open node(int layer, List<Open> members) {
        long[] children = new long[members.size()];
        List<Pair> leaving = new ArrayList<>();
        for (int i = 0; i < children.length; i++) {
            children[i] = members.get(i).id();
            CrossEdges cross = members.get(i).cross();
            for (int e = 0; e < cross.size(); e++) {
                if (ids.commonLayer(cross.own()[e], cross.far()[e]) > layer) {
                    leaving.add(new Pair(cross.own()[e], cross.far()[e]));
                }
            }
        }
        NewNode node = draft.add(ids.chunkAt(children[0], layer), children, Level2Change.sorted(leaving));
        return new Open(node.id(), node.cross());
    }
}
