package org.neuropil.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

class DatasetTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndOpenedAfterwards() throws IOException {
        Dataset.About about = new Dataset.About("d", "A title", "Somebody 2020", "CC BY 3.0", "https://example.org");
        Dataset.openOrCreate(folder.resolve("d"), about);
        assertThat(Dataset.openOrCreate(folder.resolve("d"), about).about()).isEqualTo(about);
        assertThat(Dataset.open(folder.resolve("d")).parts()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> Dataset.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("has no dataset.json");
        assertThatThrownBy(() -> Dataset.About.named("a/b")).hasMessageContaining("'a/b' is not a name");
        Files.writeString(folder.resolve("precious.txt"), "mine");
        assertThatThrownBy(() -> Dataset.openOrCreate(folder, Dataset.About.named("d")))
                .hasMessageContaining("is not empty");
        Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"));
        assertThatThrownBy(() -> Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("e")))
                .hasMessageContaining("holds dataset 'd', not 'e'");
        assertThatThrownBy(() -> dataset.path("em")).hasMessageContaining("there is no part 'em'");
    }

    @Test
    void aKillWhileItIsBegunOrChangedIsNoHindrance() throws IOException {
        Path made = Files.createDirectories(folder.resolve("d"));
        Files.writeString(FileStore.beside(made.resolve("dataset.json")), "{");
        Dataset dataset = Dataset.openOrCreate(made, Dataset.About.named("d"));
        Path left = FileStore.beside(made.resolve("dataset.json"));
        Files.writeString(left, "{");
        dataset.put(Map.of("em", new Dataset.Part(Dataset.Kind.IMAGE, "em")));
        assertThat(left).doesNotExist();
        try (var files = Files.list(made)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("dataset.json",
                    ".work");
        }
    }

    @Test
    void partsThatStagesAddAtATimeAreAllThere() throws Exception {
        Path made = folder.resolve("d");
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String part = "part" + i;
                all.add(pool.submit(() -> {
                    // Each as another process would: it knows nothing of the others.
                    Dataset.openOrCreate(made, Dataset.About.named("d"))
                            .put(Map.of(part, new Dataset.Part(Dataset.Kind.IMAGE, part)));
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(Dataset.open(made).parts()).hasSize(64);
    }

    @Test
    void opensByAPathRelativeToTheCurrentFolder() throws IOException {
        Dataset made = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"));
        made.put(Map.of("em", new Dataset.Part(Dataset.Kind.IMAGE, "em")));
        Path here = Path.of("").toAbsolutePath();
        assertThat(Dataset.open(here.relativize(folder.resolve("d"))).path("em")).isEqualTo(folder.resolve("d/em"));
        assertThat(Dataset.open(folder.resolve("d/.")).path("em")).isEqualTo(folder.resolve("d/em"));
    }

    @Test
    void refusesPartsOutsideItsFolder() throws IOException {
        Files.writeString(folder.resolve("dataset.json"), """
                {"format": 1, "about": {"name": "d", "title": "", "attribution": "", "licence": "", "licence_url": ""},
                 "parts": {"em": {"kind": "IMAGE", "path": "../../etc"}}}""");
        assertThatThrownBy(() -> Dataset.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("part 'em'");
    }

    @Test
    void damagedFilesGiveOneKindOfError() throws IOException {
        Dataset made = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"));
        made.put(Map.of("em", new Dataset.Part(Dataset.Kind.IMAGE, "em")));
        Path file = folder.resolve("d/dataset.json");
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = "{}[]\",:01n\0\u00ff".getBytes(StandardCharsets.ISO_8859_1)[random
                        .nextInt(12)];
            }
            Files.write(file, bad);
            assertThatCode(() -> openAgain(folder.resolve("d"))).doesNotThrowAnyException();
        }
    }

    private static void openAgain(Path dataset) throws IOException {
        try {
            Dataset.open(dataset);
        } catch (InputException e) {
            assertThat(e.where()).isNotEmpty();
        }
    }
}
