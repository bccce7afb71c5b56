package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads files of sessions: whatever they are, nothing but a declared error of one line may come out, in
/// bounded memory.
class FilesFuzzTest {
    private static final int WAYS = 9;

    @TempDir
    static Path folder = Path.of("");

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            read(Math.floorMod(input[0], WAYS), bytes);
        } catch (InputException e) {
            if (e.sentence().length() > 2_000 || e.sentence().lines().count() > 1) {
                throw new IllegalStateException(
                        "an error of " + e.sentence().length() + " characters, or several lines",
                        e);
            }
        } catch (IOException e) {
            // Declared: it names what is wrong.
        }
    }

    private static void read(int way, byte[] bytes) throws IOException {
        switch (way) {
            case 0 -> {
                MatFile file = MatFile.parse(bytes, "x.mat");
                for (String name : file.names()) {
                    file.matrix(name).ifPresent(matrix -> matrix.getNumElements());
                    file.text(name);
                }
            }
            case 1 -> SessionTables.stimuli(file("stimulus_table.csv", bytes));
            case 2 -> SessionTables.signals(file("running.csv", bytes), Map.of());
            case 3 -> look(SessionFolder.open(file("x.mat", bytes)));
            case 4 -> look(SessionFolder.open(file("x.nwb", bytes)));
            default -> plain(way, bytes);
        }
    }

    /// A folder of which one file is given.
    private static void plain(int way, byte[] bytes) throws IOException {
        Path session = folder.resolve("session");
        Files.createDirectories(session);
        for (String name : List.of("traces.npy", "traces.csv", "session.json", "rois.csv", "masks.csv")) {
            Files.deleteIfExists(session.resolve(name));
        }
        Files.writeString(session.resolve("traces.csv"), "time,a,b\n0,1,2\n1,3,nan\n");
        String name = List.of("traces.npy", "session.json", "rois.csv", "masks.csv").get(way - 5);
        if (way == 5) {
            Files.delete(session.resolve("traces.csv"));
            Files.writeString(session.resolve("session.json"), "{\"rate\": 10}");
        }
        Files.write(session.resolve(name), bytes);
        look(SessionFolder.open(session));
    }

    private static void look(Session session) throws IOException {
        try (session) {
            for (Plane plane : session.planes()) {
                for (TraceKind kind : plane.kinds()) {
                    if (plane.clock().frames() < 10_000) {
                        session.traces(plane, kind, 0, Math.min(10, plane.rois().size()));
                    }
                }
                if (!plane.rois().isEmpty()) {
                    session.mask(plane, 0);
                }
            }
        }
    }

    private static Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        return Files.write(file, bytes);
    }
}
