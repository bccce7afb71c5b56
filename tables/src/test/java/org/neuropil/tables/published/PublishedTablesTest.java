package org.neuropil.tables.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Nuclei;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.schema.Annotations;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.version.Version;

/// Tables that were brought from elsewhere, whose rows no store of live rows has.
class PublishedTablesTest {
    private static final String NUCLEI = "nucleus_detection_v0";
    private static final String TYPES = "aibs_metamodel_celltypes_v661";
    private static final String BETTER = "nucleus_alternative_points";

    @TempDir
    private Path folder = Path.of("");

    private final MadePublic made = new MadePublic(7, 80, 10);
    private Tables tables = open();

    @SuppressWarnings("NullAway") // before all
    private static Tables open() {
        return null;
    }

    @BeforeEach
    void bring() throws IOException {
        made.dumps(folder.resolve("v1300"));
        Path dataset = folder.resolve("dataset");
        try (Engine engine = OpenTables.engine(dataset)) {
            PublicImport bring = new PublicImport(dataset, folder.resolve("work"), engine);
            bring.run(bring.plan(PublicDataset.find("minnie65_public"), 1300,
                    Optional.of(folder.resolve("v1300").toString()), List.of(NUCLEI, TYPES, BETTER)), Progress.NONE,
                    done -> {});
        }
        tables = OpenTables.of(dataset, "");
    }

    @AfterEach
    void close() throws IOException {
        tables.close();
    }

    private Rows ask(Moment moment, QueryBuilder query, String table) throws IOException {
        try (moment;
                Answer answer = new Queries(tables.engine(), Map.of(table, moment.source(table)))
                        .ask(query.orderBy("id", false).build())) {
            return answer.rows();
        }
    }

    private long[] ids(Moment moment, String table) throws IOException {
        return ask(moment, QueryBuilder.from(table), table).longs("id");
    }

    private static long[] sorted(List<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private long[] nuclei() {
        return made.nuclei.stream().mapToLong(MadePublic.Nucleus::id).toArray();
    }

    private Rows read(String schema, String json) throws IOException {
        return Annotations.read(Schemas.known(schema),
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theyAreThereNowAndSinceTheirVersion() throws IOException {
        assertThat(ids(tables.now(), NUCLEI)).containsExactly(nuclei());
        assertThat(ids(tables.at(Instant.parse("2025-06-01T00:00:00Z")), NUCLEI)).containsExactly(nuclei());
        try (Moment before = tables.at(Instant.parse("2024-06-01T00:00:00Z")); Moment now = tables.now()) {
            assertThat(before.tables()).isEmpty();
            assertThat(now.tables()).containsExactlyInAnyOrder(NUCLEI, TYPES, BETTER);
            assertThat(now.source(NUCLEI).info()).isEqualTo(PublicDataset.find("minnie65_public").table(NUCLEI)
                    .orElseThrow().info("minnie65_public", ""));
        }
        assertThat(tables.count(NUCLEI)).isEqualTo(new AnnotationStore.Count(80, 80));
        Rows rows = tables.rows(NUCLEI, new long[]{200_003, 5, 200_000});
        assertThat(rows.longs("id")).containsExactly(200_000, 200_003);
        assertThat(rows.longs("pt_supervoxel_id")).containsExactly(made.nuclei.get(0).supervoxel(),
                made.nuclei.get(1).supervoxel());
    }

    @Test
    void othersReferToThem() throws IOException {
        TableInfo info = new TableInfo("mine", "reference_tag", "", new VoxelSize(4, 4, 40), "me",
                Optional.of(NUCLEI), true, "", "", Permission.PUBLIC, Permission.PUBLIC);
        tables.store().create(info, Schemas.known("reference_tag"));
        tables.insert("mine", read("reference_tag", "[{\"target_id\":200003,\"tag\":\"a\"}]"));
        assertThatThrownBy(() -> tables.insert("mine",
                read("reference_tag", "[{\"target_id\":200004,\"tag\":\"a\"}]"))).isInstanceOf(InputException.class)
                .hasMessageContaining("has no row 200004");
        long[] many = new long[1500];
        Arrays.setAll(many, i -> i < 2 ? 200_000 + 3L * i : 900_000 + i);
        assertThatThrownBy(() -> tables.store().delete(NUCLEI, many)).isInstanceOf(InputException.class)
                .hasMessageContaining("has no row 900002");
        // A row that is replaced takes along what refers to it.
        long fresh = tables.update(NUCLEI, new long[]{200_003},
                read("nucleus_detection", "[{\"pt\":{\"position\":[1,2,3]}}]"))[0];
        assertThat(fresh).isEqualTo(Arrays.stream(nuclei()).max().getAsLong() + 1);
        assertThat(ask(tables.now(), QueryBuilder.from("mine"), "mine").longs("target_id")).containsExactly(fresh);
    }

    @Test
    void aRowThatIsReplacedDoesNotTakeItsSupervoxelForItsRoot() throws IOException {
        MadePublic.Nucleus old = made.nuclei.get(1);
        long fresh = tables.update(NUCLEI, new long[]{old.id()}, read("nucleus_detection",
                "[{\"pt\":{\"position\":[1,2,3],\"supervoxel_id\":" + old.supervoxel() + "}}]"))[0];
        Rows now = ask(tables.now(), QueryBuilder.from(NUCLEI), NUCLEI);
        for (int i = 0; i < now.size(); i++) {
            long id = now.longs("id")[i];
            // Which cell the supervoxel belongs to is not known here.
            long root = id == fresh
                    ? 0
                    : made.nuclei.stream().filter(one -> one.id() == id).findFirst().orElseThrow().root();
            assertThat(now.longs("pt_root_id")[i]).as("root of %s", id).isEqualTo(root);
        }
        assertThat(now.longs("pt_supervoxel_id")[now.size() - 1]).isEqualTo(old.supervoxel());
    }

    @Test
    void theyChangeAndAVersionKeepsThat() throws IOException {
        TreeSet<Long> standing = new TreeSet<>(Arrays.stream(nuclei()).boxed().toList());
        tables.store().delete(NUCLEI, new long[]{200_006, 200_009});
        standing.removeAll(List.of(200_006L, 200_009L));
        long added = tables.insert(NUCLEI, read("nucleus_detection", "[{\"pt\":{\"position\":[5,6,7]}}]"))[0];
        standing.add(added);
        assertThatThrownBy(() -> tables.store().delete(NUCLEI, new long[]{200_006}))
                .isInstanceOf(InputException.class).hasMessageContaining("deleted or replaced before");
        assertThat(ids(tables.now(), NUCLEI)).containsExactly(sorted(new ArrayList<>(standing)));
        assertThat(ids(tables.version(1300), NUCLEI)).containsExactly(nuclei());
        assertThat(tables.count(NUCLEI)).isEqualTo(new AnnotationStore.Count(81, 79));
        Rows rows = tables.rows(NUCLEI, new long[]{200_006, 200_000, added});
        ColumnData deleted = rows.data().get(rows.index("deleted"));
        assertThat(rows.longs("id")).containsExactly(200_000, 200_006, added);
        assertThat(List.of(deleted.isAbsent(0), deleted.isAbsent(1), deleted.isAbsent(2))).containsExactly(true, false,
                true);

        Version version = tables.freeze(OptionalInt.empty(), "");
        assertThat(version.number()).isEqualTo(1301);
        assertThat(ids(tables.version(1301), NUCLEI)).containsExactly(sorted(new ArrayList<>(standing)));
        assertThat(ids(tables.version(1301), TYPES))
                .containsExactly(made.types.stream().mapToLong(MadePublic.Typed::id).toArray());
        assertThat(version.tables().get(TYPES)).isEqualTo(tables.versions().find(1300).tables().get(TYPES));
        assertThat(ids(tables.now(), NUCLEI)).containsExactly(sorted(new ArrayList<>(standing)));
        for (int number : new int[]{1300, 1301}) {
            assertThatThrownBy(() -> tables.drop(number)).as("version " + number).isInstanceOf(InputException.class);
        }
        tables.close();
        tables = OpenTables.of(folder.resolve("dataset"), "");
        assertThat(ids(tables.now(), NUCLEI)).containsExactly(sorted(new ArrayList<>(standing)));
        assertThat(tables.count(NUCLEI)).isEqualTo(new AnnotationStore.Count(81, 79));
    }

    @Test
    void namesOfCellsAreThoseOfABruteForceSearch() throws IOException {
        Map<Long, Long> roots = new TreeMap<>();
        made.nuclei.forEach(one -> roots.put(one.id(), one.root()));
        made.better.forEach(one -> roots.put(one.nucleus(), one.root()));
        assertThat(made.better).isNotEmpty();
        try (Moment moment = tables.version(1300)) {
            Nuclei names = new Nuclei(tables.engine(), moment,
                    Nuclei.Names.of(moment, Optional.of("nucleus_detection_lookup_v1"), Optional.of(NUCLEI),
                            Optional.of(BETTER)));
            long[] asked = new long[made.nuclei.size() + 1];
            Arrays.setAll(asked, i -> i < made.nuclei.size() ? made.nuclei.get(i).id() : 12);
            List<Nuclei.Cell> cells = names.ofNuclei(asked);
            for (int i = 0; i < made.nuclei.size(); i++) {
                long root = Objects.requireNonNull(roots.get(asked[i]));
                List<Long> same = root == 0
                        ? List.of()
                        : roots.entrySet().stream().filter(one -> one.getValue() == root).map(Map.Entry::getKey)
                                .toList();
                assertThat(cells.get(i)).isEqualTo(new Nuclei.Cell(asked[i], root, root == 0
                        ? Nuclei.State.NONE
                        : same.size() > 1 ? Nuclei.State.SHARED : Nuclei.State.FOUND, same));
            }
            assertThat(cells.getLast().state()).isEqualTo(Nuclei.State.UNKNOWN);
            assertThat(cells).extracting(Nuclei.Cell::state).contains(Nuclei.State.values());
            List<Long> all = new ArrayList<>(new TreeSet<>(roots.values()));
            all.add(4L);
            for (Nuclei.Cell cell : names.ofRoots(all)) {
                List<Long> same = cell.root() == 0
                        ? List.of()
                        : roots.entrySet().stream().filter(one -> one.getValue() == cell.root())
                                .map(Map.Entry::getKey).toList();
                assertThat(cell.nuclei()).isEqualTo(same);
                assertThat(cell.nucleus()).isEqualTo(same.size() == 1 ? same.getFirst() : 0);
            }
            assertThatThrownBy(() -> names.root(12)).isInstanceOf(InputException.class)
                    .hasMessageContaining("there is no nucleus:12");
            assertThat(names.root(200_000)).isEqualTo(made.nuclei.get(0).root());
            assertThatThrownBy(() -> names.root(200_015)).isInstanceOf(InputException.class)
                    .hasMessageContaining("shares root");
        }
    }
}
