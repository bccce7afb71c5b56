package org.neuropil.volume.precomputed;

/// How chunk files are written, on top of their encoding. Either is read, whichever is there.
public enum ChunkCompression {
    /// As they are, under the chunk's key: any web server can serve them.
    NONE,
    /// Gzip under the chunk's key with `.gz` at the end, as CloudVolume writes and reads them in folders. A web server
    /// must be told to serve such a file under the name without `.gz` and with `Content-Encoding: gzip`.
    GZIP
}
