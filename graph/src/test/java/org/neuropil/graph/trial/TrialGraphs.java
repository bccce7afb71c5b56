package org.neuropil.graph.trial;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// Opens graphs of made worlds.
final class TrialGraphs {
    private static final long CACHE = 4 << 20;

    private TrialGraphs() {}

    static LiveGraph open(GraphInfo info, GraphStore store) throws IOException {
        return open(info, store, Clock.systemUTC());
    }

    static LiveGraph open(GraphInfo info, GraphStore store, Clock clock) throws IOException {
        return LiveGraph.open(info, store, new StoredBase(info, store, CACHE), null, clock, CACHE);
    }

    /// What some graph is of, until there is the one in question.
    static GraphInfo any() {
        Box box = Box.of(Int3.ZERO, Int3.all(1));
        return new GraphInfo(box, Int3.all(1), new VoxelSize(1, 1, 1), 2, 1, 1, Instant.EPOCH, 0, 0);
    }

    /// What the graph of a made world is of.
    static GraphInfo info(Links links) throws IOException {
        try (MemoryStore store = new MemoryStore()) {
            return links.load(store);
        }
    }
}
