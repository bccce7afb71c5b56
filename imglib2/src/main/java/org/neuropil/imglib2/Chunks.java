package org.neuropil.imglib2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;

import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.DoubleArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.LazyCellImg;

/// The chunks of a mip as cells, read when they are asked for and kept as long as there is memory. A cell's number is that
/// of the chunk in its [Grid]: both count x fastest.
final class Chunks implements LazyCellImg.Get<Cell<ArrayDataAccess<?>>> {
    private final Volume volume;
    private final int mip;
    private final Grid grid;
    private final Map<Long, SoftReference<Cell<ArrayDataAccess<?>>>> cells = new ConcurrentHashMap<>();

    Chunks(Volume volume, int mip) {
        this.volume = volume;
        this.mip = mip;
        this.grid = volume.info().scale(mip).grid();
    }

    @Override
    public Cell<ArrayDataAccess<?>> get(long index) {
        SoftReference<Cell<ArrayDataAccess<?>>> kept = cells.get(index);
        Cell<ArrayDataAccess<?>> cell = kept == null ? null : kept.get();
        return cell == null ? read(index) : cell;
    }

    private Cell<ArrayDataAccess<?>> read(long index) {
        // While one thread reads a chunk, others that want it wait, and do not read it, too.
        SoftReference<Cell<ArrayDataAccess<?>>> reference = cells.compute(index, (_, there) -> isThere(there)
                ? there
                : new SoftReference<>(cell(grid.box(position(index)))));
        @Nullable
        Cell<ArrayDataAccess<?>> cell = reference.get();
        return cell == null ? read(index) : cell;
    }

    /// A volume may have more chunks than an int can count.
    private Int3 position(long index) {
        Int3 shape = grid.shape();
        long layer = (long) shape.x() * shape.y();
        return new Int3((int) (index % shape.x()), (int) (index % layer / shape.x()), (int) (index / layer));
    }

    private static boolean isThere(@Nullable SoftReference<Cell<ArrayDataAccess<?>>> reference) {
        return reference != null && reference.get() != null;
    }

    private Cell<ArrayDataAccess<?>> cell(Box box) {
        try {
            Int3 size = box.size();
            Int3 from = box.min().minus(grid.bounds().min());
            return new Cell<>(new int[]{size.x(), size.y(), size.z()}, new long[]{from.x(), from.y(), from.z()},
                    access(volume.read(mip, box)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArrayDataAccess<?> access(Block block) {
        return switch (block) {
            case Block.Bytes b -> new ByteArray(b.data());
            case Block.Shorts b -> new ShortArray(b.data());
            case Block.Ints b -> new IntArray(b.data());
            case Block.Longs b -> new LongArray(b.data());
            case Block.Floats b -> new FloatArray(b.data());
            case Block.Doubles b -> new DoubleArray(b.data());
        };
    }
}
