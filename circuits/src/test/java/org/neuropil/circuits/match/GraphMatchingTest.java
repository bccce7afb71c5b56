package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphMatchingTest {
    /// Moves the cells of both sides, matches, and tells what share of the pairs is right.
    private static double right(Sides sides, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] left = SideWorlds.permutation(sides.left().rows(), random);
        int[] right = SideWorlds.permutation(sides.right().rows(), random);
        Matching matching = GraphMatching.match(sides.relabelled(left, right), 2);
        int[] rightOf = matching.rightOf();
        int count = 0;
        for (int i = 0; i < left.length; i++) {
            count += i < right.length && rightOf[left[i]] == right[i] ? 1 : 0;
        }
        return (double) count / left.length;
    }

    @ParameterizedTest
    @CsvSource({"40, 0.3, false", "60, 0.15, false", "60, 0.1, true", "120, 0.08, true"})
    void anIsomorphismOfRandomGraphsIsFound(int n, double density, boolean crossing) {
        assertThat(right(SideWorlds.copies(n, density, 0, crossing, n), 7)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.15, 0.1, false, 1", "100, 0.15, 0.2, true, 0.98"})
    void noisyCopiesAreMatched(int n, double density, double noise, boolean crossing, double least) {
        assertThat(right(SideWorlds.copies(n, density, noise, crossing, n), 7)).isGreaterThanOrEqualTo(least);
    }

    @Test
    void numberingTheCellsAnewNumbersTheAnswerAnew() {
        Sides sides = SideWorlds.copies(80, 0.1, 0.35, true, 4);
        SplittableRandom random = new SplittableRandom(9);
        int[] left = SideWorlds.permutation(80, random);
        int[] right = SideWorlds.permutation(80, random);
        Matching before = GraphMatching.match(sides, 1);
        Matching after = GraphMatching.match(sides.relabelled(left, right), 1);
        int[] rightOf = after.rightOf();
        for (Matching.Pair pair : before.pairs()) {
            assertThat(rightOf[left[pair.left()]]).isEqualTo(right[pair.right()]);
        }
        assertThat(after.pairs()).hasSize(80);
    }

    @Test
    void threadsDoNotMatter() {
        Sides sides = SideWorlds.copies(50, 0.1, 0.3, true, 4);
        assertThat(GraphMatching.match(sides, 3)).isEqualTo(GraphMatching.match(sides, 1));
    }

    @Test
    void exchangingTheSidesExchangesThePairs() {
        Sides sides = SideWorlds.copies(60, 0.15, 0.2, true, 8);
        int[] there = GraphMatching.match(sides, 1).rightOf();
        int[] back = GraphMatching.match(
                new Sides(sides.right(), sides.left(), sides.rightToLeft(), sides.leftToRight()), 1).rightOf();
        assertThat(IntStream.range(0, 60).filter(i -> back[there[i]] != i).count()).isLessThanOrEqualTo(2);
    }

    @Test
    void ofSidesOfUnequalSizeAsManyAreMatchedAsTheSmallerOneHas() {
        Sides sides = SideWorlds.copies(60, 0.15, 0, false, 2);
        int[] some = IntStream.range(0, 50).toArray();
        Sides unequal = Sides.apart(sides.left(), part(sides.right(), some.length));
        Matching matching = GraphMatching.match(unequal, 1);
        assertThat(matching.pairs()).hasSize(50);
        assertThat(matching.pairs().stream().filter(pair -> pair.left() == pair.right()).count())
                .isGreaterThanOrEqualTo(45);
        assertThat(Arrays.stream(matching.rightOf()).filter(j -> j < 0).count()).isEqualTo(10);
        Matching turned = GraphMatching.match(Sides.apart(part(sides.right(), some.length), sides.left()), 1);
        assertThat(turned.pairs()).hasSize(50);
        assertThat(turned.pairs().stream().map(Matching.Pair::right).distinct().count()).isEqualTo(50);
    }

    private static WeightedEdges part(WeightedEdges edges, int cells) {
        return SideWorlds.edges(weights(edges, cells, cells), cells);
    }

    private static double[][] weights(WeightedEdges edges, int cells, int size) {
        double[][] weights = new double[size][size];
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                int place = edges.find(i, j);
                weights[i][j] = place < 0 ? 0 : edges.weight(place);
            }
        }
        return weights;
    }

    @Test
    void confidenceIsHighWhereTheWiringTellsAndChanceWhereItDoesNot() {
        Sides whole = SideWorlds.copies(40, 0.3, 0.05, false, 11);
        // Ten cells of each side have no edges.
        Matching matching = GraphMatching.match(Sides.apart(wide(whole.left()), wide(whole.right())), 2);
        for (Matching.Pair pair : matching.pairs()) {
            if (pair.left() < 40) {
                assertThat(pair.right()).isEqualTo(pair.left());
                assertThat(pair.confidence()).isBetween(0.8, 1.0);
                assertThat(pair.margin()).isPositive();
            } else {
                assertThat(pair.confidence()).isCloseTo(0.1, within(0.05));
            }
        }
    }

    private static WeightedEdges wide(WeightedEdges edges) {
        return SideWorlds.edges(weights(edges, edges.rows(), edges.rows() + 10), edges.rows() + 10);
    }

    @Test
    void withoutEdgesNothingIsKnown() {
        Matching matching = GraphMatching.match(Sides.apart(WeightedEdges.none(4, 4), WeightedEdges.none(4, 4)), 1);
        assertThat(matching.pairs()).hasSize(4)
                .allSatisfy(pair -> assertThat(pair.confidence()).isCloseTo(0.25, within(1e-9)));
        assertThat(GraphMatching.match(Sides.apart(WeightedEdges.none(0, 0), WeightedEdges.none(0, 0)), 1).pairs())
                .isEmpty();
        assertThat(GraphMatching.match(Sides.apart(WeightedEdges.none(0, 0), WeightedEdges.none(3, 3)), 1).pairs())
                .isEmpty();
    }
}
