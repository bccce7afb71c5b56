package org.neuropil.graph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Lineage;
import org.neuropil.graph.Lineage.Link;
import org.neuropil.graph.ScriptedGraph;
import org.neuropil.space.InputException;

class LineagesTest {
    /// The history that PyChunkedGraph's tests publish: one object of two supervoxels is split and merged again.
    private final ScriptedGraph graph = new ScriptedGraph(2, new int[]{1, 2});
    private final long first = root(1);

    private long root(int supervoxel) {
        try {
            return graph.root(ScriptedGraph.sv(supervoxel), Graph.NOW);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Lineage of(long... roots) throws IOException {
        return Lineages.of(graph, roots);
    }

    @Test
    void publishedExample() throws IOException {
        Instant beforeSplit = graph.wait(5).head().plusSeconds(1);
        long[] halves = graph.split("Jane Doe", 1, 2).newRoots();
        assertThat(halves).hasSize(2);
        assertThat(of(halves[0]).links()).hasSize(1);
        assertThat(of(halves).links()).hasSize(2);

        Instant afterSplit = graph.wait(5).head().plusSeconds(1);
        long[] merged = graph.merge("Jane Doe", 1, 2).newRoots();
        assertThat(merged).hasSize(1);
        Instant afterMerge = graph.head().plusSeconds(1);
        assertThat(of(merged).links()).hasSize(4);
        assertThat(of(first).roots()).hasSize(4);
        assertThat(of(halves[0]).roots()).hasSize(3);
        assertThat(of(halves[1]).roots()).hasSize(3);
        assertThat(of(merged[0]).roots()).hasSize(4);

        DeltaRoots split = DeltaRoots.reduced(graph, beforeSplit, afterSplit);
        assertThat(split.old()).containsExactly(first);
        assertThat(split.made()).containsExactly(halves);
        DeltaRoots merge = DeltaRoots.reduced(graph, afterSplit, afterMerge);
        assertThat(merge.old()).containsExactly(halves);
        assertThat(merge.made()).containsExactly(merged);
        DeltaRoots both = DeltaRoots.reduced(graph, beforeSplit, afterMerge);
        assertThat(both.old()).containsExactly(first);
        assertThat(both.made()).containsExactly(merged);
    }

    @Test
    void aWindowKeepsTheRootsThatWereThereWhenItBegan() throws IOException {
        long[] halves = graph.split("ada", 1, 2).newRoots();
        Instant split = graph.head();
        long merged = graph.wait(10).merge("ada", 1, 2).newRoots()[0];
        graph.wait(10).split("ada", 1, 2);

        Lineage lineage = Lineages.of(graph, new long[]{merged}, split, split.plusSeconds(15));
        assertThat(lineage.links()).containsExactly(new Link(halves[0], merged), new Link(halves[1], merged));
        // What replaced the merged root did so after the window.
        assertThat(lineage.roots()).extracting(node -> node.replacedBy().orElse(0L)).containsExactly(2L, 2L, 0L);
        assertThat(lineage.roots().getFirst().created()).isEqualTo(split);
    }

    @Test
    void whatIsNoRootIsRefusedByName() {
        long unknown = first + 100;
        assertThatThrownBy(() -> of(first, unknown)).isInstanceOf(InputException.class)
                .hasMessageContaining(Long.toUnsignedString(unknown));
        assertThatThrownBy(() -> of(ScriptedGraph.sv(1))).isInstanceOf(InputException.class)
                .hasMessageContaining(Long.toUnsignedString(ScriptedGraph.sv(1)) + " is a node of layer 1");
        assertThatThrownBy(() -> IdMaps.between(graph, new long[]{first}, graph.head().plusSeconds(1), graph.head()))
                .isInstanceOf(InputException.class);
    }

    @Test
    void aLongHistoryNeedsNoDeepStackAndItsLogIsReadInSlices() throws IOException {
        int rounds = 1_500;
        for (int i = 0; i < rounds; i++) {
            graph.split("ada", 1, 2);
            graph.merge("ben", 1, 2);
        }
        long last = root(1);
        assertThat(of(last).roots()).hasSize(3 * rounds + 1);
        ChangeSummary summary = ChangeSummary.of(ChangeLogs.of(graph, last, Instant.MIN));
        assertThat(summary.users()).containsEntry("ada", new ChangeSummary.Counts(rounds, 0)).containsEntry("ben",
                new ChangeSummary.Counts(0, rounds));
        // Longer than two slices of the log.
        assertThat(ChangeLogs.between(graph, ScriptedGraph.BEGIN, Graph.NOW)).extracting(ChangeLogs.Entry::operation)
                .containsExactlyElementsOf(graph.log().stream().map(one -> one.id()).toList());
    }
}
