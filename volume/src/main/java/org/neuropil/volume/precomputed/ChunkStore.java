package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;

/// The encoded chunks of a mip, by their voxels (clipped at the volume's end); compression is the store's own business.
sealed interface ChunkStore extends Serializable permits ChunkFiles, ChunkShards {
    /// Takes an encoded chunk that was read.
    @FunctionalInterface
    interface Sink {
        /// @param bytes not to be kept: the next chunk may come in the same array
        void put(Box chunk, byte[] bytes) throws IOException;
    }

    /// Gives an encoded chunk that is to be written; empty to leave it out.
    @FunctionalInterface
    interface Source {
        Optional<byte[]> get(Box chunk) throws IOException;
    }

    /// Reads a chunk; empty if it was never written.
    ///
    /// @param limit the most bytes it may have
    Optional<byte[]> get(Box chunk, int limit) throws IOException;

    /// Reads chunks, those that were written; several at a time where the store likes that, in any order.
    void get(List<Box> chunks, int limit, Sink sink) throws IOException;

    /// Writes chunks; those of a shard must all be given.
    void put(List<Box> chunks, Source source) throws IOException;

    /// What messages call a chunk.
    String name(Box chunk);

    /// What there is to say of it after the encoding: `, gzip`.
    String storage();
}
