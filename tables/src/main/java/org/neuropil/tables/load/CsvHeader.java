package org.neuropil.tables.load;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.neuropil.space.InputException;

/// The names of columns in the first line of a CSV file.
final class CsvHeader {
    private static final int LONGEST = 1 << 20;

    private CsvHeader() {}

    /// @param file compressed by gzip if its name ends in `.gz`
    /// @throws InputException if there are none, or one comes twice
    static List<String> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
                        ? new GZIPInputStream(in)
                        : in;
                BufferedReader text = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            List<String> names = names(text);
            if (names.equals(List.of(""))) {
                throw new InputException("has nothing in its first line", file.toString(),
                        "name each column in the first line");
            }
            HashSet<String> seen = new HashSet<>();
            for (String name : names) {
                if (name.isEmpty() || !seen.add(name.toLowerCase(Locale.ROOT))) {
                    throw new InputException(name.isEmpty()
                            ? "a column has no name"
                            : "two columns are called '" + name + "'", file + ", line 1",
                            "name each column in the first line");
                }
            }
            return names;
        } catch (EOFException e) {
            throw new InputException("is empty, or ends in the middle", file.toString(),
                    "mend the file, or write it anew", e);
        } catch (ZipException e) {
            throw new InputException("is not compressed by gzip", file.toString(), "take .gz from its name", e);
        }
    }

    private static List<String> names(BufferedReader text) throws IOException {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < LONGEST; i++) {
            int c = text.read();
            if (i == 0 && c == '\uFEFF') {
                continue; // a mark that some programs begin files with
            }
            if (c < 0 || !quoted && (c == '\n' || c == '\r')) {
                break;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append((char) c);
            }
        }
        names.add(name.toString());
        return names;
    }
}
