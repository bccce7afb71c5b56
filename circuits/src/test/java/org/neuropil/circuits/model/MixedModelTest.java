package org.neuropil.circuits.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;

import org.hipparchus.distribution.continuous.GammaDistribution;
import org.hipparchus.distribution.discrete.PoissonDistribution;
import org.junit.jupiter.api.Test;

class MixedModelTest {
    /// Rows of groups whose intercepts differ: an intercept, a slope of 0.7 and an offset.
    private static Grouped made(Family family, int groups, int rows, double sigma, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] x = new double[groups * rows][];
        double[] y = new double[x.length];
        double[] offset = new double[x.length];
        int[] group = new int[x.length];
        for (int g = 0; g < groups; g++) {
            double intercept = sigma * random.nextGaussian();
            for (int i = 0; i < rows; i++) {
                int row = i * groups + g;
                x[row] = new double[]{1, random.nextDouble(-1, 1)};
                offset[row] = Math.log(random.nextDouble(0.5, 4));
                group[row] = 10 * g;
                double mean = Math.exp(-0.2 + 0.7 * x[row][1] + intercept + offset[row]);
                y[row] = family.equals(Family.POISSON) ? poisson(mean, random) : tweedie(mean, 0.8, 1.4, random);
            }
        }
        return Grouped.of(x, y, offset, group);
    }

    private static double poisson(double mean, SplittableRandom random) {
        double limit = Math.exp(-mean);
        int count = -1;
        for (double product = 1; product > limit; count++) {
            product *= random.nextDouble();
        }
        return count;
    }

    private static double tweedie(double mean, double dispersion, double power, SplittableRandom random) {
        double number = poisson(Math.pow(mean, 2 - power) / (dispersion * (2 - power)), random);
        double sum = 0;
        if (number > 0) {
            sum = new GammaDistribution(number * (2 - power) / (power - 1),
                    dispersion * (power - 1) * Math.pow(mean, power - 1)).inverseCumulativeProbability(
                            random.nextDouble());
        }
        return sum;
    }

    @Test
    void derivativesAreThoseOfDifferences() {
        for (Family family : new Family[]{Family.POISSON, Family.TWEEDIE}) {
            Laplace likelihood = new Laplace(made(family, 6, 9, 0.5, 3), family);
            double[] at = family.equals(Family.POISSON)
                    ? new double[]{0.1, 0.5, 0.6}
                    : new double[]{0.1, 0.5, 0.6, -0.3, 0.2};
            double[] gradient = new double[at.length];
            likelihood.withGradient(at, gradient);
            for (int k = 0; k < at.length; k++) {
                double[] more = at.clone();
                double[] less = at.clone();
                more[k] += 1e-6;
                less[k] -= 1e-6;
                double[] unused = new double[at.length];
                double slope = (likelihood.withGradient(more, unused) - likelihood.withGradient(less, unused)) / 2e-6;
                assertThat(gradient[k]).as("%s %d", family, k).isCloseTo(slope, within(1e-4));
            }
        }
    }

    @Test
    void tweediesLikelihoodIsThatOfAPoissonNumberOfGammas() {
        double dispersion = 0.7;
        double power = 1.35;
        double mean = 2.2;
        double rate = Math.pow(mean, 2 - power) / (dispersion * (2 - power));
        double[] shape = {dispersion, power};
        double[] at = new double[4];
        for (double y : new double[]{0, 0.01, 0.4, 2, 9, 40}) {
            double density = y == 0 ? Math.exp(-rate) : 0;
            for (int n = 1; n < 200 && y > 0; n++) {
                density += new PoissonDistribution(rate).probability(n)
                        * new GammaDistribution(n * (2 - power) / (power - 1),
                                dispersion * (power - 1) * Math.pow(mean, power - 1)).density(y);
            }
            Family.TWEEDIE.at(y, Math.log(mean), shape, at);
            assertThat(at[0] + Family.TWEEDIE.constant(new double[]{y}, shape)).isCloseTo(Math.log(density),
                    within(1e-8));
        }
    }

    @Test
    void aModelFindsWhatItsRowsWereMadeWith() {
        int covered = 0;
        double sigmas = 0;
        for (int seed = 0; seed < 20; seed++) {
            MixedFit fit = MixedModel.fit(made(Family.POISSON, 40, 12, 0.6, seed), Family.POISSON);
            assertThat(fit.converged()).isTrue();
            covered += Math.abs(fit.coefficients()[1] - 0.7) < 1.96 * fit.standardError(1) ? 1 : 0;
            sigmas += fit.sigma() / 20;
        }
        // Of 20 intervals 19 are expected; fewer than 16 come in one of 300 tries.
        assertThat(covered).isGreaterThanOrEqualTo(16);
        assertThat(sigmas).isCloseTo(0.6, within(0.06));
    }

    @Test
    void tweediesDispersionAndPowerAreFound() {
        MixedFit fit = MixedModel.fit(made(Family.TWEEDIE, 60, 40, 0.4, 5), Family.TWEEDIE);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.coefficients()[1]).isCloseTo(0.7, within(3 * fit.standardError(1)));
        assertThat(fit.shape()[0]).isCloseTo(0.8, within(0.1));
        assertThat(fit.shape()[1]).isCloseTo(1.4, within(0.05));
        assertThat(fit.sigma()).isCloseTo(0.4, within(0.15));
        assertThat(fit.rows()).isEqualTo(2400);
        assertThat(fit.groups()).isEqualTo(60);
    }

    @Test
    void groupsThatDoNotDifferLeaveTheModelWithoutGroups() {
        // Each group has the same rows.
        double[][] x = new double[40][];
        double[] y = new double[40];
        int[] group = new int[40];
        for (int i = 0; i < 40; i++) {
            x[i] = new double[]{1, i % 4};
            y[i] = new double[]{1, 2, 2, 6}[i % 4];
            group[i] = i / 4;
        }
        MixedFit fit = MixedModel.fit(Grouped.of(x, y, new double[40], group), Family.POISSON);
        assertThat(fit.sigma()).isCloseTo(0, within(1e-3));
        // The score equations of a Poisson regression: residuals sum to 0, plain and weighted by x.
        double[] sums = new double[2];
        for (int i = 0; i < 40; i++) {
            double residual = y[i] - Math.exp(fit.coefficients()[0] + fit.coefficients()[1] * x[i][1]);
            sums[0] += residual;
            sums[1] += residual * x[i][1];
        }
        assertThat(sums[0]).isCloseTo(0, within(1e-4));
        assertThat(sums[1]).isCloseTo(0, within(1e-4));
    }

    @Test
    void sumsOfCoefficientsHaveTheErrorOfTheirCovariance() {
        MixedFit fit = new MixedFit(new double[]{1, 2}, new double[][]{{4, 1}, {1, 9}}, 0, new double[0], 0, 1, 1,
                true);
        assertThat(fit.sum(1, -1)).isEqualTo(-1);
        assertThat(fit.standardErrorOf(1, -1)).isEqualTo(Math.sqrt(11));
        assertThat(fit.standardError(1)).isEqualTo(3);
    }

    @Test
    void rowsThatCannotBeFittedAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> Grouped.of(new double[][]{{1}}, new double[]{-1}, new double[1], new int[1]))
                .withMessage("row 0: y is -1.0");
        assertThatIllegalArgumentException().isThrownBy(
                () -> Grouped.of(new double[][]{{Double.NaN}}, new double[]{1}, new double[1], new int[1]))
                .withMessage("row 0 has NaN");
        Grouped twice = Grouped.of(new double[][]{{1, 1}, {1, 1}, {1, 1}}, new double[]{1, 2, 3}, new double[3],
                new int[3]);
        assertThatIllegalArgumentException().isThrownBy(() -> MixedModel.fit(twice, Family.POISSON))
                .withMessage("a column depends on the others");
    }
}
