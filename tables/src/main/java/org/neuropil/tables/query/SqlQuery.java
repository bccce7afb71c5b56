package org.neuropil.tables.query;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.sql.Sql;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// SQL of users, which only reads: one SELECT, in DuckDB's language, over tables by their names. DuckDB parses it without
/// running it; [SqlCheck] looks through the tree; what runs is the text that DuckDB makes of that tree. So it reads no
/// file, sees no setting, and changes nothing.
///
/// @param text the statement
/// @param limit how many rows are returned at most; empty for all
/// @param most how long it may take, with all that is done with the answer; empty for as long as it takes
public record SqlQuery(String text, OptionalLong limit, Optional<Duration> most) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LONGEST = 1_000_000;

    /// @throws InputException if the limit is negative, or the text too long
    public SqlQuery {
        if (limit.orElse(0) < 0) {
            throw new InputException(limit.orElse(0) + " is below 0", "limit", "");
        }
        if (text.length() > LONGEST) {
            throw new InputException("the statement has " + text.length() + " characters", "sql",
                    "at most " + LONGEST + " are read");
        }
    }

    /// Without limits.
    public static SqlQuery of(String text) {
        return new SqlQuery(text, OptionalLong.empty(), Optional.empty());
    }

    /// Answers it. Columns are ids where their names end in `id`, else of the type nearest to what DuckDB makes of them:
    /// whole numbers of more than 64 bits are refused when they come, decimal numbers get double precision, days and
    /// moments of any kind are moments in UTC, and all else is text.
    ///
    /// @param sources tables by their names
    /// @throws InputException if the statement is wrong, or does more than read the tables
    public Answer ask(Engine engine, Map<String, Source> sources) throws IOException {
        Engine.Lease lease = engine.reading();
        boolean handed = false;
        try {
            Map<String, Source> known = new TreeMap<>();
            sources.forEach((name, source) -> known.put(name.toLowerCase(Locale.ROOT), source));
            Answer.Frame frame = engine.calls().run(() -> frame(lease, known), () -> {});
            handed = true;
            return Answer.open(engine, lease, frame, List.of(), _ -> {}, most.orElse(null));
        } finally {
            if (!handed) {
                lease.close();
            }
        }
    }

    /// Which tables it reads. Nothing is run.
    ///
    /// @param known names of the tables that there are
    /// @throws InputException if the statement is wrong, or does more than read these
    public Set<String> tables(Engine engine, Collection<String> known) throws IOException {
        Set<String> names = new TreeSet<>();
        known.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        try (Engine.Lease lease = engine.lease()) {
            return engine.calls().run(() -> new TreeSet<>(checked(lease, names).tables().keySet()), () -> {});
        }
    }

    private Answer.Frame frame(Engine.Lease lease, Map<String, Source> sources) throws SQLException {
        Checked checked = checked(lease, sources.keySet());
        for (String table : checked.tables().keySet()) {
            lease.execute("CREATE TEMP VIEW " + Sql.name(table) + " AS SELECT * FROM "
                    + Objects.requireNonNull(sources.get(table)).relation(Hint.NONE) + " AS s");
        }
        List<OutputColumn> columns = describe(lease, checked.text());
        String inner = " FROM (" + checked.text() + ") AS q(" + places(columns.size()) + ")";
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            casts.add("CAST(c" + i + " AS " + Sql.type(columns.get(i).type()) + ") AS c" + i);
        }
        BoundSql rows = BoundSql.of("SELECT " + String.join(", ", casts) + inner);
        return new Answer.Frame(columns, limit.isPresent() ? rows.add(" LIMIT " + limit.getAsLong()) : rows,
                BoundSql.of("SELECT count(*)" + inner), limit, false, 0, (_, _) -> Optional.empty());
    }

    /// Names `c0`, `c1`, … of so many columns.
    static String places(int count) {
        return String.join(", ", IntStream.range(0, count).mapToObj(i -> "c" + i).toList());
    }

    /// The columns of what a checked statement gives.
    ///
    /// @throws InputException if DuckDB does not take it, or two have the same name
    static List<OutputColumn> describe(Engine.Lease lease, String checked) {
        List<OutputColumn> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        try (PreparedStatement statement = lease.connection().prepareStatement(checked)) {
            ResultSetMetaData described = statement.getMetaData();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                String name = described.getColumnName(i);
                if (!taken.add(name)) {
                    throw new InputException("two columns of the answer are called '" + name + "'", "sql",
                            "give one another name with AS");
                }
                columns.add(new OutputColumn(name, type(name, described.getColumnTypeName(i)), true, false,
                        Optional.empty()));
            }
            return columns;
        } catch (SQLException e) {
            throw wrong(e);
        }
    }

    /// A statement that was found to be allowed.
    ///
    /// @param text as DuckDB writes it
    /// @param tables that it reads, in alphabetical order, and how often it names them
    record Checked(String text, SortedMap<String, Integer> tables) {}

    /// Reads it without running it.
    ///
    /// @param known names of tables, in lower case
    Checked checked(Engine.Lease lease, Set<String> known) throws SQLException {
        String tree;
        try {
            tree = String.valueOf(one(lease, "SELECT json_serialize_sql(CAST(? AS VARCHAR))", text));
        } catch (SQLException e) {
            throw wrong(e);
        }
        JsonNode parsed;
        try {
            parsed = MAPPER.readTree(tree);
        } catch (JacksonException e) {
            throw new InputException("it is nested too deeply", "sql", "write it with WITH", e);
        }
        SortedMap<String, Integer> used = new TreeMap<>(new SqlCheck(known).check(parsed));
        return new Checked(String.valueOf(one(lease, "SELECT json_deserialize_sql(CAST(? AS JSON))", tree)), used);
    }

    private static @Nullable Object one(Engine.Lease lease, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = lease.connection().prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    private static InputException wrong(SQLException e) {
        return new InputException(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), "sql", "", e);
    }

    private static ColumnType type(String name, String type) {
        return switch (type) {
            case "BIGINT" -> name.equals("id") || name.endsWith("_id") ? ColumnType.ID : ColumnType.INT64;
            case "HUGEINT", "UBIGINT", "UINTEGER", "UHUGEINT" -> ColumnType.INT64;
            case "INTEGER", "SMALLINT", "TINYINT", "USMALLINT", "UTINYINT" -> ColumnType.INT32;
            case "FLOAT" -> ColumnType.FLOAT32;
            case "DOUBLE" -> ColumnType.FLOAT64;
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
                ColumnType.TIMESTAMP;
            default -> type.startsWith("DECIMAL") ? ColumnType.FLOAT64 : ColumnType.TEXT;
        };
    }
}
