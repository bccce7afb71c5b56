package org.neuropil.graph.voxels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.kernel.Components;
import org.neuropil.volume.kernel.Connectivity;
import org.neuropil.volume.kernel.DistanceTransform;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Supervoxels that are cut together between points: one, or the parts of one basin that chunk borders cut. Their voxels
/// are one mask. Each voxel is of the side whose points it belongs to, so that the border runs where the mask is narrow
/// ([Fronts]); what no point reaches within the mask is of the nearest side.
///
/// A supervoxel lies in one chunk, so its fragments do; of each side it has as many as there are pieces that faces of
/// voxels hold together.
public final class SupervoxelCut {
    private final Block.Ints numbers;
    private final List<Fragment> fragments;
    private final Set<Long> cut = new HashSet<>();

    private SupervoxelCut(Block.Ints numbers, List<Fragment> fragments) {
        this.numbers = numbers;
        this.fragments = List.copyOf(fragments);
        Set<Long> seen = new HashSet<>();
        for (Fragment fragment : fragments) {
            if (!seen.add(fragment.whole())) {
                cut.add(fragment.whole());
            }
        }
    }

    /// Cuts supervoxels. Takes about 10 bytes for each voxel of the box around them, and 30 more for each of theirs.
    ///
    /// @param labels supervoxels in a box that has all voxels of those to cut
    /// @param wholes the supervoxels to cut, none 0
    /// @param size of a voxel, nm
    /// @param sources points of one side, voxels; one that is in none of the supervoxels stands for the nearest voxel
    ///        of them
    /// @param sinks points of the other side
    /// @throws EditRefusedException if a side has no point, or points of both are at one voxel
    /// @throws IllegalArgumentException if none of the supervoxels is in the block
    public static SupervoxelCut of(Block.Longs labels, long[] wholes, VoxelSize size, List<Int3> sources,
            List<Int3> sinks) {
        LongOpenHashSet all = new LongOpenHashSet(wholes);
        if (all.contains(0)) {
            throw new IllegalArgumentException("background cannot be cut");
        }
        if (sources.isEmpty() || sinks.isEmpty()) {
            throw new EditRefusedException(EditRefusedException.Reason.NO_CUT,
                    "Sources and sinks are both needed. Place at least one point on either side of the merge error.");
        }
        Mask mask = Mask.of(labels, all, size);
        int[][] points = {mask.snap(sources, size), mask.snap(sinks, size)};
        for (int point : points[0]) {
            if (Arrays.binarySearch(points[1], point) >= 0) {
                throw new EditRefusedException(EditRefusedException.Reason.NO_CUT,
                        "A source and a sink are at the same place of one supervoxel. Place them further apart.");
            }
        }
        byte[] sides = Fronts.sides(mask, size, Fronts.climb(mask, size, points), Fronts.narrow(mask, size));
        assignUnreached(mask, size, sides);
        return fragments(labels, all, mask, sides);
    }

    /// Gives pieces of the mask in which no point is to the side that has the voxel nearest to any of theirs; the first
    /// side, if both are as near.
    private static void assignUnreached(Mask mask, VoxelSize size, byte[] sides) {
        Block.Bytes unreached = new Block.Bytes(mask.box(), new byte[mask.box().voxels()]);
        boolean any = false;
        for (int i = 0; i < sides.length; i++) {
            if (sides[i] == Fronts.NONE) {
                unreached.data()[mask.places()[i]] = 1;
                any = true;
            }
        }
        if (!any) {
            return;
        }
        Components pieces = Components.of(unreached, Connectivity.FACES, 1);
        float[] nearest = new float[pieces.count() + 1];
        byte[] best = new byte[pieces.count() + 1];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        for (byte side = 0; side < Side.values().length; side++) {
            byte[] away = unreached.data();
            Arrays.fill(away, (byte) 1);
            for (int i = 0; i < sides.length; i++) {
                if (sides[i] == side) {
                    away[mask.places()[i]] = 0;
                }
            }
            float[] squares = DistanceTransform.squared(unreached, size, false, 1).data();
            for (int i = 0; i < sides.length; i++) {
                int place = mask.places()[i];
                int piece = pieces.ids().data()[place];
                if (piece != 0 && squares[place] < nearest[piece]) {
                    nearest[piece] = squares[place];
                    best[piece] = side;
                }
            }
        }
        for (int i = 0; i < sides.length; i++) {
            if (sides[i] == Fronts.NONE) {
                sides[i] = best[pieces.ids().data()[mask.places()[i]]];
            }
        }
    }

    private static SupervoxelCut fragments(Block.Longs labels, LongOpenHashSet all, Mask mask, byte[] sides) {
        long[] wholes = all.toLongArray();
        LongArrays.unstableSort(wholes, Long::compareUnsigned);
        Long2IntOpenHashMap order = new Long2IntOpenHashMap(wholes, identity(wholes.length));
        Box tight = mask.tight();
        int[] data = new int[tight.voxels()];
        int row = tight.size().x();
        int i = 0;
        for (int z = tight.min().z(); z < tight.max().z(); z++) {
            for (int y = tight.min().y(); y < tight.max().y(); y++) {
                int rank = mask.box().index(tight.min().x(), y, z);
                int label = labels.box().index(tight.min().x(), y, z);
                for (int x = 0; x < row; x++, i++) {
                    int voxel = mask.ranks()[rank + x];
                    if (voxel != Mask.OUTSIDE) {
                        data[i] = 1 + sides[voxel] + 2 * order.get(labels.data()[label + x]);
                    }
                }
            }
        }
        Components components = Components.replacing(new Block.Ints(tight, data, DataType.UINT32), Connectivity.FACES,
                1);
        List<Fragment> fragments = new ArrayList<>();
        for (int n = 1; n <= components.count(); n++) {
            int first = components.firsts()[n];
            int x = tight.min().x() + first % row;
            int y = tight.min().y() + first / row % tight.size().y();
            int z = tight.min().z() + first / row / tight.size().y();
            Side side = Side.values()[sides[mask.ranks()[mask.box().index(x, y, z)]]];
            fragments.add(new Fragment(n, labels.data()[labels.box().index(x, y, z)], side, components.sizes()[n]));
        }
        return new SupervoxelCut(components.ids(), fragments);
    }

    private static int[] identity(int n) {
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    /// The number of the fragment that each voxel is in, 0 for none; in the box around the supervoxels.
    public Block.Ints numbers() {
        return numbers;
    }

    /// The fragments, by their numbers from 1 on: in the order of their first voxels, x fastest. A supervoxel that is
    /// on one side as a whole, and in one piece, is a fragment of itself.
    public List<Fragment> fragments() {
        return fragments;
    }

    /// Whether a supervoxel falls apart.
    public boolean cuts(long whole) {
        return cut.contains(whole);
    }

    /// Ids of the fragments, in their order: new ones for parts of supervoxels that fall apart, the others keep theirs.
    ///
    /// @param fresh a new id in the fragment's chunk; asked once for each fragment that needs one, in order
    public long[] ids(ToLongFunction<Fragment> fresh) {
        return fragments.stream()
                .mapToLong(fragment -> cuts(fragment.whole()) ? fresh.applyAsLong(fragment) : fragment.whole())
                .toArray();
    }

    /// What to keep of the supervoxels that fall apart: a patch for each, in ascending order of them (unsigned).
    ///
    /// @param ids as [#ids] made them
    public List<SupervoxelPatch> patches(long[] ids) {
        return cut.stream()
                .sorted(Long::compareUnsigned)
                .map(whole -> SupervoxelPatch.of(whole, numbers,
                        fragments.stream().filter(f -> f.whole() == whole).mapToInt(Fragment::number).toArray(),
                        ids))
                .toList();
    }
}
