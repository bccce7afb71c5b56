package org.neuropil.volume.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.n5.N5Volume;
import org.neuropil.volume.store.FileStore;
import org.neuropil.volume.zarr.ZarrVolume;

/// Arrays that zarr-python and tensorstore wrote, made by `make_arrays.py`.
class PeersTest {
    private static final Box BOUNDS = Box.ofSize(21, 13, 9);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"zarr/fortran|INT16|zarr 2, blosc zstd", "zarr/zlib|UINT64|zarr 2, zlib",
        "zarr/transposed|INT32|zarr 3, blosc lz4", "zarr/shards|UINT16|zarr 3, zstd, sharded",
        "zarr/start|FLOAT32|zarr 3, gzip crc32c, sharded", "n5/gzip|UINT64|n5, gzip", "n5/zlib|FLOAT64|n5, zlib",
        "n5/blosc|INT32|n5, blosc lz4", "n5/zstd|UINT16|n5, zstd", "n5/raw|INT8|n5, raw"})
    void readsWhatPeersWrote(String name, DataType type, String storage) throws Exception {
        Volume volume = name.startsWith("n5") ? N5Volume.open(store(name)) : ZarrVolume.open(store(name));
        assertThat(volume.storage(0)).isEqualTo(storage);
        assertThat(volume.info().type()).isEqualTo(type);
        assertThat(volume.info().scale(0).bounds()).isEqualTo(BOUNDS);
        assertThat(volume.info().scale(0).chunk()).isEqualTo(new Int3(16, 8, 4));
        for (Box box : new Box[]{BOUNDS, Box.of(new Int3(3, 5, 2), new Int3(15, 7, 4)),
            volume.info().scale(0).grid().box(0), BOUNDS.grow(Int3.all(2))}) {
            check(volume.read(0, box), Int3.ZERO, 0);
        }
        if (name.startsWith("n5")) {
            assertThat(volume.info().scale(0).voxelSize()).isEqualTo(new VoxelSize(4, 4, 40));
        }
    }

    @Test
    void readsAChannelOfAnImageOfOmeZarr() throws Exception {
        Int3 corner = new Int3(3, -2, 10);
        for (int channel = 0; channel < 2; channel++) {
            Volume volume = ZarrVolume.open(store("zarr/ome"), Reading.PLAIN.withChannel(channel));
            assertThat(volume.info().scale(0).voxelSize()).isEqualTo(new VoxelSize(4, 4, 40));
            assertThat(volume.info().scale(0).bounds()).isEqualTo(Box.of(corner, BOUNDS.size()));
            check(volume.read(0, volume.info().scale(0).bounds()), corner, channel);
        }
    }

    /// What `make_arrays.py` wrote; 0 beyond the array's end.
    private static void check(Block block, Int3 corner, int more) {
        Box box = block.box();
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    Int3 at = new Int3(x, y, z).minus(corner);
                    int value = at.x() / 3 * 31 + at.y() / 2 * 17 + at.z() * 11 + more;
                    int expected = block.type() == DataType.INT8 ? (byte) value : value;
                    assertThat(block.value(box.index(x, y, z))).as("%s,%s,%s", x, y, z)
                            .isEqualTo(BOUNDS.contains(at.x(), at.y(), at.z()) ? expected : 0.0);
                }
            }
        }
    }

    private static FileStore store(String name) throws URISyntaxException {
        String script = "zarr/make_arrays.py";
        Path folder = Path.of(Objects.requireNonNull(PeersTest.class.getResource("../" + script)).toURI());
        return new FileStore(folder.resolve("../..").resolve(name));
    }
}
