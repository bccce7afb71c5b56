package org.neuropil.tables.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;

class PackedCsvTest {
    @TempDir
    Path folder;

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Rows, some with lines and quotes within their quotes.
    private static List<String> rows(Random random) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(i + "," + switch (random.nextInt(3)) {
                case 0 -> "plain";
                case 1 -> "\"a\nline, and \"\"quotes\"\"\"";
                default -> "x".repeat(random.nextInt(40));
            } + (random.nextInt(5) == 0 ? "\r\n" : "\n"));
        }
        return rows;
    }

    private List<String> parts(Path file, long most) throws IOException {
        List<String> parts = new ArrayList<>();
        try (PackedCsv packed = new PackedCsv(file, folder, most)) {
            for (Path part = packed.next(); part != null; part = packed.next()) {
                parts.add(Files.readString(part));
            }
            assertThat(packed.next()).isNull();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
        return parts;
    }

    @Test
    void partsAreWholeRowsInOrder() throws Exception {
        Random random = new Random(4);
        for (long most : new long[]{1, 17, 300, 2_000, 1 << 20}) {
            List<String> rows = rows(random);
            String all = String.join("", rows);
            Path file = folder.resolve("rows.csv.gz");
            // Two compressed files, put together in the middle of a row.
            byte[] one = packed(all.substring(0, 777));
            byte[] two = packed(all.substring(777));
            byte[] both = Arrays.copyOf(one, one.length + two.length);
            System.arraycopy(two, 0, both, one.length, two.length);
            Files.write(file, both);
            List<String> parts = parts(file, most);
            assertThat(String.join("", parts)).isEqualTo(all);
            int row = 0;
            for (String part : parts) {
                StringBuilder whole = new StringBuilder();
                while (whole.length() < part.length()) {
                    whole.append(rows.get(row++));
                }
                assertThat(whole).hasToString(part);
            }
            assertThat(parts.size()).isGreaterThanOrEqualTo((int) Math.min(200, all.length() / (most + 200)));
        }
    }

    @Test
    void readsNothingFromNothing() throws Exception {
        Path file = folder.resolve("rows.csv.gz");
        Files.write(file, packed(""));
        assertThat(parts(file, 10)).isEmpty();
        Files.write(file, packed("no end of line"));
        assertThat(parts(file, 10)).containsExactly("no end of line");
    }

    @Test
    void tornFilesAreTold() throws Exception {
        Path file = folder.resolve("rows.csv.gz");
        byte[] bytes = packed(String.join("", rows(new Random(5))));
        for (int length : new int[]{3, 40, bytes.length - 4}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> parts(file, 100)).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains("rows.csv.gz").contains("damaged"));
        }
        bytes[bytes.length - 6] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> parts(file, 100)).isInstanceOf(InputException.class).hasMessageContaining("damaged");
    }

    @Test
    void leavesNoPartsWhenItIsStopped() throws Exception {
        Path file = folder.resolve("rows.csv.gz");
        Files.write(file, packed(String.join("", rows(new Random(6)))));
        try (PackedCsv packed = new PackedCsv(file, folder, 100)) {
            assertThat(packed.next()).isNotNull();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}
