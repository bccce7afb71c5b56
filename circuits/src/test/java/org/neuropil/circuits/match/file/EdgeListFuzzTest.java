package org.neuropil.circuits.match.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes a list of edges has, nothing but a declared error of one line may come out.
class EdgeListFuzzTest {
    @TempDir
    static Path folder = Path.of("");

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Path file = Files.write(folder.resolve("edges.csv"), Arrays.copyOfRange(input, 1, input.length));
        try {
            switch (Math.floorMod(input[0], 3)) {
                case 0 -> look(EdgeListFile.read(file));
                case 1 -> EdgeListFile.read(file, "a").values().forEach(EdgeListFuzzTest::look);
                default -> EdgeListFile.cells(file);
            }
        } catch (InputException e) {
            if (e.sentence().length() > 1_000 || e.sentence().lines().count() > 1) {
                throw new IllegalStateException(
                        "an error of " + e.sentence().length() + " characters, or several lines",
                        e);
            }
        }
    }

    private static void look(NamedEdges edges) {
        List<String> cells = edges.cells();
        if (edges.between(cells, cells).edges() != edges.edges()) {
            throw new IllegalStateException("edges are lost");
        }
    }
}
