package org.neuropil.graph;

import java.io.IOException;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayFIFOQueue;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;

/// Shortest chains of nodes.
public final class ShortestPath {
    private ShortestPath() {}

    /// Tells which nodes are joined to one.
    @FunctionalInterface
    public interface Neighbours {
        /// @return ascending, so that of several shortest chains always the same is found
        long[] of(long node) throws IOException;
    }

    /// A chain with the fewest nodes.
    ///
    /// @param from not 0
    /// @param to not 0
    /// @return both ends and all between; empty if there is none
    public static long[] between(long from, long to, Neighbours neighbours) throws IOException {
        Long2LongOpenHashMap before = new Long2LongOpenHashMap();
        LongArrayFIFOQueue queue = new LongArrayFIFOQueue();
        before.put(from, 0);
        queue.enqueue(from);
        while (!queue.isEmpty() && !before.containsKey(to)) {
            long node = queue.dequeueLong();
            for (long other : neighbours.of(node)) {
                if (before.putIfAbsent(other, node) == 0 && other != from) {
                    queue.enqueue(other);
                }
            }
        }
        LongArrayList path = new LongArrayList();
        for (long at = to; at != 0 && before.containsKey(at); at = before.get(at)) {
            path.add(at);
        }
        return LongArrays.reverse(path.toLongArray());
    }
}
