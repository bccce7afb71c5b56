package org.neuropil.graph.model;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.neuropil.graph.Graph;
import org.neuropil.graph.store.BigtableStore;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.StoreAddress;

import com.google.cloud.bigtable.emulator.v2.Emulator;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// In Google's emulator of Bigtable, a table for each world; now and then another server goes on.
class BigtableGraphTest extends StoredGraphAgreesWithModel {
    private static final AtomicInteger TABLES = new AtomicInteger();
    @SuppressWarnings("NullAway.Init")
    private static Emulator emulator;

    private StoreAddress address = new StoreAddress("lab", "graphs", "none");
    private int asked;

    @BeforeContainer
    static void start() throws Exception {
        emulator = Emulator.createBundled();
        emulator.start();
    }

    @AfterContainer
    static void stop() {
        emulator.stop();
    }

    private GraphStore store() throws IOException {
        return BigtableStore.open(address, "localhost:" + emulator.getPort());
    }

    @Override
    protected GraphStore fresh() throws IOException {
        address = new StoreAddress("lab", "graphs", "world" + TABLES.incrementAndGet());
        return store();
    }

    @Override
    protected Graph again(SmallWorld world, Graph graph) throws IOException {
        if (++asked % 3 > 0) {
            return graph;
        }
        graph.close();
        return live(world, store());
    }

    @Override
    protected int operations() {
        return 6;
    }

    @Override
    protected int tries() {
        return 2;
    }
}
