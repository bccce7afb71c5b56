package org.neuropil.volume.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.RandomVolumes;

class SectionStackTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsSectionsInTheOrderOfTheirNumbers() throws IOException {
        for (int z = 8; z < 12; z++) {
            PngSections.write(folder.resolve("s" + z + ".png"), PngTest.section(DataType.UINT8, 7, 5, z));
        }
        SectionStack stack = SectionStack.open(folder);
        assertThat(stack.size()).isEqualTo(new Int3(7, 5, 4));
        assertThat(stack.type()).isEqualTo(DataType.UINT8);
        assertThat(stack.files()).extracting(f -> f.getFileName().toString()).containsExactly("s8.png", "s9.png",
                "s10.png", "s11.png");
        Block section = stack.readSection(2);
        assertThat(section.box()).isEqualTo(Box.of(new Int3(0, 0, 2), new Int3(7, 5, 1)));
        assertThat(section.array()).isEqualTo(PngTest.section(DataType.UINT8, 7, 5, 10).array());
    }

    @Test
    void readsABox() throws IOException {
        for (int z = 0; z < 4; z++) {
            PngSections.write(folder.resolve(z + ".png"), PngTest.section(DataType.UINT16, 7, 5, z));
        }
        SectionStack stack = SectionStack.open(folder);
        Box box = Box.of(new Int3(2, 1, 1), new Int3(4, 3, 2));
        Block.Shorts block = (Block.Shorts) stack.read(box);
        for (int z = 1; z < 3; z++) {
            Block.Shorts whole = (Block.Shorts) stack.readSection(z);
            assertThat(block.data()[box.index(3, 2, z)]).isEqualTo(whole.data()[3 + 7 * 2]);
            assertThat(block.data()[box.index(5, 3, z)]).isEqualTo(whole.data()[5 + 7 * 3]);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> stack.read(box.shift(new Int3(0, 0, 2))));
    }

    @Test
    void readsTiffOf8And16Bits() throws IOException {
        tiff("8.tif", List.of(image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 8)));
        SectionStack bytes = SectionStack.open(folder);
        assertThat(bytes.readSection(0).array())
                .isEqualTo(PngTest.data(image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 8)));
        Files.delete(folder.resolve("8.tif"));
        tiff("16.tiff", List.of(image(BufferedImage.TYPE_USHORT_GRAY, 6, 4, 8)));
        SectionStack shorts = SectionStack.open(folder);
        assertThat(shorts.type()).isEqualTo(DataType.UINT16);
        assertThat(shorts.readSection(0).array())
                .isEqualTo(PngTest.data(image(BufferedImage.TYPE_USHORT_GRAY, 6, 4, 8)));
    }

    @Test
    void readsThePagesOfATiffFile() throws IOException {
        tiff("stack.tif", List.of(image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 1),
                image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 2), image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 3)));
        for (Path path : List.of(folder, folder.resolve("stack.tif"))) {
            SectionStack stack = SectionStack.open(path);
            assertThat(stack.size()).isEqualTo(new Int3(6, 4, 3));
            assertThat(stack.readSection(2).array())
                    .isEqualTo(PngTest.data(image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 3)));
        }
        tiff("stack2.tif", List.of(image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 1),
                image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, 2)));
        assertFails("has 3 pages and is not the only file", "stack.tif");
    }

    @Test
    void invertsNothingAndReadsWhiteIsZeroAsLight() throws IOException {
        // 2x1 voxels of 8 bits; photometric 0 is white is zero, 1 is black is zero.
        Files.write(folder.resolve("a.tif"), tinyTiff(0, 8, 1, new byte[]{0, (byte) 250}));
        assertThat(SectionStack.open(folder).readSection(0).array()).isEqualTo(new byte[]{(byte) 255, 5});
        Files.write(folder.resolve("a.tif"), tinyTiff(1, 8, 1, new byte[]{0, (byte) 250}));
        assertThat(SectionStack.open(folder).readSection(0).array()).isEqualTo(new byte[]{0, (byte) 250});
    }

    @Test
    void readsTiffOfEveryTypeAsItIsStored() throws IOException {
        byte[] data = {(byte) 0xfe, 1, (byte) 0xff, (byte) 0xc0, 2, 3, (byte) 0x80, 0x41};
        ByteBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        assertReads(tinyTiff(1, 8, 2, new byte[]{-2, 1}), DataType.INT8, new byte[]{-2, 1});
        assertReads(tinyTiff(1, 16, 2, Arrays.copyOf(data, 4)), DataType.INT16,
                new short[]{words.getShort(0), words.getShort(2)});
        assertReads(tinyTiff(1, 32, 1, data), DataType.UINT32, new int[]{words.getInt(0), words.getInt(4)});
        assertReads(tinyTiff(1, 32, 2, data), DataType.INT32, new int[]{words.getInt(0), words.getInt(4)});
        assertReads(tinyTiff(1, 32, 3, data), DataType.FLOAT32, new float[]{words.getFloat(0), words.getFloat(4)});
    }

    private void assertReads(byte[] tiff, DataType type, Object voxels) throws IOException {
        Files.write(folder.resolve("a.tif"), tiff);
        SectionStack stack = SectionStack.open(folder);
        assertThat(stack.type()).isEqualTo(type);
        assertThat(stack.readSection(0).type()).isEqualTo(type);
        assertThat(stack.readSection(0).array()).isEqualTo(voxels);
    }

    @Test
    void refusesTiffThatIsNotGreyOrOfAnotherType() throws IOException {
        Files.write(folder.resolve("a.tif"), tinyTiff(1, 64, 3, new byte[16]));
        assertFails("64 bits (float)", "a.tif");
        Files.write(folder.resolve("a.tif"), tinyTiff(0, 32, 1, new byte[8]));
        assertFails("shows 0 as white", "a.tif");
        Files.write(folder.resolve("a.tif"), tinyTiff(1, 1, 1, new byte[1]));
        assertFails("1 bit (uint) per voxel", "a.tif");
        tiff("a.tif", List.of(image(BufferedImage.TYPE_INT_RGB, 6, 4, 1)));
        assertFails("is a colour image", "a.tif");
    }

    @Test
    void readsTheVoxelSizeThatImageJWrites() throws IOException {
        String words = "ImageJ=1.54f\nimages=3\nunit=micron\nspacing=-0.04\n";
        assertThat(TiffCalibration.parse(words, 250, 1000 / 4.5)).contains(new VoxelSize(4, 4.5, 40));
        assertThat(TiffCalibration.parse(words.replace("micron", "\\u00B5m"), 250, 250))
                .contains(new VoxelSize(4, 4, 40));
        assertThat(TiffCalibration.parse("ImageJ=1.54f\r\nspacing=40.0\r\nunit=nm\r\n", 1 / 3.0, 0.25))
                .contains(new VoxelSize(3, 4, 40));
        for (String bad : List.of("", "spacing=40\nunit=nm", words.replace("micron", "pixel"),
                words.replace("spacing", "space"), words.replace("-0.04", "NaN"), words.replace("-0.04", "0"),
                words.replace("-0.04", "1e300"), words.replace("-0.04", "x"))) {
            assertThat(TiffCalibration.parse(bad, 250, 250)).as(bad).isEmpty();
        }
        for (double resolution : new double[]{0, -1, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY}) {
            assertThat(TiffCalibration.parse(words, resolution, 250)).isEmpty();
        }
    }

    @Test
    void noticesATiffFileThatIsCutShort() throws IOException {
        tiff("a.tif", List.of(image(BufferedImage.TYPE_BYTE_GRAY, 60, 40, 1)));
        byte[] whole = Files.readAllBytes(folder.resolve("a.tif"));
        for (int length = 0; length < whole.length - 1; length += length < 20 ? 1 : whole.length / 50) {
            Files.write(folder.resolve("a.tif"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SectionStack.open(folder).readSection(0)).as("%s of %s", length, whole.length)
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void damagedTiffGivesDeclaredErrorsOrVoxels() throws IOException {
        byte[] bytes = tinyTiff(1, 32, 2, new byte[8]);
        Random random = new Random(1);
        for (int i = 0; i < 1500; i++) {
            Files.write(folder.resolve("a.tif"), RandomVolumes.damage(bytes, random));
            try {
                SectionStack stack = SectionStack.open(folder);
                stack.read(Box.of(Int3.ZERO, stack.size().min(new Int3(64, 64, 4))));
                stack.voxelSize();
            } catch (InputException e) {
                assertThat(e.where()).contains("a.tif");
            }
        }
    }

    @Test
    void leavesTextAndHiddenFilesAside() throws IOException {
        PngSections.write(folder.resolve("1.png"), PngTest.section(DataType.UINT8, 3, 3, 0));
        for (String name : List.of(".DS_Store", "Thumbs.db", "README.md", "notes.txt", "desktop.ini")) {
            Files.writeString(folder.resolve(name), "text");
        }
        SectionStack stack = SectionStack.open(folder);
        assertThat(stack.files()).hasSize(1);
        assertThat(stack.ignored()).hasSize(5);
    }

    @Test
    void refusesFilesThatAreNoSections() throws IOException {
        PngSections.write(folder.resolve("1.png"), PngTest.section(DataType.UINT8, 3, 3, 0));
        Files.writeString(folder.resolve("2.jpg"), "");
        assertFails("images of this kind cannot be read", "2.jpg");
        Files.move(folder.resolve("2.jpg"), folder.resolve("2.dat"));
        assertFails("is not an image", "2.dat");
        Files.delete(folder.resolve("2.dat"));
        Files.createDirectory(folder.resolve("more"));
        assertFails("is a folder among the sections", "more");
    }

    @Test
    void saysThatThereIsNoStack() throws IOException {
        assertFails("there are no PNG or TIFF files", "");
        assertThatThrownBy(() -> SectionStack.open(folder.resolve("absent"))).isInstanceOf(InputException.class)
                .hasMessage("there is no such folder");
        Files.writeString(folder.resolve("a.png"), "");
        assertThatThrownBy(() -> SectionStack.open(folder.resolve("a.png"))).isInstanceOf(InputException.class)
                .hasMessage("is not a folder");
    }

    @Test
    void saysThatANumberIsMissing() throws IOException {
        for (String name : List.of("0016.png", "0018.png")) {
            PngSections.write(folder.resolve(name), PngTest.section(DataType.UINT8, 3, 3, 0));
        }
        assertFails("0017.png is missing between 0016.png and 0018.png", "");
    }

    @Test
    void refusesMixedSizesAndBitDepths() throws IOException {
        PngSections.write(folder.resolve("1.png"), PngTest.section(DataType.UINT8, 3, 3, 0));
        PngSections.write(folder.resolve("2.png"), PngTest.section(DataType.UINT8, 3, 4, 0));
        assertFails("is 3x4, but 1.png is 3x3", "2.png");
        PngSections.write(folder.resolve("2.png"), PngTest.section(DataType.UINT16, 3, 3, 0));
        assertFails("has voxels of uint16, but 1.png has uint8", "2.png");
    }

    @Test
    void noticesAnImageThatChangedSinceTheStackWasOpened() throws IOException {
        PngSections.write(folder.resolve("1.png"), PngTest.section(DataType.UINT8, 3, 3, 0));
        SectionStack stack = SectionStack.open(folder);
        PngSections.write(folder.resolve("1.png"), PngTest.section(DataType.UINT8, 9, 9, 0));
        assertThatThrownBy(() -> stack.readSection(0)).isInstanceOf(InputException.class)
                .hasMessageContaining("is now 9x9 uint8 and was 3x3 uint8");
    }

    private void assertFails(String message, String file) {
        assertThatThrownBy(() -> SectionStack.open(folder))
                .asInstanceOf(InstanceOfAssertFactories.type(InputException.class)).satisfies(e -> {
                    assertThat(e.what()).contains(message);
                    assertThat(e.where()).isEqualTo(folder.resolve(file).toString());
                });
    }

    private static BufferedImage image(int type, int width, int height, int seed) {
        return PngTest.image(type, width, height, seed);
    }

    private void tiff(String name, List<BufferedImage> pages) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        File file = folder.resolve(name).toFile();
        Files.deleteIfExists(file.toPath());
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (BufferedImage page : pages) {
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    /// An uncompressed TIFF of one strip, 2 voxels wide and 1 high.
    private static byte[] tinyTiff(int photometric, int bits, int sampleFormat, byte[] data) {
        int[][] tags = {{256, 2}, {257, 1}, {258, bits}, {259, 1}, {262, photometric}, {273, 8 + 2 + 10 * 12 + 4},
            {277, 1}, {278, 1}, {279, data.length}, {339, sampleFormat}};
        ByteBuffer file = ByteBuffer.allocate(8 + 2 + tags.length * 12 + 4 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
        }
        return file.putInt(0).put(data).array();
    }
}
