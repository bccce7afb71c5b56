package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.Anchors;
import org.neuropil.graph.base.BaseRows;
import org.neuropil.graph.base.CrossPage;
import org.neuropil.graph.base.CrossTable;
import org.neuropil.graph.base.EdgePage;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.Store;

/// The steps that make a graph's base, each of which reads what the steps before wrote into a scratch folder: layer 2 of
/// each chunk; whether chunks agree on the edges between them; then, from layer 3 on, the chunks of a layer; then, from
/// the last layer down, the roots; then the rows of each chunk; and last the load into the store. None but the last
/// depends on the order within a step.
///
/// @param plan what is made
/// @param source where the chunks come from
/// @param scratch what steps hand to each other
record GraphSteps(GraphPlan plan, ChunkSource source, Store scratch) implements Serializable {
    private static final int FREE = 16;

    private NodeIds ids() {
        return plan.ids();
    }

    @FunctionalInterface
    private interface Step extends Serializable {
        void run(Int3 position) throws IOException;
    }

    private static BlockJob job(String name, Grid cells, Step step) {
        return BlockJob.of(name, cells.count(), cell -> "chunk " + cells.position(cell),
                cell -> step.run(cells.position(cell)));
    }

    /// [#level2] for all chunks.
    BlockJob level2Job() {
        return job("layer 2", plan.grid(), this::level2);
    }

    /// [#borders] for all chunks.
    BlockJob bordersJob() {
        return job("borders", plan.grid(), this::borders);
    }

    /// [#join] for all chunks of a layer.
    BlockJob joinJob(int layer, int anchorBits) {
        return job("layer " + layer, plan.cells(layer), cell -> join(layer, anchorBits, cell));
    }

    /// [#roots] for all chunks of a layer.
    BlockJob rootsJob(int layer) {
        return job("roots of layer " + layer, plan.cells(layer), cell -> roots(layer, cell));
    }

    /// [#rows] for all chunks.
    BlockJob rowsJob(int anchorBits) {
        return job("rows", plan.grid(), chunk -> rows(anchorBits, chunk));
    }

    private static String key(String what, Int3 position) {
        return what + "_" + position.x() + "_" + position.y() + "_" + position.z();
    }

    private static String key(String what, int layer, Int3 position) {
        return key(what + layer, position);
    }

    private byte[] bytes(String key) throws IOException {
        return scratch.get(key).orElseThrow(() -> new IOException(scratch.uri(key) + " is missing"));
    }

    /// Finds the layer-2 nodes of a chunk, and writes its edges.
    ///
    /// @throws InputException if its ids leave no room for those that edits make
    void level2(Int3 chunk) throws IOException {
        long chunkId = ids().id(2, chunk, 0);
        ChunkInput input = source.read(chunk);
        long[] supervoxels = input.supervoxels();
        long end = 1L << ids().numberBits(1);
        if (supervoxels.length > 0 && supervoxels[supervoxels.length - 1] >= end - end / FREE) {
            throw new InputException("supervoxel number " + supervoxels[supervoxels.length - 1] + " of chunk " + chunk
                    + " leaves no room for those that splits make", "supervoxels",
                    "numbers have " + ids().numberBits(1) + " bits; the last 1/" + FREE + " must be free");
        }
        Level2 found = Level2.of(ids(), chunkId, input);
        scratch.put(key("edges", chunk), EdgePage.toRow(found.edges(), ids(), chunkId));
        scratch.put(key("open", 2, chunk), found.open().toBytes());
        scratch.put(key("chunk", chunk), Borders.file(ids(), chunkId, found).toBytes());
    }

    /// Makes sure that the edges which leave a chunk are the same in the chunks where they end.
    void borders(Int3 chunk) throws IOException {
        long own = ids().id(1, chunk, 0);
        for (ChunkFile.Border border : ChunkFile.borders(scratch, key("chunk", chunk))) {
            Int3 other = ids().chunk(border.chunk());
            ChunkFile.Border expected = new ChunkFile.Border(own, border.edges(), border.sum());
            boolean same = false;
            for (ChunkFile.Border back : ChunkFile.borders(scratch, key("chunk", other))) {
                same |= back.equals(expected);
            }
            if (!same) {
                throw Borders.difference(ids(), chunk, source.read(chunk).edges(), other,
                        source.read(other).edges());
            }
        }
    }

    /// The graph's info, once layer 2 is there.
    ///
    /// @throws InputException if ids have no room for its nodes and new ones
    GraphInfo info() throws IOException {
        Grid grid = plan.grid();
        long supervoxels = 0;
        long edges = 0;
        long most = 0;
        for (int i = 0; i < grid.count(); i++) {
            ChunkFile.Counts counts = ChunkFile.counts(scratch, key("chunk", grid.position(i)));
            supervoxels += counts.supervoxels();
            edges += 2 * counts.inside() + counts.leaving();
            most = Math.max(most, counts.nodes());
        }
        GraphInfo info = plan.info(Anchors.bitsFor(most), supervoxels, edges / 2);
        int crowded = new Anchors(ids(), info.anchorBits()).crowdedLayer();
        if (crowded > 0) {
            throw new InputException("a chunk has " + most + " pieces of cells, for which ids of layer " + crowded
                    + " have no room", "chunk", "use smaller chunks: they are " + plan.chunk() + " voxels");
        }
        return info;
    }

    /// Joins what lies in a chunk of a layer.
    ///
    /// @param layer 3 to the number of layers
    /// @param cell position in the grid of the layer
    void join(int layer, int anchorBits, Int3 cell) throws IOException {
        List<OpenNodes> children = new ArrayList<>();
        List<Int3> below = below(layer, cell);
        for (Int3 child : below) {
            children.add(OpenNodes.parse(bytes(key("open", layer - 1, child))));
        }
        Anchors anchors = new Anchors(ids(), anchorBits);
        Join.Result result = Join.of(anchors, layer, children);
        scratch.put(key("open", layer, cell), result.open().toBytes());
        scratch.put(key("cell", layer, cell), CellFile.toBytes(result.records(), anchors, chunksOf(layer, cell)));
        for (int i = 0; i < below.size(); i++) {
            scratch.put(key("above", layer - 1, below.get(i)), OpenNodes.toBytes(result.above().get(i)));
        }
    }

    /// The chunks of the layer below that a chunk is made of.
    private List<Int3> below(int layer, Int3 cell) {
        Grid below = plan.cells(layer - 1);
        List<Int3> chunks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Int3 child = cell.times(Int3.all(2)).plus(new Int3(i & 1, i >> 1 & 1, i >> 2));
            if (below.contains(child)) {
                chunks.add(child);
            }
        }
        return chunks;
    }

    /// Finds the roots of the components that edges leave in the chunks below one.
    ///
    /// @param layer 3 to the number of layers
    /// @param cell position in the grid of the layer, whose own components have their roots
    void roots(int layer, Int3 cell) throws IOException {
        // No edge leaves the whole.
        long[] own = layer == ids().layers() ? new long[0] : OpenNodes.longs(bytes(key("root", layer, cell)));
        for (Int3 child : below(layer, cell)) {
            long[] roots = OpenNodes.longs(bytes(key("above", layer - 1, child)));
            for (int i = 0; i < roots.length; i++) {
                roots[i] = NodeIds.layer(roots[i]) > 0 ? roots[i] : own[(int) roots[i]];
            }
            scratch.put(key("root", layer - 1, child), OpenNodes.toBytes(roots));
        }
    }

    /// The layer-2 chunks in a chunk of a layer.
    private Grid chunksOf(int layer, Int3 cell) {
        return new Grid(plan.cells(layer).box(cell), Int3.all(1));
    }

    /// Writes the rows of a chunk.
    void rows(int anchorBits, Int3 chunk) throws IOException {
        long chunkId = ids().id(2, chunk, 0);
        ChunkFile file = ChunkFile.read(scratch, key("chunk", chunk));
        OpenNodes open = OpenNodes.parse(bytes(key("open", 2, chunk)));
        Anchors anchors = new Anchors(ids(), anchorBits);
        HierarchyBuilder builder = new HierarchyBuilder(anchors, chunkId,
                (int) file.counts().nodes(), open,
                ids().layers() == 2 ? new long[0] : OpenNodes.longs(bytes(key("root", 2, chunk))));
        SortedMap<Integer, CrossTable> cross = new TreeMap<>();
        HierarchyBuilder.putCross(cross, 2, open, ids());
        for (int layer = 3; layer <= ids().layers(); layer++) {
            Int3 cell = chunk.floorDiv(Int3.all(1 << layer - 2));
            NodeRecords records = CellFile.read(scratch, key("cell", layer, cell), chunksOf(layer, cell), chunk);
            builder.add(records);
            HierarchyBuilder.putCross(cross, layer, records, anchors);
        }
        scratch.put(key("base", chunk), builder.build(file.supervoxels(), file.node()).toRow(chunkId));
        scratch.put(key("cross", chunk), CrossPage.toRow(cross, ids(), chunkId));
    }

    /// Loads all rows into a store, in the order of their keys.
    ///
    /// @return bytes of the rows of each table: hierarchy, edges, edges that leave nodes
    long[] load(GraphStore store) throws IOException {
        GraphStore.Table[] tables = {GraphStore.Table.BASE, GraphStore.Table.EDGES, GraphStore.Table.CROSS};
        String[] names = {"base", "edges", "cross"};
        long[] bytes = new long[tables.length];
        for (int t = 0; t < tables.length; t++) {
            RowIterator rows = new RowIterator(names[t]);
            try {
                store.load(tables[t], rows);
            } catch (UncheckedIOException e) {
                throw e.getCause() == null ? new IOException(e) : e.getCause();
            }
            bytes[t] = rows.bytes;
        }
        return bytes;
    }

    /// The rows of a table, in the order of their keys: x is slowest.
    private final class RowIterator implements Iterator<GraphStore.Row> {
        private final String name;
        private final Int3 shape = plan.grid().shape();
        private int next;
        private long bytes;

        RowIterator(String name) {
            this.name = name;
        }

        @Override
        public boolean hasNext() {
            return next < plan.grid().count();
        }

        @Override
        public GraphStore.Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Int3 chunk = new Int3(next / shape.z() / shape.y(), next / shape.z() % shape.y(), next % shape.z());
            next++;
            try {
                byte[] row = GraphSteps.this.bytes(key(name, chunk));
                bytes += row.length;
                return new GraphStore.Row(BaseRows.key(ids().id(2, chunk, 0)), row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
