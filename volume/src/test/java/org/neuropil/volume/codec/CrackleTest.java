package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Against vectors of the `crackle-codec` package, made by `make_crackle.py`.
class CrackleTest {
    private static final Map<String, byte[]> FILES = new TreeMap<>();
    static {
        unzip(0);
        unzip(1);
    }
    private static final List<String> NAMES = FILES.keySet().stream().filter(name -> name.endsWith(".ckl")).toList();
    /// Bytes of the header, and where in it the number of bytes of the labels is.
    private static final int HEADER_0 = 24;
    private static final int HEADER_1 = 29;
    private static final int LABEL_BYTES = 20;
    private static final int VERSION = 4;

    @Test
    void vectorsHaveAllThatThePackageOffers() {
        assertThat(NAMES).hasSizeGreaterThan(250);
        for (String name : List.of("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64")) {
            assertThat(NAMES).anyMatch(it -> it.contains("-" + name + "-"));
        }
        for (int version = 0; version < 2; version++) {
            for (int order : new int[]{0, 1, 2, 3, 4, 5}) {
                for (int form : new int[]{0, 2}) {
                    String path = version + "/";
                    assertThat(NAMES).anyMatch(it -> it.startsWith(path) && order(it) == order && form(it) == form);
                }
            }
        }
        // Cracks between what differs, and between what is equal; x fastest, or z.
        for (int bit : new int[]{4, 7}) {
            assertThat(NAMES).anyMatch(it -> (bits(it) >> bit & 1) == 0).anyMatch(it -> (bits(it) >> bit & 1) == 1);
        }
    }

    private static int bits(String name) {
        byte[] bytes = vector(name);
        return bytes[5] & 0xff | (bytes[6] & 0xff) << 8;
    }

    private static int order(String name) {
        return bits(name) >> 9 & 15;
    }

    private static int form(String name) {
        return bits(name) >> 5 & 3;
    }

    static Stream<String> names() {
        return NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void decodesWhatThePackageEncodes(String name) throws IOException {
        assertThat(decoded(vector(name), name)).isEqualTo(voxels(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void decodesVersion0OfIt(String name) throws IOException {
        assertThat(decoded(asVersion0(vector(name)), name)).isEqualTo(voxels(name));
    }

    @Test
    void saysWhatIsNotAsTheVolumeHasIt() {
        String name = name("many", "uint16-9x8x7");
        byte[] bytes = vector(name);
        assertThatThrownBy(() -> Crackle.decode(bytes, Block.zeros(DataType.UINT32, Box.ofSize(9, 8, 7))))
                .isInstanceOf(IOException.class)
                .hasMessage("holds 9,8,7 voxels of uint16 in place of 9,8,7 of uint32");
        assertThatThrownBy(() -> Crackle.decode(bytes, Block.zeros(DataType.INT16, Box.ofSize(9, 8, 7))))
                .isInstanceOf(IOException.class).hasMessageContaining("of int16");
        assertThatThrownBy(() -> Crackle.decode(bytes, Block.zeros(DataType.UINT16, Box.ofSize(9, 7, 8))))
                .isInstanceOf(IOException.class).hasMessageContaining("in place of 9,7,8");
        assertThatThrownBy(() -> Crackle.decode(new byte[50], Block.zeros(DataType.UINT8, Box.ofSize(9, 8, 7))))
                .isInstanceOf(IOException.class).hasMessageContaining("does not begin");
    }

    /// What is set in a file of version 0, which has no sums, and what is said of it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4  | 2   | is crackle of version 2",
        "5  | 33  | labels in form 1",
        "5  | 13  | labels of 8 bytes for voxels of 2",
        "19 | 3   | in tiles of 8 pixels",
        "23 | 127 | too short for its index and labels",
        "27 | 127 | ends within its cracks",
        "59 | 127 | ends within its labels", "59 | 255 | ends within its labels",
    })
    void saysWhatIsWrong(int at, int value, String message) {
        String name = name("many", "uint16-9x8x7");
        byte[] bytes = asVersion0(vector(name));
        bytes[at] = (byte) value;
        assertThatThrownBy(() -> decoded(bytes, name)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    /// Hand-made files of one section of 2 x 1 pixels, uint8, flat labels 5 and 6, with the bytes of its cracks: the size of
    /// the list of starts, the list, and symbols.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // One chain from 1,0: down; right, left (2 1 3, turned by 2 3 2): end.
        "2 | 4 0 0 0 1 0 1 1 2e | 5 6",
        // The same from below: up; right, left (0 1 3, turned by 0 1 2).
        "2 | 4 0 0 0 1 1 1 1 24 | 5 6",
        // The list is in front, and none is in it; and no bytes at all.
        "1 | 1 0 0 0 0          | 5 5",
        "1 |                    | 5 5",
        "2 | 1 0 0 0 0          | ! has 1 components in section 0 in place of 2",
        "2 | 3 0 0 0 1 0 1 1 2e | ! ends within its list of cracks",
        "2 | 99 0 0 0 1 0 1 1 2e | ! ends within its cracks",
        "2 | 4 0 0 0 1 0 1 1    | ! ends within a crack",
        "2 | 4 0 0 0 1 0 1 3 2e | ! begins outside, at 3,0",
        "2 | 4 0 0 0 1 2 1 1 2e | ! begins outside, at 1,2",
        // Up from 1,0; twice right from 1,0; left from 0,0; down from 1,1.
        "2 | 4 0 0 0 1 0 1 1 0  | ! leaves its section",
        "2 | 4 0 0 0 1 0 1 1 1  | ! leaves its section",
        "2 | 4 0 0 0 1 0 1 0 3  | ! leaves its section",
        "2 | 4 0 0 0 1 1 1 1 2  | ! leaves its section",
    })
    void readsCracks(int components, String cracks, String expected) throws IOException {
        String[] hex = cracks == null ? new String[0] : cracks.split(" +", -1);
        ByteBuffer file = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[]{'c', 'r', 'k', 'l', 0}).putShort((short) 0x80).putInt(2).putInt(1).putInt(1).put((byte) 31);
        file.putInt(11 + components).putInt(hex.length);
        file.putLong(2).put((byte) 5).put((byte) 6).put((byte) components);
        for (int i = 0; i < components; i++) {
            file.put((byte) i);
        }
        for (String number : hex) {
            file.put((byte) Integer.parseInt(number, 16));
        }
        byte[] bytes = Arrays.copyOf(file.array(), file.position());
        Block.Bytes block = (Block.Bytes) Block.zeros(DataType.UINT8, Box.ofSize(2, 1, 1));
        if (expected.startsWith("!")) {
            assertThatThrownBy(() -> Crackle.decode(bytes, block)).isInstanceOf(IOException.class)
                    .hasMessageContaining(expected.substring(2));
        } else {
            Crackle.decode(bytes, block);
            assertThat(block.data()[0] + " " + block.data()[1]).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"few", "holes", "noise2"})
    void noticesEveryDamagedBit(String pattern) throws IOException {
        String name = name(pattern, "uint32-9x8x7", "uint64-9x8x7", "uint16-9x8x7", "uint8-9x8x7");
        byte[] bytes = vector(name);
        byte[] voxels = voxels(name);
        int noticed = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            // A sum covers all but how the file begins.
            if (bit / 8 == VERSION) {
                continue;
            }
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(decoded(damaged, name)).as("bit %s", bit).isEqualTo(voxels);
            } catch (IOException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(7 * bytes.length);
    }

    @Property(tries = 20000, seed = "1")
    void damagedBytesGiveLabelsOrAnIoException(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        // Without sums, so that what comes behind them is met by the damage.
        byte[] bytes = asVersion0(vector(name));
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[random.nextInt(random.nextBoolean() ? Math.min(80, bytes.length) : bytes.length)] = (byte) random
                    .nextInt();
        }
        byte[] cut = random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        try {
            decoded(cut, name);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void everyLengthButTheWholeIsTooShort() {
        String name = name("many", "uint16-9x8x7");
        byte[] bytes = vector(name);
        assertThatCode(() -> decoded(bytes, name)).doesNotThrowAnyException();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoded(cut, name)).as("%s bytes", length).isInstanceOf(IOException.class);
        }
    }

    /// The first vector of a pattern and of one of some types and sizes.
    private static String name(String pattern, String... endings) {
        return NAMES.stream().filter(it -> it.startsWith("1/") && it.contains("-" + pattern + "-")
                && Arrays.stream(endings).anyMatch(ending -> it.endsWith(ending + ".ckl"))).findFirst().orElseThrow();
    }

    /// Such a file as version 0 would be, without sums.
    private static byte[] asVersion0(byte[] bytes) {
        if (bytes[VERSION] == 0) {
            return bytes.clone();
        }
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int sections = from.getInt(15);
        int sums = 4 * (sections + 1);
        ByteBuffer to = ByteBuffer.allocate(bytes.length - (HEADER_1 - HEADER_0) - 4 - sums)
                .order(ByteOrder.LITTLE_ENDIAN);
        to.put(bytes, 0, HEADER_0).put(VERSION, (byte) 0).putInt(LABEL_BYTES, (int) from.getLong(LABEL_BYTES));
        to.put(bytes, HEADER_1, 4 * sections);
        int labels = HEADER_1 + 4 * sections + 4;
        return to.put(bytes, labels, bytes.length - sums - labels).array();
    }

    /// The voxels as the `.raw` has them.
    private static byte[] decoded(byte[] bytes, String name) throws IOException {
        String[] parts = name.substring(0, name.length() - ".ckl".length()).split("-", -1);
        Int3 size = Int3.parse(parts[parts.length - 1].replace('x', ','), "");
        Block block = Block.zeros(DataType.parse(parts[parts.length - 2], ""), Box.of(Int3.ZERO, size));
        Crackle.decode(bytes, block);
        return VoxelBytes.encode(block, VoxelBytes.Layout.dense(false, size), block.box(), 0);
    }

    private static byte[] vector(String name) {
        return Objects.requireNonNull(FILES.get(name)).clone();
    }

    private static byte[] voxels(String name) {
        return Objects.requireNonNull(FILES.get(name.replace(".ckl", ".raw")));
    }

    private static void unzip(int version) {
        try (InputStream in = Objects
                .requireNonNull(CrackleTest.class.getResourceAsStream("crackle" + version + ".zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                FILES.put(version + "/" + entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
