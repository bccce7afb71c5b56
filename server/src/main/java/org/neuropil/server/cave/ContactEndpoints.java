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
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.space.Box;

/// Where cells touch, in the shapes that clients expect: areas of contact sites, in voxel faces, by partner. A site is a
/// piece of the border between two cells: contacts of supervoxels belong to one if they share a supervoxel, or if both
/// supervoxels of the one touch those of the other on their side.
final class ContactEndpoints {
    private ContactEndpoints() {}

    /// `GET node/{id}/contact_sites`: by root of the partner with `partners`, otherwise each site by a number of its own.
    static Answer sites(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long node = Nodes.known(table.graph(), query.id("id"), "node");
        Map<Long, List<Long>> areas = areas(table.graph(), node, query.bounds(), _ -> true);
        Map<String, List<Integer>> answer = new LinkedHashMap<>();
        boolean partners = query.flag("partners", false);
        for (Map.Entry<Long, List<Long>> entry : areas.entrySet()) {
            if (partners) {
                answer.put(Long.toUnsignedString(entry.getKey()), counts(entry.getValue()));
            } else {
                for (int area : counts(entry.getValue())) {
                    answer.put(Integer.toString(answer.size()), List.of(area));
                }
            }
        }
        return CaveJson.answer(call, answer);
    }

    /// `GET contact_sites_pair/{a}/{b}`: areas of the sites between two roots.
    static Answer pair(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long a = Nodes.known(table.graph(), query.id("a"), "node");
        long b = Nodes.known(table.graph(), query.id("b"), "node");
        return CaveJson.answer(call, counts(
                areas(table.graph(), a, query.bounds(), partner -> partner == b).getOrDefault(b, List.of())));
    }

    private static List<Integer> counts(List<Long> areas) {
        return areas.stream().map(area -> (int) Math.min(area, Integer.MAX_VALUE)).toList();
    }

    /// Areas of sites by the partner's present root, largest first.
    ///
    /// @param wanted which partners to look at; each costs a look at all of its edges
    private static Map<Long, List<Long>> areas(Graph graph, long node, @Nullable Box bounds, LongPredicate wanted)
            throws IOException {
        List<Edge> own = graph.subgraph(node, bounds, true);
        List<Edge> all = graph.subgraph(node, bounds, false);
        long[] inside = graph.leaves(node, null, 1);
        Map<Long, List<Edge>> byPartner = new TreeMap<>(Long::compareUnsigned);
        List<Edge> out = all.stream().filter(e -> isIn(inside, e.a()) != isIn(inside, e.b()))
                .map(e -> isIn(inside, e.a()) ? e : new Edge(e.b(), e.a(), e.affinity(), e.area())).toList();
        long[] roots = graph.roots(out.stream().mapToLong(Edge::b).toArray(), Graph.NOW, graph.info().layers());
        for (int i = 0; i < roots.length; i++) {
            if (roots[i] != 0 && wanted.test(roots[i])) {
                byPartner.computeIfAbsent(roots[i], root -> new ArrayList<>()).add(out.get(i));
            }
        }
        Map<Long, List<Long>> areas = new LinkedHashMap<>();
        for (Map.Entry<Long, List<Edge>> entry : byPartner.entrySet()) {
            List<Edge> far = graph.subgraph(entry.getKey(), bounds, true);
            areas.put(entry.getKey(), new ContactSites(entry.getValue(), own, far).areas());
        }
        return areas;
    }

    private static boolean isIn(long[] sorted, long id) {
        // Supervoxels are of layer 1: signed and unsigned order are the same.
        return Arrays.binarySearch(sorted, id) >= 0;
    }
}
