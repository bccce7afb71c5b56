package org.neuropil.volume.precomputed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.store.FileStore;

/// Volumes that tensorstore and CloudVolume wrote, made by `make_volumes.py`.
class PeersTest {
    private static final Box BOUNDS = Box.of(new Int3(-5, 3, 10), new Int3(21, 13, 9));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gzip|1|0|raw", "bool|1|0|raw", "double|1|0|raw",
        "compresso|1|0|compresso", "crackle|1|0|crackle",
        "murmur|1|0|compressed_segmentation, gzip, shards by murmurhash3_x86_128",
        "boxes|1|0|raw, gzip, shards of 32x16x5", "scattered|2|0|raw, shards by identity",
        "channels|2|0|compressed_segmentation", "png|1|0|png", "png3|3|0|png, shards of 32x16x10",
        "jpeg|1|16|jpeg", "jpeg3|3|16|jpeg, shards of 32x16x10"})
    void readsWhatPeersWrote(String name, int channels, double tolerance, String storage) throws Exception {
        for (int channel = 0; channel < channels; channel++) {
            PrecomputedVolume volume = channels == 1
                    ? PrecomputedVolume.open(store(name))
                    : PrecomputedVolume.open(store(name), channel);
            assertThat(volume.storage(0)).isEqualTo(storage);
            assertThat(volume.info().scale(0).bounds()).isEqualTo(BOUNDS);
            for (Box box : new Box[]{BOUNDS, Box.of(new Int3(-2, 5, 12), new Int3(15, 9, 3)),
                volume.info().scale(0).grid().box(0)}) {
                check(volume.read(0, box), name, channel, tolerance);
            }
        }
    }

    /// What `make_volumes.py` wrote.
    private static void check(Block block, String name, int channel, double tolerance) {
        Box box = block.box();
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    double value = (x + 5) / 3 * 31 + (y - 3) / 2 * 17 + (z - 10) * 11 + channel * 7;
                    double expected = switch (name) {
                        case "bool" -> Math.min(value, 1);
                        case "png3" -> value % 256;
                        case "jpeg", "jpeg3" -> Math.floor(value / 2);
                        default -> value;
                    };
                    assertThat(block.value(box.index(x, y, z))).as("%s,%s,%s", x, y, z).isCloseTo(expected,
                            within(tolerance));
                }
            }
        }
    }

    @Test
    void saysHowToChooseOneOfSeveralChannels() {
        assertThatThrownBy(() -> PrecomputedVolume.open(store("channels")))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("2 channels")
                        .contains("from 0 to 1").contains("field num_channels"));
        assertThatThrownBy(() -> PrecomputedVolume.open(store("channels"), 2)).isInstanceOf(InputException.class)
                .hasMessageContaining("no channel 2");
    }

    @Test
    void onlyReadsWhatItCannotWrite() throws Exception {
        for (PrecomputedVolume volume : new PrecomputedVolume[]{PrecomputedVolume.open(store("channels"), 1),
            PrecomputedVolume.open(store("compresso")), PrecomputedVolume.open(store("crackle")),
            PrecomputedVolume.open(store("murmur"))}) {
            Block all = Block.zeros(volume.info().type(), BOUNDS);
            assertThatThrownBy(() -> volume.write(0, all)).isInstanceOf(InputException.class);
        }
    }

    private static FileStore store(String name) throws IOException, URISyntaxException {
        return new FileStore(
                Path.of(Objects.requireNonNull(PeersTest.class.getResource(name + "/info")).toURI())
                        .resolveSibling("."));
    }
}
