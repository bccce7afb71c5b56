package org.neuropil.tables.published;

import java.util.Arrays;

import org.neuropil.space.InputException;
import org.neuropil.tables.load.DumpHeader;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads headers of dumps, logs of Delta tables and descriptions of datasets: whatever they are, nothing
/// but a declared error may come out, and no path out of the table's folder.
class LogsFuzzTest {
    private static final int PARSERS = 3;

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            switch ((input[0] & 0xFF) % PARSERS) {
                case 0 -> DumpHeader.parse(bytes, "header.csv").forEach((name, type) -> {
                    if (name.isEmpty()) {
                        throw new IllegalStateException("a column without a name");
                    }
                });
                case 1 -> {
                    DeltaLog log = new DeltaLog("table");
                    log.take(bytes, "0.json");
                    log.files().forEach(file -> {
                        if (file.path().startsWith("/") || ("/" + file.path() + "/").contains("/../")) {
                            throw new IllegalStateException("a path that leads out: " + file.path());
                        }
                    });
                }
                default -> PublicDataset.parse(bytes, "mine.json");
            }
        } catch (InputException e) {
            if (e.sentence().length() > 100_000) {
                throw new IllegalStateException("an error of " + e.sentence().length() + " characters", e);
            }
        }
    }
}
