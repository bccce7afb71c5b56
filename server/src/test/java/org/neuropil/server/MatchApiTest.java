package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.FitWords;
import org.neuropil.coregister.LandmarkCsv;
import org.neuropil.coregister.ModelFile;
import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// Landmarks, matches and their report over HTTP, beside the Java API and what the cells were made of.
class MatchApiTest {
    private static final String PATH = "/api/v1/coregister/";
    private static final String NOTES = "x-notes";
    private static final int SIDE = 5;
    private static final int CELLS = SIDE * SIDE * SIDE;

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SessionsServer server;

    private static final StringBuilder LANDMARKS = new StringBuilder();
    private static final StringBuilder NUCLEI = new StringBuilder("id,pt_position_x,pt_position_y,pt_position_z\n");
    private static final StringBuilder ROIS = new StringBuilder("session,scan_idx,unit_id,x,y,z\n");
    private static final StringBuilder MANUAL = new StringBuilder("session,scan_idx,unit_id,target_id\n");

    /// Nuclei 25 µm apart, nearly, in EM; cells by them in a space that is twice as large.
    @BeforeAll
    static void start() throws IOException {
        server = new SessionsServer(temp.resolve("dataset"), ServerOptions.loopback(0));
        Random random = new Random(1);
        for (int i = 0; i < CELLS; i++) {
            double x = 25 * (i % SIDE) + 6 * random.nextDouble();
            double y = 25 * (i / SIDE % SIDE) + 6 * random.nextDouble();
            double z = 25.0 * (i / (SIDE * SIDE)) + 6 * random.nextDouble();
            NUCLEI.append(String.format(Locale.ROOT, "%d,%.3f,%.3f,%.3f\n", 864691135000000000L + i, x, y, z));
            ROIS.append(String.format(Locale.ROOT, "4,7,%d,%.3f,%.3f,%.3f\n", i, 2 * x + random.nextGaussian(),
                    2 * y + random.nextGaussian(), 2 * z + random.nextGaussian()));
            MANUAL.append("4,7,").append(i).append(',').append(864691135000000000L + i).append('\n');
            if (i % 3 == 0) {
                LANDMARKS.append(String.format(Locale.ROOT, "\"Pt-%d\",\"true\",\"%.4f\",\"%.4f\",\"%.4f\",\"%.4f\","
                        + "\"%.4f\",\"%.4f\"\n", i, x, y, z, 2 * x, 2 * y, 2 * z));
            }
        }
        MANUAL.append("9,9,9,1\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> post(String path, Map<String, Object> body) throws Exception {
        return server.post(PATH + path, new String(Json.bytes(body), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> fit() {
        return new LinkedHashMap<>(Map.of("landmarks", LANDMARKS.toString(), "file", "pairs.csv", "em", "um",
                "two_photon", "um", "kernel", List.of("r"), "order", List.of(1), "smoothing", List.of(0.1), "folds", 5,
                "seed", 3));
    }

    private static Map<String, Object> match(Object fitted) {
        return new LinkedHashMap<>(Map.of("cells", ROIS.toString(), "nuclei", NUCLEI.toString(), "fitted", fitted,
                "manual", MANUAL.toString()));
    }

    @Test
    void aFitIsTheFileOfTheJavaApi() throws Exception {
        byte[] bytes = LANDMARKS.toString().getBytes(StandardCharsets.UTF_8);
        Coregistration model = Coregistration.fit(LandmarkCsv.parse(bytes, "pairs.csv"), "pairs.csv",
                Json.sha256(bytes), new FitWords("em", "um", "um", Optional.empty(), List.of("r"), List.of(1),
                        List.of(0.1), List.of(), 5, 3, false).settings());
        HttpResponse<byte[]> reply = post("fit", fit());
        assertThat(SessionsServer.text(reply)).isEqualTo(new String(ModelFile.bytes(model), StandardCharsets.UTF_8));
        // As rows the landmarks are those of the plain file that 'landmarks' writes of them.
        Map<String, Object> asked = new LinkedHashMap<>(
                Map.of("landmarks", LANDMARKS.toString(), "em", "um", "two_photon", "um"));
        JsonNode rows = SessionsServer.json(200, post("landmarks", asked));
        assertThat(rows.get("landmarks").size()).isEqualTo(42);
        String plain = SessionsServer.text(post("landmarks?format=csv", asked));
        assertThat(plain).startsWith("Pt-0,TRUE,");
        Map<String, Object> given = fit();
        given.put("landmarks", plain);
        String expected = SessionsServer.text(post("fit", given));
        given.put("landmarks", rows.get("landmarks"));
        assertThat(SessionsServer.text(post("fit", given))).isEqualTo(expected).contains(Json.sha256(
                plain.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void landmarksComeInOtherUnitsAndForms() throws Exception {
        Map<String, Object> asked = new LinkedHashMap<>(Map.of("landmarks",
                "a,TRUE,1,2,3,0.5,0.25,0.125\nb,FALSE,1,2,3,Infinity,Infinity,Infinity\n", "em", "um", "two_photon",
                "mm", "to_em", "nm", "to_first", "two-photon", "mirror_y", 1000, "as", "bigwarp"));
        HttpResponse<byte[]> csv = post("landmarks?format=csv", asked);
        assertThat(SessionsServer.text(csv).lines().toList().getFirst())
                .isEqualTo("\"a\",\"true\",\"0.5\",\"0.75\",\"0.125\",\"1000.0\",\"2000.0\",\"3000.0\"");
        assertThat(csv.headers().firstValue(NOTES).orElseThrow()).contains("2 landmarks, 1 of them active");
        List<Map<String, Object>> rows = SessionsServer.arrow(post("landmarks?format=arrow", asked));
        assertThat(rows.getFirst()).containsEntry("name", "a").containsEntry("active", true)
                .containsEntry("moving_y", 0.75).containsEntry("fixed_z", 3000.0);
        assertThat(rows.get(1)).containsEntry("moving_x", Double.NaN);
        JsonNode list = SessionsServer.json(200, post("landmarks", asked)).get("landmarks");
        assertThat(list.get(1).get("moving").isNull()).isTrue();
    }

    @Test
    void cellsFindTheirNucleiInEveryForm() throws Exception {
        JsonNode fitted = SessionsServer.json(200, post("fit", fit()));
        HttpResponse<byte[]> reply = post("match?format=arrow", match(fitted));
        List<Map<String, Object>> rows = SessionsServer.arrow(reply);
        assertThat(rows).hasSize(CELLS);
        for (int i = 0; i < CELLS; i++) {
            assertThat(rows.get(i)).containsEntry("unit_id", i).containsEntry("target_id", 864691135000000000L + i);
        }
        assertThat(rows.getFirst().keySet()).containsExactly("target_id", "session", "scan_idx", "unit_id", "residual",
                "score", "probability", "no_nucleus", "separation", "cells_of_nucleus");
        assertThat(reply.headers().firstValue(NOTES).orElseThrow())
                .isEqualTo("125 rows of the kind func_unit_ext_coreg; 1 manual rows are of no cell that was given");
        JsonNode json = SessionsServer.json(200, post("match", match(fitted)));
        assertThat(json.get("rows").get(7).get("target_id").asString()).isEqualTo("864691135000000007");
        assertThat(json.get("rows").get(7).get("residual").asDouble()).isEqualTo(rows.get(7).get("residual"));
        String csv = SessionsServer.text(post("match?format=csv", match(fitted)));
        assertThat(csv.lines().count()).isEqualTo(1 + CELLS);
        // The model as the text that the fit answered.
        assertThat(SessionsServer.text(post("match?format=csv", match(fitted.toString())))).isEqualTo(csv);
        // The same cells as objects, as a data frame gives them.
        Map<String, Object> objects = match(fitted);
        objects.put("cells", ROIS.toString().lines().skip(1).map(line -> line.split(",")).map(
                cells -> Map.of("session", 4, "scan_idx", 7, "unit_id", Integer.valueOf(cells[2]), "x",
                        Double.valueOf(cells[3]), "y", Double.valueOf(cells[4]), "z", Double.valueOf(cells[5])))
                .toList());
        assertThat(SessionsServer.text(post("match?format=csv", objects))).isEqualTo(csv);
    }

    @Test
    void figuresTellHowManualMatchesAgreeAndNotesWhatIsOdd() throws Exception {
        JsonNode fitted = SessionsServer.json(200, post("fit", fit()));
        JsonNode figures = SessionsServer.json(200, post("match/figures", match(fitted)));
        assertThat(figures.get("cells").asInt()).isEqualTo(figures.get("manual_matches").asInt()).isEqualTo(CELLS);
        assertThat(figures.get("agreement").get(0).get("agree").asDouble()).isOne();
        assertThat(figures.get("inputs").get("cells").asString())
                .isEqualTo(Json.sha256(ROIS.toString().getBytes(StandardCharsets.UTF_8)));
        Map<String, Object> far = match(fitted);
        far.put("unit", "mm");
        assertThat(post("match", far).headers().firstValue(NOTES).orElseThrow())
                .startsWith("hardly any cell has a nucleus").contains("are unit, nuclei_unit and model right?");
    }

    @Test
    void aReportIsOnePage() throws Exception {
        JsonNode fitted = SessionsServer.json(200, post("fit", fit()));
        HttpResponse<byte[]> reply = post("report", match(fitted));
        assertThat(reply.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(SessionsServer.text(reply)).contains("Matches by place", "From two-photon to EM", "Digests");
        String model = SessionsServer.text(post("report", Map.of("fitted", fitted)));
        assertThat(model).contains("From two-photon to EM").doesNotContain("Matches by place");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', value = {
        "fit|{\"em\": \"um\", \"two_photon\": \"um\"}|400|landmarks|is missing",
        "fit|{\"landmarks\": \"a,b\", \"em\": \"um\", \"two_photon\": \"um\"}|400|landmarks, line 1|2 columns",
        "fit|{\"landmarks\": \"\", \"two_photon\": \"um\"}|400|em|is missing",
        "fit|{\"landmarks\": \"\", \"em\": \"ell\", \"two_photon\": \"um\"}|400|em|no unit of points",
        "fit|{\"landmarks\": \"\", \"em\": \"um\", \"two_photon\": \"um\", \"folds\": 1}|400|folds|not one of 2",
        "fit|{\"landmarks\": \"\", \"em\": \"um\", \"two_photon\": \"um\", \"folds\": 99999999999}|400|folds|99999999999 is not a whole number",
        "fit|{\"landmarks\": \"\", \"em\": \"um\", \"two_photon\": \"um\", \"mirror_y\": 1e308}|400|mirror_y|no length",
        "landmarks|{\"landmarks\": \"a,TRUE,1e308,1,1,1,1,1\", \"em\": \"mm\", \"two_photon\": \"um\", \"to_em\": \"nm\"}|400|landmarks|a point of 'a' is too far away",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"fitted\": 5}|400|fitted|is no model",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"fitted\": \"text\"}|400|fitted|is no model",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"fitted\": null, \"model\": \"none\"}|404|model|no model 'none'",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"unit\": \"um\", \"nuclei_unit\": \"um\", \"columns\": [\"x\", \"x\", \"x\"]}|400|columns|three columns",
        "report|{\"fitted\": {}, \"manual\": \"\"}|400|cells|is missing",
        "fit|{\"landmarks\": [{}], \"em\": \"um\", \"two_photon\": \"um\"}|400|landmarks[0]|has no name",
        "fit|{\"landmarks\": \"\", \"em\": \"um\", \"two_photon\": \"um\", \"mirror\": 1}|400|mirror|no field",
        "landmarks|{\"landmarks\": \"\", \"em\": \"um\", \"two_photon\": \"um\", \"as\": \"xml\"}|400|as|not one of",
        "match|{\"nuclei\": \"\"}|400|cells|is missing",
        "match|{\"cells\": \"\", \"nuclei\": \"\"}|400|unit|is missing",
        "match|{\"cells\": \"\", \"unit\": \"um\", \"nuclei_unit\": \"um\"}|400|nuclei|is missing",
        "match|{\"cells\": [1], \"nuclei\": \"\", \"unit\": \"um\", \"nuclei_unit\": \"um\"}|400|cells|no object",
        "match|{\"cells\": \"a\", \"nuclei\": \"\", \"unit\": \"um\", \"nuclei_unit\": \"um\"}|400|cells, line 1|has not",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"unit\": \"um\", \"nuclei_unit\": \"um\", \"per\": [\"a\"]}|400|per|goes with one_to_one",
        "match|{\"cells\": \"\", \"nuclei_table\": \"none\", \"unit\": \"um\"}|404|table|none",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"model\": \"none\"}|404|model|no model 'none'",
        "match|{\"cells\": \"\", \"nuclei\": \"\", \"unit\": \"um\", \"nuclei_unit\": \"um\", \"score\": \"a\"}|400|score|not one of",
        "report|{}|400|model|nothing to report"})
    void whatIsWrongIsTold(String path, String body, int status, String where, String words) throws Exception {
        JsonNode told = SessionsServer.json(status, server.post(PATH + path, body));
        assertThat(told.get("where").asString()).isEqualTo(where);
        assertThat(told.get("error").asString()).contains(words);
    }
}
