package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// Work in a folder of its own: a lock, so that it is done once at a time; the recipe, so that it is gone on with only
/// if the result will be the same; a ledger of blocks; scratch space. Killed at any moment, opening it again with the
/// same recipe goes on where it was.
public final class WorkRun implements AutoCloseable {
    private static final String MARK = "recipe.json";
    private static final String COMMIT = "commit.json";

    private final Path folder;
    private final Recipe recipe;
    private final RunOptions options;
    private final WorkLock lock;
    private final Ledger ledger;
    private final boolean resumed;
    private final boolean wasThere;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();

    /// What puts a result in its place. Made again after a cut, it does what is left of it.
    @FunctionalInterface
    public interface Moves {
        /// Makes them.
        void make() throws IOException;
    }

    private WorkRun(Path folder, Recipe recipe, RunOptions options, WorkLock lock) throws IOException {
        this.folder = folder;
        this.recipe = recipe;
        this.options = options;
        this.lock = lock;
        if (Files.exists(folder.resolve(COMMIT))) {
            throw new IOException("a run that is as good as done was cut off in " + folder
                    + " at this moment; give the same command again");
        }
        this.wasThere = Files.exists(folder);
        if (options.fresh() || !mark(folder).equals(Optional.of(recipe.digest()))) {
            StageRun.deleteTree(folder);
            Files.createDirectories(folder);
            Json.write(folder.resolve(MARK), recipe, false);
        }
        Files.createDirectories(scratch());
        Path ledgerPath = folder.resolve("ledger");
        this.resumed = Files.exists(ledgerPath);
        this.ledger = Ledger.open(ledgerPath);
    }

    /// Opens work, new or begun earlier.
    ///
    /// @param folder of the work; work of another recipe in it is thrown away. Its lock lies beside it
    /// @throws InputException if another process is at work in it at this moment
    public static WorkRun open(Path folder, Recipe recipe, RunOptions options) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        WorkLock lock = lock(recipe.verb(), absolute);
        try {
            return new WorkRun(absolute, recipe, options, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static WorkLock lock(String verb, Path folder) throws IOException {
        return WorkLock.take(folder)
                .orElseThrow(() -> new InputException("'" + verb + "' is being run here by somebody else",
                        folder.toString(), "wait until it ends, or stop it"));
    }

    /// Work that is done in one go.
    public interface Alone extends AutoCloseable {
        /// Lets others at it, and leaves nothing of the work's folder.
        @Override
        void close() throws IOException;
    }

    /// Keeps others from the same work.
    ///
    /// @param folder of the work; nothing else is done in it
    /// @throws InputException if another process is at it at this moment
    public static Alone alone(String verb, Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        return alone(lock(verb, absolute), absolute);
    }

    /// Keeps others from the same work, which takes no longer than writing a file; waits for those who are at it.
    ///
    /// @param folder of the work; nothing else is done in it
    /// @throws IOException if they were not ready in a minute
    public static Alone alone(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        return alone(WorkLock.await(absolute), absolute);
    }

    private static Alone alone(WorkLock lock, Path folder) {
        return () -> {
            try (lock) {
                throwAway(folder);
            }
        };
    }

    /// Makes the moves of a run that was cut off in [#commit], if there is one and nobody is at it at this moment.
    ///
    /// @param folder of the work, whatever its recipe
    /// @param moves as they were given to [#commit]
    /// @return true if there was one; of its work nothing is left
    public static boolean complete(Path folder, Moves moves) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path commit = absolute.resolve(COMMIT);
        if (!Files.exists(commit)) {
            return false;
        }
        Optional<WorkLock> lock = WorkLock.take(absolute);
        if (lock.isEmpty()) {
            return false;
        }
        try (WorkLock _ = lock.get()) {
            boolean cutOff = Files.exists(commit);
            if (cutOff) {
                moves.make();
                throwAway(absolute);
            }
            return cutOff;
        }
    }

    /// Throws away what a run has left that was cut off when its result already stood in its place. Unfinished work of
    /// another recipe stays, and so does what somebody is at.
    ///
    /// @param folder of the work
    /// @param standing digest of the recipe whose result stands in its place
    /// @return true if something was thrown away
    public static boolean clear(Path folder, String standing) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.exists(absolute) && !WorkLock.isLeft(absolute)) {
            return false;
        }
        Optional<WorkLock> lock = WorkLock.take(absolute);
        if (lock.isEmpty()) {
            return false;
        }
        try (WorkLock _ = lock.get()) {
            if (!mark(absolute).orElse(standing).equals(standing)) {
                return false;
            }
            throwAway(absolute);
            return true;
        }
    }

    /// Deletes a file, or a folder with all that is in it; nothing if there is none.
    public static void delete(Path path) throws IOException {
        StageRun.deleteTree(path);
    }

    /// Digest of the recipe that work in a folder follows; empty if there is none, or only what was left of it.
    static Optional<String> mark(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        try {
            return Files.exists(mark) ? Optional.of(Json.read(mark, Recipe.class).digest()) : Optional.empty();
        } catch (InputException e) {
            return Optional.empty(); // torn by a loss of power: nobody can go on with it
        }
    }

    /// The folder of the work.
    public Path folder() {
        return folder;
    }

    /// Folder for what later jobs need and nobody after them.
    public Path scratch() {
        return folder.resolve("scratch");
    }

    /// Runs the blocks of a job that are not done yet.
    ///
    /// @throws IOException if blocks fail; tells how many, and the first of them
    public void run(BlockJob job) throws IOException {
        JobRun.run(job, ledger, folder, options);
    }

    /// Deletes what workers that were killed left half-written where the work is done, be it of
    /// another recipe, if there can be such.
    public void sweep(Path made) throws IOException {
        if (wasThere || options.runner().losesWorkers()) {
            FileStore.sweep(made);
        }
    }

    /// What is to lie beside the result.
    ///
    /// @param figures what was counted or measured, deterministic
    public Provenance provenance(Map<String, Object> figures) {
        return Provenance.of(recipe, figures, started, startedNanos, resumed, options);
    }

    /// Puts the result in its place and throws the work away. Once this has begun it will be done: if it is cut off,
    /// [#complete] does what is left.
    public void commit(Moves moves) throws IOException {
        Json.write(folder.resolve(COMMIT), recipe, true);
        moves.make();
        discard();
    }

    /// Throws the work away.
    public void discard() throws IOException {
        ledger.close();
        throwAway(folder);
    }

    /// The recipe goes first, so that what a cut leaves is never taken for work to go on with.
    private static void throwAway(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(MARK));
        StageRun.deleteTree(folder);
        WorkLock.delete(folder);
        Path parent = folder.getParent();
        if (parent != null) {
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                return; // other work is being done beside it
            }
        }
    }

    /// Lets go of the lock; unfinished work stays.
    @Override
    public void close() throws IOException {
        try (lock) {
            ledger.close();
        }
    }
}
