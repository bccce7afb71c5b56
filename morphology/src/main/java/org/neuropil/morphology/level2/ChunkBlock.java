package org.neuropil.morphology.level2;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.kernel.Downsample;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// The cells of a chunk and one around it, with its supervoxels numbered from 1. Never changes.
///
/// @param chunk cells of the chunk itself
/// @param box the chunk grown by one cell; what lies outside of the volume is 0
/// @param cells number of each cell's supervoxel, x fastest
/// @param supervoxels id of each number; 0 first
/// @param numbers of ids
/// @param bounds lower and upper corner, exclusive, of each supervoxel's cells within the chunk, six for each number
/// @param head moment of the graph before it was read: it shows all earlier edits
record ChunkBlock(Box chunk, Box box, int[] cells, long[] supervoxels, Long2IntOpenHashMap numbers, int[] bounds,
        Instant head) {
    /// Reads the chunk of a node.
    static ChunkBlock read(Lattice lattice, SupervoxelBlocks source, long node, Instant head) throws IOException {
        Box chunk = lattice.chunk(node);
        Box box = chunk.grow(Int3.all(1));
        Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, box);
        Box there = box.intersect(lattice.bounds());
        if (!there.isEmpty()) {
            Block fine = source.read(lattice.voxels(there));
            Int3 left = lattice.factor();
            // The lattice begins at 0, so that cells are whole.
            Block cells = at(fine, there, left);
            while (!left.equals(Int3.all(1))) {
                Int3 half = left.min(Int3.all(2));
                cells = Downsample.mode(cells, half);
                left = left.floorDiv(half);
            }
            block.copyFrom(cells);
        }
        return of(chunk, block, head);
    }

    /// The same voxels with the lattice's origin as their own.
    private static Block.Longs at(Block fine, Box cells, Int3 factor) {
        return new Block.Longs(Box.of(cells.min().times(factor), fine.box().size()), fine.ids().data());
    }

    private static ChunkBlock of(Box chunk, Block.Longs block, Instant head) {
        long[] data = block.data();
        int[] cells = new int[data.length];
        Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
        long[] supervoxels = new long[64];
        int count = 1;
        long last = 0;
        int lastNumber = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] != last) {
                last = data[i];
                lastNumber = last == 0 ? 0 : numbers.get(last);
                if (last != 0 && lastNumber == 0) {
                    lastNumber = count++;
                    numbers.put(last, lastNumber);
                    supervoxels = lastNumber < supervoxels.length
                            ? supervoxels
                            : Arrays.copyOf(supervoxels, 2 * lastNumber);
                    supervoxels[lastNumber] = last;
                }
            }
            cells[i] = lastNumber;
        }
        return new ChunkBlock(chunk, block.box(), cells, Arrays.copyOf(supervoxels, count), numbers,
                bounds(chunk, block.box(), cells, count), head);
    }

    private static int[] bounds(Box chunk, Box box, int[] cells, int count) {
        int[] bounds = new int[6 * count];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = i % 6 < 3 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        }
        for (int z = chunk.min().z(); z < chunk.max().z(); z++) {
            for (int y = chunk.min().y(); y < chunk.max().y(); y++) {
                int i = box.index(chunk.min().x(), y, z);
                for (int x = chunk.min().x(); x < chunk.max().x(); x++, i++) {
                    int b = 6 * cells[i];
                    bounds[b] = Math.min(bounds[b], x);
                    bounds[b + 1] = Math.min(bounds[b + 1], y);
                    bounds[b + 2] = Math.min(bounds[b + 2], z);
                    bounds[b + 3] = Math.max(bounds[b + 3], x + 1);
                    bounds[b + 4] = Math.max(bounds[b + 4], y + 1);
                    bounds[b + 5] = Math.max(bounds[b + 5], z + 1);
                }
            }
        }
        return bounds;
    }

    /// Box of the cells of some supervoxels within the chunk; null if they have none.
    @Nullable
    Box bounds(boolean[] own) {
        int[] b = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE,
            Integer.MIN_VALUE};
        for (int n = 1; n < own.length; n++) {
            for (int i = 0; own[n] && i < 6; i++) {
                b[i] = i < 3 ? Math.min(b[i], bounds[6 * n + i]) : Math.max(b[i], bounds[6 * n + i]);
            }
        }
        return b[3] == Integer.MIN_VALUE ? null : new Box(new Int3(b[0], b[1], b[2]), new Int3(b[3], b[4], b[5]));
    }

    /// Bytes that it takes, about.
    int bytes() {
        return 4 * cells.length + 48 * supervoxels.length;
    }
}
