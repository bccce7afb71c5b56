package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends GraphStoreThreads {
    @TempDir
    private Path folder;

    @Override
    GraphStore fresh() throws IOException {
        return RocksStore.open(folder.resolve("rocksdb"), 8 << 20);
    }

    @Override
    boolean exclusive() {
        return true;
    }
}
