package org.neuropil.morphology.level2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.neuropil.morphology.level2.Level2World.CHUNK;
import static org.neuropil.morphology.level2.Level2World.LATER;
import static org.neuropil.morphology.level2.Level2World.PLAIN;
import static org.neuropil.morphology.level2.Level2World.VOXEL;
import static org.neuropil.morphology.level2.Level2World.ball;
import static org.neuropil.morphology.level2.Level2World.blocks;
import static org.neuropil.morphology.level2.Level2World.labels;
import static org.neuropil.morphology.level2.Level2World.root;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.morphology.mesh.FloatDraco;
import org.neuropil.morphology.mesh.LatticeMesh;
import org.neuropil.morphology.mesh.TriangleMesh;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Level2MeshesTest {
    @TempDir
    Path folder;

    private Level2Meshes meshes(ToyGraph graph, MeshOptions options) throws IOException {
        return meshes(graph, options, "cache");
    }

    private Level2Meshes meshes(ToyGraph graph, MeshOptions options, String cache) throws IOException {
        return Level2Meshes.open(graph, blocks(graph, new AtomicInteger()), folder.resolve(cache), options);
    }

    /// The pieces of a node, joined at equal positions.
    private static TriangleMesh whole(Level2Meshes meshes, long node) throws IOException {
        float step = FloatDraco.step(VOXEL);
        List<LatticeMesh> parts = new ArrayList<>();
        for (long piece : new Manifest(meshes).nodes(node)) {
            TriangleMesh part = FloatDraco.decode(meshes.fragment(piece));
            // The speck that stands for nothing.
            if (part.triangleCount() > 1) {
                parts.add(FloatDraco.round(part, step));
            }
        }
        return FloatDraco.nanometres(LatticeMesh.weld(parts), step);
    }

    @Test
    void theEightPiecesOfABallAreTogetherClosedAndHaveItsVolume() throws IOException {
        ToyGraph graph = ball();
        long root = root(graph, graph.at(115, -25, 21), Graph.NOW);
        Level2Meshes meshes = meshes(graph, PLAIN);
        assertThat(new Manifest(meshes).nodes(root)).hasSize(8);

        TriangleMesh whole = whole(meshes, root);

        assertThat(whole.isClosed()).isTrue();
        assertThat(whole.vertexCount() - whole.triangleCount() / 2).as("a sphere").isEqualTo(2);
        long voxels = Arrays.stream(graph.volume().data()).filter(v -> v != 0).count();
        assertThat(whole.signedVolume()).isCloseTo(voxels * VOXEL.volume(), Percentage.withPercentage(2));
        assertThat(whole.signedVolume()).isCloseTo(4 / 3.0 * Math.PI * 11 * 11 * 11 * VOXEL.volume(),
                Percentage.withPercentage(3));
        // It begins where its first voxels do.
        assertThat(whole.bounds()[0]).isEqualTo(105 * 8f);
        assertThat(whole.bounds()[1]).isEqualTo(-36 * 8f);
    }

    @Test
    void smoothedAndSimplifiedItIsStillClosed() throws IOException {
        ToyGraph graph = ball();
        long root = root(graph, graph.at(115, -25, 21), Graph.NOW);

        TriangleMesh plain = whole(meshes(graph, PLAIN), root);
        TriangleMesh whole = whole(meshes(graph, MeshOptions.DEFAULTS), root);

        assertThat(whole.isClosed()).isTrue();
        assertThat(whole.triangleCount()).isLessThan(plain.triangleCount() * 3 / 4);
        assertThat(whole.signedVolume()).isCloseTo(plain.signedVolume(), Percentage.withPercentage(2));
        assertThat(whole.area()).isCloseTo(4 * Math.PI * Math.pow(11 * 8.6, 2), Percentage.withPercentage(8));
    }

    @Test
    void aHigherNodeIsItsChildrenInOnePiece() throws IOException {
        ToyGraph graph = ball();
        long root = root(graph, graph.at(115, -25, 21), Graph.NOW);
        Level2Meshes meshes = meshes(graph, new MeshOptions(300_000, 1, 2, 0, 7, 3, 1 << 20, 1 << 20));
        TriangleMesh pieces = whole(meshes(graph, MeshOptions.DEFAULTS), root);

        assertThat(new Manifest(meshes).nodes(root)).containsExactly(root);
        assertThat(new Manifest(meshes).nodes(root, null, 2)).hasSize(8);
        assertThat(meshes.metadata()).containsEntry("max_meshed_layer", 3).containsEntry("uniform_draco_grid_size", 1f);
        assertThat(new String(meshes.meshInfo(), StandardCharsets.UTF_8)).contains("neuroglancer_legacy_mesh")
                .contains("\"2\"", "\"3\"").doesNotContain("\"4\"");
        TriangleMesh joined = whole(meshes, root);

        assertThat(joined.isClosed()).isTrue();
        assertThat(joined.triangleCount()).isLessThan(pieces.triangleCount() * 3 / 4);
        assertThat(joined.signedVolume()).isCloseTo(pieces.signedVolume(), Percentage.withPercentage(2));
    }

    @Test
    void aCoarserLatticeGivesClosedPiecesToo() throws IOException {
        ToyGraph graph = ball();
        long root = root(graph, graph.at(115, -25, 21), Graph.NOW);
        Level2Meshes meshes = meshes(graph, new MeshOptions(1000, 0, 0, 0, 1000, 5, 1 << 20, 1 << 20));

        TriangleMesh whole = whole(meshes, root);

        assertThat(whole.isClosed()).isTrue();
        assertThat(whole.triangleCount()).isLessThan(whole(meshes(graph, PLAIN), root).triangleCount() / 3);
        assertThat(whole.signedVolume()).isCloseTo(4 / 3.0 * Math.PI * 11 * 11 * 11 * VOXEL.volume(),
                Percentage.withPercentage(8));
    }

    @Property(tries = 15)
    void thePiecesOfRandomCellsAreClosedTogether(@ForAll int seed) throws IOException {
        // Two cells of three names each, in thick random lumps.
        ToyGraph graph = new ToyGraph(labels(Box.ofSize(9, 8, 7),
                (x, y, z) -> Math.floorMod((seed ^ x / 2 * 73 ^ y / 2 * 151 ^ z / 2 * 283) * 0x9E3779B1 >>> 7, 7)),
                Int3.all(4), VOXEL, 4, (a, b) -> a <= 3 == b <= 3);
        Path cache = Files.createTempDirectory("pieces");
        try {
            Level2Meshes meshes = Level2Meshes.open(graph, blocks(graph, new AtomicInteger()), cache, PLAIN);
            Map<List<Float>, Integer> edges = new HashMap<>();
            long[] supervoxels = Arrays.stream(graph.volume().data()).filter(v -> v != 0).distinct().toArray();
            for (long root : Arrays.stream(graph.roots(supervoxels, Graph.NOW, 4)).distinct().toArray()) {
                edges.clear();
                for (long node : new Manifest(meshes).nodes(root)) {
                    count(FloatDraco.decode(meshes.fragment(node)), edges);
                }
                assertThat(edges.values()).containsOnly(0);
            }
        } finally {
            try (Stream<Path> all = Files.walk(cache)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// How much more often each edge is walked one way than the other.
    private static void count(TriangleMesh mesh, Map<List<Float>, Integer> edges) {
        if (mesh.triangleCount() == 1) {
            return;
        }
        float[] v = mesh.vertices();
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i++) {
            int a = 3 * t[i];
            int b = 3 * t[i % 3 == 2 ? i - 2 : i + 1];
            edges.merge(List.of(v[a], v[a + 1], v[a + 2], v[b], v[b + 1], v[b + 2]), 1, Integer::sum);
            edges.merge(List.of(v[b], v[b + 1], v[b + 2], v[a], v[a + 1], v[a + 2]), -1, Integer::sum);
        }
    }

    @Test
    void anEditChangesOnlyThePiecesThatItTouchesAndBothSidesAreClosed() throws IOException {
        // A rod along x through both chunks, with a branch of its own name in the second chunk only.
        Box box = Box.ofSize(64, 16, 16);
        ToyGraph graph = new ToyGraph(labels(box, (x, y, z) -> y >= 3 && y < 8 && z >= 3 && z < 9
                ? 1
                : x >= 40 && x < 45 && y >= 8 && z >= 3 && z < 9 ? 2 : 0), CHUNK, VOXEL, 4, (a, b) -> true);
        long rod = graph.at(3, 4, 4);
        long branch = graph.at(42, 12, 4);
        long before = root(graph, rod, Graph.NOW);
        Level2Meshes meshes = meshes(graph, PLAIN);
        Map<Long, byte[]> old = new TreeMap<>();
        for (long node : new Manifest(meshes).nodes(before)) {
            old.put(node, meshes.fragment(node));
        }
        assertThat(old).hasSize(4);

        graph.edit(LATER, (a, b) -> a != branch && b != branch);
        long after = root(graph, rod, Graph.NOW);
        List<Long> nodes = new Manifest(meshes).nodes(after);

        assertThat(nodes).hasSize(4);
        assertThat(nodes.stream().filter(old::containsKey)).as("unchanged chunks").hasSize(3);
        for (long root : new long[]{before, after, root(graph, branch, Graph.NOW)}) {
            assertThat(whole(meshes, root).isClosed()).isTrue();
        }
        // Made anew, also by someone who looks only now, the old pieces are what they were.
        Level2Meshes fresh = meshes(graph, PLAIN, "other");
        for (Map.Entry<Long, byte[]> piece : old.entrySet()) {
            assertThat(fresh.fragment(piece.getKey())).isEqualTo(piece.getValue());
        }
    }

    @Test
    void aCutAtTheBorderOfChunksClosesBothEnds() throws IOException {
        Box box = Box.ofSize(32, 16, 16);
        ToyGraph graph = new ToyGraph(labels(box, (x, y, z) -> y >= 3 && y < 8 && z >= 3 && z < 9 ? 1 : 0), CHUNK,
                VOXEL, 3, (a, b) -> true);
        long left = graph.at(3, 4, 4);
        long right = graph.at(30, 4, 4);
        Level2Meshes meshes = meshes(graph, PLAIN);
        TriangleMesh rod = whole(meshes, root(graph, left, Graph.NOW));

        graph.edit(LATER, (a, b) -> false);

        TriangleMesh one = whole(meshes, root(graph, left, Graph.NOW));
        TriangleMesh other = whole(meshes, root(graph, right, Graph.NOW));
        assertThat(rod.isClosed() && one.isClosed() && other.isClosed()).isTrue();
        assertThat(one.bounds()[3]).isEqualTo(16 * 8f).isEqualTo(other.bounds()[0]);
        assertThat(one.signedVolume() + other.signedVolume()).isCloseTo(rod.signedVolume(),
                Percentage.withPercentage(3));
    }

    @Test
    void aSupervoxelThatIsCutAfterwardsIsStillThereInOldPiecesAndItsPartsInNewOnes() throws IOException {
        Box box = Box.ofSize(32, 16, 16);
        ToyGraph graph = new ToyGraph(labels(box, (x, y, z) -> y >= 3 && y < 11 && z >= 3 && z < 9 ? 1 : 0), CHUNK,
                VOXEL, 3, (a, b) -> true);
        long left = graph.at(3, 4, 4);
        long right = graph.at(30, 4, 4);
        long before = root(graph, left, Graph.NOW);
        Level2Meshes meshes = meshes(graph, PLAIN);
        TriangleMesh rod = whole(meshes, before);

        graph.cut(left, LATER, (x, y) -> y < 7);
        long low = graph.at(3, 4, 4);
        long high = graph.at(3, 9, 4);
        graph.edit(LATER, (a, b) -> a == right && b == low || a == low && b == right);

        // The block in memory is older than the cut; that of another reader is younger than the node.
        assertThat(whole(meshes, root(graph, right, Graph.NOW)).isClosed()).isTrue();
        TriangleMesh part = whole(meshes, root(graph, high, Graph.NOW));
        assertThat(part.isClosed()).isTrue();
        assertThat(part.signedVolume()).isCloseTo(16 * 4 * 6 * VOXEL.volume(), Percentage.withPercentage(15));
        assertThat(meshes(graph, PLAIN, "other").representativePoint(new Manifest(meshes).nodes(before).getFirst())[1])
                .isEqualTo(6.5 * 8);
        TriangleMesh again = whole(meshes(graph, PLAIN, "third"), before);
        assertThat(again.isClosed()).isTrue();
        assertThat(again.signedVolume()).isEqualTo(rod.signedVolume());
    }

    @Test
    void aNodeThatFillsItsChunkIsASpeckAndLeavesTheManifest() throws IOException {
        ToyGraph graph = new ToyGraph(labels(Box.ofSize(12, 12, 12), (x, y, z) -> 1), Int3.all(4), VOXEL, 4,
                (a, b) -> true);
        Level2Meshes meshes = meshes(graph, PLAIN);
        long middle = graph.roots(new long[]{graph.at(5, 5, 5)}, Graph.NOW, 2)[0];
        long root = root(graph, middle, Graph.NOW);
        assertThat(new Manifest(meshes).nodes(root)).hasSize(27).contains(middle);

        TriangleMesh speck = FloatDraco.decode(meshes.fragment(middle));

        assertThat(speck.triangleCount()).isEqualTo(1);
        assertThat(speck.area()).isLessThan(1);
        assertThat(new Manifest(meshes).nodes(root)).hasSize(26).doesNotContain(middle);
        assertThat(whole(meshes, root).isClosed()).isTrue();
    }

    @Test
    void nodesBelowTheLeastSizeHaveNoSurface() throws IOException {
        ToyGraph graph = ball();
        MeshOptions options = new MeshOptions(300_000, 0, 0, 100_000, 1000, 5, 1 << 20, 1 << 20);
        long node = graph.roots(new long[]{graph.at(115, -25, 21)}, Graph.NOW, 2)[0];

        assertThat(FloatDraco.decode(meshes(graph, options).fragment(node)).triangleCount()).isEqualTo(1);
    }

    @Test
    void theLatticeBecomesCoarserWhereVoxelsAreShort() {
        ToyGraph fine = new ToyGraph(labels(Box.ofSize(4, 4, 4), (x, y, z) -> 1), new Int3(256, 256, 32),
                new VoxelSize(4, 4, 40), 2, (a, b) -> true);

        assertThat(Lattice.of(fine.info(), 300_000).factor()).isEqualTo(new Int3(4, 4, 1));
        assertThat(Lattice.of(fine.info(), 10_000).factor()).isEqualTo(new Int3(16, 16, 2));
        assertThat(Lattice.of(ball().info(), 300_000).factor()).isEqualTo(Int3.all(1));
        assertThat(NodeIds.layer(fine.roots(new long[]{fine.at(1, 1, 1)}, Graph.NOW, 2)[0])).isEqualTo(2);
    }
}
