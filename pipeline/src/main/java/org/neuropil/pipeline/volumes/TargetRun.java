package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;
import org.neuropil.volume.store.FileStore;
import org.neuropil.volume.store.Store;

/// A run that makes a volume at an address of its own, outside of any dataset.
///
/// In a folder of this machine the volume is made beside its place, in `.neuropil/<name>`, and moved there when it is
/// whole. From the moment at which the moves begin they will be made: if they are cut off, the next run at this place,
/// whatever it is, makes them first. An object store has no moves: there the volume is made in its place, what has been
/// done is remembered on this machine, and the volume is whole once `provenance.json` in it tells of its recipe.
public final class TargetRun implements AutoCloseable {
    private static final String MADE = "volume";
    /// Stands in place of a provenance while a volume is made anew where nothing can be moved.
    private static final Map<String, Object> UNFINISHED = Map.of("run", "unfinished", "recipe_sha256", "");

    private final VolumeUri place;
    private final VolumeUri made;
    private final boolean force;
    private final @Nullable WorkRun work;
    private final @Nullable Provenance finished;

    private TargetRun(VolumeUri place, VolumeUri made, boolean force, @Nullable WorkRun work,
            @Nullable Provenance finished) {
        this.place = place;
        this.made = made;
        this.force = force;
        this.work = work;
        this.finished = finished;
    }

    /// Opens a run, new or begun earlier.
    ///
    /// @param source what is read
    /// @throws InputException if something else is at the address and [RunOptions#force] is not set or it is no volume, if
    ///         the source lies there, or another process is at work there
    public static TargetRun open(VolumeUri place, VolumeUri source, Recipe recipe, RunOptions options)
            throws IOException {
        Places.checkApart(source, place);
        Path folder = workFolder(place, "");
        WorkRun.complete(folder, () -> move(place, folder));
        Optional<Provenance> finished = finished(place, folder, recipe, options);
        if (finished.isPresent()) {
            return new TargetRun(place, place, false, null, finished.get());
        }
        WorkRun work = WorkRun.open(folder, recipe, options);
        try {
            // Once more, for another may have been done between the two lines above.
            finished = finished(place, folder, recipe, options);
            if (finished.isPresent()) {
                work.discard();
                work.close();
                return new TargetRun(place, place, false, null, finished.get());
            }
            if (!place.isLocal()) {
                beginInPlace(place, work, options);
            }
        } catch (IOException | RuntimeException e) {
            work.close();
            throw e;
        }
        return new TargetRun(place, made(place, folder), options.force(), work, null);
    }

    /// What the same recipe has made.
    ///
    /// @throws InputException if something else is there and must not be replaced
    private static Optional<Provenance> finished(VolumeUri place, Path folder, Recipe recipe, RunOptions options)
            throws IOException {
        Optional<Provenance> there = provenance(place);
        boolean same = there.isPresent() && there.get().recipeSha256().equals(recipe.digest());
        if (same && !(options.fresh() && options.force())) {
            WorkRun.clear(folder, recipe.digest());
            return there;
        }
        if (!options.force() && (place.isLocal() ? Files.exists(place.path()) : there.isPresent())) {
            throw exists(place);
        }
        if (place.isLocal()) {
            Places.checkReplaceable(place);
        }
        return Optional.empty();
    }

    private static InputException exists(VolumeUri place) {
        return new InputException("exists already", place.toString(),
                "give --force to replace it, or another address");
    }

    /// Readies a place where nothing can be moved: what is there is no longer whole once the first of it is overwritten.
    private static void beginInPlace(VolumeUri place, WorkRun work, RunOptions options) throws IOException {
        Path begun = work.folder().resolve("begun");
        if (!Files.exists(begun) && !options.force()
                && Volumes.exists(new VolumeUri(Optional.empty(), place.location(), ""))) {
            work.discard();
            throw exists(place);
        }
        FileStore.replace(begun, new byte[0], false);
        if (provenance(place).isPresent()) {
            Volumes.store(place).put(Provenance.FILE, Json.bytes(UNFINISHED));
        }
    }

    private static VolumeUri made(VolumeUri place, Path folder) {
        return place.isLocal()
                ? new VolumeUri(place.format(), folder.resolve(MADE).toString(), place.inner())
                : place;
    }

    /// What an earlier run with the same recipe left; then there is nothing to do.
    public Optional<Provenance> finished() {
        return Optional.ofNullable(finished);
    }

    /// Begins the volume, or opens it if an earlier run has begun it.
    ///
    /// @throws InputException if the format cannot hold it; then nothing is left of the run
    public Volume create(VolumeInfo info, WriteOptions options) throws IOException {
        try {
            return Volumes.create(made, info, options);
        } catch (InputException e) {
            work().discard();
            throw told(e);
        }
    }

    /// The same of the place that was asked for: nobody asked for the one where it is made.
    private InputException told(InputException e) {
        String where = e.where().replace(made.toString(), place.toString()).replace(made.location(), place.location());
        return new InputException(e.what(), where, e.hint(), e);
    }

    /// Folder for what later jobs need and nobody after them.
    public Path scratch() {
        return work().scratch();
    }

    /// Runs the blocks of a job that are not done yet.
    ///
    /// @throws IOException if a block fails; names job and block
    public void run(BlockJob job) throws IOException {
        work().run(job);
    }

    /// Finishes: puts the provenance into the volume and the volume in its place.
    ///
    /// @param figures what was counted or measured, deterministic
    public Provenance commit(Map<String, Object> figures) throws IOException {
        if (place.isLocal()) {
            work().sweep(made.path());
        }
        Provenance provenance = work().provenance(figures);
        Volumes.store(made).put(Provenance.FILE, Json.bytes(provenance));
        if (place.isLocal()) {
            Path folder = work().folder();
            if (Files.exists(place.path())) {
                if (!force) {
                    throw exists(place); // since this run began
                }
                // What is there is deleted because of this.
                FileStore.sync(made.path());
            }
            work().commit(() -> move(place, folder));
        } else {
            work().discard();
        }
        return provenance;
    }

    /// Puts a volume in its place, and what is there out of it.
    private static void move(VolumeUri place, Path folder) throws IOException {
        Path from = folder.resolve(MADE);
        Path to = place.path().toAbsolutePath();
        if (Files.exists(from)) {
            if (Files.exists(to)) {
                Path replaced = folder.resolve("replaced");
                WorkRun.delete(replaced);
                Files.move(to, replaced, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() throws IOException {
        if (work != null) {
            work.close();
        }
    }

    private WorkRun work() {
        if (work == null) {
            throw new IllegalStateException("the run is finished");
        }
        return work;
    }

    private static Optional<Provenance> provenance(VolumeUri place) throws IOException {
        Store store = Volumes.store(place);
        Optional<byte[]> text = store.get(Provenance.FILE);
        String name = store.uri(Provenance.FILE);
        return text.flatMap(bytes -> Provenance.recipeOf(bytes, name)).isEmpty()
                ? Optional.empty()
                : text.map(bytes -> Json.parse(bytes, name, Provenance.class));
    }

    /// Where work on a volume is kept until it is done: beside it, or on this machine if it is elsewhere.
    ///
    /// @param suffix tells kinds of work on one volume apart
    static Path workFolder(VolumeUri place, String suffix) {
        if (place.isLocal()) {
            return beside(place.path(), suffix);
        }
        String state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(s -> !s.isBlank())
                .orElse(System.getProperty("user.home") + "/.local/state");
        String name = Json.sha256(place.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        return Path.of(state, "neuropil", "runs", name + suffix);
    }

    /// Where work on a local file or folder is kept until it is done.
    static Path workFolder(Path target) {
        return beside(target, "");
    }

    private static Path beside(Path place, String suffix) {
        Path target = place.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || target.getFileName() == null) {
            throw new InputException("is no place where something can be made", place.toString(), "");
        }
        return parent.resolve(".neuropil").resolve(target.getFileName() + suffix);
    }
}
