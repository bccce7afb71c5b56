package org.neuropil.volume.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;

class DenseArrayTest {
    @TempDir
    private Path folder;

    /// Rows, also of more than a piece, are read whole, together or in parts.
    @ParameterizedTest
    @CsvSource({"7, 6, 5, 1", "7, 6, 5, 3", "2000, 700, 2, 1", "600000, 2, 2, 1", "300000, 2, 1, 3",
        "1, 500000, 2, 1", "1, 1, 9, 2"})
    void readsAnyBox(int x, int y, int z, int channels) throws IOException {
        Int3 size = new Int3(x, y, z);
        Box bounds = Box.of(new Int3(-3, 4, 100), size);
        int elements = Math.toIntExact(size.volume() * channels);
        ByteBuffer bytes = ByteBuffer.allocate(5 + 2 * elements).order(ByteOrder.BIG_ENDIAN).position(5);
        Block.Shorts all = new Block.Shorts(bounds, new short[elements / channels]);
        Random random = new Random(1);
        int wanted = channels - 1;
        for (int i = 0; i < elements; i++) {
            short value = (short) random.nextInt();
            bytes.putShort(value);
            if (i % channels == wanted) {
                all.data()[i / channels] = value;
            }
        }
        Path path = folder.resolve("dense");
        Files.write(path, bytes.array());
        DenseArray dense = new DenseArray(5 + 2 * wanted, DataType.UINT16, true, channels, (long) channels * x,
                (long) channels * x * y, bounds);
        assertThat(dense.end()).isEqualTo(bytes.capacity());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            Block.Shorts read = new Block.Shorts(bounds, new short[all.data().length]);
            dense.read(file, read);
            assertThat(read.data()).isEqualTo(all.data());
            for (int i = 0; i < 10; i++) {
                Int3 min = bounds.min().minus(Int3.all(2))
                        .plus(new Int3(random.nextInt(x), random.nextInt(y), random.nextInt(z)));
                Box box = Box.of(min, RandomVolumes.point(random, 50));
                Block part = Block.zeros(DataType.UINT16, box);
                dense.read(file, part);
                assertThat(part.array()).isEqualTo(RandomVolumes.window(all, box).array());
            }
        }
    }

    @Test
    void aFileThatHasBecomeShorterIsNoticed() throws IOException {
        Path path = folder.resolve("short");
        Files.write(path, new byte[7]);
        DenseArray dense = new DenseArray(0, DataType.UINT8, false, 1, 2, 4, Box.ofSize(2, 2, 2));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            assertThatThrownBy(() -> dense.read(file, Block.zeros(DataType.UINT8, Box.ofSize(2, 2, 2))))
                    .isInstanceOf(EOFException.class).hasMessageContaining("cut short");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 2, 4", "0, 0, 2, 4", "0, 1, 0, 4", "0, 1, 2, 1", "9223372036854775800, 1, 2, 4",
        "0, 1, 4611686018427387904, 9223372036854775807"})
    void whatCannotBeAnArrayIsRefused(long start, long stepX, long stepY, long stepZ) {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new DenseArray(start, DataType.UINT32, false, stepX, stepY, stepZ, Box.ofSize(2, 2, 2)));
    }
}
