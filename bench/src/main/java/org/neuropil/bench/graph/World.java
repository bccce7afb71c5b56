package org.neuropil.bench.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.NodeIds;
import org.neuropil.segment.ChunkEdges;
import org.neuropil.segment.Edge;
import org.neuropil.segment.SupervoxelIds;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// A made-up volume of supervoxels, from a seed: they lie on a lattice, 17 along each edge of a chunk of about 2 µm, and
/// each touches its next along x, y and z, or, for every fourth of those along x and y, the one beside it. They are numbered
/// as a scan along z would find them if the lattice were not so regular. Objects are [Neurons], and between them fragments of
/// a few supervoxels. Edges within an object have affinities above [#THRESHOLD], those between objects
/// below; half of those that go on across a chunk's border in an object are parts of one supervoxel that the border cuts.
final class World {
    static final int SIDE = 17;
    static final int PER_CHUNK = SIDE * SIDE * SIDE;
    static final float THRESHOLD = 0.5f;
    static final VoxelSize VOXEL = new VoxelSize(8, 8, 40);
    static final Int3 CHUNK = new Int3(256, 256, 64);

    /// In chunks.
    final Int3 shape;
    final NodeIds ids;
    final Neurons neurons;
    private final long seed;
    private final Int3 sites;
    /// Some orders of a chunk's sites, by turns those of the chunks: the number of each.
    private final short[][] orders = new short[64][];

    /// @param supervoxels about how many there are to be
    World(long supervoxels, long seed) {
        this.shape = shape(Math.max(1, Math.round(supervoxels / (double) PER_CHUNK)));
        this.ids = new NodeIds(SupervoxelIds.layers(shape), SupervoxelIds.forGrid(shape).bits());
        this.seed = seed;
        this.sites = shape.times(Int3.all(SIDE));
        for (int i = 0; i < orders.length; i++) {
            orders[i] = order(seed ^ i);
        }
        this.neurons = new Neurons(new Int3(sites.x(), sites.y(), shape.z()), SIDE, seed);
    }

    /// Nearly a cube of so many chunks.
    private static Int3 shape(long chunks) {
        int x = (int) Math.ceil(Math.cbrt(chunks) - 0.5);
        int most = Math.max(1, x);
        int z = (int) Math.max(1, Math.round(chunks / (double) ((long) most * most)));
        return new Int3(most, most, z);
    }

    /// The voxels that it would have.
    Box bounds() {
        return Box.of(Int3.ZERO, shape.times(CHUNK));
    }

    Grid grid() {
        return new Grid(bounds(), CHUNK);
    }

    /// Id of the supervoxel at a site of the lattice.
    long supervoxel(int x, int y, int z) {
        Int3 chunk = new Int3(x / SIDE, y / SIDE, z / SIDE);
        return ids.id(1, chunk, number(chunk, x % SIDE, y % SIDE, z % SIDE));
    }

    private int number(Int3 chunk, int x, int y, int z) {
        int turn = (chunk.x() + 3 * chunk.y() + 11 * chunk.z()) % orders.length;
        return orders[turn][(z * SIDE + y) * SIDE + x];
    }

    /// Numbers of sites, x fastest, from 1: in the order of z, but for some random part of it.
    private static short[] order(long seed) {
        long[] keys = new long[PER_CHUNK];
        for (int i = 0; i < PER_CHUNK; i++) {
            long away = (mix(seed + 0x51EDL * i) & 0xFFFF) * SIDE * SIDE / 2 >>> 16;
            keys[i] = i + away << 16 | i;
        }
        Arrays.sort(keys);
        short[] numbers = new short[PER_CHUNK];
        for (int i = 0; i < PER_CHUNK; i++) {
            numbers[(int) (keys[i] & 0xFFFF)] = (short) (i + 1);
        }
        return numbers;
    }

    /// The supervoxel in a piece of a neuron, and a point in it.
    ///
    /// @param place along the piece, 0 to [#SIDE] - 1
    EditPoint point(int piece, int place) {
        int x = piece % sites.x();
        int y = piece / sites.x() % sites.y();
        int z = piece / sites.x() / sites.y() * SIDE + place;
        return new EditPoint(supervoxel(x, y, z), (x + 0.5) / SIDE * CHUNK.x() * VOXEL.x(),
                (y + 0.5) / SIDE * CHUNK.y() * VOXEL.y(), (z + 0.5) / SIDE * CHUNK.z() * VOXEL.z());
    }

    /// A piece beside another along x that no neuron has; -1 if there is none.
    int fragmentBeside(int piece) {
        int x = piece % sites.x();
        if (x + 1 < sites.x() && neurons.owner(piece + 1) == 0) {
            return piece + 1;
        }
        return x > 0 && neurons.owner(piece - 1) == 0 ? piece - 1 : -1;
    }

    /// The edges of a chunk's supervoxels.
    ChunkEdges edges(Int3 chunk) {
        List<Edge> inside = new ArrayList<>(3 * PER_CHUNK);
        List<Edge> cut = new ArrayList<>();
        List<Edge> between = new ArrayList<>();
        Int3 min = chunk.times(Int3.all(SIDE));
        // With the sites before the chunk, some of whose edges end in it.
        for (int z = Math.max(0, min.z() - 1); z < min.z() + SIDE; z++) {
            for (int y = Math.max(0, min.y() - 1); y < min.y() + SIDE; y++) {
                for (int x = Math.max(0, min.x() - 1); x < min.x() + SIDE; x++) {
                    for (int axis = 0; axis < 3; axis++) {
                        add(inside, cut, between, min, x, y, z, axis);
                    }
                }
            }
        }
        return new ChunkEdges(inside, cut, between);
    }

    private void add(List<Edge> inside, List<Edge> cut, List<Edge> between, Int3 min, int x, int y, int z, int axis) {
        long hash = mix(seed ^ (site(x, y, z) * 3 + axis));
        int beside = axis < 2 && (hash & 3) == 0 ? axis + 1 : -1;
        int i = x + (axis == 0 || beside == 0 ? 1 : 0);
        int j = y + (axis == 1 || beside == 1 ? 1 : 0);
        int k = z + (axis == 2 || beside == 2 ? 1 : 0);
        boolean own = isIn(min, x, y, z);
        boolean other = isIn(min, i, j, k);
        if (i >= sites.x() || j >= sites.y() || k >= sites.z() || !own && !other) {
            return;
        }
        boolean same = isOneObject(x, y, z, i, j, k);
        double chance = (hash >>> 8 & 0xFFFF) / 65536.0;
        long area = beside < 0 ? 8 + (hash >>> 24 & 63) : 1 + (hash >>> 24 & 15);
        // A mean of bytes, as segmentation gives it.
        double mean = same ? 0.55 + 0.44 * chance : 0.02 + 0.45 * chance * chance;
        float affinity = (float) (Math.round(mean * 255 * area) / (255.0 * area));
        boolean crosses = own != other;
        boolean isCut = crosses && same && (hash >>> 40 & 1) == 0;
        long a = supervoxel(x, y, z);
        long b = supervoxel(i, j, k);
        boolean first = crosses ? own : a < b;
        (crosses ? isCut ? cut : between : inside).add(
                new Edge(first ? a : b, first ? b : a, isCut ? Float.POSITIVE_INFINITY : affinity, area));
    }

    private static boolean isIn(Int3 min, int x, int y, int z) {
        return x >= min.x() && y >= min.y() && z >= min.z() && x < min.x() + SIDE && y < min.y() + SIDE
                && z < min.z() + SIDE;
    }

    /// True if two sites that touch are of one neuron, or of one fragment: a run along z.
    private boolean isOneObject(int x, int y, int z, int i, int j, int k) {
        int first = neurons.owner(piece(x, y, z));
        int second = neurons.owner(piece(i, j, k));
        if (first != 0 || second != 0) {
            return first == second;
        }
        return x == i && y == j && (mix(~seed ^ site(x, y, z)) & 3) != 0;
    }

    private int piece(int x, int y, int z) {
        return (z / SIDE * sites.y() + y) * sites.x() + x;
    }

    private long site(int x, int y, int z) {
        return ((long) z * sites.y() + y) * sites.x() + x;
    }

    /// The finalizer of SplitMix64.
    private static long mix(long value) {
        long v = value * 0x9e3779b97f4a7c15L;
        v = (v ^ v >>> 30) * 0xbf58476d1ce4e5b9L;
        v = (v ^ v >>> 27) * 0x94d049bb133111ebL;
        return v ^ v >>> 31;
    }
}
