package org.neuropil.coregister.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AssignmentTest {
    /// Cells with some nuclei each, and what those weigh beside none.
    private record World(int nuclei, int[] start, int[] number, double[] weight) {
        static World draw(int cells, int nuclei, double share, long seed) {
            Random random = new Random(seed);
            int[] start = new int[cells + 1];
            int[] number = new int[cells * nuclei];
            double[] weight = new double[cells * nuclei];
            int at = 0;
            for (int i = 0; i < cells; i++) {
                for (int j = 0; j < nuclei; j++) {
                    if (random.nextDouble() < share) {
                        number[at] = j;
                        weight[at++] = Math.exp(2 * random.nextGaussian());
                    }
                }
                start[i + 1] = at;
            }
            return new World(nuclei, start, Arrays.copyOf(number, at), Arrays.copyOf(weight, at));
        }

        double[] gain() {
            return Arrays.stream(weight).map(Math::log).toArray();
        }

        Posterior alone() {
            int cells = start.length - 1;
            double[] probability = new double[weight.length];
            double[] none = new double[cells];
            for (int i = 0; i < cells; i++) {
                double sum = 1;
                for (int e = start[i]; e < start[i + 1]; e++) {
                    sum += weight[e];
                }
                none[i] = 1 / sum;
                for (int e = start[i]; e < start[i + 1]; e++) {
                    probability[e] = weight[e] / sum;
                }
            }
            return new Posterior(start, number, probability, none);
        }
    }

    /// Goes through all assignments.
    private static final class All {
        final World world;
        double best = Double.NEGATIVE_INFINITY;
        double total;
        final double[] withEdge;

        All(World world) {
            this.world = world;
            withEdge = new double[world.weight.length];
            go(0, new boolean[world.nuclei], new int[world.start.length - 1], 1);
        }

        private void go(int cell, boolean[] taken, int[] edges, double product) {
            if (cell == edges.length) {
                best = Math.max(best, Math.log(product));
                total += product;
                for (int e : edges) {
                    if (e >= 0) {
                        withEdge[e] += product;
                    }
                }
                return;
            }
            edges[cell] = -1;
            go(cell + 1, taken, edges, product);
            for (int e = world.start[cell]; e < world.start[cell + 1]; e++) {
                if (!taken[world.number[e]]) {
                    taken[world.number[e]] = true;
                    edges[cell] = e;
                    go(cell + 1, taken, edges, product * world.weight[e]);
                    taken[world.number[e]] = false;
                }
            }
        }
    }

    @Property(tries = 300)
    void noAssignmentGainsMore(@ForAll @IntRange(min = 1, max = 6) int cells,
            @ForAll @IntRange(min = 1, max = 6) int nuclei, @ForAll @IntRange(min = 1, max = 10) int tenths,
            @ForAll long seed) {
        World world = World.draw(cells, nuclei, tenths / 10.0, seed);
        double[] gain = world.gain();
        int[] edges = Assignment.of(world.start, world.number, gain, nuclei);
        double sum = 0;
        boolean[] taken = new boolean[nuclei];
        for (int i = 0; i < cells; i++) {
            if (edges[i] >= 0) {
                assertThat(edges[i]).isBetween(world.start[i], world.start[i + 1] - 1);
                assertThat(taken[world.number[edges[i]]]).isFalse();
                taken[world.number[edges[i]]] = true;
                sum += gain[edges[i]];
            }
        }
        assertThat(sum).isCloseTo(new All(world).best, within(1e-9));
    }

    /// A cell pair that shares one nucleus, and has one each beside: no loop.
    @Property(tries = 100)
    void withoutLoopsMarginalsAreExact(@ForAll long seed) {
        Random random = new Random(seed);
        double[] weight = random.doubles(4, 0.01, 30).toArray();
        World world = new World(3, new int[]{0, 2, 4}, new int[]{0, 1, 1, 2}, weight);
        assertMarginals(world, 1e-5);
    }

    @Property(tries = 100)
    void withLoopsTheyAreNear(@ForAll @IntRange(min = 2, max = 5) int cells,
            @ForAll @IntRange(min = 2, max = 6) int nuclei, @ForAll long seed) {
        assertMarginals(World.draw(cells, nuclei, 0.6, seed), 0.25);
    }

    private static void assertMarginals(World world, double tolerance) {
        All all = new All(world);
        double[] favour = new double[world.weight.length];
        Arrays.fill(favour, 1);
        Posterior together = Marginals.of(world.alone(), favour, world.nuclei);
        double[] found = new double[world.weight.length];
        for (int i = 0; i < together.size(); i++) {
            for (int t = together.start()[i]; t < together.start()[i + 1]; t++) {
                for (int e = world.start[i]; e < world.start[i + 1]; e++) {
                    if (world.number[e] == together.number()[t]) {
                        found[e] = together.probability()[t];
                    }
                }
            }
        }
        for (int e = 0; e < found.length; e++) {
            assertThat(found[e]).isCloseTo(all.withEdge[e] / all.total, within(tolerance));
        }
    }

    @Test
    void aChainOfCellsMovesUpByOne() {
        // Each cell but the last likes its own nucleus a little less than the one before.
        int cells = 2000;
        int[] start = new int[cells + 1];
        int[] number = new int[2 * cells];
        double[] gain = new double[2 * cells];
        for (int i = 0; i < cells; i++) {
            number[2 * i] = i;
            number[2 * i + 1] = i + 1;
            gain[2 * i] = 5000;
            gain[2 * i + 1] = 4999.5;
            start[i + 1] = 2 * i + 2;
        }
        // The last one can only have the first one's, which is worth all the moves.
        number[2 * cells - 2] = 0;
        gain[2 * cells - 2] = 1e6;
        number[2 * cells - 1] = 1;
        gain[2 * cells - 1] = -3;
        int[] edges = Assignment.of(start, number, gain, cells + 1);
        assertThat(edges[cells - 1]).isEqualTo(2 * cells - 2);
        assertThat(Arrays.stream(edges).filter(e -> e < 0).count()).isZero();
        assertThat(edges[0]).isEqualTo(1);
        assertThat(edges[500]).isEqualTo(1001);
    }
}
