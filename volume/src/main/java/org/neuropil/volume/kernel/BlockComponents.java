package org.neuropil.volume.kernel;

import java.util.Arrays;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import it.unimi.dsi.fastutil.longs.LongArrays;

/// Connected components of volumes that do not fit memory, with exactly the numbers that [Components] gives to the whole.
///
/// 1. The volume is cut into blocks that do not overlap, and [Components#of] finds the components of each. Those of all
///    blocks stand in one sequence: a component's **place** is the number of components of the blocks before, plus its
///    number in the block, so places begin with 1. [#firsts] says where in the volume the first voxel of each is.
/// 2. Where blocks meet, [#links] finds the places that are parts of one component, given the labels and the places (see
///    [#putPlaces]) in each box that [#seam] names for a block. They go into one [UnionFind].
/// 3. [#numbers] makes the final number of each place, and [#numbered] puts them on the voxels of a block.
///
/// Only step 3 needs something of all blocks at once: 24 bytes for each place, beside the union.
public final class BlockComponents {
    private BlockComponents() {}

    /// Where in the volume the first voxel of each component of a block is: x + width * (y + height * z), seen from the
    /// volume's corner.
    ///
    /// @param components of a block in the volume
    /// @return by component, beginning with the first: one fewer than [Components#firsts]
    /// @throws IllegalArgumentException if the block's box is not in that of the volume
    public static long[] firsts(Components components, Box volume) {
        Box box = components.ids().box();
        if (!volume.contains(box)) {
            throw new IllegalArgumentException("box " + box + " does not lie in " + volume);
        }
        Int3 size = box.size();
        Int3 offset = box.min().minus(volume.min());
        Int3 whole = volume.size();
        long[] firsts = new long[components.count()];
        for (int i = 0; i < firsts.length; i++) {
            int index = components.firsts()[i + 1];
            long x = (long) offset.x() + index % size.x();
            long y = (long) offset.y() + index / size.x() % size.y();
            long z = (long) offset.z() + index / size.x() / size.y();
            firsts[i] = Math.addExact(x + whole.x() * y, Math.multiplyExact((long) whole.x() * whole.y(), z));
        }
        return firsts;
    }

    /// The box in which neighbours can lie, of which one is in this block and one in a block after it on an axis: two
    /// voxels thick across the block's upper face, one voxel further than the block on the other axes. If this is done
    /// for all blocks of the volume and all axes, all neighbours in different blocks are in one of the boxes.
    ///
    /// @param block its box; blocks are the cells of a grid, and the last ones on an axis may be smaller
    /// @param volume the box of all blocks
    /// @param axis 0 for x, 1 for y, 2 for z
    /// @return empty if the block is the last one on the axis
    public static Optional<Box> seam(Box block, Box volume, int axis) {
        int face = block.max().get(axis);
        if (face >= volume.max().get(axis) || block.isEmpty()) {
            return Optional.empty();
        }
        Box reach = new Box(block.min(), block.max().plus(Int3.all(1))).intersect(volume);
        return Optional.of(new Box(reach.min().with(axis, face - 1), reach.max().with(axis, face + 1)));
    }

    /// Puts the places of a block's components on the voxels that another block shares with it.
    ///
    /// @param ids the block's own components
    /// @param before the number of components of the blocks before
    /// @param to gets the places, 0 for background; other voxels stay as they are
    public static void putPlaces(Block.Ints ids, long before, Block.Longs to) {
        Box common = ids.box().intersect(to.box());
        for (int z = common.min().z(); z < common.max().z(); z++) {
            for (int y = common.min().y(); y < common.max().y(); y++) {
                int from = ids.box().index(common.min().x(), y, z);
                int at = to.box().index(common.min().x(), y, z);
                for (int i = 0; i < common.size().x(); i++) {
                    int id = ids.data()[from + i];
                    to.data()[at + i] = id == 0 ? 0 : before + id;
                }
            }
        }
    }

    /// The pairs of places that are parts of one component: those of neighbouring voxels of the same label.
    ///
    /// @param labels of 8 to 64 bits, in any box that spans several blocks, as those of [#seam]
    /// @param places the place of each voxel in the same box, 0 for background
    /// @return pairs one after the other, the smaller place first, sorted, each once
    /// @throws IllegalArgumentException if the boxes differ or voxels are fractions
    public static long[] links(Block labels, Block.Longs places, Connectivity connectivity) {
        Box box = labels.box();
        if (!box.equals(places.box())) {
            throw new IllegalArgumentException("labels in " + box + " and places in " + places.box());
        }
        Links links = new Links();
        Int3 size = box.size();
        long[] ids = labels.ids().data();
        long[] data = places.data();
        // Half of the neighbours, those that come after the voxel: the others see it themselves.
        for (int step = 14; step < 27; step++) {
            int dx = step % 3 - 1;
            int dy = step / 3 % 3 - 1;
            int dz = step / 9 - 1;
            if (!connectivity.reaches(Math.abs(dx) + Math.abs(dy) + Math.abs(dz))) {
                continue;
            }
            int away = dx + size.x() * (dy + size.y() * dz);
            for (int z = 0; z < size.z() - dz; z++) {
                for (int y = Math.max(0, -dy); y < size.y() - Math.max(0, dy); y++) {
                    int row = size.x() * (y + size.y() * z);
                    int end = row + size.x() - Math.max(0, dx);
                    for (int i = row + Math.max(0, -dx); i < end; i++) {
                        if (data[i] != data[i + away] && ids[i] == ids[i + away] && ids[i] != 0) {
                            links.add(data[i], data[i + away]);
                        }
                    }
                }
            }
        }
        return links.sorted();
    }

    /// The final number of each place.
    ///
    /// @param firsts those of all blocks one after the other, as [#firsts] returns them: `firsts[0]` is of place 1
    /// @param united all that [#links] found
    /// @return by place; 0 for 0. The largest is the number of components
    /// @throws IllegalArgumentException if a place was united that does not exist
    public static long[] numbers(long[] firsts, UnionFind united) {
        long[] first = new long[firsts.length + 1];
        System.arraycopy(firsts, 0, first, 1, firsts.length);
        long[] others = united.others();
        for (long place : others) {
            if (place < 1 || place > firsts.length) {
                throw new IllegalArgumentException("place " + place + " of " + firsts.length);
            }
            // A component's first voxel is that of the part which comes first; that part need not have the smallest place.
            int root = Math.toIntExact(united.smallest(place));
            first[root] = Math.min(first[root], first[(int) place]);
        }
        long[] sorted = new long[firsts.length - others.length];
        int other = 0;
        int count = 0;
        for (int place = 1; place <= firsts.length; place++) {
            if (other < others.length && others[other] == place) {
                other++;
            } else {
                sorted[count++] = first[place];
            }
        }
        Arrays.sort(sorted);
        other = 0;
        for (int place = 1; place <= firsts.length; place++) {
            if (other < others.length && others[other] == place) {
                // The smallest place of the set comes before, and has its number by now.
                first[place] = first[(int) united.smallest(place)];
                other++;
            } else {
                first[place] = Arrays.binarySearch(sorted, first[place]) + 1L;
            }
        }
        return first;
    }

    /// The final numbers on the voxels of a block.
    ///
    /// @param ids the block's own components
    /// @param before the number of components of the blocks before
    /// @param numbers as [#numbers] returns them
    /// @param type UINT32 or UINT64
    /// @throws IllegalArgumentException if a number does not fit the type, or it is another type
    public static Block numbered(Block.Ints ids, long before, long[] numbers, DataType type) {
        int[] from = ids.data();
        int offset = Math.toIntExact(before);
        Block result = Block.zeros(type, ids.box());
        switch (result) {
            case Block.Ints b when type == DataType.UINT32 -> {
                int[] to = b.data();
                for (int i = 0; i < to.length; i++) {
                    long number = from[i] == 0 ? 0 : numbers[from[i] + offset];
                    if (number >>> 32 != 0) {
                        throw new IllegalArgumentException("component " + number + " does not fit " + type);
                    }
                    to[i] = (int) number;
                }
            }
            case Block.Longs b when type == DataType.UINT64 -> {
                long[] to = b.data();
                for (int i = 0; i < to.length; i++) {
                    to[i] = from[i] == 0 ? 0 : numbers[from[i] + offset];
                }
            }
            default -> throw new IllegalArgumentException("components as " + type);
        }
        return result;
    }

    /// Pairs, of which most come many times. What is kept is cut to those that differ whenever it would have to grow.
    private static final class Links {
        private long[] smaller = new long[1024];
        private long[] larger = new long[1024];
        private int count;

        void add(long a, long b) {
            long low = Math.min(a, b);
            long high = Math.max(a, b);
            if (count > 0 && smaller[count - 1] == low && larger[count - 1] == high) {
                return;
            }
            if (count == smaller.length) {
                sort();
                if (count > smaller.length / 2) {
                    smaller = Arrays.copyOf(smaller, 2 * smaller.length);
                    larger = Arrays.copyOf(larger, smaller.length);
                }
            }
            smaller[count] = low;
            larger[count++] = high;
        }

        long[] sorted() {
            sort();
            long[] pairs = new long[2 * count];
            for (int i = 0; i < count; i++) {
                pairs[2 * i] = smaller[i];
                pairs[2 * i + 1] = larger[i];
            }
            return pairs;
        }

        private void sort() {
            LongArrays.radixSort(smaller, larger, 0, count);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || smaller[i] != smaller[kept - 1] || larger[i] != larger[kept - 1]) {
                    smaller[kept] = smaller[i];
                    larger[kept++] = larger[i];
                }
            }
            count = kept;
        }
    }
}
