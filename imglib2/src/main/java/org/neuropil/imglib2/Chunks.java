package org.neuropil.imglib2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

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

/// The chunks of a mip as cells, read when they are asked for and kept as long as there is [Room]. A cell's number is that
/// of the chunk in its [Grid]: both count x fastest.
final class Chunks implements LazyCellImg.Get<Cell<ArrayDataAccess<?>>> {
    private final Volume volume;
    private final int mip;
    private final Grid grid;
    private final Room room;
    private final Map<Long, Room.Kept> kept = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Optional<Cell<ArrayDataAccess<?>>>>> reading = new ConcurrentHashMap<>();

    Chunks(Volume volume, int mip, Room room) {
        this.volume = volume;
        this.mip = mip;
        this.room = room;
        this.grid = volume.info().scale(mip).grid();
    }

    @Override
    public Cell<ArrayDataAccess<?>> get(long index) {
        Optional<Cell<ArrayDataAccess<?>>> cell = kept(index);
        while (cell.isEmpty()) {
            CompletableFuture<Optional<Cell<ArrayDataAccess<?>>>> mine = new CompletableFuture<>();
            CompletableFuture<Optional<Cell<ArrayDataAccess<?>>>> other = reading.putIfAbsent(index, mine);
            // Where another thread reads the chunk, this one waits for it; where that fails, it tries for itself.
            cell = other == null ? read(index, mine) : other.join();
        }
        return cell.get();
    }

    /// References to cells that are kept or were cleared a moment ago, for tests.
    List<Reference<?>> references() {
        return List.copyOf(kept.values());
    }

    private Optional<Cell<ArrayDataAccess<?>>> kept(long index) {
        Room.Kept there = kept.get(index);
        return there == null ? Optional.empty() : Optional.ofNullable(there.use());
    }

    private Optional<Cell<ArrayDataAccess<?>>> read(long index,
            CompletableFuture<Optional<Cell<ArrayDataAccess<?>>>> done) {
        Optional<Cell<ArrayDataAccess<?>>> cell = Optional.empty();
        try {
            // Another thread may have been done just before this one began.
            cell = kept(index);
            if (cell.isEmpty()) {
                Box box = grid.box(position(index));
                Cell<ArrayDataAccess<?>> fresh = cell(box);
                room.keep(kept, index, fresh, box.volume() * volume.info().type().bytes());
                cell = Optional.of(fresh);
            }
            return cell;
        } finally {
            reading.remove(index, done);
            done.complete(cell);
        }
    }

    /// A volume may have more chunks than an int can count.
    private Int3 position(long index) {
        Int3 shape = grid.shape();
        long layer = (long) shape.x() * shape.y();
        return new Int3((int) (index % shape.x()), (int) (index % layer / shape.x()), (int) (index / layer));
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
