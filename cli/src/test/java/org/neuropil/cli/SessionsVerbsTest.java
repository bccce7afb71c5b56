package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;

class SessionsVerbsTest {
    @TempDir
    private Path folder = Path.of("");

    private final Session session = new Session();

    private Path plain(String name) throws IOException {
        Path made = Files.createDirectories(folder.resolve("all").resolve(name));
        Files.writeString(made.resolve("traces.csv"), "time,a,b\n0,1,2\n60,3,nan\n120,5,6\n");
        Files.writeString(made.resolve("stimulus_table.csv"),
                "stim_name,start_time,stop_time,direction\ndgf,0,50,90\ndgf,60,110,\nspontaneous,111,120,\n");
        return made;
    }

    @Test
    void aFolderIsListedWithWhatIsSkipped() throws IOException {
        plain("one");
        plain("two");
        Path all = folder.resolve("all");
        assertThat(session.run("sessions", "list", all)).as(session.err).isZero();
        assertThat(session.out.lines()).hasSize(3);
        assertThat(session.out).contains("one", "two", "csv", "dgf spontaneous").doesNotContain("skipped");
        Files.writeString(all.resolve("cut.nwb"), "no");
        Files.writeString(all.resolve("other.txt"), "x");
        assertThat(session.run("sessions", "list", all)).isEqualTo(1);
        assertThat(session.out).contains("cut.nwb", "is no HDF5 file", "other.txt", "no session of a kind");
        assertThat(session.err).contains("1 of 3 sessions cannot be read, the first being cut.nwb");
        assertThat(session.run("sessions", "list", all, "--format", "json")).isEqualTo(1);
        Map<?, ?> json = (Map<?, ?>) Json.MAPPER.readValue(session.out, Object.class);
        assertThat((List<?>) json.get("sessions")).hasSize(2).first()
                .satisfies(one -> assertThat(String.valueOf(one)).contains("minutes=2.0", "rois=2"));
        assertThat((List<?>) json.get("skipped")).hasSize(2);
        assertThat(session.run("sessions", "list", all, "--format", "csv")).isEqualTo(1);
        assertThat(session.out.lines()).hasSize(5);
        assertThat(session.run("sessions", "list", folder.resolve("nothing"))).isEqualTo(1);
        assertThat(session.err).contains("is not there");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(session.run("sessions", "list", empty)).isEqualTo(1);
        assertThat(session.err).contains("holds no session");
        assertThat(session.run("sessions")).isEqualTo(2);
    }

    @Test
    void aSessionIsShown() throws IOException {
        Path one = plain("one");
        assertThat(session.run("sessions", "show", one)).as(session.err).isZero();
        assertThat(session.out).contains("one, csv", "raw", "dgf", "spontaneous");
        assertThat(session.run("sessions", "show", one, "--format", "json")).isZero();
        Map<?, ?> json = (Map<?, ?>) Json.MAPPER.readValue(session.out, Object.class);
        assertThat((List<?>) json.get("presentations")).hasSize(3);
        assertThat(String.valueOf(json.get("presentations"))).contains("condition=90.0 deg", "blank=true");
        assertThat(session.run("sessions", "show", folder)).isEqualTo(1);
        assertThat(session.err).contains("is no session");
    }

    @Test
    void aDatasetOfOneSessionIsShown() throws IOException {
        Path dataset = folder.resolve("dataset");
        assertThat(session.run("import-physiology", plain("one"), dataset)).as(session.err).isZero();
        assertThat(session.run("sessions", "show", dataset)).as(session.err).isZero();
        assertThat(session.out).contains("one, neuropil", "raw");
        Files.delete(dataset.resolve("physiology/one/session.json"));
        assertThat(session.run("sessions", "show", dataset.resolve("physiology/one"))).isEqualTo(1);
        assertThat(session.err).contains("has no session.json", "import it again");
        assertThat(session.run("sessions", "list", dataset)).isEqualTo(1);
        assertThat(session.out).contains("physiology/one", "has no session.json");
    }

    @Test
    void anExportIsASession() throws IOException {
        Path one = plain("one");
        Path out = folder.resolve("out");
        assertThat(session.run("sessions", "export", one, out)).as(session.err).isZero();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("all",
                "out");
        assertThat(session.run("sessions", "show", out, "--format", "csv")).isZero();
        assertThat(session.out.lines()).hasSize(2).last().asString().contains("raw");
        assertThat(session.run("sessions", "export", one, out)).isEqualTo(1);
        assertThat(session.err).contains("is there already");
        assertThat(session.run("sessions", "export", one, out, "--force")).as(session.err).isZero();
        assertThat(session.run("sessions", "export", one, folder.resolve("all"), "--force")).isEqualTo(1);
        assertThat(session.err).contains("is the session, or holds it");
        assertThat(one.resolve("traces.csv")).exists();
    }
}
