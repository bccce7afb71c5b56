package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CompressedSegmentationTest {
    @Test
    void writesTheBytesThatTheSpecificationAsksFor() throws IOException {
        // Two blocks of 2x2x1 along x. The first has 5 and 9 (1 bit each), the second 9 alone, in a table of its own.
        int[] labels = {9, 5, 9, 9, 5, 9, 9, 9};
        byte[] bytes = CompressedSegmentation.encode(labels, new Int3(4, 2, 1), new Int3(2, 2, 1));
        assertThat(words(bytes)).containsExactly(1, // the channel begins at word 1, and offsets count from there
                5 | 1 << 24, 4, // table at 5, 1 bit per voxel, packed at 4
                7, 7, // table at 7, 0 bits per voxel, nothing packed
                0b1001, // voxels 9 5 / 5 9, the first in the lowest bit
                5, 9, // first table
                9); // second table
        int[] back = new int[8];
        CompressedSegmentation.decode(bytes, new Int3(4, 2, 1), new Int3(2, 2, 1), back);
        assertThat(back).isEqualTo(labels);
    }

    @Test
    void writesEqualTablesOnce() {
        byte[] bytes = CompressedSegmentation.encode(new long[64 * 8 * 8], new Int3(64, 8, 8), Int3.all(8));
        assertThat(words(bytes)).hasSize(1 + 2 * 8 + 2);
    }

    @Test
    void writesTheSameBytesAsTheReferenceEncoder() throws IOException {
        long[] longs = new long[19 * 10 * 9];
        ByteBuffer.wrap(resource("uint64-19x10x9.raw")).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(longs);
        byte[] reference = resource("uint64-19x10x9.cseg");
        assertThat(CompressedSegmentation.encode(longs, new Int3(19, 10, 9), Int3.all(8))).isEqualTo(reference);
        long[] longsBack = new long[longs.length];
        CompressedSegmentation.decode(reference, new Int3(19, 10, 9), Int3.all(8), longsBack);
        assertThat(longsBack).isEqualTo(longs);

        int[] ints = new int[8 * 17 * 11];
        ByteBuffer.wrap(resource("uint32-8x17x11.raw")).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ints);
        reference = resource("uint32-8x17x11.cseg");
        assertThat(CompressedSegmentation.encode(ints, new Int3(8, 17, 11), Int3.all(8))).isEqualTo(reference);
        int[] intsBack = new int[ints.length];
        CompressedSegmentation.decode(reference, new Int3(8, 17, 11), Int3.all(8), intsBack);
        assertThat(intsBack).isEqualTo(ints);
    }

    @Property(tries = 300, seed = "1")
    void givesBackTheLabels(@ForAll @IntRange(min = 1, max = 20) int x, @ForAll @IntRange(min = 1, max = 20) int y,
            @ForAll @IntRange(min = 1, max = 20) int z, @ForAll @IntRange(min = 1, max = 9) int blockEdge,
            @ForAll @IntRange(min = 1, max = 3000) int different, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Int3 size = new Int3(x, y, z);
        Int3 block = new Int3(random.nextBoolean() ? 8 : blockEdge, 1 + random.nextInt(9), 8);
        long[] values = random.longs(different).toArray();
        long[] longs = new long[x * y * z];
        int[] ints = new int[longs.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = i > 0 && random.nextInt(3) > 0 ? longs[i - 1] : values[random.nextInt(different)];
            ints[i] = (int) longs[i];
        }
        byte[] bytes = CompressedSegmentation.encode(longs, size, block);
        assertThat((long) bytes.length).isLessThanOrEqualTo(CompressedSegmentation.mostBytes(size, block, 8));
        long[] longsBack = new long[longs.length];
        CompressedSegmentation.decode(bytes, size, block, longsBack);
        assertThat(longsBack).isEqualTo(longs);

        bytes = CompressedSegmentation.encode(ints, size, block);
        assertThat((long) bytes.length).isLessThanOrEqualTo(CompressedSegmentation.mostBytes(size, block, 4));
        int[] intsBack = new int[ints.length];
        CompressedSegmentation.decode(bytes, size, block, intsBack);
        assertThat(intsBack).isEqualTo(ints);
    }

    @Test
    void holdsBlocksOfMoreThan65536DifferentLabels() throws IOException {
        Int3 size = new Int3(64, 64, 32);
        int[] labels = new int[64 * 64 * 32];
        Arrays.setAll(labels, i -> i * 77_777);
        byte[] bytes = CompressedSegmentation.encode(labels, size, size);
        int[] back = new int[labels.length];
        CompressedSegmentation.decode(bytes, size, size, back);
        assertThat(back).isEqualTo(labels);
    }

    @Test
    void refusesAChunkWhoseTablesLieBeyond24Bits() {
        Int3 size = new Int3(256, 256, 144);
        long[] labels = new long[256 * 256 * 144];
        Arrays.setAll(labels, i -> i);
        assertThatThrownBy(() -> CompressedSegmentation.encode(labels, size, Int3.all(8)))
                .isInstanceOf(InputException.class).hasMessageContaining("too many different labels");
    }

    @Property(tries = 2000, seed = "1")
    void arbitraryBytesGiveLabelsOrAnIoException(@ForAll byte[] noise, @ForAll long seed) {
        decodeDamaged(noise, seed);
    }

    @Property(tries = 2000, seed = "1")
    void damagedChunksGiveLabelsOrAnIoException(@ForAll long seed) {
        Random random = new Random(seed);
        long[] labels = random.longs(10 * 9 * 11, 0, 40).toArray();
        byte[] bytes = CompressedSegmentation.encode(labels, new Int3(10, 9, 11), Int3.all(8));
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(random.nextBoolean() ? 70 : bytes.length)] = (byte) random.nextInt();
        }
        decodeDamaged(random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)), seed);
    }

    @Test
    void saysWhatIsWrongWithADamagedChunk() {
        byte[] good = CompressedSegmentation.encode(new long[]{1, 2, 3, 4}, new Int3(4, 1, 1), Int3.all(8));
        assertThatThrownBy(() -> decode(new byte[0])).isInstanceOf(IOException.class).hasMessageContaining("too few");
        assertThatThrownBy(() -> decode(Arrays.copyOf(good, good.length - 3))).isInstanceOf(IOException.class)
                .hasMessageContaining("multiple of 4");
        assertThatThrownBy(() -> decode(Arrays.copyOf(good, good.length - 4))).isInstanceOf(IOException.class)
                .hasMessageContaining("beyond the end of the table");
        assertThatThrownBy(() -> decode(with(good, 0, 2))).isInstanceOf(IOException.class)
                .hasMessageContaining("one channel");
        assertThatThrownBy(() -> decode(with(good, 7, 3))).isInstanceOf(IOException.class)
                .hasMessageContaining("3 bits");
        assertThatThrownBy(() -> decode(with(good, 6, 99))).isInstanceOf(IOException.class)
                .hasMessageContaining("block at 0,0,0 has its table beyond the end");
        assertThatThrownBy(() -> decode(with(good, 11, 255))).isInstanceOf(IOException.class)
                .hasMessageContaining("block at 0,0,0 has its voxels beyond the end");
    }

    private static void decode(byte[] bytes) throws IOException {
        CompressedSegmentation.decode(bytes, new Int3(4, 1, 1), Int3.all(8), new long[4]);
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static void decodeDamaged(byte[] bytes, long seed) {
        Random random = new Random(seed);
        Int3 size = random.nextBoolean()
                ? new Int3(10, 9, 11)
                : new Int3(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
        Int3 block = random.nextBoolean() ? Int3.all(8) : new Int3(1 + random.nextInt(9), 3, 5);
        try {
            CompressedSegmentation.decode(bytes, size, block, new long[(int) size.volume()]);
            CompressedSegmentation.decode(bytes, size, block, new int[(int) size.volume()]);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).{10,200}");
        }
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CompressedSegmentationTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
