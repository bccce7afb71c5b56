package org.neuropil.graph.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.segment.ChunkEdges;
import org.neuropil.segment.Edge;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.Store;

/// Chunks whose edges stand in files of [ChunkEdges].
///
/// @param plan the chunks
/// @param edges folder of the files
/// @param activity which of them are active
/// @param tables holds a [SegmentTable] for each chunk, which tells its supervoxels
/// @param listed whether it does; otherwise the supervoxels are those that have an edge
record EdgeFiles(GraphPlan plan, Store edges, Activity activity, Store tables, boolean listed)
        implements
            ChunkSource {
    /// Name of a file of edges that are added to a chunk's; it need not be there.
    static String extraName(Int3 chunk) {
        return "extra_" + ChunkEdges.fileName(chunk);
    }

    @Override
    public ChunkInput read(Int3 chunk) throws IOException {
        String name = ChunkEdges.fileName(chunk);
        byte[] bytes = edges.get(name).orElseThrow(() -> new InputException("is missing", edges.uri(name),
                "each chunk has a file of edges, also one without supervoxels"));
        List<ChunkEdges> files = new ArrayList<>(List.of(parse(bytes, edges.uri(name))));
        Optional<byte[]> extra = edges.get(extraName(chunk));
        if (extra.isPresent()) {
            files.add(parse(extra.get(), edges.uri(extraName(chunk))));
        }
        EdgeRows rows = new EdgeRows(plan.ids(), plan.grid(), plan.ids().id(2, chunk, 0), edges.uri(name));
        Activity.OfChunk active = activity.of(chunk);
        for (ChunkEdges file : files) {
            for (List<Edge> list : List.of(file.inside(), file.cut(), file.between())) {
                for (Edge edge : list) {
                    rows.add(edge.a(), edge.b(), edge.affinity(), edge.area(),
                            active.test(edge.a(), edge.b(), edge.affinity()));
                }
            }
        }
        return rows.with(supervoxels(chunk, rows));
    }

    private static ChunkEdges parse(byte[] bytes, String where) {
        try {
            return ChunkEdges.parse(bytes, where);
        } catch (IOException e) {
            throw new InputException(String.valueOf(e.getMessage()), where, "make the file again", e);
        }
    }

    private long[] supervoxels(Int3 chunk, EdgeRows rows) throws IOException {
        if (listed) {
            return SegmentTable.read(tables, VoxelTables.key(chunk)).supervoxels();
        }
        long[] own = rows.supervoxels();
        if (!(activity instanceof Activity.SameComponent components)) {
            return own;
        }
        long id = plan.ids().id(1, chunk, 0);
        long[] others = Arrays.stream(ComponentFile.read(components.folder(), chunk).supervoxels())
                .filter(s -> plan.ids().chunkId(s) == id && s != id).map(plan.ids()::number).toArray();
        return java.util.stream.LongStream.concat(Arrays.stream(own), Arrays.stream(others)).sorted().distinct()
                .toArray();
    }
}
