package org.neuropil.coregister;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads models, nuclei, cells and known matches: whatever they are, nothing but a declared error may come
/// out.
class CoregisterFilesFuzzTest {
    private static final String NUCLEI = "id,pt_position_x,pt_position_y,pt_position_z\n1,1,2,3\n2,4,5,6\n18446744073709551615,7,8,9\n";
    private static final String WHOLE = "id,pt_position\n1,[1 2 3]\n2,\"(4, 5, 6)\"\n";
    private static final String CELLS = "session,scan_idx,unit_id,field,x,y,z\n4,7,1,1,1,2,3\n4,7,2,1,4,5,6\n";
    private static final String KNOWN = "session,scan_idx,unit_id,field,target_id\n4,7,1,1,2\n4,7,2,1,\n";
    private static final String PLACES = "session,scan_idx,unit_id,pt_position_x,pt_position_y,pt_position_z\n4,7,1,1,2,3\n";
    private static final CellTable TABLE = CellTable.parse(bytes(CELLS), "cells.csv", CellKind.EXTENDED,
            List.of("x", "y", "z"));
    private static final NucleusTable TARGETS = nuclei(bytes(NUCLEI));

    @TempDir
    Path folder = Path.of("");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static NucleusTable nuclei(byte[] bytes) {
        return NucleusTable.parse(bytes, "nuclei.csv", "id", NucleusTable.COLUMNS, PointUnit.MICROMETRE);
    }

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) {
        if (input.length > 0) {
            read(Math.floorMod(input[0], 4), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static void read(int way, byte[] bytes) {
        try {
            switch (way) {
                case 0 -> ModelFile.parse(bytes, "model.json");
                case 1 -> nuclei(bytes);
                case 2 -> CellTable.parse(bytes, "cells.csv", CellTable.kind(bytes, "cells.csv"),
                        List.of("x", "y", "z"));
                default -> KnownMatches.parse(bytes, "known.csv", TABLE, TARGETS, PointUnit.MICROMETRE);
            }
        } catch (InputException e) {
            if (e.sentence().length() > 2_000 || e.sentence().lines().count() > 1) {
                throw new IllegalStateException(
                        "an error of " + e.sentence().length() + " characters, or several lines", e);
            }
        }
    }

    /// Files as they should be, with some bytes changed or cut: seeded, in every build.
    @Test
    void damagedTablesGiveDeclaredErrors() {
        SplittableRandom random = new SplittableRandom(22);
        List<String> texts = List.of(NUCLEI, WHOLE, CELLS, KNOWN, PLACES);
        int[] ways = {1, 1, 2, 3, 3};
        for (int t = 0; t < ways.length; t++) {
            byte[] whole = bytes(texts.get(t));
            read(ways[t], whole);
            for (int i = 0; i < 500; i++) {
                byte[] changed = whole.clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    changed[random.nextInt(changed.length)] = random.nextBoolean()
                            ? (byte) ",\n-.0123456789eEna\"[".charAt(random.nextInt(20))
                            : (byte) random.nextInt();
                }
                read(ways[t], random.nextInt(4) == 0
                        ? Arrays.copyOf(changed, random.nextInt(changed.length))
                        : changed);
            }
        }
    }

    /// Every value of a model becomes something else.
    @Test
    void damagedModelsGiveDeclaredErrors() throws IOException {
        Path file = folder.resolve("model.json");
        ModelFile.write(file, Coregistration.fit(CoregistrationTest.landmarks(15), "l.csv", "abc",
                CoregistrationTest.settings(OptionalDouble.of(1322))));
        String whole = Files.readString(file);
        read(0, bytes(whole));
        SplittableRandom random = new SplittableRandom(23);
        List<String> words = List.of("null", "[null]", "[]", "{}", "-1", "1000000", "\"x\"", "1e400", "\"NaN\"");
        for (int i = 0; i < 2000; i++) {
            int from = random.nextInt(whole.length());
            int begin = whole.indexOf(random.nextBoolean() ? ':' : ',', from);
            int end = begin < 0 ? -1 : whole.indexOf(random.nextBoolean() ? ',' : '}', begin + 1);
            read(0, bytes(end < 0
                    ? whole.substring(0, from)
                    : whole.substring(0, begin + 1) + words.get(random.nextInt(words.size())) + whole.substring(end)));
        }
    }
}
