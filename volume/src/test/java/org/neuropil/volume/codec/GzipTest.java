package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;

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
