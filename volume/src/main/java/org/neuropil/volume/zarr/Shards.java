package org.neuropil.volume.zarr;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Crc32c;

/// How the chunks of a shard lie in its file.
///
/// @param order dimensions in the order in which the index counts chunks, the fastest last
/// @param chunks of a shard
/// @param bigEndian of the index
/// @param checksums how many of them stand behind the index, each over what is before it
/// @param atEnd true if the index is at the end, false if it is at the beginning
/// @param steps what is done to the whole file's bytes, in order of writing; empty as a rule
record Shards(int[] order, int chunks, boolean bigEndian, int checksums, boolean atEnd,
        List<ByteCodec> steps) implements Serializable {
    /// In place of offset and length of a chunk that is not there.
    static final long ABSENT = -1;
    /// Bytes of the index for one chunk.
    static final int ENTRY = 16;

    int indexBytes() {
        return chunks * ENTRY + checksums * Crc32c.BYTES;
    }

    /// Offset and length of each chunk.
    ///
    /// @throws IOException if it is damaged; the message goes after the shard's name
    long[] decodeIndex(byte[] stored) throws IOException {
        if (stored.length != indexBytes()) {
            throw new IOException("has fewer bytes than the " + indexBytes() + " of its index");
        }
        byte[] bytes = stored;
        for (int i = 0; i < checksums; i++) {
            try {
                bytes = new Crc32c().decode(bytes, bytes.length);
            } catch (IOException e) {
                throw new IOException("has an index that " + e.getMessage(), e);
            }
        }
        long[] index = new long[2 * chunks];
        ByteBuffer.wrap(bytes).order(byteOrder()).asLongBuffer().get(index);
        for (int i = 0; i < index.length; i += 2) {
            boolean absent = index[i] == ABSENT && index[i + 1] == ABSENT;
            if (!absent && (index[i] < 0 || index[i + 1] < 0 || index[i + 1] > Integer.MAX_VALUE - 8
                    || index[i] > Long.MAX_VALUE - index[i + 1])) {
                throw new IOException("is said to have " + Long.toUnsignedString(index[i + 1]) + " bytes of chunk "
                        + i / 2 + " from byte " + Long.toUnsignedString(index[i]) + " on");
            }
        }
        return index;
    }

    byte[] encodeIndex(long[] index) {
        byte[] bytes = new byte[Math.multiplyExact(chunks, ENTRY)];
        ByteBuffer.wrap(bytes).order(byteOrder()).asLongBuffer().put(index);
        for (int i = 0; i < checksums; i++) {
            bytes = new Crc32c().encode(bytes);
        }
        return bytes;
    }

    private ByteOrder byteOrder() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
