package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.NullUnmarked;
import org.neuropil.space.Box;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.sql.Sql;

/// A table of rows in Java, and the same in an engine. It gives no other rows than those that meet a hint, so that a wrong
/// hint shows.
@NullUnmarked
record TestTable(TableInfo info, List<Column> columns, List<List<Object>> values, String place) implements Source {
    static TestTable of(Engine engine, String name, VoxelSize resolution, List<Column> columns,
            List<List<Object>> values) throws IOException, SQLException {
        String place = "main." + engine.newName();
        try (Engine.Lease lease = engine.lease(); Statement statement = lease.connection().createStatement()) {
            statement.execute("CREATE TABLE " + place + columns.stream()
                    .map(column -> Sql.name(column.name()) + " " + Sql.type(column.type()))
                    .collect(Collectors.joining(", ", "(", ")")));
            try (DuckDBAppender appender = lease.connection().createAppender("main", place.substring(5))) {
                for (List<Object> row : values) {
                    appender.beginRow();
                    for (int i = 0; i < columns.size(); i++) {
                        append(appender, columns.get(i).type(), row.get(i));
                    }
                    appender.endRow();
                }
            }
        }
        TableInfo info = new TableInfo(name, "test", "", resolution, "", Optional.empty(), false, "", "",
                TableInfo.Permission.PUBLIC, TableInfo.Permission.PUBLIC);
        return new TestTable(info, columns, values, place);
    }

    private static void append(DuckDBAppender appender, ColumnType type, Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case Long moment when type == ColumnType.TIMESTAMP -> appender.appendEpochMicros(moment);
            case Long n -> appender.append(n.longValue());
            case Integer n -> appender.append(n.intValue());
            case Float n -> appender.append(n.floatValue());
            case Double n -> appender.append(n.doubleValue());
            case Boolean b -> appender.append(b.booleanValue());
            default -> appender.append((String) value);
        }
    }

    int index(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(column);
    }

    @Override
    public String relation(Hint hint) {
        StringBuilder where = new StringBuilder("TRUE");
        hint.ids().forEach((column, ids) -> {
            // A source need not follow a hint; DuckDB takes minutes to read a million numbers as SQL.
            if (ids.length < 1000) {
                where.append(" AND ").append(Sql.name(column))
                        .append(LongStream.concat(LongStream.of(-1), Arrays.stream(ids))
                                .mapToObj(Long::toString).collect(Collectors.joining(", ", " IN (", ")")));
            }
        });
        hint.boxes().forEach((point, box) -> where.append(" AND ").append(inside(point, box)));
        return "(SELECT * FROM " + place + " WHERE " + where + ")";
    }

    private static String inside(String point, Box box) {
        String name = "\"" + point + "_position_";
        return name + "x\" >= " + box.min().x() + " AND " + name + "x\" < " + box.max().x() + " AND " + name
                + "y\" >= " + box.min().y() + " AND " + name + "y\" < " + box.max().y() + " AND " + name + "z\" >= "
                + box.min().z() + " AND " + name + "z\" < " + box.max().z();
    }
}
