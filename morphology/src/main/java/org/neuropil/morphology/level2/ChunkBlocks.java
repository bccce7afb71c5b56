package org.neuropil.morphology.level2;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.neuropil.graph.Graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Blocks of chunks, the last ones kept. One that several threads ask for is read once.
final class ChunkBlocks {
    private final Graph graph;
    private final Lattice lattice;
    private final SupervoxelBlocks source;
    private final Cache<Long, ChunkBlock> kept;

    /// @param bytes most that are kept, about
    ChunkBlocks(Graph graph, Lattice lattice, SupervoxelBlocks source, long bytes) {
        this.graph = graph;
        this.lattice = lattice;
        this.source = source;
        // On the caller's thread, so that the bound holds at once.
        kept = Caffeine.newBuilder().maximumWeight(bytes).weigher((Long id, ChunkBlock block) -> block.bytes())
                .executor(Runnable::run).build();
    }

    /// The block of a node's chunk.
    ChunkBlock get(long node) throws IOException {
        try {
            return kept.get(lattice.info().ids().chunkAt(node, 2), id -> {
                try {
                    return ChunkBlock.read(lattice, source, id, graph.head());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Forgets a block that is too old, unless another has taken its place.
    void drop(long node, ChunkBlock old) {
        kept.asMap().remove(lattice.info().ids().chunkAt(node, 2), old);
    }
}
