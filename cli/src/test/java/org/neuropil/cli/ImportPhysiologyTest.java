package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.store.nwb.NwbZarrExport;
import org.neuropil.pipeline.Json;

class ImportPhysiologyTest {
    private static final Protocol SHORT = new Protocol(false, 1, 0, 2, 0, 0, 1, 1, 2);

    @TempDir
    private Path folder = Path.of("");
    private Path source = Path.of("");
    private Path dataset = Path.of("");
    private final Session session = new Session();

    @BeforeEach
    void write() throws IOException {
        source = Files.createDirectories(folder.resolve("source"));
        dataset = folder.resolve("dataset");
        for (int volume = 1; volume <= 2; volume++) {
            MadePlan plan = new MadePlan(1, volume, List.of(3, 2), SHORT, 1);
            NwbZarrExport.write(new MadeSession(plan), source.resolve(plan.name() + ".nwb.zarr"));
        }
        Files.writeString(source.resolve("notes.txt"), "not a session");
    }

    private int run(String... more) {
        Object[] words = new Object[more.length + 3];
        words[0] = "import-physiology";
        words[1] = source.toString();
        words[2] = dataset.toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return session.run(words);
    }

    private Map<?, ?> json() {
        return (Map<?, ?>) Json.MAPPER.readValue(session.out, Object.class);
    }

    @Test
    void aFolderOfSessionsIsImportedOnce() {
        assertThat(run("--format", "json")).isZero();
        assertThat(session.err).contains("notes.txt");
        assertThat((List<?>) json().get("sessions")).hasSize(2)
                .allSatisfy(one -> assertThat(String.valueOf(one)).contains("state=done", "rois=5"));
        assertThat((List<?>) json().get("skipped")).hasSize(1);
        assertThat(dataset.resolve("dataset.json")).exists();
        assertThat(run("--format", "csv")).isZero();
        assertThat(session.out.lines().skip(1)).hasSize(2).allMatch(line -> line.contains("already done"));
        assertThat(run("--kinds", "events")).isNotZero();
        assertThat(session.err).contains("2 of 2 sessions were not imported", "--force");
        assertThat(run("--kinds", "events", "--force", "--sessions", "made_c1v2")).isZero();
        assertThat(dataset.resolve("physiology/made_c1v2/traces-dff")).doesNotExist();
        assertThat(dataset.resolve("physiology/made_c1v1/traces-dff")).exists();
    }

    @Test
    void lostChunksAndKindsThatAreNotThereAreTold() throws IOException {
        Path data = source.resolve("made_c1v1.nwb.zarr/processing/plane-0/dff/data");
        List<Path> chunks;
        try (var all = Files.list(data)) {
            chunks = all.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
        }
        Files.delete(chunks.getFirst());
        assertThat(run("--dry-run")).isNotZero();
        assertThat(session.err).contains("dff/data", "lacks 1 of its chunks");
        assertThat(run("--dry-run", "--missing-chunks", "zero")).isEqualTo(2);
        assertThat(session.err).contains("none of refuse, nan, fill");
        assertThat(run("--missing-chunks", "nan")).as(session.err).isZero();
        assertThat(session.run("sessions", "show", dataset.resolve("physiology/made_c1v1"), "--format", "json"))
                .isZero();
        assertThat(session.out).contains("their frames are missing");
        // What is made of them is another result.
        assertThat(run("--missing-chunks", "fill")).isNotZero();
        assertThat(run("--missing-chunks", "fill", "--force")).as(session.err).isZero();
        assertThat(run("--dry-run", "--missing-chunks", "fill", "--kinds", "events,raw")).isZero();
        assertThat(session.err).contains("made_c1v2 has no traces of kind raw");
        assertThat(run("--dry-run", "--missing-chunks", "fill", "--kinds", "raw")).isEqualTo(1);
        assertThat(session.err).contains("no session has traces of kind raw");
    }

    @Test
    void aDryRunWritesNothing() {
        assertThat(run("--dry-run", "--format", "csv")).isZero();
        assertThat(session.out.lines()).hasSize(3).anyMatch(line -> line.startsWith("made_c1v2,nwb-v1dd,2,5,"));
        assertThat(dataset).doesNotExist();
    }

    @Test
    void whatIsDamagedDoesNotKeepOthersOut() throws IOException {
        Files.write(source.resolve("damaged.nwb"), new byte[100]);
        assertThat(run()).isNotZero();
        assertThat(session.err).contains("damaged.nwb", "1 of what should be sessions cannot be read");
        assertThat(dataset.resolve("physiology/made_c1v1/session.json")).exists();
        assertThat(run("--sessions", "made_c1v1")).isZero();
    }

    @Test
    void wordsThatAreNotKnownAreTold() {
        assertThat(run("--kinds", "spikes")).isEqualTo(2);
        assertThat(session.err).contains("--kinds 'spikes' is none of raw, neuropil");
        assertThat(run("--sessions", "made_c1v9")).isNotZero();
        assertThat(session.err).contains("did you mean made_c1v");
        assertThat(session.run("import-physiology", folder.resolve("nowhere").toString())).isNotZero();
        assertThat(session.err).contains("is not there");
    }

    @Test
    void anImportedSessionIsExportedAsNwb() {
        assertThat(run()).isZero();
        String out = folder.resolve("out.nwb.zarr").toString();
        String made = dataset.resolve("physiology/made_c1v1").toString();
        assertThat(session.run("sessions", "export", made, out, "--as", "nwb-hdf5")).isEqualTo(2);
        assertThat(session.run("sessions", "export", made, out, "--as", "nwb-zarr")).isZero();
        assertThat(session.run("sessions", "list", out, "--format", "csv")).isZero();
        assertThat(session.out).contains("nwb-v1dd");
    }
}
