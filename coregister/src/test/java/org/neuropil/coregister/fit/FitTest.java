package org.neuropil.coregister.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;
import org.neuropil.coregister.transform.Terms;
import org.neuropil.coregister.transform.Transform;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class FitTest {
    private static final Kernel LINEAR = new Kernel.Power(1);

    private static Point3 at(double[] points, int i) {
        return new Point3(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
    }

    /// A polynomial map with coefficients that are drawn, of coordinates around 1.
    private static double[] polynomial(double[] points, int order, long seed) {
        Random random = new Random(seed);
        double[][] coefficients = new double[3][Terms.count(order)];
        for (double[] axis : coefficients) {
            for (int t = 0; t < axis.length; t++) {
                axis[t] = 100 * random.nextGaussian();
            }
        }
        double[] terms = new double[Terms.count(order)];
        double[] to = new double[points.length];
        for (int i = 0; i < points.length / 3; i++) {
            Terms.values(new Point3(points[3 * i] / 1000, points[3 * i + 1] / 1000, points[3 * i + 2] / 1000), order,
                    terms);
            for (int axis = 0; axis < 3; axis++) {
                for (int t = 0; t < terms.length; t++) {
                    to[3 * i + axis] += coefficients[axis][t] * terms[t];
                }
            }
        }
        return to;
    }

    private static void assertMaps(Transform map, double[] from, double[] to, double within) {
        for (int i = 0; i < from.length / 3; i++) {
            assertThat(map.apply(at(from, i)).distance(at(to, i))).as("point " + i).isLessThan(within);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aPolynomialWorldIsFoundAsItIs(int order) {
        double[] from = Clouds.points(60, 1);
        double[] elsewhere = Clouds.points(20, 2);
        Transform.Warp map = Fit.plain(from, polynomial(from, order, 3), Recipe.polynomial(order));
        assertMaps(map, elsewhere, polynomial(elsewhere, order, 3), 1e-8);
    }

    @ParameterizedTest
    @CsvSource({"r,0", "r,3", "r^0.5,1", "r^1.5,0", "r3,1", "r3,3", "r2logr,1", "r2logr,2", "matern1:0.5,0",
        "matern3:0.5,1", "matern5:0.3,2"})
    void withoutSmoothingASplineGoesThroughAllPointsAndKeepsPolynomials(String kernel, int order) {
        double[] from = Clouds.points(50, 1);
        double[] to = Clouds.bent(from, 3, 2);
        Recipe recipe = Recipe.spline(Kernel.parse(kernel, ""), order, 0);
        assertMaps(Fit.plain(from, to, recipe), from, to, 1e-6);
        double[] elsewhere = Clouds.points(20, 4);
        assertMaps(Fit.plain(from, polynomial(from, order, 5), recipe), elsewhere, polynomial(elsewhere, order, 5),
                1e-6);
    }

    @Test
    void muchSmoothingLeavesThePolynomial() {
        double[] from = Clouds.points(50, 1);
        double[] to = Clouds.bent(from, 3, 2);
        Transform.Warp polynomial = Fit.plain(from, to, Recipe.polynomial(2));
        Transform.Warp smooth = Fit.plain(from, to, Recipe.spline(LINEAR, 2, 1e9));
        for (int i = 0; i < 50; i++) {
            assertThat(smooth.apply(at(from, i)).distance(polynomial.apply(at(from, i)))).isLessThan(1e-4);
        }
    }

    /// Minimises |y - P b|² + ridge |b of second and higher degree|² by the normal equations.
    @Test
    void aRidgeShrinksTheHigherTerms() {
        double[] from = Clouds.points(30, 1);
        double[] to = Clouds.bent(from, 3, 2);
        double ridge = 5;
        Recipe recipe = new Recipe(Optional.empty(), 2, 0, ridge, Recipe.EVEN);
        double[][] terms = Gram.terms(from, new Gram(from, recipe).scaling(), 2);
        double[] y = Clouds.axis(to, 0);
        double[][] normal = new double[10][11];
        for (int a = 0; a < 10; a++) {
            for (int b = 0; b < 10; b++) {
                for (int i = 0; i < 30; i++) {
                    normal[a][b] += terms[a][i] * terms[b][i];
                }
            }
            normal[a][a] += a >= 4 ? ridge : 0;
            for (int i = 0; i < 30; i++) {
                normal[a][10] += terms[a][i] * y[i];
            }
        }
        double[] b = Elimination.solve(normal);
        Transform.Warp map = Fit.plain(from, to, recipe);
        for (int i = 0; i < 30; i++) {
            double expected = 0;
            for (int t = 0; t < 10; t++) {
                expected += b[t] * terms[t][i];
            }
            assertThat(map.apply(at(from, i)).x()).isEqualTo(expected, Offset.offset(1e-7));
        }
    }

    @Property(tries = 20)
    void turningAndMovingTheSourceChangesNothing(@ForAll @DoubleRange(min = 0, max = 6.28) double angle,
            @ForAll @IntRange(min = -2000, max = 2000) int shift, @ForAll @IntRange(min = 1, max = 3) int order) {
        double[] from = Clouds.points(40, 1);
        double[] to = Clouds.bent(from, 2, 2);
        double[] turned = new double[from.length];
        for (int i = 0; i < from.length; i += 3) {
            turned[i] = Math.cos(angle) * from[i] - Math.sin(angle) * from[i + 1] + shift;
            turned[i + 1] = Math.sin(angle) * from[i] + Math.cos(angle) * from[i + 1] - 2 * shift;
            turned[i + 2] = from[i + 2] + shift;
        }
        Recipe recipe = Recipe.spline(LINEAR, order, 0.02);
        Transform.Warp one = Fit.plain(from, to, recipe);
        Transform.Warp other = Fit.plain(turned, to, recipe);
        for (int i = 0; i < 40; i++) {
            assertThat(other.apply(at(turned, i)).distance(one.apply(at(from, i)))).isLessThan(1e-6);
        }
    }

    @Test
    void choosesTheRecipeWithTheLeastErrorAndSaysWhatWasTried() {
        double[] from = Clouds.points(120, 1);
        double[] to = Clouds.bent(from, 0.5, 2);
        List<Recipe> recipes = List.of(Recipe.polynomial(1), Recipe.spline(LINEAR, 1, 0.01),
                Recipe.spline(LINEAR, 1, 1000));
        Fit fit = Fit.of(from, to, recipes, Folds.draw(120, 10, 1), false);
        assertThat(fit.candidates()).extracting(Candidate::recipe).isEqualTo(recipes);
        assertThat(fit.candidates().get(1).axes()).containsExactly(0, 1, 2);
        assertThat(fit.heldOut().median()).isEqualTo(fit.candidates().get(1).heldOut().median())
                .isLessThan(fit.candidates().get(0).heldOut().median());
        assertThat(fit.warp().apply(at(from, 5)))
                .isEqualTo(Fit.plain(from, to, recipes.get(1)).apply(at(from, 5)));
    }

    /// Of the points some were put elsewhere; the others say where the map is.
    @Test
    void pointsThatAreFarOffAreTrustedLess() {
        double[] from = Clouds.points(150, 1);
        double[] truth = Clouds.bent(from, 0, 2);
        double[] to = Clouds.bent(from, 1, 2);
        for (int i = 0; i < 150; i += 10) {
            to[3 * i] += 60;
            to[3 * i + 2] -= 40;
        }
        List<Recipe> recipes = List.of(Recipe.spline(LINEAR, 1, 0.3));
        Folds folds = Folds.draw(150, 10, 1);
        Fit plain = Fit.of(from, to, recipes, folds, false);
        Fit robust = Fit.of(from, to, recipes, folds, true);
        double plainOff = 0;
        double robustOff = 0;
        for (int i = 0; i < 150; i++) {
            plainOff += plain.warp().apply(at(from, i)).distance(at(truth, i)) / 150;
            robustOff += robust.warp().apply(at(from, i)).distance(at(truth, i)) / 150;
        }
        assertThat(robustOff).isLessThan(0.7 * plainOff);
        assertThat(robust.heldOut().median()).isLessThan(plain.heldOut().median());
    }

    /// What is said of errors is what comes out when each fold is really left out, choice and weights included.
    @Test
    void errorsAreThoseOfTheWholeProcedure() {
        double[] from = Clouds.points(80, 1);
        double[] to = Clouds.bent(from, 4, 2);
        List<Recipe> recipes = List.of(Recipe.polynomial(2), Recipe.spline(LINEAR, 1, 0.1));
        Folds folds = Folds.draw(80, 4, 9);
        double[][] values = {Clouds.axis(to, 0), Clouds.axis(to, 1), Clouds.axis(to, 2)};
        double[][] off = new double[3][80];
        for (int fold = 0; fold < 4; fold++) {
            int left = fold;
            int[] kept = IntStream.range(0, 80).filter(i -> folds.of()[i] != left).toArray();
            int[] inner = IntStream.of(kept).map(i -> folds.of()[i]).map(f -> f > left ? f - 1 : f).toArray();
            Fit fit = Fit.of(Clouds.some(from, folds, fold, false), Clouds.some(to, folds, fold, false), recipes,
                    new Folds(inner, 3, 9), true);
            for (int i : folds.members(fold)) {
                Point3 found = fit.warp().apply(at(from, i));
                for (int axis = 0; axis < 3; axis++) {
                    off[axis][i] = values[axis][i] - found.get(axis);
                }
            }
        }
        HeldOut expected = HeldOut.of(off);
        HeldOut found = Fit.of(from, to, recipes, folds, true).heldOut();
        // The scale of coordinates is that of all points in the one, of three folds in the other.
        assertThat(found.median()).isEqualTo(expected.median(), Offset.offset(0.05));
        assertThat(found.p90()).isEqualTo(expected.p90(), Offset.offset(0.1));
    }

    @Test
    void refusesPointsThatDoNotDetermineAFit() {
        double[] flat = Clouds.points(30, 1);
        for (int i = 2; i < flat.length; i += 3) {
            flat[i] = 7;
        }
        assertThatThrownBy(() -> Fit.plain(flat, flat, Recipe.polynomial(1))).isInstanceOfSatisfying(
                InputException.class, e -> assertThat(e.sentence()).contains("30 landmarks").contains("plane"));
        assertThatThrownBy(() -> Fit.plain(Clouds.points(9, 1), Clouds.points(9, 2), Recipe.polynomial(2)))
                .isInstanceOf(InputException.class).hasMessageContaining("9 landmarks do not determine");
        double[] twins = Clouds.points(30, 1);
        System.arraycopy(twins, 0, twins, 42, 3);
        assertThatThrownBy(() -> Fit.plain(twins, twins, Recipe.spline(LINEAR, 1, 0)))
                .isInstanceOf(InputException.class).hasMessageContaining("two lie in the same place");
        Fit.plain(twins, twins, Recipe.spline(LINEAR, 1, 0.01));
    }

    @Test
    void aKernelNeedsItsPolynomial() {
        assertThatThrownBy(() -> Recipe.spline(new Kernel.Power(3), 0, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least order 1");
    }

    @Test
    void foldsAreTheSameEachTimeAndAsLargeAsEachOther() {
        Folds folds = Folds.draw(103, 20, 5);
        assertThat(folds.of()).isEqualTo(Folds.draw(103, 20, 5).of()).isNotEqualTo(Folds.draw(103, 20, 6).of());
        for (int fold = 0; fold < 20; fold++) {
            assertThat(folds.members(fold)).hasSizeBetween(5, 6);
        }
        assertThatThrownBy(() -> Folds.draw(5, 6, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
