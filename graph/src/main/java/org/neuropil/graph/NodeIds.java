package org.neuropil.graph;

import java.io.Serializable;

import org.neuropil.space.Int3;

/// How a graph's node ids are laid out, bit for bit as in CAVE's chunked graph (Dorkenwald et al. 2022), because clients
/// compute with them: 8 bits of layer, then x, y and z of the node's chunk, then a number within the chunk.
///
/// Layer 1 are supervoxels, layer 2 the pieces of cells within a chunk, each further layer halves the grid of chunks,
/// and the last has one chunk, whose nodes are the roots. Layers 1 and 2 have the same chunks and bits; layer L above
/// has `max(1, layers - L)` bits an axis. Ids of a chunk, and of a layer, are neighbours in unsigned order. 0 is no node.
///
/// @param layers number of layers, 2 to 32; the layer of roots
/// @param bits spatial bits per axis of layers 1 and 2
public record NodeIds(int layers, int bits) implements Serializable {
    private static final int LAYER_SHIFT = 56;

    /// @throws IllegalArgumentException if the bits are too few for the layers or leave no room for numbers
    public NodeIds {
        if (layers < 2 || layers > 32 || bits < Math.max(1, layers - 2) || bits > 17) {
            throw new IllegalArgumentException(layers + " layers with " + bits + " spatial bits");
        }
    }

    /// Layer of a node, 0 for id 0.
    public static int layer(long node) {
        return (int) (node >>> LAYER_SHIFT);
    }

    /// Spatial bits per axis of a layer.
    ///
    /// @param layer 1 to [#layers]
    public int bits(int layer) {
        return layer <= 2 ? bits : Math.max(1, layers - layer);
    }

    /// Bits of the number within a chunk of a layer.
    public int numberBits(int layer) {
        return LAYER_SHIFT - 3 * bits(layer);
    }

    /// True if the id has a layer of this graph.
    public boolean isNode(long node) {
        int layer = layer(node);
        return layer >= 1 && layer <= layers;
    }

    /// Id of a node.
    ///
    /// @param chunk position in the grid of the layer
    /// @param number within the chunk, 0 for the id of the chunk itself
    /// @throws IllegalArgumentException if something does not fit
    public long id(int layer, Int3 chunk, long number) {
        if (layer < 1 || layer > layers) {
            throw new IllegalArgumentException("layer " + layer + " of " + layers);
        }
        int b = bits(layer);
        int numberBits = LAYER_SHIFT - 3 * b;
        int limit = 1 << b;
        if (chunk.x() < 0 || chunk.y() < 0 || chunk.z() < 0 || chunk.x() >= limit || chunk.y() >= limit
                || chunk.z() >= limit) {
            throw new IllegalArgumentException("chunk " + chunk + " with " + b + " spatial bits");
        }
        if (number < 0 || number >= 1L << numberBits) {
            throw new IllegalArgumentException("number " + number + " with " + numberBits + " bits");
        }
        return (long) layer << LAYER_SHIFT | (long) chunk.x() << LAYER_SHIFT - b
                | (long) chunk.y() << LAYER_SHIFT - 2 * b
                | (long) chunk.z() << numberBits | number;
    }

    /// Number of a node within its chunk.
    public long number(long node) {
        return node & (1L << numberBits(layer(node))) - 1;
    }

    /// Id of a node's chunk: the node's, with number 0.
    public long chunkId(long node) {
        return node & -(1L << numberBits(layer(node)));
    }

    /// Position of a node's chunk in the grid of its layer.
    public Int3 chunk(long node) {
        int b = bits(layer(node));
        int mask = (1 << b) - 1;
        return new Int3((int) (node >>> LAYER_SHIFT - b) & mask, (int) (node >>> LAYER_SHIFT - 2 * b) & mask,
                (int) (node >>> LAYER_SHIFT - 3 * b) & mask);
    }

    /// Id of the chunk of a higher layer, or the same, that contains a node's chunk.
    ///
    /// @param layer from the node's layer to [#layers]
    public long chunkAt(long node, int layer) {
        int own = layer(node);
        if (own == layer) {
            return chunkId(node);
        }
        Int3 c = chunk(node);
        // Layers 1 and 2 share their grid.
        int halvings = layer - Math.max(own, 2);
        return halvings <= 0
                ? id(layer, c, 0)
                : id(layer, new Int3(c.x() >> halvings, c.y() >> halvings, c.z() >> halvings), 0);
    }

    /// The lowest layer, 2 or above, at which two supervoxels lie in one chunk. An edge between them can be inside of
    /// nodes from this layer on. CAVE's "edge layer" or "cross chunk layer" is one less.
    ///
    /// @param a supervoxel
    /// @param b supervoxel
    public int commonLayer(long a, long b) {
        int shift = LAYER_SHIFT - 3 * bits;
        long difference = (a ^ b) >>> shift & (1L << 3 * bits) - 1;
        long mask = (1L << bits) - 1;
        long any = difference >>> 2 * bits | difference >>> bits & mask | difference & mask;
        return 2 + 64 - Long.numberOfLeadingZeros(any);
    }
}
