package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

import tools.jackson.databind.JsonNode;

/// What is where: supervoxels of a chunk, supervoxels and roots at positions.
final class ChunkEndpoints {
    private static final int MOST_POINTS = 10_000;
    private static final String COORDINATES = "coords";

    private ChunkEndpoints() {}

    /// @param l2ChunkChildren layer-2 node and supervoxel, in turns
    record ChunkChildren(long[] l2ChunkChildren) {}

    record Roots(long[] rootIds) {}

    /// `GET l2_chunk_children/{chunk}`.
    static Answer children(Call call, GraphTable table) throws IOException {
        long[] pairs = pairs(call, table);
        if (new CaveQuery(call).flag("as_array", false)) {
            return CaveJson.answer(call, new ChunkChildren(pairs));
        }
        Map<String, List<Long>> byNode = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            byNode.computeIfAbsent(Long.toUnsignedString(pairs[i]), node -> new ArrayList<>()).add(pairs[i + 1]);
        }
        return CaveJson.answer(call, Map.of("l2_chunk_children", byNode));
    }

    /// `GET l2_chunk_children_binary/{chunk}`.
    static Answer childrenBinary(Call call, GraphTable table) throws IOException {
        if (!new CaveQuery(call).flag("as_array", false)) {
            throw Problem.parameter("as_array", "without it the answer would be a program of Python",
                    "add as_array=True");
        }
        return RawIds.answer(pairs(call, table));
    }

    private static long[] pairs(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        GraphInfo info = table.graph().info();
        long chunk = query.id("chunk");
        Int3 position = NodeIds.layer(chunk) == 2 ? info.ids().chunk(chunk) : new Int3(-1, -1, -1);
        if (!info.grid().contains(position)) {
            throw Problem.parameter("chunk", Long.toUnsignedString(chunk) + " is not in a chunk of layer 2", "");
        }
        long[] supervoxels = table.supervoxels().ids(info.grid().box(position));
        // The volume's supervoxels may be later than the moment; its nodes have the children that they had.
        long[] nodes = LongStream.of(table.graph().roots(supervoxels, query.at(), 2)).filter(node -> node != 0).sorted()
                .distinct().toArray();
        LongStream.Builder pairs = LongStream.builder();
        for (long node : nodes) {
            for (long child : table.graph().children(node)) {
                pairs.add(node).add(child);
            }
        }
        return pairs.build().toArray();
    }

    /// `POST supervoxel_lookup`: the supervoxels that an edit at the points would take.
    static Answer lookup(Call call, GraphTable table) throws IOException {
        return CaveJson.answer(call, table.graph().supervoxels(EditPoints.list(JsonBody.tree(call), "body")));
    }

    /// `POST roots_from_coords`: roots at voxels of mip 0, 0 in the background; `{"coords": [[x, y, z]]}`.
    static Answer rootsAt(Call call, GraphTable table) throws IOException {
        JsonNode points = JsonBody.tree(call).path(COORDINATES);
        if (!points.isArray() || points.size() > MOST_POINTS) {
            throw new Problem(400, "the body has no list '" + COORDINATES + "' of at most " + MOST_POINTS + " points",
                    "body", "send {\"" + COORDINATES + "\": [[x, y, z]]} in voxels");
        }
        Box bounds = table.graph().info().bounds();
        long[] supervoxels = new long[points.size()];
        for (int i = 0; i < supervoxels.length; i++) {
            Int3 voxel = voxel(points.get(i), COORDINATES + "[" + i + "]");
            if (bounds.contains(voxel.x(), voxel.y(), voxel.z())) {
                long[] ids = table.supervoxels().ids(Box.of(voxel, new Int3(1, 1, 1)));
                supervoxels[i] = ids.length == 0 ? 0 : ids[0];
            }
        }
        int layers = table.graph().info().layers();
        return CaveJson.answer(call,
                new Roots(table.graph().roots(supervoxels, new CaveQuery(call).at(), layers)));
    }

    private static Int3 voxel(JsonNode point, String field) {
        if (point.isArray() && point.size() == 3 && point.valueStream().allMatch(ChunkEndpoints::isVoxel)) {
            return new Int3(floor(point.get(0)), floor(point.get(1)), floor(point.get(2)));
        }
        throw new Problem(400, "this is no voxel", field, "write a point as [x, y, z]");
    }

    private static boolean isVoxel(JsonNode number) {
        return number.isNumber() && Math.abs(number.doubleValue()) < Integer.MAX_VALUE;
    }

    private static int floor(JsonNode number) {
        return (int) Math.floor(number.doubleValue());
    }
}
