package org.neuropil.morphology.level2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.kernel.UnionFind;

/// A graph of a small volume of supervoxels, with all its states in maps. A state is made of which touching supervoxels
/// are joined; nodes that are the same in two states keep their ids, as in the real graph: those with the same children
/// and the same active edges.
final class ToyGraph implements Graph {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final GraphInfo info;
    private final NodeIds ids;
    private final Map<Object, Long> known = new HashMap<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    private final TreeMap<Instant, State> states = new TreeMap<>();
    private final Map<Long, long[]> children = new HashMap<>();
    private final Map<Long, Instant> created = new HashMap<>();
    private final Map<Long, Long> wholes = new HashMap<>();
    private Block.Longs volume;

    private record State(Map<Long, Long> parents, Set<Long> nodes, List<Pair> level2) {}

    /// @param labels names of supervoxels, other than 0; connected parts of a name within a chunk become supervoxels
    ToyGraph(Block.Longs labels, Int3 chunk, VoxelSize voxel, int layers, BiPredicate<Long, Long> joined) {
        info = new GraphInfo(labels.box(), chunk, voxel, layers, Math.max(2, layers - 2), 16, BEGIN, 0, 0);
        ids = info.ids();
        volume = supervoxels(labels);
        Map<Long, Long> names = new HashMap<>();
        for (int i = 0; i < labels.data().length; i++) {
            names.put(volume.data()[i], labels.data()[i]);
        }
        edit(BEGIN, (a, b) -> joined.test(names.get(a), names.get(b)));
    }

    Block.Longs volume() {
        return volume;
    }

    long at(int x, int y, int z) {
        return volume.data()[volume.box().index(x, y, z)];
    }

    /// Cuts a supervoxel: gives some of its voxels new ids. Follow with [#edit].
    void cut(long whole, Instant moment, BiPredicate<Integer, Integer> first) {
        Block.Longs next = new Block.Longs(volume.box(), volume.data().clone());
        long a = next(1, ids.chunk(whole));
        long b = next(1, ids.chunk(whole));
        wholes.put(a, whole);
        wholes.put(b, whole);
        created.put(a, moment);
        created.put(b, moment);
        for (int i = 0; i < next.data().length; i++) {
            if (next.data()[i] == whole) {
                Int3 p = position(i);
                next.data()[i] = first.test(p.x(), p.y()) ? a : b;
            }
        }
        volume = next;
    }

    /// The state from a moment on.
    ///
    /// @param joined whether two supervoxels that touch are
    void edit(Instant moment, BiPredicate<Long, Long> joined) {
        Set<Pair> touching = new TreeSet<>((p, q) -> p.a() != q.a()
                ? Long.compareUnsigned(p.a(), q.a())
                : Long.compareUnsigned(p.b(), q.b()));
        long[] data = volume.data();
        Box box = volume.box();
        Set<Long> all = new TreeSet<>();
        for (int i = 0; i < data.length; i++) {
            Int3 p = position(i);
            for (int axis = 0; axis < 3 && data[i] != 0; axis++) {
                all.add(data[i]);
                Int3 q = p.with(axis, p.get(axis) + 1);
                if (box.contains(q.x(), q.y(), q.z())) {
                    long other = data[box.index(q.x(), q.y(), q.z())];
                    if (other != 0 && other != data[i] && joined.test(data[i], other)) {
                        touching.add(Pair.of(data[i], other));
                    }
                }
            }
        }
        Map<Long, Long> parents = new HashMap<>();
        Set<Long> nodes = new HashSet<>(all);
        all.forEach(s -> created.putIfAbsent(s, moment));
        Set<Long> below = all;
        List<Pair> level2 = new ArrayList<>();
        for (int layer = 2; layer <= info.layers(); layer++) {
            UnionFind sets = new UnionFind();
            for (Pair pair : touching) {
                if (ids.commonLayer(pair.a(), pair.b()) <= layer) {
                    sets.unite(top(parents, pair.a()), top(parents, pair.b()));
                }
            }
            Map<Long, TreeSet<Long>> groups = new TreeMap<>();
            below.forEach(n -> groups.computeIfAbsent(sets.smallest(n), s -> new TreeSet<>()).add(n));
            Set<Long> next = new TreeSet<>();
            for (TreeSet<Long> group : groups.values()) {
                if (group.size() == 1 && layer > 2 && layer < info.layers()) {
                    next.addAll(group);
                    continue;
                }
                long node = node(layer, group, touching, moment);
                group.forEach(child -> parents.put(child, node));
                nodes.add(node);
                next.add(node);
            }
            below = next;
            if (layer == 2) {
                touching.stream().filter(p -> ids.commonLayer(p.a(), p.b()) > 2)
                        .map(p -> Pair.of(parents.getOrDefault(p.a(), 0L), parents.getOrDefault(p.b(), 0L))).distinct()
                        .forEach(level2::add);
            }
        }
        states.put(moment, new State(parents, nodes, level2));
    }

    private long node(int layer, TreeSet<Long> group, Set<Pair> touching, Instant moment) {
        List<Pair> edges = layer > 2
                ? List.of()
                : touching.stream().filter(p -> group.contains(p.a()) || group.contains(p.b())).toList();
        return known.computeIfAbsent(List.of(layer, group, edges), k -> {
            long node = next(layer, ids.chunk(ids.chunkAt(group.first(), layer)));
            children.put(node, group.stream().mapToLong(n -> n).toArray());
            created.put(node, moment);
            return node;
        });
    }

    private long next(int layer, Int3 chunk) {
        return ids.id(layer, chunk, numbers.merge(ids.id(layer, chunk, 0), 1L, Long::sum));
    }

    private static long top(Map<Long, Long> parents, long node) {
        long at = node;
        while (parents.containsKey(at)) {
            at = parents.get(at);
        }
        return at;
    }

    private Block.Longs supervoxels(Block.Longs labels) {
        Grid grid = info.grid();
        Box box = labels.box();
        long[] data = labels.data();
        long[] result = new long[data.length];
        for (int i = 0; i < data.length; i++) {
            if (data[i] == 0 || result[i] != 0) {
                continue;
            }
            Int3 chunk = grid.positionOf(position(i));
            long id = next(1, chunk);
            List<Integer> front = new ArrayList<>(List.of(i));
            result[i] = id;
            while (!front.isEmpty()) {
                Int3 p = position(front.removeLast());
                for (int k = 0; k < 6; k++) {
                    Int3 q = p.with(k / 2, p.get(k / 2) + (k % 2 == 0 ? 1 : -1));
                    if (grid.box(chunk).contains(q.x(), q.y(), q.z())) {
                        int j = box.index(q.x(), q.y(), q.z());
                        if (data[j] == data[i] && result[j] == 0) {
                            result[j] = id;
                            front.add(j);
                        }
                    }
                }
            }
        }
        return new Block.Longs(box, result);
    }

    private Int3 position(int i) {
        Box box = info.bounds();
        Int3 size = box.size();
        return box.min().plus(new Int3(i % size.x(), i / size.x() % size.y(), i / size.x() / size.y()));
    }

    private State state(Instant at) {
        Map.Entry<Instant, State> entry = states.floorEntry(at);
        return entry == null ? new State(Map.of(), Set.of(), List.of()) : entry.getValue();
    }

    @Override
    public GraphInfo info() {
        return info;
    }

    @Override
    public Instant head() {
        return states.lastKey();
    }

    @Override
    public long[] roots(long[] nodes, Instant at, int stopLayer) {
        State state = state(at);
        long[] result = new long[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            long node = nodes[i];
            while (wholes.containsKey(node) && !state.nodes.contains(node)) {
                node = wholes.get(node);
            }
            while (NodeIds.layer(node) < stopLayer && state.parents.containsKey(node)) {
                node = state.parents.get(node);
            }
            result[i] = NodeIds.layer(node) >= stopLayer && state.nodes.contains(node) ? node : 0;
        }
        return result;
    }

    @Override
    public boolean[] isLatest(long[] nodes, Instant at) {
        boolean[] latest = new boolean[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            latest[i] = state(at).nodes.contains(nodes[i]);
        }
        return latest;
    }

    @Override
    public @Nullable Instant[] created(long[] nodes) {
        @Nullable
        Instant[] result = new @Nullable Instant[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            result[i] = created.get(nodes[i]);
        }
        return result;
    }

    @Override
    public @Nullable Instant[] replaced(long[] nodes, Instant at) {
        @Nullable
        Instant[] result = new @Nullable Instant[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            Instant made = created.get(nodes[i]);
            if (made != null) {
                for (Map.Entry<Instant, State> entry : states.tailMap(made, false).entrySet()) {
                    if (result[i] == null && !entry.getKey().isAfter(at)
                            && !entry.getValue().nodes.contains(nodes[i])) {
                        result[i] = entry.getKey();
                    }
                }
            }
        }
        return result;
    }

    @Override
    public long[] children(long node) {
        return children.getOrDefault(node, new long[0]);
    }

    @Override
    public long[] leaves(long node, @Nullable Box bounds, int stopLayer) {
        TreeSet<Long> found = new TreeSet<>();
        collect(node, stopLayer, found);
        return found.stream().mapToLong(n -> n).toArray();
    }

    private void collect(long node, int stopLayer, Set<Long> found) {
        if (NodeIds.layer(node) <= stopLayer) {
            found.add(node);
        } else {
            for (long child : children(node)) {
                collect(child, stopLayer, found);
            }
        }
    }

    @Override
    public List<Pair> level2Graph(long node, @Nullable Box bounds) {
        Set<Long> inside = new HashSet<>();
        for (long n : leaves(node, null, 2)) {
            if (bounds == null || !info.grid().box(ids.chunk(n)).intersect(bounds).isEmpty()) {
                inside.add(n);
            }
        }
        return state(created.getOrDefault(node, BEGIN)).level2.stream()
                .filter(p -> inside.contains(p.a()) && inside.contains(p.b()))
                .toList();
    }

    @Override
    public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] path(long root, long from, long to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] minimalCover(long[] nodes, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Operation operation(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> operations(Instant from, Instant to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long madeBy(long root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long replacedBy(long root, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EditResult merge(MergeRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EditResult split(SplitRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SplitPreview preview(SplitRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EditResult undo(String user, long operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EditResult redo(String user, long operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] supervoxels(List<EditPoint> points, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of();
    }

    @Override
    public void close() {}
}
