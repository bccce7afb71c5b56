package org.neuropil.graph.model;

import java.io.IOException;
import java.time.Clock;

import org.neuropil.graph.Graph;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.MemoryStore;

/// The graph that people edit agrees with the model.
class LiveGraphTest extends GraphAgreesWithModel {
    @Override
    protected Graph open(SmallWorld world) throws IOException {
        return LiveGraph.open(world.info, new MemoryStore(), new ModelBase(world), null, Clock.systemUTC(), 1 << 20);
    }
}
