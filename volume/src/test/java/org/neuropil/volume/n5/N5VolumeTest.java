package org.neuropil.volume.n5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Compression;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.codec.Lz4Stream;
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.store.Store;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class N5VolumeTest {
    private static final Box BOUNDS = Box.of(new Int3(-5, 3, 10), new Int3(21, 13, 9));

    @Property(tries = 400, seed = "1")
    void readsBackAnyBoxOfWhatWasWritten(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        VolumeInfo info = randomInfo(random);
        N5Options options = new N5Options(Compression.values()[random.nextInt(Compression.values().length)]);
        Store store = new MemoryStore();
        N5Volume volume = N5Volume.create(store, info, options);
        for (int mip = 0; mip < info.scales().size(); mip++) {
            Box bounds = info.scale(mip).bounds();
            Block all = RandomVolumes.fill(Block.zeros(info.type(), bounds), random);
            volume.write(mip, all);
            N5Volume again = N5Volume.open(store);
            assertThat(again.info()).isEqualTo(info);
            assertThat(again.read(mip, bounds).array()).isEqualTo(all.array());
            Box any = Box.of(bounds.min().plus(RandomVolumes.point(random, 30)).minus(Int3.all(15)),
                    RandomVolumes.point(random, 15));
            assertThat(again.read(mip, any).array()).isEqualTo(RandomVolumes.window(all, any).array());
        }
        assertThat(N5Volume.create(store, info, options).info()).isEqualTo(info);
    }

    @Test
    void putsBlocksWhereOthersLookForThem() throws IOException {
        MemoryStore store = new MemoryStore();
        N5Volume.create(store, info(Kind.IMAGE, DataType.UINT16), N5Options.USUAL).write(0,
                Block.zeros(DataType.UINT16, BOUNDS));
        assertThat(store.keys()).contains("attributes.json", "s0/attributes.json", "s0/0/0/0", "s0/2/1/1")
                .hasSize(2 + 3 * 2 * 2);
        String text = new String(store.get("s0/attributes.json").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(text).contains("\"dataType\" : \"uint16\"", "\"dimensions\" : [ 21, 13, 9 ]",
                "\"blockSize\" : [ 8, 8, 8 ]", "\"gzip\"");
    }

    /// The example of the specification: 16-bit big-endian numbers 1 to 6 in a block of 1x2x3, uncompressed.
    @Test
    void readsTheBlockOfTheSpecification() throws IOException {
        Store store = new MemoryStore();
        put(store, "attributes.json", """
                {"n5": "2.0.0", "dimensions": [1, 2, 3], "blockSize": [1, 2, 3], "dataType": "uint16",
                 "compression": {"type": "raw"}}""");
        store.put("0/0/0", new byte[]{0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0,
            6});
        N5Volume volume = N5Volume.open(store, Reading.PLAIN.withVoxelSize(new VoxelSize(4, 4, 40)));
        assertThat(((Block.Shorts) volume.read(0, Box.ofSize(1, 2, 3))).data()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsBlocksThatAreSmallerAtTheEdgeOrPadded() throws IOException {
        for (int padded = 0; padded < 2; padded++) {
            Store store = new MemoryStore();
            put(store, "attributes.json",
                    """
                            {"dimensions": [3, 1, 1], "blockSize": [2, 1, 1], "dataType": "uint8", "compression": {"type": "raw"}}""");
            store.put("0/0/0", new byte[]{0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 8});
            store.put("1/0/0", padded == 1
                    ? new byte[]{0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 9, 99}
                    : new byte[]{0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9});
            N5Volume volume = N5Volume.open(store, Reading.PLAIN.withVoxelSize(new VoxelSize(4, 4, 40)));
            assertThat(((Block.Bytes) volume.read(0, Box.ofSize(4, 1, 1))).data()).containsExactly(7, 8, 9, 0);
        }
    }

    @Test
    void readsGroupsThatSayHowMuchCoarserTheirDatasetsAre() throws IOException {
        Store store = new MemoryStore();
        put(store, "attributes.json",
                """
                        {"downsamplingFactors": [[1, 1, 1], [2, 2, 1]], "resolution": [4.0, 4.0, 40.0], "units": ["nm", "nm", "nm"]}""");
        for (int mip = 0; mip < 2; mip++) {
            put(store, "s" + mip + "/attributes.json", """
                    {"dimensions": [%d, 8, 5], "blockSize": [4, 4, 4], "dataType": "uint64",
                     "compression": {"type": "gzip", "useZlib": false, "level": -1}}""".formatted(8 >> mip));
        }
        VolumeInfo info = N5Volume.open(store).info();
        assertThat(info.kind()).isEqualTo(Kind.SEGMENTATION);
        assertThat(info.scales()).extracting(Scale::voxelSize).containsExactly(new VoxelSize(4, 4, 40),
                new VoxelSize(8, 8, 40));
    }

    /// As BigDataViewer, Paintera, OpenOrganelle have them.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'resolution': [4, 4.5, 40], 'offset': [-12, 9, 80]|-3|2",
        "'resolution': [0.004, 4.5, 40], 'units': ['um', 'nm', 'nm'], 'offset': [0.008, 0, 400]|2|10",
        "'pixelResolution': [4, 4.5, 40]|0|0",
        "'pixelResolution': {'unit': 'um', 'dimensions': [0.004, 0.0045, 0.04]}, 'offset': [0.02, 0, 0]|5|0",
        "'pixelResolution': [2, 2.25, 40], 'downsamplingFactors': [2, 2, 1]|0|0",
        "'transform': {'axes': ['z', 'y', 'x'], 'units': ['nm', 'nm', 'nm'], 'scale': [40.0, 4.5, 4.0], "
                + "'translate': [-82.0, 2.2, 14.0]}|3|-3"})
    void readsLengthsOfAllKinds(String attributes, int x, int z) throws IOException {
        Store store = new MemoryStore();
        put(store, "attributes.json", """
                {"dimensions": [8, 8, 5], "blockSize": [4, 4, 4], "dataType": "uint8",
                 "compression": {"type": "raw"}, %s}""".formatted(attributes.replace('\'', '"')));
        Scale scale = N5Volume.open(store).info().scale(0);
        assertThat(scale.voxelSize()).isEqualTo(new VoxelSize(4, 4.5, 40));
        assertThat(scale.bounds().min().x()).isEqualTo(x);
        assertThat(scale.bounds().min().z()).isEqualTo(z);
    }

    @Test
    void readsLz4AndTheAttributesOfOldVersions() throws IOException {
        byte[] voxels = new byte[64];
        new Random(1).nextBytes(voxels);
        for (String compression : List.of("\"compression\": {\"type\": \"lz4\", \"blockSize\": 65536}",
                "\"compressionType\": \"lz4\"")) {
            Store store = new MemoryStore();
            put(store, "attributes.json", """
                    {"dimensions": [4, 4, 4], "blockSize": [4, 4, 4], "dataType": "uint8", %s}"""
                    .formatted(compression));
            byte[] payload = new Lz4Stream(1 << 16).encode(voxels);
            store.put("0/0/0",
                    ByteBuffer.allocate(16 + payload.length).putShort((short) 0).putShort((short) 3).putInt(4)
                            .putInt(4).putInt(4).put(payload).array());
            assertThat(N5Volume.open(store).read(0, Box.ofSize(4, 4, 4)).array()).isEqualTo(voxels);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,one value for each element", "2,2,mode 2", "0,3,cut short"})
    void refusesBlocksOfVaryingLengthAndObjects(int mode, int count, String words) throws IOException {
        Store store = new MemoryStore();
        put(store, "attributes.json",
                """
                        {"dimensions": [2, 1, 1], "blockSize": [2, 1, 1], "dataType": "uint8", "compression": {"type": "raw"}}""");
        byte[] whole = ByteBuffer.allocate(22).putShort((short) mode).putShort((short) 3).putInt(2).putInt(1).putInt(1)
                .putInt(count).array();
        store.put("0/0/0", mode == 0 ? Arrays.copyOf(whole, 12) : whole);
        N5Volume volume = N5Volume.open(store);
        assertThatThrownBy(() -> volume.read(0, Box.ofSize(2, 1, 1))).isInstanceOf(IOException.class)
                .hasMessageContaining(words).hasMessageContaining("0/0/0");
    }

    @Test
    void beginsAgainWhatWasBegunAndNotFinished() throws IOException {
        VolumeInfo info = info(Kind.IMAGE, DataType.UINT16);
        MemoryStore whole = new MemoryStore();
        N5Volume.create(whole, info, N5Options.USUAL);
        MemoryStore begun = new MemoryStore();
        begun.put("s0/attributes.json", whole.get("s0/attributes.json").orElseThrow());
        assertThat(N5Volume.create(begun, info, N5Options.USUAL).info()).isEqualTo(info);
        assertThat(begun.keys()).isEqualTo(whole.keys());
        MemoryStore another = new MemoryStore();
        another.put("s0/attributes.json", whole.get("s0/attributes.json").orElseThrow());
        assertThatThrownBy(() -> N5Volume.create(another, info(Kind.IMAGE, DataType.UINT8), N5Options.USUAL))
                .isInstanceOf(InputException.class).hasMessageContaining("another volume");
        assertThat(another.keys()).containsExactly("s0/attributes.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"uint8|[4]|raw|dimensions", "uint128|[4,4,4]|raw|dataType",
        "uint8|[4,4,4]|bzip2|type", "uint8|[4,0,4]|raw|dimensions"})
    void whatIsNotSupportedIsNamed(String type, String dimensions, String compression, String field) {
        Store store = new MemoryStore();
        assertThatThrownBy(() -> {
            put(store, "attributes.json", """
                    {"dimensions": %s, "blockSize": [4, 4, 4], "dataType": "%s", "compression": {"type": "%s"}}"""
                    .formatted(dimensions, type, compression));
            N5Volume.open(store);
        }).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains(field, "attributes.json"));
    }

    @Test
    void aChannelMustBeChosenIfThereAreSeveral() throws IOException {
        Store store = new MemoryStore();
        put(store, "attributes.json",
                """
                        {"dimensions": [4, 4, 4, 2], "blockSize": [4, 4, 4, 1], "dataType": "uint8", "axes": ["x", "y", "z", "c"],
                         "compression": {"type": "raw"}}""");
        assertThatThrownBy(() -> N5Volume.open(store)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("channel"));
        Reading second = new Reading(Optional.of(new VoxelSize(4, 4, 4)), Optional.empty(), OptionalInt.of(1),
                OptionalInt.empty());
        byte[] block = new byte[4 + 16 + 64];
        System.arraycopy(new byte[]{0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1, 5}, 0, block, 0, 21);
        store.put("0/0/0/1", block);
        assertThat(((Block.Bytes) N5Volume.open(store, second).read(0, Box.ofSize(1, 1, 1))).data())
                .containsExactly(5);
    }

    @Test
    void maySimplyBeCreatedAgainButNotAsAnother() throws IOException {
        MemoryStore store = new MemoryStore();
        Block all = RandomVolumes.fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
        N5Volume.create(store, info(Kind.IMAGE, DataType.UINT16), N5Options.USUAL).write(0, all);
        assertThat(N5Volume.create(store, info(Kind.IMAGE, DataType.UINT16), N5Options.USUAL).read(0, BOUNDS).array())
                .isEqualTo(all.array());
        assertThatThrownBy(() -> N5Volume.create(store, info(Kind.IMAGE, DataType.UINT8), N5Options.USUAL))
                .isInstanceOf(InputException.class).hasMessageContaining("another volume");
    }

    @Test
    void takesWholeBlocksOnly() throws IOException {
        N5Volume volume = N5Volume.create(new MemoryStore(), info(Kind.IMAGE, DataType.UINT16), N5Options.USUAL);
        assertThatIllegalArgumentException().isThrownBy(
                () -> volume.write(0, Block.zeros(DataType.UINT16, Box.of(BOUNDS.min(), Int3.all(7)))));
        assertThatIllegalArgumentException().isThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT8, BOUNDS)));
    }

    @Property(tries = 400, seed = "1")
    void damagedBlocksGiveAnIoExceptionOrVoxels(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        VolumeInfo info = randomInfo(random);
        MemoryStore store = new MemoryStore();
        N5Volume volume = N5Volume.create(store, info,
                new N5Options(Compression.values()[random.nextInt(Compression.values().length)]));
        Box bounds = info.scale(0).bounds();
        volume.write(0, RandomVolumes.fill(Block.zeros(info.type(), bounds), random));
        List<String> blocks = store.keys().stream().filter(key -> key.matches("s0/\\d+/\\d+/\\d+")).toList();
        String key = blocks.get(random.nextInt(blocks.size()));
        store.put(key, RandomVolumes.damage(store.get(key).orElseThrow(), random));
        try {
            assertThat(N5Volume.open(store).read(0, bounds).box()).isEqualTo(bounds);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(key);
        }
    }

    @Property(tries = 600, seed = "1")
    void damagedAttributesGiveAnInputExceptionOrAVolume(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        MemoryStore store = new MemoryStore();
        N5Volume.create(store, randomInfo(random), N5Options.USUAL);
        String key = random.nextBoolean() ? "attributes.json" : "s0/attributes.json";
        store.put(key, RandomVolumes.damage(store.get(key).orElseThrow(), random));
        try {
            assertThat(N5Volume.open(store).info().scales()).isNotEmpty();
        } catch (InputException e) {
            assertThat(e.sentence()).contains("attributes.json");
        }
    }

    private static void put(Store store, String key, String text) throws IOException {
        store.put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static VolumeInfo info(Kind kind, DataType type) {
        return new VolumeInfo(kind, type, List.of(new Scale(new VoxelSize(4, 4.5, 40), BOUNDS, Int3.all(8))));
    }

    private static VolumeInfo randomInfo(Random random) {
        DataType type = DataType.values()[random.nextInt(DataType.values().length)];
        Int3 chunk = RandomVolumes.point(random, 9);
        Box bounds = Box.of(RandomVolumes.point(random, 50).minus(Int3.all(25)), RandomVolumes.point(random, 20));
        VoxelSize finest = new VoxelSize(random.nextDouble() + 0.1, 4, 40.5);
        List<Scale> scales = new ArrayList<>();
        Int3 factor = Int3.all(1);
        for (int mip = random.nextInt(3); mip >= 0; mip--) {
            scales.add(new Scale(finest.times(factor), bounds.coarser(factor), chunk));
            factor = factor.times(new Int3(2, 2, 1 + random.nextInt(2)));
        }
        return new VolumeInfo(type.isFloat() || random.nextBoolean() ? Kind.IMAGE : Kind.SEGMENTATION, type, scales);
    }
}
