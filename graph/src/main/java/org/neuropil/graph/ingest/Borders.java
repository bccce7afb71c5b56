package org.neuropil.graph.ingest;

import java.util.TreeMap;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.EdgeTable;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// Compares what two chunks say of the edges between them, by sums that each makes of its own.
final class Borders {
    private static final String HINT = "an edge between chunks must stand in the files of both, with equal affinity and "
            + "area, and be active in both or in none";

    private Borders() {}

    /// What is kept of a chunk's layer 2.
    static ChunkFile file(NodeIds ids, long chunkId, Level2 level2) {
        EdgeTable edges = level2.edges();
        long own = chunkId ^ 3L << 56;
        TreeMap<Long, long[]> sums = new TreeMap<>();
        long inside = 0;
        long lastChunk = 0;
        long[] last = new long[2];
        for (int row = 0; row < edges.numbers().length; row++) {
            for (int e = edges.first()[row]; e < edges.first()[row + 1]; e++) {
                long chunk = ids.chunkId(edges.far()[e]);
                if (chunk == own) {
                    inside++;
                    continue;
                }
                if (chunk != lastChunk) {
                    last = sums.computeIfAbsent(chunk, _ -> new long[2]);
                    lastChunk = chunk;
                }
                last[0]++;
                last[1] += hash(own | edges.numbers()[row], edges, e);
            }
        }
        ChunkFile.Border[] borders = sums.entrySet().stream()
                .map(s -> new ChunkFile.Border(s.getKey(), s.getValue()[0], s.getValue()[1]))
                .toArray(ChunkFile.Border[]::new);
        return new ChunkFile(new ChunkFile.Counts(level2.supervoxels().length, level2.count(), inside,
                edges.size() - inside), borders, level2.supervoxels(), level2.node());
    }

    /// A number of an edge that is the same seen from both ends.
    private static long hash(long own, EdgeTable edges, int e) {
        long far = edges.far()[e];
        long hash = mix(Math.min(own, far));
        hash = mix(hash ^ Math.max(own, far));
        hash = mix(hash ^ Float.floatToIntBits(edges.affinity()[e]));
        return mix(hash ^ edges.area()[e] << 1 ^ (edges.active()[e] ? 1 : 0));
    }

    /// The finalizer of MurmurHash3.
    private static long mix(long value) {
        long v = value ^ value >>> 33;
        v *= 0xff51afd7ed558ccdL;
        v ^= v >>> 33;
        v *= 0xc4ceb9fe1a85ec53L;
        return v ^ v >>> 33;
    }

    /// What the chunks disagree about.
    static InputException difference(NodeIds ids, Int3 chunk, EdgeTable edges, Int3 other, EdgeTable back) {
        long own = ids.id(1, chunk, 0);
        long there = ids.id(1, other, 0);
        InputException first = oneWay(ids, own, edges, there, back);
        if (first != null) {
            return first;
        }
        InputException second = oneWay(ids, there, back, own, edges);
        return second != null
                ? second
                : new InputException("the edges between them differ", "chunks " + chunk + " and " + other, HINT);
    }

    private static @org.jspecify.annotations.Nullable InputException oneWay(NodeIds ids, long chunk, EdgeTable edges,
            long other, EdgeTable back) {
        for (int row = 0; row < edges.numbers().length; row++) {
            long own = chunk | edges.numbers()[row];
            for (int e = edges.first()[row]; e < edges.first()[row + 1]; e++) {
                long far = edges.far()[e];
                if (ids.chunkId(far) != other) {
                    continue;
                }
                int found = find(back, ids.number(far), own);
                if (found < 0 || hash(own, edges, e) != hash(far, back, found)) {
                    return new InputException("the edge from supervoxel " + Long.toUnsignedString(own) + " to "
                            + Long.toUnsignedString(far) + " (affinity " + edges.affinity()[e] + ", area "
                            + edges.area()[e] + ", active " + edges.active()[e] + ") "
                            + (found < 0
                                    ? "is missing"
                                    : "has affinity " + back.affinity()[found] + ", area " + back.area()[found]
                                            + ", active " + back.active()[found]),
                            "edges of chunk " + ids.chunk(other), HINT);
                }
            }
        }
        return null;
    }

    private static int find(EdgeTable edges, long number, long far) {
        for (int e = edges.begin(number); e < edges.end(number); e++) {
            if (edges.far()[e] == far) {
                return e;
            }
        }
        return -1;
    }
}
