package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongSet;

/// Where a supervoxel lies.
///
/// @param box around its voxels
/// @param voxels how many there are
public record Extent(Box box, long voxels) {
    /// Finds supervoxels in a box, which is read part by part.
    ///
    /// @param within what to look at
    /// @param ids supervoxels, none 0
    /// @return of those that have voxels there
    public static Map<Long, Extent> of(SupervoxelVolume volume, Box within, LongSet ids) throws IOException {
        Long2ObjectOpenHashMap<Found> found = new Long2ObjectOpenHashMap<>();
        ids.forEach((long id) -> found.put(id, new Found()));
        for (Box part : volume.parts(within)) {
            scan(volume.read(part), found);
        }
        Map<Long, Extent> extents = new HashMap<>();
        found.forEach((id, at) -> {
            if (at.voxels > 0) {
                extents.put(id, new Extent(at.box(), at.voxels));
            }
        });
        return extents;
    }

    /// The least box that has two others.
    public static Box cover(Box a, Box b) {
        return new Box(a.min().min(b.min()), a.max().max(b.max()));
    }

    private static void scan(Block.Longs labels, Long2ObjectOpenHashMap<Found> found) {
        Box box = labels.box();
        long[] data = labels.data();
        int row = box.size().x();
        int i = 0;
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                int end = i + row;
                while (i < end) {
                    long label = data[i];
                    int from = i;
                    while (i < end && data[i] == label) {
                        i++;
                    }
                    Found at = label == 0 ? null : found.get(label);
                    if (at != null) {
                        int x = box.min().x() + row - (end - from);
                        at.add(x, x + i - from, y, z);
                    }
                }
            }
        }
    }

    /// What of a supervoxel was seen.
    private static final class Found {
        private final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        private final int[] max = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        private long voxels;

        void add(int fromX, int endX, int y, int z) {
            min[0] = Math.min(min[0], fromX);
            max[0] = Math.max(max[0], endX);
            min[1] = Math.min(min[1], y);
            max[1] = Math.max(max[1], y + 1);
            min[2] = Math.min(min[2], z);
            max[2] = Math.max(max[2], z + 1);
            voxels += endX - fromX;
        }

        Box box() {
            return new Box(new Int3(min[0], min[1], min[2]), new Int3(max[0], max[1], max[2]));
        }
    }
}
