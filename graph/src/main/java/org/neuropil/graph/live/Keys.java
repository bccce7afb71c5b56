package org.neuropil.graph.live;

import java.nio.ByteBuffer;

/// Keys of rows, big endian, so that their order is that of the numbers.
final class Keys {
    /// First byte of a key in the table of everything else.
    enum Meta {
        /// The operations whose rows are all written.
        APPLIED,
        /// Layer-2 chunks of which edits touched nodes.
        TOUCHED,
        /// Requests by digest.
        DIGEST,
        /// Locks by root.
        LOCK,
        /// Voxels of supervoxels that were cut, by chunk, time and supervoxel.
        PATCH,
        /// Supervoxels that were cut.
        CUT
    }

    private Keys() {}

    static byte[] of(long id) {
        return ByteBuffer.allocate(8).putLong(id).array();
    }

    static byte[] of(long id, long time) {
        return ByteBuffer.allocate(16).putLong(id).putLong(time).array();
    }

    static byte[] meta(Meta kind) {
        return new byte[]{(byte) kind.ordinal()};
    }

    static byte[] meta(Meta kind, long id) {
        return ByteBuffer.allocate(9).put((byte) kind.ordinal()).putLong(id).array();
    }

    /// Of a patch. A basin can have several supervoxels in a chunk, all cut at once.
    static byte[] patch(long chunkId, long time, long whole) {
        return ByteBuffer.allocate(25).put((byte) Meta.PATCH.ordinal()).putLong(chunkId).putLong(time).putLong(whole)
                .array();
    }

    static byte[] meta(Meta kind, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put((byte) kind.ordinal()).put(rest).array();
    }

    /// The key behind all keys of a kind.
    static byte[] behind(Meta kind) {
        return new byte[]{(byte) (kind.ordinal() + 1)};
    }

    /// The number that begins at a byte of a key or value.
    static long number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getLong(at);
    }
}
