package org.neuropil.graph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.ScriptedGraph;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

class MomentsTest {
    private static final Instant BEGIN = ScriptedGraph.BEGIN;
    private final ScriptedGraph graph = new ScriptedGraph(3, new int[]{1, 2});

    private long root(int supervoxel) throws IOException {
        return graph.root(ScriptedGraph.sv(supervoxel), Graph.NOW);
    }

    @Test
    void aGraphThatNobodyEditedHasItsMoments() throws IOException {
        assertThat(Moments.oldest(graph)).isEqualTo(BEGIN);
        assertThat(Moments.lastEdit(graph, root(1))).isEqualTo(BEGIN);
        assertThat(Moments.created(graph, new long[]{root(1), ScriptedGraph.sv(3)})).containsExactly(BEGIN, BEGIN);
        assertThat(ChangeLogs.of(graph, root(1), Instant.MIN)).isEmpty();
        assertThat(MergeLogs.of(graph, root(1), Instant.MIN)).isEmpty();
        assertThat(DeltaRoots.reported(graph, Instant.MIN, Graph.NOW).made()).isEmpty();
        assertThat(Lineages.of(graph, new long[]{root(1)}).links()).isEmpty();
    }

    @Test
    void latestMomentsOfNodes() throws IOException {
        long whole = root(1);
        long other = root(3);
        graph.wait(9).split("ada", 1, 2);
        Instant split = BEGIN.plusSeconds(10);
        long half = root(1);
        Instant later = split.plusSeconds(60);
        long[] nodes = {whole, other, half};
        assertThat(Moments.latest(graph, nodes, later)).containsExactly(split, later, later);
        assertThat(Moments.latest(graph, nodes, Graph.NOW)).containsExactly(split, split, split);
        assertThat(Moments.latest(graph, nodes, BEGIN.plusSeconds(5))).containsExactly(BEGIN.plusSeconds(5),
                BEGIN.plusSeconds(5), split);
        assertThat(Moments.lastEdit(graph, half)).isEqualTo(split);
        assertThat(Moments.oldest(graph)).isEqualTo(BEGIN);
    }

    @Test
    void anUnknownNodeHasNoTime() {
        assertThatThrownBy(() -> Moments.created(graph, new long[]{12345})).isInstanceOf(InputException.class)
                .hasMessageContaining("12345");
        assertThatThrownBy(() -> Moments.latest(graph, new long[]{-1}, Graph.NOW)).isInstanceOf(InputException.class)
                .hasMessageContaining("18446744073709551615");
    }

    @Test
    void validNodesCameOrWentInTheSpan() throws IOException {
        long whole = root(1);
        long other = root(3);
        graph.wait(9).split("ada", 1, 2);
        Instant split = BEGIN.plusSeconds(10);
        long[] nodes = {whole, 12345, other, root(1)};
        assertThat(Moments.valid(graph, nodes, Instant.MIN, Graph.NOW)).containsExactly(whole, other, root(1));
        assertThat(Moments.valid(graph, nodes, split, split)).containsExactly(whole, root(1));
        assertThat(Moments.valid(graph, nodes, BEGIN, split.minusMillis(1))).containsExactly(whole, other);
        assertThat(Moments.valid(graph, nodes, split.plusMillis(1), Graph.NOW)).isEmpty();
    }

    @Test
    void mergeLogsShowWhatWasClickedAndWhere() throws IOException {
        graph.merge("ada", 2, 3);
        graph.split("ben", 1, 2);
        graph.undo("ben", 2);
        long one = ScriptedGraph.sv(1);
        long two = ScriptedGraph.sv(2);
        assertThat(MergeLogs.of(graph, root(1), Instant.MIN)).usingRecursiveComparison().isEqualTo(List.of(
                // Points lie just below a voxel's end: 16 and 23 nm of 4, 119 nm of 40.
                new MergeLogs.Entry(1, new long[]{two}, new long[]{ScriptedGraph.sv(3)},
                        List.of(new Int3(4, 5, 2)), List.of(new Int3(6, 7, 3))),
                new MergeLogs.Entry(3, new long[]{one}, new long[]{two}, List.of(new Int3(2, 3, 1)),
                        List.of(new Int3(4, 5, 2)))));
    }

    @Test
    void operationsOfAUserWithAndWithoutThoseUndone() throws IOException {
        graph.split("ada", 1, 2); // 1
        graph.merge("ada", 2, 3); // 2
        graph.undo("ben", 1); // 3
        Instant then = graph.head();
        assertThat(standing("ada", Graph.NOW)).containsExactly(2L);
        graph.redo("cay", 1); // 4
        assertThat(standing("ada", Graph.NOW)).containsExactly(1L, 2L);
        assertThat(standing("ben", Graph.NOW)).isEmpty();
        graph.undo("ada", 4); // 5
        assertThat(standing("ada", Graph.NOW)).containsExactly(2L, 5L);
        // What undid an operation may come after the span.
        assertThat(standing("ada", then)).containsExactly(2L);
        graph.undo("ben", 5); // 6: the split again
        assertThat(standing("ada", then)).containsExactly(1L, 2L);
        assertThat(UserOperations.of(graph, "ada", Instant.MIN, Graph.NOW, true)).extracting(
                UserOperations.Entry::operation, UserOperations.Entry::kind, UserOperations.Entry::undone)
                .containsExactly(tuple(1L, Kind.SPLIT, false),
                        tuple(2L, Kind.MERGE, false),
                        tuple(5L, Kind.UNDO, true));
        assertThat(UserOperations.of(graph, null, Instant.MIN, Graph.NOW, true)).hasSize(6);
    }

    private List<Long> standing(String user, Instant to) throws IOException {
        return UserOperations.of(graph, user, Instant.MIN, to, false).stream().map(UserOperations.Entry::operation)
                .toList();
    }
}
