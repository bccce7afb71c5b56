package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.neuropil.server.cave.TrafficWorld.id;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.SplitRequest;
import org.neuropil.server.http.Problem;

class ContactAreasTest {
    @TempDir
    Path temp = Path.of("");
    @SuppressWarnings("NullAway.Init")
    private TrafficWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new TrafficWorld(temp);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    /// By looking at the whole of each partner.
    @Test
    void contactsOfAllCellsAreThoseOfAllTheirEdges() throws Exception {
        world.graph.merge(MergeRequest.of("u", at(id(0, 0, 1, 4)), at(id(1, 0, 1, 1))));
        world.graph.split(SplitRequest.of("u", List.of(at(id(1, 0, 0, 3)), at(id(0, 0, 0, 4))),
                List.of(at(id(1, 1, 0, 3)))));
        Graph graph = world.graph;
        long[] some = {id(0, 0, 1, 1), id(1, 0, 1, 1), id(0, 0, 0, 1), id(0, 1, 0, 1), id(1, 1, 0, 4), id(1, 0, 0, 8)};
        long[] roots = LongStream.of(graph.roots(some, Graph.NOW, 3)).distinct().toArray();
        assertThat(roots.length).isGreaterThan(2);
        int sites = 0;
        for (long root : roots) {
            Map<Long, List<Long>> expected = new TreeMap<>();
            List<Edge> own = graph.subgraph(root, null, true);
            Map<Long, List<Edge>> contacts = new TreeMap<>();
            for (Edge edge : graph.subgraph(root, null, false)) {
                long a = graph.root(edge.a(), Graph.NOW);
                long b = graph.root(edge.b(), Graph.NOW);
                if (a != b) {
                    contacts.computeIfAbsent(a == root ? b : a, any -> new ArrayList<>()).add(a == root
                            ? edge
                            : new Edge(edge.b(), edge.a(), edge.affinity(), edge.area()));
                }
            }
            for (Map.Entry<Long, List<Edge>> one : contacts.entrySet()) {
                expected.put(one.getKey(), new ContactSites(one.getValue(), own,
                        graph.subgraph(one.getKey(), null, true)).areas());
                sites += expected.getOrDefault(one.getKey(), List.of()).size();
            }
            assertThat(ContactAreas.of(graph, root, null, _ -> true)).isEqualTo(expected);
        }
        assertThat(sites).isEqualTo(4);
    }

    private static EditPoint at(long supervoxel) {
        return new EditPoint(supervoxel, 900, 400, 3980);
    }

    @Test
    void contactsOfVeryMuchAreRefusedInWords() throws Exception {
        Graph graph = world.graph;
        long front = graph.root(id(0, 0, 0, 2), Graph.NOW);
        int own = graph.leaves(front, null, 2).length;
        assertThatThrownBy(() -> ContactAreas.of(graph, front, null, _ -> true, own)).isInstanceOf(Problem.class)
                .hasMessageContaining("more than " + own + " nodes");
        assertThat(ContactAreas.of(graph, front, null, _ -> false, own)).isEmpty();
        assertThat(ContactAreas.of(graph, front, null, _ -> true, own + 1)).hasSize(1);
    }
}
