package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.server.SessionsServer.PATH;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.physiology.decode.Accuracy;
import org.neuropil.physiology.decode.Decoding;
import org.neuropil.physiology.decode.DecodingPlan;
import org.neuropil.physiology.decode.Labelling;
import org.neuropil.physiology.decode.Lda;
import org.neuropil.physiology.decode.Missing;
import org.neuropil.physiology.decode.SessionTrials;
import org.neuropil.physiology.decode.Settings;
import org.neuropil.physiology.decode.TrialMatrix;
import org.neuropil.physiology.table.ChoiceWords;

import tools.jackson.databind.JsonNode;

/// Decoding over HTTP, beside what the Java API gives for the session that was stored.
class DecodeApiTest {
    private static final String ASKED = PATH
            + "/decode?stimuli=drifting_gratings_full&labels=orientation&folds=2&repeats=2&shuffles=3&seed=4";

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

    @Test
    void givesWhatTheJavaApiGives() throws Exception {
        Settings settings = new Settings(new Lda(), true, 2, Map.of(), List.of(2, Settings.ALL), 2, 3, true, 4);
        SessionTrials trials = SessionTrials.of(server.made,
                new ChoiceWords(Set.of("drifting_gratings_full"), Optional.empty(),
                        Map.of(), Optional.empty(), Optional.empty()));
        DecodingPlan plan = DecodingPlan.of(TrialMatrix.of(trials.cells(), Labelling.ORIENTATION, Missing.CELLS),
                settings,
                "made", false, Map.of("by_plane", trials.planes()));
        List<Accuracy> expected = new Decoding(plan.parts(), settings).run(1, () -> {});

        List<Map<String, Object>> rows = server.arrow(ASKED + "&cells=2,all&noise=true&by_plane=true");

        assertThat(rows).hasSize(expected.size()).hasSizeGreaterThan(12);
        List<List<Object>> found = new ArrayList<>();
        rows.forEach(row -> found.add(List.of(row.get("group"), row.get("cells"), row.get("accuracy"),
                row.get("deviation"))));
        List<List<Object>> wanted = new ArrayList<>();
        expected.forEach(row -> wanted.add(List.of(row.part().group(), row.cells(), row.mean(), row.deviation())));
        assertThat(found).isEqualTo(wanted);
        JsonNode json = server.json(200, ASKED + "&by_depth=1000");
        assertThat(json.get("rows").size()).isEqualTo(2);
        assertThat(json.get("rows").get(1).get("group").asString()).isEqualTo("0-1000 um");
        assertThat(json.get("rows").get(1).get("accuracy")).isEqualTo(json.get("rows").get(0).get("accuracy"));
    }

    @Test
    void whatIsLeftOutIsTold() throws Exception {
        assertThat(server.get(ASKED).headers().firstValue("X-Notes")).isEmpty();
        // Four trials of each orientation cannot be four in both states.
        String split = ASKED.replace("folds=2", "folds=4") + "&by_running=true";
        assertThat(server.get(split).headers().firstValue("X-Notes").orElse("")).contains("left out", "state ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"decoder=lad|decoder|is not known", "labels=colour|labels|is not known",
        "missing=all|missing|is not known", "cost=0|cost|is not above 0", "folds=1|folds|out of range",
        "cells=0|cells|is not a number of cells", "cells=900|cells|there are 7 cells",
        "repeats=0|repeats|out of range", "shuffles=-1|shuffles|out of range", "by_depth=0|by_depth|is not above 0",
        "noise=maybe|noise|neither true nor false", "planes=9|planes|no plane 9", "trace=raw|made_c1v3|no cells",
        "speed=2|speed|there is no parameter"})
    void whatIsWrongIsToldInWords(String query, String where, String words) throws Exception {
        String path = PATH + "/decode?stimuli=dgf&" + (query.startsWith("labels") ? "" : "labels=direction&")
                + (query.startsWith("folds") ? "" : "folds=2&") + query;
        JsonNode body = SessionsServer.json(400, server.get(path));
        assertThat(body.get("where").asString()).isEqualTo(where);
        assertThat(body.get("error").asString()).contains(words);
    }

    @Test
    void aStimulusHasToBeChosenWhereThereAreSeveral() throws Exception {
        JsonNode body = SessionsServer.json(400, server.get(PATH + "/decode"));
        assertThat(body.get("where").asString()).isEqualTo("stimuli");
        assertThat(body.get("hint").asString()).contains("natural_images");
        assertThat(server.json(200, "/api/v1/openapi.json").get("paths").has("/api/v1/sessions/{session}/decode"))
                .isTrue();
    }
}
