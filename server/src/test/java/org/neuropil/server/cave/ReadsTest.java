package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.cave.GraphServer.ids;
import static org.neuropil.server.cave.GraphServer.list;
import static org.neuropil.server.cave.GraphServer.point;
import static org.neuropil.server.cave.GraphServer.raw;
import static org.neuropil.server.cave.TrafficWorld.id;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Edge;
import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;

import tools.jackson.databind.JsonNode;

/// Reads of a graph that nobody has edited, against the lists that it was made from.
class ReadsTest {
    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static GraphServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new GraphServer(temp);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static long root(long node) throws Exception {
        return server.json("node/" + node + "/root").get("root_id").longValue();
    }

    @Test
    void rootsAreTheSameInEveryForm() throws Exception {
        long[] nodes = {id(0, 0, 1, 1), id(1, 0, 1, 2), id(0, 0, 0, 1), id(1, 1, 0, 4), 0, id(0, 0, 1, 99)};
        long[] roots = ids(server.send("POST", GraphServer.TABLE + "roots_binary", raw(nodes)).body());
        assertThat(NodeIds.layer(roots[0])).isEqualTo(3);
        assertThat(roots[2]).isEqualTo(roots[3]).isNotEqualTo(roots[0]);
        assertThat(roots[0]).isNotEqualTo(roots[1]);
        assertThat(Arrays.copyOfRange(roots, 4, 6)).containsOnly(0);
        assertThat(ids(server.json("roots", list("node_ids", nodes)).get("root_ids"))).isEqualTo(roots);
        assertThat(ids(server.post(GraphServer.TABLE + "roots?as_binary=root_ids", list("node_ids", nodes)).body()))
                .isEqualTo(roots);
        JsonNode texts = server.json("roots?int64_as_str=True", list("node_ids", nodes)).get("root_ids");
        assertThat(texts.valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(LongStream.of(roots).mapToObj(Long::toUnsignedString).toList());
        for (int i = 0; i < 4; i++) {
            assertThat(root(nodes[i])).isEqualTo(roots[i]);
        }
        long[] level2 = ids(server.send("POST", GraphServer.TABLE + "roots_binary?stop_layer=2", raw(nodes)).body());
        assertThat(NodeIds.layer(level2[0])).isEqualTo(2);
        double before = TrafficWorld.INGESTED.toEpochMilli() / 1000.0 - 0.001;
        assertThat(ids(server.send("POST", GraphServer.TABLE + "roots_binary?timestamp=" + before, raw(nodes)).body()))
                .containsOnly(0);
        assertThat(server.send("POST", GraphServer.TABLE + "roots_binary?assert_roots=true", raw(nodes)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void leavesAreThoseOfTheWorld() throws Exception {
        long root = root(id(0, 0, 0, 1));
        long[] front = server.world.supervoxels.stream().mapToLong(s -> s)
                .filter(s -> TrafficWorld.INFO.ids().chunk(s).z() == 0).toArray();
        assertThat(ids(server.json("node/" + root + "/leaves").get("leaf_ids"))).isEqualTo(front);
        JsonNode some = server.json("node/leaves_many?bounds=0-64_0-64_0-64",
                "{\"node_ids\": [\"" + root + "\", 123, " + root(id(0, 0, 1, 1)) + "]}");
        assertThat(ids(some.get(Long.toString(root)))).isEqualTo(
                LongStream.of(front).filter(s -> TrafficWorld.INFO.ids().chunkId(s) == id(0, 0, 0, 0)).toArray());
        assertThat(some.get("123").isEmpty()).isTrue();
        assertThat(some.size()).isEqualTo(3);
        assertThat(server.json("leaves_many", list("node_ids"))).isEmpty();
        long[] level2 = ids(server.json("node/" + root + "/leaves?stop_layer=2").get("leaf_ids"));
        assertThat(level2).isEqualTo(ids(server.json("node/" + root + "/children").get("children_ids")));
        assertThat(ids(server.json("node/" + id(0, 0, 0, 1) + "/children").get("children_ids"))).isEmpty();
        long[] cover = ids(server.send("POST", GraphServer.TABLE + "minimal_covering_nodes?as_array=True",
                list("node_ids", level2).getBytes(StandardCharsets.UTF_8)).body());
        assertThat(cover).containsExactly(root);
        assertThat(ids(server.json("minimal_covering_nodes", list("node_ids", level2)))).containsExactly(root);
    }

    @Test
    void subgraphHasAllEdgesWithInfinity() throws Exception {
        long root = root(id(0, 0, 0, 1));
        JsonNode graph = server.json("node/" + root + "/subgraph");
        long[] leaves = ids(server.json("node/" + root + "/leaves").get("leaf_ids"));
        Edge[] expected = server.world.edges.stream().filter(e -> Arrays.binarySearch(leaves, e.a()) >= 0
                && Arrays.binarySearch(leaves, e.b()) >= 0).toArray(Edge[]::new);
        assertThat(graph.get("nodes").size()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(ids(graph.get("nodes").get(i))).containsExactly(expected[i].a(), expected[i].b());
            assertThat((float) graph.get("affinities").get(i).doubleValue()).isEqualTo(expected[i].affinity());
            assertThat(graph.get("areas").get(i).intValue()).isEqualTo((int) expected[i].area());
        }
        JsonNode more = server.json("node/" + root + "/subgraph?only_internal_edges=False");
        assertThat(more.get("nodes").size()).isEqualTo(expected.length + 1);
    }

    @Test
    void levelTwoGraphTellsThatItKeptToTheBounds() throws Exception {
        long root = root(id(0, 0, 0, 1));
        HttpResponse<byte[]> all = server.get(GraphServer.TABLE + "node/" + root + "/lvl2_graph");
        assertThat(all.headers().firstValue("Used-Bounds")).hasValue("False");
        HttpResponse<byte[]> some = server
                .get(GraphServer.TABLE + "node/" + root + "/lvl2_graph?bounds=0-128_0-64_0-64&name=stray");
        assertThat(some.headers().firstValue("Used-Bounds")).hasValue("True");
        assertThat(some.headers().firstValue("access-control-expose-headers").orElse("")).contains("Used-Bounds");
        TreeSet<Long> nodes = new TreeSet<>();
        for (JsonNode pair : GraphServer.json(all).get("edge_graph")) {
            nodes.add(pair.get(0).longValue());
            nodes.add(pair.get(1).longValue());
        }
        assertThat(nodes).hasSize(4);
        assertThat(GraphServer.json(some).get("edge_graph").size()).isOne();
    }

    @Test
    void tellsWhenNodesWereThere() throws Exception {
        long root = root(id(0, 0, 0, 1));
        double ingested = TrafficWorld.INGESTED.toEpochMilli() / 1000.0;
        String nodes = list("node_ids", root, id(0, 0, 0, 2));
        assertThat(server.json("root_timestamps", nodes).get("timestamp").get(0).doubleValue()).isEqualTo(ingested);
        assertThat(server.json("root_timestamps?latest=True&timestamp=1800000000.25", nodes).get("timestamp").get(1)
                .doubleValue()).isEqualTo(1800000000.25);
        assertThat(server.json("is_latest_roots", list("node_ids", root, 7)).get("is_latest").toString())
                .isEqualTo("[true,false]");
        assertThat(ids(server.json("valid_nodes", list("node_ids", root, 7)).get("valid_roots"))).containsExactly(root);
        assertThat(ids(GraphServer.json(server.send("GET", GraphServer.TABLE + "valid_nodes",
                list("node_ids", root, 7).getBytes(StandardCharsets.UTF_8))).get("valid_roots")))
                .containsExactly(root);
        assertThat(server.json("oldest_timestamp").get("iso").asString())
                .isEqualTo("2026-01-02 03:04:05.678000+00:00");
        assertThat(server.json("oldest_timestamp?delimiter=T").get("iso").asString())
                .isEqualTo("2026-01-02T03:04:05.678000+00:00");
        assertThat(server.json("root/" + root + "/last_edit").get("iso").asString()).startsWith("2026-01-02 03:04:05");
    }

    @Test
    void findsPathsAndPlaces() throws Exception {
        long root = root(id(0, 0, 0, 1));
        String ends = "[[" + root + ", 356.8, 456, 1740], [" + root + ", 1668.8, 1500, 1740]]";
        JsonNode path = server.json("graph/find_path?precision_mode=True&int64_as_str=1", ends);
        assertThat(path.get("l2_path").size()).isEqualTo(3);
        assertThat(path.get("centroids_list").size()).isEqualTo(3);
        assertThat(path.get("failed_l2_ids")).isEmpty();
        JsonNode rough = server.json("graph/find_path?precision_mode=0", ends);
        assertThat(rough.get("centroids_list").get(0).toString()).isEqualTo("[512.0,512.0,1280.0]");
        assertThat(ids(server.json("supervoxel_lookup",
                "[" + point(id(0, 0, 0, 3)) + ", [" + root + ", 356.8, 456, 400]]")))
                .containsExactly(id(0, 0, 0, 3), id(0, 0, 0, 1));
        assertThat(ids(server.json("roots_from_coords", "{\"coords\": [[1, 1, 1], [1, 127, 127], [-1, 0, 0]]}")
                .get("root_ids"))).containsExactly(root, 0, 0);
    }

    @Test
    void listsTheChildrenOfAChunk() throws Exception {
        long chunk = TrafficWorld.INFO.ids().id(2, Int3.ZERO, 0);
        long[] pairs = ids(
                server.get(GraphServer.TABLE + "l2_chunk_children_binary/" + chunk + "?as_array=True").body());
        assertThat(pairs).hasSize(16);
        assertThat(ids(server.json("l2_chunk_children/" + chunk + "?as_array=true").get("l2_chunk_children")))
                .isEqualTo(pairs);
        long[] supervoxels = LongStream.range(0, 8).map(i -> pairs[(int) (2 * i + 1)]).toArray();
        long[] level2 = ids(
                server.send("POST", GraphServer.TABLE + "roots_binary?stop_layer=2", raw(supervoxels)).body());
        assertThat(LongStream.range(0, 8).map(i -> pairs[(int) (2 * i)]).toArray()).isEqualTo(level2);
        JsonNode byNode = server.json("l2_chunk_children/" + chunk).get("l2_chunk_children");
        assertThat(byNode.propertyStream().mapToInt(p -> p.getValue().size()).sum()).isEqualTo(8);
    }

    @Test
    void cellsThatTouchHaveContactSites() throws Exception {
        long a = root(id(0, 0, 1, 4));
        long b = root(id(1, 0, 1, 1));
        long front = root(id(0, 0, 0, 2));
        JsonNode sites = GraphServer.json(server.send("GET",
                GraphServer.TABLE + "node/" + a + "/contact_sites?partners=True",
                ("[" + a + "]").getBytes(StandardCharsets.UTF_8)));
        assertThat(sites.get(Long.toString(b)).toString()).isEqualTo("[9]");
        assertThat(sites.get(Long.toString(front)).toString()).isEqualTo("[7]");
        assertThat(server.json("node/" + a + "/contact_sites").propertyNames()).containsExactly("0", "1");
        assertThat(server.json("contact_sites_pair/" + a + "/" + b).toString()).isEqualTo("[9]");
        assertThat(server.json("node/contact_sites_pair/" + b + "/" + front).toString()).isEqualTo("[]");
    }

    @Test
    void namesAndServesPiecesOfMeshes() throws Exception {
        long a = root(id(0, 0, 1, 4));
        JsonNode manifest = GraphServer.json(server.send("GET",
                "/meshing/api/v1/table/demo/manifest/" + a + ":0?verify=True&return_seg_ids=1",
                "{\"start_layer\": 2}".getBytes(StandardCharsets.UTF_8)));
        assertThat(manifest.get("fragments").size()).isEqualTo(manifest.get("seg_ids").size()).isOne();
        String name = manifest.get("fragments").get(0).asString();
        assertThat(name).isEqualTo(manifest.get("seg_ids").get(0) + ":0:0-64_0-64_64-128");
        byte[] draco = server.get("/segmentation/data/demo/graphene_meshes/dynamic/" + name).body();
        assertThat(new String(draco, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("DRACO");
        assertThat(server.get("/segmentation/data/demo/graphene_meshes/" + name).body()).isEqualTo(draco);
        assertThat(ids(server.get("/meshing/api/v1/table/demo/node/" + a + "/validfragments").body())).hasSize(1);
        assertThat(server.get("/segmentation/data/demo/graphene_meshes/dynamic/1:0:0-1_0-1_0-1").statusCode())
                .isEqualTo(404);
        assertThat(server.json("/meshing/api/v1/table/demo/manifest/" + a + ":0?start_layer=1").get("fragments"))
                .isEqualTo(manifest.get("fragments"));
        JsonNode none = server.json("/meshing/api/v1/table/demo/manifest/" + a + ":0?bounds=64-128_64-128_0-64");
        assertThat(none.get("fragments")).isEmpty();
        long level2 = manifest.get("seg_ids").get(0).longValue();
        assertThat(server.post("/meshing/api/v1/table/demo/remeshing", list("new_lvl2_ids", level2)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void theInfoLeadsToTheVolume() throws Exception {
        JsonNode info = server.json("/segmentation/table/demo/info");
        assertThat(server.json("/segmentation/1.0/demo/info")).isEqualTo(info);
        assertThat(info.get("graph").get("spatial_bit_masks").toString()).isEqualTo("{\"1\":10,\"2\":10,\"3\":1}");
        assertThat(info.get("graph").get("n_layers").intValue()).isEqualTo(3);
        assertThat(info.get("app").get("supported_api_versions").toString()).isEqualTo("[0,1]");
        assertThat(info.has("segment_properties")).isFalse();
        String data = info.get("data_dir").asString();
        assertThat(data).isEqualTo("http://127.0.0.1:" + server.server.port() + "/segmentation/data/demo");
        byte[] chunk = server.get("/segmentation/data/demo/16_16_40/0-64_64-128_0-64").body();
        assertThat(ids(chunk)[0]).isEqualTo(TrafficWorld.supervoxel(0, 64, 0));
        assertThat(server.json("/segmentation/data/demo/info").get("scales")).isEqualTo(info.get("scales"));
        assertThat(server.json("/segmentation/data/demo/graphene_meshes/info").has("sharding")).isTrue();
        assertThat(server.get("/segmentation/data/demo/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void clientsFindTheGraph() throws Exception {
        assertThat(server.json("/info/version").asString()).isEqualTo("4.3.3");
        assertThat(server.json("/info/api/v2/datastacks").toString()).isEqualTo("[\"demo\",\"demo_v1\",\"tiny\"]");
        JsonNode stack = server.json("/info/api/v2/datastack/full/demo");
        assertThat(stack.get("segmentation_source").asString())
                .isEqualTo("graphene://http://127.0.0.1:" + server.server.port() + "/segmentation/table/demo");
        assertThat(stack.get("aligned_volume").get("image_source").asString())
                .isEqualTo("precomputed://http://127.0.0.1:" + server.server.port() + "/data/em");
        assertThat(stack.get("viewer_resolution_z").doubleValue()).isEqualTo(33.0);
        assertThat(stack.get("synapse_table").isNull()).isTrue();
        assertThat(server.json("/info/api/v2/datastack/full/tiny").get("segmentation_source").asString())
                .startsWith("precomputed://");
        assertThat(server.json("/info/api/v2/aligned_volume/tiny").get("id").intValue()).isOne();
        assertThat(server.json("/info/api/v2/datastack/demo/image_sources").get(0).get("name").asString())
                .isEqualTo("tiny");
        assertThat(server.json("/segmentation/api/versions").toString()).isEqualTo("[0,1]");
        assertThat(server.json("/segmentation/api/version").asString()).isEqualTo("2.21.1");
        assertThat(server.json("/auth/api/v1/user?id=0").get(0).get("name").asString()).isEqualTo("anonymous");
        assertThat(server.json("/sticky_auth/api/v1/user/cache").get("permissions_v2").get("demo").toString())
                .contains("edit");
        for (String path : new String[]{"/info/api/v2/datastack/full/none", "/l2cache/api/v1/table_mapping",
            "/materialize/nothing", "/segmentation/table/none/info", "/segmentation/api/v1/table/none/oldest_timestamp",
            "/info/api/v2/aligned_volume/demo", "/auth_info"}) {
            HttpResponse<byte[]> reply = server.get(path);
            assertThat(reply.statusCode()).as(path).isEqualTo(404);
            assertThat(reply.headers().allValues("content-type")).containsExactly("application/json");
            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("\"code\" : 404", "\"message\"");
        }
    }
}
