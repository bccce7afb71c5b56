package org.neuropil.tables.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    private Path folder;

    @Test
    void noTwoEnginesShareAFolderAndNothingIsLeft() throws Exception {
        Path parent = folder.resolve("scratch");
        // A process that was killed left this.
        Files.createDirectories(parent.resolve("0"));
        Files.write(parent.resolve("0").resolve("duckdb_temp_storage_DEFAULT-0.tmp"), new byte[9]);
        try (Scratch one = Scratch.take(parent)) {
            assertThat(one.folder()).isEmptyDirectory();
            Files.write(one.folder().resolve("held"), new byte[9]);
            try (Scratch two = Scratch.take(parent)) {
                assertThat(two.folder()).isEmptyDirectory();
            }
            assertThat(one.folder()).isDirectoryContaining(file -> file.endsWith("held"));
        }
        assertThat(parent).doesNotExist();
    }
}
