package org.neuropil.bench.tables;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.load.FrozenRows;
import org.neuropil.tables.schema.Schemas;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.version.Incoming;
import org.neuropil.tables.version.Version;

/// The made-up tables as a public dataset publishes them, and how they come in: synapses, nuclei, and types of cells that
/// refer to nuclei.
final class MadeTables {
    static final Instant TIME = Instant.parse("2025-01-13T10:10:01Z");
    static final int VERSION = 1300;
    static final String SYNAPSES = "synapses_pni_2";
    static final String NUCLEI = "nucleus_detection_v0";
    static final String TYPES = "aibs_metamodel_celltypes_v661";
    /// Rows that lie on the disk as CSV at a time.
    private static final long PART_ROWS = 24_000_000;
    private static final VoxelSize SIZE = new VoxelSize(4, 4, 40);
    private static final String[] NAMES = {"23P", "4P", "5P-IT", "5P-ET", "5P-NP", "6P-IT", "6P-CT", "BC", "BPC", "MC",
        "NGC"};

    private static final TableInfo SYNAPSE_INFO = info(SYNAPSES, "synapse", Optional.empty());
    private static final TableInfo NUCLEUS_INFO = info(NUCLEI, "nucleus_detection", Optional.empty());
    private static final TableInfo TYPE_INFO = info(TYPES, "cell_type_reference", Optional.of(NUCLEI));

    private final MadeSynapses world;
    private final Path scratch;
    private long made;

    MadeTables(MadeSynapses world, Path scratch) {
        this.world = world;
        this.scratch = scratch;
    }

    /// Where a version has the synapses, and how many.
    static Version.Table synapses(Version version) {
        return Objects.requireNonNull(version.tables().get(SYNAPSES));
    }

    /// How long it took to write what was read, in nanoseconds.
    long makingNanos() {
        return made;
    }

    private static TableInfo info(String name, String schema, Optional<String> target) {
        return new TableInfo(name, schema, "made up", SIZE, "bench", target, false, "", "", Permission.PRIVATE,
                Permission.PUBLIC);
    }

    /// The tables, the rows of which are made when they are asked for.
    List<Incoming> incoming() {
        int count = (int) Math.max(1, world.rows / PART_ROWS);
        return List.of(new Incoming(SYNAPSE_INFO, Schemas.known("synapse"), new Parts(count, this::synapses)),
                new Incoming(NUCLEUS_INFO, Schemas.known("nucleus_detection"), new Parts(1, this::nuclei)),
                new Incoming(TYPE_INFO, Schemas.known("cell_type_reference"), new Parts(1, this::types)));
    }

    /// Makes files, and opens them as `neuropil get` does.
    private interface Making {
        FrozenRows make(Connection connection, int part, int parts) throws IOException;
    }

    private final class Parts implements Incoming.Pieces {
        private final int count;
        private final Making making;
        private int made;
        private FrozenRows.@Nullable Parts open;

        private Parts(int count, Making making) {
            this.count = count;
            this.making = making;
        }

        @Override
        public @Nullable String next(Connection connection) throws IOException {
            while (true) {
                FrozenRows.Parts now = open;
                String part = now == null ? null : now.next();
                if (part != null) {
                    return part;
                }
                if (now != null) {
                    now.close();
                    open = null;
                }
                if (made == count) {
                    return null;
                }
                open = making.make(connection, made++, count).parts(scratch);
            }
        }
    }

    private FrozenRows synapses(Connection connection, int part, int parts) throws IOException {
        int from = (int) ((long) world.blocks() * part / parts);
        int to = (int) ((long) world.blocks() * (part + 1) / parts);
        long begun = System.nanoTime();
        Path file = scratch.resolve("synapses.csv.gz");
        int pieces = Math.min(to - from, 8);
        Path[] members = new Path[pieces];
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < pieces; i++) {
                Path member = scratch.resolve("member" + i);
                members[i] = member;
                int first = from + (to - from) * i / pieces;
                int last = from + (to - from) * (i + 1) / pieces;
                all.add(threads.submit(() -> {
                    PublishedFile.write(world, first, last, member);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
        // Compressed files put together are a compressed file.
        try (var out = Files.newOutputStream(file)) {
            for (Path member : members) {
                Files.copy(member, out);
                Files.delete(member);
            }
        }
        made += System.nanoTime() - begun;
        return csv(connection, file, PublishedFile.COLUMNS, SYNAPSE_INFO, Schemas.known("synapse"));
    }

    private interface Line {
        String of(int cell);
    }

    private Path write(String name, int rows, Line line) throws IOException {
        Path file = scratch.resolve(name);
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < rows; i++) {
                out.write(line.of(i));
                out.write('\n');
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return file;
    }

    private FrozenRows nuclei(Connection connection, int part, int parts) throws IOException {
        long begun = System.nanoTime();
        Path file = write("nuclei.csv.gz", world.cells(), cell -> {
            Int3 at = world.nucleus(cell);
            return cell + 1 + ",2020-09-28 22:41:48,t," + at.x() + "," + at.y() + "," + at.z() + ","
                    + ((1L << 56) + cell) + "," + MadeSynapses.root(cell) + "," + (100 + cell % 300);
        });
        made += System.nanoTime() - begun;
        return csv(connection, file, new String[][]{{"id", "bigint"}, {"created", "timestamp"}, {"valid", "bool"},
            {"pt_position_x", "int"}, {"pt_position_y", "int"}, {"pt_position_z", "int"},
            {"pt_supervoxel_id", "bigint"}, {"pt_root_id", "bigint"}, {"volume", "float"}}, NUCLEUS_INFO,
                Schemas.known("nucleus_detection"));
    }

    private FrozenRows types(Connection connection, int part, int parts) throws IOException {
        long begun = System.nanoTime();
        Path file = write("types.csv.gz", world.cells(), cell -> cell + 1 + ",2023-04-19 20:50:49,t," + (cell + 1)
                + "," + (cell % 11 < 7 ? "excitatory_neuron" : "inhibitory_neuron") + "," + NAMES[cell % 11]);
        made += System.nanoTime() - begun;
        return csv(connection, file, new String[][]{{"id", "bigint"}, {"created", "timestamp"}, {"valid", "bool"},
            {"target_id", "bigint"}, {"classification_system", "varchar"}, {"cell_type", "varchar"}}, TYPE_INFO,
                Schemas.known("cell_type_reference"));
    }

    /// The rows of a file, each value checked.
    private static FrozenRows csv(Connection connection, Path file, String[][] columns, TableInfo info,
            TableSchema schema) throws IOException {
        Map<String, String> header = new LinkedHashMap<>();
        for (String[] column : columns) {
            header.put(column[0], column[1]);
        }
        try {
            return FrozenRows.open(connection.unwrap(DuckDBConnection.class),
                    new FrozenRows.RowSource(file, header, Map.of(), Map.of(), 0, ""), info, schema, TIME);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
