package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class WeightedEdgesTest {
    private static final double[][] WEIGHTS = SideWorlds.random(7, 5, 0.4, new SplittableRandom(3));
    private static final WeightedEdges EDGES = SideWorlds.edges(WEIGHTS, 5);

    @Test
    void everyEdgeIsFoundAndNoOther() {
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 5; j++) {
                int place = EDGES.find(i, j);
                assertThat(place < 0 ? 0 : EDGES.weight(place)).isEqualTo(WEIGHTS[i][j]);
            }
        }
    }

    @Test
    void theOrderOfEdgesDoesNotMatter() {
        WeightedEdges one = WeightedEdges.of(3, 3, new int[]{2, 0, 2}, new int[]{1, 2, 0}, new double[]{1, 2, 3});
        WeightedEdges other = WeightedEdges.of(3, 3, new int[]{0, 2, 2}, new int[]{2, 0, 1}, new double[]{2, 3, 1});
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void turnedTwiceItIsTheSame() {
        assertThat(EDGES.transposed().rows()).isEqualTo(5);
        assertThat(EDGES.transposed().find(4, 6) >= 0).isEqualTo(WEIGHTS[6][4] > 0);
        assertThat(EDGES.transposed().transposed()).isEqualTo(EDGES);
    }

    @Test
    void newNumbersMoveEdges() {
        WeightedEdges moved = EDGES.relabelled(new int[]{6, 5, 4, 3, 2, 1, 0}, new int[]{0, 1, 2, 4, 3});
        for (int i = 0; i < 7; i++) {
            assertThat(moved.find(6 - i, 4) >= 0).isEqualTo(WEIGHTS[i][3] > 0);
        }
    }

    @Test
    void wrongEdgesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> one(2, 0, 1)).withMessageContaining("2 to 0");
        assertThatIllegalArgumentException().isThrownBy(() -> one(0, -1, 1)).withMessageContaining("0 to -1");
        assertThatIllegalArgumentException().isThrownBy(() -> one(0, 1, 0)).withMessageContaining("weight 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> one(0, 1, Double.NaN)).withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> one(0, 1, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(
                () -> WeightedEdges.of(2, 2, new int[]{1, 0, 1}, new int[]{1, 0, 1}, new double[]{1, 2, 3}))
                .withMessageContaining("1 to 1 is there twice");
    }

    private static WeightedEdges one(int from, int to, double weight) {
        return WeightedEdges.of(2, 2, new int[]{from}, new int[]{to}, new double[]{weight});
    }
}
