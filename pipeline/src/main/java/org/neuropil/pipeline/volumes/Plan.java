package org.neuropil.pipeline.volumes;

import java.util.List;

import org.neuropil.space.Grid;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;

/// What a run that writes a volume will do.
///
/// @param info of the volume as it will be
/// @param newMips how many mips the run writes
/// @param blocks of all jobs
/// @param largestBlockBytes of voxels that one thread holds at most
/// @param bytes of all voxels that are written, before compression
/// @param readPerVoxel how often a voxel of the source is decoded on average
public record Plan(VolumeInfo info, int newMips, long blocks, long largestBlockBytes, long bytes,
        double readPerVoxel) {
    /// The plan of a copy, mips included.
    ///
    /// @param source mip that becomes the finest
    /// @param sourceBytes of a voxel of the source
    static Plan ofCopy(Scale source, int sourceBytes, VolumeInfo info) {
        int width = info.type().bytes();
        CopyJobs.Plan copy = CopyJobs.plan(source, info.scale(0), width);
        return of(info, 0, copy.blocks(), width == sourceBytes ? width : width + sourceBytes, copy.readPerVoxel());
    }

    /// The plan of a volume whose first new mip is written in given blocks and whose others are written in units.
    ///
    /// @param first the first new mip
    /// @param blockWidth bytes that a voxel of a block takes in memory
    static Plan of(VolumeInfo info, int first, Grid blocks, int blockWidth, double readPerVoxel) {
        List<Scale> written = info.scales().subList(first, info.scales().size());
        int width = info.type().bytes();
        long count = written.isEmpty() ? 0 : blocks.count();
        long largest = written.isEmpty()
                ? 0
                : blocks.chunk().min(blocks.bounds().size()).volume() * blockWidth;
        long bytes = 0;
        for (int i = 0; i < written.size(); i++) {
            Scale scale = written.get(i);
            bytes += scale.bounds().volume() * width;
            count += i == 0 ? 0 : scale.units().count();
            largest = Math.max(largest, scale.unit().min(scale.bounds().size()).volume() * width);
        }
        return new Plan(info, written.size(), count, largest, bytes, readPerVoxel);
    }
}
