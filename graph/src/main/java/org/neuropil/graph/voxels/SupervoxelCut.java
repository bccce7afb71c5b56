package org.neuropil.graph.voxels;

import java.io.IOException;
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

    /// Cuts supervoxels. Takes 13 bytes for each voxel of the box, 17 if there are pieces without points, and about 35 more
    /// for each voxel of theirs.
    ///
    /// @param volume that has them; read part by part
    /// @param box that has all voxels of those to cut; best with a margin of one voxel, since its faces are taken for no
    ///        border of theirs
    /// @param wholes the supervoxels to cut, none 0
    /// @param sources points of one side, voxels; one that is in none of the supervoxels stands for the nearest voxel
    ///        of them
    /// @param sinks points of the other side
    /// @throws EditRefusedException if a side has no point, or points of both are at one voxel
    /// @throws IllegalArgumentException if none of the supervoxels is in the box
    public static SupervoxelCut of(SupervoxelVolume volume, Box box, long[] wholes, List<Int3> sources,
            List<Int3> sinks) throws IOException {
        long[] all = LongArrays.copy(wholes);
        LongArrays.unstableSort(all, Long::compareUnsigned);
        if (Arrays.stream(all).anyMatch(id -> id == 0)) {
            throw new IllegalArgumentException("background cannot be cut");
        }
        if (sources.isEmpty() || sinks.isEmpty()) {
            throw new EditRefusedException(EditRefusedException.Reason.NO_CUT,
                    "Sources and sinks are both needed. Place at least one point on either side of the merge error.");
        }
        VoxelSize size = volume.voxelSize();
        Block.Ints own = own(volume, box, all);
        Mask mask = Mask.of(own, size);
        int[][] points = {mask.snap(sources, size), mask.snap(sinks, size)};
        for (int point : points[0]) {
            if (Arrays.binarySearch(points[1], point) >= 0) {
                throw new EditRefusedException(EditRefusedException.Reason.NO_CUT,
                        "A source and a sink are at the same place of one supervoxel. Place them further apart.");
            }
        }
        byte[] sides = Fronts.sides(mask, size, Fronts.climb(mask, size, points), Fronts.narrow(mask, size));
        assignUnreached(mask, size, sides);
        return fragments(all, own, mask, sides);
    }

    /// Which of some supervoxels each voxel is of: its place among them, from 1 on; else 0.
    private static Block.Ints own(SupervoxelVolume volume, Box box, long[] wholes) throws IOException {
        Long2IntOpenHashMap order = new Long2IntOpenHashMap(wholes.length);
        for (int i = 0; i < wholes.length; i++) {
            order.put(wholes[i], i + 1);
        }
        Block.Ints own = new Block.Ints(box, new int[box.voxels()], DataType.UINT32);
        for (Box part : volume.parts(box)) {
            long[] labels = volume.read(part).data();
            int row = part.size().x();
            int i = 0;
            for (int z = part.min().z(); z < part.max().z(); z++) {
                for (int y = part.min().y(); y < part.max().y(); y++) {
                    int to = box.index(part.min().x(), y, z);
                    long last = 0;
                    int number = 0;
                    for (int x = 0; x < row; x++, i++) {
                        if (labels[i] != last) {
                            last = labels[i];
                            number = order.get(last);
                        }
                        own.data()[to + x] = number;
                    }
                }
            }
        }
        return own;
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

    private static SupervoxelCut fragments(long[] wholes, Block.Ints own, Mask mask, byte[] sides) {
        Box box = mask.box();
        // The numbers of voxels are not needed any more, but their memory is.
        int[] data = mask.ranks();
        Arrays.fill(data, 0);
        for (int i = 0; i < sides.length; i++) {
            data[mask.places()[i]] = 1 + sides[i] + 2 * (at(own, box, mask.places()[i]) - 1);
        }
        Components components = Components.replacing(new Block.Ints(box, data, DataType.UINT32), Connectivity.FACES, 1);
        List<Fragment> fragments = new ArrayList<>();
        for (int n = 1; n <= components.count(); n++) {
            int first = components.firsts()[n];
            Side side = Side.values()[sides[Arrays.binarySearch(mask.places(), first)]];
            fragments.add(new Fragment(n, wholes[at(own, box, first) - 1], side, components.sizes()[n]));
        }
        return new SupervoxelCut(components.ids(), fragments);
    }

    private static int at(Block.Ints own, Box box, int place) {
        int x = box.min().x() + place % box.size().x();
        int y = box.min().y() + place / box.size().x() % box.size().y();
        int z = box.min().z() + place / box.size().x() / box.size().y();
        return own.data()[own.box().index(x, y, z)];
    }

    /// The number of the fragment that each voxel is in, 0 for none; in the box around the supervoxels, with a margin of
    /// one voxel.
    public Block.Ints numbers() {
        return numbers;
    }

    /// The fragments, by their numbers from 1 on: in the order of their first voxels, x fastest. A supervoxel that is
    /// on one side as a whole, and in one piece, is a fragment of itself.
    public List<Fragment> fragments() {
        return fragments;
    }

    /// The fragment of a side with the voxel nearest to a place; of several, that of the first voxel.
    ///
    /// @throws IllegalArgumentException if the side has none
    public Fragment nearest(Int3 to, Side side, VoxelSize size) {
        Box box = numbers.box();
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        for (int z = box.min().z(), i = 0; z < box.max().z(); z++) {
            double dz = (z - (double) to.z()) * size.z();
            for (int y = box.min().y(); y < box.max().y(); y++) {
                double dy = (y - (double) to.y()) * size.y();
                for (int x = box.min().x(); x < box.max().x(); x++, i++) {
                    int number = numbers.data()[i];
                    if (number != 0 && fragments.get(number - 1).side() == side) {
                        double dx = (x - (double) to.x()) * size.x();
                        double distance = dx * dx + dy * dy + dz * dz;
                        if (distance < least) {
                            least = distance;
                            best = number;
                        }
                    }
                }
            }
        }
        if (best == 0) {
            throw new IllegalArgumentException("no fragment is a " + side);
        }
        return fragments.get(best - 1);
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
