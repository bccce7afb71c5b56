package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.kernel.DistanceTransform;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

/// Which fragments of two supervoxels that do not touch are nearest to each other.
///
/// Both are looked at together, if the box around them and all fragments is not too large. Otherwise, of the one that was
/// not cut, the box counts for its voxels.
final class NearestEnds {
    /// Voxels that are looked at together, at 5 bytes each.
    private static final long MOST_VOXELS = 1 << 26;

    private final Block.Ints numbers;
    /// Of each fragment.
    private final long[] ids;
    private final SupervoxelVolume volume;
    private final LongFunction<Box> chunk;
    private final long most;
    private final Map<Long, Extent> extents = new HashMap<>();

    /// Two ids whose voxels are near.
    record Found(long one, long other) {}

    /// @param numbers of fragments, by voxel
    /// @param ids of fragments, by number
    /// @param volume after the cut
    /// @param chunk a box that has all voxels of a supervoxel that was not cut
    NearestEnds(Block.Ints numbers, long[] ids, SupervoxelVolume volume, LongFunction<Box> chunk) {
        this(numbers, ids, volume, chunk, MOST_VOXELS);
    }

    NearestEnds(Block.Ints numbers, long[] ids, SupervoxelVolume volume, LongFunction<Box> chunk, long most) {
        this.numbers = numbers;
        this.ids = ids;
        this.volume = volume;
        this.chunk = chunk;
        this.most = most;
    }

    /// The nearest of one end and of the other.
    ///
    /// @param one fragments of the one, or itself if it was not cut
    /// @param oneCut whether it was
    /// @return null if an end has no voxels
    @Nullable
    Found of(List<Long> one, boolean oneCut, List<Long> other, boolean otherCut) throws IOException {
        Box seen = numbers.box();
        if (!oneCut || !otherCut) {
            long whole = oneCut ? other.getFirst() : one.getFirst();
            Extent extent = extent(whole);
            if (extent == null) {
                return null;
            }
            seen = Extent.cover(seen, extent.box());
            if (seen.volume() > most) {
                return oneCut
                        ? new Found(nearest(extent.box(), one), whole)
                        : new Found(whole, nearest(extent.box(), other));
            }
        }
        long near = nearest(seen, one, other);
        return new Found(near, nearest(seen, other, List.of(near)));
    }

    private @Nullable Extent extent(long supervoxel) throws IOException {
        Extent known = extents.get(supervoxel);
        if (known == null) {
            known = Extent.of(volume, chunk.apply(supervoxel), LongSet.of(supervoxel)).get(supervoxel);
            if (known != null) {
                extents.put(supervoxel, known);
            }
        }
        return known;
    }

    /// Of some supervoxels, the one with the voxel nearest to any of others; of several, the smallest.
    ///
    /// @param seen where all of them lie
    private long nearest(Box seen, List<Long> of, List<Long> to) throws IOException {
        LongSet targets = new LongOpenHashSet(to);
        LongSet wanted = new LongOpenHashSet(of);
        byte[] away = new byte[seen.voxels()];
        visit(seen, (place, id) -> away[place] = (byte) (targets.contains(id) ? 0 : 1));
        float[] squares = DistanceTransform.squared(new Block.Bytes(seen, away), volume.voxelSize(), false, 1).data();
        Nearest nearest = new Nearest(of.getFirst());
        visit(seen, (place, id) -> {
            if (squares[place] <= nearest.square && wanted.contains(id)) {
                nearest.see(id, squares[place]);
            }
        });
        return nearest.id;
    }

    /// Of some fragments, the one with the voxel nearest to a box; of several, the smallest.
    private long nearest(Box to, List<Long> of) {
        LongSet wanted = new LongOpenHashSet(of);
        VoxelSize size = volume.voxelSize();
        Box box = numbers.box();
        Nearest nearest = new Nearest(of.getFirst());
        int i = 0;
        for (int z = box.min().z(); z < box.max().z(); z++) {
            double dz = away(z, to.min().z(), to.max().z()) * size.z();
            for (int y = box.min().y(); y < box.max().y(); y++) {
                double dy = away(y, to.min().y(), to.max().y()) * size.y();
                for (int x = box.min().x(); x < box.max().x(); x++, i++) {
                    if (numbers.data()[i] != 0) {
                        double dx = away(x, to.min().x(), to.max().x()) * size.x();
                        double square = dx * dx + dy * dy + dz * dz;
                        long id = ids[numbers.data()[i] - 1];
                        if (square <= nearest.square && wanted.contains(id)) {
                            nearest.see(id, square);
                        }
                    }
                }
            }
        }
        return nearest.id;
    }

    private static double away(int at, int min, int max) {
        return Math.max(0, Math.max(min - at, at - (max - 1)));
    }

    private interface Voxel {
        void at(int place, long id);
    }

    private void visit(Box box, Voxel visitor) throws IOException {
        for (Box part : volume.parts(box)) {
            long[] labels = volume.read(part).data();
            int row = part.size().x();
            int i = 0;
            for (int z = part.min().z(); z < part.max().z(); z++) {
                for (int y = part.min().y(); y < part.max().y(); y++) {
                    int place = box.index(part.min().x(), y, z);
                    for (int x = 0; x < row; x++) {
                        visitor.at(place + x, labels[i++]);
                    }
                }
            }
        }
    }

    /// The nearest so far.
    private static final class Nearest {
        private long id;
        private double square = Double.POSITIVE_INFINITY;

        Nearest(long id) {
            this.id = id;
        }

        void see(long other, double away) {
            if (away < square || (away == square && Long.compareUnsigned(other, id) < 0)) {
                id = other;
                square = away;
            }
        }
    }
}
