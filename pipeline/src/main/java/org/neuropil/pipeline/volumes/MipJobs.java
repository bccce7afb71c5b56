package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.kernel.Downsample;

/// Fills the coarser mips of a volume from the finest, one job per mip, one block per unit of writing.
public final class MipJobs {
    private MipJobs() {}

    /// Runs the jobs in order.
    public static void run(StageRun run, String what, Volume volume) throws IOException {
        for (BlockJob job : jobs(what, volume, false)) {
            run.run(job);
        }
    }

    /// The jobs for mips 1 and up. Each reads what the one before has written.
    ///
    /// @param what the volume's name, for the jobs' names
    /// @param sparse as for [Downsample#by]
    public static List<BlockJob> jobs(String what, Volume volume, boolean sparse) {
        return jobs(what, volume, 1, sparse);
    }

    /// The jobs for a mip and all that are coarser.
    ///
    /// @param what the volume's name, for the jobs' names
    /// @param first at least 1
    /// @param sparse as for [Downsample#by]
    public static List<BlockJob> jobs(String what, Volume volume, int first, boolean sparse) {
        List<BlockJob> jobs = new ArrayList<>();
        for (int mip = first; mip < volume.info().scales().size(); mip++) {
            jobs.add(job(what, volume, mip, sparse));
        }
        return jobs;
    }

    private static BlockJob job(String what, Volume volume, int mip, boolean sparse) {
        Int3 factor = volume.info().factor(mip);
        Grid units = volume.info().scale(mip).units();
        return BlockJob.of(what + " mip " + mip, units.count(), unit -> units.box(unit).toString(),
                unit -> volume.write(mip, downsampled(volume, mip, units.box(unit), factor, sparse)));
    }

    /// A box of a mip from the one below, chunk by chunk, so that no more than the result and what makes one chunk is in
    /// memory at a time.
    private static Block downsampled(Volume volume, int mip, Box box, Int3 factor, boolean sparse)
            throws IOException {
        Box fine = volume.info().scale(mip - 1).bounds();
        Grid chunks = new Grid(box, volume.info().scale(mip).chunk());
        Block result = Block.zeros(volume.info().type(), box);
        for (int i = 0; i < chunks.count(); i++) {
            Box chunk = chunks.box(i);
            Box source = new Box(chunk.min().times(factor), chunk.max().times(factor)).intersect(fine);
            Block coarser = Downsample.by(volume.info().kind(), volume.read(mip - 1, source), factor, sparse);
            if (chunks.count() == 1) {
                return coarser;
            }
            result.copyFrom(coarser);
        }
        return result;
    }
}
