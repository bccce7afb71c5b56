package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.util.Arrays;

/// Chunks that h5py compresses with LibLZF: runs of bytes as they are, and copies of bytes from up to 8 KiB before.
final class Lzf {
    private Lzf() {}

    /// @param limit the most bytes that may come out
    /// @throws IOException if these are other bytes
    static byte[] decode(byte[] bytes, int limit) throws IOException {
        byte[] out = new byte[limit];
        int from = 0;
        int to = 0;
        while (from < bytes.length) {
            int control = bytes[from++] & 0xff;
            boolean copy = control >= 1 << 5;
            int length = control + 1;
            int back = 0;
            if (copy) {
                boolean more = control >>> 5 == 7;
                if (from + (more ? 2 : 1) > bytes.length) {
                    throw new IOException("is cut short (lzf)");
                }
                length = (control >>> 5) + 2 + (more ? bytes[from++] & 0xff : 0);
                back = ((control & 0x1f) << 8 | bytes[from++] & 0xff) + 1;
            }
            if (length > limit - to) {
                throw new IOException("holds more than the " + limit + " bytes that it may");
            }
            if (back > to || !copy && length > bytes.length - from) {
                throw new IOException("is not lzf");
            }
            if (!copy) {
                System.arraycopy(bytes, from, out, to, length);
                from += length;
                to += length;
            }
            // One by one, since bytes that are copied may be copied again.
            for (int end = to + (copy ? length : 0); to < end; to++) {
                out[to] = out[to - back];
            }
        }
        return to == limit ? out : Arrays.copyOf(out, to);
    }
}
