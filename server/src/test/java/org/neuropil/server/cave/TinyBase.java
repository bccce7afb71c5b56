package org.neuropil.server.cave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.neuropil.graph.Edge;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.space.Int3;

/// What ingest leaves of a world of at most 2x2x2 chunks, which has only supervoxels, layer-2 nodes and roots.
final class TinyBase implements Base {
    private final NodeIds ids;
    private final int anchorBits;
    private final List<Long> supervoxels;
    private final List<Edge> edges;
    private final List<Pair> active;
    private final Map<Long, Long> parents = new HashMap<>();
    private final Map<Long, List<Long>> children = new TreeMap<>();

    /// @param supervoxels ascending
    /// @param edges all of them
    /// @param active those that join
    TinyBase(GraphInfo info, List<Long> supervoxels, List<Edge> edges, List<Pair> active) {
        this.ids = info.ids();
        this.anchorBits = info.anchorBits();
        this.supervoxels = supervoxels;
        this.edges = edges;
        this.active = active;
        Map<Long, Long> level2 = components(true);
        Map<Long, Long> numbers = new HashMap<>();
        Map<Long, Long> nodes = new HashMap<>();
        for (long supervoxel : supervoxels) {
            long chunk = ids.chunkAt(supervoxel, 2);
            long node = nodes.computeIfAbsent(level2.get(supervoxel),
                    first -> chunk + numbers.merge(chunk, 1L, Long::sum));
            join(node, supervoxel);
        }
        Map<Long, Long> roots = components(false);
        Map<Long, Long> named = new HashMap<>();
        for (long supervoxel : supervoxels) {
            long node = parent(supervoxel);
            long root = named.computeIfAbsent(roots.get(supervoxel), first -> rootOf(node));
            if (!parents.containsKey(node)) {
                join(root, node);
            }
        }
    }

    private long rootOf(long node) {
        Int3 chunk = ids.chunk(node);
        int place = chunk.x() << 2 | chunk.y() << 1 | chunk.z();
        return ids.id(3, Int3.ZERO, (long) place << anchorBits | ids.number(node));
    }

    private void join(long parent, long child) {
        parents.put(child, parent);
        children.computeIfAbsent(parent, id -> new ArrayList<>()).add(child);
    }

    /// The smallest supervoxel that each can be reached from.
    private Map<Long, Long> components(boolean within) {
        Map<Long, Long> first = new HashMap<>();
        supervoxels.forEach(id -> first.put(id, id));
        for (boolean changed = true; changed;) {
            changed = false;
            for (Pair pair : active) {
                if (within && ids.commonLayer(pair.a(), pair.b()) > 2) {
                    continue;
                }
                long least = Math.min(first.getOrDefault(pair.a(), pair.a()), first.getOrDefault(pair.b(), pair.b()));
                changed |= first.put(pair.a(), least) != least | first.put(pair.b(), least) != least;
            }
        }
        return first;
    }

    @Override
    public boolean contains(long node) {
        return parents.containsKey(node) || children.containsKey(node);
    }

    @Override
    public long parent(long node) {
        return parents.getOrDefault(node, 0L);
    }

    @Override
    public long[] children(long node) {
        return children.getOrDefault(node, List.of()).stream().mapToLong(Long::longValue).sorted().toArray();
    }

    @Override
    public CrossEdges crossEdges(long node) {
        List<long[]> out = new ArrayList<>();
        for (Pair pair : active) {
            if (NodeIds.layer(node) == 2 && ids.commonLayer(pair.a(), pair.b()) > 2) {
                if (parent(pair.a()) == node) {
                    out.add(new long[]{pair.a(), pair.b()});
                } else if (parent(pair.b()) == node) {
                    out.add(new long[]{pair.b(), pair.a()});
                }
            }
        }
        out.sort(Arrays::compare);
        return new CrossEdges(out.stream().mapToLong(e -> e[0]).toArray(), out.stream().mapToLong(e -> e[1]).toArray());
    }

    @Override
    public EdgeTable edges(Int3 chunk) {
        long prefix = ids.id(1, chunk, 0);
        List<long[]> rows = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            Edge edge = edges.get(i);
            boolean a = ids.chunkId(edge.a()) == prefix;
            boolean b = ids.chunkId(edge.b()) == prefix;
            if (a) {
                rows.add(new long[]{edge.a(), edge.b(), i});
            } else if (b) {
                rows.add(new long[]{edge.b(), edge.a(), i});
            }
        }
        rows.sort(Arrays::compare);
        int largest = (int) (firstFree(prefix) - 1);
        int[] first = new int[largest + 1];
        for (long[] row : rows) {
            first[(int) ids.number(row[0])]++;
        }
        for (int i = 0; i < largest; i++) {
            first[i + 1] += first[i];
        }
        long[] numbers = LongStream.rangeClosed(1, largest).toArray();
        int n = rows.size();
        EdgeTable table = new EdgeTable(numbers, first, new long[n], new float[n], new long[n], new boolean[n]);
        for (int i = 0; i < n; i++) {
            Edge edge = edges.get((int) rows.get(i)[2]);
            table.far()[i] = rows.get(i)[1];
            table.affinity()[i] = edge.affinity();
            table.area()[i] = edge.area();
            table.active()[i] = active.contains(Pair.of(edge.a(), edge.b()));
        }
        return table;
    }

    @Override
    public long firstFree(long chunkId) {
        if (NodeIds.layer(chunkId) > 2) {
            return 1L << 3 + anchorBits;
        }
        long largest = 0;
        for (long node : NodeIds.layer(chunkId) == 1 ? supervoxels : children.keySet()) {
            if (ids.chunkId(node) == chunkId) {
                largest = Math.max(largest, ids.number(node));
            }
        }
        return largest + 1;
    }
}
