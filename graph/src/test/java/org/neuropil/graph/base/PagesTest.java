package org.neuropil.graph.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PagesTest {
    private static final long CHUNK = RandomPages.CHUNK_ID;

    @Property(tries = 200)
    void hierarchiesComeBack(@ForAll long seed) throws IOException {
        Hierarchy made = RandomPages.hierarchy(new Random(seed));
        HierarchyPage page = HierarchyPage.parse(made.toRow(CHUNK), RandomPages.ANCHORS, CHUNK, "row");
        int n = made.numbers().length;
        assertThat(page.supervoxels()).isEqualTo(n);
        assertThat(page.largest()).isEqualTo(n == 0 ? 0 : made.numbers()[n - 1]);
        TreeMap<Long, TreeMap<Long, Long>> members = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            long supervoxel = RandomPages.IDS.id(1, RandomPages.CHUNK, made.numbers()[i]);
            long parent = RandomPages.IDS.id(2, RandomPages.CHUNK, made.level2()[i]);
            assertThat(page.parent(supervoxel)).isEqualTo(parent);
            assertThat(page.root(supervoxel)).isEqualTo(made.level2Root()[made.level2()[i] - 1]);
            assertThat(page.contains(supervoxel)).isTrue();
            // Gaps, and the same number elsewhere.
            boolean next = i + 1 < n && made.numbers()[i + 1] == made.numbers()[i] + 1;
            assertThat(page.contains(supervoxel + 1)).isEqualTo(next);
            assertThat(page.parent(RandomPages.IDS.id(1, Int3.all(3), made.numbers()[i]))).isZero();
            members.computeIfAbsent(parent, _ -> new TreeMap<>()).put(supervoxel, parent);
        }
        for (int m = 1; m <= made.level2Parent().length; m++) {
            long node = RandomPages.IDS.id(2, RandomPages.CHUNK, m);
            assertThat(page.parent(node)).isEqualTo(made.level2Parent()[m - 1]);
            assertThat(page.root(node)).isEqualTo(made.level2Root()[m - 1]);
            assertThat(page.children(node)).containsExactly(
                    members.getOrDefault(node, new TreeMap<>()).keySet().toArray(Long[]::new));
            for (int layer = 3; layer <= 5; layer++) {
                long id = RandomPages.ANCHORS.node(layer, node);
                assertThat(RandomPages.ANCHORS.chunkOf(id)).isEqualTo(CHUNK);
                int found = -1;
                for (int k = made.higherFirst()[m - 1]; k < made.higherFirst()[m]; k++) {
                    found = made.higherLayer()[k] == layer ? k : found;
                }
                assertThat(page.contains(id)).isEqualTo(found >= 0);
                assertThat(page.parent(id)).isEqualTo(found < 0 ? 0 : made.higherParent()[found]);
                assertThat(page.children(id)).isEqualTo(found < 0
                        ? new long[0]
                        : Arrays.copyOfRange(made.children(), made.childFirst()[found],
                                made.childFirst()[found + 1]));
            }
        }
    }

    @Property(tries = 200)
    void edgesComeBack(@ForAll long seed) throws IOException {
        EdgeTable made = RandomPages.edges(new Random(seed));
        EdgeTable back = EdgePage.parse(EdgePage.toRow(made, RandomPages.IDS, CHUNK), RandomPages.IDS, CHUNK, "row");
        assertThat(back.numbers()).isEqualTo(made.numbers());
        assertThat(back.first()).isEqualTo(made.first());
        assertThat(back.far()).isEqualTo(made.far());
        assertThat(back.affinity()).isEqualTo(made.affinity());
        assertThat(back.area()).isEqualTo(made.area());
        assertThat(back.active()).isEqualTo(made.active());
        for (int row = 0; row < made.numbers().length; row++) {
            assertThat(back.begin(made.numbers()[row])).isEqualTo(made.first()[row]);
            assertThat(back.end(made.numbers()[row])).isEqualTo(made.first()[row + 1]);
            boolean next = row + 1 < made.numbers().length && made.numbers()[row + 1] == made.numbers()[row] + 1;
            assertThat(back.row(made.numbers()[row] + 1) >= 0).isEqualTo(next);
        }
        assertThat(back.end(0)).isEqualTo(back.begin(0));
    }

    @Property(tries = 100)
    void edgesThatLeaveComeBack(@ForAll long seed) throws IOException {
        SortedMap<Integer, CrossTable> made = RandomPages.layers(new Random(seed));
        byte[] row = CrossPage.toRow(made, RandomPages.IDS, CHUNK);
        for (int layer = 2; layer <= 5; layer++) {
            CrossTable back = CrossPage.parse(row, layer, RandomPages.IDS, CHUNK, "row");
            CrossTable expected = made.getOrDefault(layer, CrossTable.NONE);
            assertThat(back.anchors()).isEqualTo(expected.anchors());
            assertThat(back.first()).isEqualTo(expected.first());
            assertThat(back.own()).isEqualTo(expected.own());
            assertThat(back.far()).isEqualTo(expected.far());
            for (int i = 0; i < expected.anchors().length; i++) {
                assertThat(back.of(expected.anchors()[i]).far()).isEqualTo(
                        Arrays.copyOfRange(expected.far(), expected.first()[i], expected.first()[i + 1]));
            }
        }
    }

    @Property(tries = 500)
    void damagedBytesAreSaidToBe(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] row = switch (random.nextInt(3)) {
            case 0 -> RandomPages.hierarchy(random).toRow(CHUNK);
            case 1 -> EdgePage.toRow(RandomPages.edges(random), RandomPages.IDS, CHUNK);
            default -> CrossPage.toRow(RandomPages.layers(random), RandomPages.IDS, CHUNK);
        };
        int way = random.nextInt(3);
        byte[] other = way == 0 ? Arrays.copyOf(row, random.nextInt(row.length)) : row.clone();
        for (int i = 0; way > 0 && i < way * 2; i++) {
            other[random.nextInt(row.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int wrong = 0;
        for (int parser = 0; parser < 3; parser++) {
            try {
                PageParsers.parseRow(parser, other);
            } catch (IOException e) {
                wrong += String.valueOf(e.getMessage()).startsWith("row") ? 1 : 0;
            }
        }
        // Whatever it was, two of the parsers are of other pages.
        assertThat(wrong).isGreaterThanOrEqualTo(2);
    }

    @Property(tries = 1000)
    void damageThatNoChecksumSeesDoesNoHarm(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int parser = random.nextInt(3);
        byte[] page = PageParsers.page(parser, random);
        for (int i = random.nextInt(4); i >= 0 && page.length > 0; i--) {
            page[random.nextInt(page.length)] = (byte) random.nextInt(256);
        }
        try {
            PageParsers.parsePage(parser, page);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("row is damaged");
        }
    }

    /// Inputs that `interop/fuzz` has left because something was wrong with them.
    @Example
    void whatWasFoundByFuzzingIsMended() throws IOException {
        URL found = PagesTest.class.getResource("PagesFuzzTestInputs/nothingButDeclaredErrors");
        if (found != null) {
            try (Stream<Path> files = Files.list(Path.of(URI.create(found.toString())))) {
                for (Path file : files.toList()) {
                    PagesFuzzTest.tryInput(Files.readAllBytes(file));
                }
            }
        }
    }

    @Example
    void largePagesOfOneValueComeBack() throws IOException {
        int n = 2_000_000;
        long[] numbers = new long[n];
        int[] level2 = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = i + 1L;
            level2[i] = 1;
        }
        Hierarchy made = new Hierarchy(numbers, level2, new long[]{5L << 56}, new long[]{5L << 56}, new int[2],
                new byte[0],
                new long[0], new int[1], new long[0]);
        HierarchyPage page = HierarchyPage.parse(made.toRow(CHUNK), RandomPages.ANCHORS, CHUNK, "row");
        assertThat(page.parent(RandomPages.IDS.id(1, RandomPages.CHUNK, n))).isEqualTo(CHUNK | 1);
        assertThat(page.children(CHUNK | 1)).hasSize(n);
    }

    @Example
    void lostAndExchangedRowsAreNamed() throws IOException {
        GraphInfo info = new GraphInfo(Box.ofSize(8, 8, 8), Int3.all(4), new VoxelSize(4, 4, 40), 3, 10, 1,
                Instant.EPOCH, 0, 0);
        try (MemoryStore store = new MemoryStore()) {
            StoredBase base = new StoredBase(info, store, 0);
            long first = info.ids().id(2, Int3.ZERO, 0);
            long second = info.ids().id(2, new Int3(1, 0, 1), 0);
            assertThatThrownBy(() -> base.parent(info.ids().id(1, new Int3(1, 0, 1), 3)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("row of chunk 1,0,1 in table BASE of the graph is missing");
            store.put(List.of(new GraphStore.Put(GraphStore.Table.BASE, BaseRows.key(second),
                    Hierarchy.empty().toRow(first))));
            assertThatThrownBy(() -> base.contains(second | 1)).isInstanceOf(IOException.class)
                    .hasMessageContaining("chunk 1,0,1 in table BASE").hasMessageContaining("of another chunk");
            store.put(List.of(new GraphStore.Put(GraphStore.Table.BASE, BaseRows.key(second),
                    Hierarchy.empty().toRow(second))));
            assertThat(base.contains(second | 1)).isFalse();
            assertThat(base.firstFree(second)).isOne();
            // Chunks outside of the grid have none.
            assertThat(base.parent(info.ids().id(1, new Int3(2, 0, 0), 3))).isZero();
            assertThatThrownBy(() -> base.page(second | 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> base.edges(Int3.ZERO)).hasMessageContaining("table EDGES");
        }
    }
}
