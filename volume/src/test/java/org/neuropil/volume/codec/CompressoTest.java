package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Against vectors of the `compresso` package, made by `make_compresso.py`.
class CompressoTest {
    private static final List<String> VECTORS = List.of("uint8-9x14x3", "uint16-13x8x4", "uint32-12x17x5",
            "uint64-16x16x4");

    @ParameterizedTest
    @ValueSource(strings = {"uint8-9x14x3", "uint16-13x8x4", "uint32-12x17x5", "uint64-16x16x4"})
    void decodesWhatThePackageEncodes(String name) throws IOException {
        Block block = block(name);
        Compresso.decode(vector(name), block);
        Int3 size = block.box().size();
        for (int z = 0; z < size.z(); z++) {
            for (int y = 0; y < size.y(); y++) {
                for (int x = 0; x < size.x(); x++) {
                    assertThat(block.id(block.box().index(x, y, z))).as("%s,%s,%s", x, y, z)
                            .isEqualTo(label(x, y, z) & -1L >>> 64 - 8 * block.type().bytes());
                }
            }
        }
    }

    private static long label(int x, int y, int z) {
        if ((x + y + z) % 13 == 0) {
            return -1;
        }
        return (x * 7 + y * 13 + z * 29) % 11 == 0 ? x * 31 + y * 17 + z : x / 3 * 31 + y / 4 * 17 + z / 2 * 101;
    }

    @Test
    void saysWhatIsNotAsTheVolumeHasIt() throws IOException {
        byte[] bytes = vector("uint8-9x14x3");
        assertThatThrownBy(() -> Compresso.decode(bytes, Block.zeros(DataType.UINT16, Box.ofSize(9, 14, 3))))
                .isInstanceOf(IOException.class).hasMessageContaining("of 1 bytes in place of 9,14,3 of 2");
        assertThatThrownBy(() -> Compresso.decode(bytes, Block.zeros(DataType.UINT8, Box.ofSize(9, 3, 14))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Compresso.decode(new byte[50], Block.zeros(DataType.UINT8, Box.ofSize(9, 3, 14))))
                .isInstanceOf(IOException.class).hasMessageContaining("does not begin");
    }

    @Property(tries = 3000, seed = "1")
    void damagedBytesGiveLabelsOrAnIoException(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String name = VECTORS.get(random.nextInt(VECTORS.size()));
        byte[] bytes = vector(name);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[random.nextInt(random.nextBoolean() ? 36 : bytes.length)] = (byte) random.nextInt();
        }
        byte[] cut = random.nextInt(5) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        try {
            Compresso.decode(cut, block(name));
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static Block block(String name) {
        String[] parts = name.split("-", -1);
        return Block.zeros(DataType.parse(parts[0], ""), Box.of(Int3.ZERO, Int3.parse(parts[1], "")));
    }

    private static byte[] vector(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CompressoTest.class.getResourceAsStream(name + ".cpso"))) {
            return in.readAllBytes();
        }
    }
}
