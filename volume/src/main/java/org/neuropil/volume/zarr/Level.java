package org.neuropil.volume.zarr;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.codec.VoxelBytes;
import org.neuropil.volume.codec.VoxelBytes.Layout;
import org.neuropil.volume.store.RangeReads;
import org.neuropil.volume.store.RangeReads.Range;
import org.neuropil.volume.store.Store;

/// One mip: an array, seen as a grid of chunks in units of the store.
///
/// @param axes which of the array's dimensions are x, y and z
/// @param layout of a chunk's elements
record Level(ZarrArray array, Axes axes, Scale scale, Layout layout) implements Serializable {
    static Level of(ZarrArray array, Axes axes, Scale scale) {
        int[] chunk = array.chunk();
        int[] strides = array.codec().strides(chunk);
        int[] chosen = axes.spread(Int3.ZERO);
        int elements = 1;
        int first = 0;
        for (int d = 0; d < chunk.length; d++) {
            elements *= chunk[d];
            first += chosen[d] % chunk[d] * strides[d];
        }
        Int3 size = scale.chunk();
        return new Level(array, axes, scale,
                new Layout(array.codec().bigEndian(), elements, first, axes.pick(strides, size.x() * size.y())));
    }

    /// A chunk of the volume.
    ///
    /// @param number in the shard's index; 0 where there are no shards
    /// @param box its voxels, those beyond the bounds included
    private record Chunk(int number, Box box) {}

    /// Puts the voxels that a unit and the target both have into the target; those that were never written are left as
    /// they are.
    ///
    /// @param unit the unit's voxels, clipped at the bounds
    /// @param parallelism requests at a time
    void read(Store store, ShardIndexes indexes, Box unit, int parallelism, Block target) throws IOException {
        String key = key(unit);
        if (array.shards() != null) {
            readShard(store, indexes, key, array.shards(), unit, parallelism, target);
            return;
        }
        Optional<byte[]> stored = store.get(key);
        if (stored.isPresent()) {
            decode(store, key, stored.get(), new Chunk(0, whole(unit)), target);
        }
    }

    private void readShard(Store store, ShardIndexes indexes, String key, Shards shards, Box unit, int parallelism,
            Block target) throws IOException {
        byte[] whole = null;
        if (!shards.steps().isEmpty()) {
            // The file is compressed as a whole, so ranges of it are of no use.
            Optional<byte[]> stored = store.get(key);
            if (stored.isEmpty()) {
                return;
            }
            whole = decodeWhole(store, key, stored.get(), shards);
        }
        long[] index = index(store, indexes, key, shards, whole);
        if (index == null) {
            return;
        }
        List<Chunk> present = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        for (Chunk chunk : chunks(unit.intersect(target.box()))) {
            long from = index[2 * chunk.number()];
            long length = index[2 * chunk.number() + 1];
            if (from != Shards.ABSENT) {
                present.add(chunk);
                ranges.add(new Range(key, from, from + length));
            }
        }
        if (whole != null) {
            for (int i = 0; i < ranges.size(); i++) {
                Range range = ranges.get(i);
                if (range.to() > whole.length) {
                    throw damaged(store, key, "ends at byte " + whole.length + ", before " + range.to());
                }
                decode(store, key, Arrays.copyOfRange(whole, (int) range.from(), (int) range.to()), present.get(i),
                        target);
            }
            return;
        }
        RangeReads.read(store, ranges, parallelism, (i, bytes) -> decode(store, key, bytes.orElseThrow(
                () -> new IOException("shard " + store.uri(key) + " vanished while it was read")), present.get(i),
                target));
    }

    /// Null if the shard was never written.
    private static long @Nullable [] index(Store store, ShardIndexes indexes, String key, Shards shards,
            byte @Nullable [] whole) throws IOException {
        long[] known = indexes.get(key);
        if (known != null) {
            return known;
        }
        int length = shards.indexBytes();
        Optional<byte[]> stored;
        if (whole != null) {
            int from = shards.atEnd() ? Math.max(0, whole.length - length) : 0;
            stored = Optional.of(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + length)));
        } else {
            stored = shards.atEnd() ? store.tail(key, length) : store.get(key, 0, length);
        }
        if (stored.isEmpty()) {
            return null;
        }
        try {
            long[] index = shards.decodeIndex(stored.get());
            if (whole == null) {
                indexes.put(key, index);
            }
            return index;
        } catch (IOException e) {
            throw damaged(store, key, String.valueOf(e.getMessage()));
        }
    }

    private byte[] decodeWhole(Store store, String key, byte[] stored, Shards shards) throws IOException {
        long most = shards.indexBytes()
                + shards.chunks() * ((long) layout.elements() * array.type().bytes() * 2 + 1024);
        try {
            return ChunkCodec.decode(shards.steps(), stored, (int) Math.min(most, Integer.MAX_VALUE - 8));
        } catch (IOException e) {
            throw damaged(store, key, String.valueOf(e.getMessage()));
        }
    }

    private void decode(Store store, String key, byte[] stored, Chunk chunk, Block target) throws IOException {
        try {
            byte[] plain = array.codec().decode(stored, layout.elements() * array.type().bytes());
            VoxelBytes.decode(plain, layout, chunk.box(), scale.bounds(), target);
        } catch (IOException e) {
            throw new IOException("chunk " + (array.shards() == null ? "" : chunk.number() + " of ") + store.uri(key)
                    + " " + e.getMessage(), e);
        }
    }

    /// Writes a unit.
    ///
    /// @param unit the unit's voxels, clipped at the bounds
    /// @param voxels hold them, perhaps more
    void write(Store store, ShardIndexes indexes, Box unit, Block voxels) throws IOException {
        String key = key(unit);
        if (array.shards() == null) {
            store.put(key, array.codec().encode(VoxelBytes.encode(voxels, layout, whole(unit), array.fill())));
            return;
        }
        store.put(key, encodeShard(array.shards(), unit, voxels));
        indexes.remove(key);
    }

    private byte[] encodeShard(Shards shards, Box unit, Block voxels) {
        long[] index = new long[2 * shards.chunks()];
        Arrays.fill(index, Shards.ABSENT);
        List<byte[]> parts = new ArrayList<>();
        int length = shards.atEnd() ? 0 : shards.indexBytes();
        for (Chunk chunk : chunks(unit)) {
            byte[] plain = VoxelBytes.encode(voxels, layout, chunk.box(), array.fill());
            if (!VoxelBytes.isFilled(plain, array.type().bytes(), layout.bigEndian(), array.fill())) {
                byte[] stored = array.codec().encode(plain);
                index[2 * chunk.number()] = length;
                index[2 * chunk.number() + 1] = stored.length;
                length = Math.addExact(length, stored.length);
                parts.add(stored);
            }
        }
        parts.add(shards.atEnd() ? parts.size() : 0, shards.encodeIndex(index));
        ByteBuffer file = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact));
        parts.forEach(file::put);
        return ChunkCodec.encode(shards.steps(), file.array());
    }

    /// The chunks that a box touches, x fastest.
    private List<Chunk> chunks(Box box) {
        Shards shards = array.shards();
        int[] counts = new int[array.chunk().length];
        for (int d = 0; d < counts.length; d++) {
            counts[d] = array.unit()[d] / array.chunk()[d];
        }
        int[] strides = ChunkCodec.strides(shards == null ? array.codec().order() : shards.order(), counts);
        Grid grid = scale.grid();
        Box touched = grid.touching(box);
        List<Chunk> chunks = new ArrayList<>();
        for (int z = touched.min().z(); z < touched.max().z(); z++) {
            for (int y = touched.min().y(); y < touched.max().y(); y++) {
                for (int x = touched.min().x(); x < touched.max().x(); x++) {
                    Int3 from = new Int3(x, y, z).times(grid.chunk());
                    int[] element = axes.spread(from);
                    int number = 0;
                    for (int d = 0; d < element.length; d++) {
                        number += element[d] % array.unit()[d] / array.chunk()[d] * strides[d];
                    }
                    chunks.add(new Chunk(number, Box.of(scale.bounds().min().plus(from), grid.chunk())));
                }
            }
        }
        return chunks;
    }

    private String key(Box unit) {
        int[] position = axes.spread(unit.min().minus(scale.bounds().min()));
        for (int d = 0; d < position.length; d++) {
            position[d] /= array.unit()[d];
        }
        return array.key(position);
    }

    /// A unit's voxels, those beyond the bounds included.
    private Box whole(Box unit) {
        return Box.of(unit.min(), scale.unit());
    }

    private static IOException damaged(Store store, String key, String what) {
        return new IOException("shard " + store.uri(key) + " " + what);
    }
}
