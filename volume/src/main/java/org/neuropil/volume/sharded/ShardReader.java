package org.neuropil.volume.sharded;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.store.RangeReads;
import org.neuropil.volume.store.RangeReads.Range;
import org.neuropil.volume.store.Requests;
import org.neuropil.volume.store.Store;

/// Reads values by key. Indices are kept in a cache of 32 MiB, so whoever replaces a shard through other hands must say
/// so with [#forget]; that a shard is not there is never kept. That shards, minishards or keys are not there is normal.
///
/// Where there is no `.shard`, its index may be in a file `.index` and all else in one `.data`, as in the format's first
/// days. Once a `.shard` was seen these are looked for no more.
///
/// Safe for use by several threads; serializable, without its cache.
public final class ShardReader implements Serializable {
    /// A shard's index is read in pieces of this many minishards.
    private static final int PAGE = 4096;
    private static final int MOST_INDEX_BYTES = 1 << 28;
    private static final int ENTRY = 24;

    private final Store store;
    private final String folder;
    private final ShardingSpec spec;
    private final transient IndexCache cache = new IndexCache();
    /// Shards that were found as two files.
    private final transient Set<Long> pairs = ConcurrentHashMap.newKeySet();
    private transient volatile boolean noPairs;

    /// Where a value's bytes lie.
    ///
    /// @param file key in the store
    /// @param from first byte in the file
    /// @param to byte after the last
    public record Location(String file, long from, long to) {}

    /// Takes values.
    @FunctionalInterface
    public interface Sink {
        /// @param number of the key in the list that was asked for
        /// @param value decompressed
        void put(int number, byte[] value) throws IOException;
    }

    /// A reader of the shards in a folder of a store.
    ///
    /// @param folder key of the shards' folder; empty for the store's own
    public ShardReader(Store store, String folder, ShardingSpec spec) {
        this.store = store;
        this.folder = folder;
        this.spec = spec;
    }

    @Serial
    private Object readResolve() {
        return new ShardReader(store, folder, spec);
    }

    /// The key of a shard's file in the store.
    public String key(long shard) {
        return (folder.isEmpty() ? "" : folder + "/") + spec.fileName(shard);
    }

    /// The value of a key; empty if there is none.
    ///
    /// @param limit the most bytes that a value may have
    /// @throws IOException if it cannot be read or the shard is damaged; the message names the file
    public Optional<byte[]> get(long key, int limit) throws IOException {
        Optional<Location> location = locate(key);
        if (location.isEmpty()) {
            return Optional.empty();
        }
        Location at = location.get();
        return Optional.of(value(at, fetch(at.file(), at.from(), at.to()), limit));
    }

    /// The values of many keys, those that lie near each other fetched at once.
    ///
    /// @param keys those that have no value are left out
    /// @param limit the most bytes that a value may have
    /// @param sink called once for each value, in any order, by several threads where the store likes parallel requests
    /// @throws IOException as for one key, or from the sink
    public void get(long[] keys, int limit, Sink sink) throws IOException {
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            wanted.add(new Wanted(spec.shard(keys[i]), spec.minishard(keys[i]), keys[i], i));
        }
        wanted.sort(Comparator.comparingLong(Wanted::shard).thenComparingLong(Wanted::minishard));
        List<List<Wanted>> groups = new ArrayList<>();
        for (int from = 0, to; from < wanted.size(); from = to) {
            Wanted first = wanted.get(from);
            to = from + 1;
            while (to < wanted.size() && wanted.get(to).minishard() == first.minishard()
                    && wanted.get(to).shard() == first.shard()) {
                to++;
            }
            groups.add(wanted.subList(from, to));
        }
        List<List<Found>> found = new ArrayList<>();
        groups.forEach(_ -> found.add(new ArrayList<>()));
        Requests.run(store.parallelism(), groups.size(), i -> find(groups.get(i), found.get(i)));
        List<Found> all = new ArrayList<>();
        found.forEach(all::addAll);
        List<Range> ranges = new ArrayList<>();
        for (Found one : all) {
            ranges.add(new Range(one.at().file(), one.at().from(), one.at().to()));
        }
        RangeReads.read(store, ranges, (i, bytes) -> {
            Location at = all.get(i).at();
            sink.put(all.get(i).number(), value(at, bytes.orElseThrow(() -> vanished(at.file())), limit));
        });
    }

    private record Wanted(long shard, long minishard, long key, int number) {}

    private record Found(int number, Location at) {}

    private void find(List<Wanted> wanted, List<Found> found) throws IOException {
        Optional<long[]> index = minishard(wanted.getFirst().shard(), wanted.getFirst().minishard());
        if (index.isPresent()) {
            for (Wanted one : wanted) {
                find(index.get(), one.shard(), one.key()).ifPresent(at -> found.add(new Found(one.number(), at)));
            }
        }
    }

    private byte[] fetch(String file, long from, long to) throws IOException {
        return store.get(file, from, to).orElseThrow(() -> vanished(file));
    }

    private IOException vanished(String file) {
        return new IOException("shard " + store.uri(file) + " vanished while it was read");
    }

    private byte[] value(Location at, byte[] stored, int limit) throws IOException {
        try {
            if (spec.dataEncoding() == ShardingSpec.Compression.GZIP) {
                return Gzip.decompress(stored, limit);
            }
        } catch (IOException e) {
            throw damaged(at.file(), "the value at byte " + at.from() + " " + e.getMessage());
        }
        if (stored.length > limit) {
            throw damaged(at.file(), "the value at byte " + at.from() + " has " + stored.length
                    + " bytes, more than the " + limit + " that it may");
        }
        return stored;
    }

    /// Where the value of a key lies, as it is stored; empty if there is none.
    ///
    /// @throws IOException as for its value
    public Optional<Location> locate(long key) throws IOException {
        long shard = spec.shard(key);
        Optional<long[]> index = minishard(shard, spec.minishard(key));
        return index.isEmpty() ? Optional.empty() : find(index.get(), shard, key);
    }

    /// Forgets what is known of a shard, because it was written again.
    public void forget(long shard) {
        pairs.remove(shard);
        cache.remove(shard);
    }

    /// Keys (ascending, unsigned), then first bytes in the file, then bytes after the last.
    private Optional<long[]> minishard(long shard, long number) throws IOException {
        long[] index = cache.minishard(shard, number);
        if (index != null) {
            return Optional.of(index);
        }
        long first = number / PAGE * PAGE;
        long[] page = cache.page(shard, first);
        if (page == null) {
            long last = Math.min(first + PAGE, 1L << spec.minishardBits());
            Optional<byte[]> bytes = page(shard, first * ShardingSpec.RANGE_BYTES, last * ShardingSpec.RANGE_BYTES);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            page = longs(bytes.get());
            cache.putPage(shard, first, page);
        }
        String file = file(shard);
        long base = pairs.contains(shard) ? 0 : (long) ShardingSpec.RANGE_BYTES << spec.minishardBits();
        int at = 2 * (int) (number - first);
        long from = page[at];
        long to = page[at + 1];
        if (from == to) {
            return Optional.empty();
        }
        if (from < 0 || to < from || to - from > MOST_INDEX_BYTES || to > Long.MAX_VALUE - base) {
            throw damaged(file, "the index of minishard " + number + " is said to lie from " + from + " to " + to);
        }
        byte[] bytes = fetch(file, base + from, base + to);
        if (spec.indexEncoding() == ShardingSpec.Compression.GZIP) {
            try {
                bytes = Gzip.decompress(bytes, MOST_INDEX_BYTES);
            } catch (IOException e) {
                throw damaged(file, "the index of minishard " + number + " " + e.getMessage());
            }
        }
        if (bytes.length % ENTRY != 0) {
            throw damaged(file, "the index of minishard " + number + " has " + bytes.length
                    + " bytes, not a multiple of " + ENTRY);
        }
        index = longs(bytes);
        resolve(index, base, file);
        cache.putMinishard(shard, number, index);
        return Optional.of(index);
    }

    /// A piece of a shard's index.
    private Optional<byte[]> page(long shard, long from, long to) throws IOException {
        Optional<byte[]> bytes = store.get(key(shard), from, to);
        if (bytes.isPresent()) {
            noPairs = true;
            pairs.remove(shard);
        } else if (!noPairs) {
            bytes = store.get(stem(shard) + ".index", from, to);
            if (bytes.isPresent()) {
                pairs.add(shard);
            }
        }
        return bytes;
    }

    private String stem(long shard) {
        String key = key(shard);
        return key.substring(0, key.lastIndexOf('.'));
    }

    /// The file with indices of minishards and values.
    private String file(long shard) {
        return pairs.contains(shard) ? stem(shard) + ".data" : key(shard);
    }

    /// Makes keys and ranges of the differences.
    private void resolve(long[] index, long base, String file) throws IOException {
        int n = index.length / 3;
        long end = base;
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                index[i] += index[i - 1];
            }
            long gap = index[n + i];
            long length = index[2 * n + i];
            if (gap < 0 || gap > Long.MAX_VALUE - end || length < 0 || length > Integer.MAX_VALUE - 8
                    || length > Long.MAX_VALUE - end - gap) {
                throw damaged(file, "key " + Long.toUnsignedString(index[i]) + " is said to have "
                        + Long.toUnsignedString(length) + " bytes after a gap of " + Long.toUnsignedString(gap));
            }
            index[n + i] = end + gap;
            end += gap + length;
            index[2 * n + i] = end;
        }
        sort(index);
    }

    /// Sorts entries by key; every known writer has done so already, but the format does not ask for it.
    private static void sort(long[] index) {
        int n = index.length / 3;
        int ascending = 1;
        while (ascending < n && Long.compareUnsigned(index[ascending - 1], index[ascending]) < 0) {
            ascending++;
        }
        if (ascending >= n) {
            return;
        }
        long[] copy = index.clone();
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compareUnsigned(copy[a], copy[b]));
        for (int i = 0; i < n; i++) {
            for (int row = 0; row < 3; row++) {
                index[row * n + i] = copy[row * n + order[i]];
            }
        }
    }

    private Optional<Location> find(long[] index, long shard, long key) {
        int n = index.length / 3;
        int low = 0;
        int high = n - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(index[middle], key);
            if (order == 0) {
                return Optional.of(new Location(file(shard), index[n + middle], index[2 * n + middle]));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private static long[] longs(byte[] bytes) {
        long[] longs = new long[bytes.length / 8];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(longs);
        return longs;
    }

    private IOException damaged(String file, String what) {
        return new IOException("shard " + store.uri(file) + " is damaged: " + what);
    }
}
