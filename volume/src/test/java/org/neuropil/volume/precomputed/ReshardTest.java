package org.neuropil.volume.precomputed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.store.MemoryStore;

class ReshardTest {
    private static final Box BOUNDS = Box.of(new Int3(-5, 3, 10), new Int3(41, 33, 19));
    private static final Int3 CHUNK = new Int3(8, 8, 4);
    private static final PrecomputedOptions GZIP = PrecomputedOptions.LABELS.with(ChunkCompression.GZIP);

    private final PrecomputedVolume source = volume(new MemoryStore(), CHUNK, PrecomputedOptions.LABELS);
    private final Block.Longs voxels = labels();

    ReshardTest() throws IOException {
        // All but the chunks of the lowest layer.
        source.write(0, voxels.crop(new Box(BOUNDS.min().plus(new Int3(0, 0, 4)), BOUNDS.max())));
    }

    @Test
    void copiesIntoShardsAndBack() throws IOException {
        MemoryStore store = new MemoryStore();
        PrecomputedVolume sharded = volume(store, new Int3(16, 16, 8), GZIP);
        assertThat(sharded.storage(0)).isEqualTo("compressed_segmentation, gzip, shards of 16x16x8");
        copy(source, sharded);
        assertThat(sharded.read(0, BOUNDS).array()).isEqualTo(source.read(0, BOUNDS).array());
        MemoryStore plain = new MemoryStore();
        PrecomputedVolume back = volume(plain, CHUNK, PrecomputedOptions.LABELS);
        copy(sharded, back);
        assertThat(back.read(0, BOUNDS).array()).isEqualTo(source.read(0, BOUNDS).array());
        // A layer of 6 x 5 chunks was never written, and that stays so: 4 layers and the info file are there.
        assertThat(plain.keys()).hasSize(6 * 5 * 4 + 1);
    }

    @Test
    void writesTheShardThatWritingTheVoxelsGives() throws IOException {
        MemoryStore copied = new MemoryStore();
        copy(source, volume(copied, new Int3(16, 16, 8), GZIP));
        MemoryStore written = new MemoryStore();
        volume(written, new Int3(16, 16, 8), GZIP).write(0, source.read(0, BOUNDS));
        String shard = copied.keys().stream().filter(key -> key.endsWith("3.shard")).findFirst().orElseThrow();
        // Its lowest layer is there, all zero, where voxels were written.
        assertThat(written.keys()).isEqualTo(copied.keys());
        assertThat(written.get(shard).orElseThrow().length)
                .isGreaterThanOrEqualTo(copied.get(shard).orElseThrow().length);
    }

    @Test
    void encodesAgainWhereItMust() throws IOException {
        PrecomputedVolume raw = volume(new MemoryStore(), CHUNK, PrecomputedOptions.RAW.sharded());
        assertThat(raw.info().scale(0).unit()).isEqualTo(new Int3(48, 40, 20));
        copy(source, raw);
        assertThat(raw.read(0, BOUNDS).array()).isEqualTo(source.read(0, BOUNDS).array());
    }

    @Test
    void fillsShardsThatAreNoBoxes() throws IOException {
        MemoryStore store = new MemoryStore();
        volume(store, new Int3(16, 16, 8), GZIP);
        String info = new String(store.get("info").orElseThrow(), StandardCharsets.UTF_8).replace("identity",
                "murmurhash3_x86_128");
        store.put("info", info.getBytes(StandardCharsets.UTF_8));
        PrecomputedVolume hashed = PrecomputedVolume.open(store);
        assertThatThrownBy(() -> hashed.write(0, voxels)).isInstanceOf(InputException.class)
                .hasMessageContaining("all over the volume");
        Reshard reshard = new Reshard(source, hashed, 0);
        assertThat(reshard.units()).isBetween(20, 64);
        copy(source, hashed);
        assertThat(hashed.read(0, BOUNDS).array()).isEqualTo(source.read(0, BOUNDS).array());
    }

    @Test
    void refusesVolumesThatDoNotFit() throws IOException {
        PrecomputedVolume other = PrecomputedVolume.create(new MemoryStore(), new VolumeInfo(Kind.SEGMENTATION,
                DataType.UINT32, List.of(new Scale(new VoxelSize(4, 4, 40), BOUNDS, CHUNK))), GZIP);
        assertThatIllegalArgumentException().isThrownBy(() -> new Reshard(source, other, 0));
    }

    @Test
    void namesTheSizesOfShardsThatThereAre() {
        assertThatThrownBy(() -> volume(new MemoryStore(), new Int3(32, 8, 4), GZIP))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("32,8,4")
                        .contains("8x8x4, 16x8x4, 16x16x4, 16x16x8, 32x16x8"));
    }

    private static void copy(PrecomputedVolume from, PrecomputedVolume to) throws IOException {
        Reshard reshard = new Reshard(from, to, 0);
        for (int unit = reshard.units() - 1; unit >= 0; unit--) {
            reshard.copy(unit);
        }
    }

    private static PrecomputedVolume volume(MemoryStore store, Int3 unit, PrecomputedOptions options)
            throws IOException {
        return PrecomputedVolume.create(store, new VolumeInfo(Kind.SEGMENTATION, DataType.UINT64,
                List.of(new Scale(new VoxelSize(4, 4, 40), BOUNDS, CHUNK, unit))), options);
    }

    private static Block.Longs labels() {
        Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, BOUNDS);
        Random random = new Random(1);
        for (int i = 0; i < block.data().length; i++) {
            block.data()[i] = random.nextInt(4) == 0 || i == 0 ? random.nextLong() : block.data()[i - 1];
        }
        return block;
    }
}
