package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class MatchReportTest {
    private static WeightedEdges edges(int rows, int columns, int... edges) {
        int count = edges.length / 3;
        int[] from = new int[count];
        int[] to = new int[count];
        double[] weight = new double[count];
        for (int e = 0; e < count; e++) {
            from[e] = edges[3 * e];
            to[e] = edges[3 * e + 1];
            weight[e] = edges[3 * e + 2];
        }
        return WeightedEdges.of(rows, columns, from, to, weight);
    }

    private static Matching matching(int... rightOf) {
        List<Matching.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < rightOf.length; i++) {
            if (rightOf[i] >= 0) {
                pairs.add(new Matching.Pair(i, rightOf[i], 1 - i / 10.0, 1));
            }
        }
        return new Matching(pairs, rightOf.length, rightOf.length);
    }

    @Test
    void accuracyCountsWhatIsKnown() {
        Accuracy accuracy = Accuracy.of(matching(1, 0, 2, 3, -1), new int[]{1, 2, 2, -1, 4},
                List.of("a", "b", "b", "b", "c"));
        assertThat(accuracy.all()).isEqualTo(new Accuracy.Count(4, 2));
        assertThat(accuracy.classes()).containsOnlyKeys("a", "b", "c")
                .containsEntry("a", new Accuracy.Count(1, 1)).containsEntry("b", new Accuracy.Count(2, 1))
                .containsEntry("c", new Accuracy.Count(1, 0));
        assertThat(accuracy.chance()).isEqualTo(0.2);
        assertThat(accuracy.chanceInClasses()).isEqualTo(0.75);
        assertThat(accuracy.byConfidence()).extracting(Accuracy.Tenth::count).containsExactly(
                new Accuracy.Count(1, 1), new Accuracy.Count(1, 0), new Accuracy.Count(1, 1));
        assertThat(accuracy.byConfidence()).extracting(Accuracy.Tenth::least).containsExactly(1.0, 0.9, 0.8);
    }

    @Test
    void accuracyOfNothingIsNoNumber() {
        Accuracy accuracy = Accuracy.of(matching(0), new int[]{-1}, List.of());
        assertThat(accuracy.all().share()).isNaN();
        assertThat(accuracy.chanceInClasses()).isNaN();
        assertThat(accuracy.byConfidence()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Accuracy.of(matching(0), new int[2], List.of()));
    }

    @Test
    void edgesWithCounterpartsAreCountedOnBothSides() {
        // Left 0 is right 1, left 1 is right 0, left 2 is alone.
        Sides sides = new Sides(edges(3, 3, 0, 1, 1, 1, 0, 5, 0, 2, 1), edges(3, 3, 1, 0, 3),
                edges(3, 3, 0, 0, 2), edges(3, 3, 1, 1, 2, 0, 0, 4));
        Conserved conserved = Conserved.of(sides, matching(1, 0, -1), List.of("a", "b", "c"));
        // 0 to 1 and its counterpart 1 to 0 are found, 1 to 0 is not, 0 to 2 has no matched end.
        assertThat(conserved.within().edges()).isEqualTo(3);
        assertThat(conserved.within().found()).isEqualTo(2);
        assertThat(conserved.within().chance()).isCloseTo(2 * (1 / 9.0) + 3 / 9.0, within(1e-12));
        // Left 0 to right 0: looked for from right 1 to left 1.
        assertThat(conserved.across().edges()).isEqualTo(3);
        assertThat(conserved.across().found()).isEqualTo(2);
        assertThat(conserved.byClass().get("a")).extracting(Conserved.Share::edges, Conserved.Share::found)
                .containsExactly(4L, 4L);
        assertThat(conserved.byClass().get("b")).extracting(Conserved.Share::edges, Conserved.Share::found)
                .containsExactly(2L, 0L);
        assertThat(conserved.byWeight().stream().mapToLong(weights -> weights.share().edges()).sum()).isEqualTo(6);
        assertThat(conserved.byWeight().getFirst().least()).isEqualTo(1);
        assertThat(conserved.byWeight().getFirst().counterpart()).isEqualTo(3);
    }

    @Test
    void theTruthHasNoPartInTheMatching() {
        Sides sides = SideWorlds.copies(30, 0.3, 0, false, 3);
        MatchReport told = MatchReport.of(sides, Optional.of(new int[30]), List.of(), 1);
        assertThat(told.matching()).isEqualTo(MatchReport.of(sides, Optional.empty(), List.of(), 1).matching());
        assertThat(told.accuracy().orElseThrow().all().right()).isEqualTo(1);
        assertThat(told.conserved().within().share()).isEqualTo(1);
    }
}
