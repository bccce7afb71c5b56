package org.neuropil.tables.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.version.Versions;

class PublicImportTest {
    private static final List<String> MINNIE = List.of("nucleus_detection_v0", "nucleus_alternative_points",
            "aibs_metamodel_celltypes_v661", "synapses_pni_2");

    @TempDir
    private Path folder = Path.of("");

    private final MadePublic made = new MadePublic(5, 60, 500);
    private Engine engine = OpenTables.engine(Files.createTempDirectory("get-test"));
    private final List<String> told = new ArrayList<>();

    PublicImportTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    private PublicImport bring() {
        return new PublicImport(folder.resolve("dataset"), folder.resolve("work"), engine);
    }

    private void get(String name, int version, String from, String... tables) throws IOException {
        PublicImport bring = bring();
        PublicImport.Plan plan = bring.plan(PublicDataset.find(name), version, Optional.of(from), List.of(tables));
        bring.run(plan, Progress.NONE, done -> told.add(done.table() + " " + done.rows() + " " + done.ignored() + " "
                + done.absent()));
    }

    private Rows rows(int version, QueryBuilder query, String table) throws IOException {
        try (FrozenTables tables = OpenTables.frozen(folder.resolve("dataset"));
                Moment moment = tables.version(version);
                Answer answer = new Queries(tables.engine(), Map.of(table, moment.source(table)))
                        .ask(query.build())) {
            return answer.rows();
        }
    }

    private void assertSynapses(int version, String table) throws IOException {
        Rows rows = rows(version, QueryBuilder.from(table).orderBy("id", false), table);
        assertThat(rows.longs("id")).containsExactly(made.synapses.stream().mapToLong(one -> one.id()).toArray());
        assertThat(rows.longs("pre_pt_root_id"))
                .containsExactly(made.synapses.stream().mapToLong(one -> one.preRoot()).toArray());
        assertThat(rows.longs("post_pt_supervoxel_id"))
                .containsExactly(made.synapses.stream().mapToLong(one -> one.postSupervoxel()).toArray());
        assertThat(ints(rows, "ctr_pt_position_y"))
                .containsExactly(made.synapses.stream().mapToInt(one -> one.ctr()[1]).toArray());
        assertThat(ints(rows, "post_pt_position_z"))
                .containsExactly(made.synapses.stream().mapToInt(one -> one.post()[2]).toArray());
        float[] sizes = ((ColumnData.Floats) rows.data().get(rows.index("size"))).values();
        for (int i = 0; i < sizes.length; i++) {
            assertThat(sizes[i]).isEqualTo(made.synapses.get(i).size());
        }
    }

    private static int[] ints(Rows rows, String column) {
        return ((ColumnData.Ints) rows.data().get(rows.index(column))).values();
    }

    @Test
    void dumpsOfMicronsComeOverHttp() throws IOException {
        made.dumps(folder.resolve("bucket/v1300"));
        try (FileServer server = new FileServer(folder.resolve("bucket"))) {
            get("minnie65_public", 1300, server.address() + "/v{version}", MINNIE.toArray(String[]::new));
            assertThat(server.given).anyMatch(one -> one.contains("/v1300/synapses_pni_2_v1_filtered_view.csv.gz"));
        }
        assertThat(told).containsExactly("nucleus_detection_v0 60 [] [bb_end_position_x, bb_end_position_y, "
                + "bb_end_position_z]", "nucleus_alternative_points " + made.better.size() + " [] [created]",
                "aibs_metamodel_celltypes_v661 " + made.types.size() + " [pt_position_x, pt_position_y, pt_position_z, "
                        + "pt_root_id, pt_supervoxel_id, volume] [created]",
                "synapses_pni_2 500 [] [created]");
        assertSynapses(1300, "synapses_pni_2");
        Rows nuclei = rows(1300, QueryBuilder.from("nucleus_detection_v0").orderBy("id", false),
                "nucleus_detection_v0");
        assertThat(nuclei.longs("pt_root_id"))
                .containsExactly(made.nuclei.stream().mapToLong(one -> one.root()).toArray());
        assertThat(nuclei.longs("created")).containsOnly(1_601_332_842_476_911L);
        assertThat(Stream.of(folder.resolve("work").toFile().list()).toList()).isEmpty();
        Published remembered = Published.of(folder.resolve("dataset")).orElseThrow();
        assertThat(remembered.dataset()).isEqualTo(PublicDataset.find("minnie65_public"));
        assertThat(remembered.tables()).extracting(Published.Imported::table)
                .containsExactlyInAnyOrderElementsOf(MINNIE);
        assertThat(new Versions(folder.resolve("dataset")).find(1300).time())
                .isEqualTo(PublicDataset.find("minnie65_public").version(1300).time());
    }

    @Test
    void tablesThatAreThereAreKeptAndOthersComeInLater() throws IOException {
        made.dumps(folder.resolve("v1300"));
        get("minnie65_public", 1300, folder.resolve("v1300").toString(), "nucleus_detection_v0");
        PublicImport.Plan plan = bring().plan(PublicDataset.find("minnie65_public"), 1300,
                Optional.of(folder.resolve("v1300").toString()), List.of("aibs_metamodel_celltypes_v661"));
        assertThat(plan.there()).containsExactly("nucleus_detection_v0");
        assertThat(plan.items()).extracting(item -> item.table().name())
                .containsExactly("aibs_metamodel_celltypes_v661");
        assertThat(plan.bytes()).isEqualTo(Files.size(folder.resolve("v1300/"
                + "aibs_metamodel_celltypes_v661_merged.csv.gz")));
        get("minnie65_public", 1300, folder.resolve("v1300").toString(), "aibs_metamodel_celltypes_v661");
        assertThat(new Versions(folder.resolve("dataset")).find(1300).tables()).containsOnlyKeys(
                "nucleus_detection_v0", "aibs_metamodel_celltypes_v661");
        PublicImport.Plan rest = bring().plan(PublicDataset.find("minnie65_public"), 1300,
                Optional.of(folder.resolve("v1300").toString()), List.of());
        assertThat(rest.missing()).contains("nucleus_ref_neuron_svm", "synapse_target_structure")
                .doesNotContain("synapse_target_predictions_ssa_v2");
    }

    /// As where the process is killed between the two.
    @Test
    void whereATableCameFromIsKnownBeforeItIsThere() throws IOException {
        Path dataset = Files.createDirectories(folder.resolve("dataset"));
        String from = folder.resolve("v1300").toString();
        made.dumps(folder.resolve("v1300"));
        for (String table : List.of("nucleus_detection_v0", "nucleus_alternative_points")) {
            Path file = dataset.resolve(Published.FILE);
            Path kept = folder.resolve("kept.json");
            if (Files.exists(file)) {
                Files.move(file, kept);
            }
            Files.createDirectory(file);
            assertThatThrownBy(() -> get("minnie65_public", 1300, from, table)).isInstanceOf(IOException.class);
            Files.delete(file);
            if (Files.exists(kept)) {
                Files.move(kept, file);
            }
            assertThat(new Versions(dataset).list().stream().flatMap(one -> one.tables().keySet().stream()))
                    .doesNotContain(table);
            get("minnie65_public", 1300, from, table);
            assertThat(Published.of(dataset).orElseThrow().tables()).extracting(Published.Imported::table)
                    .contains(table);
        }
        assertThat(Published.of(dataset).orElseThrow().tables()).extracting(Published.Imported::rows)
                .containsExactlyInAnyOrder(60L, (long) made.better.size());
    }

    /// Also where it came by a way that did not look for it.
    @Test
    void aStoreWithATableOfThatNameDoesNotTakeItsRows() throws IOException {
        Path dataset = folder.resolve("dataset");
        PublicDataset minnie = PublicDataset.find("minnie65_public");
        made.dumps(folder.resolve("v1300"));
        get("minnie65_public", 1300, folder.resolve("v1300").toString(), "synapses_pni_2");
        try (Tables tables = OpenTables.of(dataset, "")) {
            tables.store().create(minnie.table("nucleus_detection_v0").orElseThrow().info("ada", ""),
                    Schemas.known("nucleus_detection"));
        }
        assertThatThrownBy(() -> bring().checkNames(minnie, 1300, List.of("aibs_metamodel_celltypes_v661"),
                OpenTables.stored(dataset))).isInstanceOf(InputException.class)
                .hasMessageContaining("table 'nucleus_detection_v0' of user 'ada'");
        bring().checkNames(minnie, 1300, List.of("synapses_pni_2"), OpenTables.stored(dataset));
        get("minnie65_public", 1300, folder.resolve("v1300").toString(), "nucleus_detection_v0");
        assertThatThrownBy(() -> OpenTables.of(dataset, "")).isInstanceOf(InputException.class)
                .hasMessageContaining("table 'nucleus_detection_v0' of user 'ada' has the name of one of version 1300");
    }

    @Test
    void deltaTablesOfV1ddKeepTheirOwnResolution() throws IOException, SQLException {
        made.delta(folder.resolve("lake/synapses_v1dd/ctr_pt_position_morton"));
        try (FileServer server = new FileServer(folder)) {
            get("v1dd_public", 1196, server.address() + "/lake", "synapses_v1dd");
            assertThat(server.given).noneMatch(one -> one.contains("old.parquet"));
        }
        assertThat(told).containsExactly("synapses_v1dd 500 [part] [created]");
        assertSynapses(1196, "synapses_v1dd");
        try (FrozenTables tables = OpenTables.frozen(folder.resolve("dataset"));
                Moment moment = tables.version(1196)) {
            assertThat(moment.source("synapses_v1dd").info().resolution()).isEqualTo(new VoxelSize(9.7, 9.7, 45));
        }
    }

    @Test
    void theBundleOfV1ddIsReadInItsUnits() throws IOException, SQLException {
        made.bundle(folder.resolve("bundle"), 1196);
        get("v1dd_public", 1196, folder.resolve("bundle").toString());
        assertThat(told).hasSize(4).anyMatch(one -> one.startsWith("cell_type_multifeature_v1 " + made.types.size()));
        Rows synapses = rows(1196, QueryBuilder.from("synapses_v1dd").orderBy("id", false), "synapses_v1dd");
        assertThat(synapses.longs("post_pt_root_id"))
                .containsExactly(made.synapses.stream().mapToLong(one -> one.postRoot()).toArray());
        for (int axis = 0; axis < 3; axis++) {
            int at = axis;
            assertThat(ints(synapses, "ctr_pt_position_" + "xyz".charAt(axis)))
                    .containsExactly(made.synapses.stream().mapToInt(one -> one.ctr()[at]).toArray());
        }
        Rows nuclei = rows(1196, QueryBuilder.from("nucleus_detection_v0").orderBy("id", false),
                "nucleus_detection_v0");
        assertThat(ints(nuclei, "pt_position_x"))
                .containsExactly(made.nuclei.stream().mapToInt(one -> one.at()[0]).toArray());
        Rows types = rows(1196, QueryBuilder.from("cell_type_multifeature_v1").orderBy("id", false),
                "cell_type_multifeature_v1");
        assertThat(types.longs("target_id"))
                .containsExactly(made.types.stream().mapToLong(one -> one.nucleus()).toArray());
        assertThat(((ColumnData.Texts) types.data().get(types.index("cell_type"))).values())
                .containsExactly(made.types.stream().map(MadePublic.Typed::type).toArray(String[]::new));
        assertThat(rows(1196, QueryBuilder.from("synapse_target_predictions_ssa"), "synapse_target_predictions_ssa")
                .size()).isEqualTo(500);
    }

    /// The real tables at hand, put into the published form: every root, type and synapse comes back as it is.
    @Test
    void realTablesComeBackAsTheyAre() throws IOException {
        Path real = Path.of("../../shared/data/minnie-tables");
        assumeTrue(Files.isDirectory(real), "the real tables are not at hand: " + real + " is absent");
        Path dump = Files.createDirectories(folder.resolve("v661"));
        List<String[]> cells = lines(real.resolve("excitatory_cells.csv"));
        List<String[]> inputs = lines(real.resolve("inputs_of_23P_50.csv"));
        StringBuilder nuclei = new StringBuilder();
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String[] cell = cells.get(i);
            nuclei.append(i + 1).append(',').append(cell[3]).append(',').append(cell[4]).append(',').append(cell[5])
                    .append(',').append(cell[2]).append('\n');
            types.append(i + 1).append(',').append(i + 1).append(",aibs,").append(cell[1]).append('\n');
        }
        dump(dump, "nucleus_detection_v0_merged", "id,bigint\npt_position_x,integer\npt_position_y,integer\n"
                + "pt_position_z,integer\npt_root_id,bigint\n", nuclei);
        dump(dump, "aibs_metamodel_celltypes_v661_merged", "id,bigint\ntarget_id,bigint\n"
                + "classification_system,character varying\ncell_type,character varying\n", types);
        StringBuilder synapses = new StringBuilder();
        for (String[] one : inputs) {
            // Places are in µm of another frame; only that they come back matters here.
            String at = (int) (Double.parseDouble(one[5]) * 250) + "," + (int) (Double.parseDouble(one[6]) * 250) + ","
                    + (int) (Double.parseDouble(one[7]) * 25);
            synapses.append(String.join(",", one[1], at, at, at, one[4], one[2], one[3])).append('\n');
        }
        dump(dump, "synapses_pni_2_v1_filtered_view", "id,bigint\n" + Stream.of("pre", "ctr", "post")
                .flatMap(point -> Stream.of("x", "y", "z").map(axis -> point + "_pt_position_" + axis + ",integer\n"))
                .reduce("", String::concat) + "size,integer\npre_pt_root_id,bigint\npost_pt_root_id,bigint\n",
                synapses);
        get("minnie65_public", 661, dump.toString(), "nucleus_detection_v0", "aibs_metamodel_celltypes_v661",
                "synapses_pni_2");
        Rows found = rows(661, QueryBuilder.from("nucleus_detection_v0").orderBy("id", false), "nucleus_detection_v0");
        assertThat(found.longs("pt_root_id"))
                .containsExactly(cells.stream().mapToLong(cell -> Long.parseLong(cell[2])).toArray());
        Rows came = rows(661, QueryBuilder.from("synapses_pni_2").orderBy("id", false), "synapses_pni_2");
        assertThat(came.longs("pre_pt_root_id")).containsExactly(inputs.stream()
                .sorted(Comparator.comparingLong(one -> Long.parseLong(one[1])))
                .mapToLong(one -> Long.parseLong(one[2]))
                .toArray());
        // Root ids above 2^53 that a double would change.
        assertThat(Arrays.stream(came.longs("pre_pt_root_id")).filter(root -> (long) (double) root != root).count())
                .isGreaterThan(1000);
        Rows typed = rows(661, QueryBuilder.from("aibs_metamodel_celltypes_v661").orderBy("id", false),
                "aibs_metamodel_celltypes_v661");
        assertThat(((ColumnData.Texts) typed.data().get(typed.index("cell_type"))).values())
                .containsExactly(cells.stream().map(cell -> cell[1]).toArray(String[]::new));
        TypeSystem system = PublicDataset.find("minnie65_public").typeSystems().getFirst();
        assertThat(cells.stream().map(cell -> cell[1]).distinct()).allMatch(type -> system.type(type).isPresent());
    }

    private static List<String[]> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    private static void dump(Path folder, String name, String header, CharSequence rows) throws IOException {
        Files.writeString(folder.resolve(name + "_header.csv"), header);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".csv.gz")))) {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aRowThatCannotBeTakenIsToldAndNothingIsLeft() throws IOException {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("7,1,2,3,4,5,6,7,8,9,10,11,8.646911348456e17,13,14", "pre_pt_root_id: '8.646911348456e17' is a "
                + "floating-point number");
        wrong.put("7,1,2,3,4,5,6,7,8,9,10,11,12,13,18446744073709551615",
                "post_pt_root_id: '18446744073709551615' is not below 2^63");
        wrong.put("7,1,2,3,4,5,6,7,8,9,10,-11,12,13,14", "pre_pt_supervoxel_id: '-11' is negative");
        wrong.put("7,1,2,3,4,5.5,6,7,8,9,10,11,12,13,14", "ctr_pt_position_y: '5.5' is no whole number of 32 bits");
        wrong.put("7,1,2,3,4,3000000000,6,7,8,9,10,11,12,13,14", "ctr_pt_position_y: '3000000000' is no whole");
        wrong.put("7,1,2,x,4,5,6,7,8,9,10,11,12,13,14", "pre_pt_position_z: 'x' is no whole number");
        wrong.put("7,1,2,3,,5,6,7,8,9,10,11,12,13,14", "ctr_pt_position_x: is missing");
        wrong.put("7,1,2,3,4,5,6,7,8,9,inf,11,12,13,14", "size: 'inf' is no number");
        wrong.put(",1,2,3,4,5,6,7,8,9,10,11,12,13,14", "id: is missing");
        wrong.put("7,1,2,3,4,5,6,7,8,9,10,11,12,13", "Found: 14");
        wrong.put("1,1,2,3,4,5,6,7,8,9,10,11,12,13,14", "id 1 is that of 2 rows");
        Path dump = folder.resolve("dump");
        made.dumps(dump);
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            try (GZIPOutputStream out = new GZIPOutputStream(
                    Files.newOutputStream(dump.resolve("synapses_pni_2_v1_filtered_view.csv.gz")))) {
                out.write(("1,1,2,3,4,5,6,7,8,9,10,11,12,13,14\n" + one.getKey() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            boolean row = one.getValue().contains(": ");
            assertThatThrownBy(() -> get("minnie65_public", 1300, dump.toString(), "synapses_pni_2")).as(one.getKey())
                    .isInstanceOfSatisfying(InputException.class, e -> {
                        assertThat(e.sentence()).contains("synapses_pni_2_v1_filtered_view.csv.gz", one.getValue());
                        if (row && !one.getValue().startsWith("Found")) {
                            assertThat(e.what()).contains("row 2, ");
                        }
                    });
            assertThat(new Versions(folder.resolve("dataset")).list()).isEmpty();
            assertThat(Published.of(folder.resolve("dataset"))).isEmpty();
        }
    }

    @Test
    void aStoppedDownloadGoesOn() throws IOException {
        Path bucket = Files.createDirectories(folder.resolve("bucket"));
        byte[] bytes = new byte[3 * Origin.PIECE + 1000];
        new java.util.Random(1).nextBytes(bytes);
        Files.write(bucket.resolve("big"), bytes);
        Path work = folder.resolve("work");
        try (FileServer server = new FileServer(bucket)) {
            server.until = 2L * Origin.PIECE;
            Origin origin = Origin.open(server.address());
            Progress.Task silent = Progress.NONE.begin("", 0, 0);
            assertThat(origin.size("big")).hasValue((long) bytes.length);
            assertThat(origin.size("small")).isEmpty();
            assertThatThrownBy(() -> origin.file("big", bytes.length, work, silent)).isInstanceOf(IOException.class);
            assertThat(Stream.of(work.toFile().list())).containsExactly("big." + bytes.length + ".part");
            server.until = Long.MAX_VALUE;
            server.given.clear();
            Path file = origin.file("big", bytes.length, work, silent);
            assertThat(Arrays.equals(Files.readAllBytes(file), bytes)).isTrue();
            assertThat(server.given).containsExactlyInAnyOrder("/big " + 2 * Origin.PIECE, "/big " + 3 * Origin.PIECE);
            server.given.clear();
            assertThat(origin.file("big", bytes.length, work, silent)).isEqualTo(file);
            assertThat(server.given).isEmpty();
        }
    }

    @Test
    void whatIsNotThereIsTold() throws IOException {
        PublicDataset minnie = PublicDataset.find("minnie65_public");
        assertThatThrownBy(() -> PublicDataset.find("minnie64_public")).isInstanceOf(InputException.class)
                .hasMessageContaining("no published dataset");
        assertThatThrownBy(() -> bring().plan(minnie, 1301, Optional.empty(), List.of()))
                .isInstanceOf(InputException.class).hasMessageContaining("no version 1301");
        assertThatThrownBy(() -> bring().plan(minnie, 1300, Optional.of(folder.toString()), List.of("synapse")))
                .isInstanceOf(InputException.class).hasMessageContaining("no table 'synapse'");
        assertThatThrownBy(() -> bring().plan(minnie, 1300, Optional.of(folder.toString()), List.of()))
                .isInstanceOf(InputException.class).hasMessageContaining("no table of minnie65_public@1300 was found");
    }
}
