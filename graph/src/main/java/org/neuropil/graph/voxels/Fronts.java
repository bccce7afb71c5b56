package org.neuropil.graph.voxels;

import java.util.Arrays;

import org.neuropil.space.VoxelSize;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;

/// Two fronts that spread in a mask from the points of either side, until they meet.
///
/// They are to meet where the mask is narrow, as that is where two cells touch. So a front is as slow as the fourth power
/// of the distance to the mask's border is small: nearly all of a way's cost is in its narrowest places, and whichever
/// front fills the wide part before a neck first does not matter. For the same reason a point that was set beside the
/// middle of its neurite must not lose time there: a front begins at all voxels on the way from its point up the
/// distance to the border, to where that is largest. If points of both sides lead to the same place, there is no neck
/// between them; then such a way ends where it would get nearer to a point of the other side.
///
/// `NeckTest` holds the errors of this and of plain distances on made neurites. On such neurites, of the powers 0, 1, 1.5,
/// 2, 3 and 4, the last two erred least; to take the widest way, whatever its length, was no better, and neither were
/// steps to 26 neighbours in place of 6.
final class Fronts {
    /// A voxel that no front reaches.
    static final byte NONE = -1;

    private Fronts() {}

    /// The side that reaches each voxel first, over faces. What both sides reach at once is of the lower side, so the
    /// answer depends on nothing but costs, and each voxel is joined by faces to a seed of its side.
    ///
    /// @param seeds by side: voxels of the mask
    /// @param slowness cost of a nanometre at each voxel, above 0
    /// @return side of each voxel, or [#NONE]
    static byte[] sides(Mask mask, VoxelSize size, int[][] seeds, float[] slowness) {
        double[] distance = new double[mask.size()];
        byte[] sides = new byte[mask.size()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Arrays.fill(sides, NONE);
        // What has a way that its neighbours have not been told of.
        boolean[] news = new boolean[mask.size()];
        RadixHeap heap = new RadixHeap();
        for (byte side = 0; side < seeds.length; side++) {
            for (int seed : seeds[side]) {
                distance[seed] = 0;
                sides[seed] = side;
                news[seed] = true;
                heap.put(0, seed);
            }
        }
        int[] away = new int[6];
        double[] half = new double[6];
        for (int step = 0; step < 6; step++) {
            away[step] = (step % 2 == 0 ? 1 : -1) * mask.stride(step / 2);
            half[step] = size.get(step / 2) / 2;
        }
        int[] ranks = mask.ranks();
        int[] places = mask.places();
        for (int at = heap.take(); at >= 0; at = heap.take()) {
            if (!news[at]) {
                continue;
            }
            news[at] = false;
            double here = distance[at];
            byte side = sides[at];
            double slow = slowness[at];
            for (int step = 0; step < 6; step++) {
                int to = ranks[places[at] + away[step]];
                if (to == Mask.OUTSIDE) {
                    continue;
                }
                double there = here + half[step] * (slow + slowness[to]);
                if (there < distance[to] || (there == distance[to] && side < sides[to])) {
                    distance[to] = there;
                    sides[to] = side;
                    news[to] = true;
                    heap.put(there, to);
                }
            }
        }
        return sides;
    }

    /// Slowness by the distance to the mask's border: 1 at a voxel whose nearest neighbour is outside.
    static float[] narrow(Mask mask, VoxelSize size) {
        double shortest = Math.min(size.x(), Math.min(size.y(), size.z()));
        float[] slowness = new float[mask.size()];
        for (int i = 0; i < slowness.length; i++) {
            // A mask that fills its block has no border: it is wide everywhere.
            double ratio = shortest * shortest / Math.min(mask.border()[i], Float.MAX_VALUE);
            slowness[i] = (float) Math.max(ratio * ratio, 1e-30);
        }
        return slowness;
    }

    /// Points and the ways from them up the distance to the border, to its nearest maximum.
    ///
    /// @param points by side; no voxel on both
    /// @return seeds by side, ascending; no voxel on both
    static int[][] climb(Mask mask, VoxelSize size, int[][] points) {
        IntArrayList[][] ways = new IntArrayList[points.length][];
        IntOpenHashSet[] passed = new IntOpenHashSet[points.length];
        for (int side = 0; side < points.length; side++) {
            ways[side] = new IntArrayList[points[side].length];
            passed[side] = new IntOpenHashSet();
            for (int i = 0; i < points[side].length; i++) {
                ways[side][i] = way(mask, points[side][i]);
                passed[side].addAll(ways[side][i]);
            }
        }
        int[][] seeds = new int[points.length][];
        for (int side = 0; side < points.length; side++) {
            int[] own = points[side];
            int[] other = points[1 - side];
            IntOpenHashSet taken = new IntOpenHashSet();
            for (IntArrayList way : ways[side]) {
                boolean meets = way.intStream().anyMatch(passed[1 - side]::contains);
                int length = 1;
                while (length < way.size() && (!meets
                        || nearest(mask, size, way.getInt(length), own) < nearest(mask, size, way.getInt(length),
                                other))) {
                    length++;
                }
                taken.addAll(way.subList(0, length));
            }
            seeds[side] = taken.toIntArray();
            Arrays.sort(seeds[side]);
        }
        return seeds;
    }

    /// Squared distance from a voxel to the nearest of some, straight, nm².
    private static double nearest(Mask mask, VoxelSize size, int voxel, int[] points) {
        double least = Double.POSITIVE_INFINITY;
        for (int point : points) {
            least = Math.min(least, mask.distance(point, mask.voxel(voxel), size));
        }
        return least;
    }

    private static IntArrayList way(Mask mask, int from) {
        IntArrayList way = new IntArrayList();
        for (int at = from, before = Mask.OUTSIDE; at != before;) {
            way.add(at);
            before = at;
            at = higher(mask, at);
        }
        return way;
    }

    /// The neighbour across a face that is farthest from the border, of several the first; the voxel itself if none is
    /// farther.
    private static int higher(Mask mask, int at) {
        int best = at;
        for (int axis = 2; axis >= 0; axis--) {
            for (int sign = -1; sign <= 1; sign += 2) {
                int to = mask.ranks()[mask.places()[at] + sign * mask.stride(axis)];
                if (to != Mask.OUTSIDE && (mask.border()[to] > mask.border()[best]
                        || (best != at && mask.border()[to] == mask.border()[best] && to < best))) {
                    best = to;
                }
            }
        }
        return best;
    }
}
