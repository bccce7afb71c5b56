package org.neuropil.volume.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;

/// LZ4 blocks in the stream format of lz4-java, which N5 uses: each block behind the word `LZ4Block`, its lengths and a
/// checksum.
///
/// @param blockSize bytes of a block, 64 to 32 Mi
public record Lz4Stream(int blockSize) implements ByteCodec {
    /// The sizes that the format allows.
    public static final int LEAST_BLOCK = 64;
    /// As [#LEAST_BLOCK].
    public static final int MOST_BLOCK = 1 << 25;

    @Override
    public String text() {
        return "lz4";
    }

    @Override
    public byte[] encode(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LZ4BlockOutputStream blocks = new LZ4BlockOutputStream(out, blockSize)) {
            blocks.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        try (LZ4BlockInputStream in = LZ4BlockInputStream.newBuilder().build(new ByteArrayInputStream(bytes))) {
            byte[] out = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new IOException("holds more than the " + limit + " bytes that it may");
            }
            return out;
        }
    }
}
