package org.neuropil.morphology;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.neuropil.morphology.mesh.LatticeMesh;
import org.neuropil.morphology.mesh.MarchingCubes;
import org.neuropil.volume.store.Store;

/// The surfaces of each block, one file a block, between the two jobs of [MeshStage]. Within a file pieces are sorted by
/// bucket and then by unsigned label, with an index in front, so that a bucket reads what is its own and no more.
///
/// A file, little-endian: magic, version, buckets, pieces (4 x int32); number of the first piece of each bucket and one
/// past the last (int32 each); for each piece label, voxels, offset (int64), vertices, triangles (int32); then for each
/// piece coordinates and corners (int32).
///
/// @param store where the files lie
/// @param buckets number of buckets, positive
record SurfacePieces(Store store, int buckets) implements Serializable {
    private static final int MAGIC = 0x5053504E;
    private static final int VERSION = 1;
    private static final int HEAD = 16;
    private static final int ENTRY = 32;

    /// Where a piece lies.
    record Entry(int block, long label, long voxels, long offset, int vertices, int triangles) {
        /// By unsigned label, then by block.
        static final Comparator<Entry> ORDER = Comparator.comparing(Entry::label, Long::compareUnsigned)
                .thenComparingInt(Entry::block);

        private int bytes() {
            return Math.multiplyExact(12, Math.addExact(vertices, triangles));
        }
    }

    /// The bucket of a label.
    int bucket(long label) {
        long mixed = label * 0x9E3779B97F4A7C15L;
        return (int) Long.remainderUnsigned(mixed ^ mixed >>> 32, buckets);
    }

    /// Writes a block's pieces.
    ///
    /// @param pieces by unsigned label
    void write(int block, List<MarchingCubes.Piece> pieces) throws IOException {
        List<MarchingCubes.Piece> sorted = pieces.stream()
                .sorted(Comparator.comparingInt((MarchingCubes.Piece piece) -> bucket(piece.label()))).toList();
        int[] first = new int[buckets + 1];
        List<Entry> entries = new ArrayList<>();
        long offset = HEAD + 4L * first.length + (long) ENTRY * sorted.size();
        for (MarchingCubes.Piece piece : sorted) {
            first[bucket(piece.label()) + 1]++;
            Entry entry = new Entry(block, piece.label(), piece.voxels(), offset, piece.mesh().vertexCount(),
                    piece.mesh().triangleCount());
            entries.add(entry);
            offset += entry.bytes();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(offset)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(buckets).putInt(sorted.size());
        int sum = 0;
        for (int count : first) {
            sum += count;
            bytes.putInt(sum);
        }
        for (Entry entry : entries) {
            bytes.putLong(entry.label).putLong(entry.voxels).putLong(entry.offset).putInt(entry.vertices)
                    .putInt(entry.triangles);
        }
        for (MarchingCubes.Piece piece : sorted) {
            IntBuffer ints = bytes.asIntBuffer().put(piece.mesh().vertices()).put(piece.mesh().triangles());
            bytes.position(bytes.position() + 4 * ints.position());
        }
        store.put(key(block), bytes.array());
    }

    /// The pieces of a bucket in a block's file, by unsigned label.
    List<Entry> entries(int block, int bucket) throws IOException {
        ByteBuffer head = get(block, 0, HEAD);
        if (head.getInt() != MAGIC || head.getInt() != VERSION || head.getInt() != buckets) {
            throw new IOException(store.uri(key(block)) + " is not a file of surface pieces of this run");
        }
        ByteBuffer range = get(block, HEAD + 4L * bucket, HEAD + 4L * bucket + 8);
        int from = range.getInt();
        int to = range.getInt();
        long start = HEAD + 4L * (buckets + 1);
        ByteBuffer bytes = get(block, start + (long) ENTRY * from, start + (long) ENTRY * to);
        List<Entry> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            entries.add(new Entry(block, bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getInt(),
                    bytes.getInt()));
        }
        return entries;
    }

    /// A piece.
    LatticeMesh read(Entry entry) throws IOException {
        IntBuffer ints = get(entry.block, entry.offset, entry.offset + entry.bytes()).asIntBuffer();
        int[] vertices = new int[3 * entry.vertices];
        int[] triangles = new int[3 * entry.triangles];
        ints.get(vertices).get(triangles);
        return new LatticeMesh(vertices, triangles);
    }

    private ByteBuffer get(int block, long from, long to) throws IOException {
        return ByteBuffer.wrap(store.get(key(block), from, to)
                .orElseThrow(() -> new NoSuchFileException(store.uri(key(block))))).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String key(int block) {
        return "surfaces/" + block;
    }
}
