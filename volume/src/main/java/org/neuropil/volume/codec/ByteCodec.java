package org.neuropil.volume.codec;

import java.io.IOException;
import java.io.Serializable;

/// Bytes to other bytes and back, as a step in how an array's chunk is stored.
public sealed interface ByteCodec extends Serializable permits Gzipped, Zlib, Zstd, Blosc, Lz4, Lz4Stream, Crc32c {
    /// What formats call it: `zstd`, `blosc lz4`.
    String text();

    /// The bytes to be stored; the array itself is never kept or changed.
    byte[] encode(byte[] bytes);

    /// The bytes that were stored.
    ///
    /// @param limit the most bytes that may come out; memory use is bounded by it and by the length of `bytes`
    /// @throws IOException if they are damaged or hold more than `limit`; the message goes after a chunk's name
    byte[] decode(byte[] bytes, int limit) throws IOException;

    /// The most bytes that `n` bytes may take when stored, by any writer that does not waste.
    ///
    /// @return at most the longest array
    static int mostEncoded(int n) {
        return (int) Math.min(Integer.MAX_VALUE - 8, n + (long) n / 8 + 1024);
    }
}
