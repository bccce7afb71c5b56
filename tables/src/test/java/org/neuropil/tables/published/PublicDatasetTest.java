package org.neuropil.tables.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;

class PublicDatasetTest {
    private static final Offset<Double> CLOSE = within(2e-6);

    private static void assertFrame(String dataset, String version, VoxelSize voxel, int[] at, double... um)
            throws IOException {
        Frame frame = PublicDataset.find(dataset).frames().stream().filter(one -> one.version().equals(version))
                .findFirst().orElseThrow();
        double[] found = frame.micrometres(at[0] * voxel.x(), at[1] * voxel.y(), at[2] * voxel.z());
        for (int i = 0; i < 3; i++) {
            // Published matrices have 7 to 9 digits: places of a millimetre are known to a few tenths of a nm.
            assertThat(found[i]).as(version + " " + i).isCloseTo(um[i], within(5e-4));
        }
    }

    @Test
    void framesGiveThePublishedVectors() throws IOException {
        VoxelSize minnie = new VoxelSize(4, 4, 40);
        assertFrame("minnie65_public", "1.4", minnie, new int[]{240640, 207872, 21360}, 886.428214, 515.545537, 854.4);
        assertFrame("minnie65_public", "1.4", minnie, new int[]{183013, 83535, 21480}, 700.144101, 0, 859.2);
        assertFrame("minnie65_public", "1.4", minnie, new int[]{300000, 200000, 22000}, 1125.709044, 504.871618, 880);
        VoxelSize v1dd = new VoxelSize(9, 9, 45);
        assertFrame("v1dd_public", "2.0", v1dd, new int[]{84255, 27946, 10871}, 759.869351, 0, 404.530674);
        assertFrame("v1dd_public", "2.0", v1dd, new int[]{100000, 60000, 9000}, 902.951410, 254.711401, 246.281174);
        assertFrame("v1dd_public", "1.4", v1dd, new int[]{100000, 60000, 9000}, 902.951410, 238.950548, 246.281174);
    }

    @Test
    void spellingsOfATypeAreOne() throws IOException {
        TypeSystem v1dd = PublicDataset.find("v1dd_public").typeSystems().getFirst();
        assertThat(v1dd.type("L3-IT")).hasValue("L3IT");
        assertThat(v1dd.type("L3IT")).hasValue("L3IT");
        assertThat(v1dd.type("l6 sp")).hasValue("L6SP");
        assertThat(v1dd.type("subplate")).hasValue("L6SP");
        assertThat(v1dd.type("L7IT")).isEmpty();
        TypeSystem aibs = PublicDataset.find("minnie65_public").typeSystems().getFirst();
        assertThat(aibs.type("6PIT")).hasValue("6P-IT");
    }

    @Test
    void resolutionsAreThoseOfEachTable() throws IOException {
        PublicDataset v1dd = PublicDataset.find("v1dd_public");
        assertThat(v1dd.table("synapses_v1dd").orElseThrow().info("", "").resolution())
                .isEqualTo(new VoxelSize(9.7, 9.7, 45));
        assertThat(v1dd.table("nucleus_detection_v0").orElseThrow().info("", "").resolution())
                .isEqualTo(new VoxelSize(9, 9, 45));
        assertThat(PublicDataset.find("minnie65_public").tables())
                .allMatch(table -> table.info("", "").resolution().equals(new VoxelSize(4, 4, 40)));
        // A voxel of the one table and one of the other, in one frame of nm (a position of the published bundle).
        assertThat(99197 * v1dd.table("synapses_v1dd").orElseThrow().resolution().getFirst()).isCloseTo(962210.9,
                CLOSE);
    }

    @Test
    void aDescriptionComesBackFromItsJson() throws IOException {
        for (String name : PublicDataset.known()) {
            PublicDataset dataset = PublicDataset.find(name);
            assertThat(PublicDataset.parse(Json.bytes(dataset), name)).isEqualTo(dataset);
            assertThat(dataset.tables()).allSatisfy(table -> assertThat(table.reference().isEmpty()
                    || dataset.table(table.reference()).isPresent()).as(table.name()).isTrue());
            assertThat(dataset.roles().values()).allMatch(table -> dataset.table(table).isPresent());
        }
    }

    @Test
    void aBadDescriptionIsToldWithItsField() {
        assertBad("{}", "field name: is missing");
        assertBad("{\"name\":\"a\",\"tables\":[{\"name\":\"t\",\"schema\":\"synapse\",\"resolution\":[4,4]}]}",
                "field tables, t, resolution: a resolution has 2 numbers");
        assertBad("{\"name\":\"a\",\"tables\":[{\"name\":\"t\",\"schema\":\"cell_type_reference\","
                + "\"resolution\":[4,4,40]}]}", "field tables, t, reference: is missing");
        assertBad("{\"name\":\"a\",\"tables\":[{\"name\":\"t\",\"schema\":\"synaps\",\"resolution\":[4,4,40]}]}",
                "'synaps' is no kind");
        assertBad("{\"name\":\"a\",\"versions\":{\"x\":{}}}", "'x' is no version");
        assertBad("{\"name\":\"a\",\"versions\":{\"1\":null}}", "'1' is no version");
        assertBad("{\"name\":\"a\",\"tables\":[{\"name\":\"t\",\"resolution\":[4,4,40]}]}",
                "field tables, t, schema: is missing");
        assertBad("{\"name\":\"a\",\"tables\":[{\"name\":\"t\",\"schema\":\"synapse\",\"resolution\":[0,4,40]}]}",
                "field tables, t, resolution: [0.0, 4.0, 40.0] is no resolution");
        assertBad("{\"name\":\"a\",\"tables\":[{\"name\":\"t\",\"sciema\":\"synapse\"}]}", "sciema");
        assertBad("{\"name\":\"a\",\"frames\":[{\"name\":\"f\",\"version\":\"1\",\"matrix\":[[1]]}]}",
                "field frames, f 1");
        assertBad("[]", "is not what was expected");
    }

    private static void assertBad(String json, String words) {
        assertThatThrownBy(() -> PublicDataset.parse(json.getBytes(StandardCharsets.UTF_8), "mine.json")).as(json)
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains("mine.json", words));
    }
}
