package org.neuropil.circuits.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DirectedGraphTest {
    @Test
    void edgesComeBackInOrderWhateverOrderTheyWereGivenIn() {
        DirectedGraph graph = GraphWorlds.of(4, 2, 0, 0, 3, 2, 3, 0, 1);
        assertThat(graph.sources()).containsExactly(0, 0, 2, 2);
        assertThat(graph.targets()).containsExactly(1, 3, 0, 3);
        assertThat(graph.targets(2)).containsExactly(0, 3);
        assertThat(graph.inDegrees()).containsExactly(1, 1, 0, 2);
        assertThat(graph.outDegree(1)).isZero();
        assertThat(graph.has(2, 3)).isTrue();
        assertThat(graph.has(3, 2)).isFalse();
        assertThat(graph.density()).isEqualTo(4.0 / 12);
    }

    @Test
    void reversedTwiceIsTheSame() {
        DirectedGraph graph = GraphWorlds.random(20, 0.2, 0.3, 5);
        DirectedGraph back = graph.reversed();
        assertThat(back.edges()).isEqualTo(graph.edges());
        for (int u = 0; u < 20; u++) {
            for (int v = 0; v < 20; v++) {
                assertThat(back.has(v, u)).isEqualTo(graph.has(u, v));
            }
        }
        assertThat(back.reversed()).isEqualTo(graph);
    }

    @Test
    void whatIsNoSimpleGraphIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> GraphWorlds.of(3, 1, 1))
                .withMessage("vertex 1 leads to itself");
        assertThatIllegalArgumentException().isThrownBy(() -> GraphWorlds.of(3, 0, 1, 2, 0, 0, 1))
                .withMessage("edge 0 to 1 is there twice");
        assertThatIllegalArgumentException().isThrownBy(() -> GraphWorlds.of(3, 0, 3))
                .withMessage("edge 0 to 3 in a graph of 3 vertices");
    }

    @Test
    void aGraphOfNothingIsOne() {
        assertThat(GraphWorlds.of(0).density()).isNaN();
        assertThat(TriadCensus.of(GraphWorlds.of(0), 2)).containsOnly(0);
    }
}
