package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.Format;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// The verb `import` for what others wrote: a volume of any format, or a part of one, becomes a part of a dataset. It
/// stays where it lies in space; labels become uint64, as everywhere in a dataset; coarser mips are made anew.
public final class VolumeImport {
    private VolumeImport() {}

    /// What to import.
    ///
    /// @param source the voxels, and whether they are intensities or ids
    /// @param part name of the part to make
    /// @param chunk of the part, in voxels
    public record Parameters(VolumePart source, String part, Int3 chunk) {
        /// @throws InputException if the chunk is not of a sensible size
        public Parameters {
            ImportStage.checkChunk(chunk);
        }
    }

    /// Works out what [#run] would do, without writing anything.
    ///
    /// @throws InputException if the source cannot be used
    public static Plan plan(Parameters parameters) throws IOException {
        Volume source = source(parameters);
        return Plan.ofCopy(parameters.source().scale(source), source.info().type().bytes(), info(source, parameters));
    }

    /// Imports the volume. Does nothing if the part exists and the same source made it.
    ///
    /// @throws InputException if the source cannot be used
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Dataset dataset, Parameters parameters, RunOptions options) throws IOException {
        Volume source = source(parameters);
        VolumeInfo info = info(source, parameters);
        Places.checkApart(parameters.source().uri(), new VolumeUri(java.util.Optional.of(Format.PRECOMPUTED),
                dataset.folder().resolve(parameters.part()).toString(), ""));
        boolean image = info.kind() == VolumeInfo.Kind.IMAGE;
        Map<String, Dataset.Kind> parts = Map.of(parameters.part(),
                image ? Dataset.Kind.IMAGE : Dataset.Kind.SEGMENTATION);
        try (StageRun run = StageRun.open(dataset, recipe(source, parameters), parts, options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            Volume volume = PrecomputedVolume.create(new FileStore(run.folder(parameters.part())), info,
                    image ? PrecomputedOptions.RAW : PrecomputedOptions.LABELS);
            run.run(job(source, parameters.source().mip(), volume));
            MipJobs.run(run, parameters.part(), volume);
            return run.commit(Map.of("voxels", info.scale(0).bounds().volume(), "mips", info.scales().size()));
        }
    }

    private static BlockJob job(Volume source, int mip, Volume target) {
        Grid blocks = CopyJobs.plan(source.info().scale(mip), target.info().scale(0), target.info().type().bytes())
                .blocks();
        return BlockJob.of("voxels", blocks.count(), block -> blocks.box(block).toString(), block -> {
            Block voxels = source.read(mip, blocks.box(block));
            target.write(0, target.info().kind() == VolumeInfo.Kind.IMAGE ? voxels : ids(voxels, source));
        });
    }

    private static Block ids(Block voxels, Volume source) {
        for (int i = 0; voxels.type().isSigned() && i < voxels.box().voxels(); i++) {
            if (voxels.value(i) < 0) {
                throw new InputException(
                        "has a voxel of " + (long) voxels.value(i) + " in " + voxels.box()
                                + ", and ids are not below 0",
                        source.uri(), "import it with --image");
            }
        }
        return voxels.ids();
    }

    private static Volume source(Parameters parameters) throws IOException {
        Volume source = parameters.source().volume();
        if (source.info().kind() == VolumeInfo.Kind.SEGMENTATION && source.info().type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + source.info().type().text(),
                    source.uri(), "import it with --image");
        }
        return source;
    }

    private static VolumeInfo info(Volume source, Parameters parameters) {
        Scale finest = parameters.source().scale(source);
        Box box = parameters.source().box(source);
        boolean image = source.info().kind() == VolumeInfo.Kind.IMAGE;
        return Mips.volume(source.info().kind(), image ? source.info().type() : DataType.UINT64, finest.voxelSize(),
                box, parameters.chunk());
    }

    private static Recipe recipe(Volume source, Parameters parameters) throws IOException {
        VolumePart part = parameters.source();
        Map<String, Object> all = new TreeMap<>();
        all.put("part", parameters.part());
        all.put("kind", source.info().kind().name());
        all.put("chunk", List.of(parameters.chunk().x(), parameters.chunk().y(), parameters.chunk().z()));
        all.put("mip", part.mip());
        all.put("box", part.box().map(Box::toString).orElse("all"));
        return new Recipe("import", Software.NAME, 0, all, List.of(part.input(source)));
    }
}
