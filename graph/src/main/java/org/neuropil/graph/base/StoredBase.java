package org.neuropil.graph.base;

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

/// The graph as ingest left it, in the rows of a store, with what was last asked for kept in memory: pages of the hierarchy
/// as they are, the others decoded.
///
/// The layout of ids, the chunks and the moment come from [GraphInfo]. Every chunk of the grid has a row in each table, so
/// that a row that is lost is an error and never an empty chunk.
public final class StoredBase implements Base {
    private static final long SMALLEST_CACHE = 1 << 16;

    private final GraphStore store;
    private final NodeIds ids;
    private final Anchors anchors;
    private final Grid grid;
    private final Int3 shape;
    private final IdCache<HierarchyPage> pages;
    private final PageFront front;
    private final IdCache<EdgeTable> edges;
    private final IdCache<CrossTable> cross;

    /// @param store that ingest has written to
    /// @param cacheBytes memory for what is kept, about; half of it for the hierarchy
    public StoredBase(GraphInfo info, GraphStore store, long cacheBytes) {
        this.store = store;
        this.ids = info.ids();
        this.anchors = new Anchors(ids, info.anchorBits());
        this.grid = info.grid();
        this.shape = grid.shape();
        long bytes = Math.max(SMALLEST_CACHE, cacheBytes);
        this.front = new PageFront(grid.count());
        this.pages = new IdCache<>(bytes / 2, HierarchyPage::weight, front::remove);
        this.edges = new IdCache<>(bytes / 4, table -> weight(table.size() * 21L + table.numbers().length * 12L));
        this.cross = new IdCache<>(bytes / 4,
                table -> weight(table.own().length * 16L + table.anchors().length * 12L));
    }

    private static int weight(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes + 160);
    }

    /// How ids of ingest say which chunk they belong to.
    public Anchors anchors() {
        return anchors;
    }

    /// The page that knows a node's parent and children, for a caller that has many nodes of one chunk; see [#chunkOf].
    ///
    /// @param chunkId of layer 2, in the grid
    /// @throws IllegalArgumentException if there is no such chunk
    public HierarchyPage page(long chunkId) throws IOException {
        if (!isChunk(chunkId)) {
            throw new IllegalArgumentException("chunk " + Long.toUnsignedString(chunkId));
        }
        return pages.get(chunkId, this::readPage);
    }

    /// The id of the layer-2 chunk that a node of ingest belongs to; 0 if ingest did not make it, for certain. Nodes with
    /// equal answers have one page.
    public long chunkOf(long node) {
        long chunkId = anchors.chunkOf(node);
        return chunkId != 0 && isChunk(chunkId) ? chunkId : 0;
    }

    private boolean isChunk(long chunkId) {
        int b = ids.bits();
        int shift = 56 - 3 * b;
        long axis = (1L << b) - 1;
        return chunkId >>> 56 == 2 && (chunkId & (1L << shift) - 1) == 0
                && (chunkId >>> shift + 2 * b & axis) < shape.x() && (chunkId >>> shift + b & axis) < shape.y()
                && (chunkId >>> shift & axis) < shape.z();
    }

    @Override
    public boolean contains(long node) throws IOException {
        long chunkId = chunkOf(node);
        return chunkId != 0 && page(chunkId).contains(node);
    }

    @Override
    public long parent(long node) throws IOException {
        long chunkId = chunkOf(node);
        return chunkId == 0 ? 0 : page(chunkId).parent(node);
    }

    @Override
    public Cursor cursor() {
        return new PageCursor();
    }

    @Override
    public long[] children(long node) throws IOException {
        long chunkId = chunkOf(node);
        return chunkId == 0 ? new long[0] : page(chunkId).children(node);
    }

    @Override
    public CrossEdges crossEdges(long node) throws IOException {
        int layer = NodeIds.layer(node);
        if (layer < 2 || !contains(node)) {
            return CrossEdges.NONE;
        }
        long chunkId = chunkOf(node);
        // The layer takes the place of the chunk's own, so that each has an entry of its own.
        long key = (chunkId & (1L << 56) - 1) | (long) layer << 56;
        CrossTable table = cross.get(key, any -> CrossPage.parse(row(GraphStore.Table.CROSS, chunkId), layer, ids,
                chunkId, where(GraphStore.Table.CROSS, chunkId)));
        return table.of(anchors.anchor(node));
    }

    @Override
    public EdgeTable edges(Int3 chunk) throws IOException {
        if (!grid.contains(chunk)) {
            return EdgeTable.NONE;
        }
        return edges.get(ids.id(2, chunk, 0), chunkId -> EdgePage.parse(row(GraphStore.Table.EDGES, chunkId), ids,
                chunkId, where(GraphStore.Table.EDGES, chunkId)));
    }

    @Override
    public long firstFree(long chunkId) throws IOException {
        int layer = NodeIds.layer(chunkId);
        if (layer > 2) {
            return anchors.firstFree(layer);
        }
        HierarchyPage page = page(chunkId & (1L << 56) - 1 | 2L << 56);
        return 1 + (layer == 1 ? page.largest() : page.level2());
    }

    /// What is kept in memory: numbers of entries and their bytes.
    public Map<String, Long> figures() {
        return Map.of("base_pages", pages.size(), "base_page_bytes", pages.weight(), "base_edge_tables", edges.size(),
                "base_edge_bytes", edges.weight(), "base_cross_tables", cross.size(), "base_cross_bytes",
                cross.weight());
    }

    private HierarchyPage readPage(long chunkId) throws IOException {
        return HierarchyPage.parse(row(GraphStore.Table.BASE, chunkId), anchors, chunkId,
                where(GraphStore.Table.BASE, chunkId));
    }

    private byte[] row(GraphStore.Table table, long chunkId) throws IOException {
        byte[] row = store.get(table, BaseRows.key(chunkId));
        if (row == null) {
            throw new IOException(where(table, chunkId) + " is missing");
        }
        return row;
    }

    private String where(GraphStore.Table table, long chunkId) {
        return "row of chunk " + ids.chunk(chunkId) + " in table " + table + " of the graph";
    }

    /// Keeps the page that it looked at last, of each layer: on the way up from neighbours, these are the same again.
    private final class PageCursor implements Cursor {
        /// Of so many looks one is the cache's, so that it knows which pages are wanted.
        private static final int NOTED = 16;

        private int looks;
        private final @Nullable HierarchyPage[] last = new HierarchyPage[ids.layers() + 1];

        private @Nullable HierarchyPage pageOf(long node) throws IOException {
            long chunkId = chunkOf(node);
            if (chunkId == 0) {
                return null;
            }
            HierarchyPage known = last[NodeIds.layer(node)];
            if (known == null || known.chunkId() != chunkId) {
                known = ++looks % NOTED == 0 ? null : front.get(chunkId);
                if (known == null) {
                    known = page(chunkId);
                    front.put(known, pages);
                }
                last[NodeIds.layer(node)] = known;
            }
            return known;
        }

        @Override
        public boolean contains(long node) throws IOException {
            HierarchyPage page = pageOf(node);
            return page != null && page.contains(node);
        }

        @Override
        public long parent(long node) throws IOException {
            HierarchyPage page = pageOf(node);
            return page == null ? 0 : page.parent(node);
        }

        @Override
        public long root(long node) throws IOException {
            HierarchyPage page = NodeIds.layer(node) > 2 ? null : pageOf(node);
            if (page == null) {
                return Cursor.super.root(node);
            }
            long root = page.root(node);
            return root == node ? 0 : root;
        }
    }
}
