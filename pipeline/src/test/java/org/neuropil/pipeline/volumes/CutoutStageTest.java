package org.neuropil.pipeline.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.neuropil.volume.store.FileStore;

class CutoutStageTest {
    private static final Box BOX = Box.ofSize(6, 5, 4);
    private static final RunOptions USUAL = new RunOptions(2, Progress.NONE, false, false);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatAKilledCutoutLeftIsSweptByTheNext() throws IOException {
        VolumeUri source = source();
        Path file = folder.resolve("cut/em.npy");
        Files.createDirectories(folder.resolve("cut/.neuropil"));
        Files.writeString(folder.resolve("cut/.neuropil/em.npy.lock"), "");
        Files.writeString(FileStore.beside(file), "half of it");
        Files.writeString(FileStore.beside(folder.resolve("cut/em.npy.provenance.json")), "{");
        Files.writeString(folder.resolve("cut/em.npy.provenance.json"), "of a run that was killed before its end");

        Provenance made = CutoutStage.run(part(source), file, USUAL);
        assertThat(names(folder.resolve("cut"))).containsExactly("em.npy", "em.npy.provenance.json");
        assertThat(Files.size(file)).isEqualTo(128 + BOX.volume());
        assertThat(Provenance.recipeOf(Files.readAllBytes(folder.resolve("cut/em.npy.provenance.json")), "test"))
                .contains(made.recipeSha256());
    }

    @Test
    void aFileThatIsThereIsKeptAndNothingIsLeft() throws IOException {
        VolumeUri source = source();
        Path file = folder.resolve("cut/em.npy");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> CutoutStage.run(part(source), file, USUAL)).isInstanceOf(InputException.class)
                .hasMessageContaining("exists already");
        assertThat(file).hasContent("mine");
        assertThat(names(folder.resolve("cut"))).containsExactly("em.npy");
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static VolumePart part(VolumeUri source) {
        return new VolumePart(source, OpenOptions.NONE, 0, Optional.empty());
    }

    private VolumeUri source() throws IOException {
        VolumeUri uri = VolumeUri.parse("precomputed://" + folder.resolve("em"), "test");
        Volume volume = Volumes.create(uri, new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.UINT8,
                List.of(new Scale(new VoxelSize(8, 8, 8), BOX, Int3.all(4)))), WriteOptions.USUAL);
        volume.write(0, Block.zeros(DataType.UINT8, BOX));
        return uri;
    }
}
