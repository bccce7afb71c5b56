package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// A file of numpy's format 1.0: shape x, y, z in Fortran order, as CloudVolume's arrays have it; so `numpy.load(f)[x, y, z]`
/// is the voxel x, y, z after the box's first.
public final class NpyWriter implements SlabWriter {
    private static final int ALIGNMENT = 64;

    private final SlabFile file;
    private final Box box;
    private final DataType type;
    private int next;

    NpyWriter(Path path, Box box, DataType type) throws IOException {
        this.box = box;
        this.type = type;
        this.next = box.min().z();
        this.file = new SlabFile(path);
        file.write(header(box.size(), type));
    }

    private static ByteBuffer header(Int3 size, DataType type) {
        char letter = type.isFloat() ? 'f' : type.isSigned() ? 'i' : 'u';
        String order = type.bytes() == 1 ? "|" : "<";
        String text = "{'descr': '" + order + letter + type.bytes() + "', 'fortran_order': True, 'shape': (" + size.x()
                + ", " + size.y() + ", " + size.z() + "), }";
        int before = 10;
        int length = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT - before;
        ByteBuffer bytes = ByteBuffer.allocate(before + length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0)
                .putShort((short) length)
                .put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.flip();
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
