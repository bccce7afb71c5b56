package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.volume.sharded.ShardBuilder;
import org.neuropil.volume.sharded.ShardReader;
import org.neuropil.volume.sharded.ShardingSpec.Compression;
import org.neuropil.volume.store.Store;

/// Chunks in shards.
final class ChunkShards implements ChunkStore {
    private final Store store;
    private final Sharding sharding;
    private final Grid grid;
    private final ShardReader reader;

    ChunkShards(Store store, String folder, Sharding sharding, Grid grid) {
        this.store = store;
        this.sharding = sharding;
        this.grid = grid;
        reader = new ShardReader(store, folder, sharding.spec());
    }

    private long key(Box chunk) {
        return sharding.morton().code(grid.positionOf(chunk.min()));
    }

    /// The number of a chunk's shard, unsigned.
    long shard(Box chunk) {
        return sharding.spec().shard(key(chunk));
    }

    @Override
    public Optional<byte[]> get(Box chunk, int limit) throws IOException {
        return reader.get(key(chunk), limit);
    }

    @Override
    public void get(List<Box> chunks, int limit, Sink sink) throws IOException {
        long[] keys = chunks.stream().mapToLong(this::key).toArray();
        reader.get(keys, limit, (i, bytes) -> sink.put(chunks.get(i), bytes));
    }

    @Override
    public void put(List<Box> chunks, Source source) throws IOException {
        long shard = shard(chunks.getFirst());
        ShardBuilder builder = new ShardBuilder(sharding.spec(), shard);
        for (Box chunk : chunks) {
            Optional<byte[]> bytes = source.get(chunk);
            if (bytes.isPresent()) {
                builder.add(key(chunk), bytes.get());
            }
        }
        if (!builder.isEmpty()) {
            store.put(reader.key(shard), builder.build());
            reader.forget(shard);
        }
    }

    @Override
    public String name(Box chunk) {
        return ChunkFiles.key("", chunk).substring(1) + " in shard " + store.uri(reader.key(shard(chunk)));
    }

    @Override
    public String storage() {
        return (sharding.spec().dataEncoding() == Compression.GZIP ? ", gzip" : "")
                + sharding.box().map(box -> ", shards of " + Sharding.text(box, grid.chunk()))
                        .orElse(", shards by " + sharding.spec().hash().text());
    }

    /// Chunks by shard, each shard's in the order of the list; shards in the order of their numbers.
    List<List<Box>> byShard(List<Box> chunks) {
        return chunks.stream().collect(Collectors.groupingBy(this::shard)).entrySet().stream()
                .sorted((a, b) -> Long.compareUnsigned(a.getKey(), b.getKey())).map(Map.Entry::getValue)
                .toList();
    }
}
