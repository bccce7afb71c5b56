package org.neuropil.graph.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Int3;

class PageFrontTest {
    private static final int CHUNKS = 400;

    private static HierarchyPage page(long chunkId) throws IOException {
        return HierarchyPage.parse(Hierarchy.empty().toRow(chunkId), RandomPages.ANCHORS, chunkId, "row");
    }

    private static long chunk(int i) {
        return RandomPages.IDS.id(2, new Int3(i % 8, i / 8 % 8, i / 64), 0);
    }

    @Test
    void whatTheCacheHasLetGoOfIsNotHere() throws IOException {
        PageFront front = new PageFront(CHUNKS);
        IdCache<HierarchyPage> cache = new IdCache<>(50L * page(chunk(0)).weight(), HierarchyPage::weight,
                front::remove);
        List<HierarchyPage> pages = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            HierarchyPage page = cache.get(chunk(i), PageFrontTest::page);
            front.put(page, cache);
            pages.add(page);
        }
        int gone = 0;
        int here = 0;
        for (int i = 0; i < CHUNKS; i++) {
            if (cache.getIfPresent(chunk(i)) == null) {
                gone++;
                assertThat(front.get(chunk(i))).as("page %s", i).isNull();
            } else if (front.get(chunk(i)) != null) {
                here++;
                assertThat(front.get(chunk(i))).isSameAs(pages.get(i));
            }
        }
        assertThat(gone).isGreaterThan(CHUNKS / 2);
        assertThat(here).isPositive();
    }

    @Test
    void aPageThatIsNotInTheCacheIsNotKept() throws IOException {
        PageFront front = new PageFront(CHUNKS);
        IdCache<HierarchyPage> cache = new IdCache<>(1 << 20, HierarchyPage::weight, front::remove);
        front.put(page(chunk(3)), cache);
        assertThat(front.get(chunk(3))).isNull();
    }

    @Test
    void anotherChunkOfThePlaceIsNotTaken() throws IOException {
        PageFront front = new PageFront(1);
        IdCache<HierarchyPage> cache = new IdCache<>(1 << 20, HierarchyPage::weight, front::remove);
        for (int i = 0; i < 9; i++) {
            HierarchyPage page = cache.get(chunk(i), PageFrontTest::page);
            front.put(page, cache);
            assertThat(front.get(chunk(i))).isSameAs(page);
            assertThat(front.get(chunk(i + 1))).isNull();
        }
    }
}
