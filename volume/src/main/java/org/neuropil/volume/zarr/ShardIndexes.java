package org.neuropil.volume.zarr;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// Indices of shards that were read of late, up to a size.
final class ShardIndexes {
    private static final long MOST_BYTES = 32 << 20;
    private static final int ENTRY_BYTES = 256;

    private final Map<String, long[]> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    synchronized long @Nullable [] get(String key) {
        return entries.get(key);
    }

    synchronized void put(String key, long[] index) {
        if (size(index) > MOST_BYTES / 2) {
            return;
        }
        remove(key);
        entries.put(key, index);
        bytes += size(index);
        Iterator<Map.Entry<String, long[]>> oldest = entries.entrySet().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    synchronized void remove(String key) {
        long[] before = entries.remove(key);
        bytes -= before == null ? 0 : size(before);
    }

    private static long size(long[] index) {
        return ENTRY_BYTES + 8L * index.length;
    }
}
