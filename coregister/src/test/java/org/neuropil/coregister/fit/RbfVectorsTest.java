package org.neuropil.coregister.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Objects;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Scaling;
import org.neuropil.coregister.transform.Transform;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Splines beside those of scipy, whose values `rbf_vectors.py` wrote.
class RbfVectorsTest {
    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }

    @Test
    void splinesAreThoseOfScipy() throws Exception {
        JsonNode vectors;
        try (InputStream in = RbfVectorsTest.class.getResourceAsStream("rbf.json")) {
            vectors = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
        double[] points = numbers(vectors.get("points"));
        double[] values = numbers(vectors.get("values"));
        double[] queries = numbers(vectors.get("queries"));
        double scale = Scaling.of(points, Recipe.EVEN).scale().x();
        assertThat(vectors.get("cases").size()).isEqualTo(30);
        for (JsonNode one : vectors.get("cases")) {
            Kernel kernel = Kernel.parse(one.get("kernel").asString(), "");
            // Theirs is of distances as they are given.
            double unit = kernel instanceof Kernel.Power power ? Math.pow(scale, power.exponent()) : scale * scale;
            Transform.Warp map = Fit.plain(points, values, Recipe.spline(kernel, one.get("order").asInt(),
                    one.get("smoothing").asDouble() / unit));
            double[] expected = numbers(one.get("at"));
            for (int i = 0; i < queries.length; i += 3) {
                Point3 found = map.apply(new Point3(queries[i], queries[i + 1], queries[i + 2]));
                for (int axis = 0; axis < 3; axis++) {
                    assertThat(found.get(axis)).as(one.get("kernel") + " " + one.get("order"))
                            .isEqualTo(expected[i + axis], Offset.offset(1e-6));
                }
            }
        }
    }
}
