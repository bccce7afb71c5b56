package org.neuropil.tables.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SchemasTest {
    @TempDir
    Path folder;

    static Stream<String> known() {
        return Schemas.known().keySet().stream();
    }

    @Test
    void knowsAll57() {
        assertThat(Schemas.known()).hasSize(57).allSatisfy((name, schema) -> {
            assertThat(schema.name()).isEqualTo(name);
            SchemaRules.check(schema, name);
        });
    }

    /// All that documents say is in the derived kind, but for three things: the class's name; the order of points, which
    /// is that of the fields; and the description of one value whose key is misspelt there.
    @ParameterizedTest
    @MethodSource("known")
    void aDocumentIsMadeAgainFromWhatIsDerived(String name) throws IOException {
        ObjectNode original = new Schemas(folder).document(name).orElseThrow();
        String type = SchemaDocument.className(original);
        ObjectNode made = SchemaDocument.of(Schemas.known(name), type);
        for (JsonNode property : original.get("definitions").get(type).get("properties")) {
            ((ObjectNode) property).remove("order");
        }
        if (name.equals("reference_tag_float")) {
            assertThat(original.at("/definitions/ReferenceTagFloat/properties/value").asObject().remove("desription"))
                    .isNotNull();
        }
        assertThat(made).isEqualTo(original);
    }

    @Test
    void namesTheClassAfterTheKind() {
        Field tip = new Field.Point("pt", true, true, "");
        assertThat(SchemaDocument.of(new TableSchema("spine_head", List.of(tip))).get("$ref").asString())
                .isEqualTo("#/definitions/SpineHead");
        assertThat(SchemaDocument.of(new TableSchema("spatial_point", List.of(tip))).get("$ref").asString())
                .isEqualTo("#/definitions/SpatialPointSchema");
    }

    @Test
    void derivesTheFieldsOfSynapses() {
        assertThat(Schemas.known("synapse").fields()).containsExactly(
                new Field.Point("pre_pt", true, true,
                        "a nearby point located in the presynaptic compartment of the synapse"),
                new Field.Point("ctr_pt", true, false, "central point"),
                new Field.Point("post_pt", true, true,
                        "a nearby point located in the postsynaptic compartment of the synapse"),
                new Field.Value("size", false, ColumnType.FLOAT32, true, List.of(), "", "size of synapse"));
        assertThat(Schemas.known("synapse").kept()).contains(Column.of("pre_pt_position_x", ColumnType.INT32),
                Column.nullable("pre_pt_supervoxel_id", ColumnType.ID), Column.nullable("size", ColumnType.FLOAT32))
                .noneMatch(column -> column.name().startsWith("valid") || column.name().equals("ctr_pt_supervoxel_id"));
    }

    @Test
    void tellsIdsFromNumbers() {
        assertThat(type("proofread_status", "valid_id")).isEqualTo(ColumnType.ID);
        assertThat(type("cell_similarity", "match_root_id")).isEqualTo(ColumnType.ID);
        assertThat(type("bound_tag_user", "user_id")).isEqualTo(ColumnType.ID);
        assertThat(type("microns_func_coreg", "func_id")).isEqualTo(ColumnType.INT32);
        assertThat(type("reference_simple_group", "group_id")).isEqualTo(ColumnType.INT32);
        assertThat(type("derived_tag", "pt_level")).isEqualTo(ColumnType.INT64);
        assertThat(Schemas.known("simple_reference").fields())
                .containsExactly(new Field.Reference("target_id", true, ""));
    }

    private static ColumnType type(String schema, String field) {
        return Schemas.known(schema).fields().stream().filter(one -> one.name().equals(field))
                .map(one -> ((Field.Value) one).type()).findFirst().orElseThrow();
    }

    @Test
    void referencesComeFirstThenPointsThenValues() {
        assertThat(Schemas.known("reference_point").fields()).extracting(Field::name).containsExactly(
                "target_id", "pt");
        assertThat(Schemas.known("nucleus_detection").fields()).extracting(Field::name)
                .containsExactly("bb_end", "bb_start", "pt", "volume");
        assertThat(Schemas.known("cell_match_reference").fields()).extracting(Field::name)
                .containsExactly("target_id", "match_id", "query_root_id", "score", "validation");
        assertThat(Schemas.known("derived_spatial_point").read()).extracting(Column::name).containsExactly("id",
                "created", "superceded_id", "position_x", "position_y", "position_z", "supervoxel_id", "root_id",
                "dependent_chunk", "level");
    }

    @Test
    void honoursConstantsIndexesAndDefaults() {
        Field.Value hemisphere = value("fly_cell_type", "hemisphere");
        assertThat(hemisphere.oneOf()).containsExactly("L", "R", "M", "U");
        assertThat(hemisphere.otherwise()).contains("U");
        assertThat(value("plastic_synapse", "plasticity").oneOf()).containsExactly("0", "1", "2", "3", "4");
        assertThat(value("reference_simple_group_indexed", "group_id").indexed()).isTrue();
        assertThat(value("reference_simple_group", "group_id").indexed()).isFalse();
        assertThat(value("cell_match", "validation").otherwise()).contains("false");
    }

    private static Field.Value value(String schema, String field) {
        return (Field.Value) Schemas.known(schema).fields().stream().filter(one -> one.name().equals(field))
                .findFirst().orElseThrow();
    }

    private static TableSchema spine() {
        return new TableSchema("spine", List.of(new Field.Point("pt", true, true, "tip"),
                new Field.Value("volume", false, ColumnType.FLOAT32, false, List.of(), "um^3", "")));
    }

    @Test
    void addsAndFindsThem() throws IOException {
        Schemas schemas = new Schemas(folder.resolve("schemas"));
        assertThat(schemas.names()).isEqualTo(Schemas.known().keySet());
        Schemas others = new Schemas(folder.resolve("schemas"));
        assertThat(others.find("spine")).isEmpty();
        schemas.add(spine());
        schemas.add(spine());
        for (Schemas each : List.of(schemas, others, new Schemas(folder.resolve("schemas")))) {
            assertThat(each.get("spine")).isEqualTo(spine());
            assertThat(each.names()).hasSize(58).contains("spine");
            assertThat(each.document("spine").orElseThrow().at("/definitions/Spine/properties/volume/unit").asString())
                    .isEqualTo("um^3");
        }
        try (Stream<Path> files = Files.list(folder.resolve("schemas"))) {
            assertThat(files).containsExactly(folder.resolve("schemas").resolve("spine.json"));
        }
    }

    @Test
    void doesNotChangeOrHideThem() throws IOException {
        Schemas schemas = new Schemas(folder);
        schemas.add(spine());
        TableSchema other = new TableSchema("spine", List.of(new Field.Point("pt", true, true, "neck")));
        assertThatThrownBy(() -> schemas.add(other)).isInstanceOf(InputException.class).hasMessageContaining("spine");
        assertThatThrownBy(() -> schemas.add(new TableSchema("synapse", spine().fields())))
                .isInstanceOf(InputException.class).hasMessageContaining("'synapse'");
        Files.write(folder.resolve("synapse.json"), SchemaJson.bytes(new TableSchema("synapse", spine().fields())));
        assertThat(schemas.get("synapse")).isEqualTo(Schemas.known("synapse"));
        assertThatThrownBy(schemas::names).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.where()).contains("synapse.json"));
    }

    @Test
    void refusesConstantsOfAnotherType() {
        TableSchema schema = new TableSchema("spine", List.of(new Field.Value("n", false, ColumnType.INT32, false,
                List.of("many"), "", "")));
        assertThatThrownBy(() -> new Schemas(folder).add(schema)).isInstanceOf(InputException.class)
                .hasMessageContaining("'many'");
    }

    @Test
    void aNameIsNoPath() throws IOException {
        Files.write(folder.resolve("spine.json"), SchemaJson.bytes(spine()));
        Schemas schemas = new Schemas(Files.createDirectory(folder.resolve("schemas")));
        assertThat(schemas.find("../spine")).isEmpty();
        assertThat(schemas.find("..\\spine")).isEmpty();
        assertThat(schemas.document("../spine")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> schemas.get("synapses")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("'synapses'", "nocleft_synapse"));
    }

    @Test
    void aFileHasTheNameOfItsKind() throws IOException {
        Files.write(folder.resolve("spines.json"), SchemaJson.bytes(spine()));
        assertThatThrownBy(() -> new Schemas(folder).find("spines")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("spines.json", "'spine'"));
    }

    @Test
    void documentsAreCopies() throws IOException {
        Schemas schemas = new Schemas(folder);
        schemas.document("synapse").orElseThrow().removeAll();
        assertThat(schemas.document("synapse").orElseThrow().get("$ref").asString())
                .isEqualTo("#/definitions/SynapseSchema");
        assertThat(schemas.document("NOT A REAL TYPE")).isEmpty();
    }

    /// caveclient's table manager makes a filter of a property whose format, or else type, is one of four words.
    @Test
    void clientsKnowTheTypesOfUserDefinedFields() {
        for (ColumnType type : ColumnType.values()) {
            TableSchema schema = new TableSchema("kind",
                    List.of(new Field.Value("field", true, type, false, List.of(), "", "")));
            JsonNode property = SchemaDocument.of(schema).at("/definitions/Kind/properties/field");
            String word = property.path("format").asString(property.get("type").asString());
            boolean moment = type == ColumnType.TIMESTAMP;
            assertThat(Set.of("integer", "boolean", "string", "float").contains(word)).as(type.name())
                    .isEqualTo(!moment);
        }
    }

    @Test
    void theTextOfADocumentIsSmallJson() throws IOException {
        String text = new Schemas(folder).document("simple_reference").orElseThrow().toString();
        assertThat(text.getBytes(UTF_8)).hasSizeLessThan(1000);
        assertThat(text).startsWith("{\"$ref\":\"#/definitions/ReferenceAnnotation\"");
    }
}
