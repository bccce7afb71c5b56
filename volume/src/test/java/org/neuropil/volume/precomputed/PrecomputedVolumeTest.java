package org.neuropil.volume.precomputed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.store.FileStore;
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.store.Store;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PrecomputedVolumeTest {
    private static final Box BOUNDS = Box.of(new Int3(-5, 3, 10), new Int3(21, 13, 9));

    private static final PrecomputedOptions GZIP = PrecomputedOptions.RAW.with(ChunkCompression.GZIP);

    @TempDir
    Path folder = Path.of("");

    @Property(tries = 300, seed = "1")
    void readsBackAnyBoxOfWhatWasWritten(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<DataType> types = List.of(DataType.UINT8, DataType.INT8, DataType.UINT16, DataType.INT16, DataType.UINT32,
                DataType.INT32, DataType.UINT64, DataType.FLOAT32);
        DataType type = types.get(random.nextInt(types.size()));
        Box bounds = Box.of(point(random, 50).minus(Int3.all(25)), point(random, 20));
        Int3 chunk = point(random, 9);
        boolean ids = type == DataType.UINT32 || type == DataType.UINT64;
        Encoding encoding = ids && random.nextBoolean()
                ? Encoding.COMPRESSED_SEGMENTATION
                : Encoding.PNG.holds(type) && random.nextBoolean() ? Encoding.PNG : Encoding.RAW;
        VolumeInfo info = new VolumeInfo(ids ? Kind.SEGMENTATION : Kind.IMAGE, type,
                List.of(new Scale(new VoxelSize(4, 4, 40), bounds, chunk)));
        Store store = new MemoryStore();
        ChunkCompression compression = ChunkCompression.values()[random.nextInt(2)];
        PrecomputedOptions options = new PrecomputedOptions(encoding, compression).withBlock(point(random, 9));
        if (random.nextBoolean()) {
            options = options.with(new PrecomputedOptions.Shards.OfBytes(1 << random.nextInt(16)));
        }
        PrecomputedVolume volume = PrecomputedVolume.create(store, info, options);
        Grid units = volume.info().scale(0).units();
        Block all = fill(Block.zeros(type, bounds), random);
        // One call for all of it, or one per chunk or shard.
        if (random.nextBoolean()) {
            volume.write(0, all);
        } else {
            for (int i = 0; i < units.count(); i++) {
                volume.write(0, all.crop(units.box(i)));
            }
        }
        PrecomputedVolume again = PrecomputedVolume.open(store);
        assertThat(again.info()).isEqualTo(volume.info());
        assertThat(again.read(0, bounds).array()).isEqualTo(all.array());
        Box any = Box.of(bounds.min().plus(point(random, 30)).minus(Int3.all(15)), point(random, 15));
        Block expected = Block.zeros(type, any);
        expected.copyFrom(all);
        assertThat(again.read(0, any).array()).isEqualTo(expected.array());
    }

    @Test
    void putsChunksWhereNeuroglancerLooksForThem() throws IOException {
        PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(folder), info(), PrecomputedOptions.RAW);
        volume.write(0, Block.zeros(DataType.UINT16, BOUNDS));
        assertThat(folder.resolve("4_4_40")).isDirectoryContaining("glob:**/-5-3_3-11_10-18")
                .isDirectoryContaining("glob:**/11-16_11-16_18-19");
        assertThat(folder.resolve("4_4_40/11-16_11-16_18-19")).hasSize(2 * 5 * 5);
        assertThat(volume.uri()).isEqualTo(folder.toString());
    }

    @Test
    void readsZerosWhereNothingWasWritten() throws IOException {
        PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(folder), info(), GZIP);
        Box box = Box.of(new Int3(-100, 0, 0), new Int3(200, 30, 30));
        assertThat(volume.read(0, box).box()).isEqualTo(box);
        assertThat(((Block.Shorts) volume.read(0, box)).data()).containsOnly(0);
    }

    @Test
    void readsPlainAndGzippedChunksOfOneVolume() throws IOException {
        Store store = new FileStore(folder);
        Block all = fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
        PrecomputedVolume.create(store, info(), PrecomputedOptions.RAW).write(0, all);
        Box first = info().scale(0).grid().box(0);
        PrecomputedVolume.open(store, ChunkCompression.GZIP).write(0, Block.zeros(DataType.UINT16, first));
        Block expected = Block.zeros(DataType.UINT16, BOUNDS);
        expected.copyFrom(all);
        expected.copyFrom(Block.zeros(DataType.UINT16, first));
        assertThat(PrecomputedVolume.open(store).read(0, BOUNDS).array()).isEqualTo(expected.array());
        assertThatThrownBy(() -> PrecomputedVolume.open(store, ChunkCompression.NONE).write(0, all))
                .isInstanceOf(IOException.class).hasMessageContaining("would hide");
    }

    @Test
    void maySimplyBeCreatedAgain() throws IOException {
        Store store = new FileStore(folder);
        Block all = fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
        PrecomputedVolume.create(store, info(), GZIP).write(0, all);
        PrecomputedInfo.read(store).withMesh("mesh").write(store);
        PrecomputedVolume again = PrecomputedVolume.create(store, info(), GZIP);
        assertThat(again.read(0, BOUNDS).array()).isEqualTo(all.array());
        assertThat(again.precomputedInfo().mesh()).contains("mesh");
        VolumeInfo other = new VolumeInfo(Kind.IMAGE, DataType.UINT8, info().scales());
        assertThatThrownBy(() -> PrecomputedVolume.create(store, other, GZIP)).isInstanceOf(InputException.class)
                .hasMessageContaining("another volume");
    }

    @Test
    void takesWholeChunksOnly() throws IOException {
        PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(folder), info(), GZIP);
        for (Box wrong : List.of(Box.of(BOUNDS.min(), new Int3(7, 8, 8)),
                Box.of(BOUNDS.min().plus(new Int3(1, 0, 0)), new Int3(8, 8, 8)),
                BOUNDS.grow(new Int3(0, 0, 1)), Box.of(BOUNDS.min().minus(new Int3(0, 8, 0)), Int3.all(8)),
                Box.of(BOUNDS.min(), Int3.ZERO))) {
            assertThatIllegalArgumentException().isThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT16, wrong)))
                    .withMessageContaining("whole chunks");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT8, BOUNDS)));
        assertThatIllegalArgumentException().isThrownBy(() -> volume.read(1, BOUNDS)).withMessageContaining("mip 1");
    }

    @Test
    void namesADamagedChunk() throws IOException {
        PrecomputedVolume volume = PrecomputedVolume.create(new FileStore(folder), info(), GZIP);
        volume.write(0, Block.zeros(DataType.UINT16, BOUNDS));
        Path chunk = folder.resolve("4_4_40/3-11_3-11_10-18.gz");
        byte[] good = Files.readAllBytes(chunk);
        for (byte[] bad : List.of(new byte[0], new byte[]{1, 2, 3}, Arrays.copyOf(good, good.length - 9),
                Gzip.compress(new byte[1025]),
                Gzip.compress(new byte[3]))) {
            Files.write(chunk, bad);
            assertThatThrownBy(() -> volume.read(0, BOUNDS)).isInstanceOf(IOException.class)
                    .hasMessageContaining(chunk.toString());
        }
        Files.write(folder.resolve("4_4_40/3-11_3-11_10-18"), new byte[1023]);
        Files.delete(chunk);
        assertThatThrownBy(() -> volume.read(0, BOUNDS)).isInstanceOf(IOException.class)
                .hasMessageContaining("4_4_40/3-11_3-11_10-18 has 1023 bytes in place of 1024");
    }

    @Test
    void saysThatThereIsNoVolume() {
        assertThatThrownBy(() -> PrecomputedVolume.open(new FileStore(folder))).isInstanceOf(InputException.class)
                .hasMessageContaining("no precomputed volume");
    }

    @Test
    void onlyReadsVolumesWithSeveralChunkSizes() throws IOException {
        Store store = new FileStore(folder);
        PrecomputedVolume.create(store, info(), PrecomputedOptions.RAW).write(0, Block.zeros(DataType.UINT16, BOUNDS));
        Path file = folder.resolve("info");
        Files.writeString(file, Files.readString(file).replace("[ [ 8, 8, 8 ] ]", "[ [ 8, 8, 8 ], [ 64, 64, 1 ] ]"));
        PrecomputedVolume volume = PrecomputedVolume.open(store);
        volume.read(0, BOUNDS);
        assertThatThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT16, BOUNDS)))
                .isInstanceOf(InputException.class).hasMessageContaining("several sizes");
    }

    @Test
    void writesTheSameBytesEveryTime() throws IOException {
        Block all = fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
        MemoryStore one = new MemoryStore();
        MemoryStore two = new MemoryStore();
        PrecomputedVolume.create(one, info(), GZIP).write(0, all);
        PrecomputedVolume.create(two, info(), GZIP).write(0, all);
        assertThat(one.keys()).hasSizeGreaterThan(1).isEqualTo(two.keys());
        for (String key : one.keys()) {
            assertThat(one.get(key)).hasValueSatisfying(b -> assertThat(b).isEqualTo(two.get(key).orElseThrow()));
        }
    }

    private static VolumeInfo info() {
        return new VolumeInfo(Kind.IMAGE, DataType.UINT16,
                List.of(new Scale(new VoxelSize(4, 4, 40), BOUNDS, Int3.all(8))));
    }

    private static Int3 point(Random random, int edge) {
        return new Int3(1 + random.nextInt(edge), 1 + random.nextInt(edge), 1 + random.nextInt(edge));
    }

    private static Block fill(Block block, Random random) {
        switch (block) {
            case Block.Bytes b -> random.nextBytes(b.data());
            case Block.Shorts b -> Arrays.setAll(new int[b.data().length],
                    i -> b.data()[i] = (short) random.nextInt());
            case Block.Ints b -> Arrays.setAll(b.data(), i -> random.nextInt() >> random.nextInt(32));
            case Block.Longs b -> Arrays.setAll(b.data(), i -> random.nextLong() >> random.nextInt(64));
            case Block.Floats b -> Arrays.setAll(new int[b.data().length],
                    i -> Float.floatToRawIntBits(b.data()[i] = random.nextFloat()));
            case Block.Doubles b -> Arrays.setAll(b.data(), i -> random.nextDouble());
        }
        return block;
    }
}
