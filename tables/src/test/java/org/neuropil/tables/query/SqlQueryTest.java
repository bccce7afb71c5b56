package org.neuropil.tables.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// What SQL of users can do, and what it cannot.
@NullUnmarked
class SqlQueryTest {
    @TempDir
    static Path folder;
    private static Engine engine;
    private static Map<String, Source> sources;

    @BeforeAll
    static void start() throws IOException, SQLException {
        engine = Engine.open(new Engine.Settings(256L << 20, 2, folder.resolve("temporary"), 2));
        Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
        List<Column> columns = List.of(Column.of("id", ColumnType.ID), Column.nullable("tag", ColumnType.TEXT));
        sources = Map.of("t", TestTable.of(engine, "t", new VoxelSize(1, 1, 1), columns,
                List.of(List.of(1L, "a"), List.of(2L, "b"), List.of(3L, "b"))));
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    private static List<List<Object>> ask(String sql) throws IOException {
        try (Answer answer = SqlQuery.of(sql).ask(engine, sources)) {
            return Answers.read(answer, Answer.Compression.NONE).rows();
        }
    }

    @Test
    void whatOnlyReadsIsAnswered() throws IOException {
        assertThat(ask("SELECT tag, count(*) AS n, sum(id) s FROM t GROUP BY ALL ORDER BY tag DESC; -- all"))
                .isEqualTo(List.of(List.of("b", 2L, 5L), List.of("a", 1L, 1L)));
        assertThat(ask("WITH u AS (SELECT id FROM T WHERE tag = 'b') SELECT a.id, b.id AS other FROM u a "
                + "JOIN u AS b ON a.id < b.id")).isEqualTo(List.of(List.of(2L, 3L)));
        assertThat(ask("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 4) "
                + "SELECT n FROM r ORDER BY n DESC LIMIT 2")).isEqualTo(List.of(List.of(4), List.of(3)));
        assertThat(ask("SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM t WHERE id IN (SELECT max(id) FROM t)"
                + " OR tag LIKE 'a%' ORDER BY id")).isEqualTo(List.of(List.of(1L, 2L), List.of(3L, 1L)));
        assertThat(ask("SELECT CASE WHEN id > 1 THEN upper(tag) ELSE NULL END AS x, 'read_csv(''x'')' AS y, 1.5 AS z "
                + "FROM t WHERE id BETWEEN 2 AND 2"))
                .isEqualTo(List.of(List.of("B", "read_csv('x')", 1.5)));
        assertThat(ask("SELECT unnest([1, 2]) AS u UNION ALL SELECT 3 ORDER BY u"))
                .isEqualTo(List.of(List.of(1), List.of(2), List.of(3)));
        assertThat(ask("FROM t SELECT id::DOUBLE AS d ORDER BY 1 LIMIT 1")).isEqualTo(List.of(List.of(1.0)));
        assertThat(ask("SELECT list_sum([x * 2 FOR x IN [1, 2]]) AS s")).isEqualTo(List.of(List.of(6L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT * FROM read_csv('SECRET')", "SELECT * FROM 'SECRET'", "SELECT * FROM \"SECRET\"",
        "SELECT * FROM t, read_text('SECRET')", "SELECT (SELECT content FROM read_text('SECRET')) AS x FROM t",
        "WITH x AS (SELECT * FROM read_csv('SECRET')) SELECT * FROM x",
        "WITH x AS MATERIALIZED (FROM 'SECRET') SELECT * FROM x", "SELECT * FROM t JOIN 'SECRET' s ON true",
        "SELECT * FROM (VALUES ((SELECT count(*) FROM 'SECRET'))) v(a)",
        "SELECT id FROM t ORDER BY (SELECT count(*) FROM 'SECRET')",
        "SELECT id FROM t LIMIT (SELECT count(*) FROM 'SECRET')",
        "SELECT id FROM t GROUP BY id HAVING (SELECT count(*) FROM 'SECRET') > 0",
        "SELECT count(*) FILTER ((SELECT count(*) FROM 'SECRET') > 0) AS c FROM t",
        "SELECT sum(id) OVER (ORDER BY (SELECT count(*) FROM 'SECRET')) AS c FROM t",
        "SELECT list_transform([1], x -> (SELECT count(*) FROM 'SECRET')) AS l",
        "SELECT id FROM t UNION SELECT a FROM 'SECRET'", "SELECT * FROM glob('*')", "SELECT getenv('HOME') AS h",
        "SELECT current_setting('temp_directory') AS s", "SELECT getvariable('x') AS v", "SELECT version() AS v",
        "SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_tables()", "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_catalog.pg_tables", "SELECT * FROM sqlite_master", "SELECT * FROM main.t", "SHOW TABLES",
        "SELECT * FROM (SHOW TABLES)", "SELECT * FROM (DESCRIBE t)", "DESCRIBE t", "SUMMARIZE t",
        "SELECT * FROM query('SELECT 1')", "SELECT * FROM query_table('t')", "SELECT * FROM query('FROM ''SECRET''')",
        "PRAGMA version", "SET threads = 1", "RESET threads", "INSTALL spatial", "LOAD spatial", "ATTACH 'SECRET' AS a",
        "COPY t TO 'SECRET'", "COPY (SELECT 1) TO 'SECRET'", "EXPORT DATABASE 'SECRET'", "CREATE TABLE x (a INT)",
        "CREATE VIEW v AS SELECT 1", "DROP TABLE t", "DELETE FROM t", "INSERT INTO t VALUES (4, 'x')",
        "UPDATE t SET tag = 'x'", "SELECT 1 AS a; SELECT 2 AS a", "SELECT 1; DROP TABLE t", "CALL pragma_version()",
        "EXPLAIN SELECT 1", "VACUUM", "CHECKPOINT", "BEGIN", "SELECT nextval('s') AS n", "SELECT sleep_ms(1) AS s",
        "SELECT ? AS p", "SELECT $x AS p", "SELECT random() AS r", "SELECT write_log('x') AS w",
        "SELECT json_execute_serialized_sql('x') AS j", "SELECT json_serialize_sql('SELECT 1') AS j",
        "SELECT * FROM json_execute_serialized_sql('{}')", "SELECT * FROM parquet_metadata('SECRET')",
        "SELECT * FROM sniff_csv('SECRET')", "SELECT * FROM seq_scan('t')", "SELECT * FROM arrow_scan(1, 2, 3)",
        "SELECT * FROM list_1", "SELECT main.getenv('HOME') AS h", "SELECT system.main.getenv('HOME') AS h",
        "SELECT id FROM t AT (VERSION => 1)", "FROM t PIVOT (count(*) FOR tag IN ('a'))",
        "WITH t AS (SELECT * FROM x.t) SELECT * FROM t",
        "SELECT * REPLACE ((SELECT count(*) FROM 'SECRET') AS id) FROM t",
        "SELECT t.* REPLACE (getenv('HOME') AS tag) FROM t",
        "SELECT COLUMNS(c -> (SELECT count(*) > 0 FROM 'SECRET')) FROM t",
        "SELECT DISTINCT ON ((SELECT count(*) FROM 'SECRET')) id FROM t",
        "SELECT id FROM t QUALIFY row_number() OVER (ORDER BY id) > (SELECT count(*) FROM 'SECRET')",
        "SELECT t.id FROM t, LATERAL (SELECT * FROM 'SECRET') l",
        "SELECT id FROM t GROUP BY GROUPING SETS ((id, (SELECT count(*) FROM 'SECRET')))",
        "SELECT id FROM t WHERE id = ANY (SELECT a FROM 'SECRET')", "SELECT id FROM t WHERE EXISTS (FROM 'SECRET')",
        "SELECT id FROM t JOIN t u USING (id) WHERE u.id IN (SELECT a FROM 'SECRET')",
        "SELECT CAST((SELECT content FROM read_text('SECRET')) AS VARCHAR) AS c", "SELECT {'a': getenv('HOME')} AS s",
        "SELECT [getenv('HOME')] AS s", "SELECT CASE WHEN true THEN getenv('HOME') END AS s",
        "SELECT getenv('HOME') COLLATE NOCASE AS s",
        "SELECT string_agg(tag, ',' ORDER BY (SELECT count(*) FROM 'SECRET')) AS s FROM t",
        "SELECT sum(id) OVER w AS s FROM t WINDOW w AS (ORDER BY getenv('HOME'))",
        "SELECT sum(id) OVER (ROWS BETWEEN (SELECT count(*) FROM 'SECRET') PRECEDING AND CURRENT ROW) AS s FROM t",
        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a FROM 'SECRET') SELECT * FROM r",
        "SELECT * FROM unnest([(SELECT content FROM read_text('SECRET'))])",
        "SELECT * FROM range((SELECT count(*) FROM 'SECRET'))",
        "SELECT (WITH q AS (FROM 'SECRET') SELECT count(*) FROM q) AS n",
        "SELECT q.a FROM (WITH q AS (SELECT 1 AS a) SELECT * FROM q) q, q z", "SELECT id.getenv() AS x FROM t",
        "SELECT 'HOME'.getenv() AS x", "SELECT 'x'.query() AS x", "FROM t SELECT * EXCLUDE (id), getenv('A')",
        "(TABLE 'SECRET')", "TABLE \"SECRET\"", "PIVOT t ON tag", "UNPIVOT t ON id, tag",
        "SELECT * FROM (PIVOT 'SECRET' ON a USING sum(b))",
        "WITH list_1 AS (SELECT * FROM list_1) SELECT * FROM list_1",
        "WITH RECURSIVE list_1 AS (SELECT * FROM list_1 UNION ALL SELECT * FROM list_1) SELECT * FROM list_1",
        "WITH \"SECRET\" AS (FROM 'SECRET') FROM \"SECRET\"",
        "WITH RECURSIVE \"SECRET\" AS (FROM 'SECRET') FROM \"SECRET\"",
        "WITH RECURSIVE list_1 AS (SELECT * FROM list_1) SELECT * FROM list_1",
        "WITH a AS (SELECT * FROM list_1), list_1 AS (SELECT 1 AS b) SELECT * FROM a",
        "WITH RECURSIVE a AS (SELECT * FROM list_1), list_1 AS (SELECT 1 AS b) SELECT * FROM a", "", ";", "SELECT",
        "SELECT 1 AS a /*", "nonsense",
        "SELECT nothing FROM t", "SELECT 1 AS a, 2 AS a", "SELECT id FROM missing"})
    void whatDoesMoreIsRefused(String sql) {
        String text = sql.replace("SECRET", folder.resolve("secret.csv").toString());
        assertThatThrownBy(() -> ask(text)).isInstanceOf(InputException.class);
        assertThat(folder.resolve("secret.csv")).hasContent("a,b\n1,2\n");
    }

    @Test
    void anUnknownTableIsToldWithTheNearest() {
        assertThatThrownBy(() -> ask("SELECT * FROM tt")).hasMessageContaining("no table 'tt'")
                .satisfies(e -> assertThat(((InputException) e).hint()).contains("'t'"));
    }

    @Test
    void aLimitIsTold() throws IOException {
        try (Answer answer = new SqlQuery("SELECT id FROM t ORDER BY id DESC", OptionalLong.of(2), Optional.empty())
                .ask(engine, sources)) {
            assertThat(answer.returned()).isEqualTo(2);
            assertThat(answer.total()).isEqualTo(3);
            assertThat(answer.isLimited()).isTrue();
            assertThat(answer.rows().longs("id")).containsExactly(3, 2);
        }
    }

    @Test
    void whyAValueCannotBeComputedIsTold() {
        assertThatThrownBy(() -> ask("SELECT CAST(tag AS INT) AS n FROM t")).isInstanceOf(InputException.class)
                .hasMessageContaining("Could not convert string");
        assertThatThrownBy(() -> ask("SELECT 18446744073709551615::UBIGINT AS n")).isInstanceOf(InputException.class)
                .hasMessageContaining("18446744073709551615");
        assertThatThrownBy(() -> ask("SELECT error('no ' || tag) AS n FROM t")).hasMessageContaining("no a");
    }

    @Test
    void whatTakesTooLongIsStopped() {
        String sql = "SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE a.range % 7 = b.range % 5";
        assertThatThrownBy(() -> {
            try (Answer answer = new SqlQuery(sql, OptionalLong.empty(), Optional.of(Duration.ofMillis(50))).ask(engine,
                    sources)) {
                answer.rows();
            }
        }).isInstanceOf(InputException.class).hasMessageContaining("longer than 0.05 s");
    }

    @Test
    void deepNestingIsRefusedOrAnsweredButNeverMore() {
        String sql = "SELECT " + "(".repeat(3000) + "1" + ")".repeat(3000) + " AS x";
        try {
            assertThat(ask(sql)).hasSize(1);
        } catch (InputException | IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
