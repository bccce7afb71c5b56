package org.neuropil.morphology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.morphology.mesh.MultilodDraco;
import org.neuropil.morphology.mesh.TriangleMesh;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

class MeshStageTest {
    private static final Box BOX = Box.of(new Int3(10, 20, 30), new Int3(40, 36, 33));
    private static final VoxelSize VOXEL = new VoxelSize(10, 10, 20);
    private static final long BALL = -5;
    private static final long ROD = 77;
    private static final long CRUMB = 3;

    @TempDir
    Path folder;

    @Test
    void meshesOfAPhantomHaveItsVolumesInItsPlaces() throws IOException {
        Dataset dataset = phantom("a", new Int3(16, 16, 16));

        Provenance made = MeshStage.run(dataset, MeshStage.Parameters.defaults(dataset, "cells"),
                RunOptions.defaults());

        assertThat(made.figures()).containsEntry("segments", 3L).containsEntry("segments_meshed", 2L);
        assertThat(dataset.parts()).containsEntry("meshes", new Dataset.Part(Dataset.Kind.MESH, "meshes"));
        FileStore meshes = new FileStore(dataset.path("meshes"));
        TriangleMesh ball = MultilodDraco.read(meshes, BALL, 0).orElseThrow().getFirst();
        assertThat(ball.isClosed()).isTrue();
        assertThat(ball.signedVolume()).isCloseTo(voxels(BALL) * VOXEL.volume(), Percentage.withPercentage(3));
        // The ball's voxels reach from 14 to 36, 24 to 46 and 34 to 56.
        float[] bounds = ball.bounds();
        double[] expected = {140, 240, 680, 370, 470, 1140};
        for (int i = 0; i < 6; i++) {
            assertThat((double) bounds[i]).isCloseTo(expected[i], Offset.offset(15.0));
        }
        TriangleMesh rod = MultilodDraco.read(meshes, ROD, 0).orElseThrow().getFirst();
        assertThat(rod.isClosed()).as("closed at the volume's faces").isTrue();
        assertThat(MultilodDraco.read(meshes, CRUMB, 0)).isEmpty();
        assertThat(Files.exists(dataset.folder().resolve(".work/mesh-meshes"))).isFalse();
    }

    @Test
    void bytesDoNotDependOnThreads() throws IOException {
        Dataset one = phantom("one", new Int3(8, 16, 8));
        Dataset three = phantom("three", new Int3(8, 16, 8));
        MeshStage.Parameters parameters = new MeshStage.Parameters("cells", "meshes", 0, 1, 15, 2, 200);

        Provenance a = MeshStage.run(one, parameters, options(1));
        Provenance b = MeshStage.run(three, parameters, options(3));

        assertThat(a.figures()).isEqualTo(b.figures()).containsEntry("segments_meshed", 3L);
        assertThat(a.figures()).doesNotContainEntry("levels", 1);
        assertThat(files(one.path("meshes"))).isEqualTo(files(three.path("meshes"))).hasSize(7);
    }

    @Test
    void chunksDoNotShowInTheSurface() throws IOException {
        Dataset small = phantom("small", new Int3(8, 8, 8));
        Dataset whole = phantom("whole", new Int3(64, 64, 64));
        MeshStage.Parameters parameters = new MeshStage.Parameters("cells", "meshes", 0, 1, 0, 0, 1000);

        MeshStage.run(small, parameters, options(2));
        MeshStage.run(whole, parameters, options(2));

        for (long id : new long[]{BALL, ROD, CRUMB}) {
            TriangleMesh a = MultilodDraco.read(new FileStore(small.path("meshes")), id, 0).orElseThrow().getFirst();
            TriangleMesh b = MultilodDraco.read(new FileStore(whole.path("meshes")), id, 0).orElseThrow().getFirst();
            assertThat(a.triangleCount()).isEqualTo(b.triangleCount());
            assertThat(a.signedVolume()).isCloseTo(b.signedVolume(), Percentage.withPercentage(1e-6));
        }
    }

    @Test
    void aFinishedRunIsNotMadeAgain() throws IOException {
        Dataset dataset = phantom("again", new Int3(16, 16, 16));
        MeshStage.Parameters parameters = MeshStage.Parameters.defaults(dataset, "cells");
        Provenance first = MeshStage.run(dataset, parameters, options(1));

        assertThat(MeshStage.run(dataset, parameters, options(2)).run()).isEqualTo(first.run());
    }

    @Test
    void badParametersAreNamed() throws IOException {
        Dataset dataset = phantom("bad", new Int3(16, 16, 16));

        assertThatThrownBy(() -> new MeshStage.Parameters("cells", "meshes", 0, -1, 1, 0, 1))
                .hasMessage("min-voxels -1 is out of range");
        assertThatThrownBy(() -> new MeshStage.Parameters("cells", "meshes", 0, 1, Double.NaN, 0, 1))
                .hasMessage("max-error NaN is out of range");
        assertThatThrownBy(() -> MeshStage.run(dataset, new MeshStage.Parameters("cells", "meshes", 4, 1, 1, 0, 1),
                options(1))).hasMessage("mip 4 is out of range");
        assertThatThrownBy(() -> MeshStage.Parameters.defaults(dataset, "nothing")).hasMessageContaining("nothing");
    }

    @Test
    void theDefaultMipIsTheFinestThatIsNearIsotropic() {
        assertThat(MeshStage.Parameters.defaultMip(info(new VoxelSize(10, 10, 10)))).isZero();
        assertThat(MeshStage.Parameters.defaultMip(info(new VoxelSize(4, 4, 40)))).isEqualTo(2);
        assertThat(MeshStage.Parameters.defaultMip(info(new VoxelSize(1, 1, 100)))).isEqualTo(2);
        assertThat(MeshStage.Parameters.defaultError(new VoxelSize(16, 16, 40))).isEqualTo(43.4);
    }

    private static VolumeInfo info(VoxelSize finest) {
        return new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64, List.of(1, 2, 4).stream()
                .map(f -> new VolumeInfo.Scale(finest.times(new Int3(f, f, 1)), BOX, Int3.all(16)))
                .toList());
    }

    private static RunOptions options(int threads) {
        return new RunOptions(threads, Progress.NONE, false, false);
    }

    private Dataset phantom(String name, Int3 chunk) throws IOException {
        Dataset dataset = Dataset.openOrCreate(folder.resolve(name), Dataset.About.named("phantom"));
        VolumeInfo info = new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                List.of(new VolumeInfo.Scale(VOXEL, BOX, chunk)));
        Recipe recipe = new Recipe("phantom", "test", 0, Map.of(), List.of());
        try (StageRun run = StageRun.open(dataset, recipe, Map.of("cells", Dataset.Kind.SEGMENTATION), options(1))) {
            PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(run.folder("cells")), info,
                    PrecomputedOptions.RAW);
            for (int i = 0; i < info.scale(0).grid().count(); i++) {
                Box box = info.scale(0).grid().box(i);
                Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, box);
                for (int j = 0; j < block.data().length; j++) {
                    block.data()[j] = label(box.min().plus(new Int3(j % box.size().x(),
                            j / box.size().x() % box.size().y(), j / box.size().x() / box.size().y())));
                }
                volume.write(0, block);
            }
            run.commit(Map.of());
        }
        return dataset;
    }

    private static long label(Int3 v) {
        if (Math.hypot(Math.hypot(v.x() - 25, v.y() - 35), v.z() - 45) <= 11.2) {
            return BALL;
        }
        if (Math.hypot(v.x() - 44, v.y() - 50) <= 3.3) {
            return ROD;
        }
        return v.x() == 40 && v.y() == 30 && v.z() < 35 ? CRUMB : 0;
    }

    private static long voxels(long id) {
        long count = 0;
        for (int z = BOX.min().z(); z < BOX.max().z(); z++) {
            for (int y = BOX.min().y(); y < BOX.max().y(); y++) {
                for (int x = BOX.min().x(); x < BOX.max().x(); x++) {
                    count += label(new Int3(x, y, z)) == id ? 1 : 0;
                }
            }
        }
        return count;
    }

    /// Digests of all files but the provenance, which holds the time.
    private static Map<String, String> files(Path part) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> all = Files.list(part)) {
            for (Path file : all.toList()) {
                if (!file.endsWith(Provenance.FILE)) {
                    digests.put(file.getFileName().toString(), Json.sha256(Files.readAllBytes(file)));
                }
            }
        }
        return digests;
    }
}
