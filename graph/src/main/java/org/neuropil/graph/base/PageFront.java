package org.neuropil.graph.base;

import static it.unimi.dsi.fastutil.HashCommon.mix;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/// Pages of a cache where a look costs one read of an array: a cache has to note who asked, and a graph of many chunks
/// asks for another page with each supervoxel. Holds none that the cache has let go of. Safe for any number of threads.
final class PageFront {
    private static final int MOST = 1 << 20;

    /// By a part of the mixed id of their chunk; of two that share a place, the later.
    private final AtomicReferenceArray<HierarchyPage> pages;
    private final int mask;

    /// @param chunks of the graph
    PageFront(long chunks) {
        int size = Integer.highestOneBit(Math.clamp(2 * chunks, 1, MOST));
        this.pages = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    private int place(long chunkId) {
        return (int) (mix(chunkId) & mask);
    }

    /// The page of a chunk if it is here.
    @Nullable
    HierarchyPage get(long chunkId) {
        HierarchyPage page = pages.get(place(chunkId));
        return page != null && page.chunkId() == chunkId ? page : null;
    }

    /// Keeps a page that the cache has.
    void put(HierarchyPage page, IdCache<HierarchyPage> cache) {
        pages.set(place(page.chunkId()), page);
        if (cache.getIfPresent(page.chunkId()) != page) {
            remove(page); // it went before it was kept here
        }
    }

    void remove(HierarchyPage page) {
        pages.compareAndSet(place(page.chunkId()), page, null);
    }
}
