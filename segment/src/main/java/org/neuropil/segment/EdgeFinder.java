package org.neuropil.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/// Finds the edges of a chunk's supervoxels: all that share a face with one of them, with the mean affinity over the
/// faces. The affinity of a face is 255 less the higher evidence of its two voxels, in 255ths.
final class EdgeFinder {
    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::a, Long::compareUnsigned)
            .thenComparing(Edge::b, Long::compareUnsigned);

    private final Box chunk;
    private final Box near;
    private final long[] supervoxels;
    private final byte[] evidence;
    private final Long2IntOpenHashMap indexOf = new Long2IntOpenHashMap();
    private final int[] index;
    private final LongArrayList ids = new LongArrayList();
    private final Long2IntOpenHashMap slotOf = new Long2IntOpenHashMap();
    private final LongArrayList pairs = new LongArrayList();
    private final LongArrayList sums = new LongArrayList();
    private final LongArrayList areas = new LongArrayList();
    private final Long2IntOpenHashMap cuts = new Long2IntOpenHashMap();

    private EdgeFinder(Box chunk, Block.Longs supervoxels, Block.Bytes evidence) {
        this.chunk = chunk;
        this.near = supervoxels.box();
        this.supervoxels = supervoxels.data();
        this.evidence = evidence.data();
        slotOf.defaultReturnValue(-1);
        indexOf.defaultReturnValue(-1);
        index = new int[this.supervoxels.length];
        for (int i = 0; i < index.length; i++) {
            long id = this.supervoxels[i];
            int known = indexOf.get(id);
            if (known < 0) {
                known = ids.size();
                indexOf.put(id, known);
                ids.add(id);
            }
            index[i] = known;
        }
    }

    /// The edges of a chunk.
    ///
    /// @param grid the chunks
    /// @param position of the chunk
    /// @param supervoxels of the chunk and one voxel around it, as far as the volume goes
    /// @param evidence of the chunk, one voxel and [Watershed#context] around it, as far as the volume goes
    static ChunkEdges find(Grid grid, Int3 position, Block.Longs supervoxels, Block.Bytes evidence) {
        Box near = supervoxels.box();
        EdgeFinder finder = new EdgeFinder(grid.box(position), supervoxels, (Block.Bytes) evidence.crop(near));
        finder.faces();
        finder.cuts(Watershed.pointers(evidence, near, grid.bounds()));
        return finder.edges();
    }

    private void faces() {
        int[] strides = {1, near.size().x(), near.size().x() * near.size().y()};
        for (int axis = 0; axis < 3; axis++) {
            // Faces within the chunk and those at its two borders: the voxel below the chunk counts as a first one.
            int below = Math.max(near.min().get(axis), chunk.min().get(axis) - 1);
            int last = Math.min(near.max().get(axis), chunk.max().get(axis) + 1) - 1;
            Box first = new Box(chunk.min().with(axis, below), chunk.max().with(axis, Math.max(below, last)));
            for (int z = first.min().z(); z < first.max().z(); z++) {
                for (int y = first.min().y(); y < first.max().y(); y++) {
                    int i = near.index(first.min().x(), y, z);
                    for (int x = first.min().x(); x < first.max().x(); x++, i++) {
                        int j = i + strides[axis];
                        if (index[i] != index[j]) {
                            add(index[i], index[j], 255 - Math.max(evidence[i] & 0xFF, evidence[j] & 0xFF));
                        }
                    }
                }
            }
        }
    }

    private void add(int a, int b, int affinity) {
        long pair = pair(a, b);
        int slot = slotOf.get(pair);
        if (slot < 0) {
            slot = pairs.size();
            slotOf.put(pair, slot);
            pairs.add(pair);
            sums.add(0);
            areas.add(0);
        }
        sums.set(slot, sums.getLong(slot) + affinity);
        areas.set(slot, areas.getLong(slot) + 1);
    }

    /// Supervoxels of which one points into the other across the chunk's border are parts of one basin.
    private void cuts(int[] pointers) {
        for (int z = near.min().z(), i = 0; z < near.max().z(); z++) {
            for (int y = near.min().y(); y < near.max().y(); y++) {
                for (int x = near.min().x(); x < near.max().x(); x++, i++) {
                    int to = pointers[i];
                    if (to >= 0 && index[to] != index[i] && (chunk.contains(x, y, z) != isInChunk(to))) {
                        cuts.addTo(pair(index[i], index[to]), 1);
                    }
                }
            }
        }
        // A basin's parts may touch at a corner only: the pointers that cross count as the area then.
        for (Long2IntOpenHashMap.Entry cut : cuts.long2IntEntrySet()) {
            if (slotOf.get(cut.getLongKey()) < 0) {
                slotOf.put(cut.getLongKey(), pairs.size());
                pairs.add(cut.getLongKey());
                sums.add(0);
                areas.add(cut.getIntValue());
            }
        }
    }

    private boolean isInChunk(int i) {
        int x = i % near.size().x() + near.min().x();
        int y = i / near.size().x() % near.size().y() + near.min().y();
        int z = i / near.size().x() / near.size().y() + near.min().z();
        return chunk.contains(x, y, z);
    }

    private ChunkEdges edges() {
        boolean[] own = new boolean[ids.size()];
        for (int z = chunk.min().z(); z < chunk.max().z(); z++) {
            for (int y = chunk.min().y(); y < chunk.max().y(); y++) {
                int i = near.index(chunk.min().x(), y, z);
                for (int x = chunk.min().x(); x < chunk.max().x(); x++, i++) {
                    own[index[i]] = true;
                }
            }
        }
        List<Edge> inside = new ArrayList<>();
        List<Edge> cut = new ArrayList<>();
        List<Edge> between = new ArrayList<>();
        for (int slot = 0; slot < pairs.size(); slot++) {
            int first = (int) (pairs.getLong(slot) >>> 32);
            int second = (int) pairs.getLong(slot);
            boolean isCut = cuts.containsKey(pairs.getLong(slot));
            float affinity = isCut
                    ? Float.POSITIVE_INFINITY
                    : (float) ((double) sums.getLong(slot) / areas.getLong(slot) / 255);
            boolean both = own[first] && own[second];
            boolean swap = both ? Long.compareUnsigned(ids.getLong(first), ids.getLong(second)) > 0 : own[second];
            Edge edge = new Edge(ids.getLong(swap ? second : first), ids.getLong(swap ? first : second), affinity,
                    areas.getLong(slot));
            (both ? inside : isCut ? cut : between).add(edge);
        }
        inside.sort(ORDER);
        cut.sort(ORDER);
        between.sort(ORDER);
        return new ChunkEdges(inside, cut, between);
    }

    private static long pair(int a, int b) {
        return a < b ? (long) a << 32 | b : (long) b << 32 | a;
    }
}
