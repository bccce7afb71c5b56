package org.neuropil.tables.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Rows of JSON as one writer of this test writes them in all ways, and what is wrong with others.
class JsonFrameTest {
    /// A frame: names, labels, and by row the values, as JSON and as the text that is read.
    record Frame(List<String> columns, List<String> labels, List<List<Value>> rows, boolean spaced) {}

    /// A value.
    ///
    /// @param text what is read; null for what is absent
    record Value(String json, @Nullable String text) {}

    enum Way {
        RECORDS, ANNOTATIONS, LINES, COLUMNS, INDEX, SPLIT, SPLIT_BARE, SPLIT_TURNED, TABLE
    }

    /// The test's own writer: pieces of text, nothing of a library.
    private static String write(Frame frame, Way way) {
        String gap = frame.spaced() ? " \n\t" : "";
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < frame.rows().size(); row++) {
            List<String> cells = new ArrayList<>();
            if (way == Way.TABLE) {
                cells.add(quoted("index") + ":" + gap + quoted(frame.labels().get(row)));
            }
            for (int i = 0; i < frame.columns().size(); i++) {
                cells.add(quoted(frame.columns().get(i)) + gap + ":" + frame.rows().get(row).get(i).json());
            }
            rows.add("{" + gap + String.join(gap + ",", cells) + "}");
        }
        String list = "[" + gap + String.join("," + gap, rows) + gap + "]";
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < frame.columns().size(); i++) {
            List<String> cells = new ArrayList<>();
            for (int row = 0; row < frame.rows().size(); row++) {
                cells.add(quoted(frame.labels().get(row)) + ":" + gap + frame.rows().get(row).get(i).json());
            }
            columns.add(quoted(frame.columns().get(i)) + ":" + gap + "{" + String.join(gap + "," + gap, cells) + "}");
        }
        String names = quoted("columns") + ":" + gap + "["
                + String.join("," + gap, frame.columns().stream().map(JsonFrameTest::quoted).toList()) + "]";
        String index = quoted("index") + ":[" + String.join(",", frame.labels().stream().map(JsonFrameTest::quoted)
                .toList()) + gap + "]";
        String data = quoted("data") + gap + ":[" + String.join("," + gap, frame.rows().stream().map(row -> "["
                + String.join(",", row.stream().map(Value::json).toList()) + "]").toList()) + "]";
        return gap + switch (way) {
            case RECORDS -> list;
            case ANNOTATIONS -> "{" + quoted("annotations") + ":" + list + "}";
            case LINES -> String.join("\n", rows) + "\n";
            case COLUMNS -> "{" + String.join("," + gap, columns) + "}";
            case INDEX -> {
                List<String> all = new ArrayList<>();
                for (int row = 0; row < rows.size(); row++) {
                    all.add(quoted(frame.labels().get(row)) + ":" + rows.get(row));
                }
                yield "{" + String.join(",", all) + "}";
            }
            case SPLIT -> "{" + names + "," + index + "," + gap + data + "}";
            case SPLIT_BARE -> "{" + names + "," + data + "}";
            case SPLIT_TURNED -> "{" + data + "," + gap + index + "," + names + "}";
            case TABLE -> "{" + quoted("schema") + ":{" + quoted("fields") + ":[]," + quoted("primaryKey") + ":["
                    + quoted("index") + "]}," + quoted("data") + ":" + list + "}";
        } + gap;
    }

    /// Escapes now and then what need not be.
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c % 3 == 0) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    @Provide
    Arbitrary<Frame> frames() {
        Arbitrary<Value> whole = Arbitraries.longs().map(n -> new Value(Long.toString(n), Long.toString(n)));
        Arbitrary<Value> real = Arbitraries.doubles().map(x -> new Value(Double.toString(x), Double.toString(x)));
        Arbitrary<Value> text = Arbitraries.strings().withChars("aé\"\\/\n\t,[]{}:0 λ").ofMaxLength(8)
                .map(s -> new Value(quoted(s), s));
        Arbitrary<Value> place = Arbitraries.longs().list().ofMinSize(1).ofMaxSize(3)
                .map(list -> new Value(list.toString().replace(" ", ""), list.toString()));
        Arbitrary<Value> other = Arbitraries.of(new Value("null", null), new Value("NaN", null),
                new Value("true", "true"), new Value("false", "false"), new Value("[]", "[]"));
        Arbitrary<Value> value = Arbitraries.oneOf(whole, real, text, place, other);
        return Combinators.combine(Arbitraries.integers().between(1, 5), Arbitraries.integers().between(1, 6),
                Arbitraries.of(true, false)).as(
                        (columns, rows, spaced) -> Combinators.combine(
                                value.list().ofSize(rows * columns),
                                Arbitraries.strings().withChars("0123ab\"é ").ofMaxLength(5).list().uniqueElements()
                                        .ofSize(rows))
                                .as((values, labels) -> {
                                    List<List<Value>> all = new ArrayList<>();
                                    for (int row = 0; row < rows; row++) {
                                        all.add(values.subList(row * columns, (row + 1) * columns));
                                    }
                                    return new Frame(
                                            List.of("id", "pt_position", "größe", "x\"y", "[4]").subList(0, columns),
                                            labels, all, spaced);
                                }))
                .flatMap(inner -> inner);
    }

    @Property(tries = 300)
    void rowsAreTheSameHoweverTheyAreWritten(@ForAll("frames") Frame frame, @ForAll Way way) throws IOException {
        String json = write(frame, way);
        JsonRow row = new JsonRow("rows.json");
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> labels = new ArrayList<>();
        JsonFrame read = JsonFrame.of(source(json), Set.of("id"));
        read.read(row, one -> {
            rows.add(new ArrayList<>(one.texts()));
            labels.add(one.label());
        });
        assertThat(row.columns()).isEqualTo(frame.columns());
        assertThat(rows).isEqualTo(frame.rows().stream().map(one -> one.stream().map(Value::text).toList()).toList());
        if (Set.of(Way.COLUMNS, Way.INDEX, Way.SPLIT, Way.SPLIT_TURNED, Way.TABLE).contains(way)) {
            assertThat(labels).isEqualTo(frame.labels());
        } else {
            assertThat(labels).containsOnlyNulls();
        }
    }

    @Property(tries = 100)
    void whatIsCutIsAnError(@ForAll("frames") Frame frame, @ForAll Way way) {
        if (way == Way.LINES) {
            return; // whole lines are a file
        }
        String json = write(frame, way).strip();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < bytes.length; cut += 1 + bytes.length / 7) {
            JsonSource source = source(java.util.Arrays.copyOf(bytes, bytes.length - cut));
            assertThatThrownBy(() -> JsonFrame.of(source, Set.of("id")).read(new JsonRow("rows.json"), _ -> {}))
                    .isInstanceOf(InputException.class);
        }
    }

    private static JsonSource source(String json) {
        return source(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonSource source(byte[] bytes) {
        return new JsonSource("rows.json",
                place -> new ByteArrayInputStream(bytes, (int) place, bytes.length - (int) place));
    }

    private static List<String> columns(String json) throws IOException {
        JsonRow row = new JsonRow("rows.json");
        JsonFrame.of(source(json), Set.of("id", "pt")).read(row, _ -> {});
        return row.columns();
    }

    @Test
    void rowsMayBeNestedOrLackKeys() throws IOException {
        assertThat(columns("[{\"id\": 1}, {\"pt\": {\"position\": [1, 2, 3], \"supervoxel_id\": 5}}]"))
                .containsExactly("id", "pt_position", "pt_supervoxel_id");
        assertThat(columns("{\"pt\": {\"position\": [1, 2, 3]}, \"tag\": \"one row\"}")).containsExactly("pt_position",
                "tag");
        assertThat(columns("{\"7\": {\"pt\": {\"position\": {\"x\": 1}}}}")).containsExactly("pt_position_x");
        assertThat(columns("\uFEFF[{\"id\": 1}]")).containsExactly("id");
    }

    private static void wrong(String json, String... words) {
        assertThatThrownBy(() -> columns(json)).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).sentence()).contains("rows.json").contains(words));
    }

    @Test
    void whatIsWrongIsNamedByRowAndColumn() {
        wrong("[[1, 2], [3, 4]]", "without names of columns", "orient='records'");
        wrong("{\"id\": {\"a\": 1, \"b\": 2}, \"tag\": {\"b\": \"x\"}}",
                "row 1 (index 'a'), tag: has row 'b' in its place",
                "though 'id' has one");
        wrong("{\"id\": {\"a\": 1, \"b\": 2}, \"tag\": {\"a\": \"x\"}}", "row 2 (index 'b'), tag: has no value");
        wrong("{\"id\": {\"a\": 1}, \"tag\": {\"a\": 1, \"c\": 1}}",
                "row 2 (index 'c'), id: has no value, though 'tag'");
        wrong("{\"id\": {\"a\": 1}, \"id\": {\"a\": 1}}", "'id' comes twice");
        wrong("[{\"id\": 1}, {\"id\": 1, \"id\": 2}]", "row 2, id: comes twice");
        wrong("[{\"id\": 1, \"Id\": 2}]", "row 1: two columns are called 'id' and 'Id'");
        wrong("[{\"pt\": {\"position\": 1}, \"pt_position\": 2}]", "row 1, pt_position: comes twice");
        wrong("{\"c\": {\"id\": {\"a\": {\"b\": {\"c\": 1}}}}}", "row 1 (index 'c'), id_a_b: is nested too deep");
        wrong("[{\"\": 1}]", "a column has no name");
        wrong("[{\"id\": 1}, 5]", "row 2: is no object");
        wrong("[{\"id\": 1}] 5", "has more behind the end of its list");
        wrong("{\"id\": 1}\n5", "row 2: is no object");
        wrong("[{\"id\": \"\\ud800\"}]", "row 1, id: holds a character 0, or half a character");
        wrong("{\"columns\": [\"a\", \"b\"], \"index\": [7, 8], \"data\": [[1, 2], [3]]}",
                "row 2 (index '8'), b: has no value");
        wrong("{\"columns\": [\"a\"], \"index\": [7], \"data\": [[1, 2]]}",
                "row 1 (index '7'): has more than 1 values");
        wrong("{\"columns\": [\"a\"], \"index\": [7], \"data\": [[1], [2]]}", "last one with a label");
        wrong("{\"columns\": [\"a\"], \"index\": [7, 8], \"data\": [[1]]}", "'index' has more labels");
        wrong("{\"columns\": [\"a\", \"a\"], \"data\": []}", "two columns are called 'a'");
        wrong("{\"columns\": [[\"a\", \"b\"]], \"data\": []}", "columns of one level");
        wrong("{\"id\": {\"id\": 1}}", "both outside and inside", "orient='records'");
        wrong("{\"id\": {\"a\": 1", "ends in the middle", "line 1, column", "/id/a");
        wrong("{\"id\": {\"a\": 1, oops", "is no JSON", "line 1, column", "/id");
        wrong("[]", "has no rows");
        wrong("{}", "has no rows");
        wrong("5", "is a single value");
        wrong("", "is empty");
        wrong("[".repeat(3) + "{".repeat(2), "without names");
        wrong("[{\"id\": " + "[".repeat(2000), "cannot be read", "depth");
        StringBuilder wide = new StringBuilder("[{\"id\": 1");
        for (int i = 0; i < JsonRow.MOST_COLUMNS; i++) {
            wide.append(",\"c").append(i).append("\":1");
        }
        wrong(wide + "}]", "is one column more than 1000");
        byte[] wide16 = "{\"id\": {\"a\": 1}}".getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> JsonFrame.of(source(wide16), Set.of("id"))).isInstanceOf(InputException.class)
                .hasMessageContaining("is not in UTF-8");
    }

    /// Labels are names to a parser, which keeps a table of those that it has met.
    @Test
    void tensOfThousandsOfLabelsAreRead() throws IOException {
        int rows = 70_000;
        StringBuilder id = new StringBuilder();
        StringBuilder tag = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            String label = Long.toString(864691135000000000L + i * 7919L);
            id.append(i == 0 ? "" : ",").append(quoted(label)).append(':').append(i);
            tag.append(i == 0 ? "" : ",").append(quoted(label)).append(":\"t").append(i).append('"');
        }
        Set<String> seen = new HashSet<>();
        JsonFrame.of(source("{\"id\":{" + id + "},\"tag\":{" + tag + "}}"), Set.of("id")).read(new JsonRow("rows.json"),
                row -> {
                    assertThat(row.texts())
                            .isEqualTo(List.of(Long.toString(row.number() - 1), "t" + (row.number() - 1)));
                    seen.add(Objects.requireNonNull(row.label()));
                });
        assertThat(new LinkedHashSet<>(seen)).hasSize(rows);
    }
}
