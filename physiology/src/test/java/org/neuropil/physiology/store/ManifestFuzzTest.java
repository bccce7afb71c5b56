package org.neuropil.physiology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads `session.json`, and changed tables to what reads a session: nothing but a declared error may come
/// out.
class ManifestFuzzTest {
    @TempDir
    static Path folder = Path.of("");

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        read(input);
    }

    private static void read(byte[] bytes) throws IOException {
        Path file = folder.resolve("session.json");
        Files.deleteIfExists(file);
        Files.write(file, bytes);
        try {
            ManifestCheck.read(file);
        } catch (InputException | IOException e) {
            // Declared: it names what is wrong.
        }
    }

    private static Path session() throws IOException {
        Path made = Files.createTempDirectory(folder, "session");
        SessionWriter.write(Sessions.random(3, 2, new int[]{3, 2}, 50), made, EnumSet.of(TraceKind.DFF));
        return made;
    }

    @Test
    void damagedManifestsGiveDeclaredErrors() throws IOException {
        Path made = session();
        String whole = Files.readString(made.resolve("session.json"));
        read(whole.getBytes(StandardCharsets.UTF_8));
        SplittableRandom random = new SplittableRandom(21);
        List<String> words = List.of("null", "[null]", "{}", "-1", "\"\\u0000\"", "{\"a\": null}", "1e400");
        for (int i = 0; i < 1500; i++) {
            // A value, or some bytes, become something else.
            int from = random.nextInt(whole.length());
            int colon = whole.indexOf(':', from);
            int end = colon < 0 ? -1 : whole.indexOf(random.nextBoolean() ? ',' : '\n', colon);
            String changed = end < 0
                    ? whole.substring(0, from)
                    : whole.substring(0, colon + 1) + words.get(random.nextInt(words.size())) + whole.substring(end);
            read(changed.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void tablesThatSomebodyChangedGiveDeclaredErrors() throws IOException, SQLException {
        changed(List.of("presentations: condition = NULL", "presentations: stimulus = NULL",
                "presentations: condition = 'grating', direction = 'nan'::DOUBLE", "presentations: label = NULL",
                "epochs: name = NULL", "signals: name = NULL", "rois: key_recording = NULL", "rois: plane = 77",
                "planes: name = NULL", "planes: plane = NULL", "planes: depth = NULL", "planes: times = NULL",
                "planes: kinds = 'x'", "templates: \"values\" = NULL", "templates: frames = 99"),
                "CREATE TABLE t AS SELECT * FROM read_parquet('%s'); UPDATE t SET %s");
    }

    @Test
    void columnsOfOtherTypesGiveDeclaredErrors() throws IOException, SQLException {
        changed(List.of("planes: plane::VARCHAR AS plane", "planes: [1]::INTEGER[] AS times", "planes: 5 AS name",
                "templates: ['a'] AS \"values\"", "templates: 1.5::DOUBLE AS frames", "rois: 'x' AS key_plane",
                "presentations: 'soon' AS start", "signals: 'x' AS value"),
                "CREATE TABLE t AS SELECT * REPLACE (%2$s) FROM read_parquet('%1$s')");
    }

    private static void changed(List<String> changes, String how) throws IOException, SQLException {
        Path made = session();
        ParquetSession.open(made).close();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String change : changes) {
                String[] parts = change.split(": ", 2);
                Path table = made.resolve(parts[0] + ".parquet");
                byte[] whole = Files.readAllBytes(table);
                statement.execute(how.formatted(table, parts[1]));
                statement.execute("COPY t TO '" + table + "' (FORMAT parquet); DROP TABLE t");
                assertThatThrownBy(() -> ParquetSession.open(made).close()).as(change)
                        .isInstanceOfAny(InputException.class, IOException.class).satisfies(e -> assertThat(
                                e instanceof InputException told ? told.sentence() : e.getMessage())
                                .contains(".parquet"));
                Files.write(table, whole);
            }
        }
    }
}
