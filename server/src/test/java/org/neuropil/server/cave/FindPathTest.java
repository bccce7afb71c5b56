package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.cave.GraphServer.ids;
import static org.neuropil.server.cave.GraphServer.point;
import static org.neuropil.server.cave.TrafficWorld.id;

import java.nio.file.Path;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
