package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.npy.NpyHeader;

/// A file of numpy's format 1.0: shape x, y, z in Fortran order, as CloudVolume's arrays have it; so `numpy.load(f)[x, y, z]`
/// is the voxel x, y, z after the box's first.
public final class NpyWriter implements SlabWriter {
    private final SlabFile file;
    private final Box box;
    private final DataType type;
    private int next;

    NpyWriter(Path path, Box box, DataType type) throws IOException {
        this.box = box;
        this.type = type;
        this.next = box.min().z();
        this.file = new SlabFile(path);
        Int3 size = box.size();
        file.write(ByteBuffer.wrap(NpyHeader.write(type, true, size.x(), size.y(), size.z())));
    }

    @Override
    public void append(Block slab) throws IOException {
        SlabWriter.check(slab, box, type, next);
        file.write(slab, 0, slab.box().voxels());
        next = slab.box().max().z();
    }

    @Override
    public void commit() throws IOException {
        SlabWriter.checkWhole(box, next);
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
