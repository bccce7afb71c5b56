package org.neuropil.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder;

    @Test
    void remembersWhatWasDone() throws IOException {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = Ledger.open(file)) {
            ledger.add("watershed", 3);
            ledger.add("edges", 0);
        }
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.isDone("watershed", 3)).isTrue();
            assertThat(ledger.isDone("watershed", 0)).isFalse();
            assertThat(ledger.isDone("edges", 0)).isTrue();
            assertThat(ledger.count("watershed")).isEqualTo(1);
        }
    }

    @Test
    void forgetsATornLineAndWritesTheNextOneWhole() throws IOException {
        Path file = folder.resolve("ledger");
        Files.writeString(file, "watershed\t1\nwatershed\t1");
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.count("watershed")).isEqualTo(1);
            ledger.add("watershed", 2);
        }
        assertThat(Files.readString(file)).isEqualTo("watershed\t1\nwatershed\t2\n");
        Files.writeString(file, "water", StandardOpenOption.APPEND);
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.isDone("watershed", 2)).isTrue();
        }
    }

    @Test
    void linesThatSayNothingCountAsNotWritten() throws IOException {
        Path file = folder.resolve("ledger");
        Files.writeString(file, "a\t1\n\0\0\0\0\na\tx\na\t-3\na\t99999999999\n\na\t2\n\0\0\0");
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.count("a")).isEqualTo(2);
            ledger.add("a", 4);
        }
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.count("a")).isEqualTo(3);
        }
    }

    @Test
    void manyLinesAreReadPieceByPiece() throws IOException {
        Path file = folder.resolve("ledger");
        StringBuilder lines = new StringBuilder();
        for (int block = 0; block < 50_000; block++) {
            lines.append("find\t").append(3 * block).append('\n');
        }
        Files.writeString(file, lines + "find\t1");
        try (Ledger ledger = Ledger.open(file)) {
            assertThat(ledger.count("find")).isEqualTo(50_000);
            assertThat(ledger.isDone("find", 3 * 49_999)).isTrue();
            assertThat(ledger.isDone("find", 1)).isFalse();
        }
        assertThat(Files.size(file)).isEqualTo(lines.length());
    }
}
