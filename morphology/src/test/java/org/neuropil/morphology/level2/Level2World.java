package org.neuropil.morphology.level2;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.neuropil.graph.Graph;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Small graphs whose meshes are looked at, and what they are made with.
final class Level2World {
    static final Box BOX = Box.of(new Int3(100, -40, 7), new Int3(30, 28, 26));
    static final Int3 CHUNK = Int3.all(16);
    static final VoxelSize VOXEL = new VoxelSize(8, 8, 10);
    /// Nothing smoothed, nothing simplified.
    static final MeshOptions PLAIN = new MeshOptions(300_000, 0, 0, 0, 1000, 5, 1 << 20, 1 << 20);
    static final Instant LATER = ToyGraph.BEGIN.plusSeconds(5);

    private Level2World() {}

    interface Label {
        long at(int x, int y, int z);
    }

    static Block.Longs labels(Box box, Label label) {
        Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, box);
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    block.data()[box.index(x, y, z)] = label.at(x, y, z);
                }
            }
        }
        return block;
    }

    /// A ball of names 1 (left) and 2 (right) that are one cell, across all eight chunks; name 3 is another around it.
    static ToyGraph ball() {
        return new ToyGraph(labels(BOX, (x, y, z) -> inBall(x, y, z) ? x + y < 90 ? 1 : 2 : 0), CHUNK, VOXEL, 3,
                (a, b) -> true);
    }

    static boolean inBall(int x, int y, int z) {
        return Math.hypot(Math.hypot(x - 115.2, y + 25.4), z - 21.3) <= 11;
    }

    static SupervoxelBlocks blocks(ToyGraph graph, AtomicInteger reads) {
        return voxels -> {
            reads.incrementAndGet();
            return (Block.Longs) graph.volume().crop(voxels);
        };
    }

    static long root(Graph graph, long node, Instant at) throws IOException {
        return graph.root(node, at);
    }
}
