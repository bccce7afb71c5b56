package org.neuropil.tables.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

/// A file of rows that were frozen elsewhere, with their roots, as a relation with the columns of [TableSchema#read]. Each
/// row is read once, by many threads: values come in their types, and whether a row can be taken costs a comparison or two.
/// Which row cannot, and why, is looked for only if there is one ([#problem]).
public final class FrozenRows {
    /// What the relation fails with at a row that cannot be taken.
    private static final String BAD = "a row cannot be taken";
    private static final String VALID = "valid";
    /// Files from here on are unpacked part by part.
    private static final long PACKED = 16L << 20;
    private static final long PART = 1L << 29;
    private static final List<String> AXES = List.of("x", "y", "z");

    private final DuckDBConnection connection;
    private final RowSource source;
    private final TableInfo info;
    private final TableSchema schema;
    private final Instant moment;
    private final Map<String, String> columns;
    private final List<FrozenColumn> rules = new ArrayList<>();
    private final List<String> defaults = new ArrayList<>();
    private final String physical;
    private String filter = "";

    /// Where rows come from.
    ///
    /// @param file of rows
    /// @param header types by name of the columns of a CSV file that does not name them; empty for other files
    /// @param constants values of columns that are the same in all rows of the file, as the folders of a Delta table tell
    ///     them; null where the value is absent
    /// @param names by column of the table, what the file calls it
    /// @param nm length of 1 of positions in nm; 0 for voxels of the table
    /// @param whereGiven column: rows without a value there are left out; empty for all rows
    public record RowSource(Path file, Map<String, String> header, Map<String, Optional<String>> constants,
            Map<String, String> names, double nm, String whereGiven) {}

    private FrozenRows(DuckDBConnection connection, RowSource source, TableInfo info, TableSchema schema,
            Instant moment) throws IOException {
        this.connection = connection;
        this.source = source;
        this.info = info;
        this.schema = schema;
        this.moment = moment;
        RowFile read = texts();
        columns = new LinkedHashMap<>(read.columns());
        match();
        physical = source.header().isEmpty() ? read.relation() : withConstants(typed(source.file()));
    }

    /// Opens a file. Its rows are not looked at yet.
    ///
    /// @param connection to the database that the relation is of
    /// @param moment of the rows, which is also when they came to be where the file does not say it
    /// @throws InputException if it cannot be read, or lacks a column
    public static FrozenRows open(DuckDBConnection connection, RowSource source, TableInfo info, TableSchema schema,
            Instant moment) throws IOException {
        return new FrozenRows(connection, source, info, schema, moment);
    }

    /// Columns of the file that are not read, in order of their names.
    public List<String> ignored() {
        TreeSet<String> left = new TreeSet<>(columns.keySet());
        rules.forEach(rule -> left.remove(rule.source()));
        left.remove(VALID);
        return List.copyOf(left);
    }

    /// Columns of the table that the file does not have, and that are absent or the same in all rows therefore.
    public List<String> absent() {
        return List.copyOf(defaults);
    }

    /// The file with all its columns; those of CSV as text.
    private RowFile texts() throws IOException {
        if (source.header().isEmpty()) {
            RowFile file = RowFile.open(connection, source.file());
            return source.constants().isEmpty()
                    ? file
                    : RowFile.described(connection, source.file(), withConstants(file.relation()));
        }
        Map<String, String> types = new LinkedHashMap<>();
        source.header().keySet().forEach(name -> types.put(name, "VARCHAR"));
        return RowFile.described(connection, source.file(), withConstants(RowFile.csv(source.file(), types, false)));
    }

    private String withConstants(String relation) {
        if (source.constants().isEmpty()) {
            return relation;
        }
        StringBuilder sql = new StringBuilder("(SELECT *");
        source.constants().forEach((name, value) -> sql.append(", CAST(").append(value.map(Sql::text).orElse("NULL"))
                .append(" AS VARCHAR) AS ").append(Sql.name(name)));
        return sql + " FROM " + relation + ")";
    }

    /// CSV with columns in the types that they are wanted in.
    private String typed(Path file) {
        Map<String, String> types = new LinkedHashMap<>();
        source.header().keySet().forEach(name -> types.put(name, "VARCHAR"));
        for (FrozenColumn rule : rules) {
            types.replace(rule.source(), rule.physical());
        }
        if (isFiltered()) {
            types.replace(VALID, "BOOLEAN");
        }
        return RowFile.csv(file, types, false);
    }

    private boolean isFiltered() {
        return columns.containsKey(VALID) && schema.read().stream().noneMatch(column -> column.name().equals(VALID));
    }

    private void match() {
        Map<String, Field.Point> points = new HashMap<>();
        Map<String, List<String>> oneOf = new HashMap<>();
        for (Field field : schema.fields()) {
            switch (field) {
                case Field.Point point -> AXES.forEach(axis -> points.put(point.position(axis), point));
                case Field.Value value -> oneOf.put(value.name(), value.oneOf());
                case Field.Reference _ -> {
                }
            }
        }
        boolean csv = !source.header().isEmpty();
        List<String> missing = new ArrayList<>();
        for (Column column : schema.read()) {
            Field.Point point = points.get(column.name());
            String own = named(column.name());
            if (point != null) {
                int axis = AXES.indexOf(column.name().substring(column.name().length() - 1));
                String whole = named(column.name().substring(0, column.name().length() - 2));
                double[] scale = source.nm() == 0
                        ? new double[0]
                        : new double[]{source.nm(), info.resolution().get(axis)};
                if (columns.containsKey(own)) {
                    rules.add(FrozenColumn.coordinate(column, own, type(own), csv, scale));
                    continue;
                } else if (columns.containsKey(whole)) {
                    rules.add(FrozenColumn.ofThree(column, whole, type(whole), axis, scale));
                    continue;
                }
            } else if (columns.containsKey(own)) {
                rules.add(FrozenColumn.of(column, own, type(own), csv, oneOf.getOrDefault(column.name(), List.of())));
                continue;
            }
            if (column.nullable() || column.equals(TableSchema.CREATED)) {
                rules.add(FrozenColumn.constant(column, column.equals(TableSchema.CREATED)
                        ? "make_timestamp(" + ChronoUnit.MICROS.between(Instant.EPOCH, moment) + ")"
                        : "NULL"));
                if (!column.equals(TableSchema.SUPERCEDED)) {
                    defaults.add(column.name());
                }
            } else {
                missing.add(column.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException("has no column " + String.join(", ", missing) + " for table " + info.name(),
                    source.file().toString(), "it has " + String.join(", ", columns.keySet()));
        }
        source.names().forEach((field, column) -> {
            if (!columns.containsKey(column)) {
                throw new InputException("has no column '" + column + "', which should be " + field + " of table "
                        + info.name(), source.file().toString(), "it has " + String.join(", ", columns.keySet()));
            }
        });
        List<String> conditions = new ArrayList<>();
        if (isFiltered()) {
            conditions.add("CAST(" + Sql.name(VALID) + " AS BOOLEAN) IS NOT FALSE");
        }
        if (!source.whereGiven().isEmpty()) {
            if (!columns.containsKey(source.whereGiven())) {
                throw new InputException("has no column '" + source.whereGiven() + "'", source.file().toString(),
                        "it has " + String.join(", ", columns.keySet()));
            }
            conditions.add(Sql.name(source.whereGiven()) + " IS NOT NULL");
        }
        filter = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private String named(String column) {
        return source.names().getOrDefault(column, column);
    }

    private String type(String column) {
        return columns.getOrDefault(column, "");
    }

    /// Some of the rows after the others, each time as a relation that is read before the next one is asked for.
    public interface Parts extends AutoCloseable {
        /// The next ones, as [#relation] gives all; null if there are no more.
        ///
        /// @throws InputException if the file is damaged
        @Nullable
        String next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// The rows, in parts where they are many and unpacking them would take longer than reading them.
    ///
    /// @param work folder for what is unpacked
    public Parts parts(Path work) throws IOException {
        if (source.header().isEmpty() || !source.file().toString().endsWith(".gz")
                || Files.size(source.file()) < PACKED) {
            return new Parts() {
                private boolean given;

                @Override
                public @Nullable String next() {
                    String rows = given ? null : relation();
                    given = true;
                    return rows;
                }

                @Override
                public void close() {}
            };
        }
        PackedCsv packed = new PackedCsv(source.file(), work, PART);
        return new Parts() {
            @Override
            public @Nullable String next() throws IOException {
                Path part = packed.next();
                return part == null ? null : relation(withConstants(typed(part)));
            }

            @Override
            public void close() throws IOException {
                packed.close();
            }
        };
    }

    /// The rows, to be read once. Reading fails at a row that cannot be taken; then [#problem] tells which.
    public String relation() {
        return relation(physical);
    }

    private String relation(String physical) {
        int count = rules.size();
        StringBuilder values = new StringBuilder("SELECT *");
        StringBuilder bad = new StringBuilder();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            FrozenColumn rule = rules.get(i);
            values.append(", ").append(rule.value()).append(" AS \"neuropil value ").append(i).append('"');
            String wrong = rule.bad("\"neuropil value " + i + "\"");
            if (!wrong.isEmpty()) {
                bad.append(bad.isEmpty() ? "" : " OR ").append(wrong);
            }
            out.append(i == 0 ? "" : ", ").append(i == 0
                    ? "CASE WHEN \"neuropil bad\" THEN error('" + BAD + "') ELSE \"neuropil value 0\" END"
                    : "\"neuropil value " + i + "\"").append(" AS ").append(Sql.name(rule.column().name()));
        }
        return "(SELECT " + out + " FROM (SELECT *, coalesce(" + (bad.isEmpty() ? "FALSE" : bad)
                + ", FALSE) AS \"neuropil bad\" FROM (" + values + " FROM " + physical + filter + ")))";
    }

    /// What is wrong with the file, after reading [#relation] failed.
    ///
    /// @param failure what it failed with
    public InputException problem(SQLException failure) throws IOException {
        String words = String.valueOf(failure.getMessage());
        if (!words.contains(BAD) && !words.contains("CSV Error") && !words.contains("Conversion Error")
                && !words.contains("Invalid result set")) {
            // As a full disk, which is no fault of the file.
            throw new IOException("rows of " + source.file() + " cannot be read: " + words, failure);
        }
        List<CellRule> told = rules.stream().map(FrozenColumn::rule).filter(rule -> rule != null).toList();
        try (Statement statement = connection.createStatement()) {
            RowFile read = texts();
            // What a file is broken by is told by a statement alone; a result that is read bit by bit loses it.
            statement.execute("CREATE OR REPLACE TEMP TABLE problem AS SELECT max(COLUMNS(*)) FROM " + read.relation());
            statement.execute("DROP TABLE problem");
            String all = source.whereGiven().isEmpty()
                    ? read.relation()
                    : "(SELECT * FROM " + read.relation() + " WHERE " + Sql.name(source.whereGiven())
                            + " IS NOT NULL)";
            InputException found = TableImport.wrong(statement, source.file(),
                    TableImport.values(new RowFile(all, read.columns()), told), told);
            if (!found.what().isEmpty()) {
                return found;
            }
        } catch (SQLException e) {
            return refused(source.file(), e);
        }
        return refused(source.file(), failure);
    }

    /// Lines of a database's message that say where it stopped.
    private static InputException refused(Path file, SQLException e) {
        List<String> lines = String.valueOf(e.getMessage()).lines().map(String::strip).filter(line -> !line.isEmpty())
                .limit(3).map(line -> line.replaceFirst("^[A-Za-z ]+ Error: ", "")
                        .replaceFirst("^CSV Error on Line: ", "line "))
                .toList();
        return new InputException("cannot be read: " + String.join("; ", lines), file.toString(),
                "fetch it anew, or mend it", e);
    }

    /// How the values of a column come out of a file.
    ///
    /// @param source the file's column; empty for a constant
    /// @param physical type in which CSV is read
    /// @param value SQL that gives the value, null where it is absent or is none
    /// @param rule that tells what is wrong; null for a constant
    private record FrozenColumn(Column column, String source, String physical, String type, String value,
            double[] scale, @Nullable CellRule rule) {
        private static final double[] VOXELS = {};

        static FrozenColumn constant(Column column, String value) {
            return new FrozenColumn(column, "", "", "", "CAST(" + value + " AS " + sql(column.type()) + ")", VOXELS,
                    null);
        }

        static FrozenColumn of(Column column, String source, String type, boolean csv, List<String> oneOf) {
            CellRule rule = CellRule.of(column, source, oneOf);
            String name = Sql.name(source);
            String in = csv ? physical(column.type()) : type;
            String nested = rule.value("(" + rule.text("(" + rule.read() + ")") + ")");
            String value = switch (column.type()) {
                case ID, INT64 -> isWhole(in) || csv && column.type() == ColumnType.ID || in.equals("VARCHAR")
                        && column.type() == ColumnType.ID ? "TRY_CAST(" + name + " AS BIGINT)" : nested;
                case INT32 -> isNumber(in) ? "TRY_CAST(" + name + " AS INTEGER)" : nested;
                case FLOAT32, FLOAT64 -> isNumber(in)
                        ? "CASE WHEN isfinite(CAST(" + name + " AS DOUBLE)) THEN CAST(" + name + " AS "
                                + sql(column.type()) + ") END"
                        : nested;
                case BOOLEAN -> in.equals("BOOLEAN") ? name : nested;
                case TEXT -> oneOf.isEmpty() ? "CAST(" + name + " AS VARCHAR)" : nested;
                case TIMESTAMP -> in.equals("TIMESTAMP WITH TIME ZONE")
                        ? "CAST(" + name + " AT TIME ZONE 'UTC' AS TIMESTAMP)"
                        : in.startsWith("TIMESTAMP") ? "CAST(" + name + " AS TIMESTAMP)" : nested;
            };
            return new FrozenColumn(column, source, in, in, value, VOXELS, rule);
        }

        static FrozenColumn coordinate(Column column, String source, String type, boolean csv, double[] scale) {
            CellRule rule = CellRule.coordinate(column, source, scale);
            String in = csv ? "DOUBLE" : type;
            String name = Sql.name(source);
            String value = !isNumber(in)
                    ? rule.value("(" + rule.text("(" + rule.read() + ")") + ")")
                    : scale.length == 0
                            ? "TRY_CAST(" + name + " AS INTEGER)"
                            : "TRY_CAST(floor(round(CAST(" + name + " AS DOUBLE) * " + scale[0] + "::DOUBLE / "
                                    + scale[1] + "::DOUBLE * 1000) / 1000) AS INTEGER)";
            return new FrozenColumn(column, source, in, in, value, scale, rule);
        }

        static FrozenColumn ofThree(Column column, String source, String type, int axis, double[] scale) {
            CellRule rule = CellRule.ofThree(column, source, type, axis, scale);
            return new FrozenColumn(column, source, "VARCHAR", type,
                    rule.value("(" + rule.text("(" + rule.read() + ")") + ")"), scale, rule);
        }

        private static String physical(ColumnType type) {
            return switch (type) {
                case ID, INT64, TEXT -> "VARCHAR";
                case INT32, FLOAT64 -> "DOUBLE";
                case FLOAT32 -> "REAL";
                case BOOLEAN -> "BOOLEAN";
                case TIMESTAMP -> "TIMESTAMP";
            };
        }

        private static String sql(ColumnType type) {
            return switch (type) {
                case ID, INT64 -> "BIGINT";
                case INT32 -> "INTEGER";
                case FLOAT32 -> "REAL";
                case FLOAT64 -> "DOUBLE";
                case BOOLEAN -> "BOOLEAN";
                case TEXT -> "VARCHAR";
                case TIMESTAMP -> "TIMESTAMP";
            };
        }

        private static boolean isWhole(String type) {
            return type.toUpperCase(Locale.ROOT).matches("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?");
        }

        private static boolean isNumber(String type) {
            return isWhole(type) || type.matches("FLOAT|REAL|DOUBLE|DECIMAL.*");
        }

        /// SQL that is true where the value cannot be taken; empty if all can.
        String bad(String given) {
            CellRule told = rule;
            if (told == null) {
                return "";
            }
            String name = Sql.name(source);
            List<String> wrong = new ArrayList<>();
            boolean three = told.axis() >= 0;
            if (!column.nullable()) {
                wrong.add(given + " IS NULL");
            } else if (three) {
                wrong.add("(" + name + " IS NOT NULL AND " + given + " IS NULL)");
            } else if (column.type() == ColumnType.FLOAT32 || column.type() == ColumnType.FLOAT64) {
                wrong.add(isNumber(type)
                        ? "isinf(CAST(" + name + " AS DOUBLE))"
                        : "(" + told.text("(" + told.read() + ")") + " IS NOT NULL AND " + given + " IS NULL)");
            } else if (column.type() != ColumnType.TEXT || !told.oneOf().isEmpty()) {
                wrong.add("(" + name + " IS NOT NULL AND " + given + " IS NULL)");
            }
            if (column.type() == ColumnType.ID) {
                wrong.add(given + " < 0");
                if (type.equals("VARCHAR")) {
                    // A cast alone takes 8.6e17 for a whole number. A search for three letters costs half of an expression.
                    List.of(".", "e", "E").forEach(letter -> wrong.add("contains(" + name + ", '" + letter + "')"));
                }
            } else if (column.type() == ColumnType.INT32 && !three && scale.length == 0 && isNumber(type)
                    && !isWhole(type)) {
                wrong.add(given + " <> " + name);
            }
            return String.join(" OR ", wrong);
        }
    }
}
