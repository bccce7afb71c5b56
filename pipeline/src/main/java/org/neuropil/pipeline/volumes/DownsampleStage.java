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
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.Store;

/// The verb `downsample`: a volume gets coarser mips in its place. Readers see them all at once, when the last one is
/// whole; until then, and if it is interrupted, the volume is as it was.
public final class DownsampleStage {
    private static final String VERB = "downsample";
    /// What lies beside the volume's own provenance.
    private static final String PROVENANCE = "provenance-downsample.json";

    private DownsampleStage() {}

    /// What to make.
    ///
    /// @param uri of a precomputed volume
    /// @param factor of each mip from the one before, 1 or 2 on each axis; as [Mips#plan] has it if empty
    /// @param mips how many more at most; until one fits a chunk if empty
    /// @param sparse whether 0 counts only where all of what becomes one voxel is 0, so that thin things do not vanish
    /// @param compression of chunks outside of shards
    public record Parameters(VolumeUri uri, Optional<Int3> factor, OptionalInt mips, boolean sparse,
            ChunkCompression compression) {}

    /// Makes the mips. Does nothing if the coarsest one fits a chunk.
    ///
    /// @throws InputException if the volume cannot be written
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Parameters parameters, RunOptions options) throws IOException {
        VolumeUri uri = parameters.uri();
        Volume volume = Volumes.open(uri, OpenOptions.NONE);
        if (!(volume instanceof PrecomputedVolume precomputed)) {
            throw new InputException("mips can be added to precomputed volumes only", uri.toString(),
                    "make a copy that has them with 'neuropil convert'");
        }
        Store store = Volumes.store(uri);
        int there = volume.info().scales().size();
        List<Scale> more = more(volume.info().scale(there - 1), parameters);
        Recipe recipe = recipe(volume, parameters);
        if (more.isEmpty()) {
            Optional<byte[]> earlier = store.get(PROVENANCE);
            if (earlier.isPresent()) {
                return Json.parse(earlier.get(), store.uri(PROVENANCE), Provenance.class);
            }
        }
        PrecomputedVolume target = more.isEmpty() ? precomputed : precomputed.withMips(more, parameters.compression());
        Path folder = TargetRun.workFolder(uri, "-downsample");
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
                target.publish();
            }
            run.discard();
            if (uri.isLocal()) {
                TargetRun.deleteIfEmpty(folder.getParent());
            }
            return provenance;
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
