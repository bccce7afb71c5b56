package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class WeightClassesTest {
    private static WeightedEdges edges(double... weights) {
        int[] places = new int[weights.length];
        Arrays.setAll(places, e -> e);
        return WeightedEdges.of(weights.length, weights.length, places, places, weights);
    }

    @Test
    void equalWeightsAreInOneClassAndAllWeightsInSome() {
        WeightedEdges edges = edges(1, 1, 1, 1, 1, 2, 2, 3, 4, 9);
        WeightClasses classes = WeightClasses.of(edges);
        assertThat(classes.bounds()[0]).isEqualTo(1);
        assertThat(classes.bounds()).isSorted().doesNotHaveDuplicates();
        assertThat(classes.of(1)).isZero();
        assertThat(classes.of(2)).isEqualTo(1);
        assertThat(classes.of(9)).isEqualTo(classes.count() - 1);
        assertThat(classes.of(1e9)).isEqualTo(classes.count() - 1);
    }

    @Test
    void areasHaveEightClassesOfFallingSize() {
        WeightedEdges edges = edges(new SplittableRandom(1).doubles(1000, 0.1, 9).toArray());
        WeightClasses classes = WeightClasses.of(edges);
        int[] counts = new int[classes.count()];
        for (byte k : classes.ofEach(edges)) {
            counts[k]++;
        }
        assertThat(counts).hasSize(8);
        assertThat(counts[0]).isBetween(490, 510);
        assertThat(counts[7]).isBetween(15, 25);
    }

    @Test
    void withoutEdgesThereIsOneClass() {
        assertThat(WeightClasses.of(WeightedEdges.none(2, 2)).count()).isEqualTo(1);
    }
}
