package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.tables.column.ColumnType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Kinds of annotations as JSON Schema of draft 7, in the shape that CAVE's schema service has and its clients look into: a
/// reference to a definition by the class's name, definitions of the points beside it, numbers with a `format`.
///
/// | field | document |
/// |---|---|
/// | bound point, unbound point | reference to `BoundSpatialPoint`, `SpatialPoint` |
/// | bound point with values `NAME_dependent_chunk` and `NAME_level` | reference to `DerivedSpatialPoint` |
/// | reference | `integer`, by the name `target_id` |
/// | id, whole number of 64 bits | `integer`; of the name `user_id`, `number` of format `integer` |
/// | whole number of 32 bits | `number` of format `integer` |
/// | number | `number` of format `float`, also of double precision: clients know no other |
/// | truth value, text | `boolean`, `string` |
/// | moment | `string` of format `date-time` |
///
/// Each kind but that of a bare point has a `valid`, which is no field of ours: whether a row stands is known without.
final class SchemaDocument {
    static final String TARGET = "target_id";
    static final String VALID = "valid";
    private static final String USER = "user_id";
    private static final String DEFINITIONS = "#/definitions/";
    private static final String BOUND = "BoundSpatialPoint";
    private static final String UNBOUND = "SpatialPoint";
    private static final String DERIVED = "DerivedSpatialPoint";
    private static final List<String> DERIVED_PARTS = List.of("dependent_chunk", "level");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SchemaDocument() {}

    /// The kind that a document describes. Documents have their properties in the order of names, which says nothing; so
    /// fields are `target_id`, then points by `order` where they have one, then by name, then values by name.
    static TableSchema read(String name, JsonNode document) {
        String type = className(document);
        if (type.equals(DERIVED)) {
            return new TableSchema(name, derived(new Field.Point("", true, true, "")));
        }
        JsonNode definition = document.required("definitions").required(type);
        Set<String> required = new HashSet<>();
        definition.required("required").forEach(one -> required.add(one.asString()));
        List<Field> references = new ArrayList<>();
        List<Field> values = new ArrayList<>();
        Map<String, Field.Point> points = new TreeMap<>();
        Map<String, Integer> order = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : definition.required("properties").properties()) {
            String field = property.getKey();
            JsonNode said = property.getValue();
            String description = said.path("description").asString("");
            if (said.has("$ref")) {
                String kind = className(said);
                Field.Point point = new Field.Point(field, required.contains(field), !kind.equals(UNBOUND),
                        description);
                points.put(field, point);
                order.put(field, said.path("order").asInt(Integer.MAX_VALUE));
                if (kind.equals(DERIVED)) {
                    values.addAll(derived(point).subList(1, 1 + DERIVED_PARTS.size()));
                }
            } else if (field.equals(TARGET)) {
                references.add(new Field.Reference(field, required.contains(field), description));
            } else if (!field.equals(VALID)) {
                values.add(value(field, required.contains(field), said));
            }
        }
        List<Field> fields = new ArrayList<>(references);
        points.values().stream().sorted(Comparator.comparing(point -> order.get(point.name()))).forEach(fields::add);
        values.stream().sorted(Comparator.comparing(Field::name)).forEach(fields::add);
        return new TableSchema(name, fields);
    }

    /// The name of the definition that a document, or a property, refers to.
    static String className(JsonNode referring) {
        return referring.required("$ref").asString().substring(DEFINITIONS.length());
    }

    /// A point that depends on a chunk of the segmentation, and its parts as values.
    private static List<Field> derived(Field.Point point) {
        return List.of(point,
                new Field.Value(point.column(DERIVED_PARTS.get(0)), point.required(), ColumnType.INT64, false,
                        List.of(), "", ""),
                new Field.Value(point.column(DERIVED_PARTS.get(1)), false, ColumnType.INT64, false, List.of(), "", ""));
    }

    private static Field.Value value(String name, boolean required, JsonNode said) {
        JsonNode type = said.required("type");
        boolean nullable = type.isArray();
        List<String> oneOf = new ArrayList<>();
        said.path("enum").forEach(one -> oneOf.add(one.asString()));
        return new Field.Value(name, required,
                type(name, (nullable ? type.get(0) : type).asString(), said.path("format").asString("")), nullable,
                oneOf, said.path("unit").asString(""), said.path("description").asString(""),
                said.path("index").asBoolean(false),
                Optional.ofNullable(said.get("default")).map(JsonNode::asString));
    }

    private static ColumnType type(String name, String type, String format) {
        return switch (type + ":" + format) {
            case "integer:" -> name.endsWith("_id") ? ColumnType.ID : ColumnType.INT64;
            case "number:integer" -> name.equals(USER) ? ColumnType.ID : ColumnType.INT32;
            case "number:float" -> ColumnType.FLOAT32;
            case "boolean:" -> ColumnType.BOOLEAN;
            case "string:" -> ColumnType.TEXT;
            case "string:date-time" -> ColumnType.TIMESTAMP;
            default -> throw new IllegalStateException(name + " is " + type + " of format " + format);
        };
    }

    /// The document of a kind, its class named after the kind: `spine_head` is `SpineHead`.
    static ObjectNode of(TableSchema schema) {
        StringBuilder name = new StringBuilder();
        for (String word : schema.name().split("_")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        boolean taken = List.of(BOUND, UNBOUND, DERIVED).contains(name.toString());
        return of(schema, taken ? name + "Schema" : name.toString());
    }

    /// The document of a kind.
    ///
    /// @param type what its class is called
    static ObjectNode of(TableSchema schema, String type) {
        TreeMap<String, JsonNode> definitions = new TreeMap<>();
        TreeMap<String, JsonNode> properties = new TreeMap<>();
        ArrayNode required = JSON.arrayNode();
        Set<String> parts = new HashSet<>();
        for (Field.Point point : schema.bound()) {
            if (isDerived(schema, point)) {
                DERIVED_PARTS.forEach(part -> parts.add(point.column(part)));
            }
        }
        for (Field field : schema.fields()) {
            if (parts.contains(field.name())) {
                continue;
            }
            if (field instanceof Field.Point point) {
                String kind = isDerived(schema, point) ? DERIVED : point.bound() ? BOUND : UNBOUND;
                definitions.put(kind, definition(kind));
                properties.put(point.name(), describe(reference(kind), point.description()));
            } else {
                properties.put(field.name(), property(field));
            }
        }
        if (!properties.containsKey("")) { // else the row itself is the point
            schema.fields().stream().filter(field -> field.required() && !parts.contains(field.name()))
                    .map(Field::name).sorted().forEach(required::add);
            properties.put(VALID, valid());
            definitions.put(type, object(true, properties, required));
        }
        ObjectNode document = JSON.objectNode().put("$ref", DEFINITIONS + type);
        document.put("$schema", "http://json-schema.org/draft-07/schema#");
        document.set("definitions", JSON.objectNode().setAll(definitions));
        return document;
    }

    private static boolean isDerived(TableSchema schema, Field.Point point) {
        return point.bound() && DERIVED_PARTS.stream().map(point::column).allMatch(part -> schema.fields().stream()
                .anyMatch(field -> field.name().equals(part) && field instanceof Field.Value));
    }

    private static ObjectNode reference(String kind) {
        return JSON.objectNode().put("$ref", DEFINITIONS + kind).put("type", "object");
    }

    private static ObjectNode definition(String kind) {
        TreeMap<String, JsonNode> properties = new TreeMap<>(Map.of("position", typed("array")));
        ArrayNode required = JSON.arrayNode();
        if (!kind.equals(UNBOUND)) {
            properties.put("supervoxel_id", typed("integer"));
            properties.put("root_id", typed("integer"));
        }
        if (kind.equals(DERIVED)) {
            DERIVED_PARTS.forEach(part -> properties.put(part, typed("integer")));
            required.add(DERIVED_PARTS.getFirst());
        }
        return object(false, properties, required.add("position"));
    }

    private static ObjectNode object(boolean others, Map<String, JsonNode> properties, ArrayNode required) {
        ObjectNode object = JSON.objectNode().put("additionalProperties", others);
        object.set("properties", JSON.objectNode().setAll(properties));
        object.set("required", required); // also where it is empty: clients look for it
        return object.put("type", "object");
    }

    private static ObjectNode valid() {
        ObjectNode valid = JSON.objectNode().put("default", false).put("description", "is this annotation valid");
        valid.put("title", VALID);
        valid.set("type", JSON.arrayNode().add("boolean").add("null"));
        return valid;
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode describe(ObjectNode property, String description) {
        return description.isEmpty() ? property : property.put("description", description);
    }

    private static ObjectNode property(Field field) {
        if (!(field instanceof Field.Value value)) {
            return describe(typed("integer"), field.description());
        }
        boolean bare = isBare(value);
        ObjectNode property = describe(JSON.objectNode(), value.description());
        value.otherwise().ifPresent(text -> property.set("default", constant(value.type(), text)));
        if (!value.oneOf().isEmpty()) {
            ArrayNode constants = JSON.arrayNode();
            value.oneOf().forEach(text -> constants.add(constant(value.type(), text)));
            property.set("enum", constants);
            property.set("enumNames", JSON.arrayNode());
        }
        String type = switch (value.type()) {
            case ID, INT64, INT32 -> bare ? "integer" : "number";
            case FLOAT32, FLOAT64 -> "number";
            case BOOLEAN -> "boolean";
            case TEXT, TIMESTAMP -> "string";
        };
        String format = switch (value.type()) {
            case ID, INT64, INT32 -> bare ? "" : "integer";
            case FLOAT32, FLOAT64 -> "float";
            case BOOLEAN, TEXT -> "";
            case TIMESTAMP -> "date-time";
        };
        if (!format.isEmpty()) {
            property.put("format", format);
        }
        if (value.indexed()) {
            property.put("index", true);
        }
        if (!bare) {
            property.put("title", value.name());
        }
        if (value.nullable()) {
            property.set("type", JSON.arrayNode().add(type).add("null"));
        } else {
            property.put("type", type);
        }
        return value.unit().isEmpty() ? property : property.put("unit", value.unit());
    }

    private static boolean isBare(Field.Value value) {
        return value.type() == ColumnType.INT64 || value.type() == ColumnType.ID && !value.name().equals(USER);
    }

    /// A value that is given as text, as JSON.
    static JsonNode constant(ColumnType type, String text) {
        return switch (type) {
            case ID, INT64 -> JSON.numberNode(Long.parseLong(text));
            case INT32 -> JSON.numberNode(Integer.parseInt(text));
            case FLOAT32, FLOAT64 -> JSON.numberNode(Double.parseDouble(text));
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(text));
            case TEXT, TIMESTAMP -> JSON.stringNode(text);
        };
    }
}
