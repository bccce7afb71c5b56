package org.neuropil.graph.model;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// All states that a graph has been in, one after another, each a whole copy. It answers the reads of [Graph] by looking
/// at the state of the moment. Which ids new nodes have it is told.
class ModelGraph {
    /// A state and the ids of its nodes.
    ///
    /// @param time since when
    /// @param operation what led to it; none for ingest
    record Epoch(Instant time, Optional<Operation> operation, State state, Map<ModelNode, Long> ids,
            Map<Long, ModelNode> nodes, Map<ModelNode.Key, Long> keys) {
        long id(ModelNode node) {
            return Objects.requireNonNull(ids.get(node));
        }

        long[] sorted(Collection<ModelNode> some) {
            return Ids.array(some.stream().map(this::id).toList());
        }
    }

    /// The first and the last epoch of a node.
    record Life(int first, int last) {}

    final SmallWorld world;
    final List<Epoch> epochs = new ArrayList<>();
    final Map<Long, Life> lives = new HashMap<>();

    ModelGraph(SmallWorld world) {
        this.world = world;
        add(world.info.ingested(), Optional.empty(), world.state, BaseIds.of(world.state, world.info.anchorBits()));
    }

    final void add(Instant time, Optional<Operation> operation, State state, Map<ModelNode, Long> ids) {
        Map<Long, ModelNode> nodes = new HashMap<>();
        Map<ModelNode.Key, Long> keys = new HashMap<>();
        int epoch = epochs.size();
        ids.forEach((node, id) -> {
            nodes.put(id, node);
            keys.put(node.key(), id);
            lives.merge(id, new Life(epoch, epoch), (old, now) -> new Life(old.first, epoch));
        });
        epochs.add(new Epoch(time, operation, state, ids, nodes, keys));
    }

    final Epoch now() {
        return epochs.getLast();
    }

    public GraphInfo info() {
        return world.info;
    }

    public Instant head() {
        return now().time;
    }

    /// Index of the epoch of a moment, -1 before ingest.
    int epochAt(Instant at) {
        int epoch = -1;
        while (epoch + 1 < epochs.size() && !epochs.get(epoch + 1).time.isAfter(at)) {
            epoch++;
        }
        return epoch;
    }

    /// The last epoch of a node, or an earlier one.
    final @Nullable Epoch epochOf(long node, int at) {
        Life life = lives.get(node);
        return life == null || life.first > at ? null : epochs.get(Math.min(at, life.last));
    }

    final @Nullable ModelNode node(long id) {
        Epoch epoch = epochOf(id, Integer.MAX_VALUE);
        return epoch == null ? null : epoch.nodes.get(id);
    }

    public long[] roots(long[] nodes, Instant at, int stopLayer) {
        int moment = epochAt(at);
        long[] roots = new long[nodes.length];
        for (int i = 0; i < roots.length; i++) {
            Epoch epoch = epochOf(nodes[i], moment);
            roots[i] = epoch == null ? 0 : epoch.id(Objects.requireNonNull(epoch.nodes.get(nodes[i])).up(stopLayer));
        }
        return roots;
    }

    public boolean[] isLatest(long[] nodes, Instant at) {
        int moment = epochAt(at);
        boolean[] latest = new boolean[nodes.length];
        for (int i = 0; i < latest.length; i++) {
            latest[i] = moment >= 0 && epochs.get(moment).nodes.containsKey(nodes[i]);
        }
        return latest;
    }

    public @Nullable Instant[] created(long[] nodes) {
        @Nullable
        Instant[] created = new @Nullable Instant[nodes.length];
        for (int i = 0; i < created.length; i++) {
            Life life = lives.get(nodes[i]);
            created[i] = life == null ? null : epochs.get(life.first).time;
        }
        return created;
    }

    public @Nullable Instant[] replaced(long[] nodes, Instant at) {
        @Nullable
        Instant[] replaced = new @Nullable Instant[nodes.length];
        for (int i = 0; i < replaced.length; i++) {
            int by = replacedIn(nodes[i], at);
            replaced[i] = by < 0 ? null : epochs.get(by).time;
        }
        return replaced;
    }

    private int replacedIn(long node, Instant at) {
        Life life = lives.get(node);
        return life == null || life.last + 1 > epochAt(at) ? -1 : life.last + 1;
    }

    public long[] children(long node) {
        Epoch epoch = epochOf(node, Integer.MAX_VALUE);
        return epoch == null
                ? new long[0]
                : epoch.sorted(Objects.requireNonNull(epoch.nodes.get(node)).children);
    }

    public long[] leaves(long node, @Nullable Box bounds, int stopLayer) {
        Epoch epoch = epochOf(node, Integer.MAX_VALUE);
        return epoch == null
                ? new long[0]
                : epoch.sorted(Objects.requireNonNull(epoch.nodes.get(node)).down(stopLayer).stream()
                        .filter(below -> touches(epoch.id(below), bounds)).toList());
    }

    /// True if a node's chunk touches a box of voxels.
    final boolean touches(long node, @Nullable Box bounds) {
        if (bounds == null) {
            return true;
        }
        int side = 1 << Math.max(0, NodeIds.layer(node) - 2);
        Int3 size = info().chunk().times(Int3.all(side));
        Int3 chunk = world.state.ids.chunk(node);
        Box box = Box.of(info().bounds().min().plus(chunk.times(size)), size).intersect(info().bounds());
        return !box.intersect(bounds).isEmpty();
    }

    public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) {
        ModelNode known = node(node);
        Life life = lives.get(node);
        if (known == null || life == null) {
            return List.of();
        }
        return epochs.get(life.first).state.edges.values().stream().filter(edge -> {
            boolean a = known.supervoxels.contains(edge.a()) && touches(edge.a(), bounds);
            boolean b = known.supervoxels.contains(edge.b()) && touches(edge.b(), bounds);
            return internal ? a && b : a || b;
        }).toList();
    }

    public List<Pair> level2Graph(long node, @Nullable Box bounds) {
        return pairs(node, bounds);
    }

    private List<Pair> pairs(long node, @Nullable Box bounds) {
        Epoch epoch = epochOf(node, Integer.MAX_VALUE);
        ModelNode known = node(node);
        SortedSet<Pair> pairs = Ids.pairs(List.of());
        if (epoch == null || known == null) {
            return List.of();
        }
        for (Pair pair : epoch.state.active) {
            if (known.supervoxels.contains(pair.a()) && known.supervoxels.contains(pair.b())) {
                long a = epoch.id(epoch.state.up(pair.a(), 2));
                long b = epoch.id(epoch.state.up(pair.b(), 2));
                if (a != b && touches(a, bounds) && touches(b, bounds)) {
                    pairs.add(Pair.of(a, b));
                }
            }
        }
        return List.copyOf(pairs);
    }

    public long[] path(long root, long from, long to) {
        SortedSet<Long> below = Ids.set(leaves(root, null, 2));
        if (NodeIds.layer(root) != info().layers() || !below.contains(from) || !below.contains(to)) {
            return new long[0];
        }
        List<Pair> pairs = pairs(root, null);
        Map<Long, Long> next = new HashMap<>(Map.of(to, to));
        ArrayDeque<Long> queue = new ArrayDeque<>(next.keySet());
        while (!queue.isEmpty()) {
            long at = queue.remove();
            for (Pair pair : pairs) {
                if (pair.a() == at || pair.b() == at) {
                    long other = pair.a() == at ? pair.b() : pair.a();
                    if (next.putIfAbsent(other, at) == null) {
                        queue.add(other);
                    }
                }
            }
        }
        List<Long> path = new ArrayList<>(List.of(from));
        while (path.getLast() != to) {
            path.add(Objects.requireNonNull(next.get(path.getLast())));
        }
        return path.stream().mapToLong(id -> id).toArray();
    }

    public long[] minimalCover(long[] nodes, Instant at) {
        int moment = epochAt(at);
        if (moment < 0) {
            return new long[0];
        }
        Epoch epoch = epochs.get(moment);
        SortedSet<Long> wanted = Ids.set();
        for (long node : nodes) {
            ModelNode known = epoch.nodes.get(node);
            wanted.addAll(known == null ? List.of() : known.supervoxels);
        }
        // Highest first: what is covered needs nothing more.
        SortedMap<Integer, List<ModelNode>> byLayer = new TreeMap<>(Comparator.reverseOrder());
        epoch.state.nodes.forEach(node -> byLayer.computeIfAbsent(node.layer, any -> new ArrayList<>()).add(node));
        List<ModelNode> cover = new ArrayList<>();
        byLayer.values().forEach(layer -> layer.forEach(node -> {
            if (wanted.containsAll(node.supervoxels)) {
                wanted.removeAll(node.supervoxels);
                cover.add(node);
            }
        }));
        return epoch.sorted(cover);
    }

    public @Nullable Operation operation(long id) {
        return id < 1 || id >= epochs.size() ? null : epochs.get((int) id).operation.orElseThrow();
    }

    public List<Operation> operations(Instant from, Instant to) {
        return epochs.stream().flatMap(epoch -> epoch.operation.stream())
                .filter(operation -> !operation.time().isBefore(from) && !operation.time().isAfter(to)).toList();
    }

    public long madeBy(long root) {
        Life life = lives.get(root);
        return life == null ? 0 : life.first;
    }

    public long replacedBy(long root, Instant at) {
        return Math.max(0, replacedIn(root, at));
    }
}
