package org.neuropil.server.cave;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;
import org.neuropil.server.TestDataset;

import tools.jackson.databind.JsonNode;

/// A server over the world of the recorded sessions, and ways to ask it.
final class GraphServer implements AutoCloseable {
    static final String TABLE = "/segmentation/api/v1/table/demo/";

    final TrafficWorld world;
    final DatasetServer server;
    private final Dataset dataset;
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    GraphServer(Path folder) throws IOException {
        this(folder, ServerOptions.loopback(0));
    }

    GraphServer(Path folder, ServerOptions options) throws IOException {
        dataset = TestDataset.write(folder.resolve("dataset"));
        world = new TrafficWorld(folder.resolve("meshes"));
        server = DatasetServer.start(folder.resolve("dataset"), options, StaticSite.none(), world);
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1)))
                .method(method, body.length == 0
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, new byte[0]);
    }

    HttpResponse<byte[]> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /// The JSON that a path under the table answers with 200.
    JsonNode json(String path) throws IOException, InterruptedException {
        return json(get(path.startsWith("/") ? path : TABLE + path));
    }

    /// The JSON that a POST under the table answers with 200.
    JsonNode json(String path, String body) throws IOException, InterruptedException {
        return json(post(path.startsWith("/") ? path : TABLE + path, body));
    }

    static JsonNode json(HttpResponse<byte[]> reply) {
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.statusCode() != 200
                || !reply.headers().allValues("content-type").equals(List.of("application/json"))) {
            throw new AssertionError(reply.statusCode() + " " + reply.headers().map() + " " + text);
        }
        return Json.MAPPER.readTree(text);
    }

    static long[] ids(JsonNode list) {
        return list.valueStream().mapToLong(JsonNode::longValue).toArray();
    }

    static byte[] raw(long... ids) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(ids);
        return bytes.array();
    }

    static long[] ids(byte[] raw) {
        long[] ids = new long[raw.length / 8];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(ids);
        return ids;
    }

    /// Sends bytes as they are, for what no proper client would send; the reply up to its end, or to the connection's.
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /// A list of ids as JSON.
    static String list(String field, long... ids) {
        return "{\"" + field + "\": " + Arrays.toString(ids) + "}";
    }

    /// A point as clients write it.
    static String point(EditPoint point) {
        return "[" + Long.toUnsignedString(point.node()) + ", " + point.x() + ", " + point.y() + ", " + point.z() + "]";
    }

    /// A supervoxel as a point.
    static String point(long supervoxel) {
        return point(new EditPoint(supervoxel, 900, 400, 3980));
    }

    /// Joins objects A and B.
    JsonNode merge() throws IOException, InterruptedException {
        return json("merge",
                "[" + point(TrafficWorld.id(0, 0, 1, 4)) + ", " + point(TrafficWorld.id(1, 0, 1, 1)) + "]");
    }

    /// Cuts P from Q.
    JsonNode split() throws IOException, InterruptedException {
        return json("split", cut());
    }

    /// The body that cuts P from Q.
    static String cut() {
        return "{\"sources\": [" + point(TrafficWorld.id(1, 0, 0, 3)) + ", " + point(TrafficWorld.id(0, 0, 0, 4))
                + "], \"sinks\": [" + point(TrafficWorld.id(1, 1, 0, 3)) + "]}";
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        world.close();
        dataset.close();
    }
}
