package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.graph.base.Anchors;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.base.IdCache;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.graph.voxels.SupervoxelPatch;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What edits wrote, over what ingest left: rows of the store behind bounded caches. Knows no moment of its own: cells
/// carry theirs, and [Snapshot] ignores what is later than its own.
///
/// The caches stay true because every operation, of this process or another, passes through [#apply], which writes its
/// rows first and mends what is cached after, waiting for who is loading it.
final class Overlay {
    /// Nodes of layers above 2 in a page of parents.
    private static final long PAGE = 1 << 10;

    private final GraphInfo info;
    private final NodeIds ids;
    private final Anchors anchors;
    private final Int3 shape;
    private final Base base;
    private final GraphStore store;
    private final TouchedChunks touched;
    private final IdCache<ParentPage> parents;
    private final IdCache<Made> nodes;
    private final IdCache<List<ExtraEdge.Since>> edges;
    /// Next numbers of chunks in which this process has seen or made nodes.
    private final ConcurrentHashMap<Long, Long> next = new ConcurrentHashMap<>();

    /// @param cacheBytes for all caches
    Overlay(GraphInfo info, Base base, GraphStore store, long cacheBytes) {
        this.info = info;
        this.ids = info.ids();
        this.anchors = new Anchors(ids, info.anchorBits());
        this.shape = info.grid().shape();
        this.base = base;
        this.store = store;
        this.touched = new TouchedChunks(info.grid(), ids);
        this.parents = new IdCache<>(cacheBytes / 2, ParentPage::weight);
        this.nodes = new IdCache<>(cacheBytes / 4, made -> made.node().weight());
        this.edges = new IdCache<>(cacheBytes / 4, list -> 64 + 80 * list.size());
    }

    /// Learns which chunks edits have touched.
    void loadTouched() throws IOException {
        store.scan(Table.META, Keys.meta(Keys.Meta.TOUCHED), Keys.behind(Keys.Meta.TOUCHED), (key, value) -> {
            touched.add(Keys.number(key, 1));
            return true;
        });
    }

    GraphInfo info() {
        return info;
    }

    NodeIds ids() {
        return ids;
    }

    Base base() {
        return base;
    }

    /// True if a node's id lies in a chunk of the graph.
    boolean hasChunk(long node) {
        if (!ids.isNode(node) || ids.number(node) == 0) {
            return false;
        }
        int layer = NodeIds.layer(node);
        int halvings = Math.max(0, layer - 2);
        int b = ids.bits(layer);
        long axis = (1L << b) - 1;
        return (node >>> 56 - b & axis) << halvings < shape.x() && (node >>> 56 - 2 * b & axis) << halvings < shape.y()
                && (node >>> 56 - 3 * b & axis) << halvings < shape.z();
    }

    /// True if edits may have given a node of ingest another parent.
    ///
    /// @param chunkId of layer 2 that the node belongs to, see [#chunkOf]
    boolean isTouched(long chunkId) {
        return touched.contains(chunkId);
    }

    /// The id of the layer-2 chunk that a node belongs to if ingest made it; 0 if it did not, for certain.
    long chunkOf(long node) {
        long chunkId = anchors.chunkOf(node);
        return chunkId != 0 && hasChunk(chunkId | 1) ? chunkId : 0;
    }

    /// Parents that edits have set, of a node and its neighbours.
    ///
    /// @param pageId of the node, see [#pageId]
    ParentPage page(long pageId) throws IOException {
        return parents.get(pageId, this::loadPage);
    }

    /// Names the page of a node's parents: that of its chunk in layers 1 and 2, of neighbouring numbers above.
    long pageId(long node) {
        return NodeIds.layer(node) <= 2 ? ids.chunkId(node) : node & -PAGE;
    }

    /// A node that an edit made, null if there is none.
    @Nullable
    Made made(long id) throws IOException {
        Made known = nodes.getIfPresent(id);
        if (known == null) {
            byte[] bytes = store.get(Table.NODES, Keys.of(id));
            if (bytes == null) {
                return null;
            }
            known = Longs.parse(bytes, Made::read);
            nodes.put(id, known);
        }
        return known;
    }

    /// Patches of the supervoxels of a chunk that have been cut, oldest first; of all that is written, whatever the moment.
    List<SupervoxelPatch> patches(Int3 chunk) throws IOException {
        return patches(chunk, Long.MAX_VALUE);
    }

    /// Patches of the supervoxels of a chunk that had been cut, oldest first.
    ///
    /// @param time of the last that counts, milliseconds
    List<SupervoxelPatch> patches(Int3 chunk, long time) throws IOException {
        long chunkId = ids.id(2, chunk, 0);
        if (!touched.contains(chunkId)) {
            return List.of();
        }
        List<SupervoxelPatch> list = new ArrayList<>();
        store.scan(Table.META, Keys.meta(Keys.Meta.PATCH, chunkId), Keys.meta(Keys.Meta.PATCH, chunkId + 1),
                (key, value) -> {
                    if (Keys.number(key, 9) <= time) {
                        list.add(SupervoxelPatch.parse(value, "patch of chunk " + chunk + " of the graph"));
                    }
                    return true;
                });
        return list;
    }

    /// What became of a supervoxel that was cut.
    ///
    /// @param time since when, milliseconds
    /// @param operation that did it
    /// @param parts ascending
    record Cut(long time, long operation, long[] parts) {
        private byte[] toBytes() {
            return Longs.bytes(out -> {
                out.writeLong(time);
                out.writeLong(operation);
                Longs.write(out, parts);
            });
        }
    }

    /// How a supervoxel was cut, null if it never was.
    @Nullable
    Cut cut(long supervoxel) throws IOException {
        byte[] bytes = store.get(Table.META, Keys.meta(Keys.Meta.CUT, supervoxel));
        return bytes == null ? null : Longs.parse(bytes, in -> new Cut(in.readLong(), in.readLong(), Longs.read(in)));
    }

    /// The supervoxel that one was cut out of, or itself.
    long whole(long supervoxel) throws IOException {
        Made made = base.contains(supervoxel) ? null : made(supervoxel);
        return made == null ? supervoxel : made.node().children()[0];
    }

    /// Edges that edits brought to a layer-2 chunk, oldest first.
    List<ExtraEdge.Since> edges(Int3 chunk) throws IOException {
        if (!touched.contains(ids.id(2, chunk, 0))) {
            return List.of();
        }
        return edges.get(ids.id(2, chunk, 0), this::loadEdges);
    }

    /// The smallest number of a chunk that no node has had so far.
    long nextNumber(long chunkId) throws IOException {
        Long known = next.get(chunkId);
        if (known != null) {
            return known;
        }
        long first = base.firstFree(chunkId);
        GraphStore.Row last = store.last(Table.NODES, Keys.of(chunkId), Keys.of(behind(chunkId)));
        long number = last == null ? first : Math.max(first, ids.number(Keys.number(last.key(), 0)) + 1);
        return Objects.requireNonNull(next.merge(chunkId, number, Math::max));
    }

    /// Writes the rows that follow from an operation, and mends the caches. Doing it again changes nothing.
    ///
    /// @param write false if all rows are known to be written
    void apply(OperationRow row, boolean write) throws IOException {
        Map<Long, Cells> cells = cells(row);
        LongOpenHashSet fresh = touch(row, cells);
        Map<Long, List<ExtraEdge>> extra = extra(row);
        if (write) {
            store.put(rows(row, cells, fresh, extra));
        }
        long time = row.time();
        cells.forEach((id, c) -> parents.update(id, page -> page.with(c.page())));
        extra.forEach((id, list) -> edges.update(id, known -> {
            if (!known.isEmpty() && known.getLast().time() >= time) {
                return known;
            }
            List<ExtraEdge.Since> more = new ArrayList<>(known);
            list.forEach(edge -> more.add(new ExtraEdge.Since(time, edge)));
            return List.copyOf(more);
        }));
        for (NewNode node : row.nodes()) {
            nodes.put(node.id(), new Made(row.id(), time, node));
            next.merge(ids.chunkId(node.id()), ids.number(node.id()) + 1, Math::max);
        }
    }

    long cachedPages() {
        return parents.size();
    }

    /// Marks chunks before their cells can be asked for; an early mark costs a reader a look, a late one the truth.
    private LongOpenHashSet touch(OperationRow row, Map<Long, Cells> cells) {
        LongOpenHashSet fresh = new LongOpenHashSet();
        for (Cells c : cells.values()) {
            for (int i = 0; i < c.size(); i++) {
                long chunkId = chunkOf(c.node(i));
                if (chunkId != 0) {
                    mark(chunkId, fresh);
                }
            }
        }
        for (ExtraEdge edge : row.edges()) {
            mark(ids.chunkAt(edge.own(), 2), fresh);
            mark(ids.chunkAt(edge.far(), 2), fresh);
        }
        return fresh;
    }

    private void mark(long chunkId, LongOpenHashSet fresh) {
        touched.add(chunkId);
        fresh.add(chunkId);
    }

    private List<Put> rows(OperationRow row, Map<Long, Cells> cells, LongOpenHashSet fresh,
            Map<Long, List<ExtraEdge>> extra) {
        long time = row.time();
        List<Put> puts = new ArrayList<>();
        for (NewNode node : row.nodes()) {
            puts.add(new Put(Table.NODES, Keys.of(node.id()),
                    Longs.bytes(new Made(row.id(), time, node)::write)));
        }
        for (Cells c : cells.values()) {
            for (int i = 0; i < c.size(); i++) {
                puts.add(new Put(Table.PARENTS, Keys.of(c.node(i), c.time(i)), Keys.of(c.parent(i))));
            }
        }
        extra.forEach((id, list) -> puts.add(new Put(Table.ADDED, Keys.of(id, time),
                Longs.bytes(out -> OperationRow.writeEdges(out, list)))));
        for (long chunkId : fresh) {
            puts.add(new Put(Table.META, Keys.meta(Keys.Meta.TOUCHED, chunkId), new byte[0]));
        }
        for (OperationRow.Patch patch : row.patches()) {
            puts.add(new Put(Table.META, Keys.patch(patch.chunkId(), time, patch.whole()), patch.bytes()));
        }
        for (SupervoxelSplit split : row.operation().supervoxelSplits()) {
            puts.add(new Put(Table.META, Keys.meta(Keys.Meta.CUT, split.whole()),
                    new Cut(time, row.id(), split.parts()).toBytes()));
        }
        puts.add(new Put(Table.META, Keys.meta(Keys.Meta.DIGEST, row.digest()), Keys.of(row.id())));
        return puts;
    }

    private Map<Long, List<ExtraEdge>> extra(OperationRow row) {
        Map<Long, List<ExtraEdge>> extra = new TreeMap<>();
        for (ExtraEdge edge : row.edges()) {
            long own = ids.chunkAt(edge.own(), 2);
            long far = ids.chunkAt(edge.far(), 2);
            extra.computeIfAbsent(own, id -> new ArrayList<>()).add(edge);
            if (own != far) {
                extra.computeIfAbsent(far, id -> new ArrayList<>()).add(edge.reversed());
            }
        }
        return extra;
    }

    private Map<Long, Cells> cells(OperationRow row) {
        Map<Long, Cells> cells = new TreeMap<>();
        for (NewNode node : row.nodes()) {
            if (NodeIds.layer(node.id()) > 1) {
                for (long child : node.children()) {
                    cells.computeIfAbsent(pageId(child), id -> new Cells()).add(child, row.time(), node.id());
                }
            }
        }
        for (long root : row.operation().before()) {
            cells.computeIfAbsent(pageId(root), id -> new Cells()).add(root, row.time(), row.id());
        }
        cells.values().forEach(Cells::sort);
        return cells;
    }

    private long behind(long chunkId) {
        return chunkId + (1L << ids.numberBits(NodeIds.layer(chunkId)));
    }

    private ParentPage loadPage(long pageId) throws IOException {
        long end = NodeIds.layer(pageId) <= 2 ? behind(pageId) : pageId + PAGE;
        Cells cells = new Cells();
        store.scan(Table.PARENTS, Keys.of(pageId), Keys.of(end), (key, value) -> {
            cells.add(Keys.number(key, 0), Keys.number(key, 8), Keys.number(value, 0));
            return true;
        });
        return cells.page();
    }

    private List<ExtraEdge.Since> loadEdges(long chunkId) throws IOException {
        List<ExtraEdge.Since> list = new ArrayList<>();
        store.scan(Table.ADDED, Keys.of(chunkId), Keys.of(chunkId + 1), (key, value) -> {
            long time = Keys.number(key, 8);
            for (ExtraEdge edge : Longs.parse(value, OperationRow::readEdges)) {
                list.add(new ExtraEdge.Since(time, edge));
            }
            return true;
        });
        return List.copyOf(list);
    }
}
