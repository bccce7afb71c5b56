package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;

import org.neuropil.graph.Graph;
import org.neuropil.graph.base.StoredBase;
import org.neuropil.graph.ingest.BaseBuilder;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;

/// The graph that people edit, over what ingest wrote to a store, agrees with the model. A subclass says which store, and
/// what happens to it in the middle of things.
abstract class StoredGraphAgreesWithModel extends GraphAgreesWithModel {
    /// Small, so that pages are forgotten and read again.
    private static final long CACHE_BYTES = 1 << 16;

    /// An empty store.
    protected abstract GraphStore fresh() throws IOException;

    @Override
    protected Graph open(SmallWorld world) throws IOException {
        GraphStore store = fresh();
        assertThat(BaseBuilder.build(world.plan(), world::input, store)).isEqualTo(world.info);
        return live(world, store);
    }

    /// A graph over a store that has one already.
    protected static Graph live(SmallWorld world, GraphStore store) throws IOException {
        return LiveGraph.open(world.info, store, new StoredBase(world.info, store, CACHE_BYTES),
                world.isFine() ? world.volume() : null, Clock.systemUTC(), CACHE_BYTES);
    }

    @Override
    protected boolean clicksNodes(SmallWorld world) {
        return world.isFine();
    }
}
