package org.neuropil.tables.published;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/// A small made dataset, and its files exactly as MICrONS and V1DD publish them.
final class MadePublic {
    static final long ROOT = 864_691_135_000_000_000L;

    /// @param root with its place; 0 outside of the segmentation
    record Nucleus(long id, int[] at, long supervoxel, long root, double volume) {}

    record Synapse(long id, int[] pre, int[] ctr, int[] post, int size, long preSupervoxel, long preRoot,
            long postSupervoxel, long postRoot) {}

    /// A place that tells a nucleus' root better.
    record Better(long id, long nucleus, long root) {}

    record Typed(long id, long nucleus, String system, String type) {}

    final List<Nucleus> nuclei = new ArrayList<>();
    final List<Better> better = new ArrayList<>();
    final List<Typed> types = new ArrayList<>();
    final List<Synapse> synapses = new ArrayList<>();
    private final Random random;

    MadePublic(long seed, int cells, int contacts) {
        random = new Random(seed);
        for (int i = 0; i < cells; i++) {
            // Each tenth lies nowhere, each seventh shares its root with the one before.
            long root = i % 10 == 3 ? 0 : ROOT + (i % 7 == 5 ? i - 1 : i);
            nuclei.add(new Nucleus(200_000L + i * 3L, at(), 86_000_000_000_000_000L + i, root,
                    100 + random.nextInt(4000) / 8.0));
            if (i % 10 == 3 && i % 20 == 3) {
                better.add(new Better(1 + better.size(), 200_000L + i * 3L, ROOT + 1000 + i));
            }
            if (i % 3 != 0) {
                types.add(new Typed(1 + types.size(), 200_000L + i * 3L,
                        i % 2 == 0 ? "excitatory_neuron" : "inhibitory_neuron", i % 2 == 0 ? "5P-IT" : "BC"));
            }
        }
        for (int i = 0; i < contacts; i++) {
            synapses.add(new Synapse(400_000_000L + random.nextInt(1000) + i * 1000L, at(), at(), at(),
                    random.nextInt(5000), 87_000_000_000_000_000L + i, root(), 88_000_000_000_000_000L + i, root()));
        }
    }

    private int[] at() {
        return new int[]{50_000 + random.nextInt(300_000), 60_000 + random.nextInt(200_000),
            15_000 + random.nextInt(12_000)};
    }

    private long root() {
        int cell = random.nextInt(nuclei.size() + 20);
        return cell < nuclei.size() ? nuclei.get(cell).root() : ROOT + 5000 + cell;
    }

    private interface Lines {
        void write(Writer out) throws IOException;
    }

    private static void dump(Path folder, String name, String header, Lines lines) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + "_header.csv"), header.strip().replace(' ', '\n') + "\n");
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".csv.gz"));
                Writer out = new OutputStreamWriter(new GZIPOutputStream(file), StandardCharsets.UTF_8)) {
            lines.write(out);
        }
    }

    private static String xyz(int[] at) {
        return at[0] + "," + at[1] + "," + at[2];
    }

    /// `{table}_merged.csv.gz` with their headers, and the view of synapses.
    void dumps(Path folder) throws IOException {
        dump(folder, "nucleus_detection_v0_merged", """
                id,bigint created,timestamp valid,boolean volume,real bb_start_position_x,integer \
                bb_start_position_y,integer bb_start_position_z,integer pt_position_x,integer pt_position_y,integer \
                pt_position_z,integer pt_supervoxel_id,bigint pt_root_id,bigint""", out -> {
            for (Nucleus one : nuclei) {
                out.write(one.id() + ",2020-09-28 22:40:42.476911,t," + one.volume() + ",,,," + xyz(one.at()) + ","
                        + one.supervoxel() + "," + one.root() + "\n");
            }
            // Does not stand.
            out.write("1,2020-09-28 22:40:42.476911,f,1,,,,1,2,3,4,5\n");
        });
        dump(folder, "nucleus_alternative_points_merged", "id,bigint target_id,bigint pt_position_x,integer "
                + "pt_position_y,integer pt_position_z,integer pt_supervoxel_id,bigint pt_root_id,bigint", out -> {
                    for (Better one : better) {
                        out.write(one.id() + "," + one.nucleus() + ",7,8,9,99," + one.root() + "\n");
                    }
                });
        // With columns of what they refer to.
        dump(folder, "aibs_metamodel_celltypes_v661_merged", """
                id,bigint target_id,bigint classification_system,character_varying cell_type,character_varying \
                volume,real pt_supervoxel_id,bigint pt_root_id,bigint pt_position_x,integer pt_position_y,integer \
                pt_position_z,integer""", out -> {
            for (Typed one : types) {
                out.write(one.id() + "," + one.nucleus() + "," + one.system() + ",\"" + one.type()
                        + "\",1.5,3,4,5,6,7\n");
            }
        });
        dump(folder, "synapses_pni_2_v1_filtered_view", """
                id,bigint pre_pt_position_x,integer pre_pt_position_y,integer pre_pt_position_z,integer \
                ctr_pt_position_x,integer ctr_pt_position_y,integer ctr_pt_position_z,integer \
                post_pt_position_x,integer post_pt_position_y,integer post_pt_position_z,integer size,integer \
                pre_pt_supervoxel_id,bigint pre_pt_root_id,bigint post_pt_supervoxel_id,bigint \
                post_pt_root_id,bigint""", out -> {
            for (Synapse one : synapses) {
                out.write(one.id() + "," + xyz(one.pre()) + "," + xyz(one.ctr()) + "," + xyz(one.post()) + ","
                        + one.size() + "," + one.preSupervoxel() + "," + one.preRoot() + "," + one.postSupervoxel()
                        + "," + one.postRoot() + "\n");
            }
        });
    }

    /// Files of Parquet by DuckDB.
    static void sql(String... statements) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:"); Statement run = duck.createStatement()) {
            for (String sql : statements) {
                run.execute(sql);
            }
        }
    }

    /// The synapses as rows of SQL.
    String synapseValues() {
        StringBuilder rows = new StringBuilder("(VALUES ");
        for (Synapse one : synapses) {
            rows.append(rows.length() > 8 ? ", " : "").append(String.format(Locale.ROOT,
                    "(%d::BIGINT, %s, %s, %s, %d::REAL, %d::BIGINT, %d::BIGINT, %d::BIGINT, %d::BIGINT)", one.id(),
                    point(one.pre()), point(one.ctr()), point(one.post()), one.size(), one.preSupervoxel(),
                    one.preRoot(), one.postSupervoxel(), one.postRoot()));
        }
        return rows + ") t(id, pre_pt_position, ctr_pt_position, post_pt_position, size, pre_pt_supervoxel_id, "
                + "pre_pt_root_id, post_pt_supervoxel_id, post_pt_root_id)";
    }

    /// A point as PostGIS writes it.
    static String point(int[] at) {
        return "from_hex('" + hex(at) + "')";
    }

    static String hex(int[] at) {
        StringBuilder hex = new StringBuilder("0101000080");
        for (int one : at) {
            hex.append(String.format("%016X", Long.reverseBytes(Double.doubleToLongBits(one))));
        }
        return hex.toString();
    }

    /// A Delta table of synapses with a checkpoint, a file that was removed, and one that is parted by folders.
    void delta(Path folder) throws IOException, SQLException {
        Path log = Files.createDirectories(folder.resolve("_delta_log"));
        Files.createDirectories(folder.resolve("part=a b"));
        String rows = synapseValues();
        int half = synapses.size() / 2;
        long middle = synapses.get(half).id();
        sql("COPY (SELECT * FROM " + rows + " WHERE id < " + middle + ") TO '" + folder.resolve("one.parquet") + "'",
                "COPY (SELECT * FROM " + rows + " WHERE id >= " + middle + ") TO '"
                        + folder.resolve("part=a b").resolve("two.parquet") + "'",
                "COPY (SELECT * FROM " + rows + ") TO '" + folder.resolve("old.parquet") + "'",
                // What commits 0 and 1 amounted to.
                "COPY (SELECT * FROM (VALUES ({'path': 'old.parquet', 'size': 1::BIGINT, 'partitionValues': "
                        + "MAP {'part': 'x'}}, NULL), ({'path': 'one.parquet', 'size': "
                        + Files.size(written(folder, rows, middle))
                        + "::BIGINT, 'partitionValues': MAP {'part': 'x'}}, "
                        + "NULL)) t(\"add\", remove)) TO '" + log.resolve("00000000000000000001.checkpoint.parquet")
                        + "'");
        Files.writeString(log.resolve("_last_checkpoint"), "{\"version\":1,\"size\":2}");
        Files.writeString(log.resolve("00000000000000000002.json"), """
                {"commitInfo":{"operation":"OPTIMIZE"}}
                {"remove":{"path":"old.parquet","dataChange":false}}
                """);
        Files.writeString(log.resolve("00000000000000000003.json"),
                "{\"add\":{\"path\":\"part=a%20b/two.parquet\",\"size\":"
                        + Files.size(folder.resolve("part=a b").resolve("two.parquet"))
                        + ",\"partitionValues\":{\"part\":\"a b\"},\"dataChange\":true}}\n");
    }

    private static Path written(Path folder, String rows, long middle) throws SQLException {
        Path file = folder.resolve("one.parquet");
        sql("COPY (SELECT * FROM " + rows + " WHERE id < " + middle + ") TO '" + file + "'");
        return file;
    }

    /// Feather files as V1DD's bundle has them: positions in nm, cell types beside nuclei, labels of synapses by their ids.
    void bundle(Path folder, int version) throws IOException, SQLException {
        Files.createDirectories(folder);
        StringBuilder cells = new StringBuilder();
        for (Nucleus one : nuclei) {
            String type = types.stream().filter(typed -> typed.nucleus() == one.id()).map(Typed::type).findFirst()
                    .map(typed -> "'" + typed + "'").orElse("NULL");
            cells.append(cells.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT,
                    "(%d::BIGINT, %d::BIGINT, %s, %s::DOUBLE, 0.5::DOUBLE, 'E', %s)", one.id(), one.root(),
                    nm(one.at(), 9), one.volume(), type));
        }
        feather(folder.resolve("soma_and_cell_type_" + version + ".feather"), "SELECT * FROM (VALUES " + cells
                + ") t(id, pt_root_id, pt_position_x, pt_position_y, pt_position_z, volume, pt_position_trform_y, "
                + "cell_type_coarse, cell_type)");
        StringBuilder rows = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        for (Synapse one : synapses) {
            rows.append(rows.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT,
                    "(%d::BIGINT, %d::BIGINT, %d::BIGINT, %s, %s, %s, %d)", one.id(), one.preRoot(), one.postRoot(),
                    nm(one.pre(), 9.7), nm(one.ctr(), 9.7), nm(one.post(), 9.7), one.size()));
            labels.append(labels.isEmpty() ? "" : ", ").append("(").append(one.id()).append("::BIGINT, '")
                    .append(one.size() % 2 == 0 ? "spine" : "shaft").append("')");
        }
        feather(folder.resolve("syn_df_all_to_proofread_to_all_" + version + ".feather"), "SELECT * FROM (VALUES "
                + rows + ") t(id, pre_pt_root_id, post_pt_root_id, pre_pt_position_x, pre_pt_position_y, "
                + "pre_pt_position_z, ctr_pt_position_x, ctr_pt_position_y, ctr_pt_position_z, post_pt_position_x, "
                + "post_pt_position_y, post_pt_position_z, size)");
        feather(folder.resolve("syn_label_df_all_to_proofread_to_all_" + version + ".feather"),
                "SELECT * FROM (VALUES " + labels + ") t(id, tag)");
    }

    private static String nm(int[] at, double voxel) {
        return String.format(Locale.ROOT, "%s::DOUBLE, %s::DOUBLE, %s::DOUBLE", at[0] * voxel, at[1] * voxel,
                at[2] * 45.0);
    }

    private static void feather(Path file, String sql) throws IOException, SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement run = duck.createStatement();
                ResultSet rows = run.executeQuery(sql);
                BufferAllocator allocator = new RootAllocator();
                ArrowReader reader = (ArrowReader) rows.unwrap(DuckDBResultSet.class).arrowExportStream(allocator,
                        1000);
                FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(reader.getVectorSchemaRoot(), null, out)) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
    }
}
