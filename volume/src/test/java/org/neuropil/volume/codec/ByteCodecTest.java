package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.codec.Blosc.Inner;
import org.neuropil.volume.codec.Blosc.Shuffle;

class ByteCodecTest {
    static final List<ByteCodec> CODECS = List.of(new Gzipped(-1), new Gzipped(0), new Gzipped(9), new Zlib(-1),
            new Zlib(6), new Zstd(3, false), new Zstd(-5, true), new Lz4(), new Lz4Stream(64), new Lz4Stream(1 << 16),
            new Crc32c(), new Blosc(Inner.BLOSCLZ, 5, Shuffle.BYTES, 2, 0),
            new Blosc(Inner.LZ4, 5, Shuffle.BITS, 4, 64),
            new Blosc(Inner.LZ4HC, 9, Shuffle.NONE, 1, 0), new Blosc(Inner.ZLIB, 1, Shuffle.BYTES, 8, 0),
            new Blosc(Inner.ZSTD, 3, Shuffle.BITS, 8, 256), new Blosc(Inner.ZSTD, 0, Shuffle.BYTES, 255, 0));

    @ParameterizedTest
    @FieldSource("CODECS")
    void givesBackTheBytesAndNoMoreThanTheLimit(ByteCodec codec) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = bytes(random, i < 10 ? i : random.nextInt(5000));
            byte[] before = bytes.clone();
            byte[] stored = codec.encode(bytes);
            assertThat(bytes).isEqualTo(before);
            assertThat(stored.length).isLessThanOrEqualTo(ByteCodec.mostEncoded(bytes.length));
            assertThat(codec.encode(bytes)).isEqualTo(stored);
            assertThat(codec.decode(stored, bytes.length)).isEqualTo(bytes);
            assertThat(codec.decode(stored, bytes.length + 1000)).isEqualTo(bytes);
            if (bytes.length > 0) {
                assertThatThrownBy(() -> codec.decode(stored, bytes.length - 1)).isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void damagedBytesGiveAnIoExceptionOrBytesWithinTheLimit(ByteCodec codec) {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = bytes(random, 1 + random.nextInt(2000));
            byte[] damaged = RandomVolumes.damage(codec.encode(bytes), random);
            try {
                assertThat(codec.decode(damaged, bytes.length).length).isLessThanOrEqualTo(bytes.length);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    /// Runs of equal ones, of any length from one to all.
    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        int run = 1 + random.nextInt(1 << random.nextInt(12));
        for (int i = 0; i < length; i++) {
            bytes[i] = i % run == 0 ? (byte) random.nextInt() : bytes[i - 1];
        }
        return bytes;
    }
}
