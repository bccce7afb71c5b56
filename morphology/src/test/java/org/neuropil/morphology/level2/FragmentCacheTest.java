package org.neuropil.morphology.level2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentCacheTest {
    @TempDir
    Path folder;

    @Test
    void theOldestGoFirstAndUseMakesYoung() throws IOException {
        FragmentCache cache = new FragmentCache(folder, "recipe", 5 * 104);
        for (int i = 0; i < 5; i++) {
            cache.put(i, "x", bytes(i));
        }
        assertThat(cache.get(0, "x")).contains(bytes(0));

        cache.put(5, "x", bytes(5));
        cache.put(6, "x", bytes(6));

        assertThat(cache.get(1, "x")).isEmpty();
        assertThat(cache.get(2, "x")).isEmpty();
        for (int i : new int[]{0, 3, 4, 5, 6}) {
            assertThat(cache.get(i, "x")).contains(bytes(i));
        }
        assertThat(cache.bytes()).isEqualTo(5 * 104);
        assertThat(files().stream().mapToLong(FragmentCacheTest::size).sum()).isEqualTo(5 * 104);
    }

    @Test
    void aFileThatIsTooLargeIsNotKeptAndOnesThatAreReplacedCountOnce() throws IOException {
        FragmentCache cache = new FragmentCache(folder, "recipe", 200);

        cache.put(1, "x", new byte[197]);
        assertThat(files()).isEmpty();
        cache.put(1, "x", bytes(1));
        cache.put(1, "x", bytes(2));

        assertThat(cache.bytes()).isEqualTo(104);
        assertThat(cache.get(1, "x")).contains(bytes(2));
    }

    @Test
    void whatIsThereCountsWhenItIsOpenedAlsoOfOtherRecipes() throws IOException {
        FragmentCache old = new FragmentCache(folder, "old", 1000);
        old.put(1, "x", bytes(1));
        Files.setLastModifiedTime(files().getFirst(), java.nio.file.attribute.FileTime.fromMillis(0));
        FragmentCache one = new FragmentCache(folder, "recipe", 1000);
        one.put(2, "x", bytes(2));

        FragmentCache again = new FragmentCache(folder, "recipe", 1000);
        assertThat(again.bytes()).isEqualTo(208);
        assertThat(again.get(1, "x")).as("of another recipe").isEmpty();
        assertThat(again.get(2, "x")).contains(bytes(2));

        assertThat(new FragmentCache(folder, "recipe", 150).bytes()).isEqualTo(104);
        assertThat(old.get(1, "x")).isEmpty();
        assertThat(one.get(2, "x")).contains(bytes(2));
    }

    @Test
    void anyoneMayDeleteAnything() throws IOException {
        FragmentCache cache = new FragmentCache(folder, "recipe", 1000);
        cache.put(1, "x", bytes(1));
        cache.put(2, "x", bytes(2));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        assertThat(cache.get(1, "x")).isEmpty();
        assertThat(cache.bytes()).isEqualTo(104);
        cache.put(1, "x", bytes(3));
        assertThat(cache.get(1, "x")).contains(bytes(3));
        assertThat(cache.failures()).isZero();
    }

    @Test
    void whatTheDiskLostIsNotThere() throws IOException {
        FragmentCache cache = new FragmentCache(folder, "recipe", 1000);
        cache.put(1, "x", bytes(1));
        for (byte[] damaged : List.of(new byte[0], new byte[104], new byte[3])) {
            Files.write(files().getFirst(), damaged);
            assertThat(cache.get(1, "x")).isEmpty();
        }
    }

    @Test
    void nothingIsSomething() throws IOException {
        FragmentCache cache = new FragmentCache(folder, "recipe", 1000);
        assertThat(cache.isEmpty(1, "x")).isFalse();
        cache.put(1, "x", new byte[0]);
        cache.put(2, "x", bytes(2));

        assertThat(cache.get(1, "x")).contains(new byte[0]);
        assertThat(cache.isEmpty(1, "x")).isTrue();
        assertThat(cache.isEmpty(2, "x")).isFalse();
        assertThat(new FragmentCache(folder, "recipe", 1000).isEmpty(1, "x")).isTrue();
    }

    @Test
    void aFolderThatCannotBeWrittenIsCounted() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        FragmentCache cache = new FragmentCache(file, "recipe", 1000);

        cache.put(1, "x", bytes(1));

        assertThat(cache.failures()).isPositive();
        assertThat(cache.get(1, "x")).isEmpty();
    }

    private static byte[] bytes(int i) {
        byte[] bytes = new byte[100];
        bytes[i] = 1;
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
