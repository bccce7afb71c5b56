package org.neuropil.segment;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/// Steepest-descent watershed: every voxel points to the lowest of its 26 neighbours and itself (ties: the one that
/// comes first with x fastest, then y, then z), and the voxels whose paths end in the same minimum are a basin. Where a
/// voxel points depends on its neighbours alone, so the basins are the same whichever blocks they are computed in; no
/// flood has to travel.
///
/// A chunk cuts basins at its border. Its supervoxels are found by following the paths within the chunk and a margin; a
/// path that leaves the margin counts as ending there, so a basin that is larger than the margin may become several
/// supervoxels, which edges of infinite affinity join again.
final class Watershed {
    /// Standard deviation of the smoothing of the evidence, in voxels.
    static final double SIGMA = 1;
    /// How far paths are followed beyond the chunk, in voxels.
    static final int MARGIN = 16;

    private Watershed() {}

    /// Voxels of evidence that [#pointers] needs around its box.
    static int context() {
        return Gaussian.radius(SIGMA) + 1;
    }

    /// Where each voxel of a box points: position in the box of the neighbour, -1 if that lies outside it, its own
    /// position at a minimum.
    ///
    /// @param evidence covers the box and [#context] voxels around it as far as the volume goes
    static int[] pointers(Block.Bytes evidence, Box box, Box volume) {
        Box near = box.grow(Int3.all(1)).intersect(volume);
        Box source = box.grow(Int3.all(context())).intersect(volume);
        byte[] bytes = ((Block.Bytes) evidence.crop(source)).data();
        float[] raw = new float[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = bytes[i] & 0xFF;
        }
        float[] kernel = Gaussian.kernel(SIGMA, 0);
        Block.Floats height = new Block.Floats(near, new float[near.voxels()]);
        height.copyFrom(new Block.Floats(source, Gaussian.filter(raw, source, kernel, kernel, kernel)));
        return pointers(height.data(), near, box);
    }

    private static int[] pointers(float[] height, Box near, Box box) {
        int[] pointers = new int[box.voxels()];
        int at = 0;
        for (int z = box.min().z(); z < box.max().z(); z++) {
            int z0 = Math.max(z - 1, near.min().z());
            int z1 = Math.min(z + 1, near.max().z() - 1);
            for (int y = box.min().y(); y < box.max().y(); y++) {
                int y0 = Math.max(y - 1, near.min().y());
                int y1 = Math.min(y + 1, near.max().y() - 1);
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    int x0 = Math.max(x - 1, near.min().x());
                    int x1 = Math.min(x + 1, near.max().x() - 1);
                    float lowest = Float.POSITIVE_INFINITY;
                    int bestX = 0;
                    int bestY = 0;
                    int bestZ = 0;
                    for (int nz = z0; nz <= z1; nz++) {
                        for (int ny = y0; ny <= y1; ny++) {
                            int i = near.index(x0, ny, nz);
                            for (int nx = x0; nx <= x1; nx++, i++) {
                                if (height[i] < lowest) {
                                    lowest = height[i];
                                    bestX = nx;
                                    bestY = ny;
                                    bestZ = nz;
                                }
                            }
                        }
                    }
                    pointers[at++] = box.contains(bestX, bestY, bestZ) ? box.index(bestX, bestY, bestZ) : -1;
                }
            }
        }
        return pointers;
    }

    /// Numbers the basins in a chunk from 1, in the order in which they are met with x fastest.
    ///
    /// @param evidence covers the chunk, [#MARGIN] and [#context] voxels around it as far as the volume goes
    static Block.Ints basins(Block.Bytes evidence, Box chunk, Box volume) {
        Box region = chunk.grow(Int3.all(MARGIN)).intersect(volume);
        int[] ends = pointers(evidence, region, volume);
        for (int i = 0; i < ends.length; i++) {
            follow(ends, i);
        }
        int[] labels = new int[chunk.voxels()];
        Int2IntOpenHashMap numbers = new Int2IntOpenHashMap();
        int at = 0;
        for (int z = chunk.min().z(); z < chunk.max().z(); z++) {
            for (int y = chunk.min().y(); y < chunk.max().y(); y++) {
                int i = region.index(chunk.min().x(), y, z);
                for (int x = chunk.min().x(); x < chunk.max().x(); x++, i++, at++) {
                    int number = numbers.get(ends[i]);
                    if (number == 0) {
                        number = numbers.size() + 1;
                        numbers.put(ends[i], number);
                    }
                    labels[at] = number;
                }
            }
        }
        return new Block.Ints(chunk, labels);
    }

    /// Makes all voxels of a path point to its end: the minimum, or the last voxel before it leaves the region.
    private static void follow(int[] pointers, int start) {
        int end = start;
        while (pointers[end] >= 0 && pointers[end] != end) {
            end = pointers[end];
        }
        int i = start;
        while (i != end) {
            int next = pointers[i];
            pointers[i] = end;
            i = next;
        }
        pointers[end] = end;
    }
}
