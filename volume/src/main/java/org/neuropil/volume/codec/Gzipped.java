package org.neuropil.volume.codec;

import java.io.IOException;

/// [Gzip] as a step.
///
/// @param level what the metadata says; bytes are written at [Gzip#LEVEL] whatever it says
public record Gzipped(int level) implements ByteCodec {
    @Override
    public String text() {
        return "gzip";
    }

    @Override
    public byte[] encode(byte[] bytes) {
        return Gzip.compress(bytes);
    }

    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        return Gzip.decompress(bytes, limit);
    }
}
