package org.neuropil.graph.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.space.Int3;

/// The hierarchy by its definition: flood fills over active edges within each chunk of each layer.
final class BruteHierarchy {
    final TreeMap<Long, Long> parent = new TreeMap<>(Long::compareUnsigned);
    final TreeMap<Long, TreeSet<Long>> children = new TreeMap<>(Long::compareUnsigned);
    final Map<Long, List<List<Long>>> cross = new HashMap<>();

    private final RandomWorld world;
    private final TreeMap<Long, Int3> positions;
    private final Map<Long, Set<Long>> active = new HashMap<>();
    private final int anchorBits;
    private final int layers;

    BruteHierarchy(RandomWorld world, int anchorBits) {
        this.world = world;
        this.positions = world.positions();
        this.anchorBits = anchorBits;
        int most = world.plan.grid().shape().x();
        most = Math.max(most, Math.max(world.plan.grid().shape().y(), world.plan.grid().shape().z()));
        int n = 2;
        while (1 << n - 2 < most) {
            n++;
        }
        this.layers = n;
        for (RandomWorld.Link link : world.links) {
            if (link.active()) {
                active.computeIfAbsent(link.a(), _ -> new HashSet<>()).add(link.b());
                active.computeIfAbsent(link.b(), _ -> new HashSet<>()).add(link.a());
            }
        }
        build();
    }

    private Int3 chunkAt(long supervoxel, int layer) {
        Int3 p = Objects.requireNonNull(positions.get(supervoxel));
        return new Int3(p.x() >> layer - 2, p.y() >> layer - 2, p.z() >> layer - 2);
    }

    private int commonLayer(long a, long b) {
        int layer = 2;
        while (!chunkAt(a, layer).equals(chunkAt(b, layer))) {
            layer++;
        }
        return layer;
    }

    private void build() {
        Map<Long, Long> topNode = new HashMap<>();
        positions.keySet().forEach(supervoxel -> topNode.put(supervoxel, supervoxel));
        Map<Long, Long> level2 = new HashMap<>();
        for (int layer = 2; layer <= layers; layer++) {
            Map<Int3, Integer> counted = new HashMap<>();
            Set<Long> seen = new HashSet<>();
            for (long supervoxel : positions.keySet()) {
                if (seen.contains(supervoxel)) {
                    continue;
                }
                TreeSet<Long> component = flood(supervoxel, layer);
                seen.addAll(component);
                long id;
                if (layer == 2) {
                    Int3 chunk = chunkAt(supervoxel, 2);
                    id = world.ids.id(2, chunk, counted.merge(chunk, 1, Integer::sum));
                    component.forEach(one -> level2.put(one, id));
                } else if (layer == layers || isNode(component, layer)) {
                    long anchor = component.stream().map(level2::get).min(Long::compareUnsigned).orElseThrow();
                    id = higher(layer, anchor);
                } else {
                    continue;
                }
                TreeSet<Long> below = new TreeSet<>(Long::compareUnsigned);
                component.forEach(one -> below.add(topNode.get(one)));
                below.forEach(one -> parent.put(one, id));
                children.put(id, below);
                cross.put(id, leaving(component, layer));
                component.forEach(one -> topNode.put(one, id));
            }
        }
        topNode.values().forEach(root -> parent.put(root, 0L));
    }

    private TreeSet<Long> flood(long from, int layer) {
        TreeSet<Long> component = new TreeSet<>(List.of(from));
        Deque<Long> queue = new ArrayDeque<>(component);
        while (!queue.isEmpty()) {
            long one = queue.remove();
            for (long next : active.getOrDefault(one, Set.of())) {
                if (chunkAt(next, layer).equals(chunkAt(one, layer)) && component.add(next)) {
                    queue.add(next);
                }
            }
        }
        return component;
    }

    private boolean isNode(Set<Long> component, int layer) {
        for (long one : component) {
            for (long next : active.getOrDefault(one, Set.of())) {
                int common = commonLayer(one, next);
                if (common == layer || common == layer + 1) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<List<Long>> leaving(Set<Long> component, int layer) {
        List<List<Long>> edges = new ArrayList<>();
        for (long one : component) {
            new TreeSet<>(active.getOrDefault(one, Set.of())).forEach(next -> {
                if (commonLayer(one, next) > layer) {
                    edges.add(List.of(one, next));
                }
            });
        }
        return edges;
    }

    private long higher(int layer, long anchor) {
        Int3 chunk = world.ids.chunk(anchor);
        int side = 1 << layer - 2;
        long place = ((long) (chunk.x() % side) * side + chunk.y() % side) * side + chunk.z() % side;
        return world.ids.id(layer, new Int3(chunk.x() / side, chunk.y() / side, chunk.z() / side),
                place * (1L << anchorBits) + world.ids.number(anchor));
    }

    /// Whether ingest says that an edge is active.
    boolean isActive(RandomWorld.Link link) {
        return commonLayer(link.a(), link.b()) > 2
                ? link.active()
                : Objects.equals(parent.get(link.a()), parent.get(link.b()));
    }

    /// Children of a node, ascending.
    Long[] childrenOf(long node) {
        return Objects.requireNonNull(children.get(node)).toArray(Long[]::new);
    }
}
