package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.longs.Long2DoubleMap;
import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Looks for the nearest accepted supervoxels around some positions, in balls that grow. Every voxel of a ball is seen
/// before one is taken, so the size of the steps does not matter for the answer. For one search.
final class NearestSearch {
    /// Voxels that are read at once, as far as a plane has not more.
    private static final int MOST_VOXELS = 1 << 23;
    /// Nearer than all: the voxel that holds the position, even where another's centre is as near.
    private static final double HOLDS = -1;

    private final SupervoxelVolume volume;
    private final VoxelSize size;
    private final Acceptance accepted;
    private final LongOpenHashSet asked = new LongOpenHashSet();
    private final LongOpenHashSet wanted = new LongOpenHashSet();

    NearestSearch(SupervoxelVolume volume, Acceptance accepted) {
        this.volume = volume;
        this.size = volume.voxelSize();
        this.accepted = accepted;
    }

    /// A position that nothing has been found for.
    private final class Open {
        private final int number;
        private final Int3 voxel;
        /// In voxels, so that voxels on either side of a centre are exactly as far from it.
        private final double x;
        private final double y;
        private final double z;
        /// Squared distance of each supervoxel in the ball, nm².
        private final Long2DoubleOpenHashMap near = new Long2DoubleOpenHashMap();

        Open(int number, Position position) {
            this.number = number;
            this.voxel = volume.voxel(position);
            this.x = position.x() / size.x() - 0.5;
            this.y = position.y() / size.y() - 0.5;
            this.z = position.z() / size.z() - 0.5;
            near.defaultReturnValue(Double.POSITIVE_INFINITY);
        }

        /// Voxels whose centres may lie within a radius.
        Box ball(double radius) {
            Int3 low = new Int3((int) Math.ceil(x - radius / size.x()), (int) Math.ceil(y - radius / size.y()),
                    (int) Math.ceil(z - radius / size.z()));
            Int3 high = new Int3((int) Math.floor(x + radius / size.x()), (int) Math.floor(y + radius / size.y()),
                    (int) Math.floor(z + radius / size.z()));
            return new Box(low.min(voxel).max(volume.bounds().min()),
                    high.max(voxel).min(volume.bounds().max().minus(Int3.all(1))).plus(Int3.all(1)));
        }

        void look(Block.Longs block, double radius) {
            Box box = block.box().intersect(ball(radius));
            for (int vz = box.min().z(); vz < box.max().z(); vz++) {
                for (int vy = box.min().y(); vy < box.max().y(); vy++) {
                    double away = square((vy - y) * size.y()) + square((vz - z) * size.z());
                    if (away <= radius * radius || (vy == voxel.y() && vz == voxel.z())) {
                        row(block, box, vy, vz, away, radius * radius);
                    }
                }
            }
        }

        private void row(Block.Longs block, Box box, int vy, int vz, double away, double most) {
            int from = block.box().index(box.min().x(), vy, vz) - box.min().x();
            boolean own = vy == voxel.y() && vz == voxel.z();
            long id = 0;
            double best = Double.POSITIVE_INFINITY;
            for (int vx = box.min().x(); vx < box.max().x(); vx++) {
                long here = block.data()[from + vx];
                if (here != id) {
                    put(id, best);
                    id = here;
                    best = Double.POSITIVE_INFINITY;
                }
                double distance = own && vx == voxel.x() ? HOLDS : square((vx - x) * size.x()) + away;
                if (distance <= most && distance < best) {
                    best = distance;
                }
            }
            put(id, best);
        }

        private void put(long id, double distance) {
            if (id != 0 && distance < near.get(id)) {
                near.put(id, distance);
            }
        }

        /// The nearest that is wanted; 0 if none is.
        long best() {
            long best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (Long2DoubleMap.Entry entry : near.long2DoubleEntrySet()) {
                long id = entry.getLongKey();
                double distance = entry.getDoubleValue();
                if (wanted.contains(id) && (distance < least
                        || (distance == least && Long.compareUnsigned(id, best) < 0))) {
                    best = id;
                    least = distance;
                }
            }
            return best;
        }
    }

    long[] find(List<Position> positions, double farthest) throws IOException {
        if (!(farthest >= 0 && farthest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a search to " + farthest + " nm");
        }
        List<Open> open = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            open.add(new Open(i, positions.get(i)));
        }
        long[] found = new long[positions.size()];
        double mean = (size.x() + size.y() + size.z()) / 3;
        int step = 0;
        double radius = 0;
        while (!open.isEmpty() && (step == 0 || radius < farthest)) {
            radius = Math.min(farthest,
                    step < SupervoxelVolume.RADII.size() ? SupervoxelVolume.RADII.get(step) * mean : 2 * radius);
            step++;
            look(open, radius);
            ask(open);
            for (Open point : open) {
                found[point.number] = point.best();
            }
            open.removeIf(point -> found[point.number] != 0);
        }
        return found;
    }

    /// Sees the balls of all points, with one read for those that lie together.
    private void look(List<Open> open, double radius) throws IOException {
        List<Box> boxes = new ArrayList<>();
        List<List<Open>> groups = new ArrayList<>();
        List<Long> apart = new ArrayList<>();
        for (Open point : open) {
            Box ball = point.ball(radius);
            int group = 0;
            // To read together must not be to read more.
            while (group < boxes.size()
                    && Extent.cover(boxes.get(group), ball).volume() > apart.get(group) + ball.volume()) {
                group++;
            }
            if (group == boxes.size()) {
                boxes.add(ball);
                groups.add(new ArrayList<>());
                apart.add(0L);
            }
            boxes.set(group, Extent.cover(boxes.get(group), ball));
            groups.get(group).add(point);
            apart.set(group, apart.get(group) + ball.volume());
        }
        for (int group = 0; group < boxes.size(); group++) {
            Box box = boxes.get(group);
            int planes = (int) Math.max(1, MOST_VOXELS / ((long) box.size().x() * box.size().y()));
            for (int z = box.min().z(); z < box.max().z(); z += planes) {
                int end = Math.min(box.max().z(), z + planes);
                Block.Longs block = volume.read(new Box(box.min().with(2, z), box.max().with(2, end)));
                for (Open point : groups.get(group)) {
                    point.look(block, radius);
                }
            }
        }
    }

    private static double square(double length) {
        return length * length;
    }

    private void ask(List<Open> open) throws IOException {
        LongOpenHashSet fresh = new LongOpenHashSet();
        for (Open point : open) {
            fresh.addAll(point.near.keySet());
        }
        fresh.removeAll(asked);
        if (fresh.isEmpty()) {
            return;
        }
        asked.addAll(fresh);
        long[] ids = fresh.toLongArray();
        LongArrays.unstableSort(ids, Long::compareUnsigned);
        boolean[] answer = accepted.of(Arrays.copyOf(ids, ids.length));
        for (int i = 0; i < ids.length; i++) {
            if (answer[i]) {
                wanted.add(ids[i]);
            }
        }
    }
}
