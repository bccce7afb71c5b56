package org.neuropil.pipeline.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.space.Box;
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
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.store.FileStore;

class DownsampleStageTest {
    private static final Box BOX = Box.ofSize(32, 32, 32);
    private static final RunOptions USUAL = new RunOptions(1, Progress.NONE, false, false);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRunThatWasKilledWhenItsMipsWereThereIsClearedAwayAndNotDoneTwice() throws IOException {
        VolumeUri uri = source();
        Provenance first = run(uri, OptionalInt.of(1));
        assertThat(mips(uri)).isEqualTo(2);
        leave(first);
        // The same command: it is done.
        assertThat(run(uri, OptionalInt.of(1)).run()).isEqualTo(first.run());
        assertThat(mips(uri)).isEqualTo(2);
        assertThat(folder.resolve(".neuropil")).doesNotExist();
        // Given once more it makes one more.
        Provenance second = run(uri, OptionalInt.of(1));
        assertThat(mips(uri)).isEqualTo(3);
        leave(second);
        // Another command goes on from there.
        run(uri, OptionalInt.empty());
        assertThat(mips(uri)).isEqualTo(4);
        assertThat(folder.resolve(".neuropil")).doesNotExist();
    }

    @Test
    void whatAKilledRunOfAnotherRecipeLeftHalfWrittenIsSwept() throws IOException {
        VolumeUri uri = source();
        Files.createDirectories(folder.resolve(".neuropil/em-downsample"));
        Path left = FileStore.beside(Files.createDirectories(folder.resolve("em/16_16_16")).resolve("0-4_0-4_0-4"));
        Files.writeString(left, "half");
        run(uri, OptionalInt.empty());
        assertThat(left).doesNotExist();
        assertThat(mips(uri)).isEqualTo(4);
    }

    /// What lies there when a run is killed after its mips were published.
    private void leave(Provenance made) throws IOException {
        Json.write(folder.resolve(".neuropil/em-downsample/recipe.json"), made.recipe(), false);
        Files.writeString(folder.resolve(".neuropil/em-downsample.lock"), "");
    }

    private static Provenance run(VolumeUri uri, OptionalInt mips) throws IOException {
        return DownsampleStage.run(new DownsampleStage.Parameters(uri, Optional.empty(), mips, false,
                ChunkCompression.NONE), USUAL);
    }

    private static int mips(VolumeUri uri) throws IOException {
        return Volumes.open(uri, OpenOptions.NONE).info().scales().size();
    }

    private VolumeUri source() throws IOException {
        VolumeUri uri = VolumeUri.parse("precomputed://" + folder.resolve("em"), "test");
        Volume volume = Volumes.create(uri, new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.UINT8,
                List.of(new Scale(new VoxelSize(8, 8, 8), BOX, Int3.all(4)))), WriteOptions.USUAL);
        volume.write(0, Block.zeros(DataType.UINT8, BOX));
        return uri;
    }
}
