package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.graph.Edge;
import org.neuropil.graph.Operation.Pair;

import it.unimi.dsi.fastutil.longs.LongAVLTreeSet;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// The edges that stand now for those of earlier times, some of whose supervoxels have been cut since.
final class PartEdges {
    private final Snapshot snapshot;
    private final LongOpenHashSet seen = new LongOpenHashSet();
    /// Of each operation that cut supervoxels: the area that parts in each object have in common with the other ends.
    private final Map<Long, Map<Long, Long>> votes = new TreeMap<>();

    PartEdges(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// Supervoxels at the ends of what was looked at, as they are now.
    LongOpenHashSet seen() {
        return seen;
    }

    /// All edges that stand for some.
    List<Pair> all(List<Pair> pairs) throws IOException {
        List<Pair> all = new ArrayList<>();
        for (Pair pair : pairs) {
            between(pair).forEach(edge -> all.add(new Pair(edge.a(), edge.b())));
        }
        return all;
    }

    /// The edges that stand for some, where parts of a supervoxel lie in several objects in one of them: see
    /// [Reversals#edges]. At least one for each.
    List<Pair> chosen(List<Pair> pairs) throws IOException {
        List<List<Edge>> edges = new ArrayList<>();
        for (Pair pair : pairs) {
            List<Edge> between = between(pair);
            edges.add(between);
            for (Edge edge : between) {
                vote(pair, edge);
            }
        }
        List<Pair> chosen = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            int before = chosen.size();
            for (Edge edge : edges.get(i)) {
                if (isChosen(pairs.get(i), edge.a()) && isChosen(pairs.get(i), edge.b())) {
                    chosen.add(new Pair(edge.a(), edge.b()));
                }
            }
            if (chosen.size() == before) {
                edges.get(i).stream().max(Comparator.comparingLong(Edge::area))
                        .ifPresent(edge -> chosen.add(new Pair(edge.a(), edge.b())));
            }
        }
        return chosen;
    }

    private void vote(Pair pair, Edge edge) throws IOException {
        for (long part : new long[]{edge.a(), edge.b()}) {
            long cutBy = cutBy(pair, part);
            if (cutBy != 0) {
                votes.computeIfAbsent(cutBy, id -> new TreeMap<>()).merge(snapshot.root(part), Math.max(1, edge.area()),
                        Long::sum);
            }
        }
    }

    private boolean isChosen(Pair pair, long part) throws IOException {
        long cutBy = cutBy(pair, part);
        if (cutBy == 0) {
            return true;
        }
        long best = 0;
        long most = -1;
        for (Map.Entry<Long, Long> object : votes.getOrDefault(cutBy, Map.of()).entrySet()) {
            if (object.getValue() > most) {
                most = object.getValue();
                best = object.getKey();
            }
        }
        return snapshot.root(part) == best;
    }

    /// The operation that cut the end of a pair that something is a part of; 0 if it is that end.
    private long cutBy(Pair pair, long part) throws IOException {
        if (part == pair.a() || part == pair.b()) {
            return 0;
        }
        long whole = part;
        while (whole != pair.a() && whole != pair.b()) {
            long next = snapshot.overlay().whole(whole);
            if (next == whole) {
                throw new IllegalStateException("supervoxel " + part + " is no part of " + pair);
            }
            whole = next;
        }
        Overlay.Cut cut = snapshot.overlay().cut(whole);
        return cut == null ? 0 : cut.operation();
    }

    /// Edges between the parts of two supervoxels, ascending.
    private List<Edge> between(Pair pair) throws IOException {
        LongAVLTreeSet left = parts(pair.a());
        LongAVLTreeSet right = parts(pair.b());
        seen.addAll(left);
        seen.addAll(right);
        if (left.contains(pair.a()) && right.contains(pair.b())) {
            return List.of(new Edge(pair.a(), pair.b(), 0, 0));
        }
        LongAVLTreeSet both = new LongAVLTreeSet(left);
        if (snapshot.ids().chunkId(pair.a()) == snapshot.ids().chunkId(pair.b())) {
            both.addAll(right);
        }
        List<Edge> edges = new ArrayList<>();
        long[] ends = both.toLongArray();
        LocalEdges.visit(snapshot, snapshot.ids().chunk(pair.a()), ends, List.of(), (own, far, affinity,
                area) -> {
            if (left.contains(own) && right.contains(far) || left.contains(far) && right.contains(own)) {
                Pair sorted = Pair.of(own, far);
                edges.add(new Edge(sorted.a(), sorted.b(), affinity, area));
            }
        });
        edges.sort(Comparator.comparingLong(Edge::a).thenComparingLong(Edge::b));
        return edges;
    }

    /// What a supervoxel is in now: itself, or its parts.
    private LongAVLTreeSet parts(long supervoxel) throws IOException {
        LongAVLTreeSet parts = new LongAVLTreeSet();
        List<Long> open = new ArrayList<>(List.of(supervoxel));
        while (!open.isEmpty()) {
            long next = open.removeLast();
            Overlay.Cut cut = snapshot.isLatest(next) ? null : snapshot.overlay().cut(next);
            if (cut == null) {
                parts.add(next);
            } else {
                for (long part : cut.parts()) {
                    open.add(part);
                }
            }
        }
        return parts;
    }
}
