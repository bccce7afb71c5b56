package org.neuropil.pipeline.volumes;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;

/// Copies a mip of one volume to a mip of another.
public final class CopyJobs {
    /// A block has at most this many bytes, unless what is written at once has more.
    private static final long BLOCK_BYTES = 1 << 27;
    /// Blocks below this many bytes are put together, so that a job is not made of crumbs.
    private static final long CRUMB_BYTES = 1 << 22;

    private CopyJobs() {}

    /// How a copy is cut into blocks.
    ///
    /// @param blocks what is read and written at a time; made of whole units of the target
    /// @param readPerVoxel how often a voxel of the source is decoded on average; 1 if its chunks fit the blocks
    public record Plan(Grid blocks, double readPerVoxel) {}

    /// Cuts the target into blocks that hold whole units of the target and, as far as memory allows, whole chunks of the
    /// source, so that these are decoded but once.
    ///
    /// @param target both scales count voxels from the same origin
    /// @param bytes of a voxel
    public static Plan plan(Scale source, Scale target, int bytes) {
        Int3 unit = target.unit();
        Int3 units = Int3.all(1);
        Int3 most = target.bounds().size().ceilDiv(unit);
        for (int axis = 0; axis < 3; axis++) {
            int chunk = Math.min(source.chunk().get(axis), target.bounds().size().get(axis));
            int wanted = Math.min(Math.ceilDiv(chunk, unit.get(axis)), most.get(axis));
            long others = units.with(axis, 1).times(unit).volume() * bytes;
            long room = Math.max(1, BLOCK_BYTES / others);
            units = units.with(axis, (int) Math.min(wanted, room));
        }
        for (int axis = 0; units.times(unit).volume() * bytes < CRUMB_BYTES && !units.equals(most); axis = (axis + 1)
                % 3) {
            units = units.with(axis, Math.min(2 * units.get(axis), most.get(axis)));
        }
        Grid blocks = new Grid(target.bounds(), units.times(unit));
        return new Plan(blocks, readPerVoxel(source.grid(), blocks));
    }

    /// The job.
    ///
    /// @param name of the job
    public static BlockJob job(String name, Volume source, int sourceMip, Volume target, int targetMip) {
        Grid blocks = plan(source.info().scale(sourceMip), target.info().scale(targetMip),
                source.info().type().bytes()).blocks();
        return BlockJob.of(name, blocks.count(), block -> blocks.box(block).toString(),
                block -> target.write(targetMip, source.read(sourceMip, blocks.box(block))));
    }

    /// Along each axis, the voxels of all chunks that each block touches, over those of the blocks.
    private static double readPerVoxel(Grid chunks, Grid blocks) {
        double times = 1;
        for (int axis = 0; axis < 3; axis++) {
            long touched = 0;
            long size = 0;
            for (int i = 0; i < blocks.shape().get(axis); i++) {
                Box block = blocks.box(Int3.ZERO.with(axis, i));
                Box positions = chunks.touching(block);
                if (!positions.isEmpty()) {
                    int from = chunks.box(Int3.ZERO.with(axis, positions.min().get(axis))).min().get(axis);
                    int to = chunks.box(Int3.ZERO.with(axis, positions.max().get(axis) - 1)).max().get(axis);
                    touched += to - from;
                    size += block.intersect(chunks.bounds()).size().get(axis);
                }
            }
            times *= size == 0 ? 1 : (double) touched / size;
        }
        return times;
    }
}
