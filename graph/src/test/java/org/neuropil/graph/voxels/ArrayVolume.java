package org.neuropil.graph.voxels;

import java.util.ArrayList;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// A volume in memory that remembers what was read.
record ArrayVolume(Block.Longs all, VoxelSize voxelSize, List<Box> reads) implements SupervoxelVolume {
    ArrayVolume(Block.Longs all, VoxelSize voxelSize) {
        this(all, voxelSize, new ArrayList<>());
    }

    @Override
    public Box bounds() {
        return all.box();
    }

    /// So that what is read part by part has several.
    @Override
    public Int3 part() {
        return all.data().length < 1000 ? new Int3(3, 2, 2) : Int3.all(40);
    }

    @Override
    public Block.Longs read(Box box) {
        reads.add(box);
        Block.Longs block = new Block.Longs(box, new long[box.voxels()]);
        block.copyFrom(all);
        return block;
    }
}
