package org.neuropil.graph.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.Base;
import org.neuropil.graph.base.CrossEdges;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BaseBuilderTest {
    @Provide
    Arbitrary<Int3> shapes() {
        return Arbitraries.of(new Int3(1, 1, 1), new Int3(2, 1, 1), new Int3(2, 2, 2), new Int3(3, 1, 2),
                new Int3(1, 5, 1), new Int3(4, 3, 2), new Int3(8, 1, 1), new Int3(6, 5, 3), new Int3(1, 2, 9));
    }

    @Property(tries = 150)
    void everythingIsAsTheDefinitionsSay(@ForAll long seed, @ForAll("shapes") Int3 shape) throws IOException {
        RandomWorld world = new RandomWorld(seed, shape);
        try (MemoryStore store = new MemoryStore()) {
            GraphInfo info = BaseBuilder.build(world.plan, world::input, store);
            assertThat(info.ids()).isEqualTo(world.ids);
            assertThat(info.edges()).isEqualTo(world.links.size());
            assertThat(info.supervoxels()).isEqualTo(world.positions().size());
            BruteHierarchy brute = new BruteHierarchy(world, info.anchorBits());
            // Nearly nothing is kept, or all.
            StoredBase base = new StoredBase(info, store, seed % 2 == 0 ? 0 : 1 << 20);
            nodes(base, brute);
            cursors(base, brute);
            edges(base, brute, world);
            numbers(base, brute, world);
        }
    }

    private static void nodes(StoredBase base, BruteHierarchy brute) throws IOException {
        for (long node : brute.parent.keySet()) {
            assertThat(base.contains(node)).isTrue();
            assertThat(base.parent(node)).isEqualTo(brute.parent.get(node));
            assertThat(base.chunkOf(node)).isNotZero();
            assertThat(base.page(base.chunkOf(node)).parent(node)).isEqualTo(brute.parent.get(node));
            if (NodeIds.layer(node) == 1) {
                assertThat(base.children(node)).isEmpty();
                assertThat(base.crossEdges(node).size()).isZero();
                continue;
            }
            assertThat(base.children(node)).containsExactly(brute.childrenOf(node));
            assertThat(pairs(base.crossEdges(node))).isEqualTo(brute.cross.get(node));
            // Other layers' ids with the same number, and neighbours, are nodes only if the definitions say so.
            for (int layer = 0; layer <= 32; layer++) {
                long other = node & (1L << 56) - 1 | (long) layer << 56;
                assertThat(base.contains(other)).isEqualTo(brute.parent.containsKey(other));
            }
            assertThat(base.contains(node + 1)).isEqualTo(brute.parent.containsKey(node + 1));
            assertThat(base.parent(node + 1)).isEqualTo(brute.parent.getOrDefault(node + 1, 0L));
        }
        assertThat(base.contains(0)).isFalse();
        assertThat(base.contains(-1)).isFalse();
    }

    private static void cursors(StoredBase base, BruteHierarchy brute) throws IOException {
        Base.Cursor cursor = base.cursor();
        // Asked again, roots are remembered.
        for (int turn = 0; turn < 2; turn++) {
            for (long node : brute.parent.keySet()) {
                for (long id : new long[]{node, node + 1, node ^ 3L << 56}) {
                    long root = 0;
                    for (long at = brute.parent.getOrDefault(id, 0L); at != 0; at = brute.parent.getOrDefault(at, 0L)) {
                        root = at;
                    }
                    assertThat(cursor.root(id)).isEqualTo(root);
                    assertThat(cursor.parent(id)).isEqualTo(brute.parent.getOrDefault(id, 0L));
                    assertThat(cursor.contains(id)).isEqualTo(brute.parent.containsKey(id));
                }
            }
        }
    }

    private static List<List<Long>> pairs(CrossEdges edges) {
        List<List<Long>> pairs = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            pairs.add(List.of(edges.own()[i], edges.far()[i]));
        }
        return pairs;
    }

    private static void edges(StoredBase base, BruteHierarchy brute, RandomWorld world) throws IOException {
        int entries = 0;
        for (RandomWorld.Link link : world.links) {
            boolean inside = world.ids.chunkId(link.a()) == world.ids.chunkId(link.b());
            entries += inside ? 1 : 2;
            edge(base, link.a(), link.b(), link, brute.isActive(link));
            if (!inside) {
                edge(base, link.b(), link.a(), link, brute.isActive(link));
            }
        }
        Grid grid = world.plan.grid();
        for (int i = 0; i < grid.count(); i++) {
            entries -= base.edges(grid.position(i)).size();
        }
        assertThat(entries).isZero();
        assertThat(base.edges(new Int3(-1, 0, 0)).size()).isZero();
    }

    private static void edge(StoredBase base, long own, long far, RandomWorld.Link link, boolean active)
            throws IOException {
        NodeIds ids = base.anchors().ids();
        EdgeTable table = base.edges(ids.chunk(own));
        int found = -1;
        for (int e = table.begin(ids.number(own)); e < table.end(ids.number(own)); e++) {
            found = table.far()[e] == far ? e : found;
        }
        assertThat(found).isNotNegative();
        assertThat(table.affinity()[found]).isEqualTo(link.affinity());
        assertThat(table.area()[found]).isEqualTo(link.area());
        assertThat(table.active()[found]).isEqualTo(active);
    }

    private static void numbers(StoredBase base, BruteHierarchy brute, RandomWorld world) throws IOException {
        for (long node : brute.parent.keySet()) {
            assertThat(world.ids.number(node)).isLessThan(base.firstFree(world.ids.chunkId(node)));
        }
        Grid grid = world.plan.grid();
        for (int i = 0; i < grid.count(); i++) {
            long[] numbers = world.supervoxels.get(i);
            long chunk = world.ids.id(1, grid.position(i), 0);
            assertThat(base.firstFree(chunk)).isEqualTo(numbers.length == 0 ? 1 : numbers[numbers.length - 1] + 1);
            long level2 = world.ids.id(2, grid.position(i), 0);
            long nodes = brute.children.keySet().stream().filter(n -> world.ids.chunkId(n) == level2).count();
            assertThat(base.firstFree(level2)).isEqualTo(nodes + 1);
        }
    }

    @Property(tries = 10)
    void twoRunsGiveTheSameBytes(@ForAll long seed, @ForAll("shapes") Int3 shape) throws IOException {
        RandomWorld world = new RandomWorld(seed, shape);
        try (MemoryStore one = new MemoryStore(); MemoryStore other = new MemoryStore()) {
            BaseBuilder.build(world.plan, world::input, one);
            BaseBuilder.build(world.plan, world::input, other);
            assertThat(Rows.of(one)).isEqualTo(Rows.of(other));
        }
    }
}
