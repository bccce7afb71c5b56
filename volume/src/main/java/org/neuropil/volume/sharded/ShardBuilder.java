package org.neuropil.volume.sharded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.neuropil.space.InputException;
import org.neuropil.volume.codec.Gzip;

/// Makes the file of one shard. The bytes depend on what was added only, not on the order: values stand by minishard and
/// key, after them the minishards' indices. Used by one thread.
public final class ShardBuilder {
    private static final int MOST_MINISHARD_BITS = 24;

    private final ShardingSpec spec;
    private final long shard;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;

    private record Entry(long minishard, long key, byte[] before, byte[] value) {}

    /// A shard without values.
    ///
    /// @param shard its number
    /// @throws IllegalArgumentException if the shard's index alone were larger than 256 MiB
    public ShardBuilder(ShardingSpec spec, long shard) {
        if (spec.minishardBits() > MOST_MINISHARD_BITS) {
            throw new IllegalArgumentException("cannot write shards of 2^" + spec.minishardBits() + " minishards");
        }
        this.spec = spec;
        this.shard = shard;
        bytes = (long) ShardingSpec.RANGE_BYTES << spec.minishardBits();
    }

    /// Adds a value, which is compressed as the spec says.
    ///
    /// @throws IllegalArgumentException if the key belongs to another shard
    /// @throws InputException if the shard becomes larger than 2 GiB
    public void add(long key, byte[] value) {
        add(key, new byte[0], value);
    }

    /// Adds a value with bytes that stand right before it, which no index counts and which are never compressed, as
    /// multi-resolution meshes have their fragments; otherwise as for a value alone.
    public void add(long key, byte[] before, byte[] value) {
        if (spec.shard(key) != shard) {
            throw new IllegalArgumentException("key " + Long.toUnsignedString(key) + " in shard " + shard);
        }
        byte[] stored = spec.dataEncoding() == ShardingSpec.Compression.GZIP ? Gzip.compress(value) : value;
        count((long) before.length + stored.length);
        entries.add(new Entry(spec.minishard(key), key, before, stored));
    }

    /// True as long as nothing was added: such a shard has no file.
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /// The file's bytes.
    ///
    /// @throws IllegalArgumentException if a key was added twice
    /// @throws InputException if they are more than 2 GiB
    public byte[] build() {
        entries.sort(Comparator.comparingLong(Entry::minishard).thenComparing(Entry::key, Long::compareUnsigned));
        ByteBuffer ranges = ByteBuffer.allocate(ShardingSpec.RANGE_BYTES << spec.minishardBits())
                .order(ByteOrder.LITTLE_ENDIAN);
        long data = 0;
        for (Entry entry : entries) {
            data += entry.before().length + entry.value().length;
        }
        List<byte[]> indices = new ArrayList<>();
        long dataEnd = 0;
        long indexEnd = data;
        for (int from = 0, to; from < entries.size(); from = to) {
            int minishard = (int) entries.get(from).minishard();
            to = from + 1;
            while (to < entries.size() && entries.get(to).minishard() == minishard) {
                to++;
            }
            byte[] index = index(entries.subList(from, to), dataEnd);
            for (Entry entry : entries.subList(from, to)) {
                dataEnd += entry.before().length + entry.value().length;
            }
            if (spec.indexEncoding() == ShardingSpec.Compression.GZIP) {
                index = Gzip.compress(index);
            }
            count(index.length);
            indices.add(index);
            ranges.putLong(minishard * ShardingSpec.RANGE_BYTES, indexEnd);
            indexEnd += index.length;
            ranges.putLong(minishard * ShardingSpec.RANGE_BYTES + 8, indexEnd);
        }
        ByteBuffer file = ByteBuffer.allocate((int) bytes).put(ranges);
        for (Entry entry : entries) {
            file.put(entry.before()).put(entry.value());
        }
        indices.forEach(file::put);
        return file.array();
    }

    /// Keys, then gaps before the values, then lengths; keys as differences.
    private static byte[] index(List<Entry> entries, long dataEnd) {
        int n = entries.size();
        ByteBuffer index = ByteBuffer.allocate(Math.multiplyExact(24, n)).order(ByteOrder.LITTLE_ENDIAN);
        long previous = 0;
        for (int i = 0; i < n; i++) {
            Entry entry = entries.get(i);
            if (i > 0 && entry.key() == previous) {
                throw new IllegalArgumentException("key " + Long.toUnsignedString(previous) + " twice");
            }
            index.putLong(8 * i, entry.key() - previous);
            index.putLong(8 * (n + i), entry.before().length + (i == 0 ? dataEnd : 0));
            index.putLong(8 * (2 * n + i), entry.value().length);
            previous = entry.key();
        }
        return index.array();
    }

    private void count(long more) {
        bytes += more;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new InputException("shard " + spec.fileName(shard) + " would be larger than 2 GiB", "sharding",
                    "make shards smaller");
        }
    }
}
