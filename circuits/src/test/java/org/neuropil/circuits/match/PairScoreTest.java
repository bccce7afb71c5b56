package org.neuropil.circuits.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class PairScoreTest {
    private static final int LEFT = 9;
    private static final int RIGHT = 11;
    private static final int N = 11;

    @Test
    void scoresAreTheSumsOfTheirDefinition() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] a = SideWorlds.random(LEFT, LEFT, 0.3, random);
        double[][] b = SideWorlds.random(RIGHT, RIGHT, 0.3, random);
        double[][] x = SideWorlds.random(LEFT, RIGHT, 0.3, random);
        double[][] y = SideWorlds.random(RIGHT, LEFT, 0.3, random);
        Sides sides = new Sides(SideWorlds.edges(a, LEFT), SideWorlds.edges(b, RIGHT), SideWorlds.edges(x, RIGHT),
                SideWorlds.edges(y, LEFT));
        WeightClasses classes = WeightClasses.of(sides.left(), sides.right(), sides.leftToRight(), sides.rightToLeft());
        double[][] s = table(classes.count(), random);
        double[][] t = table(classes.count(), random);
        double[] p = random.doubles(N * N).toArray();
        double[] scores = new PairScore(sides, classes).of(p, s, t, 2);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = 0;
                for (int k = 0; k < N; k++) {
                    for (int l = 0; l < N; l++) {
                        sum += p[k * N + l] * (worth(classes, s, at(a, i, k), at(b, j, l))
                                + worth(classes, s, at(a, k, i), at(b, l, j))
                                + worth(classes, t, at(x, i, l), at(y, j, k))
                                + worth(classes, t, at(x, k, j), at(y, l, i)));
                    }
                }
                assertThat(scores[i * N + j]).isCloseTo(sum, within(1e-9));
            }
        }
    }

    private static double[][] table(int size, SplittableRandom random) {
        double[][] table = new double[size][];
        for (int k = 0; k < size; k++) {
            table[k] = random.doubles(size).toArray();
        }
        return table;
    }

    private static double at(double[][] weights, int i, int j) {
        return i < weights.length && j < weights[i].length ? weights[i][j] : 0;
    }

    private static double worth(WeightClasses classes, double[][] table, double left, double right) {
        return left > 0 && right > 0 ? table[classes.of(left)][classes.of(right)] : 0;
    }
}
