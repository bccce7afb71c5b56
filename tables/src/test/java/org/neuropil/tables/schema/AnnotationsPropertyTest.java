package org.neuropil.tables.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows of random values of all known kinds, written as people write them, by a writer that knows nothing of ours.
class AnnotationsPropertyTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<TableSchema> known = List.copyOf(Schemas.known().values());
        TableSchema schema = known.get(random.nextInt(known.size()));
        List<Map<String, Object>> expected = new ArrayList<>();
        List<Map<String, Object>> given = new ArrayList<>();
        int count = random.nextInt(40);
        for (int row = 0; row < count; row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            Map<String, Object> said = new LinkedHashMap<>();
            values.put("id", 1000L + row);
            said.put("id", 1000L + row);
            for (Field field : schema.fields()) {
                say(field, random, values, said);
            }
            expected.add(values);
            given.add(said);
        }
        byte[] json = JSON.writeValueAsBytes(random.nextBoolean() ? given : Map.of("annotations", given));
        Rows rows = Annotations.read(schema, new ByteArrayInputStream(json));
        check(rows, expected);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Annotations.write(schema,
                AnnotationsTest.kept(schema, new String(json, java.nio.charset.StandardCharsets.UTF_8)),
                out);
        JsonNode tree = JSON.readTree(out.toByteArray());
        assertThat(tree.size()).isEqualTo(count);
        for (int row = 0; row < count; row++) {
            JsonNode flat = tree.get(row);
            assertThat(flat.get("deleted").asString()).isEqualTo("None");
            assertThat(flat.get("created").asString()).isEqualTo("1970-01-01 00:00:00.000000");
            assertThat(flat.get("superceded_id").isNull()).isTrue();
            assertThat(flat.get("valid").asBoolean()).isTrue();
            assertThat(flat.get("id").asLong()).isEqualTo(1000 + row);
            assertThat(flat.size()).isEqualTo(5 + schema.fields().size());
        }
        expected.forEach(values -> values.keySet().removeIf(column -> column.endsWith("supervoxel_id")));
        check(Annotations.read(schema, new ByteArrayInputStream(out.toByteArray())), expected);
    }

    private static void check(Rows rows, List<Map<String, Object>> expected) {
        assertThat(rows.size()).isEqualTo(expected.size());
        for (int row = 0; row < expected.size(); row++) {
            for (int i = 0; i < rows.columns().size(); i++) {
                String column = rows.columns().get(i).name();
                assertThat(AnnotationsTest.value(rows, column, row)).as(column)
                        .isEqualTo(expected.get(row).getOrDefault(column, "absent"));
            }
            assertThat(rows.columns()).extracting(column -> column.name()).containsAll(expected.get(row).keySet());
        }
        for (ColumnData data : rows.data()) {
            assertThat(data.absent() == null || !data.absent().isEmpty()).isTrue();
        }
    }

    private static void say(Field field, Random random, Map<String, Object> values, Map<String, Object> said) {
        if (!field.required() && random.nextInt(3) == 0) {
            if (field instanceof Field.Value value && value.otherwise().isPresent()) {
                values.put(field.name(), false); // the one default of the known kinds that counts
            }
            return;
        }
        switch (field) {
            case Field.Point point -> sayPoint(point, random, values, said);
            case Field.Reference reference -> {
                long id = random.nextLong() >>> 1 >>> random.nextInt(60);
                values.put(reference.name(), id);
                said.put(reference.name(), random.nextBoolean() ? id : Long.toString(id));
            }
            case Field.Value value -> {
                if (value.nullable() && random.nextInt(5) == 0) {
                    said.put(value.name(), null);
                    return;
                }
                Object one = value.oneOf().isEmpty()
                        ? random(value.type(), random)
                        : choose(value, random.nextInt(value.oneOf().size()));
                values.put(value.name(), one);
                said.put(value.name(), one);
            }
        }
    }

    private static Object choose(Field.Value value, int index) {
        String text = value.oneOf().get(index);
        return value.type() == ColumnType.INT32 ? (Object) Integer.valueOf(text) : text;
    }

    private static Object random(ColumnType type, Random random) {
        return switch (type) {
            case ID -> random.nextLong() >>> 1 >>> random.nextInt(60);
            case INT64, TIMESTAMP -> random.nextLong() >> random.nextInt(60);
            case INT32 -> random.nextInt() >> random.nextInt(30);
            case FLOAT32 -> (float) random.nextGaussian() * (random.nextBoolean() ? 1 : 1e30f);
            case FLOAT64 -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case TEXT -> "L23 \"é\n😀".substring(0, random.nextInt(8)) + random.nextInt(10);
        };
    }

    private static void sayPoint(Field.Point point, Random random, Map<String, Object> values,
            Map<String, Object> said) {
        List<Integer> position = new ArrayList<>();
        for (String axis : List.of("x", "y", "z")) {
            position.add(random.nextInt() >> random.nextInt(30));
            values.put(point.position(axis), position.getLast());
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            parts.put("position", random.nextBoolean() ? position : position.stream().map(Double::valueOf).toList());
        } else {
            parts.put("position_x", position.get(0));
            parts.put("position_y", position.get(1));
            parts.put("position_z", position.get(2));
        }
        if (point.bound()) {
            long supervoxel = random.nextLong() >>> 1;
            values.put(point.supervoxel(), supervoxel);
            parts.put("supervoxel_id", supervoxel);
            parts.put("root_id", random.nextLong() >>> 1);
        }
        if (!point.name().isEmpty() && random.nextBoolean()) {
            said.put(point.name(), parts);
        } else {
            parts.forEach((part, value) -> said.put(point.column(part), value));
        }
    }
}
