package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.Graph;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;

/// Areas of the sites where a cell touches others. Of these, only the layer-2 nodes that touch it are looked at, however
/// large they are.
final class ContactAreas {
    /// Layer-2 nodes that are looked at, of the cell and of those beside it.
    private static final int MOST_NODES = 20_000;

    private final Graph graph;
    private final int most;
    private int nodes;

    private ContactAreas(Graph graph, int most) {
        this.graph = graph;
        this.most = most;
    }

    /// Areas of sites by the partner's present root, largest first.
    ///
    /// @param bounds where to look, voxels; null for everywhere
    /// @param wanted which partners to look at
    /// @throws Problem if there is too much to look at
    static Map<Long, List<Long>> of(Graph graph, long node, @Nullable Box bounds, LongPredicate wanted)
            throws IOException {
        return of(graph, node, bounds, wanted, MOST_NODES);
    }

    /// @param most layer-2 nodes to look at
    static Map<Long, List<Long>> of(Graph graph, long node, @Nullable Box bounds, LongPredicate wanted, int most)
            throws IOException {
        return new ContactAreas(graph, most).of(node, bounds, wanted);
    }

    private Map<Long, List<Long>> of(long node, @Nullable Box bounds, LongPredicate wanted) throws IOException {
        count(graph.leaves(node, bounds, 2).length);
        long[] inside = graph.leaves(node, null, 1);
        List<Edge> own = new ArrayList<>();
        List<Edge> out = new ArrayList<>();
        for (Edge edge : graph.subgraph(node, bounds, false)) {
            boolean a = isIn(inside, edge.a());
            boolean b = isIn(inside, edge.b());
            if (a && b) {
                own.add(edge);
            } else if (a || b) {
                out.add(a ? edge : new Edge(edge.b(), edge.a(), edge.affinity(), edge.area()));
            }
        }
        Map<Long, List<Edge>> byPartner = new TreeMap<>(Long::compareUnsigned);
        long[] roots = graph.roots(out.stream().mapToLong(Edge::b).toArray(), Graph.NOW, graph.info().layers());
        for (int i = 0; i < roots.length; i++) {
            if (roots[i] != 0 && wanted.test(roots[i])) {
                byPartner.computeIfAbsent(roots[i], root -> new ArrayList<>()).add(out.get(i));
            }
        }
        Map<Long, List<Long>> areas = new LinkedHashMap<>();
        for (Map.Entry<Long, List<Edge>> entry : byPartner.entrySet()) {
            areas.put(entry.getKey(),
                    new ContactSites(entry.getValue(), own, among(entry.getValue())).areas());
        }
        return areas;
    }

    /// Edges among the far ends of contacts.
    private List<Edge> among(List<Edge> contacts) throws IOException {
        long[] ends = contacts.stream().mapToLong(Edge::b).sorted().distinct().toArray();
        long[] level2 = Arrays.stream(graph.roots(ends, Graph.NOW, 2)).distinct().sorted().toArray();
        count(level2.length);
        List<Edge> among = new ArrayList<>();
        for (long one : level2) {
            for (Edge edge : graph.subgraph(one, null, false)) {
                if (isIn(ends, edge.a()) && isIn(ends, edge.b())) {
                    among.add(edge);
                }
            }
        }
        return among;
    }

    private static boolean isIn(long[] sorted, long id) {
        // Supervoxels are of layer 1: signed and unsigned order are the same.
        return Arrays.binarySearch(sorted, id) >= 0;
    }

    private void count(int more) {
        nodes += more;
        if (nodes > most) {
            throw new Problem(400, "the contacts of this node are more than can be looked at at once: it and what "
                    + "touches it have more than " + most + " nodes of layer 2", "bounds",
                    "give bounds, and ask for the contacts part by part");
        }
    }
}
