package org.neuropil.tables.live;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// A volume that never changes, of which what was read lately is kept: points that are written one after the other lie in
/// the same places, and to decode a chunk for each would cost more than all else. Large boxes are read as they are and not
/// kept.
final class KeptSupervoxels implements SupervoxelVolume {
    /// As large as chunks are as a rule, and aligned as they are: 2 MiB of ids.
    private static final Int3 CELL = Int3.all(64);
    private static final long LARGE = CELL.volume();
    /// 64 MiB of ids.
    private static final int KEPT = 32;

    private final SupervoxelVolume volume;
    private final Cache<Int3, Block.Longs> cells = Caffeine.newBuilder().maximumSize(KEPT).build();

    KeptSupervoxels(SupervoxelVolume volume) {
        this.volume = volume;
    }

    @Override
    public Box bounds() {
        return volume.bounds();
    }

    @Override
    public VoxelSize voxelSize() {
        return volume.voxelSize();
    }

    @Override
    public Int3 part() {
        return volume.part();
    }

    @Override
    public Block.Longs read(Box box) throws IOException {
        Box inside = box.intersect(bounds());
        if (inside.isEmpty() || inside.volume() > LARGE) {
            return volume.read(box);
        }
        Int3 first = cellOf(inside.min());
        Int3 last = cellOf(inside.max().minus(Int3.all(1)));
        Block.Longs result = new Block.Longs(box, new long[box.voxels()]);
        for (int z = first.z(); z <= last.z(); z++) {
            for (int y = first.y(); y <= last.y(); y++) {
                for (int x = first.x(); x <= last.x(); x++) {
                    result.copyFrom(cell(new Int3(x, y, z)));
                }
            }
        }
        return result;
    }

    private Int3 cellOf(Int3 voxel) {
        return voxel.minus(bounds().min()).floorDiv(CELL);
    }

    private Block.Longs cell(Int3 position) throws IOException {
        try {
            return cells.get(position, cell -> {
                try {
                    Box box = Box.of(bounds().min().plus(cell.times(CELL)), CELL).intersect(bounds());
                    return volume.read(box);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
