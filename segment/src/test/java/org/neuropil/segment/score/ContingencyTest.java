package org.neuropil.segment.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;

class ContingencyTest {
    private static final double NEAR = 1e-12;

    @Test
    void equalPartitionsScorePerfectlyWhateverTheIds() {
        Score score = score(new long[]{1, 1, 2, 2, -3}, new long[]{9, 9, 0, 0, 7});
        assertThat(score.adaptedRandError()).isZero();
        assertThat(score.viSum()).isZero();
        assertThat(score.labelCount()).isEqualTo(3);
    }

    @Test
    void aCellCutInHalvesIsOneBitOfSplit() {
        // Pairs: 2 and 2 of one label of 4. Precision (4 + 4) / (4 + 4) = 1, recall (4 + 4) / 16 = 1/2.
        Score score = score(new long[]{1, 1, 1, 1}, new long[]{5, 5, 6, 6});
        assertThat(score.viSplit()).isCloseTo(1, within(NEAR));
        assertThat(score.viMerge()).isZero();
        assertThat(score.randPrecision()).isEqualTo(1);
        assertThat(score.randRecall()).isEqualTo(0.5);
        assertThat(score.adaptedRandError()).isCloseTo(1.0 / 3, within(NEAR));
    }

    @Test
    void twoCellsInOneSegmentAreOneBitOfMerge() {
        Score score = score(new long[]{1, 1, 2, 2}, new long[]{5, 5, 5, 5});
        assertThat(score.viSplit()).isZero();
        assertThat(score.viMerge()).isCloseTo(1, within(NEAR));
        assertThat(score.randPrecision()).isEqualTo(0.5);
        assertThat(score.randRecall()).isEqualTo(1);
    }

    @Test
    void aMixedCaseWorkedOutByHand() {
        // Table, labels down, segments across: 1: (3, 1), 2: (0, 4). Labels 4 and 4, segments 3 and 5, 8 voxels.
        Score score = score(new long[]{1, 1, 1, 1, 2, 2, 2, 2}, new long[]{7, 7, 7, 8, 8, 8, 8, 8});
        double split = 3 / 8.0 * log2(4 / 3.0) + 1 / 8.0 * log2(4);
        double merge = 1 / 8.0 * log2(5) + 4 / 8.0 * log2(5 / 4.0);
        assertThat(score.viSplit()).isCloseTo(split, within(NEAR));
        assertThat(score.viMerge()).isCloseTo(merge, within(NEAR));
        double precision = (9 + 1 + 16) / (9 + 25.0);
        double recall = (9 + 1 + 16) / (16 + 16.0);
        assertThat(score.adaptedRandError())
                .isCloseTo(1 - 2 * precision * recall / (precision + recall), within(NEAR));
    }

    @Test
    void label0IsLeftOutAndSegment0IsASegment() {
        Score score = score(new long[]{0, 0, 1, 1}, new long[]{5, 6, 0, 5});
        assertThat(score.voxelsIgnored()).isEqualTo(2);
        assertThat(score.voxelsScored()).isEqualTo(2);
        assertThat(score.viSplit()).isCloseTo(1, within(NEAR));
        assertThat(score.segmentCount()).isEqualTo(2);
    }

    @Test
    void partsAddUpToTheWholeToTheLastBit() {
        Random random = new Random(8);
        long[] labels = random.longs(5000, 0, 20).toArray();
        long[] segments = random.longs(5000, -3, 30).toArray();
        Contingency whole = new Contingency();
        whole.add(labels, segments);
        Contingency parts = new Contingency();
        for (int from = 4000; from >= 0; from -= 1000) {
            Contingency part = new Contingency();
            part.add(java.util.Arrays.copyOfRange(labels, from, from + 1000),
                    java.util.Arrays.copyOfRange(segments, from, from + 1000));
            parts.add(Contingency.of(part.toBytes()));
        }
        assertThat(parts.score()).isEqualTo(whole.score());
    }

    private static Score score(long[] labels, long[] segments) {
        Contingency table = new Contingency();
        table.add(labels, segments);
        return table.score();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
