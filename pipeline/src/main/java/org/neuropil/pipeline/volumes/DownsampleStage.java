package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Addition;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.n5.N5Volume;
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.Store;
import org.neuropil.volume.zarr.ZarrVolume;

/// The verb `downsample`: a volume gets coarser mips in its place. Readers see them all at once, when the last one is
/// whole; until then, and if it is interrupted, the volume is as it was.
public final class DownsampleStage {
    private static final String VERB = "downsample";
    /// What lies beside the volume's own provenance.
    private static final String PROVENANCE = "provenance-downsample.json";

    private DownsampleStage() {}

    /// What to make.
    ///
    /// @param uri of a volume of the format precomputed, OME-Zarr or N5
    /// @param factor of each mip from the one before, 1 or 2 on each axis; as [Mips#plan] has it if empty
    /// @param mips how many more at most; until one fits a chunk if empty
    /// @param sparse whether 0 counts only where all of what becomes one voxel is 0, so that thin things do not vanish
    /// @param compression of chunks outside of shards, where the volume is precomputed; others' are as those of the coarsest
    ///        mip that is there
    public record Parameters(VolumeUri uri, Optional<Int3> factor, OptionalInt mips, boolean sparse,
            ChunkCompression compression) {}

    /// Works out what [#run] would do, without writing anything.
    ///
    /// @throws InputException if the volume cannot be written
    public static Plan plan(Parameters parameters) throws IOException {
        VolumeInfo there = open(parameters.uri()).info();
        VolumeInfo info = there.withMips(more(there.scales().getLast(), parameters));
        int first = there.scales().size();
        Scale coarsest = info.scale(Math.min(first, info.scales().size() - 1));
        // Beside what it makes, a block holds what becomes one chunk of it.
        return Plan.of(info, first, coarsest.units(), 2 * info.type().bytes(), 1);
    }

    /// Makes the mips. Does nothing if the coarsest one fits a chunk.
    ///
    /// @throws InputException if the volume cannot be written
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Parameters parameters, RunOptions options) throws IOException {
        VolumeUri uri = parameters.uri();
        Volume volume = open(uri);
        Store store = Volumes.store(uri);
        int there = volume.info().scales().size();
        List<Scale> more = more(volume.info().scale(there - 1), parameters);
        Recipe recipe = recipe(volume, parameters);
        Path folder = TargetRun.workFolder(uri, "-downsample");
        Optional<Provenance> earlier = store.get(PROVENANCE)
                .map(text -> Json.parse(text, store.uri(PROVENANCE), Provenance.class));
        if (earlier.isPresent() && isWhole(earlier.get(), there)
                && WorkRun.clear(folder, earlier.get().recipeSha256())) {
            // It was cut off when its mips were there for all to see; the same command has nothing more to do.
            if (command(earlier.get().recipe()).equals(command(recipe))) {
                return earlier.get();
            }
        }
        if (more.isEmpty() && earlier.isPresent()) {
            return earlier.get();
        }
        Grown grown = grow(volume, more, parameters);
        Volume target = grown.volume();
        try (WorkRun run = WorkRun.open(folder, recipe, options)) {
            for (BlockJob job : MipJobs.jobs("voxels of", target, there, parameters.sparse())) {
                run.run(job);
            }
            if (uri.isLocal()) {
                run.sweep(uri.path());
            }
            Provenance provenance = run.provenance(Map.of("mips", target.info().scales().size(), "new_mips",
                    more.size()));
            if (!more.isEmpty()) {
                store.put(PROVENANCE, Json.bytes(provenance));
                grown.publish().run();
            }
            run.discard();
            return provenance;
        }
    }

    /// True if the mips that a run has made are those that readers see.
    private static boolean isWhole(Provenance made, int mips) {
        return made.figures().get("mips") instanceof Number number && number.intValue() == mips;
    }

    /// What the user has asked for, apart from what was there.
    private static Map<String, Object> command(Recipe recipe) {
        Map<String, Object> asked = new TreeMap<>(recipe.parameters());
        asked.remove("from");
        return asked;
    }

    private static Volume open(VolumeUri uri) throws IOException {
        if (!Volumes.format(uri).isWritable()) {
            throw new InputException("mips can be added to volumes of the formats precomputed, OME-Zarr and N5 only",
                    uri.toString(),
                    "make a copy that has them: 'neuropil convert " + uri + " precomputed://… --mips build'");
        }
        return Volumes.open(uri, OpenOptions.NONE);
    }

    /// A volume with its new mips.
    ///
    /// @param publish lets others know of them
    private record Grown(Volume volume, Publish publish) {}

    @FunctionalInterface
    private interface Publish {
        void run() throws IOException;
    }

    private static Grown grow(Volume volume, List<Scale> more, Parameters parameters) throws IOException {
        if (!(volume instanceof PrecomputedVolume) && parameters.compression() != ChunkCompression.NONE) {
            throw new InputException("is a choice for precomputed volumes; mips of others are compressed as those that "
                    + "are there", "--compression", "leave it out");
        }
        switch (volume) {
            case PrecomputedVolume _,ZarrVolume _,N5Volume _ when more.isEmpty() -> {
                return new Grown(volume, () -> {
                    // There is nothing new.
                });
            }
            case PrecomputedVolume precomputed -> {
                PrecomputedVolume grown = precomputed.withMips(more, parameters.compression());
                return new Grown(grown, grown::publish);
            }
            case ZarrVolume zarr -> {
                Addition<ZarrVolume> addition = zarr.withMips(more);
                return new Grown(addition.volume(), addition::publish);
            }
            case N5Volume n5 -> {
                Addition<N5Volume> addition = n5.withMips(more);
                return new Grown(addition.volume(), addition::publish);
            }
            default ->
                throw new IllegalStateException("a volume that can be written, of no known format: " + volume.uri());
        }
    }

    private static List<Scale> more(Scale coarsest, Parameters parameters) {
        List<Mips.Level> levels = parameters.factor().isPresent()
                ? Mips.plan(coarsest.voxelSize(), coarsest.bounds(), coarsest.chunk(), parameters.factor().get())
                : Mips.plan(coarsest.voxelSize(), coarsest.bounds(), coarsest.chunk());
        return levels.stream().skip(1).limit(parameters.mips().orElse(Integer.MAX_VALUE))
                .map(level -> new Scale(level.voxelSize(), level.bounds(), coarsest.chunk(), coarsest.unit()))
                .toList();
    }

    private static Recipe recipe(Volume volume, Parameters parameters) throws IOException {
        Map<String, Object> all = new TreeMap<>();
        all.put("from", volume.info().scales().size() - 1);
        all.put("factor", parameters.factor().map(Int3::toString).orElse("near to cubes"));
        all.put("mips", parameters.mips().isPresent() ? parameters.mips().getAsInt() : "all");
        all.put("sparse", parameters.sparse());
        all.put("compression", parameters.compression().name());
        VolumePart whole = new VolumePart(parameters.uri(), OpenOptions.NONE, 0, Optional.empty());
        return new Recipe(VERB, Software.NAME, 0, all, List.of(whole.input(volume)));
    }
}
