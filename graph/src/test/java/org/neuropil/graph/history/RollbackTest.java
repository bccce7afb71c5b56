package org.neuropil.graph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.ScriptedGraph;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RollbackTest {
    private static final int HALF = 4;

    private static Rollback rollback(ScriptedGraph graph, String by, Long... skip) throws IOException {
        return Rollback.run(graph, "ada", Instant.MIN, Graph.NOW, List.of(skip), by);
    }

    private static List<Long> done(Rollback rollback) {
        return rollback.done().stream().map(Rollback.Done::operation).toList();
    }

    @Test
    void undoesWhatStandsNewestFirst() throws IOException {
        ScriptedGraph graph = new ScriptedGraph(5, new int[]{1, 2});
        graph.merge("ada", 2, 3); // 1
        graph.merge("ben", 4, 5); // 2
        graph.split("ada", 1, 2); // 3
        graph.undo("ada", 2); // 4: somebody else's
        graph.merge("ada", 1, 5); // 5, which ben undoes
        graph.undo("ben", 5); // 6
        assertThat(done(rollback(graph, "root"))).containsExactly(4L, 3L, 1L);
        assertThat(graph.active()).containsExactlyInAnyOrder(pair(1, 2), pair(4, 5));
        assertThat(graph.log().subList(6, 9)).extracting(Operation::user).containsOnly("root");
        assertThat(done(rollback(graph, "root"))).isEmpty();
    }

    @Test
    void keepsWhatIsToBeSkippedAndWhatIsOutsideOfTheSpan() throws IOException {
        ScriptedGraph graph = new ScriptedGraph(4);
        graph.merge("ada", 1, 2); // 1
        Instant from = graph.head().plusMillis(1);
        graph.merge("ada", 2, 3); // 2
        graph.merge("ada", 3, 4); // 3
        Instant to = graph.head();
        graph.merge("ada", 1, 4); // 4 joins nothing anew
        graph.split("ada", 1, 2);
        int before = graph.log().size();
        assertThat(done(Rollback.run(graph, "ada", from, to, Set.of(2L), "root"))).containsExactly(3L);
        assertThat(graph.log()).hasSize(before + 1);
        assertThat(graph.active()).containsExactlyInAnyOrder(pair(2, 3));
    }

    @Test
    void tellsWhatWasRefusedAndGoesOn() throws IOException {
        ScriptedGraph graph = new ScriptedGraph(4);
        graph.merge("ada", 1, 2); // 1
        graph.cut("ada", 3); // 2, which this graph cannot take back
        Rollback rollback = rollback(graph, "root");
        assertThat(done(rollback)).containsExactly(1L);
        assertThat(rollback.refused()).containsExactly(
                new Rollback.Refused(2, Reason.INVALID, "Operation 2 cannot be taken back."));
        assertThat(graph.active()).isEmpty();
    }

    @Test
    void whatOthersChangedSinceIsLeftAlone() throws IOException {
        ScriptedGraph graph = new ScriptedGraph(3);
        graph.merge("ada", 1, 2); // 1
        graph.split("ben", 1, 2); // 2
        graph.merge("ada", 2, 3); // 3
        graph.undo("ben", 3); // 4
        graph.redo("cay", 3); // 5
        assertThat(done(rollback(graph, "root"))).isEmpty();
        assertThat(graph.log()).hasSize(5);
    }

    /// Two people edit two halves of a world; the other half must be left alone, this one become as it was.
    @Property(tries = 300, seed = "1")
    void takesBackAllOfOnesEditsAndNothingElse(@ForAll long seed) throws IOException {
        ScriptedGraph graph = world(new Random(seed));
        Set<Pair> expected = Set.copyOf(graph.active());
        edit(graph, new Random(seed));
        Set<Pair> others = of(graph.active(), true);
        rollback(graph, seed % 2 == 0 ? "root" : "ada");
        assertThat(of(graph.active(), false)).isEqualTo(of(expected, false));
        assertThat(of(graph.active(), true)).isEqualTo(others);
        int length = graph.log().size();
        assertThat(done(rollback(graph, seed % 2 == 0 ? "root" : "ada"))).isEmpty();
        assertThat(graph.log()).hasSize(length);
    }

    @Property(tries = 300, seed = "2")
    void anInterruptedOneIsCompletedByTheNext(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedGraph graph = world(new Random(seed));
        Set<Pair> expected = Set.copyOf(graph.active());
        edit(graph, new Random(seed));
        Set<Pair> others = of(graph.active(), true);
        String by = seed % 2 == 0 ? "root" : "ada";
        for (int i = 0; i < 3; i++) {
            graph.failAfter(random.nextInt(4));
            try {
                rollback(graph, by);
            } catch (IOException e) {
                assertThat(e).hasMessage("the power went off");
            }
        }
        graph.failAfter(Integer.MAX_VALUE);
        rollback(graph, by);
        assertThat(of(graph.active(), false)).isEqualTo(of(expected, false));
        assertThat(of(graph.active(), true)).isEqualTo(others);
        assertThat(done(rollback(graph, by))).isEmpty();
    }

    @Test
    void aFailureIsNotHidden() throws IOException {
        ScriptedGraph graph = new ScriptedGraph(2);
        graph.merge("ada", 1, 2);
        graph.failAfter(0);
        assertThatThrownBy(() -> rollback(graph, "root")).isInstanceOf(IOException.class);
    }

    private static ScriptedGraph world(Random random) {
        // A chain in each half, so that every edge that is cut or joined changes an object.
        int[][] edges = random.ints(1, HALF).distinct().limit(2).boxed()
                .flatMap(i -> List.of(new int[]{i, i + 1}, new int[]{HALF + i, HALF + i + 1}).stream())
                .toArray(int[][]::new);
        return new ScriptedGraph(2 * HALF, edges);
    }

    private static void edit(ScriptedGraph graph, Random random) throws IOException {
        for (int i = 0; i < 20; i++) {
            boolean other = random.nextBoolean();
            String user = other ? "ben" : "ada";
            int a = (other ? HALF : 0) + 1 + random.nextInt(HALF - 1);
            List<Long> own = graph.log().stream().filter(one -> one.user().equals(user)).map(Operation::id).toList();
            int kind = random.nextInt(own.isEmpty() ? 4 : 8);
            if (kind < 4) {
                if (graph.active().contains(pair(a, a + 1))) {
                    graph.split(user, a, a + 1);
                } else {
                    graph.merge(user, a, a + 1);
                }
            } else if (kind < 6) {
                graph.undo(user, own.get(random.nextInt(own.size())));
            } else {
                graph.redo(user, own.get(random.nextInt(own.size())));
            }
        }
    }

    private static Pair pair(int a, int b) {
        return Pair.of(ScriptedGraph.sv(a), ScriptedGraph.sv(b));
    }

    private static Set<Pair> of(Set<Pair> edges, boolean other) {
        return edges.stream().filter(edge -> edge.a() > ScriptedGraph.sv(HALF) == other).collect(Collectors.toSet());
    }
}
