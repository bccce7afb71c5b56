package org.neuropil.morphology.level2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.kernel.DistanceTransform;

/// A point inside of each layer-2 node: see [Level2Meshes#representativePoint].
final class InnerPoints {
    private static final String KIND = "point";
    /// Nodes that are looked at together; each has a mask of its own meanwhile.
    private static final int TOGETHER = 8;

    private final Graph graph;
    private final GraphInfo info;
    private final ChunkBlocks blocks;
    private final FragmentCache cache;
    private final AtomicLong failures = new AtomicLong();

    /// @param blocks of full resolution
    InnerPoints(Graph graph, ChunkBlocks blocks, FragmentCache cache) {
        this.graph = graph;
        this.info = graph.info();
        this.blocks = blocks;
        this.cache = cache;
    }

    /// How many nodes of several had no point, because something could not be read.
    long failures() {
        return failures.get();
    }

    /// The point of a node.
    double[] of(long node) throws IOException {
        Optional<double[]> kept = kept(node);
        return kept.isPresent() ? kept.get() : measure(List.of(new Piece(node, mask(node)))).getFirst();
    }

    /// The points of those nodes that have one. Distances are found once for nodes of a chunk, where that is less work than
    /// for each on its own.
    Map<Long, double[]> of(long[] nodes) throws IOException {
        Map<Long, double[]> points = new TreeMap<>();
        Map<Long, List<Long>> missing = new LinkedHashMap<>();
        for (long node : Arrays.stream(nodes).distinct().toArray()) {
            Optional<double[]> kept = kept(node);
            if (kept.isPresent()) {
                points.put(node, kept.get());
            } else {
                missing.computeIfAbsent(info.ids().chunkAt(node, 2), _ -> new ArrayList<>()).add(node);
            }
        }
        for (List<Long> chunk : missing.values()) {
            for (int from = 0; from < chunk.size(); from += TOGETHER) {
                List<Piece> pieces = pieces(chunk.subList(from, Math.min(chunk.size(), from + TOGETHER)));
                List<double[]> found = measure(pieces);
                for (int i = 0; i < found.size(); i++) {
                    points.put(pieces.get(i).node, found.get(i));
                }
            }
        }
        return points;
    }

    private Optional<double[]> kept(long node) {
        return cache.get(node, KIND).filter(b -> b.length == 3 * Double.BYTES).map(b -> {
            ByteBuffer bytes = ByteBuffer.wrap(b);
            return new double[]{bytes.getDouble(), bytes.getDouble(), bytes.getDouble()};
        });
    }

    /// @param mask 1 for the node's voxels, in the box around them
    private record Piece(long node, Block.Bytes mask) {}

    private List<Piece> pieces(List<Long> nodes) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (long node : nodes) {
            try {
                pieces.add(new Piece(node, mask(node)));
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failures.incrementAndGet();
            }
        }
        return pieces;
    }

    private Block.Bytes mask(long node) throws IOException {
        if (NodeIds.layer(node) != 2) {
            throw FragmentNames.none(Long.toUnsignedString(node), "it is not a layer-2 node");
        }
        @Nullable
        Instant moment = graph.created(new long[]{node})[0];
        if (moment == null) {
            throw FragmentNames.none(Long.toUnsignedString(node), "there is no such node");
        }
        return NodePieces.mask(graph, blocks, node, moment)
                .orElseThrow(() -> new IOException(
                        "node " + Long.toUnsignedString(node) + " has no voxel in its chunk"));
    }

    /// Finds and keeps points.
    private List<double[]> measure(List<Piece> pieces) {
        List<double[]> points = new ArrayList<>();
        Optional<Block.Bytes> together = together(pieces);
        Optional<Block.Floats> depths = together.map(this::depths);
        for (int n = 0; n < pieces.size(); n++) {
            Piece piece = pieces.get(n);
            Block.Floats depth = depths.isPresent() ? depths.get() : depths(piece.mask);
            double[] point = deepest(together.orElse(piece.mask), together.isPresent() ? n + 1 : 1, depth,
                    piece.mask.box());
            cache.put(piece.node, KIND, ByteBuffer.allocate(3 * Double.BYTES).putDouble(point[0]).putDouble(point[1])
                    .putDouble(point[2]).array());
            points.add(point);
        }
        return points;
    }

    /// The pieces in one block, numbered from 1 on; empty if that is larger than they are on their own, or if two have a
    /// voxel in common, as nodes of different times can.
    private static Optional<Block.Bytes> together(List<Piece> pieces) {
        if (pieces.size() < 2) {
            return Optional.empty();
        }
        Box box = pieces.getFirst().mask.box();
        long apart = 0;
        for (Piece piece : pieces) {
            Box own = piece.mask.box();
            box = new Box(box.min().min(own.min()), box.max().max(own.max()));
            apart += own.volume();
        }
        if (box.volume() > apart) {
            return Optional.empty();
        }
        byte[] numbers = new byte[box.voxels()];
        for (int n = 0; n < pieces.size(); n++) {
            Block.Bytes mask = pieces.get(n).mask;
            Box own = mask.box();
            int i = 0;
            for (int z = own.min().z(); z < own.max().z(); z++) {
                for (int y = own.min().y(); y < own.max().y(); y++) {
                    int to = box.index(own.min().x(), y, z);
                    for (int x = 0; x < own.size().x(); x++) {
                        if (mask.data()[i++] != 0) {
                            if (numbers[to + x] != 0) {
                                return Optional.empty();
                            }
                            numbers[to + x] = (byte) (n + 1);
                        }
                    }
                }
            }
        }
        return Optional.of(new Block.Bytes(box, numbers));
    }

    /// Squared distance of each voxel to the nearest that is none of its piece's.
    private Block.Floats depths(Block.Bytes pieces) {
        return DistanceTransform.squared(pieces, info.voxelSize(), true, 1);
    }

    /// The middle of the voxel of a number that is farthest from others; of several the first, x fastest.
    ///
    /// @param within the box around the number's voxels
    private double[] deepest(Block.Bytes numbers, int number, Block.Floats depths, Box within) {
        Box box = numbers.box();
        float most = -1;
        Int3 best = within.min();
        for (int z = within.min().z(); z < within.max().z(); z++) {
            for (int y = within.min().y(); y < within.max().y(); y++) {
                int row = box.index(within.min().x(), y, z);
                for (int x = 0; x < within.size().x(); x++) {
                    if (numbers.data()[row + x] == number && depths.data()[row + x] > most) {
                        most = depths.data()[row + x];
                        best = new Int3(within.min().x() + x, y, z);
                    }
                }
            }
        }
        VoxelSize voxel = info.voxelSize();
        Int3 at = info.bounds().min().plus(best);
        return new double[]{(at.x() + 0.5) * voxel.x(), (at.y() + 0.5) * voxel.y(), (at.z() + 0.5) * voxel.z()};
    }
}
