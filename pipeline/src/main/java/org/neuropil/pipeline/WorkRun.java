package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// Work in a folder of its own: a lock, so that it is done once at a time; the recipe, so that it is gone on with only
/// if the result will be the same; a ledger of blocks; scratch space. Killed at any moment, opening it again with the
/// same recipe goes on where it was.
public final class WorkRun implements AutoCloseable {
    private static final String MARK = "recipe.json";
    private static final int MOST_ATTEMPTS = 100;

    private final Path folder;
    private final Recipe recipe;
    private final RunOptions options;
    private final FileChannel lockFile;
    private final Ledger ledger;
    private final boolean resumed;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();

    private WorkRun(Path folder, Recipe recipe, RunOptions options, FileChannel lockFile) throws IOException {
        this.folder = folder;
        this.recipe = recipe;
        this.options = options;
        this.lockFile = lockFile;
        if (!isBegun(folder, recipe) || options.fresh()) {
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
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new InputException("cannot be worked in", folder.toString(), "name another folder");
        }
        FileChannel lockFile = lockFile(parent, lockPath(absolute));
        try {
            lock(lockFile, recipe.verb(), absolute);
            return new WorkRun(absolute, recipe, options, lockFile);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /// True if work of a recipe has been begun in a folder and is not finished.
    public static boolean isBegun(Path folder, Recipe recipe) throws IOException {
        Path mark = folder.resolve(MARK);
        return Files.exists(mark) && Json.read(mark, Recipe.class).digest().equals(recipe.digest());
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

    /// Deletes what workers that were killed left half-written in a folder of the work, if there can be such.
    public void sweep(Path made) throws IOException {
        if (resumed || options.runner().losesWorkers()) {
            FileStore.sweep(made);
        }
    }

    /// What is to lie beside the result.
    ///
    /// @param figures what was counted or measured, deterministic
    public Provenance provenance(Map<String, Object> figures) {
        return Provenance.of(recipe, figures, started, startedNanos, resumed, options);
    }

    /// Throws the work away once its result stands in its place. The recipe goes first, so that what a cut leaves is
    /// never taken for work to go on with.
    public void discard() throws IOException {
        ledger.close();
        Files.deleteIfExists(folder.resolve(MARK));
        StageRun.deleteTree(folder);
        Files.deleteIfExists(lockPath(folder));
    }

    /// Lets go of the lock; unfinished work stays.
    @Override
    public void close() throws IOException {
        try (lockFile) {
            ledger.close();
        }
    }

    /// The lock's file, in a folder that others may delete between two steps, having found it empty.
    private static FileChannel lockFile(Path parent, Path file) throws IOException {
        for (int attempt = 1;; attempt++) {
            Files.createDirectories(parent);
            try {
                return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Path lockPath(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    static void lock(FileChannel file, String verb, Path folder) throws IOException {
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process: told as if another had it.
        }
        throw new InputException("'" + verb + "' is being run here by somebody else", folder.toString(),
                "wait until it ends, or stop it");
    }
}
