package org.neuropil.tables.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.live.FlatRoots;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Join;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlQuery;
import org.neuropil.tables.query.SqlView;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.store.DuckStore;

/// Views over nuclei and over better points for some of them; the cell of a point is its x / 10 + 1.
class ViewsTest {
    private static final String LOOKUP = """
            SELECT n.id, n.volume, coalesce(a.pt_root_id, n.pt_root_id) AS pt_root_id, n.pt_root_id AS orig_root_id,
                   n.pt_position_x, n.pt_position_y, n.pt_position_z
            FROM nuclei n LEFT JOIN better a ON a.target_id = n.id""";
    private static final String SINGLE = "SELECT * FROM lookup WHERE pt_root_id <> 0 "
            + "QUALIFY count(*) OVER (PARTITION BY pt_root_id) = 1";

    private final Tables tables;
    private final Path folder;
    private final Map<Long, int[]> nuclei = new TreeMap<>();
    private final Map<Long, Integer> better = new HashMap<>();

    ViewsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        tables = new Tables(folder, Engine.open(new Engine.Settings(64 << 20, 2, folder.resolve("scratch"), 4)),
                DuckStore.open(folder.resolve("live.duckdb"), Clock.systemUTC()), new FlatRoots(),
                (x, y, z, size, at) -> {
                    long[] found = new long[x.length];
                    for (int i = 0; i < x.length; i++) {
                        found[i] = x[i] / 10 + 1L;
                    }
                    return found;
                });
        table("nuclei", "nucleus_detection", 4, Optional.empty());
        table("better", "reference_point", 4, Optional.of("nuclei"));
        Random random = new Random(5);
        for (int i = 1; i <= 60; i++) {
            nuclei.put((long) i, new int[]{random.nextInt(400), random.nextInt(400), random.nextInt(40)});
        }
        StringBuilder json = new StringBuilder();
        nuclei.forEach((id, at) -> json.append(json.isEmpty() ? "[" : ",").append("{\"id\": ").append(id)
                .append(", \"volume\": ").append(id * 1.5).append(", \"pt\": {\"position\": [").append(at[0])
                .append(",")
                .append(at[1]).append(",").append(at[2]).append("]}}"));
        insert("nuclei", json + "]");
        for (long id = 3; id <= 60; id += 7) {
            better(id, random.nextInt(400));
        }
    }

    private void better(long id, int x) throws IOException {
        better.put(id, x);
        insert("better", "[{\"target_id\": " + id + ", \"pt\": {\"position\": [" + x + ", 1, 1]}}]");
    }

    private void table(String name, String kind, double x, Optional<String> reference) throws IOException {
        tables.store().create(new TableInfo(name, kind, "made", new VoxelSize(x, x, 40), "ada", reference, false, "",
                "", Permission.PRIVATE, Permission.PUBLIC), Schemas.known(kind));
    }

    private void insert(String table, String json) throws IOException {
        tables.insert(table, Annotations.read(Schemas.known(tables.store().table(table).orElseThrow().info().schema()),
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }

    private View view(String name, String sql) throws IOException {
        return tables.createView(name, sql, "of a test", Optional.empty(), "ada", "", false);
    }

    private long root(long id) {
        int[] at = nuclei.getOrDefault(id, new int[3]);
        return better.getOrDefault(id, at[0]) / 10 + 1L;
    }

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    private List<String> rows(Moment moment, QueryBuilder query, String... names) throws IOException {
        Map<String, Source> sources = new HashMap<>();
        for (String name : names) {
            sources.put(name, moment.source(name));
        }
        try (Answer answer = new Queries(tables.engine(), sources).ask(query.build())) {
            return csv(answer);
        }
    }

    private static List<String> csv(Answer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.writeCsv(out);
        return out.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
    }

    private boolean near(long id) {
        int[] at = nuclei.getOrDefault(id, new int[]{1000, 1000, 1000});
        return at[0] <= 200 && at[1] <= 200 && at[2] <= 40;
    }

    private List<String> expected(java.util.function.LongPredicate meets) {
        return nuclei.keySet().stream().filter(meets::test).map(id -> id + "," + root(id)).toList();
    }

    @Test
    void aViewIsAskedLikeATable() throws Exception {
        View made = view("lookup", LOOKUP);
        assertThat(made.resolution()).isEqualTo(new VoxelSize(4, 4, 40));
        view("single", SINGLE);
        try (Moment now = tables.now()) {
            assertThat(now.tables()).containsExactly("better", "nuclei");
            assertThat(now.views()).containsExactly("lookup", "single");
            QueryBuilder all = QueryBuilder.from("lookup").select("id", "pt_root_id").orderBy("id", false);
            assertThat(rows(now, all, "lookup")).isEqualTo(expected(_ -> true));
            long some = root(3);
            QueryBuilder cells = QueryBuilder.from("lookup").select("id", "pt_root_id").in("pt_root_id", some, root(20))
                    .orderBy("id", false);
            assertThat(rows(now, cells, "lookup")).isEqualTo(expected(id -> root(id) == some || root(id) == root(20)))
                    .isNotEmpty();
            QueryBuilder box = QueryBuilder.from("lookup").select("id", "pt_root_id")
                    .inside("pt", new double[]{0, 0, 0}, new double[]{800, 800, 1600}, Filter.Unit.NM)
                    .orderBy("id", false);
            assertThat(rows(now, box, "lookup")).isEqualTo(expected(
                    this::near))
                    .isNotEmpty();
            QueryBuilder alone = QueryBuilder.from("single").select("id", "pt_root_id").orderBy("id", false);
            List<String> single = expected(id -> nuclei.keySet().stream().filter(other -> root(other) == root(id))
                    .count() == 1);
            assertThat(rows(now, alone, "single")).isEqualTo(single).isNotEmpty();
            QueryBuilder joined = QueryBuilder.from("nuclei")
                    .join("single", "id", "id", Join.Cardinality.ONE_TO_ONE).select("id", "single.pt_root_id")
                    .orderBy("id", false);
            assertThat(rows(now, joined, "nuclei", "single")).isEqualTo(single);
            try (Answer sql = SqlQuery.of("SELECT id, pt_root_id FROM single ORDER BY id").ask(tables.engine(),
                    Map.of("single", now.source("single")))) {
                assertThat(csv(sql)).isEqualTo(single);
                assertThat(sql.total()).isEqualTo(single.size());
            }
            SqlView told = now.view("single").orElseThrow();
            assertThat(told.tables()).containsExactly("better", "nuclei");
            assertThat(told.columns().getFirst().name()).isEqualTo("id");
        }
    }

    @Test
    void aViewMayBeginWithWith() throws Exception {
        view("w", "WITH l AS (" + LOOKUP + ") SELECT id, pt_root_id FROM l");
        try (Moment now = tables.now()) {
            QueryBuilder all = QueryBuilder.from("w").select("id", "pt_root_id").orderBy("id", false);
            assertThat(rows(now, all, "w")).isEqualTo(expected(_ -> true));
        }
    }

    @Test
    void rowsThatComeSeveralTimesAreNotLostBetweenPages() throws Exception {
        view("pairs", "SELECT n.id, m.id AS other FROM nuclei n JOIN nuclei m ON m.id <= 3 WHERE n.id <= 4");
        try (Moment now = tables.now()) {
            Queries queries = new Queries(tables.engine(), Map.of("pairs", now.source("pairs")));
            List<String> paged = new ArrayList<>();
            for (int offset = 0; offset < 12; offset += 5) {
                QueryBuilder page = QueryBuilder.from("pairs").orderBy("id", false).limit(5).offset(offset);
                try (Answer answer = queries.ask(page.build())) {
                    paged.addAll(csv(answer));
                    assertThat(answer.total()).isEqualTo(12);
                    assertThat(answer.next()).isEmpty();
                }
            }
            List<String> all = new ArrayList<>();
            for (int id = 1; id <= 4; id++) {
                for (int other = 1; other <= 3; other++) {
                    all.add(id + "," + other);
                }
            }
            assertThat(paged).isEqualTo(all);
            assertThatThrownBy(() -> rows(now, QueryBuilder.from("nuclei").join("pairs", "id", "id",
                    Join.Cardinality.ONE_TO_ONE), "nuclei", "pairs")).isInstanceOf(InputException.class)
                    .hasMessageContaining("pairs.id has 1 in 3 rows");
        }
    }

    @Test
    void aVersionAnswersWithItsOwnRows() throws Exception {
        view("lookup", LOOKUP);
        tables.freeze(OptionalInt.of(1), "");
        List<String> frozen = expected(_ -> true);
        better(1, 399);
        better(2, 398);
        QueryBuilder all = QueryBuilder.from("lookup").select("id", "pt_root_id").orderBy("id", false);
        try (Moment now = tables.now(); Moment version = tables.version(1)) {
            assertThat(rows(now, all, "lookup")).isEqualTo(expected(_ -> true)).isNotEqualTo(frozen);
            assertThat(rows(version, all, "lookup")).isEqualTo(frozen);
        }
        table("late", "bound_tag", 4, Optional.empty());
        view("later", "SELECT tag FROM late");
        try (Moment now = tables.now(); Moment version = tables.version(1)) {
            assertThat(now.views()).containsExactly("later", "lookup");
            assertThat(version.views()).containsExactly("lookup");
            assertThatThrownBy(() -> version.source("later")).isInstanceOf(InputException.class)
                    .hasMessageContaining("the view 'later' cannot be read").hasMessageContaining("'late'");
        }
    }

    @Test
    void whatCannotBeReadIsNotMade() throws Exception {
        table("other", "bound_tag", 8, Optional.empty());
        refused("there is no table 'nuclear'", "did you mean 'nuclei'?", "v", "SELECT id FROM nuclear");
        refused("'read_csv' is not allowed", "tables are", "v", "SELECT * FROM read_csv('/etc/passwd')");
        refused("only one SELECT", "", "v", "DROP TABLE nuclei");
        refused("\"nothing\"", "", "v", "SELECT nothing FROM nuclei");
        refused("two columns", "AS", "v", "SELECT id, id FROM nuclei");
        refused("'count_star()' is no name", "lower-case", "v", "SELECT count(*) FROM nuclei");
        refused("2 resolutions", "in which voxels", "v",
                "SELECT n.pt_position_x, n.pt_position_y, n.pt_position_z FROM nuclei n, other");
        refused("there is a table 'nuclei'", "another name", "nuclei", "SELECT id FROM nuclei");
        refused("'V' is no name", "", "V", "SELECT id FROM nuclei");
        refused("there is no statement", "one SELECT", "v", "  ");
        assertThat(tables.views().names()).isEmpty();
        view("v", "SELECT id FROM nuclei");
        refused("there is a view 'v'", "replace", "v", "SELECT id FROM other");
        assertThat(tables.createView("v", "SELECT id, tag FROM other", "", Optional.empty(), "", "", true).sql())
                .contains("tag");
        view("w", "SELECT id FROM v");
        tables.createView("v", "SELECT id FROM other", "", Optional.empty(), "", "", true);
        assertThatThrownBy(() -> tables.createView("v", "SELECT id FROM w", "", Optional.empty(), "", "", true))
                .isInstanceOf(InputException.class).hasMessageContaining("reads itself");
        tables.views().delete("v");
        assertThatThrownBy(() -> tables.views().delete("v")).isInstanceOf(InputException.class);
        try (Moment now = tables.now()) {
            assertThat(now.views()).isEmpty();
            assertThatThrownBy(() -> now.source("w")).hasMessageContaining("the view 'w' cannot be read")
                    .hasMessageContaining("'v'");
        }
    }

    @Test
    void twoColumnsOfANameAreRefusedBehindWithToo() {
        refused("two columns of the answer are called 'id'", "AS", "v",
                "WITH n AS (SELECT * FROM nuclei) SELECT a.id, b.id FROM n a JOIN n b ON a.id = b.id");
        refused("two columns of the answer are called 'volume'", "AS", "v",
                "WITH n AS (SELECT id, volume FROM nuclei) SELECT a.id, a.volume, b.volume FROM n a JOIN n b USING (id)");
    }

    /// Each of these is made of the one before in two ways, so that tables are reached in thousands.
    @Test
    void viewsOverViewsCostWhatTheyAreNotTheWaysThroughThem() throws Exception {
        view("v0", "SELECT id, pt_root_id AS cell FROM nuclei");
        for (int i = 1; i <= 7; i++) {
            String before = "v" + (i - 1);
            view("left" + i, "SELECT id, cell + 1 AS cell FROM " + before);
            view("v" + i, "SELECT a.id, a.cell + b.cell - c.cell AS cell FROM left" + i + " a JOIN " + before
                    + " b USING (id) JOIN " + before + " c USING (id)");
        }
        try (Moment now = tables.now()) {
            assertThat(now.views()).hasSize(15);
            SqlView deep = now.view("v7").orElseThrow();
            assertThat(deep.tables()).containsExactly("nuclei");
            assertThat(now.source("v7").relation(org.neuropil.tables.query.Hint.NONE).length()).isLessThan(20_000);
            assertThat(rows(now, QueryBuilder.from("v7").select("id", "cell").orderBy("id", false), "v7"))
                    .isEqualTo(nuclei.entrySet().stream()
                            .map(one -> one.getKey() + "," + (one.getValue()[0] / 10 + 1L + 7)).toList());
        }
    }

    @Test
    void aChainOfViewsThatIsTooLongIsToldByItsLinks() throws Exception {
        view("chain1", "SELECT id FROM nuclei");
        for (int i = 2; i <= 16; i++) {
            view("chain" + i, "SELECT id FROM chain" + (i - 1));
        }
        refused("the view 'chain17' is read through more than 15 others: chain17 > chain16 > ", "nearer", "chain17",
                "SELECT id FROM chain16");
        view("top", "SELECT id FROM nuclei");
        tables.createView("chain1", "SELECT id FROM top", "", Optional.empty(), "", "", true);
        try (Moment now = tables.now()) {
            assertThat(now.views()).contains("chain15", "top").doesNotContain("chain16");
            assertThatThrownBy(() -> now.source("chain16")).isInstanceOf(InputException.class)
                    .hasMessageContaining("chain2 > chain1 > top");
        }
    }

    @Test
    void aTableMayHaveANameThatTheEngineUses() throws Exception {
        List<String> names = List.of("came", "sorted", "list_1", "went", "map");
        for (String name : names) {
            table(name, "bound_tag", 4, Optional.empty());
            insert(name, "[{\"tag\": \"of " + name + "\", \"pt\": {\"position\": [10, 1, 1]}}]");
        }
        try (Moment now = tables.now()) {
            String relation = now.source("came").relation(org.neuropil.tables.query.Hint.NONE);
            String own = relation.replaceAll("(?s).*\\b(overlay_\\d+)_rows.*", "$1");
            int next = Integer.parseInt(own.substring(8)) + 1;
            String taken = "overlay_" + next + "_rows";
            table(taken, "bound_tag", 4, Optional.empty());
            insert(taken, "[{\"tag\": \"mine\", \"pt\": {\"position\": [20, 1, 1]}}]");
            try (Moment later = tables.now();
                    Answer answer = SqlQuery.of("SELECT tag FROM " + taken)
                            .ask(tables.engine(), Map.of(taken, later.source(taken)))) {
                assertThat(later.source(taken).relation(org.neuropil.tables.query.Hint.NONE)).contains(taken);
                assertThat(csv(answer)).containsExactly("mine");
            }
            view("over", "SELECT tag FROM " + taken);
            try (Moment later = tables.now()) {
                assertThat(rows(later, QueryBuilder.from("over"), "over")).containsExactly("mine");
                for (String name : names) {
                    try (Answer answer = SqlQuery.of("SELECT tag FROM " + name).ask(tables.engine(),
                            Map.of(name, later.source(name)))) {
                        assertThat(csv(answer)).containsExactly("of " + name);
                    }
                }
            }
        }
    }

    private void refused(String what, String hint, String name, String sql) {
        assertThatThrownBy(() -> view(name, sql)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(what).contains(hint));
    }

    @Test
    void filesAreReadAsTheyWereWrittenAndFaultsAreTold() throws Exception {
        View made = tables.createView("lookup", LOOKUP, "of 'words'\n", Optional.of(new VoxelSize(9.7, 9.7, 45)), "ada",
                "mind", false);
        assertThat(new Views(folder).find("lookup")).contains(made);
        assertThat(new Views(folder).find("../lookup")).isEmpty();
        Path file = folder.resolve("tables/views/lookup.json");
        String text = Files.readString(file);
        for (List<String> fault : List.of(List.of("\"name\" : \"lookup\"", "\"name\" : \"other\"", "another name"),
                List.of("\"sql\"", "\"sqll\"", "sqll"), List.of("9.7", "0", "no size of a voxel"),
                List.of("[", "{", "is no view"), List.of("\"notice\" : \"mind\"", "\"notice\" : 5 5", "is no view"))) {
            Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(fault.get(0)), fault.get(1)));
            assertThatThrownBy(() -> new Views(folder).find("lookup")).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains("lookup.json").contains(fault.get(2)));
        }
    }
}
