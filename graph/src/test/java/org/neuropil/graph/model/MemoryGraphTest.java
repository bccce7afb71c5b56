package org.neuropil.graph.model;

import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;

class MemoryGraphTest extends StoredGraphAgreesWithModel {
    @Override
    protected GraphStore fresh() {
        return new MemoryStore();
    }
}
