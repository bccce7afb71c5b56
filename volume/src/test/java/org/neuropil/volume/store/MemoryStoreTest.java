package org.neuropil.volume.store;

class MemoryStoreTest extends StoreContract {
    @Override
    Store store() {
        return new MemoryStore();
    }
}
