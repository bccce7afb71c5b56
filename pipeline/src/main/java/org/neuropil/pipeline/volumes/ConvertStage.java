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
import org.neuropil.space.Int3;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;
import org.neuropil.volume.kernel.Mips;

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
    /// @param chunk of the target in voxels
    /// @param unit what is written at once: a multiple of the chunk for shards, else the chunk itself
    /// @param write encoding and compression
    public record Parameters(String verb, VolumeUri source, OpenOptions open, VolumeUri target, int mip,
            Optional<Box> box, Levels levels, Int3 chunk, Int3 unit, WriteOptions write) {
        VolumePart part() {
            return new VolumePart(source, open, mip, box);
        }
    }

    /// What a run will do.
    ///
    /// @param info of the target
    /// @param blocks of all jobs
    /// @param largestBlockBytes of voxels that one thread holds at most
    /// @param bytes of all voxels of the target before compression
    /// @param readPerVoxel how often a voxel of the source is decoded on average
    public record Plan(VolumeInfo info, long blocks, long largestBlockBytes, long bytes, double readPerVoxel) {}

    /// Works out what [#run] would do, without writing anything.
    ///
    /// @throws InputException if the source cannot be used
    public static Plan plan(Parameters parameters) throws IOException {
        Volume source = parameters.part().volume();
        VolumeInfo info = targetInfo(source, parameters);
        int width = info.type().bytes();
        CopyJobs.Plan copy = CopyJobs.plan(source.info().scale(parameters.mip()), info.scale(0), width);
        long blocks = copy.blocks().count();
        long largest = copy.blocks().chunk().min(info.scale(0).bounds().size()).volume() * width;
        long bytes = 0;
        for (int mip = 0; mip < info.scales().size(); mip++) {
            bytes += info.scale(mip).bounds().volume() * width;
            blocks += mip == 0 ? 0 : info.scale(mip).units().count();
        }
        return new Plan(info, blocks, largest, bytes, copy.readPerVoxel());
    }

    /// Writes the volume. Does nothing if the same run has done it before.
    ///
    /// @throws InputException if the source cannot be used or the target exists; names it
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Parameters parameters, RunOptions options) throws IOException {
        Volume source = parameters.part().volume();
        VolumeInfo info = targetInfo(source, parameters);
        try (TargetRun run = TargetRun.open(parameters.target(), recipe(source, parameters), options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            Volume target = Volumes.create(run.made(), info, parameters.write());
            for (BlockJob job : jobs(source, target, parameters)) {
                run.run(job);
            }
            return run.commit(Map.of("mips", info.scales().size(), "voxels", info.scale(0).bounds().volume()));
        }
    }

    private static List<BlockJob> jobs(Volume source, Volume target, Parameters parameters) {
        List<BlockJob> jobs = new ArrayList<>();
        int copied = parameters.levels() == Levels.COPY ? target.info().scales().size() : 1;
        for (int mip = 0; mip < copied; mip++) {
            jobs.add(CopyJobs.job(mip == 0 ? "voxels" : "voxels of mip " + mip, source, parameters.mip() + mip,
                    target, mip));
        }
        if (parameters.levels() == Levels.BUILD) {
            jobs.addAll(MipJobs.jobs("voxels of", target));
        }
        return jobs;
    }

    private static VolumeInfo targetInfo(Volume source, Parameters parameters) {
        VolumeInfo from = source.info();
        Scale finest = parameters.part().scale(source);
        Box box = parameters.part().box(source);
        List<Scale> scales = new ArrayList<>();
        switch (parameters.levels()) {
            case BUILD -> {
                for (Mips.Level level : Mips.plan(finest.voxelSize(), box, parameters.chunk())) {
                    scales.add(new Scale(level.voxelSize(), level.bounds(), parameters.chunk(), parameters.unit()));
                }
            }
            case COPY -> {
                if (!box.equals(finest.bounds())) {
                    throw new InputException("a part of a volume cannot keep the volume's mips", "--box",
                            "leave it out, or have the mips made anew");
                }
                for (Scale scale : from.scales().subList(parameters.mip(), from.scales().size())) {
                    scales.add(new Scale(scale.voxelSize(), scale.bounds(), parameters.chunk(), parameters.unit()));
                }
            }
            case NONE -> scales.add(new Scale(finest.voxelSize(), box, parameters.chunk(), parameters.unit()));
        }
        return new VolumeInfo(from.kind(), from.type(), scales);
    }

    private static Recipe recipe(Volume source, Parameters parameters) throws IOException {
        Map<String, Object> all = new TreeMap<>();
        all.put("target", parameters.target().format().map(f -> f.text()).orElse(""));
        all.put("mip", parameters.mip());
        all.put("box", parameters.box().map(Box::toString).orElse("all"));
        all.put("levels", parameters.levels().name());
        all.put("chunk", parameters.chunk().toString());
        all.put("unit", parameters.unit().toString());
        all.put("encoding", parameters.write().encoding().orElse(""));
        all.put("compression", parameters.write().compression().orElse(""));
        return new Recipe(parameters.verb(), Software.NAME, 0, all, List.of(parameters.part().input(source)));
    }
}
