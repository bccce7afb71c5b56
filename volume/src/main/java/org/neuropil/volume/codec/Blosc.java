package org.neuropil.volume.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

import com.scalableminds.bloscjava.Blosc.Compressor;

/// Blosc buffers of version 1, through C-Blosc. There is no library for Linux on other processors than x86-64.
///
/// @param inner the compressor within
/// @param level 0 (store only) to 9
/// @param shuffle how bytes are put before they are compressed
/// @param typeSize bytes of an element, for the shuffle, 1 to 255
/// @param blockSize bytes compressed at a time; 0 for the library's choice
public record Blosc(Inner inner, int level, Shuffle shuffle, int typeSize, int blockSize) implements ByteCodec {
    private static final int HEADER = 16;
    private static final int INNER_BITS = 5;
    private static final int COPIED = 2;

    /// Compressors within Blosc, in the order of their numbers in the header.
    public enum Inner {
        /// FastLZ's descendant.
        BLOSCLZ(Compressor.BLOSCLZ),
        /// LZ4.
        LZ4(Compressor.LZ4),
        /// LZ4 that looks longer for matches; the same format.
        LZ4HC(Compressor.LZ4HC),
        /// Deflate.
        ZLIB(Compressor.ZLIB),
        /// Zstandard.
        ZSTD(Compressor.ZSTD);

        private final Compressor library;

        Inner(Compressor library) {
            this.library = library;
        }

        /// The name in metadata: `lz4`.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How bytes are put before they are compressed.
    public enum Shuffle {
        /// As they are.
        NONE("noshuffle", com.scalableminds.bloscjava.Blosc.Shuffle.NO_SHUFFLE),
        /// First bytes of all elements, then second bytes.
        BYTES("shuffle", com.scalableminds.bloscjava.Blosc.Shuffle.BYTE_SHUFFLE),
        /// First bits of all elements, then second bits.
        BITS("bitshuffle", com.scalableminds.bloscjava.Blosc.Shuffle.BIT_SHUFFLE);

        private final String text;
        private final com.scalableminds.bloscjava.Blosc.Shuffle library;

        Shuffle(String text, com.scalableminds.bloscjava.Blosc.Shuffle library) {
            this.text = text;
            this.library = library;
        }

        /// The name in metadata of Zarr version 3; elsewhere it is its number.
        public String text() {
            return text;
        }
    }

    @Override
    public String text() {
        return "blosc " + inner.text();
    }

    @Override
    public byte[] encode(byte[] bytes) {
        try {
            return com.scalableminds.bloscjava.Blosc.compress(bytes, typeSize, inner.library, level, shuffle.library,
                    blockSize, 1);
        } catch (LinkageError e) {
            throw new IllegalStateException("the Blosc library has no build for this machine", e);
        }
    }

    /// @throws IOException also if the compressor within is one that the library lacks
    @Override
    public byte[] decode(byte[] bytes, int limit) throws IOException {
        if (bytes.length < HEADER) {
            throw new IOException("is cut short (blosc)");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int flags = header.get(2);
        int length = header.getInt(4);
        int block = header.getInt(8);
        int stored = header.getInt(12);
        if (stored != bytes.length) {
            throw new IOException("has " + bytes.length + " bytes in place of the " + Integer.toUnsignedLong(stored)
                    + " that it says (blosc)");
        }
        if (length < 0 || length > limit) {
            throw new IOException("says that it holds " + Integer.toUnsignedLong(length) + " bytes, more than the "
                    + limit + " that it may (blosc)");
        }
        if (length == 0) {
            return new byte[0];
        }
        int number = flags >> INNER_BITS & 7;
        if (block <= 0 || (flags & COPIED) == 0 && number == 2 || number > 4) {
            throw new IOException("has a wrong header, or is compressed by snappy, which is not supported (blosc)");
        }
        try {
            return com.scalableminds.bloscjava.Blosc.decompress(bytes, 1);
        } catch (RuntimeException e) {
            throw new IOException("is not blosc: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new IOException("cannot be read, because the Blosc library has no build for this machine", e);
        }
    }
}
