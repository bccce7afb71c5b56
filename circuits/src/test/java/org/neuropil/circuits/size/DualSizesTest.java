package org.neuropil.circuits.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.circuits.wiring.Connections;
import org.neuropil.circuits.wiring.MadeWiring;
import org.neuropil.circuits.wiring.Synapses;

class DualSizesTest {
    /// All pairs one by one.
    private static double excess(Synapses all, int[] kept, double mean, double dualMean) {
        double squares = 0;
        int count = 0;
        double[] sums = new double[3];
        long[] pairs = new long[3];
        for (int i : kept) {
            if (Float.isNaN(all.size()[i])) {
                continue;
            }
            double x = Math.log(all.size()[i]);
            squares += (x - mean) * (x - mean);
            count++;
            for (int j : kept) {
                if (j <= i || Float.isNaN(all.size()[j])) {
                    continue;
                }
                double y = Math.log(all.size()[j]);
                boolean axon = all.pre()[i] == all.pre()[j];
                boolean cell = all.post()[i] == all.post()[j];
                if (axon && cell) {
                    int in = (int) IntStream.range(0, all.count())
                            .filter(k -> all.pre()[k] == all.pre()[i] && all.post()[k] == all.post()[i]).count();
                    if (in == 2) {
                        sums[0] += (x - dualMean) * (y - dualMean);
                        pairs[0]++;
                    }
                } else if (axon || cell) {
                    sums[axon ? 1 : 2] += (x - mean) * (y - mean);
                    pairs[axon ? 1 : 2]++;
                }
            }
        }
        double variance = squares / count;
        return (sums[0] / pairs[0] - (pairs[1] == 0 ? 0 : sums[1] / pairs[1])
                - (pairs[2] == 0 ? 0 : sums[2] / pairs[2])) / variance;
    }

    @ParameterizedTest
    @CsvSource({"12,150,1", "20,300,2", "7,60,3"})
    void theyAreMeansOverAllPairs(int cells, int synapses, long seed) {
        Connections connections = MadeWiring.wiring(cells, 1, synapses, seed).connections();
        Synapses all = connections.synapses();
        DualSizes found = DualSizes.of(connections, cells);
        int[] every = IntStream.range(0, all.count()).toArray();
        double mean = Arrays.stream(every).filter(i -> !Float.isNaN(all.size()[i]))
                .mapToDouble(i -> Math.log(all.size()[i])).average().orElseThrow();
        List<Double> dual = new ArrayList<>();
        List<Integer> axons = new ArrayList<>();
        for (int k = 0; k < connections.size(); k++) {
            int i = connections.first(k);
            if (connections.synapses(k) == 2 && !Float.isNaN(all.size()[i] + all.size()[i + 1])) {
                dual.add(Math.log(all.size()[i]));
                dual.add(Math.log(all.size()[i + 1]));
                axons.add(connections.from(k));
            }
        }
        double dualMean = dual.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(found.dual()).isEqualTo(dual.size() / 2);
        assertThat(found.excess()).isCloseTo(excess(all, every, mean, dualMean), within(1e-9));
        // The jackknife, by leaving out.
        double[] left = axons.stream().distinct().mapToDouble(axon -> excess(all,
                Arrays.stream(every).filter(i -> all.pre()[i] != axon).toArray(), mean, dualMean)).toArray();
        double middle = Arrays.stream(left).average().orElseThrow();
        double squares = Arrays.stream(left).map(one -> (one - middle) * (one - middle)).sum();
        assertThat(found.error()).isCloseTo(Math.sqrt(squares * (left.length - 1) / left.length), within(1e-9));
    }

    /// Sizes of which axon, cell and connection bring known shares of the variance.
    private static Connections made(double axon, double cell, double connection, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int cells = 150;
        double[] ofAxon = IntStream.range(0, cells).mapToDouble(_ -> random.nextGaussian()).toArray();
        double[] ofCell = IntStream.range(0, cells).mapToDouble(_ -> random.nextGaussian()).toArray();
        List<float[]> synapses = new ArrayList<>();
        double noise = Math.sqrt(1 - axon - cell - connection);
        for (int a = 0; a < cells; a++) {
            for (int b = 0; b < cells; b++) {
                if (a != b && random.nextInt(10) == 0) {
                    double own = random.nextGaussian();
                    int n = random.nextInt(3) == 0 ? 2 : 1;
                    for (int i = 0; i < n; i++) {
                        synapses.add(new float[]{a, b, (float) Math.exp(Math.sqrt(axon) * ofAxon[a]
                                + Math.sqrt(cell) * ofCell[b] + Math.sqrt(connection) * own
                                + noise * random.nextGaussian())});
                    }
                }
            }
        }
        int n = synapses.size();
        int[] pre = new int[n];
        int[] post = new int[n];
        float[] size = new float[n];
        for (int i = 0; i < n; i++) {
            pre[i] = (int) synapses.get(i)[0];
            post[i] = (int) synapses.get(i)[1];
            size[i] = synapses.get(i)[2];
        }
        return Connections.of(new Synapses(pre, post, size));
    }

    @Test
    void whatAConnectionBringsIsToldFromWhatAxonAndCellBring() {
        DualSizes found = DualSizes.of(made(0.2, 0.15, 0.3, 4), 150);
        assertThat(found.axonCorrelation()).isCloseTo(0.2, within(0.05));
        assertThat(found.dendriteCorrelation()).isCloseTo(0.15, within(0.05));
        assertThat(found.excess()).isCloseTo(0.3, within(0.1)).isBetween(found.low(), found.high());
        assertThat(found.p()).isLessThan(1e-4);
    }

    @Test
    void itsIntervalHoldsTheTruthAndItsPValueIsEvenWhereThereIsNothing() {
        int held = 0;
        int below = 0;
        int runs = 60;
        for (int seed = 0; seed < runs; seed++) {
            DualSizes found = DualSizes.of(made(0.2, 0.15, 0, 1000L + 77L * seed), 150);
            held += found.low() <= 0 && found.high() >= 0 ? 1 : 0;
            below += found.p() < 0.5 ? 1 : 0;
        }
        assertThat(held).isBetween(52, 60);
        assertThat(below).isBetween(19, 41);
    }

    @Test
    void withoutDualConnectionsThereIsNothingToTest() {
        DualSizes found = DualSizes.of(Connections.of(new Synapses(new int[]{0, 0}, new int[]{1, 2},
                new float[]{3, 4})), 3);
        assertThat(found.dual()).isZero();
        assertThat(found.p()).isNaN();
        assertThat(found.error()).isNaN();
    }

    @Test
    void twoGroupsOfSizesAreFoundAndOneIsNotSplit() {
        SplittableRandom random = new SplittableRandom(11);
        float[] two = new float[4000];
        float[] one = new float[4000];
        for (int i = 0; i < two.length; i++) {
            one[i] = (float) Math.exp(3 + 0.8 * random.nextGaussian());
            two[i] = (float) Math.exp(random.nextDouble() < 0.3
                    ? 5 + 0.5 * random.nextGaussian()
                    : 3 + 0.6 * random.nextGaussian());
        }
        SizeMixture found = SizeMixture.of(two);
        assertThat(found.gain()).isGreaterThan(100);
        assertThat(found.share()).isCloseTo(0.3, within(0.03));
        assertThat(found.high()).isCloseTo(5, within(0.1));
        assertThat(found.low()).isCloseTo(3, within(0.1));
        assertThat(SizeMixture.of(one).gain()).isLessThan(10);
        assertThat(SizeMixture.of(new float[]{1, Float.NaN, 0}).gain()).isNaN();
    }
}
