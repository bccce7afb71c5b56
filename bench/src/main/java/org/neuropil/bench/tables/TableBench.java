package org.neuropil.bench.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

import org.neuropil.pipeline.WorkRun;
import org.neuropil.tables.dataset.FrozenTables;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.version.Version;

/// Times tables of a made-up dataset; see `bench/tables`. Prints a line `figure NAME VALUE UNIT` for each figure.
///
/// `import FOLDER ROWS`: makes the tables and puts them into a version. `choose FOLDER ROWS` finds the cells that `cells
/// FOLDER ROWS` asks for. `queries FOLDER ROWS`, `live FOLDER ROWS`, `export FOLDER ROWS`: each asks that version.
@SuppressWarnings("SystemOut")
public final class TableBench {
    private static final long SEED = 1;
    private static final long ENGINE_MEMORY = 4L << 30;

    private TableBench() {}

    static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure %s %.6g %s%n", name, value, unit);
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /// Runs a part.
    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[1]);
        MadeSynapses world = new MadeSynapses(Long.parseLong(words[2]), SEED);
        Path temporary = folder.resolve("temporary");
        try (Engine engine = Engine.open(new Engine.Settings(ENGINE_MEMORY, 2, temporary, 16))) {
            switch (words[0]) {
                case "import" -> read(folder, world, engine);
                case "choose" -> new CellTimes(folder, world, engine).choose();
                case "cells" -> new CellTimes(folder, world, engine).run();
                case "queries" -> new WholeTimes(folder, world, engine).run();
                case "live" -> new LiveTimes(folder, world, engine).run();
                case "export" -> export(folder, engine);
                default -> throw new IllegalArgumentException(words[0]);
            }
        } finally {
            WorkRun.delete(temporary);
        }
    }

    private static void read(Path folder, MadeSynapses world, Engine engine) throws IOException, SQLException {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        MadeTables made = new MadeTables(world, scratch);
        FrozenTables tables = new FrozenTables(folder, engine);
        long begun = System.nanoTime();
        try (Engine.Lease lease = engine.lease()) {
            Version version = tables.versions().publish(lease.connection(), MadeTables.VERSION, MadeTables.TIME,
                    "made up", made.incoming());
            double seconds = seconds(begun) - made.makingNanos() / 1e9;
            Instant ended = Instant.now();
            long rows = MadeTables.synapses(version).rows();
            figure("rows", rows, "rows");
            figure("import.seconds", seconds, "s");
            figure("import.rows_per_s", rows / seconds, "rows/s");
            int orders = 0;
            long bytes = 0;
            Path place = folder.resolve(MadeTables.synapses(version).base());
            // The copy by place is the last of three; its rows were put into buckets before. Small tables have one copy.
            Path second = place.resolve("by_post_pt_root_id");
            if (Files.isDirectory(second)) {
                double two = seconds - Duration.between(last(second), ended).toNanos() / 1e9;
                figure("import.two_orders_rows_per_s", rows / two, "rows/s");
            }
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
            }
            try (Stream<Path> copies = Files.list(place)) {
                orders = (int) copies.filter(Files::isDirectory).count();
            }
            figure("disk.bytes_per_row", (double) bytes / rows / orders, "B");
            figure("disk.orders", orders, "orders");
            figure("disk.gib", bytes / (double) (1 << 30), "GiB");
        }
        WorkRun.delete(scratch);
    }

    /// When the last file of a folder was written.
    private static Instant last(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.toFile().lastModified()).max(Long::compare).map(Instant::ofEpochMilli)
                    .orElseThrow();
        }
    }

    /// Takes bytes and counts them.
    static final class Counting extends OutputStream {
        long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] values, int from, int length) {
            bytes += length;
        }
    }

    private static void export(Path folder, Engine engine) throws IOException {
        FrozenTables tables = new FrozenTables(folder, engine);
        long begun = System.nanoTime();
        Counting out = new Counting();
        long rows = Asked.write(tables, QueryBuilder.from(MadeTables.SYNAPSES).build(), out);
        figure("export.rows_per_s", rows / seconds(begun), "rows/s");
        figure("export.mb_per_s", out.bytes / 1e6 / seconds(begun), "MB/s");
    }
}
