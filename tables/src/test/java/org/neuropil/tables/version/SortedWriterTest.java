package org.neuropil.tables.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.tables.query.Hint;
import org.neuropil.tables.sql.Sql;

class SortedWriterTest {
    private static final int ROWS = 1_200;
    /// So small that rows go through buckets, and those of one cell through buckets of buckets.
    private static final SortedWriter.Sizes SMALL = new SortedWriter.Sizes(100, 200, 5, 3);

    @TempDir
    Path folder;

    private final List<Row> rows = new ArrayList<>();

    private record Row(long id, @Nullable Long pre, @Nullable Long post, int x, int y, int z) {
        /// Numbers of the cubes of 131 µm and of an eighth of that, at 4 x 4 x 40 nm.
        private long coarse() {
            return (z + (1L << 30) >> 11) << 42 | (y + (1L << 30) >> 15) << 21 | x + (1L << 30) >> 15;
        }

        private long fine() {
            return (z + (1L << 30) >> 8 & 7) << 6 | (y + (1L << 30) >> 12 & 7) << 3 | x + (1L << 30) >> 12 & 7;
        }
    }

    @BeforeEach
    void rows() {
        Random random = new Random(5);
        for (int i = 0; i < ROWS; i++) {
            // A third lies outside of all cells, some have no cell at all, one cell is large.
            Long pre = random.nextInt(3) == 0 ? Long.valueOf(0) : random.nextInt(20) == 0 ? null : random.nextLong(500);
            Long post = random.nextInt(2) == 0 ? 7 + random.nextLong(200) : Long.valueOf(864691135000000001L);
            rows.add(new Row(1 + i * 3L, pre, post, random.nextInt(-100, 200_000), random.nextInt(50_000),
                    random.nextInt(5_000)));
        }
        Collections.shuffle(rows, random);
    }

    private static Connection connection(int threads) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("threads", Integer.toString(threads));
        return DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    private String relation(Connection connection, String name, List<Row> some) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (" + Sql.definitions(MadeWorld.SCHEMA.read()) + ")");
        }
        String values = String.join(", ", some.stream().map(row -> "(" + row.id() + ", TIMESTAMP '2020-11-04', "
                + row.pre() + ", " + row.post() + ", " + row.x() + ", " + row.y() + ", " + row.z() + ", 1.5)")
                .toList());
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + name + " (id, created, pre_pt_root_id, post_pt_root_id, "
                    + "ctr_pt_position_x, ctr_pt_position_y, ctr_pt_position_z, size) VALUES " + values);
        }
        return name;
    }

    private FrozenTable piecewise(int threads, Path place, int pieces, long large) throws Exception {
        try (Connection connection = connection(threads)) {
            AtomicInteger piece = new AtomicInteger();
            Incoming.Pieces some = on -> {
                int i = piece.getAndIncrement();
                return i == pieces
                        ? null
                        : relation(on, "piece" + i, rows.subList(ROWS * i / pieces, ROWS * (i + 1) / pieces));
            };
            return new SortedWriter(connection, SMALL).write(
                    new Incoming(MadeWorld.INFO, MadeWorld.SCHEMA, some), Instant.EPOCH, place, large);
        }
    }

    private FrozenTable whole(int threads, Path place) throws Exception {
        try (Connection connection = connection(threads)) {
            return new SortedWriter(connection, SMALL).write(MadeWorld.INFO, MadeWorld.SCHEMA, Instant.EPOCH,
                    relation(connection, "whole", rows), place, true);
        }
    }

    private static List<Long> ids(FrozenTable table, String copy) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<Path> files = table.files().stream().filter(file -> table.folder().relativize(file).startsWith(copy))
                .toList();
        if (!files.isEmpty()) {
            try (Connection connection = connection(1);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT id FROM " + Sql.parquet(files))) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }

    private List<Long> sorted(Comparator<Row> order) {
        return rows.stream().sorted(order.thenComparing(Row::coarse).thenComparing(Row::fine)
                .thenComparing(Row::id)).map(Row::id).toList();
    }

    private void check(FrozenTable table) throws SQLException {
        Comparator<@Nullable Long> last = Comparator.nullsLast(Comparator.naturalOrder());
        assertThat(table.rows()).isEqualTo(ROWS);
        assertThat(ids(table, "by_pre_pt_root_id")).isEqualTo(sorted(Comparator.comparing(Row::pre, last)));
        assertThat(ids(table, "by_post_pt_root_id")).isEqualTo(sorted(Comparator.comparing(Row::post, last)));
        assertThat(ids(table, "by_place")).isEqualTo(sorted((_, _) -> 0));
    }

    @Test
    void sortsMoreRowsThanItHoldsInMemory() throws Exception {
        check(whole(1, folder.resolve("whole")));
    }

    @Test
    void sortsRowsThatComePieceByPiece() throws Exception {
        check(piecewise(1, folder.resolve("one"), 1, 10));
        check(piecewise(1, folder.resolve("nine"), 9, 10));
    }

    @Test
    void writesTheSameBytesWithAnyNumberOfThreads() throws Exception {
        assertThat(bytes(whole(2, folder.resolve("w2")))).isEqualTo(bytes(whole(1, folder.resolve("w1"))));
        assertThat(bytes(piecewise(2, folder.resolve("p2"), 4, 10)))
                .isEqualTo(bytes(piecewise(1, folder.resolve("p1"), 4, 10)));
    }

    @Test
    void readsTheCopyThatIsMadeForTheQuestion() throws Exception {
        FrozenTable table = piecewise(1, folder.resolve("one"), 1, 10);
        assertThat(copies(table, Hint.NONE)).containsExactly("by_pre_pt_root_id");
        assertThat(copies(table, new Hint(Map.of("post_pt_root_id", new long[]{8})))).containsExactly(
                "by_post_pt_root_id");
        assertThat(copies(table,
                new Hint(Map.of(), Map.of("ctr_pt", new Box(new Int3(0, 0, 0), new Int3(90_000, 9_000, 900))),
                        List.of())))
                .containsExactly("by_place");
        assertThat(copies(table, new Hint(Map.of(), Map.of(), List.of("post_pt_root_id", "pre_pt_root_id"))))
                .containsExactly(
                        "by_post_pt_root_id");
    }

    private static Set<String> copies(FrozenTable table, Hint hint) {
        return Pattern.compile("by_\\w+").matcher(table.relation(hint)).results().map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void leavesNothingButItsFiles() throws Exception {
        FrozenTable table = piecewise(1, folder.resolve("one"), 3, 10);
        try (Stream<Path> all = Files.walk(table.folder())) {
            assertThat(all.filter(path -> Files.isRegularFile(path) || path.getFileName().toString().contains("-"))
                    .filter(path -> !path.endsWith(FrozenTable.FILE)))
                    .containsExactlyInAnyOrderElementsOf(table.files());
        }
    }

    @Test
    void putsFewRowsInOneCopy() throws Exception {
        FrozenTable table = piecewise(1, folder.resolve("few"), 3, ROWS + 1);
        assertThat(ids(table, "by_id")).isEqualTo(rows.stream().map(Row::id).sorted().toList());
        assertThat(piecewise(1, folder.resolve("none"), 0, 1).rows()).isZero();
    }

    private static TreeMap<String, String> bytes(FrozenTable table) throws Exception {
        TreeMap<String, String> bytes = new TreeMap<>();
        for (Path file : table.files()) {
            bytes.put(table.folder().relativize(file).toString(),
                    java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        return bytes;
    }
}
