package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Int3;

/// Moments that milliseconds cannot count are before, or after, all others.
class FarMomentsTest {
    @Test
    void theFarPastHasNoRootsAndTheFarFutureThoseOfNow() throws IOException {
        Links links = Links.made(3, new Int3(2, 2, 2));
        MemoryStore store = new MemoryStore();
        GraphInfo info = links.load(store);
        try (LiveGraph graph = TrialGraphs.open(info, store)) {
            long[] supervoxels = links.supervoxels();
            long[] now = graph.roots(supervoxels, Graph.NOW, info.layers());
            assertThat(now).doesNotContain(0);
            for (Instant past : new Instant[]{Instant.MIN, Instant.ofEpochMilli(Long.MIN_VALUE), Instant.EPOCH
                    .minusSeconds(1)}) {
                assertThat(graph.roots(supervoxels, past, info.layers())).as("%s", past).containsOnly(0);
                assertThat(graph.isLatest(now, past)).as("%s", past).containsOnly(false);
                assertThat(graph.replaced(now, past)).as("%s", past).containsOnlyNulls();
            }
            for (Instant future : new Instant[]{Instant.ofEpochMilli(Long.MAX_VALUE), Instant.MAX.minusSeconds(1)}) {
                assertThat(graph.roots(supervoxels, future, info.layers())).as("%s", future).containsExactly(now);
            }
        }
    }
}
