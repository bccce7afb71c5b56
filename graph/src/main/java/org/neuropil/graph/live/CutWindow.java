package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.voxels.Extent;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What of a basin is cut together, and where it lies. Chunks are read part by part; only the box around what is cut is
/// kept in memory, however large chunks are.
///
/// @param wholes supervoxels, ascending
/// @param box around all their voxels
record CutWindow(long[] wholes, Box box) {
    /// Nearest first. Of chunks as near, the order is that of the grid.
    private static final Comparator<Int3> BY_PLACE = Comparator.comparingInt(Int3::z).thenComparingInt(Int3::y)
            .thenComparingInt(Int3::x);

    /// What may be looked at.
    ///
    /// @param box voxels of the box around what is cut, at 13 to 17 bytes each
    /// @param own voxels that are cut, at 35 bytes each beside
    /// @param read voxels of chunks without points that are searched for parts of the basin
    record Limits(long box, long own, long read) {
        /// A box of two chunks of 256 x 256 x 512 voxels, half of it to cut; searched are eight such chunks.
        static final Limits USUAL = new Limits(1 << 26, 1 << 25, 1 << 28);
    }

    /// Finds what to cut: the supervoxels that have points, and of the others of the basin, nearest chunks first, as many
    /// as can be looked at together.
    ///
    /// @param basin supervoxels
    /// @param pointed those of them in which points lie
    /// @throws EditRefusedException if those are too large, or too far apart
    static CutWindow find(SupervoxelVolume volume, Grid grid, NodeIds ids, long[] basin, LongOpenHashSet pointed,
            Limits limits) throws IOException {
        return new Search(volume, grid, ids, basin, pointed, limits).run();
    }

    private static final class Search {
        private final SupervoxelVolume volume;
        private final Grid grid;
        private final LongOpenHashSet pointed;
        private final Limits limits;
        private final Map<Int3, LongOpenHashSet> byChunk = new TreeMap<>(BY_PLACE);
        private final Set<Int3> first = new TreeSet<>(BY_PLACE);
        private final List<Long> wholes = new ArrayList<>();
        private Box box;
        private long own;

        Search(SupervoxelVolume volume, Grid grid, NodeIds ids, long[] basin, LongOpenHashSet pointed,
                Limits limits) {
            this.volume = volume;
            this.grid = grid;
            this.pointed = pointed;
            this.limits = limits;
            box = grid.bounds();
            for (long id : basin) {
                byChunk.computeIfAbsent(ids.chunk(id), any -> new LongOpenHashSet()).add(id);
                if (pointed.contains(id)) {
                    first.add(ids.chunk(id));
                }
            }
        }

        CutWindow run() throws IOException {
            Map<Long, Extent> beside = new TreeMap<>();
            Map<Long, Extent> needed = new TreeMap<>();
            Box around = null;
            for (Int3 chunk : first) {
                Box its = grid.box(chunk);
                around = around == null ? its : Extent.cover(around, its);
                extents(chunk).forEach((id, extent) -> (pointed.contains((long) id) ? needed : beside).put(id, extent));
            }
            if (around == null || needed.size() < pointed.size()) {
                throw new EditRefusedException(Reason.NO_CUT, "A supervoxel with points of both sides has no voxels in "
                        + "the volume of supervoxels, so it cannot be cut there.");
            }
            for (Map.Entry<Long, Extent> one : needed.entrySet()) {
                take(one.getKey(), one.getValue());
            }
            if (box.volume() > limits.box || own > limits.own) {
                throw tooLarge(needed.size());
            }
            beside.forEach(this::takeIfItFits);
            for (Int3 chunk : others(around)) {
                extents(chunk).forEach(this::takeIfItFits);
            }
            return new CutWindow(wholes.stream().mapToLong(id -> id).sorted().toArray(), box);
        }

        private Map<Long, Extent> extents(Int3 chunk) throws IOException {
            return new TreeMap<>(Extent.of(volume, grid.box(chunk),
                    byChunk.getOrDefault(chunk, new LongOpenHashSet())));
        }

        private void take(long id, Extent extent) {
            box = wholes.isEmpty() ? extent.box() : Extent.cover(box, extent.box());
            own += extent.voxels();
            wholes.add(id);
        }

        private void takeIfItFits(long id, Extent extent) {
            if (Extent.cover(box, extent.box()).volume() <= limits.box && own + extent.voxels() <= limits.own) {
                take(id, extent);
            }
        }

        /// Chunks without points, nearest first, as many as may be read.
        private List<Int3> others(Box around) {
            Map<Int3, Long> away = new HashMap<>();
            for (Int3 chunk : byChunk.keySet()) {
                if (!first.contains(chunk)) {
                    away.put(chunk, Extent.cover(around, grid.box(chunk)).volume());
                }
            }
            List<Int3> others = new ArrayList<>(away.keySet());
            others.sort(Comparator.<Int3>comparingLong(chunk -> away.getOrDefault(chunk, 0L)).thenComparing(BY_PLACE));
            long left = limits.read;
            int count = 0;
            while (count < others.size() && left >= grid.box(others.get(count)).volume()) {
                left -= grid.box(others.get(count++)).volume();
            }
            return others.subList(0, count);
        }

        private EditRefusedException tooLarge(int count) {
            Int3 size = box.size();
            String found = count == 1
                    ? "A source and a sink lie in the same supervoxel, which has "
                    : "Sources and sinks lie in " + count + " supervoxels that have to be cut together, which have ";
            String todo = count == 1
                    ? "Place the points so that no supervoxel has some of both sides."
                    : "Place the points nearer to each other.";
            return new EditRefusedException(Reason.NO_CUT, found + own + " voxels in a box of " + size.x() + " x "
                    + size.y() + " x " + size.z() + ". At most " + limits.own + " voxels in a box of " + limits.box
                    + " can be cut at once. " + todo);
        }
    }
}
