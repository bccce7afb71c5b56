package org.neuropil.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.server.TestDataset;

import tools.jackson.databind.JsonNode;

class ViewerStateTest {
    private static final String ORIGIN = "http://localhost:1234";

    @TempDir
    Path folder = Path.of("");

    @Test
    void showsImageSegmentsAndMeshes() throws IOException {
        JsonNode state = decode(ViewerState.of(TestDataset.write(folder), ORIGIN).link());
        assertThat(state.get("dimensions").get("x").get(0).asDouble()).isEqualTo(8e-9);
        assertThat(state.get("dimensions").get("z").get(0).asDouble()).isEqualTo(3.3e-8);
        assertThat(state.get("dimensions").get("z").get(1).asString()).isEqualTo("m");
        assertThat(state.get("position").toString()).isEqualTo("[114.0,35.0,42.0]");
        assertThat(state.get("crossSectionScale").asDouble()).isCloseTo(0.2, within(1e-9));
        assertThat(state.get("showSlices").asBoolean()).isFalse();
        assertThat(state.get("layout").asString()).isEqualTo("4panel");
        assertThat(state.get("layers").valueStream().map(l -> l.get("name").asString())).containsExactly("em",
                "segmentation", "boundary", "supervoxels");
        JsonNode em = state.get("layers").get(0);
        assertThat(em.get("type").asString()).isEqualTo("image");
        assertThat(em.get("source").asString()).isEqualTo("precomputed://" + ORIGIN + "/data/em");
        assertThat(em.get("shader").asString()).contains("invlerp");
        JsonNode range = em.get("shaderControls").get("normalized").get("range");
        assertThat(range.get(0).asInt()).isBetween(1, 5);
        assertThat(range.get(1).asInt()).isBetween(250, 255);
        JsonNode segmentation = state.get("layers").get(1);
        assertThat(segmentation.get("source").valueStream().map(JsonNode::asString)).containsExactly(
                "precomputed://" + ORIGIN + "/data/segmentation", "precomputed://" + ORIGIN + "/data/meshes");
        // Sizes fall from 1000 by 100: eight have a fifth of the largest or more, all others have 100.
        assertThat(segmentation.get("segments").valueStream().map(JsonNode::asString))
                .hasSize(9).startsWith("18446744073709549616", "18446744073709549617");
        assertThat(state.get("layers").get(2).get("visible").asBoolean()).isFalse();
        assertThat(state.get("layers").get(3).get("visible").asBoolean()).isFalse();
        assertThat(state.get("layers").get(3).get("source").size()).isEqualTo(1);
    }

    @Test
    void withAGraphItsCellsAreShownAndCanBeEdited() throws IOException {
        ViewerState.Cells cells = new ViewerState.Cells("fib25", supervoxels -> {
            // Two segments are one cell by now; one has no root.
            long[] roots = supervoxels.clone();
            roots[1] = roots[0];
            roots[2] = 0;
            return roots;
        });
        JsonNode state = decode(ViewerState.of(TestDataset.write(folder), ORIGIN, Optional.of(cells)).link());
        assertThat(state.get("layers").valueStream().map(l -> l.get("name").asString())).containsExactly("em", "cells",
                "boundary", "segmentation", "supervoxels");
        JsonNode layer = state.get("layers").get(1);
        assertThat(layer.get("source").asString()).isEqualTo("graphene://" + ORIGIN + "/segmentation/table/fib25");
        assertThat(layer.has("visible")).isFalse();
        assertThat(layer.get("segments").valueStream().map(JsonNode::asString)).hasSize(7)
                .startsWith("18446744073709549616", "18446744073709549619");
        assertThat(layer.get("toolBindings").get("C").asString()).isEqualTo("grapheneMulticutSegments");
        // Control and a click place a merge's points in the layer that is chosen, and do nothing where none is.
        assertThat(state.get("selectedLayer").get("layer").asString()).isEqualTo("cells");
        assertThat(state.get("layers").get(3).get("visible").asBoolean()).isFalse();
    }

    @Test
    void anEmptyDatasetHasAStateToo() throws IOException {
        Dataset empty = Dataset.openOrCreate(folder, Dataset.About.named("empty"));
        JsonNode state = decode(ViewerState.of(empty, ORIGIN).link());
        assertThat(state.get("title").asString()).isEqualTo("empty");
        assertThat(state.get("layers").size()).isZero();
    }

    @Test
    void readsNoPropertiesOutsideTheDataset() throws IOException {
        Dataset dataset = TestDataset.write(folder.resolve("dataset"));
        Path info = dataset.path("segmentation").resolve("info");
        Files.writeString(info, Files.readString(info).replaceFirst("\\{", "{\"segment_properties\":\"../../evil\","));
        Files.createDirectories(folder.resolve("evil"));
        Files.copy(dataset.path("segmentation").resolve("segment_properties/info"), folder.resolve("evil/info"));
        JsonNode state = decode(ViewerState.of(dataset, ORIGIN).link());
        assertThat(state.get("layers").get(1).get("segments").size()).isZero();
    }

    private static JsonNode decode(String link) {
        assertThat(link).startsWith("/viewer/#!%7B").matches("/viewer/#![A-Za-z0-9%_.*-]+");
        return Json.MAPPER.readTree(URLDecoder.decode(link.substring("/viewer/#!".length()), StandardCharsets.UTF_8));
    }
}
