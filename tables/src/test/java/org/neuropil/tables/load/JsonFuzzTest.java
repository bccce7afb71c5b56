package org.neuropil.tables.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads rows from JSON: whatever they are, rows come out, the same each time, or a declared error.
class JsonFuzzTest {
    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) throws IOException {
        JsonSource source = new JsonSource("rows.json",
                place -> new ByteArrayInputStream(input, (int) place, input.length - (int) place));
        try {
            JsonFrame frame = JsonFrame.of(source, Set.of("id", "pt_position", "pt"));
            JsonRow row = new JsonRow("rows.json");
            List<List<@Nullable String>> first = rows(frame, row);
            int columns = row.columns().size();
            row.restart();
            List<List<@Nullable String>> again = rows(frame, row);
            for (int i = 0; i < first.size(); i++) {
                List<@Nullable String> longer = new ArrayList<@Nullable String>(first.get(i));
                while (longer.size() < columns + 1) {
                    longer.add(null); // for columns that later rows brought
                }
                if (!longer.equals(again.get(i))) {
                    throw new IllegalStateException(longer + " was read, and then " + again.get(i));
                }
            }
            if (first.size() != again.size() || row.columns().size() != columns) {
                throw new IllegalStateException("other rows or columns when read again");
            }
        } catch (InputException e) {
            if (e.sentence().length() > 10_000 || e.sentence().lines().count() > 1) {
                throw new IllegalStateException(
                        "an error of " + e.sentence().length() + " characters, or several lines", e);
            }
        }
    }

    private static List<List<@Nullable String>> rows(JsonFrame frame, JsonRow row) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        frame.read(row, one -> {
            List<@Nullable String> values = new ArrayList<>();
            values.add(one.label());
            values.addAll(one.texts());
            rows.add(values);
        });
        return rows;
    }
}
