package org.neuropil.physiology.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Range;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.stat.Correlation;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PictureTest {
    private static final Caption CAPTION = new Caption("title", "note");
    private static final double NAN = Double.NaN;

    private static List<String> rows(Figure figure) {
        return figure.csv().lines().toList();
    }

    @Test
    void aTuningCurveHasMeansErrorsTrialsAndTheBlankScreen() {
        List<Condition> shown = List.of(new Condition.Grating(0, 0.04, 1), new Condition.Grating(90, 0.04, 1),
                new Condition.Grating(0, 0.04, 1), new Condition.Grating(90, 0.04, 1),
                new Condition.Grating(90, 0.08, 1));
        Figure figure = TuningPicture.of(CAPTION, new Quantity("events", "a.u."),
                Responses.of(shown, new double[]{1, 2, 3, 6, 5}), 0.25);
        // Curves of two frequencies stand 3 degrees apart; s.e.m. of 2 and 6 is 2, of 1 and 3 it is 1.
        assertThat(rows(figure)).anyMatch(row -> row.endsWith(",0.04 cycles/deg,line,88.5,4,,,,"))
                .anyMatch(row -> row.endsWith(",0.04 cycles/deg,line,-1.5,2,,,,"))
                .anyMatch(row -> row.contains(",segments,88.5,2,88.5,6,"))
                .anyMatch(row -> row.contains(",segments,-1.5,1,-1.5,3,"))
                .anyMatch(row -> row.endsWith(",0.08 cycles/deg,line,91.5,5,,,,"))
                .anyMatch(row -> row.endsWith(",blank screen,rule,,0.25,,,,"))
                .anyMatch(row -> row.endsWith(",preferred,polar,90,,,,,marked"))
                .anyMatch(row -> row.endsWith(",0.04 cycles/deg,polar,90,4,,2,,"));
        assertThat(rows(figure).stream().filter(row -> row.contains(",points,88.5,"))).hasSize(3);
        assertThat(figure.description()).contains("5 trials", "The largest is at 90 degrees");
    }

    @Test
    void aDirectionWithoutAResponseIsAGap() {
        List<Condition> shown = List.of(new Condition.Grating(0, NAN, NAN), new Condition.Grating(90, NAN, NAN),
                new Condition.Grating(180, NAN, NAN));
        List<String> rows = rows(TuningPicture.of(CAPTION, new Quantity("dF/F", ""),
                Responses.of(shown, new double[]{1, NAN, 2}), NAN));
        assertThat(rows).anyMatch(row -> row.contains(",line,90,,")).noneMatch(row -> row.contains("blank"));
    }

    @Test
    void theTopLeftSquareIsLeftAndUp() {
        double[] on = new double[6];
        on[0] = 7;
        boolean[] inside = new boolean[6];
        inside[0] = true;
        inside[1] = true;
        FieldPicture.Map map = new FieldPicture.Map(on, inside, -5, 5);
        List<String> rows = rows(FieldPicture.of(CAPTION, List.of(new FieldPicture.Maps(2, 3, 10,
                new Quantity("mean", "a.u."), map, map, List.of(new FieldPicture.Disc(1, 2, 15))))));
        assertThat(rows).contains("ON (white squares),,map,-10,5,,,7,", "ON (white squares),,map,-10,-5,,,0,",
                "ON (white squares),centre,points,-5,5,,,,", "ON (white squares),window of gratings,disc,1,2,15,,,");
        // Around two squares there are six sides, and none between them.
        List<String> sides = rows.stream().filter(row -> row.startsWith("ON (white squares),field,segments,")).toList();
        assertThat(sides).hasSize(6).contains("ON (white squares),field,segments,-15,10,-5,10,,",
                "ON (white squares),field,segments,-15,10,-15,0,,", "ON (white squares),field,segments,5,10,5,0,,");
    }

    @Test
    void aRowIsTheMeanOfFramesInEachPart() {
        double[] times = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
        double[] values = {1, 3, NAN, 5, 7, 7, 0, 2, 9, 11};
        double[] binned = RasterPicture.binned(new Trace(new Clock(times), values), new Range(0, 10), 5);
        assertThat(binned).containsExactly(2, 5, 7, 1, 10);
        assertThat(RasterPicture.binned(new Trace(new Clock(times), values), new Range(-4, 12), 4))
                .containsExactly(new double[]{NAN, 3, 4, 10}, within(1e-12));
    }

    @Test
    void rowsAreScaledByMedianAndHundredth() {
        double[] row = IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray();
        double[] scaled = RasterPicture.normalised(row);
        assertThat(scaled[50]).isZero();
        assertThat(scaled[0]).isZero();
        assertThat(scaled[99]).isEqualTo(1);
        assertThat(scaled[100]).isEqualTo(1);
        assertThat(scaled[60]).isCloseTo(10 / 49.0, within(1e-12));
        assertThat(RasterPicture.normalised(new double[]{4, NAN, 4})).containsExactly(0, NAN, 0);
        // One event among many zeros is still seen.
        double[] rare = new double[1000];
        rare[3] = 5;
        assertThat(RasterPicture.normalised(rare)[3]).isEqualTo(1);
        assertThat(RasterPicture.normalised(new double[]{NAN})).containsExactly(NAN);
    }

    @Test
    void trialsHaveMeanAndStandardErrorAtEachTime() {
        double[][] spread = TrialsPicture.spread(new TrialsPicture.Aligned("a", new double[]{0, 1, 2},
                List.of(new double[]{1, 2, NAN}, new double[]{3, NAN, NAN}), 1));
        assertThat(spread[0]).containsExactly(2, 2, NAN);
        assertThat(spread[1]).containsExactly(1, NAN, NAN);
        assertThat(spread[2]).containsExactly(3, NAN, NAN);
    }

    /// Newcombe (1998), table 1, method 3: 81 of 263 and 15 of 148.
    @Test
    void theIntervalOfAShareIsWilsons() {
        assertThat(DepthPicture.wilson(81, 263)).containsExactly(new double[]{0.2553, 0.3662}, within(5e-5));
        assertThat(DepthPicture.wilson(15, 148)).containsExactly(new double[]{0.0624, 0.1605}, within(5e-5));
        assertThat(DepthPicture.wilson(0, 20)).containsExactly(new double[]{0, 0.1611}, within(5e-5));
        assertThat(DepthPicture.wilson(0, 0)).containsExactly(NAN, NAN);
    }

    @Test
    void depthsHaveMediansQuartilesAndCounts() {
        List<String> rows = rows(DepthPicture.of(CAPTION, Quantity.metric("gosi"),
                List.of(new DepthPicture.Layered("a", 100, new double[]{1, 2, 3, NAN, 4, 5}, 4, 1),
                        new DepthPicture.Layered("b", 200, new double[]{}, 0, 0))));
        assertThat(rows).contains("1,median,points,3,100,,,,", "1,quartiles,segments,2,100,4,100,,",
                "2,share,points,25,100,,,,", "2,share,points,,200,,,,")
                .anyMatch(row -> row.endsWith(",n=5")).anyMatch(row -> row.endsWith(",n=0"))
                .anyMatch(row -> row.equals("1,,axis-y,,,,,,depth below the pia (µm)"));
    }

    @Property(tries = 200)
    void everyValueIsInItsBin(@ForAll @Size(min = 1, max = 60) List<@IntRange(min = -50, max = 50) Integer> whole) {
        double[] sorted = whole.stream().mapToDouble(value -> value / 7.0).sorted().toArray();
        DistributionPicture.Bins bins = DistributionPicture.bins(sorted);
        assertThat(Arrays.stream(bins.counts()).sum()).isEqualTo(sorted.length);
        for (int i = 0; i < bins.counts().length; i++) {
            int bin = i;
            boolean last = i == bins.counts().length - 1;
            double slack = 1e-6 * (bins.right()[i] - bins.left()[i]);
            long inside = Arrays.stream(sorted).filter(value -> value >= bins.left()[bin] - slack
                    && (last ? value <= bins.right()[bin] + slack : value < bins.right()[bin] - slack)).count();
            assertThat(bins.counts()[i]).isEqualTo(inside);
        }
    }

    @Property(tries = 50)
    void theMatrixHoldsPearsonsOfAllPairs(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> rows = IntStream.range(0, 5).mapToObj(_ -> random.doubles(80).toArray()).toList();
        // Planes that begin later, a row with a gap, one that is constant.
        rows.get(1)[0] = NAN;
        rows.get(2)[40] = NAN;
        Arrays.fill(rows.get(3), 1);
        double[] matrix = CorrelationPicture.matrix(rows);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                double wanted = i == j
                        ? 1
                        : Correlation.pearson(Arrays.copyOfRange(rows.get(i), 1, 80),
                                Arrays.copyOfRange(rows.get(j), 1, 80), 60);
                assertThat(matrix[i * 5 + j]).isEqualTo(wanted, within(1e-12));
            }
        }
    }

    @Property(tries = 100)
    void clustersStandTogether(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 12;
        int[] group = random.ints(n, 0, 3).toArray();
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double r = i == j
                        ? 1
                        : group[i] == group[j] ? 0.6 + 0.2 * random.nextDouble() : 0.1 * random.nextDouble();
                matrix[i * n + j] = r;
                matrix[j * n + i] = r;
            }
        }
        int[] order = Clustering.order(matrix, n);
        assertThat(Arrays.stream(order).sorted().toArray()).isEqualTo(IntStream.range(0, n).toArray());
        int changes = 0;
        for (int i = 1; i < n; i++) {
            changes += group[order[i]] == group[order[i - 1]] ? 0 : 1;
        }
        assertThat(changes).isEqualTo((int) Arrays.stream(group).distinct().count() - 1);
        assertThat(Clustering.ordered(matrix, order)[1]).isEqualTo(matrix[order[0] * n + order[1]]);
    }

    @Test
    void numbersAreShort() {
        assertThat(List.of(Words.number(12), Words.number(0.28751234), Words.number(2077.96), Words.number(-3),
                Words.number(NAN), Words.count(1, "cell"), Words.count(12345, "cell")))
                .containsExactly("12", "0.2875", "2078", "-3", "unknown", "1 cell", "12,345 cells");
    }
}
