package org.neuropil.volume.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
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
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.store.Store;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ZarrVolumeTest {
    private static final Box BOUNDS = Box.of(new Int3(-5, 3, 10), new Int3(21, 13, 9));

    @Property(tries = 400, seed = "1")
    void readsBackAnyBoxOfWhatWasWritten(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        VolumeInfo info = randomInfo(random);
        boolean sharded = !info.scale(0).unit().equals(info.scale(0).chunk());
        Compression compression = Compression.values()[random.nextInt(Compression.values().length)];
        ZarrOptions options = new ZarrOptions(sharded ? 3 : 2 + random.nextInt(2), compression);
        Store store = new MemoryStore();
        ZarrVolume volume = ZarrVolume.create(store, info, options);
        for (int mip = 0; mip < info.scales().size(); mip++) {
            Box bounds = info.scale(mip).bounds();
            Block all = RandomVolumes.fill(Block.zeros(info.type(), bounds), random);
            // One call for all of it, or one per unit.
            if (random.nextBoolean()) {
                volume.write(mip, all);
            } else {
                for (int i = 0; i < info.scale(mip).units().count(); i++) {
                    volume.write(mip, all.crop(info.scale(mip).units().box(i)));
                }
            }
            ZarrVolume again = ZarrVolume.open(store);
            assertThat(again.info()).isEqualTo(info);
            assertThat(again.read(mip, bounds).array()).isEqualTo(all.array());
            Box any = Box.of(bounds.min().plus(RandomVolumes.point(random, 30)).minus(Int3.all(15)),
                    RandomVolumes.point(random, 15));
            assertThat(again.read(mip, any).array()).isEqualTo(RandomVolumes.window(all, any).array());
            assertThat(volume.read(mip, any).array()).isEqualTo(RandomVolumes.window(all, any).array());
        }
        assertThat(ZarrVolume.create(store, info, options).info()).isEqualTo(info);
    }

    @Test
    void putsChunksWhereOthersLookForThem() throws IOException {
        MemoryStore two = new MemoryStore();
        ZarrVolume.create(two, info(1), ZarrOptions.V2).write(0, Block.zeros(DataType.UINT16, BOUNDS));
        assertThat(two.keys()).contains(".zattrs", ".zgroup", "0/.zarray", "0/.zattrs", "0/0/0/0", "0/1/1/2")
                .hasSize(4 + 3 * 2 * 2);
        MemoryStore three = new MemoryStore();
        ZarrVolume.create(three, info(1), ZarrOptions.V3).write(0, Block.zeros(DataType.UINT16, BOUNDS));
        assertThat(three.keys()).contains("zarr.json", "0/zarr.json", "0/c/0/0/0", "0/c/1/1/2").hasSize(2 + 3 * 2 * 2);
        MemoryStore shards = new MemoryStore();
        ZarrVolume.create(shards, info(2), ZarrOptions.V3).write(0, Block.zeros(DataType.UINT16, BOUNDS));
        assertThat(shards.keys()).contains("0/c/0/0/0", "0/c/0/0/1").hasSize(2 + 2);
        // Nothing but fill values: the index of eight chunks that are not there, and its checksum.
        assertThat(shards.get("0/c/0/0/0")).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(8 * 16 + 4)
                .startsWith(-1, -1, -1, -1, -1, -1, -1, -1));
    }

    @Test
    void readsTheFillValueWhereNothingWasWritten() throws IOException {
        Store store = new MemoryStore();
        store.put("zarr.json", MetadataTest.array3("float32", "\"0x7fc00001\""));
        Block block = ZarrVolume.open(store).read(0, Box.of(new Int3(-1, 0, 0), new Int3(9, 9, 9)));
        assertThat(((Block.Floats) block).data()).hasSize(729).containsOnly(Float.NaN);
        Store shorts = new MemoryStore();
        shorts.put("zarr.json", MetadataTest.array3("int16", "-7"));
        ZarrVolume volume = ZarrVolume.open(shorts);
        volume.write(0, RandomVolumes.fill(Block.zeros(DataType.INT16, volume.info().scale(0).bounds().intersect(
                Box.ofSize(4, 4, 4))), new Random(1)));
        short[] read = ((Block.Shorts) volume.read(0, Box.ofSize(8, 4, 1))).data();
        assertThat(read[4]).isEqualTo((short) -7);
        assertThat(read[0]).isNotEqualTo((short) -7);
    }

    @Test
    void leavesOutWhatChunksHoldBeyondTheEnd() throws IOException {
        Store store = new MemoryStore();
        store.put("zarr.json", MetadataTest.array3("uint8", "7"));
        byte[] chunk = new byte[64];
        Arrays.fill(chunk, (byte) 99);
        // 11x10x9 voxels in chunks of 4x4x4: the last one has three, two and one of them.
        store.put("c/2/2/2", chunk);
        byte[] read = ((Block.Bytes) ZarrVolume.open(store).read(0, Box.of(new Int3(7, 9, 8), new Int3(6, 1, 1))))
                .data();
        assertThat(read).containsExactly(7, 99, 99, 99, 7, 7);
    }

    @Test
    void maySimplyBeCreatedAgainButNotAsAnother() throws IOException {
        for (ZarrOptions options : List.of(ZarrOptions.V2, ZarrOptions.V3)) {
            MemoryStore store = new MemoryStore();
            Block all = RandomVolumes.fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
            ZarrVolume.create(store, info(1), options).write(0, all);
            assertThat(ZarrVolume.create(store, info(1), options).read(0, BOUNDS).array()).isEqualTo(all.array());
            VolumeInfo other = new VolumeInfo(Kind.IMAGE, DataType.UINT8, info(1).scales());
            for (ZarrOptions others : List.of(options, options.with(Compression.GZIP),
                    new ZarrOptions(5 - options.version(), Compression.NONE))) {
                assertThatThrownBy(
                        () -> ZarrVolume.create(store, others.equals(options) ? other : info(1), others))
                        .isInstanceOf(InputException.class).hasMessageContaining("another volume");
            }
        }
    }

    @Test
    void refusesWhatTheFormatCannotHold() {
        Store store = new MemoryStore();
        assertThatIllegalArgumentException().isThrownBy(() -> ZarrVolume.create(store, info(2), ZarrOptions.V2))
                .withMessageContaining("no shards");
        Scale huge = new Scale(new VoxelSize(4, 4, 40), Box.ofSize(2000, 2000, 2000), Int3.all(1500));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZarrVolume.create(store,
                        new VolumeInfo(Kind.IMAGE, DataType.UINT8, List.of(huge)), ZarrOptions.V3))
                .withMessageContaining("chunk_shape").withMessageContaining("2 GiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZarrVolume.create(store, info(1), new ZarrOptions(3, Compression.BLOSC, 10)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ZarrOptions(1, Compression.NONE));
    }

    @Test
    void takesWholeUnitsOnly() throws IOException {
        ZarrVolume volume = ZarrVolume.create(new MemoryStore(), info(2), ZarrOptions.V3);
        for (Box wrong : List.of(Box.of(BOUNDS.min(), Int3.all(8)), BOUNDS.grow(new Int3(0, 0, 1)),
                Box.of(BOUNDS.min(), Int3.ZERO))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT16, wrong)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT8, BOUNDS)));
        assertThatIllegalArgumentException().isThrownBy(() -> volume.read(1, BOUNDS)).withMessageContaining("mip 1");
    }

    @Test
    void travels() throws IOException, ClassNotFoundException {
        ZarrVolume volume = ZarrVolume.create(new MemoryStore(), info(2), ZarrOptions.V3);
        Block all = RandomVolumes.fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
        volume.write(0, all);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(volume);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((ZarrVolume) in.readObject()).read(0, BOUNDS).array()).isEqualTo(all.array());
        }
    }

    @Test
    void seesAShardThatItHasWrittenAgain() throws IOException {
        ZarrVolume volume = ZarrVolume.create(new MemoryStore(), info(2), ZarrOptions.V3);
        for (int seed = 1; seed < 4; seed++) {
            Block all = RandomVolumes.fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(seed));
            volume.write(0, all);
            assertThat(volume.read(0, BOUNDS).array()).isEqualTo(all.array());
        }
    }

    @Property(tries = 400, seed = "1")
    void damagedChunksGiveAnIoExceptionOrVoxels(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        VolumeInfo info = randomInfo(random);
        Compression compression = Compression.values()[random.nextInt(Compression.values().length)];
        MemoryStore store = new MemoryStore();
        ZarrVolume volume = ZarrVolume.create(store, info, new ZarrOptions(3, compression));
        Box bounds = info.scale(0).bounds();
        volume.write(0, RandomVolumes.fill(Block.zeros(info.type(), bounds), random));
        List<String> chunks = store.keys().stream().filter(key -> key.startsWith("0/c/")).toList();
        String key = chunks.get(random.nextInt(chunks.size()));
        store.put(key, RandomVolumes.damage(store.get(key).orElseThrow(), random));
        try {
            assertThat(ZarrVolume.open(store).read(0, bounds).box()).isEqualTo(bounds);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(key);
        }
    }

    @Test
    void writesTheSameBytesEveryTime() throws IOException {
        Block all = RandomVolumes.fill(Block.zeros(DataType.UINT16, BOUNDS), new Random(1));
        for (Compression compression : Compression.values()) {
            MemoryStore one = new MemoryStore();
            MemoryStore two = new MemoryStore();
            ZarrVolume.create(one, info(2), new ZarrOptions(3, compression)).write(0, all);
            ZarrVolume.create(two, info(2), new ZarrOptions(3, compression)).write(0, all);
            assertThat(one.keys()).isEqualTo(two.keys());
            for (String key : one.keys()) {
                assertThat(one.get(key)).hasValueSatisfying(b -> assertThat(b).isEqualTo(two.get(key).orElseThrow()));
            }
        }
    }

    private static VolumeInfo info(int chunksInUnit) {
        return new VolumeInfo(Kind.IMAGE, DataType.UINT16, List.of(
                new Scale(new VoxelSize(4, 4.5, 40), BOUNDS, Int3.all(8), Int3.all(8 * chunksInUnit))));
    }

    private static VolumeInfo randomInfo(Random random) {
        DataType type = DataType.values()[random.nextInt(DataType.values().length)];
        Int3 chunk = RandomVolumes.point(random, 9);
        Int3 unit = random.nextBoolean() ? chunk : chunk.times(RandomVolumes.point(random, 3));
        Box bounds = Box.of(RandomVolumes.point(random, 50).minus(Int3.all(25)), RandomVolumes.point(random, 20));
        VoxelSize finest = new VoxelSize(random.nextDouble() + 0.1, 4, 40.5);
        List<Scale> scales = new ArrayList<>();
        Int3 factor = Int3.all(1);
        for (int mip = random.nextInt(3); mip >= 0; mip--) {
            scales.add(new Scale(finest.times(factor), bounds.coarser(factor), chunk, unit));
            factor = factor.times(new Int3(2, 2, 1 + random.nextInt(2)));
        }
        return new VolumeInfo(type.isFloat() || random.nextBoolean() ? Kind.IMAGE : Kind.SEGMENTATION, type, scales);
    }
}
