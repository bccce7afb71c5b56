package org.neuropil.graph.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Holds the multicut against what `multicut_vectors.py` made with networkx.
class MulticutVectorsTest {
    @Test
    void doesAndRefusesWhatNetworkxDoesAndRefuses() throws Exception {
        JsonNode vectors;
        try (InputStream in = MulticutVectorsTest.class.getResourceAsStream("multicut.json")) {
            vectors = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
        assertThat(vectors.size()).isGreaterThan(100);
        for (int i = 0; i < vectors.size(); i++) {
            JsonNode vector = vectors.get(i);
            String name = "vector " + i;
            assertThat(answer(vector)).as(name).isEqualTo(expected(vector));
            assertThat(preview(vector)).as(name).isEqualTo(expectedPreview(vector));
        }
    }

    private static String answer(JsonNode vector) {
        try {
            Cut cut = Multicut.cut(graph(vector), ids(vector.get("sources")), ids(vector.get("sinks")),
                    Isolating.valueOf(vector.get("isolating").stringValue()));
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < cut.a().length; i++) {
                pairs.add(text(cut.a()[i], cut.b()[i]));
            }
            return pairs + " " + cut.value() + " " + text(cut.sourceSide()) + " " + text(cut.sinkSide());
        } catch (CutRefusedException e) {
            return e.refusal().reason().toString();
        }
    }

    private static String expected(JsonNode vector) {
        if (vector.has("refusal")) {
            return vector.get("refusal").stringValue();
        }
        if (vector.get("illegal").booleanValue()) {
            return "CUTS_OFF_ONLY_POINTS";
        }
        List<String> pairs = new ArrayList<>();
        vector.get("pairs").forEach(pair -> pairs.add(text(ids(pair))));
        return pairs + " " + vector.get("value").doubleValue() + " " + text(ids(vector.get("components").get(0))) + " "
                + text(ids(vector.get("components").get(1)));
    }

    private static String preview(JsonNode vector) {
        try {
            Preview preview = Multicut.preview(graph(vector), ids(vector.get("sources")), ids(vector.get("sinks")),
                    Isolating.valueOf(vector.get("isolating").stringValue()));
            return preview.isIllegal() + " " + preview.components().stream().map(MulticutVectorsTest::text).toList();
        } catch (CutRefusedException e) {
            return e.refusal().reason().toString();
        }
    }

    private static String expectedPreview(JsonNode vector) {
        if (vector.has("refusal")) {
            return vector.get("refusal").stringValue();
        }
        List<String> components = new ArrayList<>();
        vector.get("components").forEach(component -> components.add(text(ids(component))));
        return vector.get("illegal").booleanValue() + " " + components;
    }

    private static LocalGraph graph(JsonNode vector) {
        JsonNode edges = vector.get("edges");
        long[] a = new long[edges.size()];
        long[] b = new long[edges.size()];
        float[] affinity = new float[edges.size()];
        for (int i = 0; i < a.length; i++) {
            a[i] = id(edges.get(i).get(0));
            b[i] = id(edges.get(i).get(1));
            JsonNode given = edges.get(i).get(2);
            affinity[i] = given.isString() ? Float.POSITIVE_INFINITY : (float) given.doubleValue();
        }
        return LocalGraph.of(a, b, affinity);
    }

    private static long[] ids(JsonNode array) {
        long[] ids = new long[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(array.get(i));
        }
        return ids;
    }

    /// Above 2^63, too.
    private static long id(JsonNode node) {
        return node.bigIntegerValue().longValue();
    }

    private static String text(long... ids) {
        StringBuilder text = new StringBuilder();
        for (long id : ids) {
            text.append(text.isEmpty() ? "" : ",").append(Long.toUnsignedString(id));
        }
        return text.toString();
    }
}
