package org.neuropil.volume.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

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
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.array.Reading;

class SlabWriterTest {
    private static final Box BOX = Box.of(new Int3(-3, 5, 7), new Int3(13, 9, 11));
    private static final VoxelSize VOXEL = new VoxelSize(4, 4.5, 40);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void npyHoldsEveryTypeXFastest(DataType type) throws IOException {
        Block all = write("a.npy", type);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("a.npy"))).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.getShort(8);
        String header = new String(bytes.array(), 10, length, StandardCharsets.US_ASCII);
        String kind = (type.isFloat() ? "f" : type.text().startsWith("u") ? "u" : "i") + type.bytes();
        assertThat(header).contains("'fortran_order': True", "(13, 9, 11)", kind + "'").endsWith("\n");
        assertThat((10 + length) % 64).isZero();
        assertThat(bytes.capacity()).isEqualTo(10 + length + BOX.voxels() * type.bytes());
        for (int i = 0; i < BOX.voxels(); i++) {
            int at = 10 + length + i * type.bytes();
            switch (all) {
                case Block.Bytes b -> assertThat(bytes.get(at)).isEqualTo(b.data()[i]);
                case Block.Shorts b -> assertThat(bytes.getShort(at)).isEqualTo(b.data()[i]);
                case Block.Ints b -> assertThat(bytes.getInt(at)).isEqualTo(b.data()[i]);
                case Block.Longs b -> assertThat(bytes.getLong(at)).isEqualTo(b.data()[i]);
                case Block.Floats b -> assertThat(bytes.getFloat(at)).isEqualTo(b.data()[i]);
                case Block.Doubles b -> assertThat(bytes.getDouble(at)).isEqualTo(b.data()[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"a.tif, UINT8", "b.tiff, UINT16", "c.tif, INT8", "d.tif, INT16", "e.tif, UINT32", "f.tif, INT32",
        "g.tif, FLOAT32", "sections, UINT8", "sections16, UINT16"})
    void imagesAreReadBackAsAVolume(String name, DataType type) throws IOException {
        Block all = write(name, type);
        StackVolume volume = StackVolume.open(folder.resolve(name), Reading.PLAIN.withVoxelSize(VOXEL));
        assertThat(volume.info().type()).isEqualTo(type);
        assertThat(volume.info().kind()).isEqualTo(type == DataType.UINT32 || type == DataType.INT32
                ? VolumeInfo.Kind.SEGMENTATION
                : VolumeInfo.Kind.IMAGE);
        Block moved = Block.zeros(type, Box.of(Int3.ZERO, BOX.size()));
        System.arraycopy(all.array(), 0, moved.array(), 0, BOX.voxels());
        assertThat(volume.read(0, moved.box()).array()).isEqualTo(all.array());
        for (Box part : List.of(Box.of(new Int3(4, 3, 2), new Int3(5, 4, 3)), Box.of(Int3.all(-1), Int3.all(4)))) {
            assertThat(volume.read(0, part).array()).isEqualTo(RandomVolumes.window(moved, part).array());
        }
        assertThatThrownBy(() -> volume.write(0, all)).isInstanceOf(InputException.class);
    }

    @Test
    void tiffTellsTheVoxelSizeAndPngDoesNot() throws IOException {
        write("a.tif", DataType.UINT8);
        StackVolume volume = StackVolume.open(folder.resolve("a.tif"), Reading.PLAIN);
        assertThat(volume.info().scale(0).voxelSize()).isEqualTo(VOXEL);
        write("sections", DataType.UINT8);
        assertThatThrownBy(() -> StackVolume.open(folder.resolve("sections"), Reading.PLAIN))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("--voxel-size"));
    }

    @Test
    void aTiffOfWhichNotAllSectionsAreListedIsRefused() throws IOException {
        write("a.tif", DataType.UINT8);
        Path file = folder.resolve("a.tif");
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("images=11\n");
        Files.writeString(file, bytes.replace("images=11\n", "images=99\n"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> StackVolume.open(file, Reading.PLAIN)).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("a.tif", "99 images", "lists 11", "image sequence"));
    }

    @Test
    void floatsAreNoIds() throws IOException {
        write("a.tif", DataType.FLOAT32);
        assertThatThrownBy(() -> StackVolume.open(folder.resolve("a.tif"),
                Reading.PLAIN.withKind(VolumeInfo.Kind.SEGMENTATION))).isInstanceOf(InputException.class)
                .hasMessageContaining("ids are whole numbers");
    }

    @Test
    void travels() throws IOException, ClassNotFoundException {
        Block all = write("a.tif", DataType.UINT32);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(StackVolume.open(folder.resolve("a.tif"), Reading.PLAIN));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Block read = ((StackVolume) in.readObject()).read(0, Box.of(Int3.ZERO, BOX.size()));
            assertThat(read.array()).isEqualTo(all.array());
        }
    }

    @Test
    void sectionsBelowZeroStayInOrder() throws IOException {
        Box below = BOX.shift(new Int3(0, 0, -12));
        Block all = RandomVolumes.fill(Block.zeros(DataType.UINT8, below), new Random(1));
        try (SlabWriter writer = SlabWriter.begin(folder.resolve("below"), below, DataType.UINT8, VOXEL)) {
            writer.append(all);
            writer.commit();
        }
        StackVolume volume = StackVolume.open(folder.resolve("below"), Reading.PLAIN.withVoxelSize(VOXEL));
        assertThat(volume.read(0, Box.of(Int3.ZERO, BOX.size())).array()).isEqualTo(all.array());
    }

    /// Walks the file as the specification of TIFF 6.0 says.
    @ParameterizedTest
    @EnumSource(value = DataType.class, names = {"UINT8", "INT16", "UINT32", "INT32", "FLOAT32"})
    void tiffHasAPageForEachSection(DataType type) throws IOException {
        write("a.tif", type);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("a.tif"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getShort(2)).isEqualTo((short) 42);
        int pages = 0;
        for (int at = bytes.getInt(4); at != 0; pages++) {
            int entries = bytes.getShort(at);
            int last = 0;
            for (int i = 0; i < entries; i++) {
                int entry = at + 2 + 12 * i;
                int tag = Short.toUnsignedInt(bytes.getShort(entry));
                assertThat(tag).isGreaterThan(last);
                last = tag;
                int value = bytes.getInt(entry + 8);
                switch (tag) {
                    case 256 -> assertThat(value).isEqualTo(13);
                    case 258 -> assertThat(value).isEqualTo(8 * type.bytes());
                    // ImageJ takes the pixels of one section to begin where those of the one before end.
                    case 273 -> assertThat(value).isEqualTo(8 + pages * 13 * 9 * type.bytes());
                    case 279 -> assertThat(value).isEqualTo(13 * 9 * type.bytes());
                    case 270 -> assertThat(new String(bytes.array(), value, 30, StandardCharsets.US_ASCII))
                            .contains("images=11");
                    case 282 -> assertThat((double) bytes.getInt(value) / bytes.getInt(value + 4)).isEqualTo(1 / 4.0);
                    case 283 -> assertThat((double) bytes.getInt(value) / bytes.getInt(value + 4)).isEqualTo(1 / 4.5);
                    default -> {
                    }
                }
            }
            at = bytes.getInt(at + 2 + 12 * entries);
        }
        assertThat(pages).isEqualTo(11);
    }

    @Test
    void whatAKindCannotHoldIsRefusedAndLeavesNothing() throws IOException {
        for (String name : new String[]{"a.tif", "b", "c.png", "d.jpg"}) {
            assertThatThrownBy(() -> SlabWriter.begin(folder.resolve(name), BOX, DataType.UINT64, VOXEL))
                    .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains(".npy", name));
        }
        assertThatThrownBy(() -> SlabWriter.begin(folder.resolve("a.tif"), BOX, DataType.FLOAT64, VOXEL))
                .isInstanceOfSatisfying(InputException.class,
                        e -> assertThat(e.sentence()).contains(".npy", "float64"));
        assertThatThrownBy(() -> SlabWriter.begin(folder.resolve("c.png"), BOX, DataType.UINT8, VOXEL))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence()).contains("11"));
        Files.writeString(folder.resolve("there.npy"), "");
        assertThatThrownBy(() -> SlabWriter.begin(folder.resolve("there.npy"), BOX, DataType.UINT8, VOXEL))
                .isInstanceOf(InputException.class).hasMessageContaining("exists");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void anAbandonedFileLeavesNothing() throws IOException {
        for (String name : new String[]{"a.tif", "b", "c.npy"}) {
            try (SlabWriter writer = SlabWriter.begin(folder.resolve(name), BOX, DataType.UINT8, VOXEL)) {
                Box first = new Box(BOX.min(), BOX.max().with(2, 9));
                writer.append(Block.zeros(DataType.UINT8, first));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> writer.append(Block.zeros(DataType.UINT8, first)));
                assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private Block write(String name, DataType type) throws IOException {
        Block all = RandomVolumes.fill(Block.zeros(type, BOX), new Random(type.ordinal()));
        try (SlabWriter writer = SlabWriter.begin(folder.resolve(name), BOX, type, VOXEL)) {
            for (int z = BOX.min().z(); z < BOX.max().z(); z += 4) {
                writer.append(all.crop(new Box(BOX.min().with(2, z),
                        BOX.max().with(2, Math.min(z + 4, BOX.max().z())))));
            }
            writer.commit();
        }
        return all;
    }
}
