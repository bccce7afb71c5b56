package org.neuropil.server.cave;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.schema.Schemas;

import tools.jackson.databind.node.ObjectNode;

/// The schema service: the kinds of annotations, those of CAVE and the dataset's own, as JSON Schema.
final class SchemaEndpoints {
    /// The CAVE service whose contract is kept.
    static final String VERSION = "5.26.3";

    private final AnnotationTables tables;

    SchemaEndpoints(AnnotationTables tables) {
        this.tables = tables;
    }

    /// `GET type`.
    Answer names(Call call) throws IOException {
        return CaveJson.answer(call, tables.get().schemas().names());
    }

    /// `GET type/{name}`.
    Answer document(Call call) throws IOException {
        return CaveJson.answer(call, document(call.variable("name")));
    }

    /// `POST types?schema_names=a,b`.
    Answer documents(Call call) throws IOException {
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        for (String name : call.parameter("schema_names").orElse("").split(",", -1)) {
            if (!name.isBlank()) {
                documents.put(name.strip(), document(name.strip()));
            }
        }
        return CaveJson.answer(call, documents);
    }

    /// `GET types_all`.
    Answer all(Call call) throws IOException {
        Schemas schemas = tables.get().schemas();
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        for (String name : schemas.names()) {
            documents.put(name, document(name));
        }
        return CaveJson.answer(call, documents);
    }

    private ObjectNode document(String name) throws IOException {
        return tables.get().schemas().document(name).orElseThrow(() -> Problem.notFound(
                "there is no schema '" + name + "'", "schema_name", "/schema/api/v2/type lists what there is"));
    }
}
