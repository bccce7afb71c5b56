package org.neuropil.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.AnnotationTables;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.space.InputException;
import org.neuropil.tables.schema.SchemaJson;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;

import tools.jackson.databind.JsonNode;

/// The kinds of annotations in our own form, see [SchemaJson]: those that there are, and adding one of the dataset's own.
final class SchemaApi {
    static final String PATH = "/api/v1/schemas";

    private SchemaApi() {}

    /// A kind of annotations.
    ///
    /// @param name of the kind
    /// @param fields in order: each has `kind` (`point`, `value` or `reference`) and `name`, and may have `required`,
    ///     `description`, `bound`, `type`, `nullable`, `unit`, `index`, `one_of` and `default`
    record Kind(String name, List<Map<String, Object>> fields) {}

    /// All kinds.
    ///
    /// @param schemas in alphabetical order
    record Kinds(List<Kind> schemas) {}

    /// The routes.
    static List<Route> routes(GraphCalls calls, AnnotationTables tables) {
        return List.of(
                new Route(PATH, "schemas", "The kinds of annotations", List.of(), MediaTypes.JSON, Kinds.class,
                        call -> calls.annotations(() -> all(tables))),
                new Route(List.of("POST"), PATH, "schema-add",
                        "Adds a kind of annotations; to add what is there already changes nothing",
                        List.of(GraphApi.USER), Kind.class, MediaTypes.JSON, Kind.class, call -> {
                            calls.guard().check(call);
                            byte[] body = call.payload().bytes();
                            return calls.annotations(() -> add(body, tables));
                        }));
    }

    private static Answer all(AnnotationTables tables) throws IOException {
        Schemas schemas = tables.get().schemas();
        List<JsonNode> all = new ArrayList<>();
        for (String name : schemas.names()) {
            all.add(Json.MAPPER.readTree(SchemaJson.bytes(schemas.get(name))));
        }
        return GraphApi.answer(Map.of("schemas", all));
    }

    private static Answer add(byte[] body, AnnotationTables tables) throws IOException {
        TableSchema schema;
        try {
            schema = SchemaJson.parse(body, "body");
        } catch (InputException e) {
            throw new Problem(400, e.what(), e.where(), e.hint());
        }
        Schemas schemas = tables.get().schemas();
        try {
            schemas.add(schema);
        } catch (InputException e) {
            // Where it is kept is nobody's business.
            throw new Problem(400, e.what(), "name", e.hint());
        }
        return new Answer.Result(MediaTypes.JSON, SchemaJson.bytes(schema));
    }
}
