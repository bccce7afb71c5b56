package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.NodeIds;
import org.neuropil.segment.ChunkEdges;
import org.neuropil.segment.Edge;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.kernel.Connectivity;
import org.neuropil.volume.kernel.Contacts;
import org.neuropil.volume.store.Store;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Makes supervoxels and edges of any label volume: labels are cut at the borders of chunks and numbered anew; parts of one
/// label that touch across a border, also at edges and corners of voxels, get an edge of infinite affinity; supervoxels
/// of other labels that share faces get an edge with the affinity of the list, 0 if it has none.
///
/// @param plan the chunks
/// @param labels what is cut
/// @param mip of the labels
/// @param supervoxels volume to be written
/// @param files where the labels of supervoxels go
/// @param list affinities between labels, if there is one
/// @param mapping segments of labels, if there is one
/// @param scratch where edges and tables go
record LabelCut(GraphPlan plan, Volume labels, int mip, Volume supervoxels, LabelFiles files,
        @Nullable RecordList list, @Nullable RecordList mapping, Store scratch) implements Serializable {
    private static final Comparator<Edge> ORDER = Comparator.comparingLong(Edge::a).thenComparingLong(Edge::b);

    private static String key(String what, Int3 chunk) {
        return what + "_" + chunk.x() + "_" + chunk.y() + "_" + chunk.z();
    }

    /// Writes the supervoxels of a chunk.
    ///
    /// @throws InputException if a label is below 0
    void cut(Int3 chunk) throws IOException {
        Box box = plan.grid().box(chunk);
        Block block = labels.read(mip, box);
        long[] voxels = block.ids().data().clone();
        boolean signed = block.type().isSigned();
        LongOpenHashSet found = new LongOpenHashSet();
        long last = 0;
        for (int i = 0; i < voxels.length; i++) {
            if (voxels[i] != last) {
                last = voxels[i];
                if (signed && block.value(i) < 0) {
                    throw new InputException("a label of " + (long) block.value(i) + " is below 0",
                            labels.uri() + ", voxels " + box, "ids are not below 0");
                }
                if (last != 0) {
                    found.add(last);
                }
            }
        }
        long[] sorted = found.toLongArray();
        LongArrays.unstableSort(sorted, Long::compareUnsigned);
        long base = plan.ids().id(1, chunk, 0);
        last = 0;
        long id = 0;
        for (int i = 0; i < voxels.length; i++) {
            if (voxels[i] != last) {
                last = voxels[i];
                id = last == 0 ? 0 : base | LabelFiles.number(sorted, last);
            }
            voxels[i] = id;
        }
        supervoxels.write(0, new Block.Longs(box, voxels));
        files.write(chunk, sorted);
        scratch.put(VoxelTables.key(chunk), segments(sorted).toBytes());
    }

    private SegmentTable segments(long[] sorted) throws IOException {
        long[] numbers = new long[sorted.length];
        long[] segments = new long[sorted.length];
        RecordList known = mapping;
        RecordList.Finder finder = known == null ? null : known.new Finder();
        for (int i = 0; i < sorted.length; i++) {
            numbers[i] = i + 1L;
            long place = finder == null ? -1 : finder.find(sorted[i], 0);
            segments[i] = finder == null || place < 0 ? 0 : finder.get(place, 2);
        }
        return new SegmentTable(numbers, segments);
    }

    /// Writes the edges of a chunk's supervoxels, and which rows of the list they are.
    void touch(Int3 chunk) throws IOException {
        NodeIds ids = plan.ids();
        Box near = plan.grid().box(chunk).grow(Int3.all(1)).intersect(plan.bounds());
        Contacts contacts = Contacts.of(supervoxels.read(0, near), Connectivity.CORNERS, 1);
        long own = ids.id(1, chunk, 0);
        Map<Long, long[]> known = new HashMap<>();
        RecordList affinities = list;
        RecordList.Finder finder = affinities == null ? null : affinities.new Finder();
        List<Edge> inside = new ArrayList<>();
        List<Edge> cut = new ArrayList<>();
        List<Edge> between = new ArrayList<>();
        LongArrayList used = new LongArrayList();
        for (int i = 0; i < contacts.size(); i++) {
            boolean isLower = ids.chunkId(contacts.lower(i)) == own;
            boolean isHigher = ids.chunkId(contacts.higher(i)) == own;
            if (!isLower && !isHigher) {
                continue;
            }
            long a = isLower ? contacts.lower(i) : contacts.higher(i);
            long b = isLower ? contacts.higher(i) : contacts.lower(i);
            long first = label(known, a);
            long second = label(known, b);
            long faces = contacts.faces(i, 0) + contacts.faces(i, 1) + contacts.faces(i, 2);
            if (first == second) {
                cut.add(new Edge(a, b, Float.POSITIVE_INFINITY, faces > 0 ? faces : contacts.count(i)));
            } else if (faces > 0) {
                boolean ordered = Long.compareUnsigned(first, second) < 0;
                long place = finder == null ? -1 : finder.find(ordered ? first : second, ordered ? second : first);
                float affinity = 0;
                if (finder != null && place >= 0) {
                    affinity = Float.intBitsToFloat((int) finder.get(place, 2));
                    used.add(place);
                }
                (isLower && isHigher ? inside : between).add(new Edge(a, b, affinity, faces));
            }
        }
        inside.sort(ORDER);
        cut.sort(ORDER);
        between.sort(ORDER);
        scratch.put(ChunkEdges.fileName(chunk), new ChunkEdges(inside, cut, between).toBytes());
        ByteBuffer places = ByteBuffer.allocate(8 * used.size());
        used.forEach(places::putLong);
        scratch.put(key("used", chunk), places.array());
    }

    private long label(Map<Long, long[]> known, long supervoxel) throws IOException {
        long chunk = plan.ids().chunkId(supervoxel);
        long[] ofChunk = known.get(chunk);
        if (ofChunk == null) {
            ofChunk = files.read(plan.ids().chunk(chunk));
            known.put(chunk, ofChunk);
        }
        return ofChunk[(int) plan.ids().number(supervoxel) - 1];
    }

    /// What became of the rows of the list.
    ///
    /// @param touching rows whose labels touch
    /// @param apart rows whose labels do not touch, which got an edge of their own
    /// @param absent rows that name a label which is not in the volume
    record Rows(long touching, long apart, long absent) {}

    /// Writes edges for rows of the list whose labels do not touch: between their supervoxels in the first chunk that has
    /// both, or else between those in the first chunk of each. Needs memory for these rows.
    ///
    /// @param count rows of the list
    Rows apart(long count) throws IOException {
        if (list == null) {
            return new Rows(0, 0, 0);
        }
        Grid grid = plan.grid();
        BitSet touching = new BitSet();
        for (int i = 0; i < grid.count(); i++) {
            String key = key("used", grid.position(i));
            ByteBuffer places = ByteBuffer.wrap(scratch.get(key).orElseThrow());
            while (places.hasRemaining()) {
                touching.set((int) places.getLong());
            }
        }
        RecordList.Finder finder = list.new Finder();
        Map<Long, LongArrayList> chunksOf = new HashMap<>();
        for (int r = touching.nextClearBit(0); r < count; r = touching.nextClearBit(r + 1)) {
            chunksOf.put(finder.get(r, 0), new LongArrayList());
            chunksOf.put(finder.get(r, 1), new LongArrayList());
        }
        for (int i = 0; i < grid.count() && !chunksOf.isEmpty(); i++) {
            for (long label : files.read(grid.position(i))) {
                LongArrayList chunks = chunksOf.get(label);
                if (chunks != null) {
                    chunks.add(i);
                }
            }
        }
        return write(touching, count, chunksOf);
    }

    private Rows write(BitSet touching, long count, Map<Long, LongArrayList> chunksOf) throws IOException {
        RecordList known = java.util.Objects.requireNonNull(list);
        RecordList.Finder finder = known.new Finder();
        Map<Int3, List<Edge>> extra = new HashMap<>();
        long apart = 0;
        for (int r = touching.nextClearBit(0); r < count; r = touching.nextClearBit(r + 1)) {
            long first = finder.get(r, 0);
            long second = finder.get(r, 1);
            LongArrayList of = chunksOf.getOrDefault(first, LongArrayList.of());
            LongArrayList to = chunksOf.getOrDefault(second, LongArrayList.of());
            if (of.isEmpty() || to.isEmpty()) {
                continue;
            }
            LongArrayList common = new LongArrayList(of);
            common.retainAll(to);
            long a = supervoxel(common.isEmpty() ? of.getLong(0) : common.getLong(0), first);
            long b = supervoxel(common.isEmpty() ? to.getLong(0) : common.getLong(0), second);
            float affinity = Float.intBitsToFloat((int) finder.get(r, 2));
            long area = Math.max(0, finder.get(r, 3));
            put(extra, a, b, affinity, area);
            if (common.isEmpty()) {
                put(extra, b, a, affinity, area);
            }
            apart++;
        }
        for (Map.Entry<Int3, List<Edge>> entry : extra.entrySet()) {
            scratch.put(EdgeFiles.extraName(entry.getKey()),
                    new ChunkEdges(List.of(), List.of(), entry.getValue()).toBytes());
        }
        return new Rows(touching.cardinality(), apart, count - touching.cardinality() - apart);
    }

    private long supervoxel(long chunk, long label) throws IOException {
        Int3 position = plan.grid().position((int) chunk);
        return plan.ids().id(1, position, LabelFiles.number(files.read(position), label));
    }

    private void put(Map<Int3, List<Edge>> extra, long a, long b, float affinity, long area) {
        extra.computeIfAbsent(plan.ids().chunk(a), _ -> new ArrayList<>()).add(new Edge(a, b, affinity, area));
    }
}
