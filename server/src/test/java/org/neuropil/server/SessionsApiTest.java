package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.SessionsServer.PATH;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Explanation;
import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.plot.SessionPlots;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.physiology.table.MetricTable;
import org.neuropil.physiology.table.PairMetrics;
import org.neuropil.physiology.table.PairValue;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.physiology.table.SessionValue;
import org.neuropil.physiology.trial.Cuts;
import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// Sessions, metrics and plots over HTTP, beside what the Java API gives for the session that was stored.
class SessionsApiTest {
    @TempDir
    static Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static SessionsServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new SessionsServer(temp.resolve("dataset"), ServerOptions.loopback(0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SessionChoice choice(Set<String> metrics, Set<String> stimuli,
            Optional<MetricTable.Drawing> drawing) {
        return new SessionChoice(metrics, stimuli, Optional.empty(), Cuts.PUBLISHED, drawing, Optional.of(50), 3, 1);
    }

    @Test
    void aSessionIsListedAndDescribed() throws Exception {
        JsonNode list = server.json(200, "/api/v1/sessions");
        assertThat(list.get("skipped")).isEmpty();
        JsonNode one = list.get("sessions").get(0);
        assertThat(one.get("session").asString()).isEqualTo(SessionsServer.NAME);
        assertThat(one.get("rois").asInt()).isEqualTo(7);
        assertThat(one.get("kinds").toString()).isEqualTo("[\"dff\",\"events\"]");
        JsonNode told = server.json(200, PATH);
        assertThat(told.get("planes").size()).isEqualTo(2);
        Plane plane = server.made.planes().get(1);
        assertThat(told.get("planes").get(1).get("depth").asDouble()).isEqualTo(plane.depth());
        assertThat(told.get("planes").get(1).get("last").asDouble())
                .isEqualTo(plane.clock().time(plane.clock().frames() - 1));
        JsonNode gratings = told.get("stimuli").get(0);
        assertThat(gratings.get("family").asString()).isEqualTo("drifting_gratings_full");
        assertThat(gratings.get("conditions").asInt()).isEqualTo(24);
        assertThat(told.get("epochs").size()).isEqualTo(server.made.epochs().size());
        assertThat(told.get("signals").get(0).get("name").asString()).isEqualTo("pupil_area");
    }

    @Test
    void aSessionThatIsThereTwiceIsListedWithTheReason() throws Exception {
        Path folder = temp.resolve("twins");
        try (SessionsServer twins = new SessionsServer(folder, ServerOptions.loopback(0))) {
            Path from = SessionImport.place(folder, SessionsServer.NAME);
            try (Stream<Path> all = Files.walk(from)) {
                for (Path file : all.toList()) {
                    Files.copy(file, from.resolveSibling("again").resolve(from.relativize(file).toString()));
                }
            }
            JsonNode list = twins.json(200, "/api/v1/sessions");
            assertThat(list.get("sessions").get(0).get("session").asString()).isEqualTo("again");
            JsonNode skipped = list.get("skipped").get(0);
            assertThat(skipped.get("path").asString()).isEqualTo(SessionsServer.NAME);
            assertThat(skipped.get("why").asString()).contains("again").doesNotContain(folder.toString());
            // Both can be asked by their names.
            assertThat(twins.json(200, PATH).get("rois").asInt()).isEqualTo(7);
        }
    }

    @Test
    void whatIsLeftOutOfMetricsIsTold() throws Exception {
        HttpResponse<byte[]> reply = server.get(PATH + "/metrics?metrics=osi&stimuli=dgf&trace=raw");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("x-notes").orElseThrow()).contains("is left out, for it has no traces of "
                + "kind raw");
        assertThat(server.json(400, PATH + "/metrics?metrics=osi&samples=5&block=0").get("where").asString())
                .isEqualTo("block");
    }

    @Test
    void roisPresentationsAndEpochsComeInEveryForm() throws Exception {
        List<Map<String, Object>> rois = server.arrow(PATH + "/rois?planes=1");
        assertThat(rois.stream().map(row -> row.get("cell"))).containsExactly("c1v3p1r0", "c1v3p1r1", "c1v3p1r2");
        assertThat(rois.getLast()).containsEntry("key_column", 1).containsEntry("key_volume", 3)
                .containsEntry("key_plane", 1).containsEntry("key_roi", 2)
                .containsEntry("x", server.made.planes().get(1).rois().get(2).x());
        JsonNode shown = server.json(200, PATH + "/presentations?stimuli=dgf");
        assertThat(shown.get("total").asInt()).isEqualTo(shown.get("rows").size()).isEqualTo(25);
        assertThat(shown.get("rows").valueStream().filter(row -> row.get("blank").asBoolean()).count()).isOne();
        assertThat(shown.get("columns").get(4).toString()).contains("blank", "boolean");
        String epochs = SessionsServer.text(server.get(PATH + "/epochs?format=csv"));
        assertThat(epochs.lines().toList()).hasSize(1 + server.made.epochs().size()).first()
                .isEqualTo("name,start,stop");
        assertThat(server.get(PATH + "/epochs?format=parquet").body()).startsWith('P', 'A', 'R', '1');
        JsonNode none = server.json(200, PATH + "/signals?start=-9&stop=-8");
        assertThat(none.get("rows").size() + none.get("total").asInt()).isZero();
    }

    @Test
    void tracesAreThoseOfTheFramesInTheTime() throws Exception {
        List<Map<String, Object>> rows = server
                .arrow(PATH + "/traces?rois=c1v3p1r2,c1v3p0r3&trace=events&start=10&stop=12");
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int[] at : new int[][]{{0, 3}, {1, 2}}) {
            Plane plane = server.made.planes().get(at[0]);
            float[] trace = server.made.traces(plane, TraceKind.EVENTS, at[1], 1)[0];
            for (int f = 0; f < trace.length; f++) {
                if (plane.clock().time(f) >= 10 && plane.clock().time(f) <= 12) {
                    expected.add(Map.of("cell", "c1v3p" + at[0] + "r" + at[1], "trace", "events", "frame", f, "time",
                            plane.clock().time(f), "value", trace[f]));
                }
            }
        }
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void theCatalogueIsTheOne() throws Exception {
        JsonNode list = server.json(200, "/api/v1/metrics").get("metrics");
        assertThat(list.valueStream().map(one -> one.get("id").asString()))
                .containsExactlyElementsOf(Catalogue.ids());
        JsonNode osi = server.json(200, "/api/v1/metrics/osi");
        assertThat(osi).isEqualTo(Json.MAPPER.readTree(
                Json.bytes(Explanation.of(Catalogue.find("osi").orElseThrow()))));
    }

    @Test
    void metricsAreThoseOfTheJavaApi() throws Exception {
        List<SessionValue> expected = new ArrayList<>();
        SessionMetrics.compute(server.made, choice(Set.of("gosi", "z_score_preferred", "run_fraction"),
                Set.of("drifting_gratings_full"), Optional.of(new MetricTable.Drawing(20, 0.9, 3))), expected::add,
                () -> {});
        String query = "/metrics?metrics=gosi,z_score_preferred,run_fraction&stimuli=dgf&samples=20&level=0.9&seed=3"
                + "&draws=50";
        List<Map<String, Object>> rows = server.arrow(PATH + query);
        assertThat(rows).hasSameSizeAs(expected).hasSizeGreaterThan(14);
        for (int i = 0; i < rows.size(); i++) {
            SessionValue value = expected.get(i);
            assertThat(rows.get(i)).containsEntry("metric", value.metric()).containsEntry("value", value.value());
            assertThat(Optional.ofNullable(rows.get(i).get("cell"))).isEqualTo(
                    value.roi().map(key -> key.label()));
            assertThat(Optional.ofNullable(rows.get(i).get("standard_error"))).isEqualTo(
                    value.spread().map(spread -> spread.standardError()));
        }
        // Some cells alone have the same figures.
        List<Map<String, Object>> some = server.arrow(PATH + query + "&rois=c1v3p1r1,c1v3p0r2");
        assertThat(some).hasSizeGreaterThanOrEqualTo(4)
                .isEqualTo(rows.stream().filter(row -> List.of("c1v3p1r1", "c1v3p0r2", "").contains(
                        String.valueOf(row.getOrDefault("cell", "")))).toList());
    }

    @Test
    void pairsAreThoseOfTheJavaApi() throws Exception {
        List<PairValue> expected = new ArrayList<>();
        PairMetrics.compute(server.made, choice(Set.of("total_correlation"), Set.of("spontaneous"), Optional.empty()),
                expected::add, () -> {});
        List<Map<String, Object>> rows = server
                .arrow(PATH + "/pairs?metrics=total_correlation&stimuli=spontaneous");
        assertThat(rows.stream().map(row -> row.get("total_correlation"))).hasSize(21)
                .containsExactlyElementsOf(expected.stream().map(pair -> (float) pair.values()[0]).toList());
        List<Map<String, Object>> some = server
                .arrow(PATH + "/pairs?metrics=total_correlation&stimuli=spontaneous&planes=1");
        assertThat(some).hasSize(3).isSubsetOf(rows);
    }

    @Test
    void plotsAreThoseOfTheJavaApi() throws Exception {
        SessionPlots plots = new SessionPlots(server.made, PlotChoice.DEFAULT);
        HttpResponse<byte[]> tuning = server.get(PATH + "/plots/tuning?roi=c1v3p1r2");
        assertThat(tuning.headers().firstValue("content-type")).contains("image/svg+xml");
        assertThat(SessionsServer.text(tuning)).isEqualTo(plots.tuning("c1v3p1r2").svg());
        assertThat(server.get(PATH + "/plots/raster", "Accept", "image/png").body())
                .startsWith(0x89, 'P', 'N', 'G').isEqualTo(plots.raster().png(2));
        assertThat(SessionsServer.text(server.get(PATH + "/plots/correlations?format=csv")))
                .isEqualTo(plots.correlations().csv());
        HttpResponse<byte[]> report = server.get(PATH + "/report?metrics=gosi&rank=gosi&top=1");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(SessionsServer.text(report)).startsWith("<!").contains(SessionsServer.NAME, "</html>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "sessions/none|404|session|there is no session 'none'",
        "sessions/..%2fmade|400||", "sessions/none/rois|404|session|no session",
        "metrics/oso|404|metric|no metric 'oso'",
        "sessions/made_c1v3/metrics?metrics=oso|400|metrics|there is no metric 'oso'",
        "sessions/made_c1v3/metrics?metrics=noise_correlation|400|metrics|is of pairs",
        "sessions/made_c1v3/pairs?metrics=osi|400|metrics|is not of pairs",
        "sessions/made_c1v3/metrics?rois=c1v3p9r9|400|rois|no ROI 'c1v3p9r9'",
        "sessions/made_c1v3/metrics?planes=7|400|planes|no plane 7",
        "sessions/made_c1v3/metrics?planes=a|400|planes|'a' is not the number",
        "sessions/made_c1v3/metrics?stimuli=dots|400|stimuli|'dots' was not shown",
        "sessions/made_c1v3/metrics?trace=dfff|400|trace|'dfff' is none of",
        "sessions/made_c1v3/metrics?window=dgf|400|window|names no family",
        "sessions/made_c1v3/metrics?window=dgf=2|400|window|'2' is no window",
        "sessions/made_c1v3/metrics?window=bars=2s|400|window|no family",
        "sessions/made_c1v3/metrics?baseline=-1|400|baseline|not a number of seconds",
        "sessions/made_c1v3/metrics?response=most|400|response|none of mean, peak",
        "sessions/made_c1v3/metrics?samples=0|400|samples|out of range",
        "sessions/made_c1v3/metrics?samples=1000000|400|samples|out of range",
        "sessions/made_c1v3/metrics?level=1|400|level|between 0 and 1",
        "sessions/made_c1v3/metrics?seed=x|400|seed|not a whole number",
        "sessions/made_c1v3/metrics?metric=osi|400|metric|there is no parameter",
        "sessions/made_c1v3/metrics?format=xml|400|format|is none",
        "sessions/made_c1v3/traces|400|rois|no ROI is named",
        "sessions/made_c1v3/traces?planes=0&start=3&stop=2|400|start|is no time",
        "sessions/made_c1v3/traces?planes=0&start=NaN|400|start|not a number",
        "sessions/made_c1v3/traces?planes=0&trace=raw|400|trace|no traces of kind raw",
        "sessions/made_c1v3/plots/pie|404|plot|no plot 'pie'",
        "sessions/made_c1v3/plots/tuning|400|roi|no cell is named",
        "sessions/made_c1v3/plots/tuning?roi=x|400|roi|no ROI 'x'",
        "sessions/made_c1v3/plots/raster?roi=c1v3p0r0|400|roi|of many cells",
        "sessions/made_c1v3/plots/depth?metric=oso|400|metric|no metric",
        "sessions/made_c1v3/plots/raster?cells=0|400|cells|out of range",
        "sessions/made_c1v3/report?top=90|400|top|out of range"})
    void whatIsWrongIsToldInWords(String path, int status, String where, String words) throws Exception {
        HttpResponse<byte[]> reply = server.get("/api/v1/" + path);
        JsonNode body = SessionsServer.json(status, reply);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("error", "where", "hint");
        if (where != null) {
            assertThat(body.get("where").asString()).isEqualTo(where);
            assertThat(body.get("error").asString()).contains(words);
        }
        assertThat(SessionsServer.text(reply)).doesNotContain(temp.toString());
    }

    @Test
    void everyAddressIsDescribed() throws Exception {
        JsonNode paths = server.json(200, "/api/v1/openapi.json").get("paths");
        for (String path : List.of("", "/{session}", "/{session}/rois", "/{session}/presentations",
                "/{session}/epochs", "/{session}/signals", "/{session}/traces", "/{session}/metrics",
                "/{session}/pairs", "/{session}/plots/{plot}", "/{session}/report")) {
            assertThat(paths.has("/api/v1/sessions" + path)).as(path).isTrue();
        }
        JsonNode answers = paths.get("/api/v1/sessions/{session}/metrics").get("get").get("responses").get("200")
                .get("content");
        assertThat(answers.propertyNames()).contains("application/json", "application/vnd.apache.arrow.stream");
    }
}
