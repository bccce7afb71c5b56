package org.neuropil.volume.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;

/// Zstandard frames of RFC 8878.
///
/// @param level of the library, -131072 to 22; 0 is its own choice
/// @param checksum true to store a checksum of the bytes; one that is there is checked either way
public record Zstd(int level, boolean checksum) implements ByteCodec {
    @Override
    public String text() {
        return "zstd";
    }

    @Override
    public byte[] encode(byte[] bytes) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setLevel(level).setChecksum(checksum).compress(bytes);
        }
    }

    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("is not zstd: it is empty");
        }
        try {
            long stated = com.github.luben.zstd.Zstd.getFrameContentSize(bytes);
            if (stated > limit) {
                throw tooLong(limit);
            }
            if (stated > 0 && com.github.luben.zstd.Zstd.findFrameCompressedSize(bytes) == bytes.length) {
                byte[] out = new byte[(int) stated];
                long length = com.github.luben.zstd.Zstd.decompressByteArray(out, 0, out.length, bytes, 0,
                        bytes.length);
                if (length != out.length) {
                    throw new IOException("holds " + length + " bytes in place of the " + stated + " that it says");
                }
                return out;
            }
        } catch (ZstdException e) {
            throw new IOException("is not zstd: " + e.getMessage(), e);
        }
        return decodeStream(bytes, limit);
    }

    /// Several frames, or one that does not say how long it is.
    private static byte[] decodeStream(byte[] bytes, int limit) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("is empty, which zstd never is");
        }
        byte[] out = new byte[(int) Math.min(limit, Math.max(1024, 4L * bytes.length))];
        int length = 0;
        try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes))) {
            while (true) {
                if (length == out.length) {
                    int next = in.read();
                    if (next < 0) {
                        return out;
                    }
                    if (length >= limit) {
                        throw tooLong(limit);
                    }
                    out = Arrays.copyOf(out, (int) Math.min(limit, 2L * length + 1));
                    out[length++] = (byte) next;
                }
                int n = in.read(out, length, out.length - length);
                if (n < 0) {
                    return Arrays.copyOf(out, length);
                }
                length += n;
            }
        }
    }

    private static IOException tooLong(int limit) {
        return new IOException("holds more than the " + limit + " bytes that it may");
    }
}
