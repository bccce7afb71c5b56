package org.neuropil.tables.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// Forms of answers, samples, long lists, names, and what is refused.
@NullUnmarked
class AnswerTest {
    private static final int MANY = 200_000;
    @TempDir
    static Path folder;
    private static Engine engine;
    private static Queries queries;

    @BeforeAll
    static void start() throws IOException, SQLException {
        engine = Engine.open(new Engine.Settings(256L << 20, 2, folder.resolve("temporary"), 2));
        List<Column> all = List.of(Column.of("id", ColumnType.ID), Column.nullable("root_id", ColumnType.ID),
                Column.nullable("n", ColumnType.INT32), Column.nullable("big", ColumnType.INT64),
                Column.nullable("f", ColumnType.FLOAT32), Column.nullable("d", ColumnType.FLOAT64),
                Column.nullable("ok", ColumnType.BOOLEAN), Column.nullable("tag", ColumnType.TEXT),
                Column.nullable("created", ColumnType.TIMESTAMP), Column.nullable("pt_position_x", ColumnType.INT32),
                Column.nullable("pt_position_y", ColumnType.INT32), Column.nullable("pt_position_z", ColumnType.INT32));
        List<List<Object>> rows = List.of(
                Arrays.asList(1L, Long.MAX_VALUE, 3, -4L, 0.5f, Double.NaN, true, "a,\"b\"\r\n", 1_000_001L, 1, 2, 3),
                Arrays.asList(2L, null, null, null, null, null, null, null, null, null, null, null),
                Arrays.asList(3L, 7L, -1, 5L, Float.NaN, 1e300, false, "", -1L, 4, 5, 6));
        List<List<Object>> many = new ArrayList<>();
        for (long id = 0; id < MANY; id++) {
            many.add(List.of(id, id % 1000));
        }
        List<Column> two = List.of(Column.of("id", ColumnType.ID), Column.of("root_id", ColumnType.ID));
        queries = new Queries(engine,
                Map.of("all", TestTable.of(engine, "all", new VoxelSize(4, 4, 40), all, rows), "many",
                        TestTable.of(engine, "many", new VoxelSize(1, 1, 1), two, many), "twice",
                        TestTable.of(engine, "twice", new VoxelSize(1, 1, 1), two,
                                List.of(List.of(1L, 7L), List.of(2L, 8L), List.of(3L, 8L)))));
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    private static String text(QueryBuilder query, boolean csv, boolean idsAsText) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Answer answer = queries.ask(query.build())) {
            if (csv) {
                answer.writeCsv(out);
            } else {
                answer.writeJson(out, idsAsText);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void csvIsAsTheStandardSays() throws IOException {
        assertThat(text(QueryBuilder.from("all"), true, false)).isEqualTo(
                "id,root_id,n,big,f,d,ok,tag,created,pt_position_x,pt_position_y,pt_position_z\r\n"
                        + "1,9223372036854775807,3,-4,0.5,NaN,true,\"a,\"\"b\"\"\r\n\",1970-01-01T00:00:01.000001Z,1,2,3\r\n"
                        + "2,,,,,,,,,,,\r\n"
                        + "3,7,-1,5,NaN,1.0E300,false,\"\",1969-12-31T23:59:59.999999Z,4,5,6\r\n");
    }

    @Test
    void jsonHasRecords() throws IOException {
        QueryBuilder query = QueryBuilder.from("all").select("root_id", "tag", "d", "ok", "pt_position")
                .positions(Optional.of(new VoxelSize(8, 4, 40)), false);
        assertThat(text(query, false, false)).isEqualTo(
                "[{\"root_id\":9223372036854775807,\"tag\":\"a,\\\"b\\\"\\r\\n\",\"d\":null,\"ok\":true,"
                        + "\"pt_position\":[0.5,2.0,3.0]},{\"root_id\":null,\"tag\":null,\"d\":null,\"ok\":null,"
                        + "\"pt_position\":null},{\"root_id\":7,\"tag\":\"\",\"d\":1.0E300,\"ok\":false,"
                        + "\"pt_position\":[2.0,5.0,6.0]}]");
        assertThat(text(QueryBuilder.from("all").select("root_id"), false, true))
                .isEqualTo("[{\"root_id\":\"9223372036854775807\"},{\"root_id\":null},{\"root_id\":\"7\"}]");
        assertThat(text(QueryBuilder.from("all").equal("id", 9), false, false)).isEqualTo("[]");
    }

    @Test
    void arrowHasTheTypesThatClientsKnow() throws IOException {
        for (Answer.Compression compression : Answer.Compression.values()) {
            try (Answer answer = queries
                    .ask(QueryBuilder.from("all").positions(Optional.empty(), false).build())) {
                Answers.Read read = Answers.read(answer, compression);
                assertThat(read.metadata()).containsEntry("made", "here");
                assertThat(read.schema()).isEqualTo("[id: Int(64, true), root_id: Int(64, true), n: Int(32, true), "
                        + "big: Int(64, true), f: FloatingPoint(SINGLE), d: FloatingPoint(DOUBLE), ok: Bool, tag: Utf8, "
                        + "created: Timestamp(NANOSECOND, UTC), pt_position: List<item: Int(32, true)>]");
                assertThat(read.rows().get(0)).containsExactly(1L, Long.MAX_VALUE, 3, -4L, 0.5f, Double.NaN, true,
                        "a,\"b\"\r\n", 1_000_001L, List.of(1, 2, 3));
                assertThat(read.rows().get(1).subList(1, 10)).containsOnlyNulls();
            }
        }
        try (Answer answer = queries.ask(QueryBuilder.from("all").equal("id", 9).build())) {
            Answers.Read read = Answers.read(answer, Answer.Compression.ZSTD);
            assertThat(read.rows()).isEmpty();
            assertThat(read.names()).hasSize(12);
        }
    }

    @Test
    void largeAnswersAreTheSameInEveryCompression() throws IOException {
        for (Answer.Compression compression : Answer.Compression.values()) {
            try (Answer answer = queries.ask(QueryBuilder.from("many").limit(100_000).build())) {
                List<List<Object>> rows = Answers.read(answer, compression).rows();
                assertThat(rows).hasSize(100_000);
                assertThat(rows.get(99_999)).isEqualTo(List.of(99_999L, 999L));
            }
        }
    }

    @Test
    void javaGetsColumnsOfPrimitives() throws IOException {
        try (Answer answer = queries.ask(QueryBuilder.from("all").build())) {
            Rows rows = answer.rows();
            assertThat(rows.longs("id")).containsExactly(1, 2, 3);
            assertThat(rows.longs("created")[2]).isEqualTo(-1);
            ColumnData tags = rows.data().get(rows.index("tag"));
            assertThat(tags.isAbsent(1)).isTrue();
            assertThat(((ColumnData.Texts) tags).values()).containsExactly("a,\"b\"\r\n", null, "");
            assertThatThrownBy(answer::rows).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void parquetIsWholeOrNotThere() throws IOException, SQLException {
        Path file = folder.resolve("it's.parquet");
        try (Answer answer = queries.ask(QueryBuilder.from("many").equal("root_id", 5).limit(150).build())) {
            assertThat(answer.writeParquet(file)).isEqualTo(150);
        }
        try (Engine.Lease lease = engine.lease();
                Statement statement = lease.connection().createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*), min(id), max(id) FROM read_parquet('"
                        + file.toString().replace("'", "''") + "')")) {
            assertThat(found.next()).isTrue();
            assertThat(List.of(found.getLong(1), found.getLong(2), found.getLong(3))).containsExactly(150L, 5L,
                    149_005L);
        }
        Path nowhere = folder.resolve("missing/x.parquet");
        try (Answer answer = queries.ask(QueryBuilder.from("many").build())) {
            assertThatThrownBy(() -> answer.writeParquet(nowhere)).isInstanceOf(IOException.class);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(path -> path.toString().contains("parquet"))).containsExactly(file);
        }
    }

    @Test
    void answersThatAreNotReadAheadAreCounted() throws IOException {
        try (Answer answer = queries.ask(QueryBuilder.from("many").build())) {
            assertThat(answer.returned()).isEqualTo(MANY);
            assertThat(answer.total()).isEqualTo(MANY);
            assertThat(answer.rows().longs("id")).isEqualTo(LongStream.range(0, MANY).toArray());
        }
        QueryBuilder part = QueryBuilder.from("many").orderBy("id", true).limit(150_000).offset(40_000);
        try (Answer answer = queries.ask(part.build())) {
            assertThat(answer.returned()).isEqualTo(150_000);
            assertThat(answer.total()).isEqualTo(MANY);
            assertThat(answer.isLimited()).isTrue();
            String token = answer.next().orElseThrow();
            assertThat(answer.rows().longs("id")[149_999]).isEqualTo(10_000);
            try (Answer rest = queries.ask(part.offset(0).page(token).build())) {
                assertThat(rest.rows().longs("id")).startsWith(9_999, 9_998).hasSize(10_000);
                assertThat(rest.next()).isEmpty();
                assertThat(rest.total()).isEqualTo(MANY);
            }
        }
        try (Answer answer = queries.ask(QueryBuilder.from("many").limit(0).build())) {
            assertThat(answer.total()).isEqualTo(MANY);
            assertThat(answer.returned()).isZero();
        }
    }

    @Test
    void aListOfAMillionIsLookedUp() throws IOException {
        long[] odd = LongStream.range(0, 1_000_000).map(i -> 2 * i + 1).toArray();
        try (Answer answer = queries.ask(QueryBuilder.from("many").in("id", odd).groupBy().count("n").build())) {
            assertThat(answer.rows().longs("n")).containsExactly(MANY / 2);
        }
        try (Answer answer = queries
                .ask(QueryBuilder.from("many").notIn("id", odd).orderBy("id", true).limit(2).build())) {
            assertThat(answer.total()).isEqualTo(MANY / 2);
            assertThat(answer.rows().longs("id")).containsExactly(MANY - 2, MANY - 4);
        }
    }

    @Test
    void aSampleIsExactAndTheSameForASeed() throws IOException {
        long[] one = sample(QueryBuilder.from("many").sample(1000, 1));
        assertThat(one).hasSize(1000).isEqualTo(sample(QueryBuilder.from("many").sample(1000, 1, true)));
        assertThat(sample(QueryBuilder.from("many").sample(1000, 2))).isNotEqualTo(one);
        // Spread over all: each tenth has its share, give or take five standard deviations.
        for (long tenth = 0; tenth < 10; tenth++) {
            long low = tenth * MANY / 10;
            assertThat(Arrays.stream(one).filter(id -> id >= low && id < low + MANY / 10).count()).isBetween(52L, 148L);
        }
        long[] after = sample(QueryBuilder.from("many").in("root_id", 3, 4).sample(100, 1));
        assertThat(Arrays.stream(after).filter(id -> id % 1000 == 3 || id % 1000 == 4)).hasSize(100);
        assertThat(after).hasSize(100);
        long[] before = sample(QueryBuilder.from("many").in("root_id", 3, 4).sample(1000, 1, true));
        assertThat(before).isEqualTo(Arrays.stream(one).filter(id -> id % 1000 == 3 || id % 1000 == 4).toArray());
        assertThat(sample(QueryBuilder.from("all").sample(10, 1))).containsExactly(1, 2, 3);
    }

    private static long[] sample(QueryBuilder query) throws IOException {
        try (Answer answer = queries.ask(query.build())) {
            return answer.rows().longs("id");
        }
    }

    @Test
    void namesOfSeveralTablesGetSuffixes() throws IOException {
        QueryBuilder query = QueryBuilder.from("all").join("twice", "root_id", "root_id", Join.Cardinality.ONE_TO_ONE)
                .join("many", "root_id", "root_id", Join.Cardinality.MANY_TO_MANY).select("id", "root_id", "n",
                        "twice.id",
                        "twice.root_id", "many.id");
        assertThatThrownBy(() -> queries.ask(query.build())).isInstanceOf(InputException.class)
                .hasMessage(
                        "twice.root_id has 8 in 2 rows, though the join of all.root_id and twice.root_id is declared "
                                + "ONE_TO_ONE");
        query.notIn("twice.root_id", 8);
        assertThat(names(query)).containsExactly("idx", "root_idx", "n", "idy", "root_idy", "idz");
        assertThat(names(query.suffix("all", "").suffix("twice", "_ref"))).containsExactly("id", "root_id", "n",
                "id_ref",
                "root_id_ref", "idz");
        refused(query.suffix("twice", ""), "same suffix");
    }

    private static List<String> names(QueryBuilder query) throws IOException {
        try (Answer answer = queries.ask(query.build())) {
            return answer.columns().stream().map(OutputColumn::name).toList();
        }
    }

    private static void refused(QueryBuilder query, String... parts) {
        assertThatThrownBy(() -> queries.ask(query.build()).close()).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(parts));
    }

    @Test
    void wrongQueriesAreRefusedWithFieldAndHint() {
        refused(QueryBuilder.from("al"), "no table 'al'", "did you mean 'all'?");
        refused(QueryBuilder.from("all").equal("rot_id", 1), "all.rot_id: there is no column",
                "did you mean 'root_id'?");
        refused(QueryBuilder.from("all").equal("x\" OR 1=1 --", 1), "there is no column 'x\" OR 1=1 --'");
        refused(QueryBuilder.from("all").select("id\"; DROP TABLE x"), "no column");
        refused(QueryBuilder.from("all").equal("none.id", 1), "no table 'none'");
        for (Object wrong : Arrays.asList(1.0, 1.5f, -1, Long.MIN_VALUE, new BigInteger("9223372036854775808"),
                "1e3", "-1", true, null, List.of(1))) {
            refused(QueryBuilder.from("all").equal("root_id", wrong), "all.root_id: ");
            refused(QueryBuilder.from("all").in("root_id", Collections.singletonList(wrong)), "all.root_id: ");
        }
        refused(QueryBuilder.from("all").in("root_id", 1, -5), "-5 is no id");
        refused(QueryBuilder.from("all").equal("n", 1L << 40), "does not fit into 32 bits");
        refused(QueryBuilder.from("all").equal("n", 1.5), "1.5 is not a whole number");
        refused(QueryBuilder.from("all").equal("tag", 1), "not text");
        refused(QueryBuilder.from("all").equal("ok", "true"), "not true or false");
        refused(QueryBuilder.from("all").where("ok", Filter.Comparison.LESS, true), "no order");
        refused(QueryBuilder.from("all").equal("created", "yesterday"), "not a moment");
        refused(QueryBuilder.from("all").equal("f", 1e300), "too large");
        refused(QueryBuilder.from("all").regex("n", "1"), "matches no regular expression");
        refused(QueryBuilder.from("all").regex("tag", "("), "is no regular expression: Invalid Input Error: missing )");
        refused(QueryBuilder.from("all").regex("tag", "(a)\\1"), "is no regular expression");
        double[] zero = {0, 0, 0};
        refused(QueryBuilder.from("all").inside("pt", zero, new double[]{1, 0, 1}, Filter.Unit.NM),
                "smaller on every axis");
        refused(QueryBuilder.from("all").inside("pt", zero, new double[]{1, Double.NaN, 1}, Filter.Unit.NM),
                "holds nothing");
        refused(QueryBuilder.from("all").inside("pl", zero, new double[]{1, 1, 1}, Filter.Unit.NM),
                "there are pt_position");
        refused(QueryBuilder.from("all").limit(-1).offset(-2), "limit: -1", "offset: -2");
        refused(QueryBuilder.from("all").groupBy("tag").count("tag"), "called 'tag'");
        refused(QueryBuilder.from("all").aggregate(Query.Function.SUM, "id", "s"), "SUM of a column of ID");
        refused(QueryBuilder.from("all").groupBy("n").count("c").orderBy("ok", false), "column of the answer 'ok'");
        refused(QueryBuilder.from("all").join("twice", "tag", "root_id", Join.Cardinality.MANY_TO_MANY), "same type");
        refused(QueryBuilder.from("all").join("all", "id", "id", Join.Cardinality.ONE_TO_ONE), "used twice");
        refused(QueryBuilder.from("all").count("a\"b"), "no name of a column");
    }

    @Test
    void tokensOfOtherQueriesAreRefused() throws IOException {
        String token;
        try (Answer answer = queries.ask(QueryBuilder.from("many").limit(3).build())) {
            token = answer.next().orElseThrow();
        }
        refused(QueryBuilder.from("many").equal("root_id", 1).page(token), "another query");
        refused(QueryBuilder.from("many").offset(1).page(token), "a page begins");
        for (String wrong : List.of("", "x", "%%%", token.substring(2), token.substring(0, token.length() - 4),
                token + token)) {
            refused(QueryBuilder.from("many").page(wrong), "page: ");
        }
        assertThat(sample(QueryBuilder.from("many").page(token).limit(1))).containsExactly(3);
    }

    @Test
    void valuesAreNeverReadAsSql() throws IOException {
        for (String value : List.of("' OR 1=1 --", "'; DROP TABLE x; --", "\u0000", "\\", "$1", "?")) {
            assertThat(sample(QueryBuilder.from("all").equal("tag", value))).isEmpty();
            assertThat(sample(QueryBuilder.from("all").in("tag", Collections.nCopies(40, value)))).isEmpty();
        }
    }

    @Test
    void virtualThreadsAskToo() throws InterruptedException {
        List<Long> totals = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long root = i;
            threads.add(Thread.startVirtualThread(() -> {
                try (Answer answer = queries.ask(QueryBuilder.from("many").equal("root_id", root).build())) {
                    totals.add((long) answer.rows().size());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(totals).hasSize(8).containsOnly(200L);
    }

    @Test
    void anAnswerThatComputesTooLongIsStoppedWhereverItIs() throws IOException {
        String endless = "SELECT %s FROM range(100000000) a, range(100000000) b";
        try (Engine limited = Engine
                .open(new Engine.Settings(64 << 20, 2, folder.resolve("limited"), 2))) {
            limited.limit(Optional.of(Duration.ofMillis(300)));
            assertThatThrownBy(() -> SqlQuery.of(endless.formatted("sum(a.range * b.range % 7)"))
                    .ask(limited, Map.of())).isInstanceOf(EngineLateException.class).hasMessageContaining("300 ms");
            assertThatThrownBy(() -> {
                try (Answer streamed = SqlQuery.of(endless.formatted("a.range AS x")).ask(limited, Map.of())) {
                    streamed.writeCsv(OutputStream.nullOutputStream());
                }
            }).isInstanceOf(EngineLateException.class);
            try (Answer rows = SqlQuery.of("SELECT 5 AS x").ask(limited, Map.of())) {
                assertThat(rows.returned()).isEqualTo(1);
            }
        }
    }

    @Test
    void aCancelledAnswerEnds() throws IOException {
        try (Answer answer = queries.ask(QueryBuilder.from("many").build())) {
            answer.cancel();
            assertThatThrownBy(answer::rows).isInstanceOf(IOException.class).hasMessageContaining("cancelled");
        }
    }

    @Test
    void thoseWhoReadSlowlyHoldUpNobodyUntilTheyAreVeryMany(@TempDir Path folder) throws Exception {
        try (Engine engine = Engine.open(new Engine.Settings(64 << 20, 2, folder.resolve("slow"), 2),
                Duration.ofMillis(1))) {
            TestTable rows = TestTable.of(engine, "t", new VoxelSize(1, 1, 1),
                    List.of(Column.of("id", ColumnType.ID)), List.of(List.of(1L)));
            // A million rows each, of which nobody takes any.
            SqlQuery large = SqlQuery.of("SELECT t.id + n AS n FROM t, range(1000000) AS r(n)");
            List<Answer> open = new ArrayList<>();
            try {
                for (int i = 0; i < 31; i++) {
                    open.add(large.ask(engine, Map.of("t", rows)));
                }
                try (Answer quick = SqlQuery.of("SELECT count(*) AS n FROM t").ask(engine, Map.of("t", rows))) {
                    assertThat(quick.rows().longs("n")).containsExactly(1L);
                }
                open.add(large.ask(engine, Map.of("t", rows)));
                assertThatThrownBy(() -> large.ask(engine, Map.of("t", rows))).isInstanceOf(EngineBusyException.class);
                // What keeps tables at a moment does not wait for readers.
                try (Engine.Lease lease = engine.lease()) {
                    lease.execute("CREATE TEMP TABLE x (a INTEGER)");
                }
                open.removeFirst().close();
                assertThat(open.getFirst().rows().size()).isEqualTo(1_000_000);
                open.add(large.ask(engine, Map.of("t", rows)));
            } finally {
                for (Answer answer : open) {
                    answer.close();
                }
            }
        }
    }
}
