package org.neuropil.morphology.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.store.FileStore;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MultilodDracoTest {
    private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30);

    @TempDir
    Path folder;

    private static TriangleMesh torus() {
        Int3 far = new Int3(1000, 2000, 3000);
        return Shapes.surfaces(Shapes.block(Box.of(far, Int3.all(40)), (x, y, z) -> Shapes.torus(20, 12, 4)
                .at(x - far.x(), y - far.y(), z - far.z()))).getFirst().mesh().toNanometres(VOXEL);
    }

    private static List<TriangleMesh> levels(TriangleMesh mesh) {
        TriangleMesh one = Simplify.run(mesh, 30);
        return List.of(mesh, one, Simplify.run(one, 60));
    }

    @Property(tries = 100)
    void dracoBytesHoldTheSameTriangles(@ForAll long seed) throws IOException {
        for (MarchingCubes.Piece piece : Shapes.surfaces(Shapes.random(Box.ofSize(5, 5, 5), seed, 1))) {
            LatticeMesh read = LatticeMesh.weld(List.of(Draco.decode(Draco.encode(piece.mesh()))));

            assertThat(read.vertexCount()).isEqualTo(piece.mesh().vertexCount());
            assertThat(read.triangleCount()).isEqualTo(piece.mesh().triangleCount());
            assertThat(Shapes.sixVolumes(read)).isEqualTo(Shapes.sixVolumes(piece.mesh()));
            assertThat(TriangleMesh.isClosed(read.triangles())).isTrue();
        }
    }

    @Test
    void aLevelOfOneFragmentComesBackWithinItsRounding() throws IOException {
        FileStore store = new FileStore(folder);
        TriangleMesh mesh = torus();

        MultilodDraco.write(store, -2, MultilodDraco.encode(List.of(mesh)));

        assertThat(folder.resolve("18446744073709551614")).exists();
        List<TriangleMesh> read = MultilodDraco.read(store, -2, 0).orElseThrow();
        assertThat(read).hasSize(1);
        TriangleMesh one = read.getFirst();
        assertThat(one.isClosed()).isTrue();
        assertThat(one.triangleCount()).isEqualTo(mesh.triangleCount());
        assertThat(one.signedVolume()).isCloseTo(mesh.signedVolume(), Percentage.withPercentage(0.01));
        assertThat(Shapes.farthest(one, mesh)).isLessThan(0.1);
    }

    @Test
    void fragmentsOfEachLevelJoinToItsClosedSurface() throws IOException {
        FileStore store = new FileStore(folder);
        List<TriangleMesh> levels = levels(torus());
        MultilodDraco.write(store, 7, MultilodDraco.encode(levels));

        for (int lod = 0; lod < 3; lod++) {
            List<TriangleMesh> fragments = MultilodDraco.read(store, 7, lod).orElseThrow();
            TriangleMesh joined = join(fragments);
            assertThat(fragments).hasSizeGreaterThan(2 >> lod);
            assertThat(joined.isClosed()).isTrue();
            assertThat(joined.signedVolume()).isCloseTo(levels.get(lod).signedVolume(),
                    Percentage.withPercentage(0.01));
            assertThat(Shapes.farthest(joined, levels.get(lod))).isLessThan(0.2);
        }
        assertThat(MultilodDraco.read(store, 7, 3)).isEmpty();
        assertThat(MultilodDraco.read(store, 8, 0)).isEmpty();
    }

    @Test
    void theManifestIsWhatTheSpecificationAsksFor() throws IOException {
        FileStore store = new FileStore(folder);
        MultilodDraco.Encoded encoded = MultilodDraco.encode(levels(torus()));
        ByteBuffer manifest = ByteBuffer.wrap(encoded.manifest()).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(manifest.getFloat(0)).isEqualTo(manifest.getFloat(8)).isPositive();
        assertThat(manifest.getInt(24)).isEqualTo(3);
        assertThat(manifest.getFloat(28)).isLessThan(manifest.getFloat(32)).isPositive();
        int at = 28 + 20 * 3;
        long bytes = 0;
        List<List<List<Integer>>> cells = new ArrayList<>();
        for (int lod = 0; lod < 3; lod++) {
            int n = manifest.getInt(28 + 16 * 3 + 4 * lod);
            List<List<Integer>> level = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                level.add(List.of(manifest.getInt(at + 4 * i), manifest.getInt(at + 4 * (n + i)),
                        manifest.getInt(at + 4 * (2 * n + i))));
                bytes += manifest.getInt(at + 4 * (3 * n + i));
            }
            assertThat(level).isSortedAccordingTo((a, b) -> Integer.compare(morton(a), morton(b)));
            cells.add(level);
            at += 16 * n;
        }
        assertThat(at).isEqualTo(encoded.manifest().length);
        assertThat(bytes).isEqualTo(encoded.fragments().length);
        assertThat(cells.get(2)).containsExactly(List.of(0, 0, 0));
        for (int lod = 0; lod < 2; lod++) {
            for (List<Integer> cell : cells.get(lod)) {
                assertThat(cells.get(lod + 1)).contains(cell.stream().map(c -> c / 2).toList());
            }
        }
        MultilodDraco.writeInfo(store);
        assertThat(new String(store.get("info").orElseThrow(), StandardCharsets.UTF_8))
                .contains("\"@type\" : \"neuroglancer_multilod_draco\"").contains("\"vertex_quantization_bits\" : 16");
    }

    @Property(tries = 60)
    void cuttingLeavesNoTriangleAcrossAPlaneAndNoHole(@ForAll long seed) {
        LatticeMesh noise = Shapes.surfaces(Shapes.random(Box.ofSize(4, 4, 4), seed, 1)).getFirst().mesh();
        int[] large = new int[noise.vertices().length];
        for (int i = 0; i < large.length; i++) {
            large[i] = noise.vertices()[i] * 19_000 + (int) (seed & 0x3FFF);
        }

        LatticeMesh cut = OctreeCut.run(new LatticeMesh(large, noise.triangles()), true);

        assertThat(TriangleMesh.isClosed(cut.triangles())).isTrue();
        for (int t = 0; t < cut.triangles().length; t += 3) {
            for (int axis = 0; axis < 3; axis++) {
                int a = cut.vertices()[3 * cut.triangles()[t] + axis];
                int b = cut.vertices()[3 * cut.triangles()[t + 1] + axis];
                int c = cut.vertices()[3 * cut.triangles()[t + 2] + axis];
                int low = Math.min(a, Math.min(b, c));
                int high = Math.max(a, Math.max(b, c));
                int start = OctreeCut.cell(high) * OctreeCut.CELL + OctreeCut.half(high) * OctreeCut.HALF;
                assertThat(low).isGreaterThanOrEqualTo(start);
            }
        }
    }

    @Test
    void refusesNoLevels() {
        assertThatThrownBy(() -> MultilodDraco.encode(List.of())).hasMessageContaining("0 levels");
    }

    private static int morton(List<Integer> cell) {
        int code = 0;
        for (int bit = 0; bit < 9; bit++) {
            for (int axis = 0; axis < 3; axis++) {
                code |= (cell.get(axis) >> bit & 1) << 3 * bit + axis;
            }
        }
        return code;
    }

    /// Welds fragments; equal places in two fragments are read as equal floats but for their last bits.
    private static TriangleMesh join(List<TriangleMesh> fragments) {
        List<LatticeMesh> pieces = new ArrayList<>();
        for (TriangleMesh fragment : fragments) {
            int[] vertices = new int[fragment.vertices().length];
            for (int i = 0; i < vertices.length; i++) {
                vertices[i] = Math.round(fragment.vertices()[i] * 64);
            }
            pieces.add(new LatticeMesh(vertices, fragment.triangles()));
        }
        return LatticeMesh.weld(pieces).toNanometres(new VoxelSize(2 / 64.0, 2 / 64.0, 2 / 64.0));
    }
}
