package org.neuropil.graph.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class MulticutPropertyTest {
    /// Affinities are multiples of this, so that sums are exact.
    private static final int UNITS = 64;
    /// More than the number of edges.
    private static final long PRICE = 1000;

    @Property(tries = 2_000, seed = "1")
    void theCutIsAnIndependentMaximumFlowAndPartsTheSides(@ForAll long seed) {
        World world = World.random(new Random(seed), 40);
        Cut cut = cut(world);
        if (cut == null) {
            return;
        }
        // Supervoxel i of the judge is node i + 2; what must not be parted is joined by more than all else.
        MaxFlow judge = new MaxFlow(world.n + 2);
        for (int e = 0; e < world.edges(); e++) {
            judge.add(world.left[e] + 2, world.right[e] + 2, world.units[e]);
        }
        BitSet source = world.fixed(true);
        BitSet sink = world.fixed(false);
        source.stream().forEach(i -> judge.add(0, i + 2, World.CUT));
        sink.stream().forEach(i -> judge.add(1, i + 2, World.CUT));
        assertThat(cut.value()).isEqualTo(judge.value(0, 1) / (double) UNITS);

        double sum = 0;
        BitSet removed = new BitSet();
        for (int e : cut.edges()) {
            removed.set(e);
            sum += world.affinity(e);
        }
        assertThat(cut.value()).isEqualTo(sum);
        assertThat(world.reached(world.sources[0], removed)).containsExactly(cut.sourceSide())
                .contains(world.ids(world.sources)).doesNotContain(world.ids(world.sinks));
        assertThat(world.reached(world.sinks[0], removed)).containsExactly(cut.sinkSide())
                .contains(world.ids(world.sinks)).doesNotContain(world.ids(world.sources));
        // Two pieces of one: nothing else is torn off.
        assertThat(cut.sourceSide().length + cut.sinkSide().length)
                .isEqualTo(world.reached(world.sources[0], new BitSet()).length);
    }

    @Property(tries = 2_000, seed = "2")
    void noBipartitionCostsLess(@ForAll long seed) {
        World world = World.random(new Random(seed), 9);
        Cut cut = cut(world);
        if (cut == null) {
            return;
        }
        BitSet source = world.fixed(true);
        BitSet sink = world.fixed(false);
        long best = Long.MAX_VALUE;
        int smallest = Integer.MAX_VALUE;
        for (int mask = 0; mask < 1 << world.n; mask++) {
            BitSet side = BitSet.valueOf(new long[]{mask});
            BitSet missing = (BitSet) source.clone();
            missing.andNot(side);
            if (!missing.isEmpty() || side.intersects(sink)) {
                continue;
            }
            long cost = 0;
            for (int e = 0; e < world.edges(); e++) {
                // An edge of no affinity costs least of all, but something.
                long price = world.units[e] == 0 ? 1 : world.units[e] * PRICE;
                cost += side.get(world.left[e]) == side.get(world.right[e]) ? 0 : price;
            }
            if (cost < best || (cost == best && side.cardinality() < smallest)) {
                best = cost;
                smallest = side.cardinality();
            }
        }
        assertThat(cut.value()).isEqualTo(best / PRICE / (double) UNITS);
        assertThat(cut.sourceSide()).hasSize(smallest);
    }

    @Property(tries = 1_000, seed = "3")
    void theOrderOfEdgesEndsAndPointsIsNothing(@ForAll long seed) {
        Random random = new Random(seed);
        World world = World.random(random, 30);
        World other = world.shuffled(random);
        assertThat(answer(other)).isEqualTo(answer(world));
    }

    private static List<Object> answer(World world) {
        List<Object> answer = new ArrayList<>();
        try {
            Cut cut = Multicut.cut(world.graph(), world.ids(world.sources), world.ids(world.sinks));
            answer.addAll(List.of(cut.value(), text(cut.a()), text(cut.b()), text(cut.sourceSide()),
                    text(cut.sinkSide())));
        } catch (CutRefusedException e) {
            answer.add(e.getMessage());
        }
        try {
            Preview preview = Multicut.preview(world.graph(), world.ids(world.sources), world.ids(world.sinks));
            answer.add(preview.components().stream().map(MulticutPropertyTest::text).toList());
            answer.add(preview.refusal());
        } catch (CutRefusedException e) {
            answer.add(e.getMessage());
        }
        return answer;
    }

    private static String text(long[] ids) {
        return Arrays.toString(ids);
    }

    private static @Nullable Cut cut(World world) {
        Cut cut;
        try {
            cut = Multicut.cut(world.graph(), world.ids(world.sources), world.ids(world.sinks), Isolating.ALLOWED);
        } catch (CutRefusedException e) {
            cut = null;
        }
        Statistics.label("cut").collect(cut != null).coverage(seen -> seen.check(true).percentage(p -> p > 50));
        return cut;
    }
}
