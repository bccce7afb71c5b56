package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.Format;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.WriteOptions;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.precomputed.Reshard;

/// The verbs `convert` and `reshard`: a volume is written again in another format or layout.
public final class ConvertStage {
    private ConvertStage() {}

    /// Where the coarser mips come from.
    public enum Levels {
        /// Made anew from the finest, as [Mips#plan] has it.
        BUILD,
        /// Copied from the source, all that are coarser than the finest that is copied.
        COPY,
        /// There are none.
        NONE
    }

    /// What to write, and how.
    ///
    /// @param verb for the provenance: `convert` or `reshard`
    /// @param source of the voxels
    /// @param open what the source's files may not say
    /// @param target where the volume is to be; must not exist
    /// @param mip of the source that becomes the finest
    /// @param box to be copied, in voxels of that mip; all if empty
    /// @param levels where coarser mips come from
    /// @param sparse whether 0 counts only where all of what becomes one voxel of a coarser mip is 0
    /// @param layout of the target; a copy of a precomputed volume's mips keeps chunks and encoding unless it says otherwise
    public record Parameters(String verb, VolumeUri source, OpenOptions open, VolumeUri target, int mip,
            Optional<Box> box, Levels levels, boolean sparse, Layout layout) {
        /// @throws InputException if no mips are made that could be sparse
        public Parameters {
            if (sparse && levels != Levels.BUILD) {
                throw new InputException("says how mips are made, and none are", "--sparse",
                        "leave it out, or give --mips build");
            }
        }

        VolumePart part() {
            return new VolumePart(source, open, mip, box);
        }
    }

    /// Works out what [#run] would do, without writing anything.
    ///
    /// @throws InputException if the source cannot be used
    public static Plan plan(Parameters parameters) throws IOException {
        Places.checkApart(parameters.source(), parameters.target());
        Volume source = parameters.part().volume();
        VolumeInfo info = targetInfo(source, parameters);
        return Plan.ofCopy(parameters.part().scale(source), info.type().bytes(), info);
    }

    /// Writes the volume. Does nothing if the same run has done it before.
    ///
    /// @throws InputException if the source cannot be used or the target exists; names it
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Parameters parameters, RunOptions options) throws IOException {
        Volume source = parameters.part().volume();
        VolumeInfo info = targetInfo(source, parameters);
        try (TargetRun run = TargetRun.open(parameters.target(), parameters.source(), recipe(source, parameters),
                options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            Volume target = run.create(info, write(source, parameters));
            for (BlockJob job : jobs(source, target, parameters)) {
                run.run(job);
            }
            return run.commit(Map.of("mips", info.scales().size(), "voxels", info.scale(0).bounds().volume()));
        }
    }

    /// A copy of all mips keeps the encoding unless another is asked for: what JPEG has lost is lost once only.
    private static WriteOptions write(Volume source, Parameters parameters) {
        WriteOptions write = parameters.layout().write();
        boolean precomputed = parameters.target().format().equals(Optional.of(Format.PRECOMPUTED));
        if (parameters.levels() == Levels.COPY && precomputed && write.encoding().isEmpty()
                && source instanceof PrecomputedVolume from && from.encoding(0).isWritten()) {
            return new WriteOptions(Optional.of(from.encoding(0).text()), write.compression());
        }
        return write;
    }

    private static List<BlockJob> jobs(Volume source, Volume target, Parameters parameters) {
        List<BlockJob> jobs = new ArrayList<>();
        int copied = parameters.levels() == Levels.COPY ? target.info().scales().size() : 1;
        for (int mip = 0; mip < copied; mip++) {
            String name = mip == 0 ? "voxels" : "voxels of mip " + mip;
            // The same mips in another precomputed layout: chunks may be copied as they are.
            if (parameters.levels() == Levels.COPY && parameters.mip() == 0
                    && target instanceof PrecomputedVolume precomputed) {
                Reshard reshard = new Reshard(source, precomputed, mip);
                jobs.add(BlockJob.of(name, reshard.units(), unit -> "part " + unit, reshard::copy));
                continue;
            }
            jobs.add(CopyJobs.job(name, source, parameters.mip() + mip,
                    target, mip));
        }
        if (parameters.levels() == Levels.BUILD) {
            jobs.addAll(MipJobs.jobs("voxels of", target, parameters.sparse()));
        }
        return jobs;
    }

    private static VolumeInfo targetInfo(Volume source, Parameters parameters) {
        VolumeInfo from = source.info();
        Layout layout = parameters.layout();
        Scale finest = parameters.part().scale(source);
        Box box = parameters.part().box(source);
        List<Scale> scales = new ArrayList<>();
        switch (parameters.levels()) {
            case BUILD -> {
                for (Mips.Level level : Mips.plan(finest.voxelSize(), box, layout.chunk().orElse(Layout.CHUNK))) {
                    scales.add(layout.scale(level.voxelSize(), level.bounds(), Layout.CHUNK));
                }
            }
            case COPY -> {
                if (!box.equals(finest.bounds())) {
                    throw new InputException("a part of a volume cannot keep the volume's mips", "--box",
                            "leave it out, or have the mips made anew");
                }
                for (Scale scale : from.scales().subList(parameters.mip(), from.scales().size())) {
                    scales.add(layout.scale(scale.voxelSize(), scale.bounds(),
                            source instanceof PrecomputedVolume ? scale.chunk() : Layout.CHUNK));
                }
            }
            case NONE -> scales.add(layout.scale(finest.voxelSize(), box, Layout.CHUNK));
        }
        return new VolumeInfo(from.kind(), from.type(), scales);
    }

    private static Recipe recipe(Volume source, Parameters parameters) throws IOException {
        Map<String, Object> all = new TreeMap<>();
        all.put("target", parameters.target().format().map(f -> f.text()).orElse(""));
        all.put("mip", parameters.mip());
        all.put("box", parameters.box().map(Box::toString).orElse("all"));
        all.put("levels", parameters.levels().name());
        all.put("sparse", parameters.sparse());
        parameters.layout().describe(all);
        return new Recipe(parameters.verb(), Software.NAME, 0, all, List.of(parameters.part().input(source)));
    }
}
