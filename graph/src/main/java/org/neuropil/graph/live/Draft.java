package org.neuropil.graph.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.CrossEdges;

import it.unimi.dsi.fastutil.longs.Long2LongLinkedOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongRBTreeSet;

/// An edit that is being worked out on a snapshot: nodes with provisional ids, what they replace, which edges changed.
///
/// Provisional numbers are those from half of a chunk's range on, ascending in the order in which nodes were made. Final
/// ones are given in the same order when the edit takes effect, above all numbers of the chunk: so what is sorted stays
/// sorted.
final class Draft {
    private final NodeIds ids;
    private final List<NewNode> nodes = new ArrayList<>();
    /// Nodes made so far in a chunk, by its id.
    private final Long2LongLinkedOpenHashMap counts = new Long2LongLinkedOpenHashMap();
    /// Edges that changed.
    final List<Pair> added = new ArrayList<>();
    final List<Pair> removed = new ArrayList<>();
    /// Edges that are new to the graph.
    final List<ExtraEdge> made = new ArrayList<>();
    /// Roots that the edit depends on; those it replaces are among them.
    final LongRBTreeSet guards = new LongRBTreeSet();
    final LongRBTreeSet before = new LongRBTreeSet();
    final LongRBTreeSet after = new LongRBTreeSet();

    Draft(NodeIds ids) {
        this.ids = ids;
    }

    /// Makes a node.
    ///
    /// @param chunkId that it lies in
    /// @param children ascending
    /// @return it, with a provisional id
    NewNode add(long chunkId, long[] children, CrossEdges cross) {
        long number = counts.addTo(chunkId, 1);
        NewNode node = new NewNode(chunkId | provisional(chunkId) + number, children, cross);
        nodes.add(node);
        return node;
    }

    /// True if the edit changes nothing.
    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /// Chunks in which it makes nodes.
    long[] chunks() {
        return counts.keySet().toLongArray();
    }

    private long provisional(long chunkId) {
        return 1L << ids.numberBits(NodeIds.layer(chunkId)) - 1;
    }

    /// The edit with final ids.
    ///
    /// @param next for each of [#chunks] the first number to be given
    /// @throws IllegalStateException if a chunk is full
    Numbered number(Long2LongOpenHashMap next) {
        Long2LongOpenHashMap finals = new Long2LongOpenHashMap();
        for (NewNode node : nodes) {
            long chunkId = ids.chunkId(node.id());
            long limit = provisional(chunkId);
            long number = next.get(chunkId) + ids.number(node.id()) - limit;
            if (number >= limit) {
                throw new IllegalStateException("chunk " + ids.chunk(node.id()) + " of layer "
                        + NodeIds.layer(node.id()) + " is full: it has had " + limit + " nodes");
            }
            finals.put(node.id(), chunkId | number);
        }
        List<NewNode> numbered = new ArrayList<>(nodes.size());
        for (NewNode node : nodes) {
            numbered.add(new NewNode(finals.get(node.id()), finals(finals, node.children()), new CrossEdges(
                    finals(finals, node.cross().own()), finals(finals, node.cross().far()))));
        }
        long[] roots = finals(finals, after.toLongArray());
        Arrays.sort(roots);
        return new Numbered(numbered, roots, finals);
    }

    private static long[] finals(Long2LongOpenHashMap finals, long[] ids) {
        long[] list = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            list[i] = finals.getOrDefault(ids[i], ids[i]);
        }
        return list;
    }

    /// Nodes and roots of an edit with their final ids.
    ///
    /// @param after new roots, ascending
    /// @param finals final id of each provisional one
    record Numbered(List<NewNode> nodes, long[] after, Long2LongOpenHashMap finals) {
        /// The final id of a node, whether it is new or not.
        long id(long id) {
            return finals.getOrDefault(id, id);
        }

        /// Final ids, in the same order.
        long[] ids(long[] ids) {
            return Draft.finals(finals, ids);
        }

        /// Edges with final ids, ascending, each once.
        List<Pair> pairs(Collection<Pair> pairs) {
            return pairs.stream().map(pair -> Pair.of(id(pair.a()), id(pair.b()))).distinct().sorted(Walks.BY_IDS)
                    .toList();
        }
    }
}
