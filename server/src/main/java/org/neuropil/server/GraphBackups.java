package org.neuropil.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.ingest.GraphFolder;
import org.neuropil.graph.live.GraphBackup;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Failures;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backups of graphs that are served, which nobody else can take while this process has them open. They are folders in
/// one folder of this machine; a client chooses a name in it and nothing else. One is written at a time, by a thread of
/// its own, while others read and edit.
final class GraphBackups implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GraphBackups.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Source source;
    private final Path folder;
    private @Nullable Job latest;
    private boolean closed;

    /// @param folder where backups are; need not exist
    GraphBackups(Source source, Path folder) {
        this.source = source;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /// Where graphs are that can be copied.
    @FunctionalInterface
    interface Source {
        /// A graph by the name of its table; empty if there is none that is edited.
        Optional<Open> findOpen(String table) throws IOException;
    }

    /// A part of a dataset that is a graph, open.
    record Open(Dataset dataset, String part, LiveGraph graph) {}

    /// A backup.
    ///
    /// @param name of its folder
    /// @param graph that it is of; null if nobody remembers
    /// @param state `running`, `done` or `failed`
    /// @param bytes that are written
    /// @param total how many it will be, about; null if nobody remembers
    /// @param begun when it was asked for; null if nobody remembers
    /// @param ended when it was whole, or failed; null if it is being written
    /// @param operations edits that are in it for certain, those that were there when it was asked for; null if nobody
    ///        remembers
    /// @param error why it failed; null if it did not
    record Backup(String name, @Nullable String graph, String state, long bytes, @Nullable Long total,
            @Nullable Instant begun, @Nullable Instant ended, @Nullable Long operations, @Nullable String error) {}

    /// A backup that this server writes, or wrote last.
    private final class Job {
        private final String name;
        private final String table;
        private final Open open;
        private final boolean replace;
        private final Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        private final long total;
        private final long operations;
        private final Thread thread = Thread.ofPlatform().name("graph-backup").daemon().unstarted(this::write);
        private volatile @Nullable String error;
        private volatile @Nullable Instant ended;

        Job(String name, String table, Open open, boolean replace) throws IOException {
            this.name = name;
            this.table = table;
            this.open = open;
            this.replace = replace;
            total = bytes(open.dataset().path(open.part()));
            open.graph().head();
            operations = open.graph().figures().getOrDefault("operations", 0L);
        }

        private void write() {
            try {
                GraphBackup.write(open.dataset(), open.part(), open.graph(), folder.resolve(name), replace);
                LOG.info("backup {} of {} is written", name, table);
            } catch (InputException e) {
                error = outside(e.sentence());
            } catch (Throwable e) {
                // Errors too: what did not end well must not be taken for whole.
                error = outside(Failures.words(e));
                LOG.error("backup {} of {} failed", name, table, e);
            } finally {
                ended = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            }
        }

        boolean isRunning() {
            return ended == null;
        }

        Backup report() throws IOException {
            Instant end = ended;
            String why = error;
            long written = end == null ? bytesBeside() : why == null ? bytes(folder.resolve(name)) : 0;
            return new Backup(name, table, end == null ? "running" : why == null ? "done" : "failed", written, total,
                    begun, end, operations, why);
        }

        /// Of the folders that are not whole yet.
        private long bytesBeside() throws IOException {
            long sum = 0;
            for (Path path : list(folder)) {
                if (FileStore.isTemporary(path) && path.getFileName().toString().startsWith(name + ".")) {
                    sum += bytes(path);
                }
            }
            return sum;
        }
    }

    /// A text without the place of the backups on this machine, which clients are not told.
    private String outside(String text) {
        return text.replace(folder + folder.getFileSystem().getSeparator(), "");
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !FileStore.isTemporary(Path.of(name));
    }

    /// Begins to write a backup.
    ///
    /// @param table of the graph
    /// @param wanted its name; empty for one that tells the table and the moment
    /// @param replace true to take the place of an earlier backup of the name
    /// @throws Problem if the name is none or taken, if the graph cannot be copied, or while another one is being written
    synchronized Backup begin(String table, String wanted, boolean replace) throws IOException {
        String name = wanted.isEmpty()
                ? "graph-" + table.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + STAMP.format(Instant.now())
                : wanted;
        if (!isName(name)) {
            throw new Problem(400, "'" + name + "' is no name of a backup", "name",
                    "use at most 100 letters, digits, '.', '_' and '-', a letter or digit first");
        }
        Job before = latest;
        if (before != null && before.isRunning()) {
            throw new Problem(503, "backup '" + before.name + "' is being written", "", "ask again when it is done");
        }
        if (closed) {
            throw new Problem(503, "the server is being stopped", "", "");
        }
        Open open = source.findOpen(table).orElseThrow(() -> Problem.notFound("there is no graph '" + table
                + "' that can be copied", "graph", "a past state is in the backup of its graph"));
        check(open);
        if (!replace && Files.exists(folder.resolve(name))) {
            throw new Problem(409, "there is a backup '" + name + "'", "name",
                    "choose another name, or send \"replace\": true");
        }
        Job job = new Job(name, table, open, replace);
        latest = job;
        job.thread.start();
        return job.report();
    }

    private void check(Open open) throws IOException {
        GraphFolder graph = GraphFolder.open(open.dataset(), open.part());
        if (!graph.isEmbedded()) {
            throw new Problem(409, "the rows of this graph are in " + graph.contents().rows(), "graph",
                    "use the backups of the database that holds them");
        }
        for (String part : open.dataset().parts().keySet()) {
            if (folder.startsWith(open.dataset().path(part).toAbsolutePath().normalize())) {
                throw new Problem(409, "the folder for backups lies in part '" + part + "'", "",
                        "start the server with --backups and another folder");
            }
        }
    }

    /// A backup by its name; empty if there is none.
    Optional<Backup> find(String name) throws IOException {
        Job job = latest();
        if (job != null && job.name.equals(name)) {
            return Optional.of(job.report());
        }
        return isName(name) ? whole(folder.resolve(name)) : Optional.empty();
    }

    /// All that there are, by name.
    List<Backup> list() throws IOException {
        TreeMap<String, Backup> all = new TreeMap<>();
        for (Path path : list(folder)) {
            if (isName(path.getFileName().toString())) {
                whole(path).ifPresent(backup -> all.put(backup.name(), backup));
            }
        }
        Job job = latest();
        if (job != null) {
            all.put(job.name, job.report());
        }
        return new ArrayList<>(all.values());
    }

    private synchronized @Nullable Job latest() {
        return latest;
    }

    private static Optional<Backup> whole(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve(GraphFolder.FILE))) {
            return Optional.empty();
        }
        return Optional.of(new Backup(path.getFileName().toString(), null, "done", bytes(path), null, null,
                Files.getLastModifiedTime(path).toInstant(), null, null));
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /// Bytes of all files in a folder, in which others may be moving and deleting some.
    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(GraphBackups::fileBytes).sum();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long fileBytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /// Waits for the one that is being written: the graph is closed after this.
    @Override
    public void close() {
        Job job;
        synchronized (this) {
            closed = true;
            job = latest;
        }
        if (job != null) {
            try {
                job.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
