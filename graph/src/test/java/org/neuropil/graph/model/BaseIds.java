package org.neuropil.graph.model;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;

/// The ids that ingest gives.
final class BaseIds {
    private BaseIds() {}

    /// Layer 2 is numbered from 1 in the order of the smallest supervoxels of a chunk. A higher node bears the number of
    /// its smallest descendant of layer 2, and above that the place of its chunk within its own chunk.
    static Map<ModelNode, Long> of(State state, int anchorBits) {
        NodeIds ids = state.ids;
        Map<ModelNode, Long> known = new IdentityHashMap<>();
        Map<Long, Long> last = new HashMap<>();
        for (ModelNode node : state.nodes) {
            if (node.layer == 1) {
                known.put(node, node.supervoxels.first());
            } else if (node.layer == 2) {
                known.put(node, node.chunk + last.merge(node.chunk, 1L, Long::sum));
            } else {
                long anchor = node.down(2).stream().map(below -> known.getOrDefault(below, 0L))
                        .min(Long::compareUnsigned).orElseThrow();
                int halvings = node.layer - 2;
                Int3 chunk = ids.chunk(anchor);
                int mask = (1 << halvings) - 1;
                long place = (long) (chunk.x() & mask) << 2 * halvings | (long) (chunk.y() & mask) << halvings
                        | chunk.z() & mask;
                known.put(node, node.chunk + (place << anchorBits | ids.number(anchor)));
            }
        }
        return known;
    }

    /// The smallest number that ingest leaves free in a chunk of a layer.
    static long firstFree(State base, Map<ModelNode, Long> known, int anchorBits, long chunkId) {
        int layer = NodeIds.layer(chunkId);
        if (layer > 2) {
            return 1L << 3 * (layer - 2) + anchorBits;
        }
        long largest = 0;
        for (ModelNode node : base.nodes) {
            if (node.chunk == chunkId) {
                largest = Math.max(largest, base.ids.number(known.getOrDefault(node, 0L)));
            }
        }
        return largest + 1;
    }

    /// Bits of the largest number of a layer-2 node.
    static int anchorBits(State state) {
        Map<Long, Long> count = new HashMap<>();
        long largest = 0;
        for (ModelNode node : state.nodes) {
            if (node.layer == 2) {
                largest = Math.max(largest, count.merge(node.chunk, 1L, Long::sum));
            }
        }
        return Long.SIZE - Long.numberOfLeadingZeros(largest);
    }
}
