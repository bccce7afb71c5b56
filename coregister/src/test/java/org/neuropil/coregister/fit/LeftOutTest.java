package org.neuropil.coregister.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.ScalarField;
import org.neuropil.coregister.transform.Scaling;

/// Errors at points left out are got from one fit to all; here they are compared with fits that really leave them out.
class LeftOutTest {
    private static final Offset<Double> NEAR = Offset.offset(1e-6);
    private static final int N = 60;

    private final double[] from = Clouds.points(N, 1);
    private final double[] to = Clouds.bent(from, 3, 2);
    private final double[][] values = {Clouds.axis(to, 0), Clouds.axis(to, 1), Clouds.axis(to, 2)};

    static List<Recipe> recipes() {
        Kernel linear = new Kernel.Power(1);
        return List.of(Recipe.polynomial(1), Recipe.polynomial(2), Recipe.spline(linear, 0, 0.05),
                Recipe.spline(linear, 2, 0), new Recipe(Optional.of(linear), 1, 0.02, 3, new Point3(1, 1, 0.5)),
                Recipe.spline(new Kernel.Power(3), 1, 0.01), Recipe.spline(new Kernel.Matern(3, 0.7), 1, 0.1),
                new Recipe(Optional.empty(), 3, 0, 2, Recipe.EVEN));
    }

    /// Value less prediction of the fit to all points but some, in the coordinates of all.
    private double[] residuals(Recipe recipe, int axis, int[] left) {
        int[] kept = IntStream.range(0, N).filter(i -> Arrays.stream(left).noneMatch(j -> i == j)).toArray();
        double[] points = new double[3 * kept.length];
        double[] y = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(from, 3 * kept[i], points, 3 * i, 3);
            y[i] = values[axis][kept[i]];
        }
        Gram gram = new Gram(points, recipe, Scaling.of(from, recipe.stretch()));
        ScalarField field = Smoother.of(gram, recipe.smoothing()).field(y);
        return Arrays.stream(left).mapToDouble(
                i -> values[axis][i] - field.at(from[3 * i], from[3 * i + 1], from[3 * i + 2])).toArray();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void residualsAreThoseOfFitsWithoutThePoints(Recipe recipe) {
        LeftOut left = new LeftOut(Smoother.of(new Gram(from, recipe), recipe.smoothing()).weightsOfValues(), values);
        for (int[] points : new int[][]{{7}, {3, 59, 20}, IntStream.range(10, 22).toArray()}) {
            double[][] found = left.leave(points).residuals();
            for (int axis = 0; axis < 3; axis++) {
                assertThat(found[axis]).containsExactly(residuals(recipe, axis, points), NEAR);
            }
        }
    }

    @Test
    void choiceWithinAFoldDoesNotSeeIt() {
        Recipe recipe = Recipe.spline(new Kernel.Power(1), 1, 0.05);
        Folds folds = Folds.draw(N, 5, 3);
        Trial trial = Trial.of(new Gram(from, recipe), recipe, values, folds);
        for (int fold = 0; fold < 5; fold++) {
            double sum = 0;
            int count = 0;
            for (int other = 0; other < 5; other++) {
                if (other != fold) {
                    int[] both = IntStream.concat(Arrays.stream(folds.members(other)),
                            Arrays.stream(folds.members(fold))).toArray();
                    int size = folds.members(other).length;
                    sum += Arrays.stream(residuals(recipe, 1, both)).limit(size).map(Math::abs).sum();
                    count += size;
                }
            }
            assertThat(trial.scoreWithout()[1][fold]).isEqualTo(sum / count, NEAR);
        }
        double[] all = new double[N];
        for (int fold = 0; fold < 5; fold++) {
            int[] members = folds.members(fold);
            double[] one = residuals(recipe, 1, members);
            for (int i = 0; i < members.length; i++) {
                all[members[i]] = one[i];
            }
        }
        assertThat(trial.residuals()[1]).containsExactly(all, NEAR);
        assertThat(trial.score()[1]).isEqualTo(Arrays.stream(all).map(Math::abs).average().orElseThrow(), NEAR);
    }

    @Test
    void percentilesLieBetweenRanks() {
        double[][] residuals = {{3, 0, -6}, {4, 0, 0}, {0, 1, -8}};
        HeldOut errors = HeldOut.of(residuals); // 5, 1, 10
        assertThat(errors.points()).isEqualTo(3);
        assertThat(errors.median()).isEqualTo(5, NEAR);
        assertThat(errors.p90()).isEqualTo(9, NEAR);
        assertThat(errors.mean()).isEqualTo(16 / 3.0, NEAR);
        assertThat(errors.axisMedian()).containsExactly(3.0, 0.0, 1.0);
    }
}
