package org.neuropil.graph.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.volume.kernel.DisjointSets;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectRBTreeMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What becomes of layer-2 nodes when edges change: each chunk by itself.
final class Level2Change {
    private final Snapshot snapshot;
    private final NodeIds ids;
    private final Draft draft;
    private final Set<Pair> add;
    private final Set<Pair> remove;
    private final List<ExtraEdge> made;
    private final LongOpenHashSet replaced = new LongOpenHashSet();
    private final List<NewNode> nodes = new ArrayList<>();

    /// Parts of supervoxels that are cut, and the whole of each part.
    private final Map<Long, long[]> parts;
    private final Map<Long, Long> wholes = new HashMap<>();

    private Level2Change(Snapshot snapshot, Draft draft, EdgeEdit edit, Map<Long, long[]> parts) {
        this.snapshot = snapshot;
        this.ids = snapshot.ids();
        this.draft = draft;
        this.add = new HashSet<>(edit.add());
        this.remove = new HashSet<>(edit.remove());
        this.made = edit.made();
        this.parts = parts;
        parts.forEach((whole, ids) -> Arrays.stream(ids).forEach(id -> wholes.put(id, whole)));
    }

    /// Works an edit out; new nodes and the edges that really change go to the draft.
    ///
    /// @param parts of supervoxels that are cut
    static Level2Change of(Snapshot snapshot, Draft draft, EdgeEdit edit, Map<Long, long[]> parts)
            throws IOException {
        Level2Change change = new Level2Change(snapshot, draft, edit, parts);
        change.run();
        return change;
    }

    /// Layer-2 nodes that are no more.
    LongOpenHashSet replaced() {
        return replaced;
    }

    /// Layer-2 nodes in their place.
    List<NewNode> nodes() {
        return nodes;
    }

    private void run() throws IOException {
        Map<Long, LongOpenHashSet> chunks = new TreeMap<>();
        for (Set<Pair> pairs : List.of(add, remove)) {
            for (Pair pair : pairs) {
                affect(chunks, pair.a());
                affect(chunks, pair.b());
            }
        }
        parts.keySet().forEach(whole -> affect(chunks, whole));
        draft.made.addAll(made);
        for (Map.Entry<Long, LongOpenHashSet> chunk : chunks.entrySet()) {
            change(chunk.getKey(), chunk.getValue().toLongArray());
        }
    }

    private void affect(Map<Long, LongOpenHashSet> chunks, long supervoxel) {
        try {
            chunks.computeIfAbsent(ids.chunkAt(supervoxel, 2), id -> new LongOpenHashSet())
                    .add(snapshot.ancestor(wholes.getOrDefault(supervoxel, supervoxel), 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Supervoxels of a node, after the cut.
    private List<Long> supervoxels(long node) throws IOException {
        List<Long> list = new ArrayList<>();
        for (long supervoxel : snapshot.children(node)) {
            long[] cut = parts.get(supervoxel);
            if (cut == null) {
                list.add(supervoxel);
            } else {
                Arrays.stream(cut).forEach(list::add);
            }
        }
        return list;
    }

    /// @param old the chunk's nodes at which something changes
    private void change(long chunkId, long[] old) throws IOException {
        Arrays.sort(old);
        Long2IntOpenHashMap owner = new Long2IntOpenHashMap();
        for (int i = 0; i < old.length; i++) {
            for (long supervoxel : supervoxels(old[i])) {
                owner.put(supervoxel, i);
            }
        }
        long[] members = owner.keySet().toLongArray();
        Arrays.sort(members);
        int[] component = components(members, owner, insideEdges(chunkId, members, owner));
        Long2ObjectRBTreeMap<LongArrayList> byRoot = new Long2ObjectRBTreeMap<>();
        for (int i = 0; i < members.length; i++) {
            byRoot.computeIfAbsent(members[component[i]], key -> new LongArrayList()).add(members[i]);
        }
        CrossEdges[] cross = new CrossEdges[old.length];
        for (int i = 0; i < old.length; i++) {
            cross[i] = snapshot.cross(old[i]);
        }
        Long2ObjectRBTreeMap<List<Pair>> crossOf = crossByPart(members, component, owner, cross);
        for (Map.Entry<Long, LongArrayList> part : byRoot.long2ObjectEntrySet()) {
            long[] children = part.getValue().toLongArray();
            CrossEdges edges = sorted(crossOf.getOrDefault((long) part.getKey(), List.of()));
            int before = owner.get(children[0]);
            boolean same = snapshot.children(old[before]).length == children.length
                    && Arrays.equals(snapshot.children(old[before]), children)
                    && Arrays.equals(edges.own(), cross[before].own())
                    && Arrays.equals(edges.far(), cross[before].far());
            if (!same) {
                for (long child : children) {
                    replaced.add(old[owner.get(child)]);
                }
                nodes.add(draft.add(chunkId, children, edges));
            }
        }
    }

    /// Edges between members within the chunk, active or not, each once.
    private List<Pair> insideEdges(long chunkId, long[] members, Long2IntOpenHashMap owner) throws IOException {
        List<Pair> inside = new ArrayList<>();
        LocalEdges.visit(snapshot, ids.chunk(chunkId), members, made,
                (own, far, affinity, area) -> {
                    if (owner.containsKey(far)) {
                        inside.add(Pair.of(own, far));
                    }
                });
        return inside;
    }

    /// The component of each member: the place of its first member. Records which edges inside of the chunk change.
    private int[] components(long[] members, Long2IntOpenHashMap owner, List<Pair> inside) {
        DisjointSets sets = new DisjointSets(members.length);
        for (Pair edge : inside) {
            boolean active = owner.get(edge.a()) == owner.get(edge.b());
            if (active ? !remove.contains(edge) : add.contains(edge)) {
                sets.unite(Arrays.binarySearch(members, edge.a()), Arrays.binarySearch(members, edge.b()));
            }
        }
        int[] component = sets.smallest();
        for (Pair edge : inside) {
            boolean was = owner.get(edge.a()) == owner.get(edge.b());
            boolean is = component[Arrays.binarySearch(members, edge.a())] == component[Arrays.binarySearch(members,
                    edge.b())];
            if (was && !is) {
                draft.removed.add(edge);
            } else if (is && !was) {
                draft.added.add(edge);
            }
        }
        return component;
    }

    private Long2ObjectRBTreeMap<List<Pair>> crossByPart(long[] members, int[] component, Long2IntOpenHashMap owner,
            CrossEdges[] cross) {
        Long2ObjectRBTreeMap<List<Pair>> byPart = new Long2ObjectRBTreeMap<>();
        Set<Pair> there = new HashSet<>();
        for (CrossEdges edges : cross) {
            for (int i = 0; i < edges.size(); i++) {
                Pair edge = Pair.of(edges.own()[i], edges.far()[i]);
                there.add(edge);
                if (!remove.contains(edge)) {
                    put(byPart, members, component, edges.own()[i], edges.far()[i]);
                } else if (edges.own()[i] == edge.a() && !parts.containsKey(edge.a())
                        && !parts.containsKey(edge.b())) {
                    // What belonged to a supervoxel that is no more can never come back.
                    draft.removed.add(edge);
                }
            }
        }
        for (Pair edge : add) {
            if (ids.chunkAt(edge.a(), 2) == ids.chunkAt(edge.b(), 2) || there.contains(edge)) {
                continue;
            }
            if (owner.containsKey(edge.a())) {
                put(byPart, members, component, edge.a(), edge.b());
                if (!wholes.containsKey(edge.a()) && !wholes.containsKey(edge.b())) {
                    draft.added.add(edge);
                }
            } else if (owner.containsKey(edge.b())) {
                put(byPart, members, component, edge.b(), edge.a());
            }
        }
        return byPart;
    }

    private static void put(Long2ObjectRBTreeMap<List<Pair>> parts, long[] members, int[] component, long own,
            long far) {
        long part = members[component[Arrays.binarySearch(members, own)]];
        // A pair in the order (own, far), not by size.
        parts.computeIfAbsent(part, key -> new ArrayList<>()).add(new Pair(own, far));
    }

    static CrossEdges sorted(List<Pair> edges) {
        if (edges.isEmpty()) {
            return CrossEdges.NONE;
        }
        List<Pair> list = new ArrayList<>(edges);
        list.sort(java.util.Comparator.comparingLong(Pair::a).thenComparingLong(Pair::b));
        long[] own = new long[list.size()];
        long[] far = new long[own.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = list.get(i).a();
            far[i] = list.get(i).b();
        }
        return new CrossEdges(own, far);
    }
}
