package org.neuropil.graph.base;

import java.io.IOException;

import org.neuropil.space.Int3;

/// The graph as ingest left it. It never changes; safe for any number of threads.
///
/// Every node belongs to a layer-2 chunk: supervoxels and layer-2 nodes to the one they lie in, a higher node to that of
/// its smallest (unsigned) layer-2 descendant, whose number it bears. So what is known about a chunk's nodes is three
/// rows, and no row grows with the volume.
public interface Base {
    /// True if ingest made this supervoxel or node.
    boolean contains(long node) throws IOException;

    /// The parent of a node: its layer may be any higher one (skip connections). 0 for a root and for a node that is not
    /// contained.
    long parent(long node) throws IOException;

    /// Children of a node, ascending (unsigned); none of a supervoxel and of a node that is not contained.
    long[] children(long node) throws IOException;

    /// Active edges that leave the chunk of a contained node of layer 2 or above.
    CrossEdges crossEdges(long node) throws IOException;

    /// Edges of the supervoxels of a chunk; empty if the chunk has none.
    EdgeTable edges(Int3 chunk) throws IOException;

    /// The smallest number that no node of ingest has in any chunk of a layer from 3 on; in a chunk of layers 1 and 2,
    /// the largest number that ingest gave there, plus 1.
    ///
    /// @param chunkId of any layer
    long firstFree(long chunkId) throws IOException;

    /// Looks at many nodes one after the other. For one thread; remembers where it looked last, so that nodes in the order
    /// of their ids cost least.
    interface Cursor {
        /// See [Base#contains].
        boolean contains(long node) throws IOException;

        /// See [Base#parent].
        long parent(long node) throws IOException;

        /// The root above a node; 0 for a root and for a node that is not contained.
        default long root(long node) throws IOException {
            long root = 0;
            for (long at = parent(node); at != 0; at = parent(at)) {
                root = at;
            }
            return root;
        }
    }

    /// A new cursor.
    default Cursor cursor() {
        return new Cursor() {
            @Override
            public boolean contains(long node) throws IOException {
                return Base.this.contains(node);
            }

            @Override
            public long parent(long node) throws IOException {
                return Base.this.parent(node);
            }
        };
    }
}
