package org.neuropil.server.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// Asks a server for its tables of tags, as CAVE's clients do.
final class TableClient {
    private static final String TABLES = "annotation/api/v2/aligned_volume/" + TrialDataset.NAME + "/table";
    private static final String STACK = "materialize/api/v3/datastack/" + TrialDataset.NAME;
    /// Everything that was acknowledged is of an earlier moment.
    private static final String PRESENT = "9000-01-01T00:00:00";

    private final URI server;
    private final HttpClient client;

    /// A row.
    ///
    /// @param cell that its point is bound to
    record Tag(long id, String tag, long cell) {}

    /// An answer that is none of success.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String text) {
            super(status + " " + text);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    TableClient(URI server, HttpClient client) {
        this.server = server;
        this.client = client;
    }

    private String send(String method, String path, String body) throws IOException {
        try {
            HttpResponse<String> reply = client.send(HttpRequest.newBuilder(server.resolve(path))
                    .method(method, body.isEmpty()
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body))
                    .build(), HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() >= 300) {
                throw new Refused(reply.statusCode(), reply.body());
            }
            return reply.body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void create(String table) throws IOException {
        send("POST", TABLES, "{\"table_name\": \"" + table + "\", \"schema_type\": \"bound_tag\", \"metadata\": "
                + "{\"description\": \"under trial\", \"voxel_resolution_x\": 16, \"voxel_resolution_y\": 16, "
                + "\"voxel_resolution_z\": 40}}");
    }

    void drop(String table) throws IOException {
        send("DELETE", TABLES + "/" + table, "");
    }

    List<String> tables() throws IOException {
        List<String> names = new ArrayList<>();
        Json.MAPPER.readTree(send("GET", TABLES, "")).forEach(name -> names.add(name.asString()));
        return names;
    }

    /// The x of a row's point, by its place in a batch.
    static int x(int row) {
        return row * 7 % TrialDataset.EDGE;
    }

    private static String row(String id, String tag, int row) {
        return "{" + id + "\"tag\": \"" + tag + "\", \"pt\": {\"position\": [" + x(row) + ", 5, 6]}}";
    }

    /// @return ids, in order
    long[] insert(String table, List<String> tags) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            rows.add(row("", tags.get(i), i));
        }
        return ids(Json.MAPPER.readTree(send("POST", TABLES + "/" + table + "/annotations",
                "{\"annotations\": [" + String.join(", ", rows) + "]}")));
    }

    private static long[] ids(JsonNode list) {
        return list.valueStream().mapToLong(JsonNode::longValue).toArray();
    }

    /// @return ids of the new rows, in order
    long[] update(String table, long[] ids, List<String> tags) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            rows.add(row("\"id\": " + ids[i] + ", ", tags.get(i), i));
        }
        JsonNode by = Json.MAPPER.readTree(send("PUT", TABLES + "/" + table + "/annotations",
                "{\"annotations\": [" + String.join(", ", rows) + "]}"));
        long[] fresh = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            fresh[i] = by.get(Long.toString(ids[i])).longValue();
        }
        return fresh;
    }

    void delete(String table, long[] ids) throws IOException {
        send("DELETE", TABLES + "/" + table + "/annotations",
                new String(Json.bytes(Map.of("annotation_ids", ids)), StandardCharsets.UTF_8));
    }

    /// How many rows there ever were.
    long count(String table) throws IOException {
        return Json.MAPPER.readTree(send("GET", TABLES + "/" + table + "/count", "")).longValue();
    }

    /// All rows that stand now.
    List<Tag> rows(String table) throws IOException {
        return tags(send("POST", STACK + "/query?return_pyarrow=False", "{\"table\": \"" + table
                + "\", \"timestamp\": \"" + PRESENT + "\"}"));
    }

    /// Which of some rows stand now.
    List<Tag> rows(String table, long[] ids) throws IOException {
        String list = Json.MAPPER.writeValueAsString(ids);
        return tags(send("POST", STACK + "/query?return_pyarrow=False", "{\"table\": \"" + table
                + "\", \"timestamp\": \"" + PRESENT + "\", \"filter_in_dict\": {\"" + table + "\": {\"id\": " + list
                + "}}}"));
    }

    /// All rows of a version.
    List<Tag> rows(String table, int version) throws IOException {
        return tags(send("POST", STACK + "/version/" + version + "/table/" + table + "/query?return_pyarrow=False",
                "{}"));
    }

    private static List<Tag> tags(String json) {
        List<Tag> rows = new ArrayList<>();
        for (JsonNode row : Json.MAPPER.readTree(json)) {
            rows.add(new Tag(row.get("id").longValue(), row.get("tag").asString(),
                    row.get("pt_root_id").longValue()));
        }
        return rows;
    }

    /// By which row one was replaced; 0 if it was deleted, -1 if it stands.
    long replacedBy(String table, long id) throws IOException {
        JsonNode row = Json.MAPPER.readTree(send("GET", TABLES + "/" + table + "/annotations?annotation_ids=" + id, ""))
                .get(0);
        if (row.get("valid").booleanValue()) {
            return -1;
        }
        return row.hasNonNull("superceded_id") ? row.get("superceded_id").longValue() : 0;
    }
}
