package org.neuropil.graph.store;

class MemoryStoreTest extends GraphStoreThreads {
    @Override
    GraphStore fresh() {
        return new MemoryStore();
    }

    @Override
    boolean exclusive() {
        return true;
    }
}
