package org.neuropil.morphology.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MarchingCubesTest {
    private static final VoxelSize UNIT = new VoxelSize(1, 1, 1);

    @Property(tries = 200)
    void everyLabelOfNoiseGetsAClosedManifoldThatFacesOutward(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int labels) {
        Block.Longs noise = Shapes.random(Box.ofSize(6, 5, 7), seed, labels);

        for (MarchingCubes.Piece piece : Shapes.surfaces(noise)) {
            assertThat(TriangleMesh.isClosed(piece.mesh().triangles())).isTrue();
            assertThat(fans(piece.mesh())).isEqualTo(piece.mesh().vertexCount());
            assertThat(Shapes.sixVolumes(piece.mesh())).isPositive();
        }
    }

    @Property(tries = 100)
    void theSurfaceSeparatesVoxelCentresInsideFromThoseOutside(@ForAll long seed) {
        Block.Longs noise = Shapes.random(Box.ofSize(4, 4, 4), seed, 1);

        for (MarchingCubes.Piece piece : Shapes.surfaces(noise)) {
            for (int z = -1; z <= 4; z++) {
                for (int y = -1; y <= 4; y++) {
                    for (int x = -1; x <= 4; x++) {
                        boolean inside = noise.box().contains(x, y, z)
                                && noise.data()[noise.box().index(x, y, z)] == piece.label();
                        assertThat(winding(piece.mesh(), 2 * x + 1, 2 * y + 1, 2 * z + 1)).isEqualTo(inside ? 1 : 0);
                    }
                }
            }
        }
    }

    @Property(tries = 60)
    void blocksWeldToTheMeshOfTheWhole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int x,
            @ForAll @IntRange(min = 1, max = 5) int y, @ForAll @IntRange(min = 1, max = 5) int z) {
        Block.Longs volume = Shapes.random(Box.of(new Int3(-3, 7, 100), new Int3(6, 7, 5)), seed, 2);
        Grid grid = new Grid(volume.box(), new Int3(x, y, z));
        Map<Long, List<LatticeMesh>> pieces = new TreeMap<>();
        Map<Long, Long> voxels = new TreeMap<>();
        for (int block = 0; block < grid.count(); block++) {
            for (MarchingCubes.Piece piece : Shapes.pieces(volume, grid.box(block))) {
                pieces.computeIfAbsent(piece.label(), l -> new ArrayList<>()).add(piece.mesh());
                voxels.merge(piece.label(), piece.voxels(), Long::sum);
            }
        }

        List<MarchingCubes.Piece> whole = Shapes.surfaces(volume);

        assertThat(whole).extracting(MarchingCubes.Piece::label).containsExactlyElementsOf(pieces.keySet());
        for (MarchingCubes.Piece piece : whole) {
            LatticeMesh welded = LatticeMesh.weld(pieces.getOrDefault(piece.label(), List.of()));
            assertThat(triangles(welded)).isEqualTo(triangles(piece.mesh()));
            assertThat(welded.vertexCount()).isEqualTo(piece.mesh().vertexCount());
            assertThat(voxels).containsEntry(piece.label(), piece.voxels());
        }
    }

    @Test
    void aVoxelIsAnOctahedronAroundItsCentre() {
        LatticeMesh mesh = Shapes.surfaces(Shapes.block(Box.of(new Int3(5, 6, 7), new Int3(1, 1, 1)),
                (x, y, z) -> 9)).getFirst().mesh();

        assertThat(mesh.vertexCount()).isEqualTo(6);
        assertThat(mesh.triangleCount()).isEqualTo(8);
        assertThat(mesh.toNanometres(new VoxelSize(4, 4, 40)).bounds()).containsExactly(20, 24, 280, 24, 28, 320);
    }

    @Test
    void aBoxLosesOnlyItsEdgesAndCorners() {
        int n = 10;
        LatticeMesh mesh = Shapes.surfaces(Shapes.block(Box.ofSize(n, n, n), (x, y, z) -> 1)).getFirst().mesh();

        // An eighth of a voxel along each of the 12 edges between the outermost centres; at the 8 corners the edges
        // meet in a tetrahedron of 1/48 that stands for 1/8.
        double expected = Math.pow(n, 3) - 12 * (n - 1) / 8.0 - 8 * (1 / 8.0 - 1 / 48.0);
        assertThat(mesh.toNanometres(UNIT).signedVolume()).isCloseTo(expected,
                Offset.offset(1e-3));
        assertThat(Shapes.euler(mesh.vertexCount(), mesh.triangleCount())).isEqualTo(2);
    }

    @Test
    void aBallHasTheVolumeOfItsVoxelsWithinTheirSurface() {
        MarchingCubes.Piece ball = Shapes.surfaces(Shapes.block(Box.ofSize(33, 33, 33), Shapes.ball(16, 14)))
                .getFirst();
        TriangleMesh mesh = ball.mesh().toNanometres(UNIT);

        assertThat(Shapes.euler(mesh.vertexCount(), mesh.triangleCount())).isEqualTo(2);
        // Voxel edges of the stairs are cut by an eighth at most, in and out.
        assertThat(mesh.signedVolume()).isBetween(ball.voxels() - mesh.area() / 8, ball.voxels() + mesh.area() / 8);
        assertThat(mesh.signedVolume() / (4 / 3.0 * Math.PI * 14 * 14 * 14)).isBetween(0.98, 1.02);
    }

    @Test
    void aTorusHasAHole() {
        LatticeMesh mesh = Shapes.surfaces(Shapes.block(Box.ofSize(40, 40, 40), Shapes.torus(20, 12, 4))).getFirst()
                .mesh();

        assertThat(Shapes.euler(mesh.vertexCount(), mesh.triangleCount())).isZero();
    }

    @Test
    void labelsAreUnsignedAndSorted() {
        long[] labels = {-1, 3, Long.MIN_VALUE, 0, 1};

        List<MarchingCubes.Piece> pieces = Shapes
                .surfaces(Shapes.block(Box.ofSize(5, 1, 1), (x, y, z) -> labels[x]));

        assertThat(pieces).extracting(MarchingCubes.Piece::label).containsExactly(1L, 3L, Long.MIN_VALUE, -1L);
        assertThat(pieces).extracting(MarchingCubes.Piece::voxels).containsOnly(1L);
    }

    @Test
    void refusesABlockThatLacksVoxels() {
        Block.Longs block = Shapes.random(Box.ofSize(3, 3, 3), 1, 1);

        assertThatThrownBy(() -> MarchingCubes.run(block, block.box(), block.box()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0,0,0:3,3,3");
    }

    /// Number of closed fans of triangles, which is that of the vertices exactly if each has one.
    private static int fans(LatticeMesh mesh) {
        Map<Long, Integer> next = new HashMap<>();
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i++) {
            int b = t[i % 3 == 2 ? i - 2 : i + 1];
            int c = t[i % 3 == 0 ? i + 2 : i - 1];
            next.put((long) t[i] << 32 | b, c);
        }
        Set<Long> seen = new HashSet<>();
        int fans = 0;
        for (long edge : next.keySet()) {
            if (seen.contains(edge)) {
                continue;
            }
            fans++;
            long e = edge;
            while (seen.add(e)) {
                e = e >>> 32 << 32 | next.getOrDefault(e, -1);
            }
        }
        return fans;
    }

    /// How often a surface winds around a voxel's centre: signed crossings of a ray that meets no vertex or edge.
    private static int winding(LatticeMesh mesh, double x, double y, double z) {
        double ry = y + 0.0137;
        double rz = z + 0.0071;
        int sum = 0;
        int[] v = mesh.vertices();
        for (int i = 0; i < mesh.triangles().length; i += 3) {
            double[][] p = new double[3][];
            for (int k = 0; k < 3; k++) {
                int at = 3 * mesh.triangles()[i + k];
                p[k] = new double[]{v[at] - x, v[at + 1] - ry, v[at + 2] - rz};
            }
            double a = p[1][1] * p[2][2] - p[1][2] * p[2][1];
            double b = p[2][1] * p[0][2] - p[2][2] * p[0][1];
            double c = p[0][1] * p[1][2] - p[0][2] * p[1][1];
            if (a > 0 && b > 0 && c > 0 || a < 0 && b < 0 && c < 0) {
                double hit = (a * p[0][0] + b * p[1][0] + c * p[2][0]) / (a + b + c);
                sum += hit > 0 ? a > 0 ? 1 : -1 : 0;
            }
        }
        return sum;
    }

    private static Set<List<List<Integer>>> triangles(LatticeMesh mesh) {
        Set<List<List<Integer>>> all = new HashSet<>();
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i += 3) {
            List<List<Integer>> corners = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                corners.add(Arrays.stream(mesh.vertices(), 3 * t[i + k], 3 * t[i + k] + 3).boxed().toList());
            }
            int first = 0;
            for (int k = 1; k < 3; k++) {
                first = corners.get(k).toString().compareTo(corners.get(first).toString()) < 0 ? k : first;
            }
            all.add(List.of(corners.get(first), corners.get((first + 1) % 3), corners.get((first + 2) % 3)));
        }
        assertThat(all).hasSize(mesh.triangleCount());
        return all;
    }
}
