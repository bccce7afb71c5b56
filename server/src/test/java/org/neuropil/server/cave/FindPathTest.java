package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.cave.GraphServer.ids;
import static org.neuropil.server.cave.GraphServer.point;
import static org.neuropil.server.cave.TrafficWorld.id;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.GraphInfo;
import org.neuropil.space.Int3;

import tools.jackson.databind.JsonNode;

class FindPathTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void aPathIsFoundWhereNotAllOfItCanBeRead() throws Exception {
        try (GraphServer server = new GraphServer(temp)) {
            server.world.unreadable = box -> box.min().x() > 32;
            String ends = "[" + point(id(0, 1, 0, 3)) + ", " + point(id(1, 1, 0, 3)) + "]";
            JsonNode path = server.json("graph/find_path?precision_mode=True", ends);
            long[] nodes = ids(path.get("l2_path"));
            long[] failed = LongStream.of(nodes).filter(node -> TrafficWorld.INFO.ids().chunk(node).x() == 1).toArray();
            assertThat(failed).isNotEmpty().hasSizeLessThan(nodes.length);
            assertThat(ids(path.get("failed_l2_ids"))).isEqualTo(failed);
            assertThat(path.get("centroids_list").get(nodes.length - 1).toString()).isEqualTo("[1536.0,1536.0,1280.0]");
            server.world.unreadable = _ -> false;
            assertThat(server.json("graph/find_path?precision_mode=True", ends).get("failed_l2_ids")).isEmpty();
        }
    }

    @Test
    void aPathWithinARootThatWasReplacedSinceIsFound() throws Exception {
        try (GraphServer server = new GraphServer(temp)) {
            long old = server.json("node/" + id(0, 1, 0, 3) + "/root").get("root_id").longValue();
            String ends = "[" + point(id(0, 0, 0, 4)) + ", " + point(id(1, 1, 0, 3)) + "]";
            long[] before = ids(server.json("graph/find_path?precision_mode=0", ends).get("l2_path"));
            assertThat(before).hasSizeGreaterThan(1);
            server.split();
            assertThat(server.post(GraphServer.TABLE + "graph/find_path?precision_mode=0", ends).statusCode())
                    .isEqualTo(400);
            String clicked = "[" + at(old, server.world.graph.info(), before[0]) + ", "
                    + at(old, server.world.graph.info(), before[before.length - 1]) + "]";
            long[] path = ids(server.json("graph/find_path?precision_mode=0", clicked).get("l2_path"));
            Set<Set<Long>> pairs = new HashSet<>();
            for (JsonNode pair : server.json("node/" + old + "/lvl2_graph").get("edge_graph")) {
                pairs.add(Set.of(pair.get(0).longValue(), pair.get(1).longValue()));
            }
            assertThat(path).hasSize(before.length);
            for (int i = 1; i < path.length; i++) {
                assertThat(pairs).contains(Set.of(path[i - 1], path[i]));
            }
        }
    }

    /// A point on a root in the middle of a node's chunk.
    private static String at(long root, GraphInfo info, long node) {
        Int3 middle = info.grid().box(info.ids().chunk(node)).min().plus(Int3.all(info.chunk().x() / 2));
        return point(new EditPoint(root, middle.x() * info.voxelSize().x(), middle.y() * info.voxelSize().y(),
                middle.z() * info.voxelSize().z()));
    }
}
