package org.neuropil.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.physiology.store.SessionWriter;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// A server over a dataset that holds a made session, and ways to ask it.
final class SessionsServer implements AutoCloseable {
    static final String NAME = "made_c1v3";
    static final String PATH = "/api/v1/sessions/" + NAME;
    private static final String ARROW = "application/vnd.apache.arrow.stream";

    final MadeSession made = new MadeSession(new MadePlan(1, 3, List.of(4, 3), Protocol.TINY, 5));
    final Path folder;
    private final Dataset dataset;
    private final DatasetServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    SessionsServer(Path folder, ServerOptions options) throws IOException {
        this.folder = folder;
        dataset = Dataset.openOrCreate(folder, new Dataset.About("seen", "Made", "nobody", "CC0", "https://a.example"));
        SessionWriter.write(made, SessionImport.place(folder, NAME), EnumSet.of(TraceKind.DFF, TraceKind.EVENTS));
        server = DatasetServer.start(folder, options, StaticSite.none());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1)))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static String text(HttpResponse<byte[]> reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /// The JSON of a reply with a status.
    JsonNode json(int status, String path) throws IOException, InterruptedException {
        return json(status, get(path));
    }

    static JsonNode json(int status, HttpResponse<byte[]> reply) {
        if (reply.statusCode() != status) {
            throw new AssertionError(reply.statusCode() + " " + text(reply));
        }
        return Json.MAPPER.readTree(reply.body());
    }

    /// The rows of an Arrow stream, without absent values.
    List<Map<String, Object>> arrow(String path) throws IOException, InterruptedException {
        return arrow(get(path, "Accept", ARROW));
    }

    static List<Map<String, Object>> arrow(HttpResponse<byte[]> reply) throws IOException {
        if (!reply.headers().allValues("content-type").equals(List.of(ARROW))) {
            throw new AssertionError(reply.statusCode() + " " + text(reply));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(reply.body()), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (FieldVector vector : root.getFieldVectors()) {
                        Object value = value(vector.getObject(row));
                        if (value != null) {
                            values.put(vector.getName(), value);
                        }
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return value instanceof Text ? value.toString() : value;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        dataset.close();
    }
}
