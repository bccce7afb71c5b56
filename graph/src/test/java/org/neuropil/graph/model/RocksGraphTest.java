package org.neuropil.graph.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.pipeline.WorkRun;

import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/// In files, which are closed and opened again now and then.
class RocksGraphTest extends StoredGraphAgreesWithModel {
    private static final long CACHE_BYTES = 8 << 20;

    private @Nullable Path folder;
    private int stores;
    private int asked;

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("graph");
    }

    @AfterProperty
    void deleteFolder() throws IOException {
        WorkRun.delete(Objects.requireNonNull(folder));
    }

    private GraphStore store() throws IOException {
        return RocksStore.open(Objects.requireNonNull(folder).resolve(Integer.toString(stores)), CACHE_BYTES);
    }

    @Override
    protected GraphStore fresh() throws IOException {
        stores++;
        return store();
    }

    @Override
    protected Graph again(SmallWorld world, Graph graph) throws IOException {
        // Opening files takes a while.
        if (++asked % 3 > 0) {
            return graph;
        }
        graph.close();
        return live(world, store());
    }

    @Override
    protected int operations() {
        return 100;
    }
}
