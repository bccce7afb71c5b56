package org.neuropil.bench.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.neuropil.space.Int3;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Trees that wander through a volume: of pieces, each a column of supervoxels along z in one chunk. They are grown one
/// after the other from a seed, the largest first, each with twigs off its middle, and touch neither each other's pieces
/// nor, but for the next ones, their own.
///
/// A piece's index is `(z * shape.y + y) * shape.x + x`, with x and y in columns and z in chunks.
final class Neurons {
    private static final int TRIES = 4;
    private static final int GIVE_UP = 4_000;
    /// Share of pieces that neurons fill, of all.
    private static final double FILLED = 0.4;
    private static final int[] STEP = {1, -1};

    private final int sizeX;
    private final int sizeY;
    private final int sizeZ;
    private final int perChunk;
    private final SplittableRandom random;
    /// Neuron of each piece, from 1; 0 for none.
    private final int[] owner;
    /// The piece that each was grown from; itself where a neuron begins.
    private final int[] from;
    private final List<int[]> neurons = new ArrayList<>();
    private final List<Integer> level2 = new ArrayList<>();

    /// Grows neurons of about 10,000 layer-2 nodes in a fifth of what is to be filled, or one; then some of about 200; then
    /// of all sizes below.
    ///
    /// @param shape of the volume, in columns along x and y and in chunks along z
    /// @param perChunk columns along an edge of a chunk
    Neurons(Int3 shape, int perChunk, long seed) {
        this.sizeX = shape.x();
        this.sizeY = shape.y();
        this.sizeZ = shape.z();
        this.perChunk = perChunk;
        this.random = new SplittableRandom(seed);
        int pieces = Math.toIntExact(shape.volume());
        this.owner = new int[pieces];
        this.from = new int[pieces];
        int filled = (int) (pieces * FILLED);
        int used = 0;
        for (int big = Math.max(1, filled / 5 / 20_000); big > 0 && used < filled; big--) {
            used += grow(10_000);
        }
        for (int some = Math.max(2, filled / 4 / 400); some > 0 && used < filled; some--) {
            used += grow(200);
        }
        while (used < filled) {
            used += grow((int) Math.exp(random.nextDouble(Math.log(3), Math.log(2_000))));
        }
    }

    /// The neuron of a piece, from 1; 0 if there is none.
    int owner(int piece) {
        return owner[piece];
    }

    /// The piece that a piece was grown from; itself where the neuron begins.
    int from(int piece) {
        return from[piece];
    }

    /// How many there are.
    int count() {
        return neurons.size();
    }

    /// The pieces of a neuron, in the order in which they grew.
    int[] pieces(int neuron) {
        return neurons.get(neuron - 1);
    }

    /// About how many layer-2 nodes a neuron has: where two of its pieces in a chunk touch that did not grow from each
    /// other, it has fewer.
    int level2(int neuron) {
        return level2.get(neuron - 1);
    }

    private int grow(int nodes) {
        int neuron = neurons.size() + 1;
        int start = random.nextInt(owner.length);
        for (int i = 0; i < GIVE_UP && !isFree(start, start); i++) {
            start = random.nextInt(owner.length);
        }
        if (!isFree(start, start)) {
            return owner.length; // it is full
        }
        IntArrayList pieces = new IntArrayList();
        add(pieces, start, start, neuron);
        int made = 1;
        int tip = start;
        int heading = random.nextInt(6);
        int failed = 0;
        while (made < nodes && failed < GIVE_UP) {
            if (random.nextInt(12) == 0) {
                tip = pieces.getInt(random.nextInt(pieces.size()));
                heading = random.nextInt(6);
            }
            int next = -1;
            for (int i = 0; i < TRIES && next < 0; i++) {
                if (i > 0 || random.nextInt(6) == 0) {
                    // Along z as often as along both others.
                    heading = random.nextBoolean() ? 4 + random.nextInt(2) : random.nextInt(4);
                }
                int there = step(tip, heading);
                next = there >= 0 && isFree(there, tip) ? there : -1;
            }
            if (next < 0) {
                failed++;
                tip = pieces.getInt(random.nextInt(pieces.size()));
                continue;
            }
            failed = 0;
            made += chunkOf(next).equals(chunkOf(tip)) ? 0 : 1;
            add(pieces, next, tip, neuron);
            tip = next;
        }
        neurons.add(pieces.toIntArray());
        level2.add(made);
        return pieces.size();
    }

    private void add(IntArrayList pieces, int piece, int grownFrom, int neuron) {
        owner[piece] = neuron;
        from[piece] = grownFrom;
        pieces.add(piece);
    }

    private int step(int piece, int heading) {
        int axis = heading >> 1;
        int by = STEP[heading & 1];
        int x = piece % sizeX + (axis == 0 ? by : 0);
        int y = piece / sizeX % sizeY + (axis == 1 ? by : 0);
        int z = piece / sizeX / sizeY + (axis == 2 ? by : 0);
        return x < 0 || y < 0 || z < 0 || x >= sizeX || y >= sizeY || z >= sizeZ ? -1 : (z * sizeY + y) * sizeX + x;
    }

    /// True if a piece belongs to nobody and touches none but the piece that it would grow from and that one's next.
    private boolean isFree(int piece, int grownFrom) {
        if (owner[piece] != 0) {
            return false;
        }
        int x = piece % sizeX;
        int y = piece / sizeX % sizeY;
        int z = piece / sizeX / sizeY;
        for (int k = Math.max(0, z - 1); k <= Math.min(sizeZ - 1, z + 1); k++) {
            for (int j = Math.max(0, y - 1); j <= Math.min(sizeY - 1, y + 1); j++) {
                for (int i = Math.max(0, x - 1); i <= Math.min(sizeX - 1, x + 1); i++) {
                    int near = (k * sizeY + j) * sizeX + i;
                    boolean next = near == grownFrom || near == from[grownFrom] || from[near] == grownFrom;
                    if (owner[near] != 0 && owner[near] == owner[grownFrom] && !next) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /// The chunk of a piece.
    Int3 chunkOf(int piece) {
        return new Int3(piece % sizeX / perChunk, piece / sizeX % sizeY / perChunk, piece / sizeX / sizeY);
    }
}
