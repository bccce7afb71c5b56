package org.neuropil.volume.sharded;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// Indices that were read of late: pieces of shards' indices and whole indices of minishards, up to a size.
final class IndexCache {
    private static final long MOST_BYTES = 32 << 20;
    private static final int ENTRY_BYTES = 128;

    private final Map<Key, long[]> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Key(boolean page, long shard, long number) {}

    long @Nullable [] page(long shard, long first) {
        return get(new Key(true, shard, first));
    }

    long @Nullable [] minishard(long shard, long number) {
        return get(new Key(false, shard, number));
    }

    void putPage(long shard, long first, long[] page) {
        put(new Key(true, shard, first), page);
    }

    void putMinishard(long shard, long number, long[] index) {
        put(new Key(false, shard, number), index);
    }

    synchronized void remove(long shard) {
        Iterator<Map.Entry<Key, long[]>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, long[]> entry = all.next();
            if (entry.getKey().shard() == shard) {
                bytes -= size(entry.getValue());
                all.remove();
            }
        }
    }

    private synchronized long @Nullable [] get(Key key) {
        return entries.get(key);
    }

    private synchronized void put(Key key, long[] index) {
        if (size(index) > MOST_BYTES / 2) {
            return;
        }
        long[] before = entries.put(key, index);
        bytes += size(index) - (before == null ? 0 : size(before));
        Iterator<Map.Entry<Key, long[]>> oldest = entries.entrySet().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    private static long size(long[] index) {
        return ENTRY_BYTES + 8L * index.length;
    }
}
