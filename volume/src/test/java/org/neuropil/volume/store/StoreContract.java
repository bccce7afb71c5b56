package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.precomputed.Encoding;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;

/// What all stores must do.
abstract class StoreContract {
    private static final byte[] BYTES = new byte[1000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    /// A store without objects.
    abstract Store store() throws IOException;

    /// The store through which objects are put; another one where the store itself is only read.
    Store writer(Store store) {
        return store;
    }

    @Test
    void givesWhatWasPut() throws IOException {
        Store store = store();
        assertThat(store.get("a/b")).isEmpty();
        writer(store).put("a/b", BYTES);
        assertThat(store.get("a/b")).hasValue(BYTES);
        writer(store).put("a/b", new byte[]{1, 2});
        assertThat(store.get("a/b")).hasValue(new byte[]{1, 2});
        assertThat(store.size("a/b")).hasValue(2);
        assertThat(store.size("a/c")).isEmpty();
        writer(store).put("empty", new byte[0]);
        assertThat(store.get("empty")).hasValue(new byte[0]);
        assertThat(store.get("a")).as("a name on the way to a key").isEmpty();
        assertThat(store.tail("a", 1)).isEmpty();
        assertThat(store.get("a", 0, 1)).isEmpty();
        assertThat(store.get("a", new byte[3])).isEmpty();
        assertThat(store.get("a/b/c")).as("a name behind a key").isEmpty();
        assertThat(store.tail("a/b/c", 1)).isEmpty();
    }

    @Test
    void givesParts() throws IOException {
        Store store = store();
        assertThat(store.get("k", 0, 10)).isEmpty();
        assertThat(store.tail("k", 10)).isEmpty();
        writer(store).put("k", BYTES);
        for (int[] range : new int[][]{{0, 1000}, {0, 1}, {999, 1000}, {17, 500}}) {
            assertThat(store.get("k", range[0], range[1])).hasValue(Arrays.copyOfRange(BYTES, range[0], range[1]));
        }
        assertThat(store.get("k", 5, 5)).hasValue(new byte[0]);
        assertThat(store.get("k", 1000, 1000)).hasValue(new byte[0]);
        assertThat(store.tail("k", 0)).hasValue(new byte[0]);
        assertThat(store.tail("k", 10)).hasValue(Arrays.copyOfRange(BYTES, 990, 1000));
        assertThat(store.tail("k", 5000)).hasValue(BYTES);
        writer(store).put("empty", new byte[0]);
        assertThat(store.tail("empty", 10)).hasValue(new byte[0]);
    }

    @Test
    void neverGivesLessThanWasAskedFor() throws IOException {
        Store store = store();
        writer(store).put("k", BYTES);
        assertThatThrownBy(() -> store.get("k", 990, 1001)).isInstanceOf(IOException.class).hasMessageContaining("k")
                .hasMessageContaining("1001");
        assertThatThrownBy(() -> store.get("k", 1001, 1001)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.get("k", 1000, 1010)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.get("k", 5000, 5001)).isInstanceOf(IOException.class);
    }

    @Test
    void keysMayHoldAnyCharacters() throws IOException {
        Store store = store();
        List<String> keys = List.of("0-64_0-64_0-16", "c/0/1", "with space", "a+b&c=d", "100%", "ä/日本", "x?y#z", "~_-.",
                ".zarray");
        for (String key : keys) {
            writer(store).put(key, key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        for (String key : keys) {
            assertThat(store.get(key)).as(key).hasValue(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void keysDoNotLeaveTheStore() throws IOException {
        Store store = store();
        for (String key : List.of("../x", "a/../../x", "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.get(key)).withMessageContaining(key);
        }
    }

    @Test
    void travels() throws IOException {
        Store store = store();
        writer(store).put("k", BYTES);
        assertThat(copy(store).get("k")).hasValue(BYTES);
    }

    /// As it arrives in another process.
    static Store copy(Store store) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(store);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Store) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Test
    void holdsVolumesShardedAndPlain() throws IOException {
        for (int edge : new int[]{1, 2}) {
            Store store = store();
            Box bounds = Box.of(new Int3(3, -4, 5), new Int3(40, 33, 21));
            VolumeInfo info = new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64, List.of(
                    new Scale(new VoxelSize(8, 8, 40), bounds, Int3.all(16), Int3.all(16 * edge))));
            Block all = RandomVolumes.fill(Block.zeros(DataType.UINT64, bounds), new Random(edge));
            PrecomputedVolume.create(writer(store), info,
                    new PrecomputedOptions(Encoding.COMPRESSED_SEGMENTATION, ChunkCompression.GZIP)).write(0, all);
            Volume volume = PrecomputedVolume.open(store);
            assertThat(volume.info()).isEqualTo(info);
            assertThat(volume.read(0, bounds).array()).isEqualTo(all.array());
        }
    }
}
