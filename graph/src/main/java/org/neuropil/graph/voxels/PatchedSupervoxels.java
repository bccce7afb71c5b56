package org.neuropil.graph.voxels;

import java.io.IOException;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// Supervoxels as they are after cuts: the volume that ingest was given, and the patches of those that have been cut.
///
/// @param base the volume, which never changes
/// @param grid the chunks of layers 1 and 2
/// @param patches of its chunks
public record PatchedSupervoxels(SupervoxelVolume base, Grid grid, Patches patches) implements SupervoxelVolume {
    @Override
    public Box bounds() {
        return base.bounds();
    }

    @Override
    public VoxelSize voxelSize() {
        return base.voxelSize();
    }

    @Override
    public Int3 part() {
        return base.part();
    }

    @Override
    public Block.Longs read(Box box) throws IOException {
        Block.Longs labels = base.read(box);
        apply(labels, Int3.all(1));
        return labels;
    }

    /// Applies the patches to a block of any mip.
    ///
    /// @param labels ids of the volume's mip; changed in place
    /// @param factor voxels of mip 0 that a voxel of it is long along each axis; its voxel v begins at v times this
    public void apply(Block.Longs labels, Int3 factor) throws IOException {
        Box fine = new Box(labels.box().min().times(factor), labels.box().max().times(factor));
        Box chunks = grid.touching(fine);
        for (int z = chunks.min().z(); z < chunks.max().z(); z++) {
            for (int y = chunks.min().y(); y < chunks.max().y(); y++) {
                for (int x = chunks.min().x(); x < chunks.max().x(); x++) {
                    for (SupervoxelPatch patch : patches.of(new Int3(x, y, z))) {
                        patch.apply(labels, factor, voxelSize());
                    }
                }
            }
        }
    }
}
