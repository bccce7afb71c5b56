package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.Landmark;
import org.neuropil.coregister.ModelFile;
import org.neuropil.coregister.PointUnit;
import org.neuropil.coregister.Settings;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.Recipe;
import org.neuropil.coregister.fit.Work;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.pipeline.Progress;

import tools.jackson.databind.JsonNode;

/// Points through a model over HTTP, beside the model itself.
class CoregisterApiTest {
    private static final String APPLY = "/api/v1/coregister/apply";

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SessionsServer server;
    @SuppressWarnings("NullAway.Init")
    private static Coregistration model;

    @BeforeAll
    static void start() throws IOException {
        server = new SessionsServer(temp.resolve("dataset"), ServerOptions.loopback(0));
        Random random = new Random(1);
        List<Landmark> landmarks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Point3 point = new Point3(random.nextDouble(), random.nextDouble(), random.nextDouble());
            landmarks.add(new Landmark("p" + i, true,
                    Optional.of(new Point3(5e5 * point.x(), 2e5 * point.z(), 3e4 * point.y() * point.y())),
                    Optional.of(point)));
        }
        model = Coregistration.fit(landmarks, "made", "0", new Settings(Space.EM, PointUnit.parse("4x4x40nm", ""),
                PointUnit.parse("mm", ""), OptionalDouble.empty(),
                List.of(Recipe.spline(new Kernel.Power(1), 1, 0.01)), 5, 1, false), new Work(1, Progress.NONE));
        Files.createDirectories(server.folder.resolve("coregister"));
        ModelFile.write(server.folder.resolve("coregister").resolve("m1.json"), model);
        Files.writeString(server.folder.resolve("coregister").resolve("other.json"), "{}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void modelsAreListed() throws Exception {
        JsonNode list = server.json(200, "/api/v1/coregister/models");
        assertThat(list.get("models").size()).isOne();
        JsonNode one = list.get("models").get(0);
        assertThat(one.get("model").asString() + " " + one.get("em_unit").asString()).startsWith("m1 4");
        assertThat(one.get("to_em").get("median_um").asDouble()).isEqualTo(model.to(Space.EM).heldOut().median());
        assertThat(list.get("skipped").get(0).get("path").asString()).isEqualTo("other.json");
    }

    @Test
    void pointsAreMappedAsTheModelMapsThem() throws Exception {
        Point3 expected = model.apply(new Point3(100, 200, 300), PointUnit.MICROMETRE, Space.EM,
                PointUnit.parse("nm", ""));
        String body = "\"points\": [[100, 200, 300], [1, 2, 3]], \"to\": \"em\", \"unit\": \"um\", \"to_unit\": \"nm\"}";
        JsonNode json = SessionsServer.json(200, server.post(APPLY, "{\"model\": \"m1\", " + body));
        assertThat(json.get("points").get(0).valueStream().mapToDouble(JsonNode::asDouble).toArray())
                .containsExactly(expected.x(), expected.y(), expected.z());
        assertThat(json.get("points").size()).isEqualTo(2);
        assertThat(json.get("to_unit").asString()).isEqualTo("nm");
        assertThat(json.get("held_out").get("p90_um").asDouble()).isEqualTo(model.to(Space.EM).heldOut().p90());
        String own = Files.readString(server.folder.resolve("coregister").resolve("m1.json"));
        List<Map<String, Object>> rows = SessionsServer.arrow(server.post(APPLY,
                "{\"fitted\": " + own + ", " + body, "Accept", "application/vnd.apache.arrow.stream"));
        assertThat(rows).hasSize(2).first().isEqualTo(Map.of("em_x", expected.x(), "em_y", expected.y(), "em_z",
                expected.z()));
    }

    @Test
    void unitsThatAreLeftOutAreThoseOfTheLandmarks() throws Exception {
        Point3 expected = model.apply(new Point3(4000, 5000, 600), model.em(), Space.TWO_PHOTON, model.twoPhoton());
        JsonNode json = SessionsServer.json(200, server.post(APPLY,
                "{\"model\": \"m1\", \"to\": \"two-photon\", \"points\": [[4000, 5000, 600]]}"));
        assertThat(json.get("points").get(0).get(1).asDouble()).isEqualTo(expected.y());
        assertThat(json.get("unit").asString() + " " + json.get("to_unit").asString())
                .isEqualTo(model.em() + " mm");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', value = {
        "{\"model\": \"m1\", \"points\": []}|400|to|is missing",
        "{\"model\": \"m1\", \"to\": \"em\"}|400|points|is missing",
        "{\"model\": \"m2\", \"to\": \"em\", \"points\": []}|404|model|no model 'm2'",
        "{\"to\": \"em\", \"points\": []}|400|model|no model is named",
        "{\"model\": \"m1\", \"fitted\": {}, \"to\": \"em\", \"points\": []}|400|model|two models",
        "{\"fitted\": {}, \"to\": \"em\", \"points\": []}|400|fitted|is no model",
        "{\"model\": \"m1\", \"to\": \"mri\", \"points\": []}|400|to|not one of",
        "{\"model\": \"m1\", \"to\": \"em\", \"unit\": \"ell\", \"points\": []}|400|unit|no unit of points",
        "{\"model\": \"m1\", \"to\": \"em\", \"points\": [[1, 2]]}|400|points[0]|no point",
        "{\"model\": \"m1\", \"to\": \"em\", \"points\": [[1, 2, \"x\"]]}|400|points[0][2]|is not a number",
        "{\"modell\": \"m1\"}|400|modell|no field"})
    void whatIsWrongIsTold(String body, int status, String where, String words) throws Exception {
        HttpResponse<byte[]> reply = server.post(APPLY, body);
        JsonNode told = SessionsServer.json(status, reply);
        assertThat(told.get("where").asString()).isEqualTo(where);
        assertThat(told.get("error").asString()).contains(words);
    }
}
