package org.neuropil.tables.load;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.schema.TableSchema;

/// The rows of a file, checked as a whole, to be written to a table piece by piece: CSV (also compressed by gzip), Parquet,
/// Arrow, Feather and JSON. What is not in memory lies in the engine's temporary folder.
///
/// Columns are found by name: those of [TableSchema#kept], as `pt_position_x` and `pt_supervoxel_id`; a position may also
/// stand in one column, `pt_position`, as a list or as text (`[1 2 3]`, `1, 2, 3`). Roots and `created` are not read, since
/// they are worked out anew; which other columns are not, [#ignored] tells.
///
/// JSON is a list of rows, a row in each line, or whatever else pandas' `DataFrame.to_json` writes with names of columns;
/// keys of objects in rows follow the name of the field, so `{"pt": {"position": [1, 2, 3]}}` has `pt_position`.
public final class TableImport implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Set<String> OWN = Set.of("created", "deleted", "superceded_id");
    /// A column that no table has.
    private static final String BAD = "bad row";
    private static final String INDEX = "index";
    private static final int TOLD = 3;
    private static final int MOST_TOLD = 10;

    private final Engine engine;
    private final Path file;
    private final TableInfo info;
    private final List<Column> columns;
    private final List<String> ignored;
    private final String staged;
    private final long rows;

    private TableImport(Engine engine, Path file, TableInfo info, List<Column> columns, List<String> ignored,
            String staged, long rows) {
        this.engine = engine;
        this.file = file;
        this.info = info;
        this.columns = columns;
        this.ignored = ignored;
        this.staged = staged;
        this.rows = rows;
    }

    /// How a file is to be read.
    ///
    /// @param names by column of the table (or `NAME_position`), the name that the file has for it
    /// @param unit of positions in nm; 0 if they are voxels of the table
    public record Options(Map<String, String> names, double unit) {
        /// Names as in the table, positions in voxels.
        public static final Options PLAIN = new Options(Map.of(), 0);

        /// Copies the map.
        public Options {
            names = Map.copyOf(names);
        }
    }

    /// Takes some rows.
    @FunctionalInterface
    public interface Use {
        /// Does something with them.
        void take(Rows rows) throws IOException;
    }

    /// Reads and checks a file.
    ///
    /// @throws InputException if it is not there, lacks a column, or holds rows that the table cannot take; names the first
    ///     of these by row (from 1), column and value
    public static TableImport open(Engine engine, Path file, TableInfo info, TableSchema schema, Options options)
            throws IOException {
        try (Engine.Lease lease = engine.lease()) {
            RowFile read = RowFile.open(engine, lease.connection(), file, ColumnNames.sought(schema, options));
            List<CellRule> rules = new ColumnNames(file, read, info, options).rules(schema);
            String staged = "import_" + NUMBERS.incrementAndGet();
            boolean done = false;
            try (Statement statement = lease.connection().createStatement()) {
                String values = values(read, rules);
                statement.execute("CREATE TABLE " + staged + " AS SELECT " + list(rules.size(), i -> "v" + i + " AS "
                        + Sql.name(rules.get(i).column().name())) + ", " + list(rules.size(), i -> "b" + i, " OR ")
                        + " AS " + Sql.name(BAD) + " FROM (" + values + ")");
                long rows = count(statement, staged);
                if (count(statement, staged + " WHERE " + Sql.name(BAD)) > 0) {
                    throw wrong(statement, file, read, values, rules);
                }
                checkIds(statement, file, read, rules, staged);
                TreeSet<String> ignored = new TreeSet<>(read.columns().keySet());
                rules.forEach(rule -> ignored.remove(rule.source()));
                if (read.extra().named()) {
                    ignored.add(INDEX);
                }
                done = true;
                return new TableImport(engine, file, info, rules.stream().map(CellRule::column).toList(),
                        List.copyOf(ignored), staged, rows);
            } catch (SQLException e) {
                throw RowFile.refused(file, e);
            } finally {
                if (!done) {
                    drop(lease, staged);
                }
            }
        }
    }

    /// The columns that a row may be given with.
    static List<Column> taken(TableSchema schema) {
        return schema.kept().stream().filter(column -> !OWN.contains(column.name())).toList();
    }

    /// SQL that gives, of each rule, text `t`, value `v`, and whether it is bad, `b`; and the row's number `n`.
    static String values(RowFile read, List<CellRule> rules) {
        List<String> once = rules.stream().map(CellRule::read).distinct().toList();
        int all = rules.size();
        String first = "SELECT row_number() OVER () AS n, " + list(once.size(), i -> once.get(i) + " AS r" + i)
                + " FROM "
                + read.relation();
        String texts = "SELECT n, "
                + list(all, i -> rules.get(i).text("r" + once.indexOf(rules.get(i).read())) + " AS t"
                        + i)
                + " FROM (" + first + ")";
        String values = "SELECT n, " + list(all, i -> "t" + i + ", " + rules.get(i).value("t" + i) + " AS v" + i)
                + " FROM (" + texts + ")";
        return "SELECT n, "
                + list(all, i -> "t" + i + ", v" + i + ", " + rules.get(i).bad("t" + i, "v" + i) + " AS b" + i)
                + " FROM (" + values + ")";
    }

    private static String list(int size, IntFunction<String> item) {
        return list(size, item, ", ");
    }

    private static String list(int size, IntFunction<String> item, String between) {
        return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(between));
    }

    private static long count(Statement statement, String relation) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + relation)) {
            row.next();
            return row.getLong(1);
        }
    }

    /// The first rows of each column that cannot be taken.
    static InputException wrong(Statement statement, Path file, String values, List<CellRule> rules)
            throws SQLException {
        return wrong(statement, file, new RowFile("", Map.of()), values, rules);
    }

    private static InputException wrong(Statement statement, Path file, RowFile read, String values,
            List<CellRule> rules) throws SQLException {
        String told = list(rules.size(),
                i -> "count(*) FILTER (WHERE b" + i + "), array_to_string(arg_min(n || chr(9) || "
                        + "translate(left(coalesce(t" + i + ", ''), 80), chr(10) || chr(13), '  '), n, " + TOLD
                        + ") FILTER (WHERE b" + i + "), chr(10))");
        // What is no place at all is wrong for each of its axes, and told once.
        LinkedHashSet<Bad> once = new LinkedHashSet<>();
        long all = 0;
        try (ResultSet found = statement.executeQuery("SELECT " + told + " FROM (" + values + ")")) {
            found.next();
            for (int i = 0; i < rules.size(); i++) {
                long count = found.getLong(1 + 2 * i);
                all += count;
                if (count > 0) {
                    CellRule rule = rules.get(i);
                    for (String one : found.getString(2 + 2 * i).lines().toList()) {
                        String[] line = one.split("\t", 2);
                        all -= once.add(new Bad(Long.parseLong(line[0]),
                                rule.source() + ": " + rule.reason(line.length > 1 ? line[1] : ""))) ? 0 : 1;
                    }
                }
            }
        }
        List<Bad> bad = new ArrayList<>(once);
        bad.subList(Math.min(MOST_TOLD, bad.size()), bad.size()).clear();
        Map<Long, String> rows = rows(statement, read, bad.stream().map(Bad::row).toList());
        List<String> first = bad.stream().map(one -> "row " + rows.get(one.row()) + ", " + one.words()).toList();
        return new InputException(String.join("; ", first)
                + (all > first.size() ? "; and " + (all - first.size()) + " more" : ""), file.toString(),
                "mend the file; nothing was written");
    }

    /// A value that cannot be taken.
    ///
    /// @param row from 1
    private record Bad(long row, String words) {}

    /// What rows are called, by their numbers.
    private static Map<Long, String> rows(Statement statement, RowFile read, List<Long> numbers) throws SQLException {
        Map<Long, String> words = new HashMap<>();
        numbers.forEach(number -> words.put(number, Long.toString(number)));
        if (!read.extra().label().isEmpty()) {
            words.putAll(JsonFile.words(statement, read, numbers));
        }
        return words;
    }

    private static void checkIds(Statement statement, Path file, RowFile read, List<CellRule> rules, String staged)
            throws SQLException {
        if (rules.stream().noneMatch(rule -> rule.column().equals(TableSchema.ID))) {
            return;
        }
        try (ResultSet twice = statement.executeQuery("SELECT id, min(rowid) + 1, max(rowid) + 1 FROM " + staged
                + " GROUP BY id HAVING count(*) > 1 ORDER BY 2 LIMIT 1")) {
            if (twice.next()) {
                long id = twice.getLong(1);
                long one = twice.getLong(2);
                long other = twice.getLong(3);
                Map<Long, String> rows = rows(statement, read, List.of(one, other));
                throw new InputException("rows " + rows.get(one) + " and " + rows.get(other) + ", id: " + id
                        + " is the id of both", file.toString(), "give each row once; nothing was written");
            }
        }
    }

    /// How many rows the file has.
    public long rows() {
        return rows;
    }

    /// Columns of the file that are not read, in order of their names.
    public List<String> ignored() {
        return ignored;
    }

    /// The columns that rows are given with.
    public List<Column> columns() {
        return columns;
    }

    /// Hands over all rows, in the order of the file.
    ///
    /// @param most how many at a time
    public void forEach(int most, Use use) throws IOException {
        for (long from = 0; from < rows; from += most) {
            Source part = part(from, from + most);
            try (Answer answer = new Queries(engine, Map.of("file", part)).ask(QueryBuilder.from("file").build())) {
                use.take(answer.rows());
            }
        }
    }

    private Source part(long from, long to) {
        return new Source() {
            @Override
            public TableInfo info() {
                return info;
            }

            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public String relation(Hint hint) {
                return "(SELECT * FROM " + staged + " WHERE rowid >= " + from + " AND rowid < " + to + ")";
            }
        };
    }

    @Override
    public void close() throws IOException {
        try (Engine.Lease lease = engine.lease()) {
            drop(lease, staged);
        }
    }

    private static void drop(Engine.Lease lease, String staged) throws IOException {
        try (Statement statement = lease.connection().createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + staged);
        } catch (SQLException e) {
            throw new IOException("rows of a file cannot be put away: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return rows + " rows of " + file;
    }
}
