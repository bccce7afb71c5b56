package org.neuropil.volume.kernel;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.neuropil.space.Box;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// Which labels touch, and where: pairs of different labels other than 0, with the numbers of places at which a voxel of
/// the one is a neighbour of a voxel of the other. Pairs are numbered from 0 on, sorted by the lower label, then by the
/// higher one, as unsigned numbers.
///
/// A volume larger than memory is done box by box: see [#of(Block, Box, Connectivity, int)] and [#merge].
public final class Contacts {
    /// Kinds of contact: by a face across x, y and z, and by an edge or corner.
    static final int KINDS = 4;
    /// Planes that a thread takes at a time.
    private static final int SLAB = 16;

    private final long[] lower;
    private final long[] higher;
    /// By pair, then by kind.
    private final long[] counts;

    private Contacts(ContactTable table) {
        int[] order = table.sorted();
        lower = new long[order.length];
        higher = new long[order.length];
        counts = new long[order.length * KINDS];
        for (int i = 0; i < order.length; i++) {
            lower[i] = table.entries()[order[i]];
            higher[i] = table.entries()[order[i] + 1];
            System.arraycopy(table.entries(), order[i] + 2, counts, i * KINDS, KINDS);
        }
    }

    /// The contacts within a block.
    ///
    /// @param labels ids of any width; 0 is background
    /// @param connectivity which voxels are neighbours
    /// @param threads at least 1; the result does not depend on it
    /// @throws IllegalArgumentException if voxels are fractions
    public static Contacts of(Block labels, Connectivity connectivity, int threads) {
        return of(labels, labels.box(), connectivity, threads);
    }

    /// The contacts that belong to a box. A contact belongs to the box with the lower corner that its two voxels have in
    /// common: to find all, a block needs one more voxel than the box at each upper face, other than at the volume's own.
    /// So boxes that make up a volume have each of its contacts once.
    ///
    /// @param labels ids of any width; 0 is background
    /// @param own lies in the block's box
    /// @throws IllegalArgumentException if it does not, or voxels are fractions
    public static Contacts of(Block labels, Box own, Connectivity connectivity, int threads) {
        if (!labels.box().contains(own)) {
            throw new IllegalArgumentException("box " + own + " does not lie in " + labels.box());
        }
        if (labels.type().isFloat()) {
            throw new IllegalArgumentException(labels.type() + " voxels are no labels");
        }
        if (own.isEmpty()) {
            return new Contacts(new ContactTable());
        }
        // One table per thread; slabs go to whoever is free, since sums do not mind their order.
        int planes = threads == 1 ? own.size().z() : SLAB;
        int slabs = (own.size().z() + planes - 1) / planes;
        AtomicInteger next = new AtomicInteger();
        ContactTable[] tables = new ContactTable[Math.clamp(threads, 1, slabs)];
        Parallel.run(threads, tables.length, part -> {
            ContactScan scan = new ContactScan(labels, own, connectivity);
            for (int slab = next.getAndIncrement(); slab < slabs; slab = next.getAndIncrement()) {
                int from = own.min().z() + slab * planes;
                scan.planes(from, Math.min(own.max().z(), from + planes));
            }
            tables[part] = scan.table();
        });
        for (int i = 1; i < tables.length; i++) {
            tables[0].add(tables[i]);
        }
        return new Contacts(tables[0]);
    }

    /// The contacts of several boxes together: of each pair, the sums.
    public static Contacts merge(Collection<Contacts> parts) {
        ContactTable table = new ContactTable();
        for (Contacts part : parts) {
            for (int i = 0; i < part.size(); i++) {
                int at = table.counts(part.lower[i], part.higher[i]);
                for (int kind = 0; kind < KINDS; kind++) {
                    table.entries()[at + kind] += part.counts[i * KINDS + kind];
                }
            }
        }
        return new Contacts(table);
    }

    /// How many pairs touch.
    public int size() {
        return lower.length;
    }

    /// The lower label of a pair.
    public long lower(int pair) {
        return lower[pair];
    }

    /// The higher label of a pair.
    public long higher(int pair) {
        return higher[pair];
    }

    /// At how many places a pair touches: faces, and edges and corners as far as they were asked for.
    public long count(int pair) {
        long sum = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            sum += counts[pair * KINDS + kind];
        }
        return sum;
    }

    /// How many voxel faces a pair has in common that look along an axis.
    ///
    /// @param axis 0 is x, 1 is y, 2 is z
    public long faces(int pair, int axis) {
        if (axis < 0 || axis > 2) {
            throw new IllegalArgumentException("axis " + axis);
        }
        return counts[pair * KINDS + axis];
    }

    /// The area of the faces that a pair has in common, in square nanometres; 0 if it touches at edges and corners only.
    /// It is the sum over voxel faces, so more than that of a smooth surface.
    public double area(int pair, VoxelSize voxel) {
        return faces(pair, 0) * voxel.y() * voxel.z() + faces(pair, 1) * voxel.x() * voxel.z()
                + faces(pair, 2) * voxel.x() * voxel.y();
    }

    /// Two labels that touch.
    ///
    /// @param lower as an unsigned number the lower of the two
    public record Pair(long lower, long higher) {}

    /// The region graph: which labels touch, by the numbers of the pairs.
    public Stream<Pair> regionGraph() {
        return IntStream.range(0, size()).mapToObj(i -> new Pair(lower[i], higher[i]));
    }
}
