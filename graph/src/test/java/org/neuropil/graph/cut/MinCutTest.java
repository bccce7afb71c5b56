package org.neuropil.graph.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MinCutTest {
    @Property(tries = 3_000, seed = "1")
    void findsTheValueAndTheSmallestSideOfAnIndependentMaximumFlow(@ForAll long seed) {
        Random random = new Random(seed);
        int nodes = 2 + random.nextInt(40);
        int edges = random.nextInt(4 * nodes);
        // Few different capacities make many minimum cuts, wide ones long detours.
        int bits = random.nextBoolean() ? 1 + random.nextInt(3) : 50;
        boolean near = random.nextBoolean();
        int[] left = new int[edges];
        int[] right = new int[edges];
        long[] capacity = new long[edges];
        MaxFlow judge = new MaxFlow(nodes);
        for (int e = 0; e < edges; e++) {
            int order = random.nextInt(nodes - 1);
            int apart = near ? 1 + random.nextInt(Math.min(4, nodes - 1 - order)) : 1 + random.nextInt(nodes - 1);
            left[e] = number(order, nodes);
            right[e] = number((order + apart) % nodes, nodes);
            capacity[e] = 1 + (random.nextLong() >>> (64 - bits) >>> random.nextInt(bits));
            judge.add(left[e], right[e], capacity[e]);
        }
        MinCut cut = new MinCut(nodes, left, right, capacity);
        boolean[] side = cut.sourceSide();
        assertThat(cut.value()).isEqualTo(judge.value(0, 1));
        assertThat(side).isEqualTo(judge.side(0));
        long crossing = 0;
        for (int e = 0; e < edges; e++) {
            crossing += side[left[e]] == side[right[e]] ? 0 : capacity[e];
        }
        assertThat(crossing).isEqualTo(cut.value());
    }

    /// Puts the sink at the far end of the order.
    private static int number(int order, int nodes) {
        return order == 0 ? 0 : order == nodes - 1 ? 1 : order + 1;
    }
}
