package org.neuropil.graph.live;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.longs.LongArrayList;

/// The graph at a moment. Never changes, whatever is edited meanwhile. For one thread: it remembers where it has looked
/// last, so that a step upwards from a neighbour costs little.
final class Snapshot {
    /// What [#created] and [#replaced] give where there is no such moment.
    static final long NEVER = Long.MIN_VALUE;

    private final Overlay overlay;
    private final NodeIds ids;
    private final long time;
    private final boolean begun;
    private final Base.Cursor cursor;
    /// The page of parents that was looked at last, of each layer.
    private final long[] pageIds;
    private final ParentPage[] pages;

    /// @param time milliseconds
    Snapshot(Overlay overlay, long time) {
        this.overlay = overlay;
        this.ids = overlay.ids();
        this.time = time;
        this.begun = time >= overlay.info().ingested().toEpochMilli();
        this.cursor = overlay.base().cursor();
        this.pageIds = new long[ids.layers() + 1];
        this.pages = new ParentPage[ids.layers() + 1];
    }

    long time() {
        return time;
    }

    NodeIds ids() {
        return ids;
    }

    Overlay overlay() {
        return overlay;
    }

    /// When a node came to be, [#NEVER] if it does not exist at any time.
    long created(long node) throws IOException {
        if (!overlay.hasChunk(node)) {
            return NEVER;
        }
        if (cursor.contains(node)) {
            return overlay.info().ingested().toEpochMilli();
        }
        Made made = overlay.made(node);
        return made == null ? NEVER : made.time();
    }

    /// True if a node was there at the moment, replaced or not.
    boolean exists(long node) throws IOException {
        long created = created(node);
        return created != NEVER && created <= time;
    }

    /// Parent of a node; 0 if it was not there. Of a root: the operation that replaced it, 0 if none had.
    ///
    /// @param node with an id in a chunk of the graph
    long parent(long node) throws IOException {
        long chunkId = overlay.chunkOf(node);
        if (chunkId == 0 || overlay.isTouched(chunkId)) {
            long parent = page(node).parent(node, time);
            if (parent != ParentPage.NONE) {
                return parent;
            }
        }
        if (chunkId != 0) {
            long parent = begun ? cursor.parent(node) : 0;
            if (parent != 0 || NodeIds.layer(node) > 1 || cursor.contains(node)) {
                return parent;
            }
            // Before it was cut out of another it belonged where that did.
            Made part = overlay.made(node);
            return part == null ? 0 : parent(part.node().children()[0]);
        }
        return 0;
    }

    private ParentPage page(long node) throws IOException {
        long pageId = overlay.pageId(node);
        int layer = NodeIds.layer(node);
        if (pageIds[layer] != pageId) {
            pages[layer] = overlay.page(pageId);
            pageIds[layer] = pageId;
        }
        return pages[layer];
    }

    /// The first ancestor, the node itself included, whose layer is at least a given one; 0 if the node was not there.
    long ancestor(long node, int layer) throws IOException {
        if (!overlay.hasChunk(node)) {
            return 0;
        }
        long at = node;
        int own = NodeIds.layer(at);
        if (own >= layer || own == ids.layers()) {
            return exists(at) ? at : 0;
        }
        if (layer == ids.layers() && own <= 2 && begun) {
            // An edit replaces the roots of all that it changes: below one that stands, all is as ingest left it.
            long root = cursor.root(node);
            if (root != 0 && !isReplaced(root)) {
                return root;
            }
        }
        do {
            at = parent(at);
        } while (at != 0 && NodeIds.layer(at) < layer);
        return at;
    }

    /// @param root of ingest
    private boolean isReplaced(long root) throws IOException {
        return overlay.isTouched(overlay.chunkOf(root)) && page(root).parent(root, time) != ParentPage.NONE;
    }

    /// The root of a node, 0 if the node was not there.
    long root(long node) throws IOException {
        return ancestor(node, ids.layers());
    }

    /// The operation that replaced a root up to the moment, 0 if none did.
    long replacedBy(long root) throws IOException {
        return NodeIds.layer(root) == ids.layers() ? parent(root) : 0;
    }

    /// When a node was replaced, [#NEVER] if it is part of the state or was not there: what an operation replaces leads
    /// to a root that it replaces, for ever.
    long replaced(long node) throws IOException {
        long root = root(node);
        return root == 0 || parent(root) == 0 ? NEVER : page(root).since(root, time);
    }

    /// True if a node was part of the state.
    boolean isLatest(long node) throws IOException {
        long root = exists(node) ? root(node) : 0;
        return root != 0 && parent(root) == 0;
    }

    /// The last state that a node is part of, up to this one.
    Snapshot whileCurrent(long node) throws IOException {
        long replaced = replaced(node);
        return replaced == NEVER ? this : new Snapshot(overlay, replaced - 1);
    }

    /// Children of a node; none of a supervoxel.
    long[] children(long node) throws IOException {
        if (NodeIds.layer(node) <= 1 || !ids.isNode(node)) {
            return new long[0];
        }
        if (cursor.contains(node)) {
            return overlay.base().children(node);
        }
        Made made = overlay.made(node);
        return made == null ? new long[0] : made.node().children();
    }

    /// Active edges that leave a node's chunk.
    CrossEdges cross(long node) throws IOException {
        if (cursor.contains(node)) {
            return overlay.base().crossEdges(node);
        }
        Made made = overlay.made(node);
        return made == null ? CrossEdges.NONE : made.node().cross();
    }

    /// True if an edge of the graph is active.
    boolean isActive(Pair edge) throws IOException {
        long node = ancestor(edge.a(), 2);
        if (ids.chunkAt(edge.a(), 2) == ids.chunkAt(edge.b(), 2)) {
            return node != 0 && node == ancestor(edge.b(), 2);
        }
        if (node == 0) {
            return false;
        }
        CrossEdges cross = cross(node);
        int low = 0;
        int high = cross.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            long own = cross.own()[middle];
            if (own < edge.a() || (own == edge.a() && cross.far()[middle] < edge.b())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < cross.size() && cross.own()[low] == edge.a() && cross.far()[low] == edge.b();
    }

    /// Nodes below a node, itself included, whose layer is at most a given one and that have no ancestor of which that
    /// is true; ascending.
    ///
    /// @param chunks positions of layer-2 chunks (half open) that a leaf's chunk must touch; null for all
    long[] leaves(long node, @Nullable Box chunks, int stopLayer) throws IOException {
        LongArrayList leaves = new LongArrayList();
        LongArrayList open = new LongArrayList();
        open.add(node);
        while (!open.isEmpty()) {
            long next = open.popLong();
            if (chunks != null && !touches(next, chunks)) {
                continue;
            }
            if (NodeIds.layer(next) <= stopLayer) {
                leaves.add(next);
            } else {
                for (long child : children(next)) {
                    open.add(child);
                }
            }
        }
        long[] sorted = leaves.toLongArray();
        java.util.Arrays.sort(sorted);
        return sorted;
    }

    private boolean touches(long node, Box chunks) {
        int halvings = Math.max(0, NodeIds.layer(node) - 2);
        Int3 chunk = ids.chunk(node);
        return overlaps(chunk.x(), halvings, chunks.min().x(), chunks.max().x())
                && overlaps(chunk.y(), halvings, chunks.min().y(), chunks.max().y())
                && overlaps(chunk.z(), halvings, chunks.min().z(), chunks.max().z());
    }

    private static boolean overlaps(int chunk, int halvings, int min, int max) {
        return chunk << halvings < max && chunk + 1 << halvings > min;
    }
}
