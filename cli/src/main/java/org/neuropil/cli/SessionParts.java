package org.neuropil.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.neuropil.physiology.table.PairFile;
import org.neuropil.physiology.table.ResultFile;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.tables.column.Column;

/// Rows of many sessions while they are computed: a file of Parquet for each session, kept until all are there. Beside a
/// result they outlive a run that is killed, and the same command goes on with them; for stdout they do not.
final class SessionParts implements AutoCloseable {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final Path folder;
    private final Optional<WorkRun> run;

    private SessionParts(Path folder, Optional<WorkRun> run) {
        this.folder = folder;
        this.run = run;
    }

    /// Those of a result.
    ///
    /// @param result its file; parts lie in a folder beside it, whose name begins with a point
    /// @param recipe all that decides the rows; parts of another one are thrown away
    static SessionParts beside(Path result, Recipe recipe, RunOptions options) throws IOException {
        Path whole = result.toAbsolutePath().normalize();
        WorkRun run = WorkRun.open(whole.resolveSibling("." + whole.getFileName() + ".parts"), recipe, options);
        SessionParts parts = new SessionParts(run.folder(), Optional.of(run));
        parts.sweep();
        return parts;
    }

    /// Those of what goes to stdout.
    static SessionParts temporary() throws IOException {
        return new SessionParts(Files.createTempDirectory("neuropil-parts"), Optional.empty());
    }

    /// Deletes scratch files of a run that was killed.
    private void sweep() throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.list(folder)) {
            left = all.filter(path -> path.getFileName().toString().startsWith(".rows-")
                    || path.getFileName().toString().endsWith(".unfinished")).toList();
        }
        for (Path path : left) {
            WorkRun.delete(path);
        }
    }

    /// Where scratch files may lie.
    Path folder() {
        return folder;
    }

    /// The file of a session, there or not.
    ///
    /// @param kind of rows
    Path file(int session, String kind) {
        return folder.resolve(session + "-" + kind + ".parquet");
    }

    /// Whether the rows of a session were kept: a file of Parquet ends as it begins.
    static boolean isKept(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) < 2L * MAGIC.length) {
            return false;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] begin = new byte[MAGIC.length];
            byte[] end = new byte[MAGIC.length];
            bytes.readFully(begin);
            bytes.seek(bytes.length() - MAGIC.length);
            bytes.readFully(end);
            return Arrays.equals(begin, MAGIC) && Arrays.equals(end, MAGIC);
        }
    }

    /// Keeps the rows of a session; they are there when this ends, or not at all.
    void keep(ResultFile rows, Path file) throws IOException {
        rows.writePart(unfinished(file));
        place(file);
    }

    /// Where a file is written to before it is kept.
    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".unfinished");
    }

    /// Keeps the rows of a session that were written to [#unfinished].
    void keep(PairFile rows, Path file) throws IOException {
        rows.end();
        place(file);
    }

    private static void place(Path file) throws IOException {
        Path unfinished = unfinished(file);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true); // or a name could outlive its bytes when the power fails
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The rows of all sessions that have some, in order.
    ///
    /// @param files that were kept
    /// @param columns of each
    ResultFile all(List<Path> files, List<List<Column>> columns) throws IOException {
        return new ResultFile(folder, ResultFile.union(columns), files);
    }

    /// Throws all away: it is not needed any more.
    void discard() throws IOException {
        if (run.isPresent()) {
            run.get().discard();
        } else {
            WorkRun.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        if (run.isPresent()) {
            run.get().close();
        } else {
            WorkRun.delete(folder);
        }
    }
}
