package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.pipeline.Json;
import org.neuropil.tables.schema.Schemas;

import tools.jackson.databind.JsonNode;

/// Kinds of annotations in our own form.
class SchemaApiTest {
    private static final String SPINE = """
            {"name": "spine", "fields": [
              {"kind": "point", "name": "pt", "required": true, "bound": true, "description": "its tip"},
              {"kind": "value", "name": "volume", "type": "float32", "unit": "um^3"},
              {"kind": "value", "name": "shape", "type": "text", "one_of": ["mushroom", "stubby"], "default": "stubby"}]}
            """;

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private static ServerFixture server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = new ServerFixture(temp.resolve("dataset"));
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        server.close();
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(server.server.uri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String method, String path, String body) throws Exception {
        HttpResponse<String> reply = send(method, path, body);
        assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
        return Json.MAPPER.readTree(reply.body());
    }

    @Test
    void aKindThatWasAddedCanBeUsed() throws Exception {
        JsonNode added = json("POST", "api/v1/schemas", SPINE);
        assertThat(added).isEqualTo(Json.MAPPER.readTree(SPINE));
        assertThat(json("POST", "api/v1/schemas", SPINE)).as("again").isEqualTo(added);
        Map<String, JsonNode> all = new TreeMap<>();
        json("GET", "api/v1/schemas", "").get("schemas").forEach(one -> all.put(one.get("name").asString(), one));
        assertThat(all).containsKeys(Schemas.known().keySet().toArray(String[]::new)).containsEntry("spine", added)
                .hasSize(58);
        assertThat(json("GET", "schema/api/v2/type", "").valueStream().map(JsonNode::asString)).contains("spine");
        assertThat(json("GET", "schema/api/v2/type/spine", "").get("$ref").asString()).startsWith("#/definitions/");
        HttpResponse<String> other = send("POST", "api/v1/schemas", SPINE.replace("um^3", "nm^3"));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("another kind").doesNotContain(temp.toString());
        String volume = "annotation/api/v2/aligned_volume/tiny/table";
        send("POST", volume, """
                {"table_name": "spines", "schema_type": "spine", "metadata": {"description": "d",
                 "voxel_resolution_x": 8, "voxel_resolution_y": 8, "voxel_resolution_z": 33}}""");
        assertThat(json("POST", volume + "/spines/annotations", """
                {"annotations": [{"pt": {"position": [0, 0, 0]}, "volume": 0.25}]}""")).hasToString("[1]");
        JsonNode row = json("GET", volume + "/spines/annotations?annotation_ids=1", "").get(0);
        assertThat(row.get("shape").asString()).isEqualTo("stubby");
        HttpResponse<String> wrong = send("POST", volume + "/spines/annotations", """
                {"annotations": [{"pt": {"position": [0, 0, 0]}, "shape": "round"}]}""");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("row 0", "shape", "mushroom");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"''|body|no JSON", "{|body|no JSON",
        "{'name': 'a'}|body|", "{'name': 'A b', 'fields': [{'kind': 'point', 'name': 'pt'}]}|body, name|'A b'",
        "{'name': '../a', 'fields': [{'kind': 'point', 'name': 'pt'}]}|body, name|'../a'",
        "{'name': 'a', 'fields': [{'kind': 'line', 'name': 'pt'}]}|fields[0]|line",
        "{'name': 'a', 'fields': [{'kind': 'point', 'name': 'pt', 'colour': 1}]}|fields[0].colour|no such key",
        "{'name': 'synapse', 'fields': [{'kind': 'point', 'name': 'pt'}]}|name|synapse"})
    void whatIsNoKindIsRefused(String body, String where, String words) throws Exception {
        HttpResponse<String> reply = send("POST", "api/v1/schemas", body.replace('\'', '"'));
        assertThat(reply.statusCode()).isEqualTo(400);
        JsonNode told = Json.MAPPER.readTree(reply.body());
        assertThat(told.get("where").asString()).contains(where);
        assertThat(told.get("error").asString()).contains(words == null ? "" : words).doesNotContain("Exception");
    }

    @Test
    void itIsDescribed() throws Exception {
        JsonNode path = json("GET", "api/v1/openapi.json", "").get("paths").get("/api/v1/schemas");
        assertThat(path.propertyNames()).containsExactlyInAnyOrder("get", "post");
        assertThat(path.get("post").get("requestBody").get("content").get("application/json").get("schema")
                .get("properties").propertyNames()).containsExactlyInAnyOrder("name", "fields");
    }
}
