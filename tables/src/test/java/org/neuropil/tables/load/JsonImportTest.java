package org.neuropil.tables.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

/// A DataFrame as pandas 2.3.3 wrote it in all its ways, and what is wrong with files of JSON.
class JsonImportTest {
    private static final TableSchema KIND = new TableSchema("kind", List.of(new Field.Point("pt", true, true, ""),
            value("volume", ColumnType.FLOAT64), value("note", ColumnType.TEXT), value("seen", ColumnType.TIMESTAMP),
            value("sure", ColumnType.BOOLEAN)));
    private static final TableInfo TABLE = new TableInfo("things", "kind", "", new VoxelSize(4, 4, 40), "",
            Optional.empty(), false, "", "", Permission.PRIVATE, Permission.PUBLIC);
    private static final String FIRST = "id=9007199254740993 pt_position_x=1 pt_position_y=-2 pt_position_z=3 "
            + "pt_supervoxel_id=72902183000000001 volume=0.5 note=a \"quoted\" / text seen=1577836800000000 sure=true";
    private static final List<String> ROWS = List.of(FIRST,
            "id=9223372036854775807 pt_position_x=2147483647 pt_position_y=0 pt_position_z=5 pt_supervoxel_id=0 "
                    + "volume=none note=ä—µ seen=1620284889123000 sure=false",
            "id=12 pt_position_x=7 pt_position_y=8 pt_position_z=9 pt_supervoxel_id=9007199254740995 volume=1.0E-7 "
                    + "note=none seen=1643760000000000 sure=true");

    private final Path folder;
    private final Engine engine;

    JsonImportTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        engine = Engine.open(new Engine.Settings(256 << 20, 2, folder.resolve("scratch"), 4));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    private static Field value(String name, ColumnType type) {
        return new Field.Value(name, false, type, true, List.of(), "", "", false, Optional.empty());
    }

    private Path pandas(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("frames/" + name), name)) {
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> read(Path file, List<String> ignored) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TableImport load = TableImport.open(engine, file, TABLE, KIND, TableImport.Options.PLAIN)) {
            load.forEach(2, rows -> lines(rows, lines));
            assertThat(load.ignored()).isEqualTo(ignored);
        }
        return lines;
    }

    private static void lines(Rows rows, List<String> lines) {
        for (int row = 0; row < rows.size(); row++) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < rows.columns().size(); i++) {
                ColumnData data = rows.data().get(i);
                int at = row;
                words.add(rows.columns().get(i).name() + "=" + (data.isAbsent(at) ? "none" : switch (data) {
                    case ColumnData.Longs v -> v.values()[at];
                    case ColumnData.Ints v -> v.values()[at];
                    case ColumnData.Floats v -> v.values()[at];
                    case ColumnData.Doubles v -> v.values()[at];
                    case ColumnData.Booleans v -> v.values()[at];
                    case ColumnData.Texts v -> v.values()[at];
                }));
            }
            lines.add(String.join(" ", words));
        }
    }

    @Test
    void whatPandasWritesIsReadToTheLastBit() throws IOException {
        for (String name : List.of("columns.json", "columns.json.gz", "index.json", "split.json")) {
            assertThat(read(pandas(name), List.of("index"))).as(name).isEqualTo(ROWS);
        }
        for (String name : List.of("records.json", "lines.jsonl", "split-indented.json", "table-by-id.json")) {
            assertThat(read(pandas(name), name.startsWith("table") ? List.of("index") : List.of())).as(name)
                    .isEqualTo(ROWS);
        }
        assertThat(read(pandas("table.json"), List.of("index"))).isEqualTo(ROWS);
        // Its ids are part of the labels.
        assertThat(read(pandas("two-levels.json"), List.of("index"))).element(0)
                .isEqualTo(FIRST.replace("id=9007199254740993 ", "").replace("note=a \"quoted\" / text ", ""));
    }

    @Test
    void labelsThatAreNumbersOfRowsAreNotMissed() throws IOException {
        assertThat(read(file("plain.json", "{\"pt_position\": {\"0\": [1, 2, 3], \"1\": [4, 5, 6]}}"), List.of()))
                .hasSize(2);
    }

    @Test
    void columnsMayHaveOtherNamesAndUnits() throws IOException {
        Path file = file("nm.json", "{\"where\": {\"0\": [4.0, 9, \"80\"]}}");
        List<String> lines = new ArrayList<>();
        try (TableImport load = TableImport.open(engine, file, TABLE, KIND,
                new TableImport.Options(Map.of("pt_position", "where"), 1))) {
            load.forEach(1, rows -> lines(rows, lines));
        }
        assertThat(lines).containsExactly("pt_position_x=1 pt_position_y=2 pt_position_z=2");
    }

    private void wrong(Path file, String... words) {
        assertThatThrownBy(() -> read(file, List.of())).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).sentence())
                        .contains(String.valueOf(file.getFileName())).contains(words));
    }

    @Test
    void whatIsWrongIsNamedByFileRowIndexAndColumn() throws IOException {
        wrong(pandas("values.json"), "without names of columns", "orient='records'");
        wrong(pandas("series.json"), "has no column pt_position_x", "it has a, b/c, d");
        wrong(pandas("epoch.json"), "row 1 (index 'a'), seen: '1577836800000' is no moment", "date_format='iso'");
        wrong(file("float.json", "{\"id\": {\"x\": 1, \"y\": 2.0, \"z\": 9.1e17}, \"pt_position\": "
                + "{\"x\": [1, 2, 3], \"y\": [1, 2, 3.5], \"z\": [1, 2]}}"),
                "row 2 (index 'y'), id: '2.0' is a floating-point number",
                "row 3 (index 'z'), id: '9.1e17' is a floating-point number", "row 2 (index 'y'), pt_position: '3.5'",
                "row 3 (index 'z'), pt_position: '[1, 2]'", "nothing was written");
        wrong(file("large.json", "[{\"id\": 9223372036854775808, \"pt_position\": [1, 2, 3]}, {\"id\": -1, "
                + "\"pt_position\": [1, 2, 3]}, {\"id\": true, \"pt_position\": [1, 2, 3]}]"),
                "row 1, id: '9223372036854775808' is not below 2^63", "row 2, id: '-1' is negative",
                "row 3, id: 'true' is no id");
        wrong(file("twice.json", "{\"columns\": [\"id\", \"pt_position\"], \"index\": [\"p\", \"q\"], \"data\": "
                + "[[5, [1, 2, 3]], [5, [1, 2, 3]]]}"),
                "rows 1 (index 'p') and 2 (index 'q'), id: 5 is the id of both");
        wrong(file("same.json", "{\"pt_position\": {\"p\": [1, 2, 3], \"q\": [1, 2, 3], \"p\": [1, 2, 3]}}"),
                "rows 1 and 3: index 'p' comes twice");
        wrong(file("list.json", "{\"pt_position\": {\"p\": [1, 2, 3], \"q\": [1, 2, 3]}, \"note\": {\"p\": null, "
                + "\"q\": [\"a\", \"b\"]}}"), "row 2 (index 'q'), note: is a list, where one value is due");
        wrong(file("none.jsonl", "{\"pt_position\": [1, 2, 3]}\n{\"note\": \"x\"}\n"),
                "row 2, pt_position: is missing");
        byte[] packed = Files.readAllBytes(pandas("columns.json.gz"));
        Path cut = folder.resolve("cut.json.gz");
        Files.write(cut, java.util.Arrays.copyOf(packed, packed.length / 2));
        wrong(cut, "ends in the middle");
        wrong(file("plain.json.gz", "[]"), "is not compressed by gzip");
        wrong(folder.resolve("nowhere.json"), "is not there");
        assertThat(folder.resolve("scratch").toFile().listFiles()).allSatisfy(
                one -> assertThat(one.list((_, name) -> name.startsWith("file_"))).isNullOrEmpty());
    }
}
