package org.neuropil.tables.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchemaJsonTest {
    @Property(tries = 300)
    void whatIsWrittenIsReadAsTheSame(@ForAll("schemas") TableSchema schema) {
        byte[] bytes = SchemaJson.bytes(schema);
        TableSchema read = SchemaJson.parse(bytes, "schema.json");
        assertThat(read).isEqualTo(schema);
        assertThat(SchemaJson.bytes(read)).isEqualTo(bytes);
        assertThat(SchemaDocument.of(schema).at("/definitions").size()).isPositive();
    }

    @Provide
    Arbitrary<TableSchema> schemas() {
        Arbitrary<String> text = Arbitraries.strings().withChars("abc \"\\é∞{}").ofMaxLength(8);
        Arbitrary<Field> points = Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false), text)
                .as((required, bound, description) -> new Field.Point("", required, bound, description));
        Arbitrary<Field> values = Arbitraries.of(ColumnType.values()).flatMap(type -> Combinators
                .combine(Arbitraries.of(true, false), Arbitraries.of(true, false), choices(type),
                        otherwise(type).optional(), text, text, Arbitraries.of(true, false))
                .as((required, nullable, oneOf, otherwise, unit, description, indexed) -> new Field.Value("", required,
                        type, nullable, oneOf, unit, description, indexed,
                        oneOf.isEmpty() ? otherwise : Optional.of(oneOf.getLast()))));
        return Combinators.combine(Arbitraries.oneOf(points, values).list().ofMinSize(1).ofMaxSize(6),
                Arbitraries.of(true, false), text).as((fields, references, description) -> {
                    List<Field> named = new ArrayList<>();
                    for (Field field : fields) {
                        named.add(name(field, "Field_" + (char) ('a' + named.size())));
                    }
                    if (references) {
                        named.add(named.size() / 2,
                                new Field.Reference("target_id", named.size() % 2 == 0, description));
                    }
                    return new TableSchema("kind_" + fields.size(), named);
                });
    }

    private static Field name(Field field, String name) {
        return switch (field) {
            case Field.Point p -> new Field.Point(name, p.required(), p.bound(), p.description());
            case Field.Value v -> new Field.Value(name, v.required(), v.type(), v.nullable(), v.oneOf(), v.unit(),
                    v.description(), v.indexed(), v.otherwise());
            case Field.Reference r -> r;
        };
    }

    private static Arbitrary<List<String>> choices(ColumnType type) {
        boolean listed = List.of(ColumnType.ID, ColumnType.INT32, ColumnType.INT64, ColumnType.TEXT).contains(type);
        return listed ? otherwise(type).list().uniqueElements().ofMaxSize(3) : Arbitraries.just(List.of());
    }

    private static Arbitrary<String> otherwise(ColumnType type) {
        return switch (type) {
            case ID -> Arbitraries.longs().greaterOrEqual(0).map(Object::toString);
            case INT64 -> Arbitraries.longs().map(Object::toString);
            case INT32 -> Arbitraries.integers().map(Object::toString);
            case FLOAT32 -> Arbitraries.floats().map(value -> Double.toString(value));
            case FLOAT64 -> Arbitraries.doubles().map(value -> Double.toString(value));
            case BOOLEAN -> Arbitraries.of("true", "false");
            case TEXT -> Arbitraries.strings().ofMaxLength(5).withChars("ab\"\n∞");
            case TIMESTAMP -> Arbitraries.of("2026-11-26T10:10:00Z", "2026-11-26 10:10:00.123456");
        };
    }

    @ParameterizedTest
    @MethodSource("org.neuropil.tables.schema.SchemasTest#known")
    void holdsTheKnownOnesToo(String name) {
        TableSchema schema = Schemas.known(name);
        assertThat(SchemaJson.parse(SchemaJson.bytes(schema), name)).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [] | s.json: [] is no JSON object
            {"name":"k" | s.json: is no JSON
            {"name":"k","fields":[]} | s.json: has no fields
            {"fields":[]} | s.json, name: is missing
            {"name":7,"fields":[]} | s.json, name: 7 is no text
            {"name":"k","fields":{}} | s.json, fields: {} is no list
            {"name":"k","fields":[3]} | s.json, fields[0]: 3 is no JSON object
            {"name":"k","colour":"red","fields":[]} | s.json, colour: "red" is given, but there is no such key
            {"name":"../k","fields":[]} | s.json, name: '../k' is no name
            {"name":"k","fields":[{"name":"a"}]} | s.json, fields[0].kind: is missing
            {"name":"k","fields":[{"name":"a","kind":"points"}]} | fields[0].kind: 'points' is none of point, value, ref
            {"name":"k","fields":[{"name":"a","kind":"value","type":"float"}]} | fields[0].type: 'float' is none of id, int
            {"name":"k","fields":[{"name":"a","kind":"point","bound":1}]} | fields[0].bound: 1 is neither true nor false
            {"name":"k","fields":[{"name":"a","kind":"point","unit":"nm"}]} | fields[0].unit: "nm" is given, but there is no
            {"name":"k","fields":[{"name":"a","name":"b","kind":"point"}]} | Duplicate
            {"name":"k","fields":[{"name":"a b","kind":"point"}]} | fields[0].name: 'a b' is no name of a field
            {"name":"k","fields":[{"name":"a","kind":"reference"}]} | fields[0].name: a reference is called 'a'
            {"name":"k","fields":[{"name":"target_id","kind":"value","type":"id"}]} | 'target_id' is no reference
            {"name":"k","fields":[{"name":"Valid","kind":"value","type":"text"}]} | needs the name 'Valid', which every row
            {"name":"k","fields":[{"name":"id","kind":"value","type":"id"}]} | needs the name 'id', which every row
            {"name":"k","fields":[{"name":"a","kind":"value","type":"int32","one_of":[1,"b"]}]} | one_of[1]: "b" is no int32
            {"name":"k","fields":[{"name":"a","kind":"value","type":"int32","one_of":[1,1]}]} | fields[0].one_of: '1' is given
            {"name":"k","fields":[{"name":"a","kind":"value","type":"float32","one_of":[1]}]} | cannot be listed
            {"name":"k","fields":[{"name":"a","kind":"value","type":"id","default":-1}]} | fields[0].default: -1 is no id
            {"name":"k","fields":[{"name":"a","kind":"value","type":"float64","default":1e999}]} | is no float64
            {"name":"k","fields":[{"name":"a","kind":"value","type":"text","one_of":["x"],"default":"y"}]} | 'y' is none of
            {"name":"k","fields":[{"name":"a","kind":"value","type":"timestamp","default":"noon"}]} | "noon" is no timestamp
            {"name":"k","fields":[{"name":"a","kind":"point"},{"name":"A","kind":"point"}]} | fields[1].name: field 'A' needs
            {"name":"k","fields":[]} {} | s.json: is no JSON
            """)
    void tellsWhereAndWhat(String json, String words) {
        assertThatThrownBy(() -> SchemaJson.parse(json.getBytes(UTF_8), "s.json"))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains(words));
    }

    @ParameterizedTest
    @CsvSource({"a, a_position, value", "a, a_position_x, value", "a, a_supervoxel_id, value", "a, a_root_id, value"})
    void partsOfAPointAreTaken(String point, String other, String kind) {
        String json = """
                {"name":"k","fields":[{"name":"%s","kind":"point","bound":true},
                {"name":"%s","kind":"%s","type":"int64"}]}""".formatted(point, other.toUpperCase(Locale.ROOT), kind);
        assertThatThrownBy(() -> SchemaJson.parse(json.getBytes(UTF_8), "s.json")).isInstanceOf(InputException.class)
                .hasMessageContaining("which field 'a' has");
    }

    @ParameterizedTest
    @CsvSource({"a, 50", "a_, 60"})
    void namesOfColumnsAreShortEnoughForAllDatabases(String start, int length) {
        String name = start + "b".repeat(length);
        String json = "{\"name\":\"k\",\"fields\":[{\"name\":\"%s\",\"kind\":\"point\",\"bound\":true}]}"
                .formatted(name);
        assertThatThrownBy(() -> SchemaJson.parse(json.getBytes(UTF_8), "s.json")).isInstanceOf(InputException.class)
                .hasMessageContaining("characters");
    }
}
