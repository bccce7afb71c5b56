package org.neuropil.volume.zarr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import org.neuropil.volume.store.Store;

/// One mip: an array, seen as a grid of chunks in units of the store.
///
/// @param axes which of the array's dimensions are x, y and z
/// @param layout of a chunk's elements
record Level(ZarrArray array, Axes axes, Scale scale, Layout layout) implements Serializable {
    /// Ranges of a shard that lie nearer than this are fetched at once.
    private static final int GAP = 16 << 10;
    /// Ranges are not joined beyond this.
    private static final int MOST_JOINED = 8 << 20;

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

    /// A chunk's bytes in a shard.
    private record Range(long from, long to, Chunk chunk) {}

    /// Puts the voxels that a unit and the target both have into the target.
    ///
    /// @param unit the unit's voxels, clipped at the bounds
    void read(Store store, ShardIndexes indexes, Box unit, Block target) throws IOException {
        String key = key(unit);
        if (array.shards() != null) {
            readShard(store, indexes, key, array.shards(), unit, target);
            return;
        }
        Optional<byte[]> stored = store.get(key);
        if (stored.isEmpty()) {
            fill(unit, target);
        } else {
            decode(store, key, stored.get(), new Chunk(0, whole(unit)), target);
        }
    }

    private void readShard(Store store, ShardIndexes indexes, String key, Shards shards, Box unit, Block target)
            throws IOException {
        byte[] whole = null;
        if (!shards.steps().isEmpty()) {
            // The file is compressed as a whole, so ranges of it are of no use.
            Optional<byte[]> stored = store.get(key);
            if (stored.isEmpty()) {
                fill(unit, target);
                return;
            }
            whole = decodeWhole(store, key, stored.get(), shards);
        }
        long[] index = index(store, indexes, key, shards, whole);
        if (index == null) {
            fill(unit, target);
            return;
        }
        List<Range> ranges = new ArrayList<>();
        for (Chunk chunk : chunks(unit.intersect(target.box()))) {
            long from = index[2 * chunk.number()];
            long length = index[2 * chunk.number() + 1];
            if (from == Shards.ABSENT) {
                fill(chunk.box().intersect(scale.bounds()), target);
            } else {
                ranges.add(new Range(from, from + length, chunk));
            }
        }
        if (whole != null) {
            for (Range range : ranges) {
                if (range.to() > whole.length) {
                    throw damaged(store, key, "ends at byte " + whole.length + ", before " + range.to());
                }
                decode(store, key, Arrays.copyOfRange(whole, (int) range.from(), (int) range.to()), range.chunk(),
                        target);
            }
            return;
        }
        ranges.sort(Comparator.comparingLong(Range::from).thenComparingLong(Range::to));
        for (int from = 0, to; from < ranges.size(); from = to) {
            long start = ranges.get(from).from();
            long end = ranges.get(from).to();
            for (to = from + 1; to < ranges.size() && ranges.get(to).from() - end <= GAP
                    && ranges.get(to).to() - start <= MOST_JOINED; to++) {
                end = Math.max(end, ranges.get(to).to());
            }
            fetch(store, key, ranges.subList(from, to), end, target);
        }
    }

    /// Fetches ranges that lie near each other.
    private void fetch(Store store, String key, List<Range> joined, long end, Block target) throws IOException {
        long start = joined.getFirst().from();
        byte[] bytes = store.get(key, start, end)
                .orElseThrow(() -> new IOException("shard " + store.uri(key) + " vanished while it was read"));
        for (Range range : joined) {
            decode(store, key, Arrays.copyOfRange(bytes, (int) (range.from() - start), (int) (range.to() - start)),
                    range.chunk(), target);
        }
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
            VoxelBytes.decode(plain, layout, chunk.box(), target);
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = shards.atEnd() ? 0 : shards.indexBytes();
        for (Chunk chunk : chunks(unit)) {
            byte[] plain = VoxelBytes.encode(voxels, layout, chunk.box(), array.fill());
            if (!VoxelBytes.isFilled(plain, array.type().bytes(), layout.bigEndian(), array.fill())) {
                byte[] stored = array.codec().encode(plain);
                index[2 * chunk.number()] = Math.addExact(start, bytes.size());
                index[2 * chunk.number() + 1] = stored.length;
                bytes.writeBytes(stored);
            }
        }
        byte[] end = shards.encodeIndex(index);
        ByteArrayOutputStream file = new ByteArrayOutputStream(Math.addExact(bytes.size(), end.length));
        file.writeBytes(shards.atEnd() ? bytes.toByteArray() : end);
        file.writeBytes(shards.atEnd() ? end : bytes.toByteArray());
        return ChunkCodec.encode(shards.steps(), file.toByteArray());
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

    private void fill(Box box, Block target) {
        if (array.fill() != 0) {
            VoxelBytes.fill(target, box, array.fill());
        }
    }

    private static IOException damaged(Store store, String key, String what) {
        return new IOException("shard " + store.uri(key) + " " + what);
    }
}
