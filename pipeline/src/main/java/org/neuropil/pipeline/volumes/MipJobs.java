package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.kernel.Downsample;

/// Fills the coarser mips of a volume from the finest, one job per mip, one block per chunk.
public final class MipJobs {
    private MipJobs() {}

    /// Runs the jobs in order.
    public static void run(StageRun run, String what, Volume volume) throws IOException {
        for (BlockJob job : jobs(what, volume)) {
            run.run(job);
        }
    }

    /// The jobs for mips 1 and up. Each reads what the one before has written.
    ///
    /// @param what the volume's name, for the jobs' names
    public static List<BlockJob> jobs(String what, Volume volume) {
        List<BlockJob> jobs = new ArrayList<>();
        for (int mip = 1; mip < volume.info().scales().size(); mip++) {
            jobs.add(job(what, volume, mip));
        }
        return jobs;
    }

    private static BlockJob job(String what, Volume volume, int mip) {
        VolumeInfo.Scale fine = volume.info().scale(mip - 1);
        VolumeInfo.Scale coarse = volume.info().scale(mip);
        Int3 factor = new Int3(factor(fine, coarse, 0), factor(fine, coarse, 1), factor(fine, coarse, 2));
        Grid grid = coarse.grid();
        return BlockJob.of(what + " mip " + mip, grid.count(), block -> grid.box(block).toString(), block -> {
            Box box = grid.box(block);
            Box source = new Box(box.min().times(factor), box.max().times(factor)).intersect(fine.bounds());
            volume.write(mip, Downsample.by(volume.info().kind(), volume.read(mip - 1, source), factor));
        });
    }

    private static int factor(VolumeInfo.Scale fine, VolumeInfo.Scale coarse, int axis) {
        return (int) Math.round(coarse.voxelSize().get(axis) / fine.voxelSize().get(axis));
    }
}
