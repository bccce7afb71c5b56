package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.store.Store;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// Finds the supervoxels of chunks in their voxels, and the segments that they belong to.
///
/// @param plan the chunks
/// @param supervoxels volume of ids, none of which crosses a chunk
/// @param segmentation volume of segments, or the supervoxels again where segments are not asked for
/// @param scratch where the tables go, as `segments_x_y_z`
record VoxelTables(GraphPlan plan, Volume supervoxels, Volume segmentation, Store scratch) implements Serializable {
    static String key(Int3 chunk) {
        return "segments_" + chunk.x() + "_" + chunk.y() + "_" + chunk.z();
    }

    /// Writes the table of a chunk.
    ///
    /// @throws InputException if a supervoxel lies in another chunk than its id says, or has voxels of two segments
    void write(Int3 chunk) throws IOException {
        Box box = plan.grid().box(chunk);
        long[] ids = supervoxels.read(0, box).ids().data();
        boolean same = segmentation.uri().equals(supervoxels.uri());
        long[] segments = same ? ids : segmentation.read(0, box).ids().data();
        Long2LongOpenHashMap found = new Long2LongOpenHashMap();
        long lastId = 0;
        long lastSegment = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == lastId && segments[i] == lastSegment || ids[i] == 0) {
                continue;
            }
            lastId = ids[i];
            lastSegment = segments[i];
            if (!found.containsKey(lastId)) {
                check(chunk, box, i, lastId);
                found.put(lastId, lastSegment);
            } else if (found.get(lastId) != lastSegment) {
                throw new InputException("supervoxel " + Long.toUnsignedString(lastId) + " has voxels of segment "
                        + Long.toUnsignedString(found.get(lastId)) + " and of segment "
                        + Long.toUnsignedString(lastSegment), where(segmentation, box, i),
                        "a supervoxel belongs to one segment");
            }
        }
        long[] numbers = found.keySet().toLongArray();
        Arrays.sort(numbers);
        long[] table = new long[numbers.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = found.get(numbers[i]);
            numbers[i] = plan.ids().number(numbers[i]);
        }
        scratch.put(key(chunk), new SegmentTable(numbers, table).toBytes());
    }

    private void check(Int3 chunk, Box box, int i, long id) {
        if ((id ^ plan.ids().id(1, chunk, 0)) >>> plan.ids().numberBits(1) != 0 || plan.ids().number(id) == 0) {
            throw new InputException("voxel of id " + Long.toUnsignedString(id) + ", which is no supervoxel of chunk "
                    + chunk, where(supervoxels, box, i),
                    "ids must be those of a graph with chunks of "
                            + plan.chunk() + " voxels and " + plan.ids().bits() + " spatial bits");
        }
    }

    private static String where(Volume volume, Box box, int i) {
        Int3 size = box.size();
        Int3 voxel = new Int3(i % size.x(), i / size.x() % size.y(), i / size.x() / size.y()).plus(box.min());
        return volume.uri() + ", voxel " + voxel;
    }

    /// The voxels of a block as they are, for those who need the neighbours of a chunk too.
    static Block.Longs near(Volume volume, Box box, Box bounds) throws IOException {
        return volume.read(0, box.grow(Int3.all(1)).intersect(bounds)).ids();
    }
}
