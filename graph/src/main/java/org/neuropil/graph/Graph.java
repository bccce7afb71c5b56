package org.neuropil.graph;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Box;

/// The proofreading graph: which supervoxels are one cell, at any moment. The semantics are those of CAVE's chunked graph
/// (Dorkenwald et al. 2022 and 2025): supervoxels, layers of nodes above them, roots; an edit makes new nodes and never
/// changes old ones.
///
/// **Time** is counted in whole milliseconds. A read at a moment sees the operations with a time up to it, itself
/// included; [#NOW] stands for the present state. No operation takes effect at a moment that a read has seen, unless the moment
/// lay in the future when it was read.
///
/// **State.** An edge between supervoxels of one chunk is active if both have the same layer-2 node; for one between
/// chunks the graph keeps whether it is. A merge makes inactive edges active, a split active ones inactive. A node of
/// layer L is a component of the active edges within its chunk. An object that ends up the same as before is not an edit.
///
/// Ids are unsigned; 0 is no node. All methods may be called from any thread; an edit is seen by every read that begins
/// after it returned.
public interface Graph extends AutoCloseable {
    /// The present state.
    Instant NOW = Instant.MAX;

    /// What the graph is of.
    GraphInfo info();

    /// The moment that the present state is of: that of the last operation, or of ingest.
    Instant head() throws IOException;

    /// The ancestors of nodes at a layer: of each the first ancestor, itself included, whose layer is at least
    /// `stopLayer`; because of skip connections it may be higher. A node that is no longer current leads to the root that
    /// it had. A supervoxel that a split made leads, before that split, where the whole led.
    ///
    /// @param nodes of any layer
    /// @param stopLayer 1 to the number of layers; that is, roots
    /// @return one for each node; 0 for 0, and for nodes that were not there at the moment
    long[] roots(long[] nodes, Instant at, int stopLayer) throws IOException;

    /// The root of one node; see [#roots].
    default long root(long node, Instant at) throws IOException {
        return roots(new long[]{node}, at, info().layers())[0];
    }

    /// Whether nodes are part of the state at a moment: they were there and nothing had replaced them.
    boolean[] isLatest(long[] nodes, Instant at) throws IOException;

    /// When nodes came to be; empty optional moments are null for nodes that do not exist.
    @Nullable
    Instant[] created(long[] nodes) throws IOException;

    /// When nodes were replaced, up to a moment; null for nodes that are part of the state then, or do not exist.
    @Nullable
    Instant[] replaced(long[] nodes, Instant at) throws IOException;

    /// Children of a node, ascending; none of a supervoxel or an unknown node.
    long[] children(long node) throws IOException;

    /// The nodes below a node whose layer is at most `stopLayer` and that have no ancestor below it of which that is
    /// true: supervoxels for 1, layer-2 nodes for 2. Ascending. The node itself if its layer is at most `stopLayer`.
    ///
    /// @param bounds voxels of mip 0; only leaves in chunks that touch them; null for all
    long[] leaves(long node, @Nullable Box bounds, int stopLayer) throws IOException;

    /// Edges whose two ends are supervoxels of a node, active or not, in ascending order of (a, b).
    ///
    /// @param bounds voxels of mip 0; only supervoxels in chunks that touch them; null for all
    /// @param internal false to add edges with one end in the node
    List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) throws IOException;

    /// Pairs of layer-2 nodes of a node that active edges join, as they were while the node was current; ascending, the
    /// smaller first.
    ///
    /// @param bounds voxels of mip 0; only layer-2 nodes in chunks that touch them; null for all
    List<Pair> level2Graph(long node, @Nullable Box bounds) throws IOException;

    /// A shortest chain of layer-2 nodes from one to another within a root, both included, as the root was while it was
    /// current; empty if one does not lie below the root or is unknown.
    ///
    /// @param from layer-2 node
    /// @param to layer-2 node
    long[] path(long root, long from, long to) throws IOException;

    /// As [#path(long, long, long)], within the root that the two nodes have, or had last; empty if those differ.
    default long[] path(long from, long to) throws IOException {
        long[] roots = roots(new long[]{from, to}, NOW, info().layers());
        return roots[0] == 0 || roots[0] != roots[1] ? new long[0] : path(roots[0], from, to);
    }

    /// The fewest nodes whose leaves are exactly those of the given nodes, at the moment; ascending.
    ///
    /// @param nodes of one or several layers
    long[] minimalCover(long[] nodes, Instant at) throws IOException;

    /// An operation, or null if there is none.
    @Nullable
    Operation operation(long id) throws IOException;

    /// Operations that took effect in a span of time, in order.
    ///
    /// @param from first moment
    /// @param to last moment, included
    List<Operation> operations(Instant from, Instant to) throws IOException;

    /// The operation that made a root, 0 if ingest made it or it does not exist.
    long madeBy(long root) throws IOException;

    /// The operation that replaced a root, up to a moment, 0 if none did.
    long replacedBy(long root, Instant at) throws IOException;

    /// Joins two objects. All inactive edges between what is connected near the one point and what is connected near the
    /// other become active; if there is none, an edge between the two supervoxels is made.
    ///
    /// Asking again for what the same user asked for, while its result still stands or others have edited it since but
    /// left nothing to do, gives the same answer and changes nothing; so a client may repeat a request whose answer got
    /// lost. The same is true of every edit.
    ///
    /// @throws EditRefusedException if it cannot be made
    EditResult merge(MergeRequest request) throws IOException;

    /// Cuts an object between points, through supervoxels where there is no other way and the graph knows its voxels.
    ///
    /// @throws EditRefusedException if it cannot be made
    EditResult split(SplitRequest request) throws IOException;

    /// What [#split] would do.
    ///
    /// @throws EditRefusedException if it makes no sense
    SplitPreview preview(SplitRequest request) throws IOException;

    /// Takes an operation back: removes the edges that a merge added, adds those that a split removed. The undo of an
    /// undo is a redo. No operation results if the edges already are as they would be.
    ///
    /// Parts of a supervoxel that a split cut are joined again, and keep their ids. Edges of a supervoxel that has been
    /// cut since are those of its parts: all are removed; to be added, where the parts lie in several objects, are those
    /// of the object that has the largest area in common with the other end.
    ///
    /// @throws EditRefusedException if there is no such operation
    EditResult undo(String user, long operation) throws IOException;

    /// Makes an operation again; the redo of an undo is an undo.
    ///
    /// @throws EditRefusedException if there is no such operation
    EditResult redo(String user, long operation) throws IOException;

    /// The supervoxels of a moment at points' clicked nodes: itself where a supervoxel of the moment was clicked;
    /// otherwise the nearest supervoxel that the node had while it was current, or its part of the moment.
    ///
    /// @throws EditRefusedException if there is none near, or the node was not there yet
    long[] supervoxels(List<EditPoint> points, Instant at) throws IOException;

    /// As [#supervoxels(List, Instant)], of the present.
    default long[] supervoxels(List<EditPoint> points) throws IOException {
        return supervoxels(points, NOW);
    }

    /// Facts for those who run it, for example cached pages and their bytes; names to numbers.
    Map<String, Long> figures();

    @Override
    void close() throws IOException;
}
