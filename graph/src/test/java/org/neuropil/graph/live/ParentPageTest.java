package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ParentPageTest {
    private static final int NODES = 12;

    /// Edits come in their order, but for some that were in the page when it was read, as a whole or in part.
    @Property(tries = 300)
    void aPageKnowsWhatEveryEditHasSet(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, TreeMap<Long, Long>> cells = new TreeMap<>();
        ParentPage page = ParentPage.EMPTY;
        int edits = random.nextInt(40);
        for (int time = 1; time <= edits; time++) {
            long[] ids = random.longs(random.nextInt(6), 0, NODES).distinct().sorted().toArray();
            long[] parents = Arrays.stream(ids).map(id -> random.nextInt(1000)).toArray();
            long at = 10L * (random.nextInt(8) == 0 ? 1 + random.nextInt(time) : time);
            Cells more = new Cells();
            for (int i = ids.length - 1; i >= 0; i--) {
                cells.computeIfAbsent(ids[i], any -> new TreeMap<>()).putIfAbsent(at, parents[i]);
                more.add(ids[i], at, parents[i]);
            }
            more.sort();
            page = page.with(more.page());
        }
        assertThat(page.size()).isEqualTo(cells.values().stream().mapToInt(TreeMap::size).sum());
        assertThat(page.isEmpty()).isEqualTo(cells.isEmpty());
        for (long id = 0; id < NODES; id++) {
            TreeMap<Long, Long> of = cells.getOrDefault(id, new TreeMap<>());
            for (long at = 0; at <= 10L * edits + 5; at += 5) {
                Map.Entry<Long, Long> expected = of.floorEntry(at);
                assertThat(page.parent(id, at)).isEqualTo(expected == null ? ParentPage.NONE : expected.getValue());
                assertThat(page.since(id, at)).isEqualTo(expected == null ? ParentPage.NONE : expected.getKey());
            }
        }
    }
}
