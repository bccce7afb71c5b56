package org.neuropil.pipeline.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Progress;
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

class ConvertStageTest {
    private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30);
    private static final Box FINE = new Box(new Int3(-3, 5, 7), new Int3(37, 45, 27));
    private static final Box COARSE = new Box(new Int3(-2, 2, 7), new Int3(19, 23, 27));
    private static final Int3 CHUNK = new Int3(16, 8, 10);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void reshardingThereAndBackGivesTheSameChunks() throws IOException {
        source("jpeg");
        run("reshard", "em", "shards", ConvertStage.Levels.COPY,
                new Layout(Optional.empty(), Optional.of(CHUNK.times(Int3.all(2))), WriteOptions.USUAL));
        run("reshard", "shards", "back", ConvertStage.Levels.COPY, Layout.USUAL);

        assertThat(Files.readString(folder.resolve("shards/info"))).contains("neuroglancer_uint64_sharded_v1");
        List<Path> chunks = files("em");
        assertThat(chunks).hasSizeGreaterThan(20);
        assertThat(files("back")).isEqualTo(chunks);
        for (Path chunk : chunks) {
            // A JPEG image that were decoded and encoded again would hardly have the same bytes.
            assertThat(folder.resolve("back").resolve(chunk))
                    .hasSameBinaryContentAs(folder.resolve("em").resolve(chunk));
        }
    }

    @Test
    void copiedMipsTakeAnotherLayoutAndEncodingWhereAsked() throws IOException {
        Volume source = source("raw");
        run("convert", "em", "copy", ConvertStage.Levels.COPY, new Layout(Optional.of(Int3.all(12)), Optional.empty(),
                new WriteOptions(Optional.of("png"), Optional.empty())));
        Volume copy = Volumes.open(uri("copy"), OpenOptions.NONE);
        assertThat(copy.info().scale(1).chunk()).isEqualTo(Int3.all(12));
        assertThat(voxels(copy, 0)).isEqualTo(voxels(source, 0));
        assertThat(voxels(copy, 1)).isEqualTo(voxels(source, 1));
    }

    @Test
    void whatTheFormatCannotHoldLeavesNothing() throws IOException {
        source("raw");
        List<Path> before = files("");
        assertThatThrownBy(() -> run("convert", "em", "bad", ConvertStage.Levels.BUILD, new Layout(Optional.empty(),
                Optional.empty(), new WriteOptions(Optional.of("compressed_segmentation"), Optional.empty()))))
                .isInstanceOf(InputException.class).hasMessageContaining("compressed_segmentation");
        assertThat(files("")).isEqualTo(before);
        assertThat(folder.resolve(".neuropil")).doesNotExist();
    }

    @Test
    void aShardThatIsNotMadeOfChunksIsRefused() throws IOException {
        source("raw");
        assertThatThrownBy(() -> run("reshard", "em", "bad", ConvertStage.Levels.COPY,
                new Layout(Optional.empty(), Optional.of(Int3.all(50)), WriteOptions.USUAL)))
                .isInstanceOf(InputException.class).hasMessageContaining("50").hasMessageContaining("16");
        assertThatThrownBy(() -> new Layout(Optional.of(new Int3(8, 0, 8)), Optional.empty(), WriteOptions.USUAL))
                .isInstanceOf(InputException.class).hasMessageContaining("8,0,8");
    }

    private Volume source(String encoding) throws IOException {
        Volume volume = Volumes.create(uri("em"), new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.UINT8, List.of(
                new Scale(VOXEL, FINE, CHUNK), new Scale(new VoxelSize(16, 16, 30), COARSE, CHUNK))),
                new WriteOptions(Optional.of(encoding), Optional.empty()));
        Random random = new Random(11);
        for (int mip = 0; mip < 2; mip++) {
            Box bounds = volume.info().scale(mip).bounds();
            byte[] voxels = new byte[(int) bounds.volume()];
            random.nextBytes(voxels);
            volume.write(mip, new Block.Bytes(bounds, voxels, DataType.UINT8));
        }
        return volume;
    }

    private static byte[] voxels(Volume volume, int mip) throws IOException {
        return ((Block.Bytes) volume.read(mip, volume.info().scale(mip).bounds())).data();
    }

    private void run(String verb, String from, String to, ConvertStage.Levels levels, Layout layout)
            throws IOException {
        ConvertStage.run(new ConvertStage.Parameters(verb, uri(from), OpenOptions.NONE, uri(to), 0, Optional.empty(),
                levels, false, layout), new RunOptions(2, Progress.NONE, false, false));
    }

    /// All files but those that tell how the volume was made, whose paths and voxels' history differ.
    private List<Path> files(String name) throws IOException {
        Path root = folder.resolve(name);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("info"))
                    .filter(file -> !file.endsWith("provenance.json")).map(root::relativize).sorted().toList();
        }
    }

    private VolumeUri uri(String name) {
        return VolumeUri.parse("precomputed://" + folder.resolve(name), "test");
    }
}
