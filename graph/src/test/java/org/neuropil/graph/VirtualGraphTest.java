package org.neuropil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class VirtualGraphTest {
    /// The graph at a moment of a longer script answers as the graph of the script's beginning.
    @Property(tries = 200, seed = "1")
    void answersAsIfNothingHadComeAfter(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int edits = random.nextInt(20);
        ScriptedGraph then = RandomHistory.of(seed, edits);
        ScriptedGraph now = RandomHistory.of(seed, edits + random.nextInt(10));
        VirtualGraph virtual = new VirtualGraph(now, then.head().plusMillis(random.nextInt(2)));
        Set<Long> old = nodes(then);
        Set<Long> later = nodes(now);
        later.removeAll(old);
        old.add(0L);
        old.add(777L);
        long[] nodes = old.stream().mapToLong(Long::longValue).toArray();

        assertThat(virtual.head()).isEqualTo(then.head());
        assertThat(virtual.operations(Instant.MIN, Graph.NOW)).extracting(Operation::id)
                .containsExactlyElementsOf(then.log().stream().map(Operation::id).toList());
        assertThat(virtual.operation(then.log().size() + 1)).isNull();
        assertThat(virtual.created(nodes)).containsExactly(then.created(nodes));
        for (Instant at : List.of(Graph.NOW, now.head(), then.head(), ScriptedGraph.BEGIN,
                ScriptedGraph.BEGIN.plusSeconds(random.nextInt(30)))) {
            assertThat(virtual.roots(nodes, at, 2)).containsExactly(then.roots(nodes, at, 2));
            assertThat(virtual.isLatest(nodes, at)).containsExactly(then.isLatest(nodes, at));
            assertThat(virtual.replaced(nodes, at)).containsExactly(then.replaced(nodes, at));
            for (long node : nodes) {
                assertThat(virtual.replacedBy(node, at)).isEqualTo(then.replacedBy(node, at));
            }
        }
        for (long node : nodes) {
            assertThat(virtual.children(node)).containsExactly(then.children(node));
            assertThat(virtual.leaves(node, null, 1)).containsExactly(then.leaves(node, null, 1));
            assertThat(virtual.madeBy(node)).isEqualTo(then.madeBy(node));
        }
        for (long node : later) {
            long[] one = {node};
            if (NodeIds.layer(node) == 1) {
                // The volume shows a part; its whole was in some object.
                assertThat(virtual.created(one)).containsOnlyNulls();
                assertThat(virtual.isLatest(one, Graph.NOW)).containsExactly(false);
                assertThat(then.state(then.log().size())).containsValue(virtual.root(node, Graph.NOW));
            } else {
                refused(node, () -> virtual.roots(one, Graph.NOW, 2));
                refused(node, () -> virtual.created(one));
                refused(node, () -> virtual.isLatest(one, Graph.NOW));
                refused(node, () -> virtual.replaced(one, Graph.NOW));
                refused(node, () -> virtual.children(node));
                refused(node, () -> virtual.leaves(node, null, 1));
                refused(node, () -> virtual.subgraph(node, null, true));
                refused(node, () -> virtual.level2Graph(node, null));
                refused(node, () -> virtual.path(node, node));
                refused(node, () -> virtual.minimalCover(one, Graph.NOW));
                refused(node, () -> virtual.madeBy(node));
                refused(node, () -> virtual.replacedBy(node, Graph.NOW));
                refused(node, () -> virtual.supervoxels(List.of(new EditPoint(node, 0, 0, 0))));
            }
        }
    }

    private static void refused(long node, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(LaterNodeException.class)
                .hasMessageContaining(Long.toUnsignedString(node))
                .satisfies(e -> assertThat(((LaterNodeException) e).node()).isEqualTo(node));
    }

    private static Set<Long> nodes(ScriptedGraph graph) {
        Set<Long> all = new TreeSet<>(graph.state(0).values());
        all.addAll(graph.state(0).keySet());
        for (Operation operation : graph.log()) {
            LongStream.of(operation.after()).forEach(all::add);
            operation.supervoxelSplits().forEach(cut -> LongStream.of(cut.parts()).forEach(all::add));
        }
        return all;
    }

    @Property(tries = 200, seed = "2")
    void pathsAreShortestWithinTheRootOfTheMoment(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int n = 2 + random.nextInt(8);
        NodeIds ids = new NodeIds(3, 1);
        long[] nodes = LongStream.rangeClosed(1, n).map(i -> ids.id(2, Int3.ZERO, i)).toArray();
        int[][] distance = new int[n][n];
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                boolean joined = random.nextInt(3) == 0;
                distance[a][b] = joined ? 1 : n;
                distance[b][a] = distance[a][b];
                if (joined) {
                    pairs.add(Pair.of(nodes[a], nodes[b]));
                }
            }
        }
        for (int via = 0; via < n; via++) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    distance[a][b] = Math.min(distance[a][b], distance[a][via] + distance[via][b]);
                }
            }
        }
        VirtualGraph graph = new VirtualGraph(ofOneRoot(pairs), ScriptedGraph.BEGIN);
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                long[] path = graph.path(nodes[a], nodes[b]);
                if (distance[a][b] == n) {
                    assertThat(path).isEmpty();
                    continue;
                }
                assertThat(path).hasSize(distance[a][b] + 1).startsWith(nodes[a]).endsWith(nodes[b]);
                for (int i = 1; i < path.length; i++) {
                    assertThat(pairs).contains(Pair.of(path[i - 1], path[i]));
                }
            }
        }
    }

    /// A graph of three layers that knows just what a path needs.
    private static Graph ofOneRoot(List<Pair> pairs) {
        long root = new NodeIds(3, 1).id(3, Int3.ZERO, 1);
        GraphInfo info = new GraphInfo(Box.ofSize(8, 8, 8), new Int3(4, 4, 4), new VoxelSize(1, 1, 1), 3, 1, 4,
                ScriptedGraph.BEGIN, 0, 0);
        return (Graph) Proxy.newProxyInstance(Graph.class.getClassLoader(), new Class<?>[]{Graph.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "info" -> info;
                    case "roots" -> LongStream.of((long[]) arguments[0]).map(_ -> root).toArray();
                    case "created" -> Collections.nCopies(((long[]) arguments[0]).length, ScriptedGraph.BEGIN)
                            .toArray(Instant[]::new);
                    case "path" -> {
                        assertThat((long) arguments[0]).isEqualTo(root);
                        yield ShortestPath.between((long) arguments[1], (long) arguments[2], node -> pairs.stream()
                                .filter(pair -> pair.a() == node || pair.b() == node)
                                .mapToLong(pair -> pair.a() == node ? pair.b() : pair.a()).sorted().toArray());
                    }
                    default -> throw new AssertionError(method);
                });
    }

    @Test
    void refusesEdits() throws IOException {
        ScriptedGraph graph = new ScriptedGraph(2);
        graph.merge("ada", 1, 2);
        EditPoint point = new EditPoint(ScriptedGraph.sv(1), 0, 0, 0);
        SplitRequest split = SplitRequest.of("ada", List.of(point), List.of(point));
        try (VirtualGraph virtual = new VirtualGraph(graph, graph.head())) {
            for (ThrowingCallable edit : List.<ThrowingCallable>of(
                    () -> virtual.merge(MergeRequest.of("ada", point, point)), () -> virtual.split(split),
                    () -> virtual.preview(split), () -> virtual.undo("ada", 1), () -> virtual.redo("ada", 1))) {
                assertThatThrownBy(edit).isInstanceOf(EditRefusedException.class)
                        .satisfies(e -> assertThat(((EditRefusedException) e).reason()).isEqualTo(Reason.READ_ONLY));
            }
            assertThat(virtual.supervoxels(List.of(point))).containsExactly(ScriptedGraph.sv(1));
        }
        assertThat(graph.log()).hasSize(1);
    }

    @Test
    void aMomentBeforeTheGraphIsRefused() {
        ScriptedGraph graph = new ScriptedGraph(2);
        assertThatThrownBy(() -> new VirtualGraph(graph, ScriptedGraph.BEGIN.minusMillis(1)))
                .isInstanceOf(InputException.class).hasMessageContaining("before the graph's beginning");
    }
}
