package org.neuropil.physiology.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Resampled;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.field.Field.Polarity;
import org.neuropil.physiology.field.Fields.Rule;

class FieldsTest {
    private static final Grid GRID = new Grid(8, 14, 9.3);

    @Test
    void theCornersOfTheScreenAreWhereTheyArePublished() {
        assertThat(GRID.azimuth(0)).isCloseTo(-60.45, within(1e-9));
        assertThat(GRID.elevation(0)).isCloseTo(32.55, within(1e-9));
        assertThat(GRID.azimuth(8 * 14 - 1)).isCloseTo(60.45, within(1e-9));
        assertThat(GRID.elevation(8 * 14 - 1)).isCloseTo(-32.55, within(1e-9));
    }

    private static Field field(int... passing) {
        boolean[] squares = new boolean[2 * GRID.squares()];
        for (int square : passing) {
            squares[square] = true;
        }
        return new Field(GRID, squares);
    }

    @Test
    void aFieldHasCentreAreaAndParts() {
        // Squares 0 and 1 touch, 16 lies below 1 diagonally, black 14 lies below 0.
        Field field = field(0, 1, 16, 112 + 14);
        assertThat(field.centre(Polarity.ON)[0]).isCloseTo(-60.45 + 9.3, within(1e-9));
        assertThat(field.centre(Polarity.OFF)).containsExactly(GRID.azimuth(14), GRID.elevation(14));
        assertThat(field.count(Polarity.ANY)).isEqualTo(4);
        assertThat(field.area(Polarity.ON)).isCloseTo(3 * 9.3 * 9.3, within(1e-9));
        assertThat(field.components()).isEqualTo(2);
        assertThat(field().components()).isZero();
        assertThat(field().centre(Polarity.ON)[0]).isNaN();
        assertThat(field().isThere()).isFalse();
    }

    @Test
    void squaresBothWhiteAndBlackCountOnce() {
        assertThat(field(5, 112 + 5).count(Polarity.ANY)).isEqualTo(1);
        assertThat(field(5, 112 + 5).components()).isEqualTo(1);
    }

    @Test
    void theOverlapIsTheShareOfTheAreaInTheDisc() {
        Field one = field(0);
        assertThat(one.overlap(-60.45, 32.55, 15)).isEqualTo(1);
        assertThat(one.overlap(60, -30, 15)).isZero();
        // A disc that is much larger than a square cuts it like a line through its middle.
        assertThat(one.overlap(-60.45 + 1000, 32.55, 1000)).isCloseTo(0.5, within(0.03));
        // The area of a small disc within a square.
        assertThat(one.overlap(-60.45, 32.55, 3)).isCloseTo(Math.PI * 9 / (9.3 * 9.3), within(0.02));
        assertThat(one.overlap(Double.NaN, 0, 15)).isNaN();
        assertThat(field().overlap(0, 0, 15)).isNaN();
        assertThat(one.distance(-60.45 + 3, 32.55 - 4)).isCloseTo(5, within(1e-9));
    }

    @Test
    void holmAndSidakStepDown() {
        // Of 3: 1 - 0.95^(1/3) = 0.01695, 1 - 0.95^(1/2) = 0.02532, 0.05.
        assertThat(Fields.holmSidak(new double[]{0.04, 0.0169, 0.0253}, 0.05)).containsExactly(true, true, true);
        assertThat(Fields.holmSidak(new double[]{0.04, 0.0169, 0.0254}, 0.05)).containsExactly(false, true, false);
        assertThat(Fields.holmSidak(new double[]{0.04, 0.017, 0.0253}, 0.05)).containsExactly(false, false, false);
        assertThat(Fields.holmSidak(new double[]{Double.NaN, 0.04, Double.NaN}, 0.05)).containsExactly(false, true,
                false);
    }

    /// Sweeps of which each shows every square white or black with probability 0.05.
    private static int[][] sweeps(int count, SplittableRandom random) {
        int[][] shown = new int[2 * GRID.squares()][];
        byte[][] squares = new byte[count][GRID.squares()];
        for (byte[] sweep : squares) {
            for (int i = 0; i < sweep.length; i++) {
                double drawn = random.nextDouble();
                sweep[i] = (byte) (drawn < 0.05 ? 1 : drawn < 0.1 ? -1 : 0);
            }
        }
        for (int i = 0; i < shown.length; i++) {
            int square = i % GRID.squares();
            int value = i < GRID.squares() ? 1 : -1;
            shown[i] = IntStream.range(0, count).filter(s -> squares[s][square] == value).toArray();
        }
        return shown;
    }

    private static double event(SplittableRandom random, double rate) {
        return random.nextDouble() < rate ? -Math.log(random.nextDouble()) : 0;
    }

    private static SpontaneousNull chance(SplittableRandom random) {
        double[] windows = new double[1000];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = (event(random, 0.1) + event(random, 0.1)) / 2;
        }
        return new SpontaneousNull(windows, 10_000, 1);
    }

    @Test
    void probabilitiesAreTheSharesOfRandomSets() {
        SplittableRandom random = new SplittableRandom(4);
        int[][] shown = sweeps(200, random);
        double[] values = new double[200];
        Arrays.setAll(values, _ -> event(random, 0.3));
        values[17] = Double.NaN;
        for (int s : shown[30]) {
            values[s] += 0.4;
        }
        NoiseResponses responses = NoiseResponses.of(GRID, shown, values);
        SpontaneousNull chance = chance(random);
        Fields fields = Fields.of(responses, chance, new SweepSets(7));
        double[] present = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        for (int square : new int[]{0, 30, 99, 112, 200}) {
            double[] own = IntStream.of(shown[square]).mapToDouble(s -> values[s]).filter(value -> !Double.isNaN(value))
                    .toArray();
            double mean = Arrays.stream(own).average().orElseThrow();
            assertThat(fields.means()[square]).isCloseTo(mean, within(1e-12));
            int reached = 0;
            SplittableRandom other = new SplittableRandom(99);
            for (int draw = 0; draw < 20_000; draw++) {
                double[] mixed = present.clone();
                double sum = 0;
                for (int k = 0; k < own.length; k++) {
                    int chosen = other.nextInt(k, mixed.length);
                    sum += mixed[chosen];
                    mixed[chosen] = mixed[k];
                }
                reached += sum >= mean * own.length - 1e-9 ? 1 : 0;
            }
            double p = reached / 20_000.0;
            double error = Math.sqrt(Math.max(p * (1 - p), 1e-4) * (1 / 5000.0 + 1 / 20000.0));
            assertThat(fields.probabilities()[square]).isCloseTo(p, within(5 * error));
            double limit = chance.quantile(0.95);
            assertThat(fields.fractions()[square]).isEqualTo(
                    Arrays.stream(own).filter(value -> value > limit).count() / (double) own.length);
        }
    }

    /// 120 cells without a field: with p <= 0.05, more than 13 have one in one of 1,000 such tests.
    @Test
    void noiseHasFieldsNoMoreOftenThanItsLevel() {
        SplittableRandom random = new SplittableRandom(11);
        int[][] shown = sweeps(600, random);
        SweepSets sets = new SweepSets(3);
        int found = 0;
        int strict = 0;
        for (int cell = 0; cell < 120; cell++) {
            double[] values = new double[600];
            Arrays.setAll(values, _ -> (event(random, 0.1) + event(random, 0.1)) / 2);
            Fields fields = Fields.of(NoiseResponses.of(GRID, shown, values), chance(random), sets);
            found += fields.field(Rule.STA).isThere() ? 1 : 0;
            strict += fields.field(Rule.STA_STRICT).isThere() ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(13);
        assertThat(strict).isLessThanOrEqualTo(5);
        assertThat(strict).isLessThanOrEqualTo(found);
    }

    /// Discs of 11 degrees radius; events come four times as often when a square of them is white.
    @Test
    void fieldsAreFoundWhereTheyAre() {
        SplittableRandom random = new SplittableRandom(5);
        int[][] shown = sweeps(1200, random);
        SweepSets sets = new SweepSets(3);
        double error = 0;
        int found = 0;
        for (int cell = 0; cell < 30; cell++) {
            double azimuth = random.nextDouble(-45, 45);
            double elevation = random.nextDouble(-18, 18);
            double[] rates = new double[1200];
            Arrays.fill(rates, 0.1);
            for (int square = 0; square < GRID.squares(); square++) {
                if (Math.hypot(GRID.azimuth(square) - azimuth, GRID.elevation(square) - elevation) <= 11) {
                    for (int s : shown[square]) {
                        rates[s] = 0.4;
                    }
                }
            }
            double[] values = new double[1200];
            Arrays.setAll(values, s -> (event(random, rates[s]) + event(random, rates[s])) / 2);
            Field field = Fields.of(NoiseResponses.of(GRID, shown, values), chance(random), sets).field(Rule.STA);
            if (field.isThere()) {
                found++;
                error += field.distance(azimuth, elevation);
            }
        }
        assertThat(found).isGreaterThan(24);
        assertThat(error / found).isLessThan(9.3 / 2);
    }

    /// What sets of sweeps give for sizes and means that are looked up is what going through the sets gives.
    @Test
    void probabilitiesOfDrawnSweepsAreThoseOfSetsOfAsManySweeps() {
        SplittableRandom random = new SplittableRandom(9);
        int[][] shown = sweeps(300, random);
        double[] values = new double[300];
        Arrays.setAll(values, _ -> event(random, 0.3));
        for (int s : shown[30]) {
            values[s] += 0.5;
        }
        NoiseResponses responses = NoiseResponses.of(GRID, shown, values);
        SpontaneousNull chance = chance(random);
        DrawnSweeps all = DrawnSweeps.of(responses, chance, new SweepSets(7));
        // As many of each sweep as the generator says.
        int[] times = new int[300];
        SplittableRandom draws = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            times[Resampled.below(draws, 300)]++;
        }
        Fields drawn = all.resample(new SplittableRandom(5)).fields();
        double limit = chance.quantile(0.95);
        for (int square : new int[]{0, 30, 99, 112, 200}) {
            double sum = 0;
            int count = 0;
            int above = 0;
            for (int s : shown[square]) {
                sum += times[s] * values[s];
                count += times[s];
                above += values[s] > limit ? times[s] : 0;
            }
            assertThat(drawn.means()[square]).isCloseTo(sum / count, within(1e-12));
            assertThat(drawn.fractions()[square]).isEqualTo(above / (double) count);
            int reached = 0;
            SplittableRandom other = new SplittableRandom(99);
            for (int draw = 0; draw < 20_000; draw++) {
                double[] mixed = values.clone();
                double mixedSum = 0;
                for (int k = 0; k < count; k++) {
                    int chosen = other.nextInt(k, mixed.length);
                    mixedSum += mixed[chosen];
                    mixed[chosen] = mixed[k];
                }
                reached += mixedSum >= sum - 1e-9 ? 1 : 0;
            }
            double p = reached / 20_000.0;
            double error = Math.sqrt(Math.max(p * (1 - p), 1e-4) * (1 / 5000.0 + 1 / 20000.0));
            assertThat(drawn.probabilities()[square]).as("square " + square).isCloseTo(p, within(5 * error));
        }
        assertThat(all.fields().probabilities()).isEqualTo(
                Fields.of(responses, chance, new SweepSets(7)).probabilities());
    }

    /// A draw in which each sweep comes once has the probabilities of the sweeps themselves, if sets are drawn alike.
    @Test
    void lookedUpSharesAreThoseThatWereCounted() {
        SplittableRandom random = new SplittableRandom(10);
        int[][] shown = sweeps(400, random);
        double[] values = new double[400];
        Arrays.setAll(values, _ -> event(random, 0.3));
        for (int s : shown[77]) {
            values[s] += 2;
        }
        NoiseResponses responses = NoiseResponses.of(GRID, shown, values);
        SweepSets sets = new SweepSets(7);
        int longest = IntStream.range(0, shown.length).map(i -> shown[i].length).max().orElseThrow();
        SetSums sums = new SetSums(responses, sets, 1, longest);
        double[] expected = Fields.of(responses, chance(random), sets).probabilities();
        double[] counted = new double[shown.length];
        double[] tested = new double[shown.length];
        double scale = Arrays.stream(values).map(Math::abs).sum();
        for (int i = 0; i < shown.length; i++) {
            double mean = IntStream.of(shown[i]).mapToDouble(s -> values[s]).sum() / shown[i].length;
            sums.shares(mean, shown[i].length, Fields.ROUNDING * scale, counted, tested, i);
        }
        assertThat(tested).isEqualTo(expected);
        assertThat(Arrays.stream(tested).min().orElseThrow()).isEqualTo(1 / 50_001.0);
    }

    /// The centre of a field, 40 times: an interval of 95 % holds the truth in 30 of them or more.
    @Test
    void theIntervalOfACentreHoldsIt() {
        SplittableRandom random = new SplittableRandom(15);
        int[][] shown = sweeps(1200, random);
        SweepSets sets = new SweepSets(3);
        int held = 0;
        int told = 0;
        for (int cell = 0; cell < 40; cell++) {
            double azimuth = random.nextDouble(-45, 45);
            double elevation = random.nextDouble(-18, 18);
            double[] rates = new double[1200];
            Arrays.fill(rates, 0.1);
            for (int square = 0; square < GRID.squares(); square++) {
                if (Math.hypot(GRID.azimuth(square) - azimuth, GRID.elevation(square) - elevation) <= 11) {
                    for (int s : shown[square]) {
                        rates[s] = 0.6;
                    }
                }
            }
            double[] values = new double[1200];
            Arrays.setAll(values, s -> (event(random, rates[s]) + event(random, rates[s])) / 2);
            DrawnSweeps sweeps = DrawnSweeps.of(NoiseResponses.of(GRID, shown, values), chance(random), sets);
            Bootstrap spread = Bootstrap.of(sweeps, drawn -> drawn.fields().field(Rule.STA).centre(Polarity.ON)[0], 100,
                    0.95, cell);
            if (!Double.isNaN(spread.estimate())) {
                told++;
                held += spread.low() <= azimuth && azimuth <= spread.high() ? 1 : 0;
                assertThat(spread.high() - spread.low()).isLessThan(60);
            }
        }
        assertThat(told).isGreaterThan(34);
        assertThat(held).isGreaterThanOrEqualTo(30);
    }
}
