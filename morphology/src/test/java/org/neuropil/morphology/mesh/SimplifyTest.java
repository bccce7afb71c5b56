package org.neuropil.morphology.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.VoxelSize;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SimplifyTest {
    private static final VoxelSize VOXEL = new VoxelSize(10, 10, 20);

    private static TriangleMesh ball() {
        return mesh(Shapes.ball(16, 13));
    }

    private static TriangleMesh mesh(Shapes.Label label) {
        return Shapes.surfaces(Shapes.block(Box.ofSize(33, 33, 33), label)).getFirst().mesh().toNanometres(VOXEL);
    }

    @Property(tries = 60)
    void noiseStaysClosedAndOfTheSameTopology(@ForAll long seed,
            @ForAll @DoubleRange(min = 0.1, max = 100) double error) {
        for (MarchingCubes.Piece piece : Shapes.surfaces(Shapes.random(Box.ofSize(7, 7, 7), seed, 2))) {
            TriangleMesh before = piece.mesh().toNanometres(VOXEL);

            TriangleMesh after = Simplify.run(before, error);

            assertThat(after.isClosed()).isTrue();
            assertThat(Shapes.euler(after.vertexCount(), after.triangleCount()))
                    .isEqualTo(Shapes.euler(before.vertexCount(), before.triangleCount()));
            assertThat(inverted(after)).isEqualTo(inverted(before));
        }
    }

    @Test
    void specksSmallerThanTheErrorDoNotTurnInsideOut() {
        // Each of these had a part that did.
        long[] seeds = {-4722652817683412901L, 7889674025587210255L, 490386427581427707L, -8379974713298287285L};
        for (long seed : seeds) {
            for (MarchingCubes.Piece piece : Shapes.surfaces(Shapes.random(Box.ofSize(7, 7, 7), seed, 2))) {
                TriangleMesh before = piece.mesh().toNanometres(VOXEL);

                TriangleMesh after = Simplify.run(before, 100);

                assertThat(after.triangleCount()).isLessThan(before.triangleCount() / 2);
                assertThat(inverted(after)).isEqualTo(inverted(before));
            }
        }
    }

    @Test
    void aBallStaysWithinTheErrorOnBothSides() {
        for (double error : new double[]{5, 20, 60}) {
            TriangleMesh before = ball();
            TriangleMesh after = Simplify.run(before, error);

            assertThat(Shapes.farthest(before, after)).isLessThanOrEqualTo(error);
            assertThat(Shapes.farthest(after, before)).isLessThanOrEqualTo(error);
        }
    }

    @Test
    void aSmoothTorusLosesNineTenthsOfItsTrianglesAndKeepsItsVolumeAndHole() {
        TriangleMesh before = Smooth.taubin(mesh(Shapes.torus(16, 10, 4)), 3, VOXEL);

        TriangleMesh after = Simplify.run(before, 30);

        assertThat(after.triangleCount()).isLessThan(before.triangleCount() / 10);
        assertThat(after.signedVolume()).isCloseTo(before.signedVolume(), Percentage.withPercentage(2));
        assertThat(Shapes.euler(after.vertexCount(), after.triangleCount())).isZero();
    }

    @Test
    void aFlatWallDoesNotSwallowAThinSpine() {
        TriangleMesh before = mesh(
                (x, y, z) -> z < 5 || x >= 15 && x < 18 && y >= 15 && y < 18 && z < 20 ? 1 : 0);

        TriangleMesh after = Simplify.run(before, 30);

        assertThat(after.bounds()[5]).isGreaterThan(before.bounds()[5] - 30);
        assertThat(Shapes.farthest(before, after)).isLessThanOrEqualTo(30);
    }

    @Test
    void theBorderOfAnOpenMeshStays() {
        TriangleMesh ball = ball();
        int[] open = Arrays.copyOf(ball.triangles(), ball.triangles().length / 2);
        TriangleMesh before = new TriangleMesh(ball.vertices(), open);

        TriangleMesh after = Simplify.run(before, 20);

        assertThat(after.triangleCount()).isLessThan(before.triangleCount());
        assertThat(border(after)).isEqualTo(border(before)).isNotEmpty();
    }

    @Test
    void anEdgeOfFourTrianglesIsLeftAlone() {
        LatticeMesh two = LatticeMesh.weld(List.of(tetrahedron(1), tetrahedron(-1)));

        TriangleMesh after = Simplify.run(two.toNanometres(VOXEL), 1000);

        assertThat(after.triangleCount()).isEqualTo(8);
    }

    @Test
    void equalMeshesGiveEqualBytes() {
        TriangleMesh a = Simplify.run(ball(), 10);
        TriangleMesh b = Simplify.run(ball(), 10);

        assertThat(a.vertices()).isEqualTo(b.vertices());
        assertThat(a.triangles()).isEqualTo(b.triangles());
    }

    @Test
    void refusesErrorsThatAreNone() {
        assertThatThrownBy(() -> Simplify.run(ball(), -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Simplify.run(ball(), Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void smoothingKeepsTheVolumeAndMovesNoVertexFurtherThanHalfAVoxel() {
        TriangleMesh before = ball();

        TriangleMesh after = Smooth.taubin(before, 5, VOXEL);

        assertThat(after.signedVolume()).isCloseTo(before.signedVolume(), Percentage.withPercentage(1));
        assertThat(after.area()).isLessThan(0.97 * before.area());
        float[] half = {5, 5, 10};
        for (int i = 0; i < before.vertices().length; i++) {
            assertThat(Math.abs(after.vertices()[i] - before.vertices()[i])).isLessThanOrEqualTo(half[i % 3]);
        }
    }

    /// Number of connected parts whose volume is not positive; by flooding from triangle to triangle.
    private static int inverted(TriangleMesh mesh) {
        int[] t = mesh.triangles();
        float[] v = mesh.vertices();
        int[] part = new int[mesh.vertexCount()];
        Arrays.setAll(part, i -> i);
        for (boolean changed = true; changed;) {
            changed = false;
            for (int i = 0; i < t.length; i += 3) {
                int least = Math.min(part[t[i]], Math.min(part[t[i + 1]], part[t[i + 2]]));
                for (int k = i; k < i + 3; k++) {
                    changed |= part[t[k]] != least;
                    part[t[k]] = least;
                }
            }
        }
        double[] volumes = new double[part.length];
        for (int i = 0; i < t.length; i += 3) {
            int a = 3 * t[i];
            int b = 3 * t[i + 1];
            int c = 3 * t[i + 2];
            volumes[part[t[i]]] += v[a] * ((double) v[b + 1] * v[c + 2] - (double) v[b + 2] * v[c + 1])
                    + v[a + 1] * ((double) v[b + 2] * v[c] - (double) v[b] * v[c + 2])
                    + v[a + 2] * ((double) v[b] * v[c + 1] - (double) v[b + 1] * v[c]);
        }
        return (int) Arrays.stream(part).distinct().filter(p -> volumes[p] <= 0).count();
    }

    private static LatticeMesh tetrahedron(int sign) {
        int[] outward = sign > 0
                ? new int[]{0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2}
                : new int[]{0, 1, 2, 0, 3, 1, 1, 3, 2, 0, 2, 3};
        return new LatticeMesh(new int[]{0, 0, 0, 10, 0, 0, 3, 10 * sign, 0, 3, 2 * sign, 10}, outward);
    }

    private static Set<List<Float>> border(TriangleMesh mesh) {
        Set<Long> edges = new HashSet<>();
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i++) {
            edges.add((long) t[i] << 32 | t[i % 3 == 2 ? i - 2 : i + 1]);
        }
        Set<List<Float>> points = new HashSet<>();
        for (long e : edges) {
            if (!edges.contains(e << 32 | e >>> 32)) {
                int v = 3 * (int) (e >>> 32);
                points.add(List.of(mesh.vertices()[v], mesh.vertices()[v + 1], mesh.vertices()[v + 2]));
            }
        }
        return points;
    }
}
