package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GzipTest {
    @Property(tries = 200, seed = "1")
    void givesBackTheBytes(@ForAll @IntRange(min = 0, max = 100_000) int length,
            @ForAll @IntRange(min = 1, max = 256) int different, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(different);
        }
        byte[] gzip = Gzip.compress(bytes);
        assertThat(Gzip.decompress(gzip, length)).isEqualTo(bytes);
        assertThat(Gzip.decompress(gzip, length + 1000)).isEqualTo(bytes);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes()).isEqualTo(bytes);
    }

    @Test
    void hasNoTimeNameOrSystemInIt() {
        assertThat(Arrays.copyOf(Gzip.compress(new byte[9]), 10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4,
                0xff);
    }

    /// Against the JDK's deflater: every block type, long and short codes, near and far matches.
    @Property(tries = 400, seed = "1")
    void readsWhatZlibWrites(@ForAll @IntRange(max = 9) int level, @ForAll @IntRange(max = 2) int strategy,
            @ForAll @IntRange(max = 200_000) int length, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        int skew = 1 + random.nextInt(40);
        for (int i = 0; i < length;) {
            int run = 1 + random.nextInt(1 + random.nextInt(600));
            int distance = 1 + random.nextInt(1 << random.nextInt(17));
            boolean copy = random.nextInt(3) > 0 && distance <= i;
            for (int end = Math.min(length, i + run); i < end; i++) {
                bytes[i] = copy ? bytes[i - distance] : (byte) (int) (skew * random.nextGaussian());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(level);
                def.setStrategy(strategy);
            }
        }) {
            gzip.write(bytes);
        }
        assertThat(Gzip.decompress(out.toByteArray(), length)).isEqualTo(bytes);
        byte[] reuse = new byte[length];
        assertThat(Gzip.decompress(out.toByteArray(), length + 5, reuse)).isEqualTo(bytes);
        assertThat(Gzip.decompress(Gzip.compress(bytes), length)).isEqualTo(bytes);
    }

    @Test
    void readsHeadersWithNamesAndMore() throws IOException {
        byte[] plain = Gzip.compress(new byte[]{1, 2, 3});
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(plain, 0, 3);
        named.write(2 | 4 | 8 | 16);
        named.write(plain, 4, 6);
        named.write(new byte[]{3, 0, 7, 7, 7, 'n', 0, 'c', 'c', 0, 9, 9});
        named.write(plain, 10, plain.length - 10);
        named.write(new byte[5]);
        assertThat(Gzip.decompress(named.toByteArray(), 3)).containsExactly(1, 2, 3);
    }

    @Test
    void takesNoiseApartFromLabels() {
        byte[] noise = new byte[1 << 18];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (128 + 20 * random.nextGaussian());
        }
        // The entropy of such noise is 6.4 bits.
        assertThat(Gzip.compress(noise)).hasSizeBetween(noise.length * 78 / 100, noise.length * 82 / 100);
        byte[] labels = new byte[1 << 18];
        Arrays.setAll(new int[labels.length], i -> labels[i] = (byte) (i / 1000));
        assertThat(Gzip.compress(labels)).hasSizeLessThan(labels.length / 50);
    }

    @Property(tries = 3000, seed = "1")
    void anyBytesAfterAHeaderGiveBytesOrAnIoException(@ForAll byte[] noise, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] gzip = Arrays.copyOf(Gzip.compress(new byte[0]), 10 + noise.length + 64);
        random.nextBytes(noise);
        System.arraycopy(noise, 0, gzip, 10, noise.length);
        // A first block of each kind.
        gzip[10] = (byte) (gzip[10] & ~6 | random.nextInt(4) << 1);
        try {
            assertThat(Gzip.decompress(gzip, 5000)).hasSizeLessThanOrEqualTo(5000);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void readsSeveralMembersInARow() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(Gzip.compress(new byte[]{1, 2, 3}));
        both.write(Gzip.compress(new byte[]{4, 5}));
        assertThat(Gzip.decompress(both.toByteArray(), 100)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void refusesToGrowBeyondTheLimit() {
        byte[] bomb = Gzip.compress(new byte[50_000_000]);
        assertThatThrownBy(() -> Gzip.decompress(bomb, 1000)).isInstanceOf(IOException.class)
                .hasMessageContaining("1000 bytes");
    }

    @Test
    void noticesWhatIsCutShort() {
        byte[] random = new byte[5000];
        new Random(3).nextBytes(random);
        byte[] gzip = Gzip.compress(random);
        for (int length = 0; length < gzip.length; length += length < 30 || length > gzip.length - 30 ? 1 : 97) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatThrownBy(() -> Gzip.decompress(cut, 5000)).as("%s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Property(tries = 500, seed = "1")
    void damagedBytesGiveAnIoExceptionOrTheSameBytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[2000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 100 + random.nextInt(2));
        }
        byte[] gzip = Gzip.compress(bytes);
        gzip[random.nextInt(gzip.length)] = (byte) random.nextInt();
        try {
            assertThat(Gzip.decompress(gzip, 2000)).isEqualTo(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
