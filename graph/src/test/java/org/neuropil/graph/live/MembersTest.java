package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MembersTest {
    private static final NodeIds IDS = new NodeIds(4, 8);

    /// Numbers close together and far apart, nodes without members, and chunks with one.
    @Property(tries = 200)
    void everyMemberHasThePlaceOfItsNode(@ForAll long seed) {
        Random random = new Random(seed);
        TreeMap<Long, TreeSet<Long>> nodes = new TreeMap<>();
        Map<Long, Long> nodeOf = new HashMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            Int3 chunk = new Int3(random.nextInt(2), random.nextInt(3), random.nextInt(2));
            long node = IDS.id(2, chunk, 1 + random.nextInt(5));
            TreeSet<Long> children = nodes.computeIfAbsent(node, any -> new TreeSet<>());
            int most = random.nextBoolean() ? 60 : 1 << 30;
            for (int k = random.nextInt(20); k > 0; k--) {
                long supervoxel = IDS.id(1, chunk, 1 + random.nextInt(most));
                if (nodeOf.putIfAbsent(supervoxel, node) == null) {
                    children.add(supervoxel);
                }
            }
        }
        long[] level2 = nodes.keySet().stream().mapToLong(id -> id).toArray();
        long[][] children = nodes.values().stream().map(set -> set.stream().mapToLong(id -> id).toArray())
                .toArray(long[][]::new);
        Members members = new Members(IDS, level2, children);
        TreeSet<Long> all = new TreeSet<>();
        for (int chunk = 0; chunk < members.chunks().length; chunk++) {
            long[] of = members.of(chunk);
            assertThat(of).isSorted();
            for (long supervoxel : of) {
                assertThat(IDS.chunkId(supervoxel)).isEqualTo(members.chunks()[chunk]);
                all.add(supervoxel);
            }
        }
        assertThat(all).isEqualTo(new TreeSet<>(nodeOf.keySet()));
        nodeOf.forEach((supervoxel, node) -> {
            assertThat(level2[members.place(supervoxel)]).isEqualTo(node);
            for (long other : new long[]{supervoxel - 1, supervoxel + 1, supervoxel ^ 1L << 50,
                supervoxel ^ 1L << 40}) {
                assertThat(members.contains(other)).isEqualTo(nodeOf.containsKey(other));
            }
        });
    }
}
