package org.neuropil.pipeline.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;
import org.neuropil.volume.kernel.Components;
import org.neuropil.volume.kernel.Connectivity;

class ComponentsStageTest {
    private static final Box BOX = Box.of(new Int3(-5, 7, 3), new Int3(330, 131, 260));
    private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30);

    @TempDir
    Path folder;
    private final Block.Longs labels = (Block.Longs) Block.zeros(DataType.UINT64, BOX);

    /// Sparse cubes, sticks and points of few labels, so that components wind through all blocks and some touch by edges
    /// and corners only.
    @BeforeEach
    void volume() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            Int3 from = BOX.min().plus(new Int3(random.nextInt(330), random.nextInt(131), random.nextInt(260)));
            Int3 size = Int3.all(1 + random.nextInt(3)).with(random.nextInt(3), 1 + random.nextInt(30));
            Box box = new Box(from, from.plus(size)).intersect(BOX);
            Block.Longs stick = (Block.Longs) Block.zeros(DataType.UINT64, box);
            java.util.Arrays.fill(stick.data(), -1L - random.nextInt(3));
            labels.copyFrom(stick);
        }
        Volume made = Volumes.create(uri("labels"), new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                List.of(new Scale(VOXEL, BOX, Int3.all(64)))), WriteOptions.USUAL);
        made.write(0, labels);
    }

    @ParameterizedTest
    @EnumSource
    void blocksGiveWhatTheWholeGives(Connectivity connectivity) throws IOException {
        Components whole = Components.of(labels, connectivity, 1);
        Provenance made = ComponentsStage.run(parameters("pieces", Optional.empty(), connectivity, 0),
                options(2));
        Volume pieces = Volumes.open(uri("pieces"), OpenOptions.NONE);
        assertThat(pieces.info().scales()).hasSizeGreaterThan(1);
        assertThat(pieces.info().scale(0).voxelSize()).isEqualTo(VOXEL);
        assertThat(pieces.read(0, BOX).array()).isEqualTo(whole.ids().data());
        assertThat(made.figures()).containsEntry("components", (long) whole.count()).containsEntry("removed_voxels",
                0L);
    }

    @Test
    void smallOnesAreRemovedEvenIfTheyLieInSeveralBlocks() throws IOException {
        Components whole = Components.of(labels, Connectivity.FACES, 1);
        int[] numbers = new int[whole.count() + 1];
        int count = 0;
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = whole.sizes()[i] < 150 ? 0 : ++count;
        }
        int[] expected = java.util.Arrays.stream(whole.ids().data()).map(id -> numbers[id]).toArray();
        Provenance made = ComponentsStage.run(parameters("large", Optional.empty(), Connectivity.FACES, 150),
                options(1));
        assertThat(count).isBetween(2, whole.count() - 1);
        assertThat(Volumes.open(uri("large"), OpenOptions.NONE).read(0, BOX).array()).isEqualTo(expected);
        assertThat(made.figures()).containsEntry("components", (long) count).containsEntry("removed_components",
                (long) whole.count() - count);
    }

    @Test
    void ofAPartAreThoseOfThePartAlone() throws IOException {
        Box part = new Box(new Int3(20, 10, 9), new Int3(310, 110, 250));
        ComponentsStage.run(parameters("part", Optional.of(part), Connectivity.CORNERS, 0), options(2));
        assertThat(Volumes.open(uri("part"), OpenOptions.NONE).read(0, part).array())
                .isEqualTo(Components.of(labels.crop(part), Connectivity.CORNERS, 1).ids().data());
    }

    @Test
    void whatCannotBeUsedIsNamedAndNothingIsLeft() throws IOException {
        Box outside = new Box(Int3.ZERO, Int3.all(1000));
        assertThatThrownBy(() -> ComponentsStage.run(
                parameters("bad", Optional.of(outside), Connectivity.FACES, 0), options(1)))
                .isInstanceOf(InputException.class).hasMessageContaining("1000");
        Volume floats = Volumes.create(uri("floats"), new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.FLOAT32,
                List.of(new Scale(VOXEL, Box.ofSize(3, 3, 3), Int3.all(64)))), WriteOptions.USUAL);
        floats.write(0, Block.zeros(DataType.FLOAT32, Box.ofSize(3, 3, 3)));
        assertThatThrownBy(() -> ComponentsStage.run(new ComponentsStage.Parameters(
                new VolumePart(uri("floats"), OpenOptions.NONE, 0, Optional.empty()), uri("bad"), Connectivity.FACES, 0,
                true, false, Layout.USUAL), options(1))).isInstanceOf(InputException.class)
                .hasMessageContaining("float32");
        assertThat(Files.exists(folder.resolve("bad"))).isFalse();
    }

    private ComponentsStage.Parameters parameters(String target, Optional<Box> box, Connectivity connectivity,
            long minimum) {
        return new ComponentsStage.Parameters(new VolumePart(uri("labels"), OpenOptions.NONE, 0, box), uri(target),
                connectivity, minimum, true, false, Layout.USUAL);
    }

    private VolumeUri uri(String name) {
        return VolumeUri.parse("precomputed://" + folder.resolve(name), "test");
    }

    private static RunOptions options(int threads) {
        return new RunOptions(threads, Progress.NONE, false, false);
    }
}
