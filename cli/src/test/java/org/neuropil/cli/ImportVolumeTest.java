package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;

/// `import` of volumes that others wrote.
class ImportVolumeTest {
    private static final Box BOX = new Box(new Int3(-5, 7, 100), new Int3(35, 31, 120));
    private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30);

    @TempDir
    private Path folder = Path.of("");
    private final Session session = new Session();

    @ParameterizedTest
    @ValueSource(strings = {"precomputed://", "zarr2://", "zarr3://", "n5://"})
    void aVolumeBecomesAPart(String format) throws IOException {
        Block voxels = write(format + at("source"), VolumeInfo.Kind.IMAGE, DataType.UINT16, 1);
        assertThat(session.run("import", format + at("source"), "--out", at("set"), "--chunk", "16,16,16")).isZero();
        assertThat(session.out).contains("mips", "voxels");
        try (Dataset dataset = Dataset.open(folder.resolve("set"))) {
            assertThat(dataset.parts().get("em")).isEqualTo(new Dataset.Part(Dataset.Kind.IMAGE, "em"));
            Volume em = dataset.volume("em");
            assertThat(em.info().type()).isEqualTo(DataType.UINT16);
            assertThat(em.info().scales()).hasSizeGreaterThan(1);
            assertThat(em.info().scale(0)).isEqualTo(new Scale(VOXEL, BOX, Int3.all(16)));
            assertThat(em.read(0, BOX).array()).isEqualTo(voxels.array());
        }
        assertThat(session.run("import", format + at("source"), "--out", at("set"), "--chunk", "16,16,16")).isZero();
        assertThat(session.err).contains("already done");
        assertThat(session.run("import", format + at("source"), "--out", at("set"))).isEqualTo(1);
        assertThat(session.err).contains("--force");
        assertThat(session.run("info", at("set"), "--format", "json")).isZero();
        assertThat(Json.MAPPER.readTree(session.out).at("/parts/0/size_voxels").toString()).isEqualTo("[40,24,20]");
        session.terminal = new Terminal(true, false);
        assertThat(session.run("info", at("set"))).isZero();
        assertThat(session.out.lines().toList()).last().isEqualTo("1 part");
    }

    @Test
    void labelsOfAnyWidthBecomeIdsOf64Bits() throws IOException {
        Block voxels = write("zarr3://" + at("source"), VolumeInfo.Kind.SEGMENTATION, DataType.UINT32, 1);
        assertThat(session.run("import", "zarr3://" + at("source"), "--labels", "--out", at("set"))).isZero();
        try (Dataset dataset = Dataset.open(folder.resolve("set"))) {
            Volume labels = dataset.volume("labels");
            assertThat(labels.info().type()).isEqualTo(DataType.UINT64);
            assertThat(labels.info().kind()).isEqualTo(VolumeInfo.Kind.SEGMENTATION);
            Block read = labels.read(0, BOX);
            for (int i = 0; i < BOX.voxels(); i++) {
                assertThat(read.value(i)).isEqualTo(voxels.value(i));
            }
        }
        assertThat(session.run("import", "zarr3://" + at("source"), "--image", "--out", at("set"))).isZero();
        try (Dataset dataset = Dataset.open(folder.resolve("set"))) {
            assertThat(dataset.volume("em").info().type()).isEqualTo(DataType.UINT32);
        }
    }

    @Test
    void whatCannotBeIdsIsToldAndLeavesNothing() throws IOException {
        write("zarr3://" + at("floats"), VolumeInfo.Kind.IMAGE, DataType.FLOAT32, 1);
        assertThat(session.run("import", "zarr3://" + at("floats"), "--labels", "--out", at("set"))).isEqualTo(1);
        assertThat(session.err).contains(at("floats"), "float32", "image");
        assertThat(Files.exists(folder.resolve("set"))).isFalse();
        write("zarr3://" + at("below"), VolumeInfo.Kind.SEGMENTATION, DataType.INT32, -1);
        assertThat(session.run("import", "zarr3://" + at("below"), "--labels", "--out", at("set"))).isEqualTo(1);
        assertThat(session.err).contains(at("below"), "voxel of -", "--image");
        try (Dataset dataset = Dataset.open(folder.resolve("set"))) {
            assertThat(dataset.parts()).isEmpty();
        }
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        write("zarr3://" + at("source"), VolumeInfo.Kind.IMAGE, DataType.UINT8, 1);
        assertThat(session.run("import", "zarr3://" + at("source"), "--out", at("set"), "--dry-run", "--format",
                "json")).isZero();
        Map<?, ?> plan = Json.MAPPER.readValue(session.out, Map.class);
        assertThat(plan.get("size_voxels")).isEqualTo(List.of(40, 24, 20));
        assertThat(plan.get("blocks")).isEqualTo(1);
        Path raw = Session.stack(folder.resolve("raw"), 100, 24, 8, Session::em);
        assertThat(session.run("import", raw, "--voxel-size", "8x8x30nm", "--out", at("set"), "--dry-run")).isZero();
        assertThat(session.err).contains("8 sections, from 0.png to 7.png").doesNotContain("left aside");
        Files.writeString(raw.resolve("notes.txt"), "knife mark in 3");
        assertThat(session.run("import", raw, "--voxel-size", "8x8x30nm", "--out", at("set"), "--dry-run")).isZero();
        assertThat(session.err).contains("left aside: notes.txt");
        assertThat(session.out).contains("100,24,8", "blocks", "MiB per thread", "MiB before compression");
        assertThat(session.run("downsample", "zarr3://" + at("source"), "--dry-run")).isZero();
        assertThat(session.out).contains("new mips");
        assertThat(Files.exists(folder.resolve("set"))).isFalse();
    }

    @Test
    void theDatasetsOwnPartAndOtherThingsAreRefused() throws IOException {
        write(at("source"), VolumeInfo.Kind.IMAGE, DataType.UINT8, 1);
        assertThat(session.run("import", at("source"), "--out", at("set"))).isZero();
        assertThat(session.run("import", at("set/em"), "--out", at("set"), "--force", "--mip", "0", "--box",
                "-5,7,100:0,10,101")).isEqualTo(1);
        assertThat(session.err).contains(at("set/em"), "which").doesNotContain("Exception");
        assertThat(session.run("import", at("set"), "--out", at("other"))).isEqualTo(1);
        assertThat(session.err).contains("is a dataset");
        assertThat(session.run("import", "s4://bucket/x", "--out", at("other"))).isEqualTo(1);
        assertThat(session.err).contains("s4");
        assertThat(Files.exists(folder.resolve("other"))).isFalse();
    }

    private Block write(String place, VolumeInfo.Kind kind, DataType type, int sign) throws IOException {
        Volume volume = Volumes.create(Volumes.target(VolumeUri.parse(place, "test")),
                new VolumeInfo(kind, type, List.of(new Scale(VOXEL, BOX, Int3.all(64)))), WriteOptions.USUAL);
        Block block = Block.zeros(type, BOX);
        for (int i = 0; i < BOX.voxels(); i++) {
            int value = sign * (i * 31 % 251);
            switch (block) {
                case Block.Bytes b -> b.data()[i] = (byte) value;
                case Block.Shorts b -> b.data()[i] = (short) (value * 200);
                case Block.Ints b -> b.data()[i] = value * 1000;
                case Block.Longs b -> b.data()[i] = value;
                case Block.Floats b -> b.data()[i] = value / 2f;
                case Block.Doubles b -> b.data()[i] = value / 2.0;
            }
        }
        volume.write(0, block);
        return block;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
