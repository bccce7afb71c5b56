package org.neuropil.morphology.level2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.morphology.level2.Level2World.PLAIN;
import static org.neuropil.morphology.level2.Level2World.VOXEL;
import static org.neuropil.morphology.level2.Level2World.ball;
import static org.neuropil.morphology.level2.Level2World.blocks;
import static org.neuropil.morphology.level2.Level2World.labels;
import static org.neuropil.morphology.level2.Level2World.root;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Graph;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class InnerPointsTest {
    @TempDir
    Path folder;

    private Level2Meshes meshes(ToyGraph graph, MeshOptions options, String cache) throws IOException {
        return Level2Meshes.open(graph, blocks(graph, new AtomicInteger()), folder.resolve(cache), options);
    }

    @Test
    void theRepresentativePointIsTheVoxelFarthestFromAllOthers() throws IOException {
        ToyGraph graph = ball();
        Level2Meshes meshes = meshes(graph, PLAIN, "cache");
        long root = root(graph, graph.at(115, -25, 21), Graph.NOW);
        for (long node : new Manifest(meshes).nodes(root)) {
            double[] point = meshes.representativePoint(node);

            assertThat(point).isEqualTo(farthest(graph, node));
            int x = (int) Math.floor(point[0] / VOXEL.x());
            int y = (int) Math.floor(point[1] / VOXEL.y());
            int z = (int) Math.floor(point[2] / VOXEL.z());
            assertThat(graph.roots(new long[]{graph.at(x, y, z)}, Graph.NOW, 2)[0]).isEqualTo(node);
            assertThat(meshes.representativePoint(node)).as("from the folder").isEqualTo(point);
        }
    }

    /// By looking at all pairs of voxels.
    private static double[] farthest(ToyGraph graph, long node) {
        Box chunk = graph.info().grid().box(graph.info().ids().chunk(node));
        Box around = chunk.grow(Int3.all(1));
        List<Int3> own = new ArrayList<>();
        List<Int3> others = new ArrayList<>();
        BiPredicate<Int3, Box> in = (p, b) -> b.contains(p.x(), p.y(), p.z());
        for (int z = around.min().z(); z < around.max().z(); z++) {
            for (int y = around.min().y(); y < around.max().y(); y++) {
                for (int x = around.min().x(); x < around.max().x(); x++) {
                    Int3 p = new Int3(x, y, z);
                    long sv = in.test(p, chunk) ? graph.at(x, y, z) : 0;
                    (sv != 0 && graph.roots(new long[]{sv}, Graph.NOW, 2)[0] == node ? own : others).add(p);
                }
            }
        }
        double best = -1;
        Int3 at = Int3.ZERO;
        for (Int3 p : own) {
            double nearest = Double.MAX_VALUE;
            for (Int3 q : others) {
                double dx = (p.x() - q.x()) * VOXEL.x();
                double dy = (p.y() - q.y()) * VOXEL.y();
                double dz = (p.z() - q.z()) * VOXEL.z();
                nearest = Math.min(nearest, dx * dx + dy * dy + dz * dz);
            }
            if (nearest > best) {
                best = nearest;
                at = p;
            }
        }
        return new double[]{(at.x() + 0.5) * VOXEL.x(), (at.y() + 0.5) * VOXEL.y(), (at.z() + 0.5) * VOXEL.z()};
    }

    /// Columns of random names beside each other; some nodes of a chunk are looked at together, others are not.
    @Property(tries = 20)
    void thoseOfSeveralNodesAreThoseOfEach(@ForAll int seed) throws IOException {
        Random random = new Random(seed);
        int wide = 2 + random.nextInt(5);
        ToyGraph graph = new ToyGraph(labels(Box.ofSize(20, 12, 10), (x, y, z) -> 1 + new Random(
                seed + x / wide * 31L + y / wide * 7L).nextInt(4)), Int3.all(8), VOXEL, 3, (a, b) -> true);
        Set<Long> nodes = new TreeSet<>();
        for (int x = 0; x < 20; x++) {
            nodes.add(graph.roots(new long[]{graph.at(x, x % 12, x % 10)}, Graph.NOW, 2)[0]);
        }
        long[] asked = nodes.stream().mapToLong(id -> id).toArray();
        // Nothing is kept, so that each is found anew.
        Level2Meshes meshes = Level2Meshes.open(graph, blocks(graph, new AtomicInteger()), Path.of("no such folder"),
                new MeshOptions(300_000, 0, 0, 0, 1000, 5, 0, 1 << 20));

        Map<Long, double[]> points = meshes.representativePoints(asked);

        assertThat(points.keySet()).isEqualTo(nodes);
        for (long node : asked) {
            assertThat(points.get(node)).isEqualTo(farthest(graph, node))
                    .isEqualTo(meshes.representativePoint(node));
        }
    }

    @Test
    void aNodeWhoseVoxelsCannotBeReadHoldsUpNoOther() throws IOException {
        ToyGraph graph = ball();
        Level2Meshes meshes = Level2Meshes.open(graph, voxels -> {
            if (voxels.min().x() < 110) {
                throw new IOException("the disk is gone");
            }
            return blocks(graph, new AtomicInteger()).read(voxels);
        }, folder.resolve("cache"), PLAIN);
        long left = graph.roots(new long[]{graph.at(113, -25, 21)}, Graph.NOW, 2)[0];
        long right = graph.roots(new long[]{graph.at(120, -25, 21)}, Graph.NOW, 2)[0];
        long none = graph.info().ids().id(2, Int3.ZERO, 77);

        assertThat(meshes.representativePoints(new long[]{left, right, none})).containsOnlyKeys(right);
        assertThat(meshes.figures()).containsEntry("mesh_point_failures", 2L);
    }
}
