package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreSweepTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatAKilledProcessLeftIsSweptAndNothingElse() throws IOException {
        Path chunk = folder.resolve("mip/0-64_0-64_0-64");
        FileStore.replace(chunk, new byte[]{1, 2}, false);
        Path left = Files.write(FileStore.beside(chunk), new byte[]{1});
        Path other = Files.write(folder.resolve("notes.tmp"), new byte[]{3});
        FileStore.sweep(folder);
        assertThat(left).doesNotExist();
        assertThat(chunk).hasBinaryContent(new byte[]{1, 2});
        assertThat(other).exists();
        FileStore.sweep(folder.resolve("none"));
    }

    @Test
    void whatWasLeftBesideOneFileIsSweptAndNothingElse() throws IOException {
        Path file = folder.resolve("em.tif");
        Path left = Files.write(FileStore.beside(file), new byte[]{1});
        Path sections = Files.createDirectories(FileStore.beside(file));
        Files.write(sections.resolve("00000.png"), new byte[]{1});
        Path other = Files.write(FileStore.beside(folder.resolve("em.tif.provenance.json")), new byte[]{1});
        Path notes = Files.write(folder.resolve("em.tif.tmp"), new byte[]{3});
        FileStore.sweepBeside(file);
        assertThat(left).doesNotExist();
        assertThat(sections).doesNotExist();
        assertThat(other).exists();
        assertThat(notes).exists();
        FileStore.sweepBeside(folder.resolve("none/em.tif"));
    }

    @Test
    void noTwoWritesShareATemporaryName() {
        Set<Path> names = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            names.add(FileStore.beside(folder.resolve("chunk")));
        }
        assertThat(names).hasSize(1000).allSatisfy(name -> assertThat(name.getParent()).isEqualTo(folder));
    }
}
