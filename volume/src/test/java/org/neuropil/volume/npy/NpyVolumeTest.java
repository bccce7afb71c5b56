package org.neuropil.volume.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.stack.SlabWriter;

/// On files that `make_npy.py` beside them has made with numpy, and on texts.
class NpyVolumeTest {
    private static final VoxelSize VOXEL = new VoxelSize(4, 4, 40);
    private static final Reading READING = Reading.PLAIN.withVoxelSize(VOXEL);
    private static final Box ALL = Box.ofSize(6, 5, 4);
    private static final String HEADER = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1, 1), }";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void writesHeadersAsNumpyDoes(DataType type) throws IOException {
        byte[] numpy = Files.readAllBytes(file(type.text() + "_f.npy"));

        byte[] ours = NpyHeader.write(type, true, 6, 5, 4);

        assertThat(ours).isEqualTo(Arrays.copyOf(numpy, ours.length));
        assertThat(numpy).hasSize(ours.length + 120 * type.bytes());
        NpyHeader flat = NpyHeader.parse(NpyHeader.write(type, false, 2, 7), "two axes");
        assertThat(flat.sizes()).containsExactly(7, 2);
        assertThat(flat.bigEndian()).isFalse();
        assertThat(NpyHeader.parse(NpyHeader.write(type, false, 7), "one axis").sizes()).containsExactly(7);
    }

    @ParameterizedTest
    @EnumSource
    void readsArraysOfNumpyInBothOrders(DataType type) throws IOException {
        for (String order : new String[]{"_f", "_c"}) {
            NpyVolume volume = NpyVolume.open(file(type.text() + order + ".npy"), READING);
            assertThat(volume.info().type()).isEqualTo(type);
            assertThat(volume.info().kind()).isEqualTo(Reading.usualKind(type));
            assertThat(volume.info().scale(0).voxelSize()).isEqualTo(VOXEL);
            assertThat(volume.info().scale(0).bounds()).isEqualTo(ALL);
            Block all = volume.read(0, ALL);
            check(all, 0);
            for (Box part : new Box[]{new Box(new Int3(2, -1, 1), new Int3(9, 4, 3)),
                Box.of(new Int3(1, 2, 3), Int3.all(1)), Box.of(new Int3(6, 0, 0), Int3.all(3))}) {
                assertThat(volume.read(0, part).array()).isEqualTo(RandomVolumes.window(all, part).array());
            }
        }
    }

    @Test
    void aChannelIsChosenAndASectionIsAVolume() throws IOException {
        for (String name : new String[]{"channels_f.npy", "channels_c.npy"}) {
            assertThatThrownBy(() -> NpyVolume.open(file(name), READING)).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains("channel", "0 to 1", name));
            check(NpyVolume.open(file(name), READING.withChannel(0)).read(0, ALL), 0);
            check(NpyVolume.open(file(name), READING.withChannel(1)).read(0, ALL), 120);
        }
        NpyVolume section = NpyVolume.open(file("section.npy"), READING);
        assertThat(section.info().scale(0).bounds()).isEqualTo(Box.ofSize(6, 5, 1));
        check(section.read(0, Box.ofSize(6, 5, 1)), 0);
    }

    @Test
    void readsMasksAndNewerVersions() throws IOException {
        Block mask = NpyVolume.open(file("bool.npy"), READING).read(0, ALL);
        assertThat(mask.type()).isEqualTo(DataType.UINT8);
        for (int i = 0; i < ALL.voxels(); i++) {
            assertThat(mask.id(i)).isEqualTo(i % 3 == 0 ? 1 : 0);
        }
        check(NpyVolume.open(file("version3.npy"), READING).read(0, ALL), 0);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatCutoutsWrite(DataType type) throws IOException {
        Block block = RandomVolumes.fill(Block.zeros(type, ALL), new Random(3));
        Path path = folder.resolve("a.npy");
        try (SlabWriter writer = SlabWriter.begin(path, ALL, type, VOXEL)) {
            writer.append(block);
            writer.commit();
        }
        assertThat(NpyVolume.open(path, READING).read(0, ALL).array()).isEqualTo(block.array());
    }

    @Test
    void travelsAndIsOnlyRead() throws IOException, ClassNotFoundException {
        NpyVolume volume = NpyVolume.open(file("uint64_c.npy"), READING);
        assertThatThrownBy(() -> volume.write(0, Block.zeros(DataType.UINT64, ALL))).isInstanceOf(InputException.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(volume);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            check(((NpyVolume) in.readObject()).read(0, ALL), 0);
        }
    }

    @Test
    void oldPythonsNumbersAndOtherSpacesAreUnderstood() {
        NpyHeader header = NpyHeader.parse(
                npy("{\n'shape':( 7L , 3,2 ),'fortran_order' :False,'descr':'>f8'}   \n", 1, ""), "x.npy");
        assertThat(header.sizes()).containsExactly(2, 3, 7);
        assertThat(header.type()).isEqualTo(DataType.FLOAT64);
        assertThat(header.bigEndian()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"|u1;<f2;descr;<f2", "|u1;<c8;descr;<c8",
        "|u1;<b4;descr;<b4", "|u1;<u3;descr;<u3", "|u1;<U9;descr;<U9", "'|u1';[('a', '<u4')];x.npy;records",
        "'|u1';17;x.npy;17", "True;Maybe;x.npy;Maybe", "'fortran_order': True, ;;fortran_order;neither",
        "(2, 1, 1);(2,);shape;1 axes", "(2, 1, 1);();shape;0 axes", "(2, 1, 1);(2, 0, 1);shape;(2, 0, 1)",
        "(2, 1, 1);(2, 1, 1, 1, 1);shape;5 axes", "(2, 1, 1);(2, 9999999999, 1);shape;9999999999",
        "(2, 1, 1);(2000000000, 2000000000, 2000000000);shape;any file", "(2, 1, 1);(3, 1, 1);x.npy;cut short",
        "(2, 1, 1);(2, 1, 1), 'shape': (2, 1, 1);x.npy;understood", "(2, 1, 1), };(2, 1, 1);x.npy;dictionary",
        "(2, 1, 1);(2, -1, 1);x.npy;-1"})
    void whatIsWrongIsNamed(String right, String wrong, String field, String words) throws IOException {
        Path path = folder.resolve("x.npy");
        Files.write(path, npy(HEADER.replace(right, Objects.requireNonNullElse(wrong, "")), 1, "ab"));
        assertThatThrownBy(() -> NpyVolume.open(path, READING)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("x.npy", field, words));
    }

    @Test
    void otherFilesAndMissingVoxelSizesAreTold() throws IOException {
        Path path = folder.resolve("x.npy");
        assertThatThrownBy(() -> NpyVolume.open(path, READING)).isInstanceOf(InputException.class)
                .hasMessageContaining("not there");
        Files.writeString(path, "something else");
        assertThatThrownBy(() -> NpyVolume.open(path, READING)).isInstanceOf(InputException.class)
                .hasMessageContaining("no file of numpy's");
        Files.write(path, npy(HEADER, 9, "ab"));
        assertThatThrownBy(() -> NpyVolume.open(path, READING)).isInstanceOf(InputException.class)
                .hasMessageContaining("format 9.0");
        Files.write(path, Arrays.copyOf(npy(HEADER, 1, ""), 40));
        assertThatThrownBy(() -> NpyVolume.open(path, READING)).isInstanceOf(InputException.class)
                .hasMessageContaining("does not end");
        Files.write(path, npy(HEADER, 1, "ab"));
        assertThatThrownBy(() -> NpyVolume.open(path, Reading.PLAIN)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("--voxel-size"));
        assertThatThrownBy(() -> NpyVolume.open(file("float32_f.npy"), READING.withKind(Kind.SEGMENTATION)))
                .isInstanceOf(InputException.class).hasMessageContaining("whole numbers");
        NpyVolume volume = NpyVolume.open(path, READING);
        Files.write(path, npy(HEADER, 1, "a"));
        assertThatThrownBy(() -> volume.read(0, Box.ofSize(2, 1, 1))).isInstanceOf(IOException.class)
                .hasMessageContaining("x.npy");
    }

    @Test
    void damagedFilesGiveDeclaredErrorsOrVoxels() throws IOException {
        byte[] bytes = Files.readAllBytes(file("uint16_f.npy"));
        Random random = new Random(1);
        Path path = folder.resolve("x.npy");
        for (int i = 0; i < 4000; i++) {
            byte[] damaged = RandomVolumes.damage(bytes, random);
            if (i % 2 == 0 && damaged.length > 70) {
                // Most damage to random bytes misses the few that say something.
                damaged[6 + random.nextInt(64)] = (byte) "0123456789'(),:{}<>|TFuif "
                        .charAt(random.nextInt(26));
            }
            Files.write(path, damaged);
            try {
                NpyVolume volume = NpyVolume.open(path, READING);
                volume.read(0, volume.info().scale(0).bounds().intersect(Box.ofSize(32, 32, 32)));
            } catch (InputException e) {
                assertThat(e.sentence()).contains("x.npy");
            }
        }
    }

    private static byte[] npy(String header, int version, String data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[10 + text.length + data.length()];
        bytes[0] = (byte) 0x93;
        System.arraycopy("NUMPY".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 1, 5);
        bytes[6] = (byte) version;
        bytes[8] = (byte) text.length;
        bytes[9] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, bytes, 10, text.length);
        System.arraycopy(data.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 10 + text.length, data.length());
        return bytes;
    }

    private static void check(Block block, long before) {
        for (int i = 0; i < block.box().voxels(); i++) {
            long expected = (before + i) * 7 + 3;
            double value = switch (block.type()) {
                case UINT8 -> expected & 0xFF;
                case INT8 -> (byte) expected;
                default -> expected;
            };
            assertThat(block.value(i)).isEqualTo(value);
        }
    }

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(NpyVolumeTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
