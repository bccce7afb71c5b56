package org.neuropil.tables.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

class AnnotationsTest {
    private static Rows read(String schema, String json) throws IOException {
        return Annotations.read(Schemas.known(schema), bytes(json));
    }

    private static InputStream bytes(String json) {
        return new ByteArrayInputStream(json.getBytes(UTF_8));
    }

    /// A value of a row; null if it is absent.
    static Object value(Rows rows, String column, int row) {
        ColumnData data = rows.data().get(rows.index(column));
        if (data.isAbsent(row)) {
            return "absent";
        }
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans booleans -> booleans.values()[row];
            case ColumnData.Texts texts -> Objects.requireNonNull(texts.values()[row]);
        };
    }

    static List<Object> values(Rows rows, int row) {
        return rows.columns().stream().map(column -> value(rows, column.name(), row)).toList();
    }

    // What the tests of EMAnnotationSchemas hold for good and bad.

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bouton_shape | {"target_id": 1, "shape": "pancake"}
            bouton_shape | {"target_id": 2, "shape": "basmati"}
            bouton_shape | {"target_id": 3, "shape": "potato"}
            proofread_status | {"pt": {"position": [1,2,3]}, "valid_id": 1234567, "status": "clean"}
            compartment_proofread_status | {"pt": {"position": [1,2,3]}, "valid_id": 1234567, "status_axon": "clean", "status_dendrite": "extended"}
            proofreading_boolstatus_user | {"pt": {"position": [1,2,3]}, "valid_id": 1234567, "proofread": true, "user_id": 42}
            bound_tag_user | {"pt": {"position": [1,2,3]}, "tag": "t", "user_id": 42}
            bound_double_tag_user | {"pt": {"position": [1,2,3]}, "tag": "t", "tag2": "u"}
            nocleft_synapse | {"pre_pt": {"position": [31,31,0], "supervoxel_id": 95, "root_id": 4}, "post_pt": {"position": [33,33,0], "supervoxel_id": 101, "root_id": 5}, "score": 50}
            synapse | {"pre_pt": {"position": [31,31,0]}, "ctr_pt": {"position": [32,32,0]}, "post_pt": {"position": [33,33,0]}}
            plastic_synapse | {"pre_pt": {"position": [31,31,0]}, "ctr_pt": {"position": [32,32,0]}, "post_pt": {"position": [33,33,0]}, "plasticity": 1}
            nucleus_detection | {"pt": {"position": [1,2,3]}, "volume": 3.0, "bb_start": {"position": [1,2,3]}, "bb_end": {"position": [4,5,6]}}
            nucleus_detection | {"pt": {"position": [1,2,3]}, "volume": 3.0, "bb_start": null, "bb_end": null}
            spine_with_info | {"pt": {"position": [100,200,300], "supervoxel_id": 50, "root_id": 10}}
            fly_cell_type | {"hemisphere": "L", "cell_type": "fly_1", "pt": {"position": [1,2,3]}}
            derived_spatial_point | {"position": [31,31,0], "supervoxel_id": 122, "root_id": 3232, "dependent_chunk": 1, "level": 2}
            derived_tag | {"pt": {"position": [31,31,0], "supervoxel_id": 122, "root_id": 3232, "dependent_chunk": 1, "level": 2}, "tag": "some point", "valid": true}
            """)
    void takesWhatTheSchemasTestsTake(String schema, String row) throws IOException {
        assertThat(read(schema, "[" + row + "]").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bouton_shape | {"target_id": 4, "shape": "hotdog"} | row 0, shape: 'hotdog' is none of pancake, basmati, potato
            proofread_status | {"pt": {"position": [1,2,3]}, "valid_id": 1, "status": "some_nonsense"} | none of non, clean, extended
            compartment_proofread_status | {"pt": {"position": [1,2,3]}, "valid_id": 1, "status_dendrite": "clean"} | row 0, status_axon: is missing
            proofreading_boolstatus_user | {"pt": {"position": [1,2,3]}, "valid_id": 1, "user_id": 42} | proofread: is missing
            proofreading_boolstatus_user | {"pt": {"position": [1,2,3]}, "valid_id": 1, "proofread": true} | user_id: is missing
            bound_tag_user | {"pt": {"position": [1,2,3]}, "tag": "t"} | user_id: is missing
            fly_cell_type | {"hemisphere": "O", "cell_type": "fly_1", "pt": {"position": [1,2,3]}} | 'O' is none of L, R, M, U
            plastic_synapse | {"pre_pt": {"position": [1,1,0]}, "ctr_pt": {"position": [2,2,0]}, "post_pt": {"position": [3,3,0]}, "plasticity": 5} | plasticity: 5 is none of 0, 1, 2, 3, 4
            synapse | {"pre_pt": {"position": [1,1,0]}, "ctr_pt": {"position": [2,2,0], "supervoxel_id": 105}, "post_pt": {"position": [3,3,0]}} | ctr_pt.supervoxel_id: there is no such field
            """)
    void refusesWhatTheSchemasTestsRefuse(String schema, String row, String words) {
        assertThatThrownBy(() -> read(schema, "[" + row + "]")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(words));
    }

    @Test
    void nestedAndFlatAreTheSame() throws IOException {
        String nested = """
                [{"pre_pt": {"position": [31, 32, 33], "supervoxel_id": 95, "root_id": 4},
                  "post_pt": {"position": [41, 42, 43]}, "ctr_pt": {"position": [1.0, -2, 3e1]}, "size": 2.5}]""";
        String flat = """
                {"annotations": [{"pre_pt_position": [31, 32, 33], "pre_pt_supervoxel_id": "95", "pre_pt_root_id": "4",
                  "post_pt_position_x": 41, "post_pt_position_y": 42, "post_pt_position_z": 43,
                  "ctr_pt_position": [1, -2, 30], "size": 2.5, "valid": null, "created": "2021-03-01 10:10:10.5",
                  "deleted": "None", "superceded_id": null}]}""";
        Rows rows = read("synapse", nested);
        assertThat(rows.columns()).extracting(Column::name).containsExactly("pre_pt_position_x", "pre_pt_position_y",
                "pre_pt_position_z", "pre_pt_supervoxel_id", "ctr_pt_position_x", "ctr_pt_position_y",
                "ctr_pt_position_z", "post_pt_position_x", "post_pt_position_y", "post_pt_position_z", "size");
        assertThat(values(rows, 0)).containsExactly(31, 32, 33, 95L, 1, -2, 30, 41, 42, 43, 2.5f);
        Rows others = read("synapse", flat);
        assertThat(others.columns()).isEqualTo(rows.columns());
        assertThat(values(others, 0)).isEqualTo(values(rows, 0));
    }

    @Test
    void theFlatPartsOfADerivedPointAreItsNestedParts() throws IOException {
        Rows nested = read("derived_tag", """
                [{"pt": {"position": [1, 2, 3], "dependent_chunk": 7, "level": 2}, "tag": "t"},
                 {"pt_position": [4, 5, 6], "pt_dependent_chunk": 8, "tag": "u"}]""");
        assertThat(values(nested, 0)).containsExactly(1, 2, 3, 7L, 2L, "t");
        assertThat(values(nested, 1)).containsExactly(4, 5, 6, 8L, "absent", "u");
    }

    @Test
    void readsNothing() throws IOException {
        Rows rows = read("synapse", "[]");
        assertThat(rows.size()).isZero();
        assertThat(rows.columns()).isEqualTo(Schemas.known("synapse").given());
    }

    @Test
    void idsAreWholeNumbersOrTexts() throws IOException {
        Rows rows = read("simple_reference", """
                [{"id": 9223372036854775807, "target_id": "864691135012345678"},
                 {"id": "9007199254740993", "target_id": 0}]""");
        assertThat(rows.columns()).containsExactly(TableSchema.ID, Column.of("target_id", ColumnType.ID));
        assertThat(values(rows, 0)).containsExactly(Long.MAX_VALUE, 864691135012345678L);
        assertThat(values(rows, 1)).containsExactly(9007199254740993L, 0L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1.0 | 1.0 is a float, which no id is
            8.64691135e17 | is a float
            -1 | -1 is negative
            -99999999999999999999999 | is negative
            9223372036854775808 | 9223372036854775808 is no id: it is not below 2^63
            18446744073709551616 | is not below 2^63
            "9223372036854775808" | '9223372036854775808' is no id below 2^63
            "-5" | is negative
            "1.0" | '1.0' is no id
            "" | '' is no id
            "0x10" | '0x10' is no id
            "٣" | is no id
            NaN | NaN is a float
            null | null is given where a value has to be
            true | true is no id
            [1] | a list is no id
            {"a": 1} | an object is no id
            """)
    void refusesWhatIsNoId(String value, String words) {
        assertThatThrownBy(() -> read("simple_reference", "[{\"target_id\": 5}, {\"target_id\": " + value + "}]"))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.where()).isEqualTo("row 1, target_id");
                    assertThat(e.what()).contains(words);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"position": [1, 2]} | row 0, pt.position: has 2 values, not 3
            {"position": [1, 2, 3, 4]} | row 0, pt.position: has 4 values, not 3
            {"position": []} | has 0 values
            {"position": [1.5, 2, 3]} | row 0, pt.position[0]: 1.5 is no whole number; positions are whole voxels
            {"position": [1, 2147483648, 3]} | row 0, pt.position[1]: 2147483648 does not fit into 32 bits
            {"position": [1, 1e300, 3]} | pt.position[1]: 1e300 does not fit
            {"position": [1, 2, NaN]} | row 0, pt.position[2]: NaN is no whole number
            {"position": [1, 2, -Infinity]} | is no whole number
            {"position": [1, 2, null]} | row 0, pt.position[2]: null is no whole number
            {"position": [1, 2, "3"]} | pt.position[2]: '3' is no whole number
            {"position": [[1, 2, 3]]} | pt.position[0]: a list is no whole number
            {"position": "POINTZ(1 2 3)"} | pt.position: 'POINTZ(1 2 3)' is no list of coordinates
            {"position": {"x": 1}} | pt.position: an object is no list
            {"position": null} | null is given where a position has to be
            {"position": [1, 2, 3], "position": [1, 2, 3]} | pt.position: is given twice
            {"position": [1, 2, 3], "colour": 1} | row 0, pt.colour: there is no such field
            {"position_x": 1, "position_y": 2} | pt_position: lacks a coordinate
            {"supervoxel_id": 3} | row 0, pt_position: is missing
            {} | row 0, pt_position: is missing
            null | row 0, pt: null is given
            [1, 2, 3] | row 0, pt: a list is no point; give it as {"position": [x, y, z]}
            7 | pt: 7 is no point
            """)
    void refusesWhatIsNoPoint(String point, String words) {
        assertThatThrownBy(() -> read("representative_point", "[{\"pt\": " + point + "}]"))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.sentence()).contains(words);
                    assertThat(e.where()).startsWith("row 0, pt");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "size": "3" | row 0, size: '3' is no number
            "size": 1e39 | size: 1e39 is too large for a number of single precision
            "size": NaN | size: NaN is no number; give null where there is no value
            "size": 1, "size": 2 | size: is given twice
            "ctr_pt": null, "ctr_pt_position": [1, 2, 3] | ctr_pt_position: is given twice
            "Size": 1 | row 0, Size: there is no such field; fields are pre_pt, ctr_pt, post_pt, size
            "deleted": "2021-03-01 10:10:10" | deleted: '2021-03-01 10:10:10' is given, but only rows that stand
            "superceded_id": 3 | superceded_id: 3 is given, but only rows that stand
            """)
    void refusesOtherValues(String fields, String words) {
        boolean place = fields.contains("ctr_pt");
        String schema = place ? "contact" : "synapse";
        String points = place
                ? "\"sidea_pt_position\": [1, 2, 3], \"sideb_pt_position\": [1, 2, 3], "
                : "\"pre_pt_position\": [1, 2, 3], \"post_pt_position\": [1, 2, 3], \"ctr_pt_position\": [1, 2, 3], ";
        assertThatThrownBy(() -> read(schema, "[{" + points + fields + "}]"))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            int32 | 3.0 | 3
            int32 | -2147483648 | -2147483648
            int64 | 9223372036854775807 | 9223372036854775807
            int64 | "-9223372036854775808" | -9223372036854775808
            int64 | -0.0 | 0
            float32 | 16777217 | 1.6777216E7
            float64 | 16777217 | 1.6777217E7
            float64 | 123456789012345678901234567890 | 1.2345678901234568E29
            text | "a\\u00e9\\ud83d\\ude00" | aé😀
            boolean | false | false
            timestamp | "1970-01-01T00:00:01.5Z" | 1500000
            timestamp | "1970-01-01 02:00:00+02:00" | 0
            timestamp | "1969-12-31T23:59:59.999999" | -1
            """)
    void takesValuesOfAllTypes(String type, String value, String read) throws IOException {
        Rows rows = Annotations.read(one(type), bytes("[{\"v\": " + value + "}]"));
        assertThat(value(rows, "v", 0)).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            int32 | 1.5 | 1.5 is no whole number
            int32 | 2147483648 | does not fit into 32 bits
            int32 | 99999999999999999999 | does not fit into 32 bits
            int64 | 9223372036854775808 | does not fit into 64 bits
            int64 | 1e18 | does not fit into what a float can say
            int64 | "7a" | '7a' is no whole number
            float32 | true | true is no number
            float64 | 1e999 | is too large for a number of double precision
            text | 3 | 3 is no text
            text | "a\\u0000" | holds a character 0
            text | "a\\ud83d" | holds half a character
            boolean | 1 | 1 is neither true nor false
            boolean | "true" | 'true' is neither
            timestamp | "yesterday" | 'yesterday' is no moment
            timestamp | "2026-02-30T00:00:00Z" | is no moment
            timestamp | "1970-01-01T00:00:00.0000001Z" | is no moment
            timestamp | 5 | 5 is no moment
            """)
    void refusesValuesOfOtherTypes(String type, String value, String words) {
        assertThatThrownBy(() -> Annotations.read(one(type), bytes("[{\"v\": " + value + "}]")))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.where()).isEqualTo("row 0, v");
                    assertThat(e.what()).contains(words);
                });
    }

    private static TableSchema one(String type) {
        return SchemaJson.parse("""
                {"name": "k", "fields": [{"name": "v", "kind": "value", "type": "%s"}]}""".formatted(type)
                .getBytes(UTF_8), "k.json");
    }

    @Test
    void whatIsNotGivenIsAbsentOrWhatItIsOtherwise() throws IOException {
        TableSchema schema = new TableSchema("k", List.of(
                new Field.Value("a", false, ColumnType.INT32, true, List.of(), "", "", false, Optional.of("7")),
                new Field.Value("b", false, ColumnType.TEXT, false, List.of(), "", ""),
                new Field.Point("p", false, true, "")));
        Rows rows = Annotations.read(schema, bytes("[{}, {\"a\": null, \"p\": null}, {\"a\": 1, \"b\": \"x\"}]"));
        assertThat(values(rows, 0)).containsExactly(7, "absent", "absent", "absent", "absent");
        assertThat(values(rows, 1)).containsExactly("absent", "absent", "absent", "absent", "absent");
        assertThat(values(rows, 2)).containsExactly(1, "x", "absent", "absent", "absent");
        assertThat(values(Annotations.read(schema, bytes("[{\"b\": null}]")), 0)).contains("absent", 7);
        assertThatThrownBy(() -> Annotations.read(schema, bytes("[{\"p\": null, \"p_supervoxel_id\": 3}]")))
                .isInstanceOf(InputException.class).hasMessageContaining("without a position");
    }

    @Test
    void idsAreGivenByAllOrNone() throws IOException {
        assertThatThrownBy(() -> read("simple_reference", "[{\"target_id\":1,\"id\":1},{\"target_id\":1,\"id\":null}]"))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("row 1, id: is missing, but other rows have one"));
        assertThatThrownBy(() -> read("simple_reference", "[{\"target_id\":1,\"id\":5},{\"target_id\":1,\"id\":5}]"))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("row 1, id: 5 is the id of row 0 too"));
        assertThat(read("simple_reference", "[{\"target_id\":1,\"id\":null}]").columns())
                .doesNotContain(TableSchema.ID);
    }

    @Test
    void tellsTenOfAllThatIsWrong() {
        String rows = "{\"target_id\": -1, \"tag\": 5},".repeat(600);
        assertThatThrownBy(() -> read("reference_tag", "[" + rows + "7]")).isInstanceOfSatisfying(InputException.class,
                e -> {
                    assertThat(e.what()).startsWith("1201 things are wrong: row 0, target_id: -1 is negative")
                            .contains("row 0, tag: 5 is no text", "row 4, tag:").endsWith("; and 1191 more")
                            .doesNotContain("row 5,");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "null", "{}", "{\"rows\": []}", "{\"annotations\": {}}", "{\"annotations\": 3}",
        "{\"annotations\": [], \"annotations\": []}", "[] []", "{\"annotations\": []} 1", "[", "[{", "[{\"a\"", "[nul]",
        "{\"annotations\": [], \"more\": 1}", "\u0000", "[{\"target_id\": 00}]"})
    void refusesWhatIsNoList(String json) {
        assertThatThrownBy(() -> read("simple_reference", json)).isInstanceOf(InputException.class);
    }

    @Test
    void tellsBadBytesFromABadStream() {
        TableSchema schema = Schemas.known("simple_reference");
        byte[] broken = {'[', 0, 0, 0, '{', 0, 0, 0, 1, 2, 3, 4}; // begins as UTF-32
        assertThatThrownBy(() -> Annotations.read(schema, new ByteArrayInputStream(broken)))
                .isInstanceOf(InputException.class);
        InputStream torn = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("torn");
            }
        };
        assertThatThrownBy(() -> Annotations.read(schema, torn)).isInstanceOf(IOException.class).hasMessage("torn");
    }

    @Test
    void tellsWhereJsonEnds() {
        assertThatThrownBy(() -> read("simple_reference", "[{\"target_id\": 1},\n {\"target_id\": ]"))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("row 1: is no JSON", "line 2, column 16"));
    }

    @Test
    void changesSayWhatTheyGive() throws IOException {
        TableSchema schema = Schemas.known("nucleus_detection");
        AnnotationChanges changes = Annotations.changes(schema,
                bytes("""
                        [{"id": 12, "volume": null}, {"id": "11", "pt": {"position": [7, 8, 9]}, "bb_start": null}, {"id": 13}]"""));
        assertThat(changes.ids()).containsExactly(12, 11, 13);
        assertThat(changes.gave("volume", 0)).isTrue();
        assertThat(changes.gave("volume", 1)).isFalse();
        assertThat(changes.gave("pt_position_z", 1)).isTrue();
        assertThat(changes.gave("pt_supervoxel_id", 1)).isFalse();
        assertThat(changes.rows().columns()).filteredOn(column -> !column.nullable()).containsExactly(TableSchema.ID);
        Rows kept = kept(schema, "[{\"id\": 11, %s}, {\"id\": 12, %s}, {\"id\": 13, %s}]".replace("%s",
                """
                        "pt": {"position": [1, 2, 3], "supervoxel_id": 5}, "bb_start": {"position": [0, 0, 0]}, "volume": 4"""));
        Rows over = changes.over(kept);
        assertThat(over.columns()).extracting(Column::name).containsExactly("bb_end_position_x", "bb_end_position_y",
                "bb_end_position_z", "bb_start_position_x", "bb_start_position_y", "bb_start_position_z",
                "pt_position_x", "pt_position_y", "pt_position_z", "pt_supervoxel_id", "volume");
        assertThat(values(over, 0).subList(3, 11)).containsExactly(0, 0, 0, 1, 2, 3, 5L, "absent");
        assertThat(values(over, 1).subList(3, 11)).containsExactly("absent", "absent", "absent", 7, 8, 9, "absent",
                4f);
        assertThat(values(over, 2).subList(3, 11)).containsExactly(0, 0, 0, 1, 2, 3, 5L, 4f);
        assertThatThrownBy(() -> Annotations.changes(schema, bytes("[{\"id\": 14}]")).over(kept))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("row 14"));
    }

    /// Rows as a store keeps them.
    static Rows kept(TableSchema schema, String json) throws IOException {
        Rows given = Annotations.read(schema, bytes(json));
        BitSet all = new BitSet();
        all.set(0, given.size());
        List<ColumnData> data = schema.kept().stream().map(column -> {
            int index = given.index(column.name());
            return index >= 0
                    ? given.data().get(index)
                    : new ColumnData.Longs(new long[given.size()], column.equals(TableSchema.CREATED) ? null : all);
        }).toList();
        return new Rows(schema.kept(), data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"tag": "x"} | row 0, id: is missing
            {"id": null} | row 0, id: null is given where a value has to be
            {"id": 1.0} | row 0, id: 1.0 is a float
            {"id": 1, "tag": null} | row 0, tag: null is given
            {"id": 1, "pt": {}} | row 0, pt_position: is missing
            {"id": 1, "pt_position_x": 3} | row 0, pt_position: lacks a coordinate
            {"id": 1}, {"id": 1} | row 1, id: 1 is the id of row 0 too
            {"id": 1, "color": 3} | row 0, color: there is no such field
            """)
    void refusesChanges(String rows, String words) {
        assertThatThrownBy(() -> Annotations.changes(Schemas.known("bound_tag"),
                bytes("[" + rows + "]"))).isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).startsWith(words));
    }
}
