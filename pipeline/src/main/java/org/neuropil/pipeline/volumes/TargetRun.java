package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
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

/// A run that makes a volume at an address of its own, outside of any dataset.
///
/// In a folder of this machine the volume is made beside its place, in `.neuropil/<name>`, and moved there when it is
/// whole. An object store has no moves: there it is made in its place, what has been done is remembered on this machine,
/// and the volume is whole once `provenance.json` lies in it.
public final class TargetRun implements AutoCloseable {
    private final VolumeUri place;
    private final VolumeUri made;
    private final @Nullable WorkRun work;
    private final @Nullable Provenance finished;

    private TargetRun(VolumeUri place, VolumeUri made, @Nullable WorkRun work, @Nullable Provenance finished) {
        this.place = place;
        this.made = made;
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
        Optional<Provenance> there = provenance(place);
        boolean same = there.isPresent() && there.get().recipeSha256().equals(recipe.digest());
        if (same && !(options.fresh() && options.force())) {
            return new TargetRun(place, place, null, there.get());
        }
        if (!options.force() && (place.isLocal()
                ? Files.exists(place.path())
                : there.isPresent() || !WorkRun.isBegun(folder, recipe) && isVolume(place))) {
            throw new InputException("exists already", place.toString(),
                    "give --force to replace it, or another address");
        }
        if (place.isLocal()) {
            Places.checkReplaceable(place);
        }
        WorkRun work = WorkRun.open(folder, recipe, options);
        VolumeUri made = place.isLocal()
                ? new VolumeUri(place.format(), work.folder().resolve("volume").toString(), place.inner())
                : place;
        return new TargetRun(place, made, work, null);
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
            if (place.isLocal()) {
                deleteIfEmpty(workFolder(place, "").getParent());
            }
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
            Path target = place.path().toAbsolutePath();
            if (Files.exists(target)) {
                Files.move(target, work().folder().resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(made.path(), target, StandardCopyOption.ATOMIC_MOVE);
        }
        work().discard();
        if (place.isLocal()) {
            deleteIfEmpty(workFolder(place, "").getParent());
        }
        return provenance;
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
        Optional<byte[]> text = Volumes.store(place).get(Provenance.FILE);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.parse(text.get(), Volumes.store(place).uri(Provenance.FILE), Provenance.class));
    }

    private static boolean isVolume(VolumeUri place) throws IOException {
        return Volumes.exists(new VolumeUri(Optional.empty(), place.location(), ""));
    }

    static void deleteIfEmpty(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                return; // other work is being done beside it
            }
        }
    }

    /// Where work on a volume is kept until it is done: beside it, or on this machine if it is elsewhere.
    ///
    /// @param suffix tells kinds of work on one volume apart
    static Path workFolder(VolumeUri place, String suffix) {
        if (place.isLocal()) {
            Path target = place.path().toAbsolutePath().normalize();
            Path parent = target.getParent();
            if (parent == null || target.getFileName() == null) {
                throw new InputException("is no folder that a volume can be made in", place.toString(), "");
            }
            return parent.resolve(".neuropil").resolve(target.getFileName() + suffix);
        }
        String state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(s -> !s.isBlank())
                .orElse(System.getProperty("user.home") + "/.local/state");
        String name = Json.sha256(place.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        return Path.of(state, "neuropil", "runs", name + suffix);
    }
}
