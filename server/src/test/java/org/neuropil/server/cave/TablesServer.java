package org.neuropil.server.cave;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;
import org.neuropil.server.TestDataset;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.GraphRoots;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.live.VolumeSupervoxels;

/// A server over tables of the world of the recorded sessions, and ways to ask it. What the tables hold is written before
/// it starts.
final class TablesServer implements AutoCloseable {
    static final String V3 = "/materialize/api/v3/datastack/demo/";
    static final String V2 = "/materialize/api/v2/datastack/demo/";

    final TrafficWorld world;
    private final DatasetServer server;
    private final Dataset dataset;
    private final HttpClient client = HttpClient.newHttpClient();

    /// Fills the tables.
    interface Filling {
        void fill(TrafficWorld world, Tables tables) throws IOException;
    }

    /// What an Arrow stream has.
    ///
    /// @param rows values by names, without absent ones, moments in microseconds
    /// @param metadata of the schema
    record Arrow(HttpResponse<byte[]> reply, List<Map<String, Object>> rows, List<String> names,
            Map<String, String> metadata) {
        String header(String name) {
            return reply.headers().firstValue(name).orElse("");
        }
    }

    TablesServer(Path folder, Filling filling) throws IOException {
        this(folder, ServerOptions.loopback(0), filling);
    }

    TablesServer(Path folder, ServerOptions options, Filling filling) throws IOException {
        dataset = TestDataset.write(folder.resolve("dataset"));
        world = new TrafficWorld(folder.resolve("meshes"));
        try (Tables tables = open(folder.resolve("dataset"), world)) {
            filling.fill(world, tables);
        }
        server = DatasetServer.start(folder.resolve("dataset"), options, StaticSite.none(), world);
    }

    private static Tables open(Path dataset, TrafficWorld world) throws IOException {
        return OpenTables.open(dataset, "", new GraphRoots((LiveGraph) world.graph),
                new VolumeSupervoxels(_ -> (SupervoxelVolume) world.find(TrafficWorld.NAME)
                        .orElseThrow().supervoxels()));
    }

    /// Says something of a table in voxels of the world.
    static TableInfo info(String name, String schema, Optional<String> reference) {
        return new TableInfo(name, schema, "of a test", new VoxelSize(16, 16, 40), "ada", reference, false, "", "",
                Permission.PRIVATE, Permission.PUBLIC);
    }

    URI uri(String path) {
        return URI.create(server.uri() + path.substring(1));
    }

    HttpResponse<byte[]> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /// The text of a reply that has a status.
    String text(int status, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> reply = send(method, path, body, headers);
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.statusCode() != status) {
            throw new AssertionError(path + " " + body + ": " + reply.statusCode() + " " + text);
        }
        return text;
    }

    String get(String path) throws IOException, InterruptedException {
        return text(200, "GET", path, "");
    }

    /// The rows that a query gives, as Python's client asks for them.
    Arrow query(String path, String body, String... headers) throws IOException, InterruptedException {
        String parameters = "return_pyarrow=True&arrow_format=True&direct_sql_pandas=True&split_positions=True";
        HttpResponse<byte[]> reply = send("POST", path + (path.contains("?") ? "&" : "?") + parameters, body, headers);
        if (reply.statusCode() != 200
                || !reply.headers().allValues("content-type").equals(List.of("data.arrow"))) {
            throw new AssertionError(path + " " + body + ": " + reply.statusCode() + " " + reply.headers().map() + " "
                    + new String(reply.body(), StandardCharsets.UTF_8));
        }
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(reply.body()), allocator,
                        CommonsCompressionFactory.INSTANCE)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<Map<String, Object>> rows = new ArrayList<>();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (FieldVector vector : root.getFieldVectors()) {
                        Object value = value(vector, row);
                        if (value != null) {
                            values.put(vector.getName(), value);
                        }
                    }
                    rows.add(values);
                }
            }
            return new Arrow(reply, rows, root.getSchema().getFields().stream().map(field -> field.getName()).toList(),
                    root.getSchema().getCustomMetadata());
        }
    }

    private static @Nullable Object value(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof TimeStampNanoTZVector moments) {
            return moments.get(row) / 1000;
        }
        Object value = vector.getObject(row);
        return value instanceof Text ? value.toString() : value;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        world.close();
        dataset.close();
    }
}
