package org.neuropil.morphology.level2;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.morphology.mesh.PieceSurface;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Which cells of a chunk and of one cell around it belong to a layer-2 node and to the nodes that it is joined to.
///
/// All is as it was at the moment when the node was made, so that what is made of it never changes: the node keeps its id
/// for as long as no edit touches it, while the nodes beside it may be replaced. An edit that joins it to something else,
/// or parts it, gives it a new id. What is left is a neighbour that changed without touching it: there the two pieces
/// can disagree, in cells that lie at the border and beside the place of the change.
///
/// @param pieces [PieceSurface#OWN] for the node's cells, other numbers for those of other nodes at the border
/// @param chunk the cells of the node's chunk
/// @param cells how many cells it has
/// @param joined pairs of numbers, the lower in the upper half
record NodePieces(Block.Ints pieces, Box chunk, int cells, LongOpenHashSet joined) {

    /// What a surface is made of.
    static Optional<NodePieces> of(Graph graph, ChunkBlocks blocks, Lattice lattice, long node, Instant made)
            throws IOException {
        Found found = find(graph, blocks, node, made);
        ChunkBlock block = found.block;
        boolean[] own = found.own;
        Box box = block.bounds(own);
        if (box == null) {
            return Optional.empty();
        }
        if (!reachesOut(box, block.chunk(), lattice.bounds())) {
            int[] pieces = new int[block.supervoxels().length];
            mark(own, pieces);
            return Optional.of(cut(block, box, pieces, new LongOpenHashSet()));
        }
        long[] near = near(block, box, own);
        @Nullable
        Instant[] replaced = graph.replaced(near, made);
        for (Instant moment : replaced) {
            if (moment != null && moment.isAfter(block.head())) {
                // A supervoxel beside it has been cut since the block was read and before the node was made.
                blocks.drop(node, block);
                found = find(graph, blocks, node, made);
                block = found.block;
                own = found.own;
                near = near(block, box, own);
                break;
            }
        }
        return Optional.of(withNeighbours(graph, lattice, node, made, block, box, own, near));
    }

    /// Which cells of a chunk, without a margin, are a node's: 1 in the box of the node's cells.
    static Optional<Block.Bytes> mask(Graph graph, ChunkBlocks blocks, long node, Instant made) throws IOException {
        Found found = find(graph, blocks, node, made);
        ChunkBlock block = found.block;
        boolean[] own = found.own;
        Box box = block.bounds(own);
        if (box == null) {
            return Optional.empty();
        }
        Block.Bytes mask = (Block.Bytes) Block.zeros(DataType.UINT8, box);
        int i = 0;
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                int from = block.box().index(box.min().x(), y, z);
                for (int x = 0; x < box.size().x(); x++) {
                    mask.data()[i++] = (byte) (own[block.cells()[from + x]] ? 1 : 0);
                }
            }
        }
        return Optional.of(mask);
    }

    /// Whether two numbers are joined.
    boolean joined(int a, int b) {
        return joined.contains(key(a, b));
    }

    /// @param own which of the block's supervoxels are a node's, by number
    private record Found(ChunkBlock block, boolean[] own) {}

    /// The node's supervoxels in a block that is young enough to have them.
    private static Found find(Graph graph, ChunkBlocks blocks, long node, Instant made) throws IOException {
        ChunkBlock block = blocks.get(node);
        boolean[] own = own(graph, block, node, made);
        if (own.length == 0) {
            blocks.drop(node, block);
            block = blocks.get(node);
            own = own(graph, block, node, made);
            if (own.length == 0) {
                throw new IOException("the voxels of node " + Long.toUnsignedString(node) + " are not there yet");
            }
        }
        return new Found(block, own);
    }

    /// Which of a block's supervoxels are a node's; an array of length 0 if the block is too old to tell.
    private static boolean[] own(Graph graph, ChunkBlock block, long node, Instant made) throws IOException {
        boolean[] own = new boolean[block.supervoxels().length];
        long[] leaves = graph.leaves(node, null, 1);
        long[] missing = new long[leaves.length];
        int count = 0;
        for (long leaf : leaves) {
            int number = block.numbers().get(leaf);
            if (number > 0) {
                own[number] = true;
            } else {
                missing[count++] = leaf;
            }
        }
        missing = Arrays.copyOf(missing, count);
        if (count == 0) {
            return own;
        }
        for (Instant moment : graph.created(missing)) {
            if (moment != null && moment.isAfter(block.head())) {
                return new boolean[0];
            }
        }
        for (Instant moment : graph.replaced(missing, Graph.NOW)) {
            if (moment != null) {
                // It has been cut since the node was made: its parts have other ids, and were the node's then.
                long[] nodes = graph.roots(block.supervoxels(), made, 2);
                for (int n = 1; n < own.length; n++) {
                    own[n] = nodes[n] == node;
                }
                break;
            }
        }
        // Others are too small to show on a coarse lattice.
        return own;
    }

    /// True if something beyond the chunk can touch what is in the box.
    private static boolean reachesOut(Box box, Box chunk, Box bounds) {
        for (int axis = 0; axis < 3; axis++) {
            if (box.min().get(axis) == chunk.min().get(axis) && chunk.min().get(axis) > bounds.min().get(axis)
                    || box.max().get(axis) == chunk.max().get(axis)
                            && chunk.max().get(axis) < bounds.max().get(axis)) {
                return true;
            }
        }
        return false;
    }

    /// Supervoxels of others in cells that lie in a cube with cells of two chunks, and perhaps some more.
    private static long[] near(ChunkBlock block, Box box, boolean[] own) {
        boolean[] seen = new boolean[own.length];
        Int3 first = block.chunk().min().plus(Int3.all(1));
        Box inner = new Box(first, block.chunk().max().minus(Int3.all(1)).max(first));
        Box region = box.grow(Int3.all(1));
        for (int z = region.min().z(); z < region.max().z(); z++) {
            for (int y = region.min().y(); y < region.max().y(); y++) {
                int row = block.box().index(0, y, z);
                boolean deep = z >= inner.min().z() && z < inner.max().z() && y >= inner.min().y()
                        && y < inner.max().y();
                for (int x = region.min().x(); x < region.max().x(); x++) {
                    if (deep && x >= inner.min().x() && x < inner.max().x()) {
                        x = Math.min(inner.max().x(), region.max().x()) - 1;
                    } else {
                        seen[block.cells()[row + x]] = true;
                    }
                }
            }
        }
        long[] near = new long[seen.length];
        int count = 0;
        for (int n = 1; n < seen.length; n++) {
            if (seen[n] && !own[n]) {
                near[count++] = block.supervoxels()[n];
            }
        }
        return Arrays.copyOf(near, count);
    }

    private static NodePieces withNeighbours(Graph graph, Lattice lattice, long node, Instant made, ChunkBlock block,
            Box box, boolean[] own, long[] near) throws IOException {
        long root = graph.root(node, made);
        Box voxels = lattice.voxels(block.chunk()).grow(Int3.all(1)).intersect(lattice.info().bounds());
        List<Pair> pairs = graph.level2Graph(root, voxels);
        Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
        numbers.put(node, PieceSurface.OWN);
        LongOpenHashSet joined = new LongOpenHashSet();
        for (Pair pair : pairs) {
            joined.add(key(number(numbers, pair.a()), number(numbers, pair.b())));
        }
        long[] nodes = graph.roots(near, made, 2);
        int[] pieces = new int[block.supervoxels().length];
        for (int i = 0; i < near.length; i++) {
            // Nodes that nothing is joined to are nothing to the surface.
            pieces[block.numbers().get(near[i])] = numbers.get(nodes[i]);
        }
        mark(own, pieces);
        return cut(block, box, pieces, joined);
    }

    private static int number(Long2IntOpenHashMap numbers, long node) {
        int known = numbers.get(node);
        if (known == 0) {
            known = numbers.size() + 1;
            numbers.put(node, known);
        }
        return known;
    }

    private static void mark(boolean[] own, int[] pieces) {
        for (int n = 1; n < own.length; n++) {
            if (own[n]) {
                pieces[n] = PieceSurface.OWN;
            }
        }
    }

    private static NodePieces cut(ChunkBlock block, Box box, int[] pieces, LongOpenHashSet joined) {
        Box region = box.grow(Int3.all(1));
        Block.Ints result = (Block.Ints) Block.zeros(DataType.UINT32, region);
        int[] data = result.data();
        int own = 0;
        int i = 0;
        for (int z = region.min().z(); z < region.max().z(); z++) {
            for (int y = region.min().y(); y < region.max().y(); y++) {
                int from = block.box().index(region.min().x(), y, z);
                for (int x = 0; x < region.size().x(); x++) {
                    int piece = pieces[block.cells()[from + x]];
                    data[i++] = piece;
                    own += piece == PieceSurface.OWN ? 1 : 0;
                }
            }
        }
        return new NodePieces(result, block.chunk(), own, joined);
    }

    private static long key(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }
}
