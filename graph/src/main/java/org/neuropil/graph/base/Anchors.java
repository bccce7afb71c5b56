package org.neuropil.graph.base;

import java.io.Serializable;

import org.neuropil.graph.NodeIds;

/// Which layer-2 chunk a node of ingest belongs to, and how its id says so. Supervoxels and layer-2 nodes belong to the
/// chunk they lie in. A higher node is anchored at its smallest (unsigned) layer-2 descendant D: its number is
/// `place << anchorBits | m`, with m the number of D and `place` the place of D's chunk within the node's,
/// `x << 2h | y << h | z` where h is the layer - 2.
///
/// @param ids layout of the ids
/// @param anchorBits bits of the largest number of a layer-2 node
public record Anchors(NodeIds ids, int anchorBits) implements Serializable {
    private static final int LAYER_SHIFT = 56;

    /// The chunk of layer 2 that a node would belong to if ingest made it: the id of the chunk; 0 if ingest cannot have
    /// made a node of this id. The chunk need not lie in the grid.
    public long chunkOf(long node) {
        int layer = (int) (node >>> LAYER_SHIFT);
        if (layer < 1 || layer > ids.layers()) {
            return 0;
        }
        int shift = LAYER_SHIFT - 3 * ids.bits();
        if (layer <= 2) {
            long place = (node & (1L << LAYER_SHIFT) - 1) >>> shift;
            return 2L << LAYER_SHIFT | place << shift;
        }
        int h = layer - 2;
        int b = ids.bits(layer);
        int numberBits = LAYER_SHIFT - 3 * b;
        long place = (node & (1L << numberBits) - 1) >>> anchorBits;
        long mask = (1L << h) - 1;
        long axis = (1L << b) - 1;
        long x = (node >>> LAYER_SHIFT - b & axis) << h | place >>> 2 * h & mask;
        long y = (node >>> LAYER_SHIFT - 2 * b & axis) << h | place >>> h & mask;
        long z = (node >>> numberBits & axis) << h | place & mask;
        if (place >>> 3 * h != 0 || (x | y | z) >>> ids.bits() != 0) {
            return 0;
        }
        return 2L << LAYER_SHIFT | (x << 2 * ids.bits() | y << ids.bits() | z) << shift;
    }

    /// The number of the layer-2 node that a node of layer 2 or above is anchored at.
    public long anchor(long node) {
        return node >>> LAYER_SHIFT == 2 ? ids.number(node) : node & (1L << anchorBits) - 1;
    }

    /// The id of the node of a layer that is anchored at a layer-2 node.
    ///
    /// @param layer 2 to the number of layers
    /// @param level2 a layer-2 node
    public long node(int layer, long level2) {
        if (layer == 2) {
            return level2;
        }
        int bits = ids.bits();
        int shift = LAYER_SHIFT - 3 * bits;
        long axis = (1L << bits) - 1;
        long x = level2 >>> shift + 2 * bits & axis;
        long y = level2 >>> shift + bits & axis;
        long z = level2 >>> shift & axis;
        int h = layer - 2;
        int b = ids.bits(layer);
        long mask = (1L << h) - 1;
        long place = (x & mask) << 2 * h | (y & mask) << h | z & mask;
        return (long) layer << LAYER_SHIFT
                | ((x >>> h) << 2 * b | (y >>> h) << b | z >>> h) << LAYER_SHIFT - 3 * b
                | place << anchorBits | level2 & (1L << shift) - 1;
    }

    /// The smallest number that no node of ingest has in any chunk of a layer.
    ///
    /// @param layer 3 to the number of layers
    public long firstFree(int layer) {
        return 1L << 3 * (layer - 2) + anchorBits;
    }

    /// The first layer, from 3 on, whose ids have no room for the nodes of ingest and as many new ones; 0 if all have.
    public int crowdedLayer() {
        for (int layer = 3; layer <= ids.layers(); layer++) {
            if (3 * (layer - 2) + anchorBits >= ids.numberBits(layer)) {
                return layer;
            }
        }
        return 0;
    }

    /// Bits that a number takes, at least 1.
    public static int bitsFor(long largest) {
        return Math.max(1, 64 - Long.numberOfLeadingZeros(largest));
    }
}
