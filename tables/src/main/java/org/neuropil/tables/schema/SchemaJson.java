package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A kind of annotations as a small JSON file, complete: what is written is read as the same.
///
/// ```json
/// {
///   "fields" : [
///     {"kind" : "point", "name" : "pt", "required" : true, "bound" : true, "description" : "tip of the spine"},
///     {"kind" : "value", "name" : "volume", "type" : "float32", "nullable" : true, "unit" : "um^3"},
///     {"kind" : "value", "name" : "shape", "type" : "text", "one_of" : ["mushroom", "stubby"], "default" : "stubby",
///       "index" : true},
///     {"kind" : "reference", "name" : "target_id", "required" : true}
///   ],
///   "name" : "spine"
/// }
/// ```
///
/// Types are `id`, `int64`, `int32`, `float32`, `float64`, `boolean`, `text` and `timestamp`. What is left out is false or
/// empty, and is left out where it is written. There is nothing else: an unknown key is an error.
public final class SchemaJson {
    private static final JsonMapper STRICT = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final List<String> KINDS = List.of("point", "value", "reference");
    private static final List<String> TYPES = Arrays.stream(ColumnType.values()).map(SchemaJson::word).toList();

    private SchemaJson() {}

    /// As UTF-8 text with keys in alphabetical order: equal kinds give equal bytes.
    public static byte[] bytes(TableSchema schema) {
        return Json.bytes(tree(schema));
    }

    private static Map<String, Object> tree(TableSchema schema) {
        return Map.of("name", schema.name(), "fields", schema.fields().stream().map(SchemaJson::tree).toList());
    }

    private static Map<String, Object> tree(Field field) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("name", field.name());
        say(tree, "required", field.required());
        say(tree, "description", field.description());
        switch (field) {
            case Field.Point point -> {
                tree.put("kind", "point");
                say(tree, "bound", point.bound());
            }
            case Field.Value value -> {
                tree.put("kind", "value");
                tree.put("type", word(value.type()));
                say(tree, "nullable", value.nullable());
                say(tree, "unit", value.unit());
                say(tree, "index", value.indexed());
                if (!value.oneOf().isEmpty()) {
                    tree.put("one_of", value.oneOf().stream().map(text -> SchemaDocument.constant(value.type(), text))
                            .toList());
                }
                value.otherwise()
                        .ifPresent(text -> tree.put("default", SchemaDocument.constant(value.type(), text)));
            }
            case Field.Reference _ -> tree.put("kind", "reference");
        }
        return tree;
    }

    private static void say(Map<String, Object> tree, String key, boolean flag) {
        if (flag) {
            tree.put(key, true);
        }
    }

    private static void say(Map<String, Object> tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }

    private static String word(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /// Reads one.
    ///
    /// @param file its name, for errors
    /// @throws InputException if the bytes are none; names file, field and value
    public static TableSchema parse(byte[] bytes, String file) {
        JsonNode root;
        try {
            root = STRICT.readTree(bytes);
        } catch (JacksonException e) {
            throw new InputException(
                    "is no JSON: " + e.getOriginalMessage().replaceAll("(?s)\\s*(at )?\\[Source:.*", ""),
                    file, "mend it", e);
        }
        StrictObject top = new StrictObject(root, file, "");
        String name = top.text("name");
        List<Field> fields = new ArrayList<>();
        List<JsonNode> list = top.list("fields");
        for (int i = 0; i < list.size(); i++) {
            fields.add(field(new StrictObject(list.get(i), file, "fields[" + i + "]")));
        }
        top.end();
        TableSchema schema = new TableSchema(name, fields);
        SchemaRules.check(schema, file);
        return schema;
    }

    private static Field field(StrictObject said) {
        String name = said.text("name");
        String kind = said.choice("kind", KINDS);
        boolean required = said.flag("required");
        String description = said.text("description", "");
        Field field = switch (kind) {
            case "point" -> new Field.Point(name, required, said.flag("bound"), description);
            case "reference" -> new Field.Reference(name, required, description);
            default -> {
                ColumnType type = ColumnType.valueOf(said.choice("type", TYPES).toUpperCase(Locale.ROOT));
                List<String> oneOf = new ArrayList<>();
                for (JsonNode one : said.list("one_of")) {
                    oneOf.add(constant(said, "one_of[" + oneOf.size() + "]", type, one));
                }
                @Nullable
                JsonNode otherwise = said.take("default");
                yield new Field.Value(name, required, type, said.flag("nullable"), oneOf, said.text("unit", ""),
                        description, said.flag("index"), Optional.ofNullable(otherwise)
                                .map(one -> constant(said, "default", type, one)));
            }
        };
        said.end();
        return field;
    }

    /// A value of a type, as text that is the same for the same value.
    private static String constant(StrictObject said, String key, ColumnType type, JsonNode value) {
        boolean fits = switch (type) {
            case ID -> value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
            case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
            case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
            case FLOAT32 -> value.isNumber() && Float.isFinite((float) value.doubleValue());
            case FLOAT64 -> value.isNumber() && Double.isFinite(value.doubleValue());
            case BOOLEAN -> value.isBoolean();
            case TEXT -> value.isString() && Words.fault(value.asString()) == null;
            case TIMESTAMP -> value.isString() && Moments.micros(value.asString()).isPresent();
        };
        if (!fits) {
            throw said.wrong(key, value, "is no " + word(type), "give a value of the field's type");
        }
        return type == ColumnType.FLOAT32 || type == ColumnType.FLOAT64
                ? Double.toString(value.doubleValue())
                : value.asString();
    }
}
