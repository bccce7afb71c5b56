package org.neuropil.circuits.graph;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Edges that come and go.
sealed interface EdgeSet {
    boolean has(int from, int to);

    void add(int from, int to);

    void remove(int from, int to);

    /// The edges of a graph: a bit for each pair of few vertices, 32 MiB at most; else a hash of the edges.
    static EdgeSet of(DirectedGraph graph) {
        EdgeSet set = graph.vertices() <= Bits.MOST
                ? new Bits(graph.vertices(), new long[graph.vertices() * ((graph.vertices() + 63) / 64)])
                : new Hash(new LongOpenHashSet(graph.edges()));
        for (int v = 0; v < graph.vertices(); v++) {
            for (int i = graph.start(v); i < graph.start(v + 1); i++) {
                set.add(v, graph.target(i));
            }
        }
        return set;
    }

    /// Rows of bits.
    record Bits(int vertices, long[] words) implements EdgeSet {
        private static final int MOST = 16_384;

        @Override
        public boolean has(int from, int to) {
            return (words[from * ((vertices + 63) / 64) + (to >> 6)] >>> to & 1) != 0;
        }

        @Override
        public void add(int from, int to) {
            words[from * ((vertices + 63) / 64) + (to >> 6)] |= 1L << to;
        }

        @Override
        public void remove(int from, int to) {
            words[from * ((vertices + 63) / 64) + (to >> 6)] &= ~(1L << to);
        }
    }

    /// Both vertices in a number.
    record Hash(LongOpenHashSet edges) implements EdgeSet {
        @Override
        public boolean has(int from, int to) {
            return edges.contains(key(from, to));
        }

        @Override
        public void add(int from, int to) {
            edges.add(key(from, to));
        }

        @Override
        public void remove(int from, int to) {
            edges.remove(key(from, to));
        }

        private static long key(int from, int to) {
            return (long) from << 32 | to;
        }
    }
}
