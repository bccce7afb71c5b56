package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.physiology.movie.Dff;
import org.neuropil.physiology.movie.DffMethod;
import org.neuropil.physiology.movie.Events;
import org.neuropil.physiology.movie.Noise;
import org.neuropil.physiology.movie.Snr;
import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// Steps on traces over HTTP, beside the functions on one trace.
class TracesApiTest {
    private static final int FRAMES = 400;
    private static final double[][] VALUES = new double[2][FRAMES];

    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SessionsServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new SessionsServer(temp.resolve("dataset"), ServerOptions.loopback(0));
        Random random = new Random(1);
        for (double[] trace : VALUES) {
            for (int i = 0; i < FRAMES; i++) {
                trace[i] = 100 + random.nextGaussian() + 30 * Math.exp(-(i % 50) / 5.0);
            }
        }
        VALUES[1][3] = Double.NaN;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> post(String path, Map<String, ?> body) throws Exception {
        return server.post("/api/v1/traces/" + path, new String(Json.bytes(body), StandardCharsets.UTF_8));
    }

    private static String csv(double[][] values, boolean timed) {
        StringBuilder text = new StringBuilder(timed ? "time,a,b\n" : "a,b\n");
        for (int i = 0; i < FRAMES; i++) {
            text.append(timed ? i / 10.0 + "," : "").append(values[0][i]).append(',').append(values[1][i]).append('\n');
        }
        return text.toString();
    }

    private static double[] column(List<Map<String, Object>> rows, String roi, String name) {
        return rows.stream().filter(row -> roi.equals(row.get("roi")))
                .mapToDouble(row -> (double) Objects.requireNonNull(row.get(name))).toArray();
    }

    @Test
    void dffIsThatOfEachTrace() throws Exception {
        Dff expected = DffMethod.WINDOWED_MEDIAN.of(VALUES[1], 10, 20.5, 10 / 3.0);
        Map<String, Object> asked = Map.of("traces", csv(VALUES, true), "method", "windowed_median", "long_window",
                20.5);
        HttpResponse<byte[]> reply = post("dff?format=arrow", asked);
        List<Map<String, Object>> rows = SessionsServer.arrow(reply);
        assertThat(rows).hasSize(2 * FRAMES).first().extracting(Map::keySet).asString()
                .isEqualTo("[roi, frame, time, dff, baseline]");
        assertThat(column(rows, "b", "dff")).isEqualTo(expected.dff());
        assertThat(column(rows, "b", "baseline")).isEqualTo(expected.baseline());
        assertThat(reply.headers().firstValue("x-notes").orElseThrow())
                .isEqualTo("2 traces of windowed_median dF/F, windows of 205 and 33 frames");
        JsonNode figures = SessionsServer.json(200, post("dff?show=figures", asked)).get("rows");
        assertThat(figures.get(1).get("sigma_dff").asDouble()).isEqualTo(expected.noise());
        // As lists, with null for what is missing, and a rate instead of times.
        Map<String, Object> lists = new LinkedHashMap<>();
        for (int roi = 0; roi < 2; roi++) {
            List<@Nullable Double> list = new ArrayList<>();
            for (double value : VALUES[roi]) {
                list.add(Double.isNaN(value) ? null : (Double) value);
            }
            lists.put("ab".substring(roi, roi + 1), list);
        }
        assertThat(SessionsServer.json(200, post("dff?show=figures", Map.of("traces", lists, "rate", 10, "method",
                "windowed_median", "long_window", 20.5))).get("rows")).isEqualTo(figures);
    }

    @Test
    void eventsAndTheirSignalToNoiseAreThoseOfEachTrace() throws Exception {
        double[][] dff = new double[2][];
        for (int roi = 0; roi < 2; roi++) {
            dff[roi] = DffMethod.WINDOWED_MEDIAN.of(VALUES[roi], 10, 20, 10 / 3.0).dff();
        }
        Events expected = Events.of(dff[0], 10, new Events.Options(0.5, 2, 3));
        Map<String, Object> asked = Map.of("traces", csv(dff, false), "rate", 10, "decay", 0.5, "upsampling", 2,
                "sigmas", 3);
        List<Map<String, Object>> rows = SessionsServer.arrow(post("events?format=arrow", asked));
        assertThat(column(rows, "a", "event")).isEqualTo(expected.magnitudes());
        assertThat(column(SessionsServer.arrow(post("events?format=arrow&show=fine", asked)), "a", "event"))
                .isEqualTo(expected.fine());
        assertThat(
                SessionsServer.json(200, post("events?show=figures", asked)).get("rows").get(0).get("events").asInt())
                .isEqualTo(expected.count()).isGreaterThan(3);
        double[][] events = {column(rows, "a", "event"), column(rows, "b", "event")};
        JsonNode snr = SessionsServer.json(200, post("snr", Map.of("traces", csv(dff, true), "events",
                csv(events, false)))).get("rows").get(0);
        assertThat(snr.get("noise_std").asDouble()).isEqualTo(Noise.deviation(dff[0]));
        assertThat(snr.get("event_power").asDouble()).isEqualTo(Snr.eventPower(dff[0], events[0]));
    }

    @Test
    void surroundingsAreTakenOutAndTwinsFound() throws Exception {
        double[][] around = {new double[FRAMES], new double[FRAMES]};
        for (int i = 0; i < FRAMES; i++) {
            around[0][i] = around[1][i] = i % 7;
        }
        List<Map<String, Object>> rows = SessionsServer.arrow(post("neuropil?format=arrow",
                Map.of("traces", csv(VALUES, false), "surroundings", csv(around, false), "r", 0.5)));
        assertThat(rows.get(10)).containsEntry("corrected", VALUES[0][10] - 0.5 * around[0][10]);
        String masks = "roi,x,y\na,1,1\na,2,1\nb,50,9\nb,51,9\n";
        Map<String, Object> plane = Map.of("masks", masks, "traces", csv(VALUES, false));
        JsonNode groups = SessionsServer.json(200, post("duplicates", Map.of("planes", List.of(plane, plane))))
                .get("rows");
        assertThat(groups.size()).isEqualTo(4);
        assertThat(groups.get(1).toString()).contains("\"plane\":1", "\"roi\":\"a\"", "\"kept\":false");
        assertThat(SessionsServer.arrow(post("duplicates?show=pairs&format=arrow",
                Map.of("planes", List.of(plane, plane), "jaccard", 0.5)))).hasSize(2).first().asString()
                .contains("jaccard=1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', value = {
        "dff|{}|400|traces|is missing",
        "dff|{\"traces\": \"a\\n1\\n2\"}|400|traces|how many frames a second",
        "dff|{\"traces\": \"a\\n1\\n2\", \"rate\": -1}|400|rate|is not above 0",
        "dff|{\"traces\": \"a\\n1\\n2\", \"rate\": 6}|400|inactive_median|is not shorter than the trace of 2",
        "dff|{\"traces\": \"a\\nx\", \"rate\": 6}|400|traces, row 1, column a|is no number",
        "dff|{\"traces\": {\"a\": [1], \"b\": [1, 2]}, \"rate\": 6}|400|traces.b|has 2 frames",
        "dff|{\"traces\": {\"a\": [\"x\"]}, \"rate\": 6}|400|traces.a[0]|no number",
        "dff|{\"traces\": \"a\\n1\", \"method\": \"mode\"}|400|method|is not one of",
        "dff?show=all|{\"traces\": \"a\\n1\"}|400|show|is not known",
        "events|{\"traces\": \"a\\n1\", \"rate\": 6}|400|decay|is missing",
        "events|{\"traces\": \"a\\n1\", \"rate\": 6, \"decay\": 1, \"upsampling\": 0}|400|upsampling|is not 1 to 100",
        "snr|{\"traces\": \"a\\n1\", \"rate\": 6, \"events\": \"b\\n1\"}|400|events|other regions",
        "neuropil|{\"traces\": \"a\\n1\", \"surroundings\": \"a\\n1\\n2\"}|400|surroundings|other regions or frames",
        "neuropil|{\"traces\": \"a\\n1\", \"surroundings\": \"b\\n1\"}|400|surroundings|region 1 is 'b'",
        "neuropil|{\"traces\": \"a\\n1\", \"surroundings\": \"a\\n1\", \"r\": 1e308}|400|r|is not 0 to 10",
        "dff|{\"traces\": {\"time\": [0, 1, 2]}}|400|traces|holds no region",
        "events|{\"traces\": {\"a\": [0, 1, 2]}, \"rate\": 6, \"decay\": 1e308}|400|decay|for ever at 6.0",
        "events|{\"traces\": {\"a\": [0, 1, 2]}, \"rate\": 1e-9, \"decay\": 1}|400|decay|nothing at 1.0E-9",
        "duplicates|{\"planes\": [{\"masks\": \"roi,x,y\\na,1,1\", \"traces\": {\"a\": [1, 2]}}, {\"masks\": \"roi,x,y\\na,1,1\", \"traces\": {\"a\": [1, 2]}}], \"jaccard\": 2}|400|jaccard|is not 0 to 1",
        "duplicates|{\"planes\": [{}]}|400|planes|1 planes are given",
        "duplicates|{\"planes\": [{}, {}]}|400|planes[0].masks|is missing"})
    void whatIsWrongIsTold(String path, String body, int status, String where, String words) throws Exception {
        JsonNode told = SessionsServer.json(status, server.post("/api/v1/traces/" + path, body));
        assertThat(told.get("where").asString()).isEqualTo(where);
        assertThat(told.get("error").asString()).contains(words);
    }

    @Test
    void whatIsTooMuchIsRefused() throws Exception {
        StringBuilder text = new StringBuilder("a,b\n");
        text.repeat("1,2\n", 500_001);
        JsonNode told = SessionsServer.json(413, post("dff", Map.of("traces", text.toString(), "rate", 6)));
        assertThat(told.get("error").asString()).contains("1000002 values are more than 1000000");
    }
}
