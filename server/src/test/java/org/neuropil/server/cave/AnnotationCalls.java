package org.neuropil.server.cave;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// Asks the annotation service of a server, with single quotes for double ones.
record AnnotationCalls(GraphServer server) {
    static final String TABLES = "/annotation/api/v2/aligned_volume/tiny/table";
    private static final String VOXELS = "'voxel_resolution_x': 16, 'voxel_resolution_y': 16, 'voxel_resolution_z': 40";

    /// What came back.
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        /// What is wrong, as CAVE's clients find it.
        String message() {
            JsonNode problem = Json.MAPPER.readTree(text());
            if (problem.get("code").intValue() != status()) {
                throw new AssertionError(text());
            }
            return problem.get("message").asString();
        }

        JsonNode json() {
            if (status() != 200) {
                throw new AssertionError(status() + " " + text());
            }
            return Json.MAPPER.readTree(text());
        }

        String warning() {
            return response.headers().firstValue("warning").orElse("");
        }
    }

    /// @param path below the list of tables
    Reply send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        return new Reply(server.send(method, TABLES + path,
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers));
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /// Makes a table.
    ///
    /// @param more of its metadata, beginning with a comma, or empty
    Reply create(String table, String schema, String more, String... headers)
            throws IOException, InterruptedException {
        return send("POST", "", "{'table_name': '" + table + "', 'schema_type': '" + schema
                + "', 'metadata': {'description': 'for a test', " + VOXELS + more + "}}", headers);
    }

    /// Makes a table that was not there.
    AnnotationCalls with(String table, String schema, String more) throws IOException, InterruptedException {
        Reply reply = create(table, schema, more);
        if (reply.status() != 200 || !reply.text().equals(table)) {
            throw new AssertionError(reply.status() + " " + reply.text());
        }
        return this;
    }

    Reply insert(String table, String rows, String... headers) throws IOException, InterruptedException {
        return send("POST", "/" + table + "/annotations", "{'annotations': " + rows + "}", headers);
    }

    Reply update(String table, String rows, String... headers) throws IOException, InterruptedException {
        return send("PUT", "/" + table + "/annotations", "{'annotations': " + rows + "}", headers);
    }

    Reply delete(String table, String ids, String... headers) throws IOException, InterruptedException {
        return send("DELETE", "/" + table + "/annotations", "{'annotation_ids': " + ids + "}", headers);
    }

    /// Rows by their ids, with commas between.
    JsonNode rows(String table, String ids) throws IOException, InterruptedException {
        return get("/" + table + "/annotations?annotation_ids=" + ids).json();
    }

    int count(String table) throws IOException, InterruptedException {
        return get("/" + table + "/count").json().intValue();
    }
}
