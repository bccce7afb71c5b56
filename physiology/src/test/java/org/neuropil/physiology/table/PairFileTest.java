package org.neuropil.physiology.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

class PairFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static PairFile file(Path path) {
        RowKeys names = new RowKeys(
                List.of(Column.of("name", ColumnType.TEXT), Column.nullable("plane", ColumnType.INT32)));
        names.keep("it's", 3);
        names.keep("b", null);
        names.keep("c", 7);
        RowKeys ids = new RowKeys(List.of(Column.of("id", ColumnType.INT64)));
        ids.keep(1L << 53 | 1);
        ids.keep(2L);
        return new PairFile(path, List.of(names, ids), List.of("r", "a figure"));
    }

    private static void fill(PairFile file, int rows) throws IOException {
        for (int i = 0; i < rows; i++) {
            int row = file.row(i % 3, i % 2);
            file.set(row, 0, i);
            file.set(row, 1, i % 5 == 0 ? Float.NaN : -i);
        }
    }

    private static List<String> read(Path path, String what) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + what + " FROM '" + path + "'")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    @Test
    void rowsComeBackInOrderWithWhatTheirNumbersStandFor() throws Exception {
        Path path = folder.resolve("pairs.parquet");
        try (PairFile file = file(path)) {
            fill(file, 5);
            file.end();
        }
        assertThat(read(path, "concat_ws(' ', name, plane, id, r, \"a figure\")")).containsExactly(
                "it's 3 9007199254740993 0.0 nan", "b 2 1.0 -1.0", "c 7 9007199254740993 2.0 -2.0",
                "it's 3 2 3.0 -3.0", "b 9007199254740993 4.0 -4.0");
    }

    @Test
    void piecesFollowEachOtherAndEqualRowsGiveEqualBytes() throws Exception {
        int rows = 200_001; // several pieces and groups of rows, the last not full
        Path one = folder.resolve("one.parquet");
        Path two = folder.resolve("two.parquet");
        for (Path path : List.of(one, two)) {
            try (PairFile file = file(path)) {
                fill(file, rows);
                file.end();
            }
        }
        assertThat(read(one, "concat(count(*), ' ', count(DISTINCT r))")).containsExactly(rows + " " + rows);
        assertThat(read(one, "r = row_number() OVER () - 1")).doesNotContain("false").hasSize(rows);
        assertThat(two).hasSameBinaryContentAs(one);
    }

    @Test
    void noRowsAreAFileWithoutRows() throws Exception {
        Path path = folder.resolve("none.parquet");
        try (PairFile file = file(path)) {
            file.end();
        }
        assertThat(read(path, "count(*)")).containsExactly("0");
    }

    @Test
    void whatWasNotEndedLeavesNothing() throws Exception {
        try (PairFile file = file(folder.resolve("half.parquet"))) {
            fill(file, 100_000);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatCannotBeWrittenIsToldWithTheFile() {
        Path path = folder.resolve("missing/pairs.parquet");
        assertThatThrownBy(() -> {
            try (PairFile file = file(path)) {
                fill(file, 300_000);
                file.end();
            }
        }).isInstanceOf(IOException.class).hasMessageContaining("pairs.parquet");
    }
}
