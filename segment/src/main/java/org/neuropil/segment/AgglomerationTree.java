package org.neuropil.segment;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.FileStore;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// Agglomerates the regions of a whole volume in an octree of cells: chunks first, then cells of 2x2x2 chunks, up to one
/// cell. Each cell merges what it can decide by itself and hands the rest up ([Agglomeration] tells why the result is
/// exactly that of one run over everything); then the final ids are handed down. No cell needs more than its children's
/// rest in memory. Serializable, as its jobs are.
final class AgglomerationTree implements Serializable {
    private final Grid chunks;
    private final SupervoxelIds layout;
    private final double threshold;
    private final FileStore edgeFolder;
    private final FileStore scratch;
    private final int levels;

    /// @param chunks the chunks of the supervoxels
    /// @param edgeFolder where the files of [ChunkEdges] are
    /// @param scratch folder for what cells hand to each other
    AgglomerationTree(Grid chunks, SupervoxelIds layout, double threshold, Path edgeFolder, Path scratch) {
        this.chunks = chunks;
        this.layout = layout;
        this.threshold = threshold;
        this.edgeFolder = new FileStore(edgeFolder);
        this.scratch = new FileStore(scratch);
        this.levels = SupervoxelIds.layers(chunks.shape()) - 1;
    }

    /// The jobs, to be run one after the other.
    List<BlockJob> jobs() {
        List<BlockJob> jobs = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            Grid cells = cells(level);
            int current = level;
            jobs.add(BlockJob.of("agglomerate level " + level, cells.count(), cell -> "cell " + cells.position(cell),
                    cell -> merge(current, cells.position(cell))));
        }
        for (int level = levels - 1; level >= 0; level--) {
            Grid cells = cells(level);
            int current = level;
            jobs.add(BlockJob.of("resolve level " + level, cells.count(), cell -> "cell " + cells.position(cell),
                    cell -> resolve(current, cells.position(cell))));
        }
        return jobs;
    }

    /// The segment of each supervoxel of a chunk, once all jobs have run.
    Long2LongOpenHashMap segments(Int3 chunk) throws IOException {
        return LongTable.read(file("final", 0, chunk));
    }

    private Grid cells(int level) {
        return new Grid(new Box(Int3.ZERO, chunks.shape()), Int3.all(1 << level));
    }

    /// What a cell hands up: regions that are not finished, the boundaries between them, and those to other cells.
    private record Rest(RegionGraph graph, List<OuterEdge> outer) {}

    /// A boundary to a supervoxel of another cell. The node is frozen and so still a single supervoxel.
    private record OuterEdge(int node, long outside, RegionGraph.Boundary boundary) {}

    private void merge(int level, Int3 cell) throws IOException {
        Rest rest = level == 0 ? chunkGraph(cell) : childrenGraph(level, cell);
        RegionGraph graph = rest.graph();
        for (OuterEdge edge : rest.outer()) {
            graph.frozen[edge.node()] = true;
        }
        boolean[] waiting = Agglomeration.run(graph, threshold);
        long[] smallest = graph.ids.clone();
        for (int i = 0; i < graph.nodes(); i++) {
            int root = graph.find(i);
            if (Long.compareUnsigned(graph.ids[i], smallest[root]) < 0) {
                smallest[root] = graph.ids[i];
            }
        }
        Long2LongOpenHashMap table = new Long2LongOpenHashMap();
        for (int i = 0; i < graph.nodes(); i++) {
            table.put(graph.ids[i], smallest[graph.find(i)]);
        }
        LongTable.write(file("merged", level, cell), table);
        writeRest(file("rest", level, cell), graph, smallest, waiting, rest.outer());
    }

    private Rest chunkGraph(Int3 chunk) throws IOException {
        Path file = edgeFolder.root().resolve(ChunkEdges.fileName(chunk));
        ChunkEdges edges = ChunkEdges.parse(Files.readAllBytes(file), file.toString());
        Long2IntOpenHashMap index = new Long2IntOpenHashMap();
        long[] ids = LongTable.read(file("supervoxels", 0, chunk)).keySet().toLongArray();
        RegionGraph graph = graph(ids, index);
        for (Edge edge : edges.inside()) {
            graph.add(index.get(edge.a()), index.get(edge.b()), RegionGraph.Boundary.of(edge));
        }
        List<OuterEdge> outer = new ArrayList<>();
        for (List<Edge> list : List.of(edges.cut(), edges.between())) {
            for (Edge edge : list) {
                outer.add(new OuterEdge(index.get(edge.a()), edge.b(), RegionGraph.Boundary.of(edge)));
            }
        }
        return new Rest(graph, outer);
    }

    private Rest childrenGraph(int level, Int3 cell) throws IOException {
        Grid below = cells(level - 1);
        List<Rest> children = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Int3 child = cell.times(Int3.all(2)).plus(new Int3(i & 1, i >> 1 & 1, i >> 2));
            if (below.contains(child)) {
                children.add(readRest(file("rest", level - 1, child)));
            }
        }
        long[] ids = new long[children.stream().mapToInt(c -> c.graph().nodes()).sum()];
        int n = 0;
        for (Rest child : children) {
            System.arraycopy(child.graph().ids, 0, ids, n, child.graph().nodes());
            n += child.graph().nodes();
        }
        Long2IntOpenHashMap index = new Long2IntOpenHashMap();
        RegionGraph graph = graph(ids, index);
        List<OuterEdge> outer = new ArrayList<>();
        for (Rest child : children) {
            RegionGraph part = child.graph();
            for (int e = 0; e < part.edges(); e++) {
                graph.add(index.get(part.ids[part.left[e]]), index.get(part.ids[part.right[e]]), part.boundary(e));
            }
            for (OuterEdge edge : child.outer()) {
                long own = part.ids[edge.node()];
                if (!cellOf(level, edge.outside()).equals(cell)) {
                    outer.add(new OuterEdge(index.get(own), edge.outside(), edge.boundary()));
                } else if (Long.compareUnsigned(own, edge.outside()) < 0) {
                    // Both children tell of it; one of them is enough.
                    graph.add(index.get(own), index.get(edge.outside()), edge.boundary());
                }
            }
        }
        return new Rest(graph, outer);
    }

    private Int3 cellOf(int level, long supervoxel) {
        return layout.chunk(supervoxel).floorDiv(Int3.all(1 << level));
    }

    /// A graph over ids in ascending order, so that nothing depends on the order of a hash table.
    private static RegionGraph graph(long[] ids, Long2IntOpenHashMap index) {
        Arrays.sort(ids);
        index.defaultReturnValue(-1);
        for (int i = 0; i < ids.length; i++) {
            index.put(ids[i], i);
        }
        return new RegionGraph(ids);
    }

    private void resolve(int level, Int3 cell) throws IOException {
        Long2LongOpenHashMap merged = LongTable.read(file("merged", level, cell));
        if (level < levels - 1) {
            Long2LongOpenHashMap above = LongTable.read(file("final", level + 1, cell.floorDiv(Int3.all(2))));
            merged.replaceAll((_, region) -> above.getOrDefault(region.longValue(), region.longValue()));
        }
        LongTable.write(file("final", level, cell), merged);
    }

    private Path file(String what, int level, Int3 cell) {
        return scratch.root().resolve(what + "_" + level + "_" + cell.x() + "_" + cell.y() + "_" + cell.z());
    }

    /// Tells the tree which supervoxels a chunk has, also those without a neighbour.
    void putSupervoxels(Int3 chunk, long[] ids) throws IOException {
        Long2LongOpenHashMap table = new Long2LongOpenHashMap();
        for (long id : ids) {
            table.put(id, id);
        }
        LongTable.write(file("supervoxels", 0, chunk), table);
    }

    private static void writeRest(Path file, RegionGraph graph, long[] smallest, boolean[] waiting,
            List<OuterEdge> outer) throws IOException {
        int[] index = new int[graph.nodes()];
        int n = 0;
        for (int i = 0; i < index.length; i++) {
            index[i] = graph.parent[i] == i && waiting[i] ? n++ : -1;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes))) {
            out.writeInt(n);
            for (int i = 0; i < index.length; i++) {
                if (index[i] >= 0) {
                    out.writeLong(smallest[i]);
                }
            }
            int inner = 0;
            for (int e = 0; e < graph.edges(); e++) {
                inner += isLeft(graph, index, e) ? 1 : 0;
            }
            out.writeInt(inner);
            for (int e = 0; e < graph.edges(); e++) {
                if (isLeft(graph, index, e)) {
                    out.writeInt(index[graph.left[e]]);
                    out.writeInt(index[graph.right[e]]);
                    writeBoundary(out, graph.boundary(e));
                }
            }
            out.writeInt(outer.size());
            for (OuterEdge edge : outer) {
                out.writeInt(index[edge.node()]);
                out.writeLong(edge.outside());
                writeBoundary(out, edge.boundary());
            }
        }
        FileStore.replace(file, bytes.toByteArray(), false);
    }

    private static boolean isLeft(RegionGraph graph, int[] index, int e) {
        return !graph.isDead(e) && index[graph.left[e]] >= 0 && index[graph.right[e]] >= 0;
    }

    private static Rest readRest(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            long[] ids = new long[in.readInt()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = in.readLong();
            }
            RegionGraph graph = new RegionGraph(ids);
            int inner = in.readInt();
            for (int i = 0; i < inner; i++) {
                int a = in.readInt();
                int b = in.readInt();
                graph.add(a, b, readBoundary(in));
            }
            int count = in.readInt();
            List<OuterEdge> outer = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int node = in.readInt();
                long outside = in.readLong();
                outer.add(new OuterEdge(node, outside, readBoundary(in)));
            }
            return new Rest(graph, outer);
        }
    }

    private static void writeBoundary(DataOutputStream out, RegionGraph.Boundary boundary) throws IOException {
        out.writeLong(boundary.sum());
        out.writeLong(boundary.area());
        out.writeLong(boundary.high());
        out.writeLong(boundary.low());
        out.writeBoolean(boundary.cut());
    }

    private static RegionGraph.Boundary readBoundary(DataInputStream in) throws IOException {
        return new RegionGraph.Boundary(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }
}
