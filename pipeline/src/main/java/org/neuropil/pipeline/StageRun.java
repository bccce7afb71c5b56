package org.neuropil.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// One run of a stage over a dataset: it writes its parts in a work folder, block by block with a ledger, and moves
/// them in place when all are whole. Killed at any moment, the same call goes on where it was; earlier parts stay whole
/// until the moment they are replaced.
///
/// The work folder is `.work/<verb>-<first part>`. The moves are made by a redo log (`commit.json`): once it is on the
/// disk the run is finished, and whoever opens the stage next completes the moves.
public final class StageRun implements AutoCloseable {
    private static final String COMMIT = "commit.json";
    private static final String MARK = "recipe.json";

    private final Dataset dataset;
    private final Recipe recipe;
    private final Map<String, Dataset.Part> parts;
    private final RunOptions options;
    private final Path work;
    private final WorkLock lock;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final @Nullable Provenance finished;
    private @Nullable Ledger ledger;
    private boolean resumed;

    private StageRun(Dataset dataset, Recipe recipe, Map<String, Dataset.Part> parts, RunOptions options, Path work,
            WorkLock lock) throws IOException {
        this.dataset = dataset;
        this.recipe = recipe;
        this.parts = parts;
        this.options = options;
        this.work = work;
        this.lock = lock;
        completeMoves();
        if (!Files.exists(work.resolve(MARK))) {
            // What is left without its recipe is a finished run's, killed while it was being deleted.
            deleteTree(work);
        }
        this.finished = findFinished();
        if (finished == null) {
            prepare();
        }
    }

    /// Opens a run: takes its lock, completes an earlier run that was cut off while moving its parts in place, and looks
    /// whether there is anything to do.
    ///
    /// @param parts what it will write, by name: kind of each; the folder has the part's name
    /// @throws InputException if a part exists that another recipe made and [RunOptions#force] is not set; if what would
    ///         be replaced is of another kind, no part, or an input of the recipe, whatever the options say; or if another
    ///         process runs the stage at this moment
    public static StageRun open(Dataset dataset, Recipe recipe, Map<String, Dataset.Kind> parts, RunOptions options)
            throws IOException {
        Map<String, Dataset.Part> entries = new TreeMap<>();
        parts.forEach((name, kind) -> {
            Dataset.checkName(name, "part");
            entries.put(name, new Dataset.Part(kind, name));
        });
        Path work = dataset.folder().resolve(Dataset.WORK)
                .resolve(recipe.verb() + "-" + entries.keySet().iterator().next());
        WorkLock lock = WorkLock.take(work.toAbsolutePath())
                .orElseThrow(() -> new InputException(
                        "'" + recipe.verb() + "' is being run on this dataset by somebody else",
                        dataset.folder().toString(), "wait until it ends, or stop it"));
        try {
            return new StageRun(dataset, recipe, entries, options, work, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// What an earlier run with the same recipe left, if all its parts are there; then there is nothing to do.
    public Optional<Provenance> finished() {
        return Optional.ofNullable(finished);
    }

    /// Folder in which a part is being made.
    public Path folder(String part) {
        if (!parts.containsKey(part)) {
            throw new IllegalArgumentException("part " + part);
        }
        return work.resolve(part);
    }

    /// Folder for what later jobs of the run need and nobody after it.
    public Path scratch() {
        return work.resolve("scratch");
    }

    /// Runs the blocks of a job that are not done yet.
    ///
    /// @throws IOException if blocks fail; tells how many, and the first of them
    public void run(BlockJob job) throws IOException {
        JobRun.run(job, Objects.requireNonNull(ledger), work, options);
    }

    /// Finishes: writes the parts' provenance and moves them in place, one after the other, so that each is whole at
    /// every moment and none is lost if the process dies in between.
    ///
    /// @param figures what the stage counted or measured, deterministic
    public Provenance commit(Map<String, Object> figures) throws IOException {
        Provenance provenance = Provenance.of(recipe, figures, started, startedNanos, resumed, options);
        for (String part : parts.keySet()) {
            Files.createDirectories(folder(part));
            if (resumed || options.runner().losesWorkers()) {
                FileStore.sweep(folder(part));
            }
            Json.write(folder(part).resolve(Provenance.FILE), provenance, true);
        }
        Json.write(work.resolve(COMMIT), new Commit(parts), true);
        completeMoves();
        return provenance;
    }

    /// Lets go of the lock; unfinished work stays for the next run.
    @Override
    public void close() throws IOException {
        try (lock) {
            if (ledger != null) {
                ledger.close();
            }
        }
    }

    /// Deletes a folder with all that is in it; nothing if there is none.
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot delete " + root + ": " + Failures.words(e), e);
        }
    }

    private record Commit(Map<String, Dataset.Part> parts) {}

    private void prepare() throws IOException {
        if (options.fresh() || !WorkRun.mark(work).equals(Optional.of(recipe.digest()))) {
            deleteTree(work);
            Files.createDirectories(work);
            Json.write(work.resolve(MARK), recipe, false);
        }
        Files.createDirectories(scratch());
        Path ledgerPath = work.resolve("ledger");
        resumed = Files.exists(ledgerPath);
        ledger = Ledger.open(ledgerPath);
    }

    private @Nullable Provenance findFinished() throws IOException {
        List<String> others = new ArrayList<>();
        Provenance same = null;
        int there = 0;
        for (String part : parts.keySet()) {
            Optional<Provenance> made = dataset.findProvenance(part);
            if (made.isPresent() && made.get().recipeSha256().equals(recipe.digest())) {
                same = made.get();
                there++;
            } else if (made.isPresent()) {
                others.add(part);
            }
        }
        if (there == parts.size() && !(options.fresh() && options.force())) {
            return same;
        }
        PartPlaces.check(dataset, recipe, parts);
        if (!others.isEmpty() && !options.force()) {
            throw new InputException(
                    "'" + String.join("', '", others) + "' exists, made with other inputs or parameters",
                    dataset.folder().toString(), "give --force to replace it, or another --out");
        }
        return null;
    }

    /// Carries out `commit.json`, if there is one; running it again after a cut is the same as running it once.
    private void completeMoves() throws IOException {
        Path file = work.resolve(COMMIT);
        if (!Files.exists(file)) {
            return;
        }
        Commit commit = Json.read(file, Commit.class);
        Path trash = work.resolve("trash");
        for (Dataset.Part part : commit.parts().values()) {
            Path made = work.resolve(part.path());
            Path place = dataset.folder().resolve(part.path());
            if (Files.exists(made)) {
                if (Files.exists(place)) {
                    deleteTree(trash);
                    Files.move(place, trash, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        dataset.put(commit.parts());
        if (ledger != null) {
            ledger.close();
            ledger = null;
        }
        // The recipe goes first, so that what is left can never be taken for work to go on with; then the commit: as
        // long as it stands, the moves are made again.
        Files.deleteIfExists(work.resolve(MARK));
        deleteTree(trash);
        Files.delete(file);
        deleteTree(work);
    }
}
