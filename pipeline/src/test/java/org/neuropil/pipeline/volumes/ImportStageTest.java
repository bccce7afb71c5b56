package org.neuropil.pipeline.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Dataset;
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
import org.neuropil.volume.stack.PngSections;
import org.neuropil.volume.stack.SlabWriter;

class ImportStageTest {
    private static final Box BOX = Box.ofSize(37, 29, 21);
    private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30);

    @TempDir
    Path folder;
    private final byte[] grey = new byte[BOX.voxels()];
    private final short[] labels = new short[BOX.voxels()];

    @BeforeEach
    void sections() throws IOException {
        Random random = new Random(7);
        random.nextBytes(grey);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (short) (60_000 + random.nextInt(5));
        }
        Block raw = new Block.Bytes(BOX, grey);
        Block ids = new Block.Shorts(BOX, labels);
        Files.createDirectories(folder.resolve("raw"));
        Files.createDirectories(folder.resolve("labels"));
        for (int z = 0; z < BOX.size().z(); z++) {
            Box section = new Box(new Int3(0, 0, z), new Int3(37, 29, z + 1));
            PngSections.write(folder.resolve("raw/%03d.png".formatted(z)), raw.crop(section));
            PngSections.write(folder.resolve("labels/%03d.png".formatted(z)), ids.crop(section));
        }
    }

    @Test
    void keepsEveryVoxelAndMakesMips() throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            Provenance made = ImportStage.run(dataset, image("raw"), RunOptions.defaults());
            Volume em = dataset.volume("em");
            assertThat(em.read(0, BOX).array()).isEqualTo(grey);
            assertThat(em.info().scale(0).voxelSize()).isEqualTo(VOXEL);
            assertThat(em.info().scales()).hasSizeGreaterThan(1);
            assertThat(made.figures()).containsEntry("sections", 21);
            assertThat(made.recipe().inputs().getFirst().sha256()).hasSize(64);
        }
    }

    @Test
    void labelsBecomeUnsigned64BitIds() throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            ImportStage.run(dataset, new ImportStage.Parameters(folder.resolve("labels"), "truth",
                    Dataset.Kind.SEGMENTATION, VOXEL, Int3.all(16)), RunOptions.defaults());
            long[] ids = ((Block.Longs) dataset.volume("truth").read(0, BOX)).data();
            for (int i = 0; i < ids.length; i++) {
                assertThat(ids[i]).isEqualTo(labels[i] & 0xFFFF);
            }
        }
    }

    @Test
    void labelsOf32BitsAreIdsUnlessOneIsBelowZeroOrAFraction() throws IOException {
        Block.Ints ids = new Block.Ints(BOX, new int[BOX.voxels()], DataType.INT32);
        for (int i = 0; i < ids.data().length; i++) {
            ids.data()[i] = labels[i] * 30_000 & 0x7FFF_FFFF;
        }
        tiff("signed.tif", ids);
        ids.data()[BOX.index(5, 6, 7)] = -9;
        tiff("negative.tif", ids);
        tiff("floats.tif", Block.zeros(DataType.FLOAT32, BOX));
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            ImportStage.run(dataset, labels("signed.tif"), RunOptions.defaults());
            long[] read = ((Block.Longs) dataset.volume("signed").read(0, BOX)).data();
            for (int i = 0; i < read.length; i++) {
                assertThat(read[i]).isEqualTo(labels[i] * 30_000 & 0x7FFF_FFFF);
            }
            for (String bad : new String[]{"negative.tif, -9", "floats.tif, float32"}) {
                String[] parts = bad.split(", ");
                assertThatThrownBy(() -> ImportStage.run(dataset, labels(parts[0]), RunOptions.defaults()))
                        .isInstanceOfSatisfying(InputException.class,
                                e -> assertThat(e.sentence()).contains(parts[0], parts[1]));
            }
        }
    }

    private ImportStage.Parameters labels(String file) {
        return new ImportStage.Parameters(folder.resolve(file), file.replace(".tif", ""), Dataset.Kind.SEGMENTATION,
                VOXEL, Int3.all(16));
    }

    private void tiff(String file, Block block) throws IOException {
        try (SlabWriter writer = SlabWriter.begin(folder.resolve(file), block.box(), block.type(), VOXEL)) {
            writer.append(block);
            writer.commit();
        }
    }

    @Test
    void bytesDoNotDependOnThreads() throws IOException {
        assertThat(bytes("one", 1)).isEqualTo(bytes("three", 3));
    }

    @Test
    void otherSectionsAreAnotherResult() throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            ImportStage.run(dataset, image("raw"), RunOptions.defaults());
            PngSections.write(folder.resolve("raw/004.png"), new Block.Bytes(Box.ofSize(37, 29, 1), new byte[37 * 29]));
            assertThatThrownBy(() -> ImportStage.run(dataset, image("raw"), RunOptions.defaults()))
                    .isInstanceOf(InputException.class).hasMessageContaining("'em' exists");
        }
    }

    @Test
    void aDamagedSectionLeavesNoPart() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("raw/010.png"));
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(folder.resolve("raw/010.png"), bytes);
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve("d"), Dataset.About.named("d"))) {
            assertThatThrownBy(() -> ImportStage.run(dataset, image("raw"), RunOptions.defaults()))
                    .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.where()).contains("010.png"));
            assertThat(dataset.parts()).isEmpty();
            assertThat(dataset.folder().resolve("em")).doesNotExist();
        }
    }

    @Test
    void refusesChunksThatMakeNoSense() {
        assertThatThrownBy(() -> new ImportStage.Parameters(folder, "em", Dataset.Kind.IMAGE, VOXEL,
                new Int3(64, 0, 64))).isInstanceOf(InputException.class).hasMessageContaining("64,0,64");
    }

    private ImportStage.Parameters image(String sections) {
        return new ImportStage.Parameters(folder.resolve(sections), "em", Dataset.Kind.IMAGE, VOXEL, Int3.all(16));
    }

    private TreeMap<String, String> bytes(String name, int threads) throws IOException {
        try (Dataset dataset = Dataset.openOrCreate(folder.resolve(name), Dataset.About.named("d"))) {
            ImportStage.run(dataset, image("raw"), new RunOptions(threads, Progress.NONE, false, false));
            TreeMap<String, String> all = new TreeMap<>();
            try (var files = Files.walk(dataset.path("em"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.endsWith(Provenance.FILE)) {
                        all.put(dataset.folder().relativize(file).toString(),
                                java.util.Arrays.toString(Files.readAllBytes(file)));
                    }
                }
            }
            return all;
        }
    }
}
