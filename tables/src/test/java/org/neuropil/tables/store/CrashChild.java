package org.neuropil.tables.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;

/// A process that changes a store until it is killed, and says what was acknowledged. Each thread inserts batches of rows,
/// and then replaces the first half of a batch by a batch of the next number, deletes the batch, or leaves it. It says
/// `BATCH=SIZE` when one is in, `?BATCH` before it touches it again, `BATCH>BATCH` when half was replaced, and `-BATCH`
/// when it was deleted.
@SuppressWarnings("SystemOut")
final class CrashChild {
    static final TableSchema SCHEMA = new TableSchema("batches",
            List.of(new Field.Value("batch", true, ColumnType.INT64, false, List.of(), "", ""),
                    new Field.Value("size", true, ColumnType.INT32, false, List.of(), "", "")));
    private static final int THREADS = 4;
    private static final int LARGEST = 60;
    private static final int MOST_LINES = 120;
    private static final long MOST_NANOS = 40_000_000;

    private CrashChild() {}

    static AnnotationStore open(String address) throws IOException {
        return address.startsWith("jdbc:")
                ? PostgresStore.open(address, Clock.systemUTC())
                : DuckStore.open(Path.of(address), Clock.systemUTC());
    }

    /// Changes the store at an address until it is killed.
    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[1]) * 1_000_000_000L;
        try (AnnotationStore store = open(arguments[0])) {
            say("open");
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long from = first + thread * 100_000_000L;
                threads.add(Thread.ofPlatform().start(() -> work(store, from)));
            }
            threads.forEach(CrashChild::join);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void work(AnnotationStore store, long from) {
        Random random = new Random(from);
        try {
            for (long batch = from;; batch += 2) {
                int size = 2 + 2 * random.nextInt(LARGEST / 2);
                long[] ids = store.insert("names", batch(batch, size));
                say(batch + "=" + size);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        long[] half = Arrays.copyOf(ids, size / 2);
                        say("?" + batch);
                        store.update("names", half, batch(batch + 1, size / 2));
                        say(batch + ">" + (batch + 1));
                    }
                    case 1 -> {
                        say("?" + batch);
                        store.delete("names", ids);
                        say("-" + batch);
                    }
                    default -> {
                        // It stays.
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            throw new IllegalStateException(e);
        }
    }

    private static Rows batch(long batch, int size) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rows.add(List.of(batch, size));
        }
        return Plain.rows(Checks.fields(SCHEMA), rows);
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /// Starts a process and kills it (SIGKILL) at a random moment.
    ///
    /// @param temp its own folder
    /// @return what it said
    static List<String> killed(String address, Path temp, int number, Random random) throws IOException {
        Files.createDirectories(temp);
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Djava.io.tmpdir=" + temp, "-cp",
                System.getProperty("java.class.path"), CrashChild.class.getName(), address, Integer.toString(number))
                .redirectError(temp.resolve("errors").toFile()).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            int wanted = random.nextInt(MOST_LINES);
            while (lines.size() < wanted) {
                String line = out.readLine();
                assertThat(line).as("it lives until it is killed: %s", Files.readString(temp.resolve("errors")))
                        .isNotNull();
                lines.add(line);
            }
            long until = System.nanoTime() + random.nextLong(MOST_NANOS);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(process.isAlive())
                    .as("it lives until it is killed: %s", Files.readString(temp.resolve("errors")))
                    .isTrue();
            // By its handle, as what it has said could not be read otherwise.
            process.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } finally {
            process.toHandle().destroyForcibly();
            process.onExit().join();
        }
        return lines;
    }
}
