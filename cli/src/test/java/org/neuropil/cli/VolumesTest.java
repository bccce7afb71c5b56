package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.pipeline.Json;
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
import org.neuropil.volume.kernel.Downsample;

class VolumesTest {
    private static final Box BOX = Box.of(new Int3(10, -20, 30), new Int3(90, 70, 33));

    @TempDir
    Path folder;
    private final Session session = new Session();
    private final Block.Longs labels = (Block.Longs) Block.zeros(DataType.UINT64, BOX);

    @BeforeEach
    void volume() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < labels.data().length; i++) {
            labels.data()[i] = i > 0 && random.nextInt(3) > 0 ? labels.data()[i - 1] : random.nextInt(4);
        }
        Volumes.create(uri("labels"), new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                List.of(new Scale(new VoxelSize(8, 8, 40), BOX, Int3.all(32)))), WriteOptions.USUAL).write(0, labels);
    }

    @Test
    void infoTellsOfAVolume() {
        assertThat(session.run("info", at("labels"))).isZero();
        assertThat(session.out).contains("segmentation", "uint64", "8x8x40nm", "90,70,33", "10,-20,30", "32,32,32",
                "compressed_segmentation");
        assertThat(session.run("info", "precomputed://" + at("labels"), "--format", "json")).isZero();
        Map<?, ?> json = Json.MAPPER.readValue(session.out, Map.class);
        assertThat(json.get("type")).isEqualTo("uint64");
        assertThat(Json.MAPPER.readTree(session.out).at("/mips/0/size_voxels").toString()).isEqualTo("[90,70,33]");
        assertThat(Json.MAPPER.readTree(session.out).at("/mips/0/voxel_size_nm").toString())
                .isEqualTo("[8.0,8.0,40.0]");
    }

    @Test
    void downsampleAddsMipsAndKeepsWhatIsThere() throws IOException {
        assertThat(session.run("downsample", at("labels"), "--factor", "2,2,1", "--mips", "1")).isZero();
        assertThat(session.out).contains("new mips", "1");
        assertThat(session.run("downsample", at("labels"))).isZero();
        Volume volume = Volumes.open(uri("labels"), OpenOptions.NONE);
        assertThat(volume.info().scales()).extracting(s -> s.voxelSize().toString()).containsExactly("8x8x40nm",
                "16x16x40nm", "32x32x40nm", "64x64x80nm");
        assertThat(volume.read(0, BOX)).usingRecursiveComparison().isEqualTo(labels);
        Block coarser = Downsample.mode(labels, new Int3(2, 2, 1));
        assertThat(volume.read(1, coarser.box()).array()).isEqualTo(coarser.array());
        assertThat(session.run("downsample", at("labels"))).isZero();
        assertThat(session.err).contains("already done");
        assertThat(Files.exists(folder.resolve(".neuropil"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr2://", "zarr3://", "n5://"})
    void downsampleAddsMipsToArraysOrLeavesThemAsTheyAre(String format) throws IOException {
        assertThat(session.run("convert", at("labels"), format + at("all"), "--chunk", "32,16,8")).isZero();
        assertThat(session.run("convert", at("labels"), format + at("array"), "--chunk", "32,16,8", "--mips", "none"))
                .isZero();
        assertThat(session.run("downsample", at("array"), "--compression", "gzip")).isEqualTo(1);
        assertThat(session.err).contains("--compression");
        VolumeUri array = VolumeUri.parse(format + at("array"), "test");
        Path chunk = folder.resolve("array").resolve(switch (format) {
            case "zarr2://" -> "0/0/2/1";
            case "zarr3://" -> "0/c/0/2/1";
            default -> "s0/1/2/0";
        });
        byte[] whole = Files.readAllBytes(chunk);
        Files.write(chunk, new byte[]{1, 2, 3});
        assertThat(session.run("downsample", at("array"))).isNotZero();
        assertThat(session.err).contains(chunk.toString());
        assertThat(Volumes.open(array, OpenOptions.NONE).info().scales()).hasSize(1);
        Files.write(chunk, whole);
        assertThat(session.run("downsample", at("array"))).isZero();
        Volume volume = Volumes.open(array, OpenOptions.NONE);
        Volume wanted = Volumes.open(VolumeUri.parse(format + at("all"), "test"), OpenOptions.NONE);
        assertThat(volume.info()).isEqualTo(wanted.info());
        for (int mip = 0; mip < wanted.info().scales().size(); mip++) {
            Box all = wanted.info().scale(mip).bounds();
            assertThat(volume.read(mip, all).array()).isEqualTo(wanted.read(mip, all).array());
        }
        assertThat(session.run("downsample", at("array"))).isZero();
        assertThat(session.err).contains("already done");
        assertThat(session.run("cutout", at("array"), at("array.npy"))).isZero();
        assertThat(session.run("downsample", at("array.npy"))).isEqualTo(1);
        assertThat(session.err).contains("array.npy", "neuropil convert", "--mips build");
    }

    @Test
    void sparseMipsKeepWhatIsThin() throws IOException {
        // One voxel of eight: of whole cells nothing stays otherwise.
        long[] voxels = new long[32 * 32 * 32];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (i & 1) == 0 && (i >> 5 & 1) == 0 && (i >> 10 & 1) == 0 ? 7 : 0;
        }
        Box box = Box.ofSize(32, 32, 32);
        for (String name : List.of("dense", "sparse")) {
            Volumes.create(uri(name), new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                    List.of(new Scale(new VoxelSize(8, 8, 8), box, Int3.all(8)))), WriteOptions.USUAL)
                    .write(0, new Block.Longs(box, voxels, DataType.UINT64));
        }
        assertThat(session.run("downsample", at("dense"))).isZero();
        assertThat(session.run("downsample", at("sparse"), "--sparse")).isZero();
        assertThat(Files.readString(folder.resolve("sparse/provenance-downsample.json"))).contains("\"sparse\" : true");
        assertThat(session.run("convert", at("dense"), at("convert"), "--chunk", "8,8,8", "--sparse")).isZero();
        assertThat(session.run("components", at("dense"), at("components"), "--chunk", "8,8,8", "--sparse")).isZero();
        for (String name : List.of("dense", "sparse", "convert", "components")) {
            Volume volume = Volumes.open(uri(name), OpenOptions.NONE);
            assertThat(volume.info().scales()).hasSize(3);
            for (int mip = 1; mip < 3; mip++) {
                Block all = volume.read(mip, volume.info().scale(mip).bounds());
                for (int i = 0; i < all.box().voxels(); i++) {
                    assertThat(all.value(i) == 0).as(name).isEqualTo(name.equals("dense"));
                }
            }
        }
        Volume grey = Volumes.create(uri("grey"), new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.UINT64,
                List.of(new Scale(new VoxelSize(8, 8, 8), box, Int3.all(8)))), WriteOptions.USUAL);
        grey.write(0, new Block.Longs(box, voxels, DataType.UINT64));
        assertThat(session.run("downsample", at("grey"), "--mips", "1", "--sparse")).isZero();
        assertThat(((Block.Longs) Volumes.open(uri("grey"), OpenOptions.NONE).read(1, Box.ofSize(16, 16, 16))).data())
                .containsOnly(7);
        assertThat(session.run("convert", at("dense"), at("x"), "--mips", "none", "--sparse")).isEqualTo(1);
        assertThat(session.err).contains("--sparse", "--mips build");
        assertThat(session.run("components", at("dense"), at("x"), "--no-mips", "--sparse")).isEqualTo(1);
        assertThat(session.err).contains("--sparse");
    }

    @Test
    void convertThenReshardGivesTheSameVoxels() throws IOException {
        assertThat(session.run("convert", at("labels"), at("copy"), "--box", "20,0,31:80,40,60", "--chunk",
                "16,16,8")).isZero();
        Box part = new Box(new Int3(20, 0, 31), new Int3(80, 40, 60));
        Volume copy = Volumes.open(uri("copy"), OpenOptions.NONE);
        assertThat(copy.read(0, part).array()).isEqualTo(labels.crop(part).array());
        assertThat(session.run("reshard", at("copy"), at("shards"), "--chunk", "16,16,8", "--shard", "32,32,16"))
                .isZero();
        Volume shards = Volumes.open(uri("shards"), OpenOptions.NONE);
        assertThat(shards.storage(0)).contains("shard");
        for (int mip = 0; mip < copy.info().scales().size(); mip++) {
            Box all = copy.info().scale(mip).bounds();
            assertThat(shards.read(mip, all).array()).isEqualTo(copy.read(mip, all).array());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr2://", "zarr3://", "n5://"})
    void convertGoesToOtherFormatsAndBack(String format) throws IOException {
        assertThat(session.run("convert", at("labels"), format + at("array"), "--chunk", "32,16,8")).isZero();
        assertThat(session.run("convert", at("array"), "precomputed://" + at("back"), "--mips", "copy")).isZero();
        Volume back = Volumes.open(uri("back"), OpenOptions.NONE);
        assertThat(back.info().kind()).isEqualTo(VolumeInfo.Kind.SEGMENTATION);
        assertThat(back.info().scales()).hasSize(6);
        assertThat(back.read(0, BOX).array()).isEqualTo(labels.data());
        assertThat(session.run("info", at("array"), "--voxel-size", "9x9x9nm")).isZero();
        assertThat(session.out).contains("32,16,8", "9x9x9nm", "18x18x9nm");
        assertThat(session.run("convert", at("labels"), format + at("x"), "--compression", "lzw")).isEqualTo(1);
        assertThat(session.err).contains("lzw", "compression");
    }

    @Test
    void cutoutWritesFilesAndReadsThemAgain() throws IOException {
        assertThat(session.run("components", at("labels"), at("pieces"))).isZero();
        assertThat(session.run("cutout", at("pieces"), at("pieces.npy"), "--box", "20,-10,31:60,20,50")).isZero();
        assertThat(Files.size(folder.resolve("pieces.npy"))).isEqualTo(128 + 40 * 30 * 19 * 4);
        assertThat(Files.readString(folder.resolve("pieces.npy.provenance.json"))).contains("20,-10,31:60,20,50");
        assertThat(session.run("convert", at("pieces.npy"), at("again"), "--voxel-size", "8x8x40nm")).isZero();
        assertThat(Volumes.open(uri("again"), OpenOptions.NONE).read(0, Box.ofSize(40, 30, 19)).array())
                .isEqualTo(Volumes.open(uri("pieces"), OpenOptions.NONE)
                        .read(0, new Box(new Int3(20, -10, 31), new Int3(60, 20, 50))).array());
        assertThat(session.run("cutout", at("pieces"), at("pieces.npy"))).isEqualTo(1);
        assertThat(session.err).contains("exists already");
        assertThat(session.run("cutout", at("pieces"), at("pieces"), "--box", "0,0,0:1,1,1")).isEqualTo(1);
        assertThat(session.run("cutout", at("labels"), at("labels.tif"))).isEqualTo(1);
        assertThat(session.err).contains(".npy", "uint64");
        Path raw = Session.stack(folder.resolve("raw"), 32, 24, 8, Session::em);
        assertThat(session.run("cutout", raw, at("raw.tif"), "--voxel-size", "4x4x40nm")).isZero();
        assertThat(session.run("convert", at("raw.tif"), at("em"), "--voxel-size", "4x4x40nm")).isZero();
        Volume em = Volumes.open(uri("em"), OpenOptions.NONE);
        assertThat(em.info().scale(0).bounds()).isEqualTo(Box.ofSize(32, 24, 8));
        assertThat(em.info().kind()).isEqualTo(VolumeInfo.Kind.IMAGE);
        assertThat(session.run("info", raw, "--voxel-size", "4x4x40nm")).isZero();
        assertThat(session.out).contains("section images");
        assertThat(session.run("info", raw)).isEqualTo(1);
        assertThat(session.err).contains("--voxel-size");
    }

    @Test
    void componentsAreFound() throws IOException {
        assertThat(session.run("components", at("labels"), at("pieces"), "--connectivity", "6", "--chunk", "32,32,32"))
                .isZero();
        assertThat(session.out).contains("components");
        assertThat(Volumes.open(uri("pieces"), OpenOptions.NONE).info().type()).isEqualTo(DataType.UINT32);
        assertThat(session.run("components", at("labels"), at("other"), "--connectivity", "7")).isEqualTo(1);
        assertThat(session.err).contains("--connectivity", "7");
        assertThat(session.run("components", at("labels"), at("other"), "--dry-run")).isZero();
        assertThat(session.out).contains("MiB per thread");
        assertThat(Files.exists(folder.resolve("other"))).isFalse();
    }

    /// What they share is the folder beside them where work is kept, which the last to finish deletes.
    @Test
    void manyVolumesAreMadeBesideEachOtherAtATime() {
        assertThat(IntStream.range(0, 48).parallel().mapToObj(i -> {
            Session mine = new Session();
            return mine.run("cutout", at("labels"), at("n" + i + ".npy")) == 0
                    && mine.run("convert", at("labels"), at("n" + i), "--mips", "none", "--threads", "1") == 0
                            ? ""
                            : mine.err;
        }).filter(error -> !error.isEmpty()).toList()).isEmpty();
        assertThat(Files.exists(folder.resolve(".neuropil"))).isFalse();
    }

    @Test
    void wrongInputIsNamed() {
        assertThat(session.run("downsample", at("none"))).isEqualTo(1);
        assertThat(session.err).contains("none");
        assertThat(session.run("downsample", at("labels"), "--factor", "3,1,1")).isEqualTo(1);
        assertThat(session.err).contains("--factor", "3,1,1");
        assertThat(session.run("downsample", at("labels"), "--mips", "0")).isEqualTo(1);
        assertThat(session.run("convert", at("labels"), at("x"), "--shard", "64,64,32")).isEqualTo(1);
        assertThat(session.err).contains("--shard", "64,64,32", "64,64,64");
        assertThat(session.run("convert", at("labels"), at("x"), "--chunk", "0,8,8")).isEqualTo(1);
        assertThat(session.err).contains("--chunk", "0,8,8");
        assertThat(session.run("convert", at("labels"), at("x"), "--mip", "5")).isEqualTo(1);
        assertThat(session.err).contains("--mip", "5");
        assertThat(session.run("convert", at("labels"), at("x"), "--box", "0,0,0:1,1,1")).isEqualTo(1);
        assertThat(session.err).contains("--box");
        assertThat(Files.exists(folder.resolve("x"))).isFalse();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private VolumeUri uri(String name) {
        return VolumeUri.parse("precomputed://" + folder.resolve(name), "test");
    }
}
