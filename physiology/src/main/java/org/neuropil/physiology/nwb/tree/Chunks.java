package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Decoded chunks that were read last, so that who reads an array column by column decodes each chunk once. Safe for use by
/// several threads.
public final class Chunks {
    /// Keeps none.
    public static final Chunks NONE = new Chunks(0);

    private static final byte[] NEVER_WRITTEN = new byte[0];

    private final long most;
    private final Map<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param most bytes to keep
    public Chunks(long most) {
        this.most = most;
    }

    /// The bytes of a chunk, not to be changed; none if it was never written.
    byte[] read(Array array, int[] corner) throws IOException {
        if (most == 0) {
            return array.read(corner).orElse(NEVER_WRITTEN);
        }
        String key = array.path() + Arrays.toString(corner);
        synchronized (kept) {
            byte[] there = kept.get(key);
            if (there != null) {
                return there;
            }
        }
        byte[] read = array.read(corner).orElse(NEVER_WRITTEN);
        if (read.length > 0 && read.length <= most) {
            keep(key, read);
        }
        return read;
    }

    private void keep(String key, byte[] read) {
        synchronized (kept) {
            byte[] before = kept.put(key, read);
            bytes += read.length - (before == null ? 0 : before.length);
            var eldest = kept.entrySet().iterator();
            while (bytes > most) {
                bytes -= eldest.next().getValue().length;
                eldest.remove();
            }
        }
    }
}
