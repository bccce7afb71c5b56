package org.neuropil.tables.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.Json;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is said of a table, and its schema, as text that a store keeps.
final class StoredJson {
    private StoredJson() {}

    static String of(TableInfo info) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", info.name()).put("schema", info.schema()).put("description", info.description());
        json.putArray("resolution").add(info.resolution().x()).add(info.resolution().y()).add(info.resolution().z());
        json.put("user", info.user());
        info.reference().ifPresent(table -> json.put("reference", table));
        json.put("tracks_targets", info.tracksTargets()).put("segmentation", info.segmentation())
                .put("notice", info.notice()).put("write", info.write().name()).put("read", info.read().name());
        return Json.MAPPER.writeValueAsString(json);
    }

    static TableInfo info(String text) {
        JsonNode json = Json.MAPPER.readTree(text);
        JsonNode size = json.required("resolution");
        return new TableInfo(string(json, "name"), string(json, "schema"), string(json, "description"),
                new VoxelSize(size.required(0).doubleValue(), size.required(1).doubleValue(),
                        size.required(2).doubleValue()),
                string(json, "user"),
                json.has("reference") ? Optional.of(string(json, "reference")) : Optional.empty(),
                json.required("tracks_targets").booleanValue(), string(json, "segmentation"), string(json, "notice"),
                TableInfo.Permission.valueOf(string(json, "write")),
                TableInfo.Permission.valueOf(string(json, "read")));
    }

    static String of(TableSchema schema) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", schema.name());
        ArrayNode fields = json.putArray("fields");
        for (Field field : schema.fields()) {
            ObjectNode one = fields.addObject();
            one.put("name", field.name()).put("required", field.required()).put("description", field.description());
            switch (field) {
                case Field.Point point -> one.put("kind", "point").put("bound", point.bound());
                case Field.Reference _ -> one.put("kind", "reference");
                case Field.Value value -> {
                    one.put("kind", "value").put("type", value.type().name()).put("nullable", value.nullable())
                            .put("unit", value.unit()).put("index", value.indexed());
                    value.otherwise().ifPresent(text -> one.put("default", text));
                    ArrayNode oneOf = one.putArray("one_of");
                    value.oneOf().forEach(oneOf::add);
                }
            }
        }
        return Json.MAPPER.writeValueAsString(json);
    }

    static TableSchema schema(String text) {
        JsonNode json = Json.MAPPER.readTree(text);
        List<Field> fields = new ArrayList<>();
        for (JsonNode one : json.required("fields")) {
            String name = string(one, "name");
            boolean required = one.required("required").booleanValue();
            String description = string(one, "description");
            fields.add(switch (string(one, "kind")) {
                case "point" -> new Field.Point(name, required, one.required("bound").booleanValue(), description);
                case "reference" -> new Field.Reference(name, required, description);
                default -> {
                    List<String> oneOf = new ArrayList<>();
                    one.required("one_of").forEach(value -> oneOf.add(value.stringValue()));
                    yield new Field.Value(name, required, ColumnType.valueOf(string(one, "type")),
                            one.required("nullable").booleanValue(), oneOf, string(one, "unit"), description,
                            one.path("index").asBoolean(false),
                            one.has("default") ? Optional.of(string(one, "default")) : Optional.empty());
                }
            });
        }
        return new TableSchema(string(json, "name"), fields);
    }

    private static String string(JsonNode json, String field) {
        return json.required(field).stringValue();
    }
}
