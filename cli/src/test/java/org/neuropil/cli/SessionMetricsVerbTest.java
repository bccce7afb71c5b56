package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.SessionWriter;
import org.neuropil.pipeline.Json;

class SessionMetricsVerbTest {
    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    @BeforeEach
    void twoSessions() throws IOException {
        for (int volume = 1; volume <= 2; volume++) {
            MadeSession made = new MadeSession(new MadePlan(1, volume, List.of(3, 2), Protocol.TINY, 1));
            SessionWriter.write(made, folder.resolve("mouse").resolve("physiology").resolve(made.info().name()),
                    EnumSet.of(TraceKind.EVENTS, TraceKind.DFF));
        }
    }

    private Path mouse() {
        return folder.resolve("mouse");
    }

    @Test
    void aDatasetGivesARowForEachCellMetricAndStimulus() throws IOException {
        Path out = folder.resolve("metrics.csv");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "gosi,total_correlation", "--out", out))
                .as(session.err).isZero();
        List<String> rows = Files.readAllLines(out);
        assertThat(rows.getFirst()).isEqualTo(
                "session,cell,key_column,key_volume,key_plane,key_roi,metric,stimulus,trace,of,value");
        // 2 sessions of 5 cells, 2 kinds of gratings.
        assertThat(rows).hasSize(1 + 2 * 5 * 2);
        assertThat(rows.get(1)).startsWith("made_c1v1,c1v1p0r0,1,1,0,0,gosi,drifting_gratings_");
        assertThat(rows.getLast()).startsWith("made_c1v2,c1v2p1r1,1,2,1,1,gosi,");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "gosi", "--out", out)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        assertThat(session.run("metrics", "compute", mouse(), "--out", out, "--force", "--pairs-out", out))
                .isEqualTo(2);
        assertThat(session.err).contains("two results would go to");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(mouse(), out);
        }
    }

    @Test
    void pairsGoToAFileOfTheirOwn() throws IOException {
        Path pairs = folder.resolve("pairs.csv");
        Path one = mouse().resolve("physiology").resolve("made_c1v1");
        assertThat(session.run("metrics", "compute", one, "--metrics", "gosi,total_correlation,noise_correlation",
                "--stimuli", "dgf,spontaneous", "--pairs-out", pairs, "--format", "json")).as(session.err).isZero();
        List<String> rows = Files.readAllLines(pairs);
        assertThat(rows.getFirst()).isEqualTo("session,key_column_a,key_volume_a,key_plane_a,key_roi_a,key_column_b,"
                + "key_volume_b,key_plane_b,key_roi_b,stimulus,trace,total_correlation,noise_correlation");
        assertThat(rows).hasSize(1 + 2 * 10);
        List<?> json = (List<?>) Json.MAPPER.readValue(session.out, Object.class);
        assertThat(json).hasSize(5).allSatisfy(row -> assertThat(((Map<?, ?>) row).get("stimulus"))
                .isEqualTo("drifting_gratings_full"));
    }

    @Test
    void figuresOfPairsHaveIntervalsOfAsManySamplesAsAreAskedFor() throws IOException {
        Path pairs = folder.resolve("pairs.csv");
        Path one = mouse().resolve("physiology").resolve("made_c1v1");
        List<Object> words = List.of("metrics", "compute", one, "--metrics", "run_fraction,noise_correlation",
                "--stimuli", "dgf", "--samples", 20, "--out", folder.resolve("m.csv"), "--pairs-out", pairs, "--force");
        assertThat(session.run(words.toArray())).as(session.err).isZero();
        List<String> rows = Files.readAllLines(pairs);
        assertThat(rows.getFirst()).endsWith("trace,noise_correlation,noise_correlation_standard_error,"
                + "noise_correlation_low,noise_correlation_high");
        assertThat(Files.readAllLines(folder.resolve("m.csv")).getFirst()).endsWith("standard_error,low,high");
        List<Object> without = new ArrayList<>(words);
        without.addAll(List.of("--pairs-samples", 0));
        assertThat(session.run(without.toArray())).as(session.err).isZero();
        assertThat(Files.readAllLines(pairs).getFirst()).endsWith("trace,noise_correlation");
        // Two thousand million samples of ten pairs take more than an hour, which has to be asked for.
        List<Object> endless = new ArrayList<>(words);
        endless.addAll(List.of("--threads", 1));
        endless.set(4, "total_correlation,noise_correlation,signal_correlation_split,signal_correlation_pearson,"
                + "signal_correlation_spearman,signal_correlation_first_half,run_fraction");
        endless.set(8, 2_000_000_000);
        assertThat(session.run(endless.toArray())).isEqualTo(1);
        assertThat(session.err).contains("takes about", "--pairs-samples");
        assertThat(session.run("metrics", "compute", one, "--pairs-samples", 3)).isEqualTo(2);
        assertThat(session.err).contains("--pairs-samples needs --pairs-out");
        assertThat(session.run("metrics", "compute", one, "--block", 0)).isEqualTo(2);
        assertThat(session.err).contains("--block 0.0 is not a number of seconds");
    }

    @Test
    void everyKindOfFileHoldsTheSameRows() throws IOException {
        for (String ending : List.of("parquet", "arrow", "arrows", "json")) {
            Path out = folder.resolve("m." + ending);
            assertThat(session.run("metrics", "compute", mouse(), "--metrics", "osi,run_fraction", "--samples", "10",
                    "--out", out)).as(session.err).isZero();
            assertThat(out).isNotEmptyFile();
        }
        List<?> rows = (List<?>) Json.MAPPER.readValue(Files.readString(folder.resolve("m.json")), Object.class);
        assertThat(rows.getFirst()).asString().contains("standard_error");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "osi")).as(session.err).isZero();
        assertThat(session.out.lines()).hasSize(1 + 20);
    }

    @Test
    void whatIsLeftOutIsToldEvenQuietly() throws IOException {
        Path one = mouse().resolve("physiology").resolve("made_c1v1");
        // Of a model's prediction a session has none.
        Path out = folder.resolve("none.csv");
        assertThat(session.run("metrics", "compute", one, "--metrics", "cc_abs", "--out", out)).isEqualTo(1);
        assertThat(session.err).contains("no row", "cc_abs", "a model's prediction");
        assertThat(out).doesNotExist();
        assertThat(session.run("metrics", "compute", one, "--metrics", "osi,cc_abs,noise_correlation", "--quiet"))
                .as(session.err).isZero();
        assertThat(session.err).contains("no row of cc_abs", "noise_correlation of pairs of cells are left out");
        assertThat(session.run("metrics", "compute", one, "--metrics", "noise_correlation", "--pairs-out",
                folder.resolve("p.csv"), "--out", out)).isEqualTo(2);
        assertThat(session.err).contains("--out would get no row");
        assertThat(session.run("metrics", "compute", one, "--metrics", "osi", "--stimuli", "nothing_like_it"))
                .isEqualTo(1);
        assertThat(session.err).contains("no row of any metric", "no session shows nothing_like_it",
                "drifting_gratings_full");
        Files.writeString(mouse().resolve("raw.nwb"), "not imported");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "osi", "--quiet")).isZero();
        assertThat(session.err).contains("raw.nwb is left out", "import it");
    }

    private Path sessionOf(int volume) {
        return mouse().resolve("physiology").resolve("made_c1v" + volume);
    }

    @Test
    void sessionsThatCannotBeReadAreLeftOutAndNamed() throws IOException {
        Path whole = folder.resolve("whole.csv");
        assertThat(session.run("metrics", "compute", sessionOf(1), "--metrics", "osi", "--out", whole)).isZero();
        Path out = folder.resolve("metrics.csv");
        Files.writeString(sessionOf(2).resolve("planes.parquet"), "damaged");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "osi", "--out", out)).isEqualTo(1);
        assertThat(session.err).contains("1 of 2 sessions; 1 left out: made_c1v2: ");
        assertThat(out).hasSameTextualContentAs(whole);
        Files.delete(sessionOf(2).resolve("session.json"));
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "osi", "--out", out, "--force"))
                .isEqualTo(1);
        assertThat(session.err).contains("1 of 2 sessions; 1 left out: made_c1v2: ", "session.json");
        assertThat(out).hasSameTextualContentAs(whole);
        Files.delete(sessionOf(1).resolve("session.json"));
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "osi", "--out", out, "--force"))
                .isEqualTo(1);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(mouse(), out, whole);
        }
    }

    /// Traces that are damaged are met in the middle: what came before them of their session must not stay.
    @Test
    void nothingIsWrittenOfASessionThatBreaksOff() throws IOException {
        Path whole = folder.resolve("whole.csv");
        assertThat(session.run("metrics", "compute", sessionOf(2), "--metrics", "gosi,run_fraction", "--out", whole))
                .isZero();
        try (var traces = Files.list(sessionOf(1).resolve("traces-events"))) {
            Files.writeString(traces.sorted().toList().getLast(), "damaged");
        }
        Path out = folder.resolve("metrics.csv");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "gosi,run_fraction", "--out", out))
                .isEqualTo(1);
        assertThat(session.err).contains("1 of 2 sessions; 1 left out: made_c1v1: ");
        assertThat(out).hasSameTextualContentAs(whole);
    }

    @Test
    void sessionsOfSeveralLayoutsGoIntoOneFile() throws IOException {
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("events.csv"), "time,a,b\n0,1,2\n60,3,4\n120,5,6\n");
        Files.writeString(plain.resolve("stimulus_table.csv"),
                "stim_name,start_time,stop_time,direction\nmine,0,121,90\n");
        Path other = folder.resolve("other");
        assertThat(session.run("import-physiology", plain, other)).as(session.err).isZero();
        Files.move(other.resolve("physiology").resolve("plain"), mouse().resolve("physiology").resolve("plain"));
        Path out = folder.resolve("metrics.csv");
        Path pairs = folder.resolve("pairs.csv");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics",
                "gosi,epoch_mean,total_correlation",
                "--out", out, "--pairs-out", pairs)).as(session.err).isZero();
        List<String> rows = Files.readAllLines(out);
        assertThat(rows.getFirst()).isEqualTo("session,cell,key_recording,key_column,key_volume,key_plane,key_roi,"
                + "metric,stimulus,trace,of,value");
        assertThat(rows).anyMatch(row -> row.startsWith("made_c1v1,c1v1p0r0,,1,1,0,0,gosi,"))
                .anyMatch(row -> row.startsWith("plain,plain_0_0,plain,,,0,0,"));
    }

    @Test
    void aRunThatWasEndedIsGoneOnWith() throws IOException {
        Path unwritable = Path.of("/proc");
        assumeTrue(Files.isDirectory(unwritable));
        Path nowhere = unwritable.resolve("pairs.csv");
        List<Object> words = new ArrayList<>(List.of("metrics", "compute", mouse(), "--metrics",
                "gosi,osi,noise_correlation", "--samples", "5", "--force", "--out", folder.resolve("whole.csv"),
                "--pairs-out", folder.resolve("pairs.csv")));
        assertThat(session.run(words.toArray())).as(session.err).isZero();
        // All is computed, and cannot be written in the end; then the rows of one session are lost.
        Path out = folder.resolve("metrics.csv");
        words.set(9, out);
        words.set(11, nowhere);
        assertThat(session.run(words.toArray())).isNotZero();
        Path parts = folder.resolve(".metrics.csv.parts");
        Path damaged = parts.resolve("1-cells.parquet");
        byte[] kept = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(kept, kept.length / 2));
        Files.createDirectories(parts.resolve(".rows-killed"));
        Files.writeString(parts.resolve("1-cells.parquet.unfinished"), "half");
        words.set(11, folder.resolve("pairs2.csv"));
        assertThat(session.run(words.toArray())).as(session.err).isZero();
        assertThat(session.err).contains("rows of 1 of 2 sessions were there");
        assertThat(out).hasSameBinaryContentAs(folder.resolve("whole.csv"));
        assertThat(folder.resolve("pairs2.csv")).hasSameBinaryContentAs(folder.resolve("pairs.csv"));
        words.set(11, nowhere);
        assertThat(session.run(words.toArray())).isNotZero();
        words.set(11, folder.resolve("pairs2.csv"));
        words.add("--fresh");
        assertThat(session.run(words.toArray())).as(session.err).isZero();
        assertThat(session.err).doesNotContain("were there");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("mouse", "whole.csv",
                    "pairs.csv", "metrics.csv", "pairs2.csv");
        }
    }

    @Test
    void textThatStopsSaysSo() throws IOException {
        Path many = folder.resolve("many");
        MadeSession made = new MadeSession(new MadePlan(1, 1, List.of(30, 30), Protocol.TINY, 1));
        SessionWriter.write(made, many.resolve("physiology").resolve(made.info().name()),
                EnumSet.of(TraceKind.EVENTS));
        assertThat(session.run("metrics", "compute", many, "--quiet")).as(session.err).isZero();
        assertThat(session.err).containsPattern("the first 2000 of \\d+ rows");
        assertThat(session.out.lines()).hasSize(2001);
    }

    @Test
    void whatIsWrongIsTold() {
        assertThat(session.run("metrics", "compute", folder.resolve("none"))).isEqualTo(1);
        assertThat(session.err).contains("none", "is not there");
        assertThat(session.run("metrics", "compute", mouse(), "--metrics", "noise_correlation")).isEqualTo(2);
        assertThat(session.err).contains("--pairs-out");
        assertThat(session.run("metrics", "compute", mouse(), "--trace", "dfff")).isEqualTo(2);
        assertThat(session.err).contains("is none of raw");
        assertThat(session.run("metrics", "compute", mouse(), "--window", "dgf=2")).isEqualTo(2);
        assertThat(session.err).contains("'2' is no window", "2s");
        assertThat(session.run("metrics", "compute", mouse(), "--window", "bars=2s")).isEqualTo(2);
        assertThat(session.err).contains("no family");
        assertThat(session.run("metrics", "compute", mouse(), "--baseline", "-1")).isEqualTo(2);
        assertThat(session.run("metrics", "compute", mouse(), "--pairs")).isEqualTo(2);
        assertThat(session.err).contains("are for CSV files");
        assertThat(session.run("metrics", "compute", mouse(), "--out", folder.resolve("x.txt"))).isEqualTo(1);
        assertThat(session.err).contains("of no kind that can be written");
    }
}
