package org.neuropil.volume.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// The JDK's own PNG reader and writer are the oracle here.
class PngTest {
    private static Path file = Path.of("");

    @BeforeContainer
    @BeforeAll
    static void makeFile() throws IOException {
        file = Files.createTempFile("section", ".png");
    }

    @AfterContainer
    @AfterAll
    static void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @Property(tries = 100, seed = "1")
    void isReadByTheJdkAsItWasWritten(@ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height, @ForAll int seed, @ForAll boolean wide)
            throws IOException {
        Block section = section(wide ? DataType.UINT16 : DataType.UINT8, width, height, seed);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngSections.encode(section)));
        assertThat(data(image)).isEqualTo(section.array());
    }

    @Property(tries = 100, seed = "1")
    void readsWhatItWrites(@ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height, @ForAll int seed, @ForAll boolean wide)
            throws IOException {
        Block section = section(wide ? DataType.UINT16 : DataType.UINT8, width, height, seed);
        assertThat(read(PngSections.encode(section)).array()).isEqualTo(section.array());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsWhatTheJdkWrites(boolean interlaced) throws IOException {
        for (int width : new int[]{1, 2, 3, 4, 5, 9, 67}) {
            for (int height : new int[]{1, 3, 5, 33}) {
                for (int type : new int[]{BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
                    BufferedImage image = image(type, width, height, 7 * width + height);
                    assertThat(read(png(image, interlaced)).array()).isEqualTo(data(image));
                }
            }
        }
    }

    @Test
    void readsAPaletteOfGreysAndRefusesOneOfColours() throws IOException {
        byte[] greys = new byte[200];
        new Random(1).nextBytes(greys);
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, 200, greys, greys, greys));
        byte[] indices = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] expected = new byte[indices.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) (i * 31 % 200);
            expected[i] = greys[indices[i] & 0xff];
        }
        assertThat(read(png(image, false)).array()).isEqualTo(expected);
        byte[] reds = greys.clone();
        reds[7]++;
        BufferedImage coloured = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, 200, reds, greys, greys));
        assertFails(png(coloured, false), "is a colour image (its palette has colours)");
    }

    @Test
    void refusesColourTransparencyAndSingleBits() throws IOException {
        assertFails(png(image(BufferedImage.TYPE_INT_RGB, 5, 5, 1), false), "is a colour image (RGB)");
        assertFails(png(image(BufferedImage.TYPE_INT_ARGB, 5, 5, 1), false),
                "is a colour image with transparency (RGBA)");
        assertFails(png(new BufferedImage(5, 5, BufferedImage.TYPE_BYTE_BINARY), false), "has 1 bit per voxel");
    }

    @Test
    void saysHowToMakeAColourStackGrey() throws IOException {
        Files.write(file, png(image(BufferedImage.TYPE_INT_RGB, 5, 5, 1), false));
        assertThatThrownBy(() -> PngReader.header(file)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.where()).isEqualTo(file.toString());
            assertThat(e.hint()).contains("-colorspace Gray");
        });
    }

    @Test
    void noticesEveryPlaceWhereAFileIsCutShort() throws IOException {
        byte[] png = PngSections.encode(section(DataType.UINT8, 30, 20, 1));
        for (int length = 0; length < png.length; length++) {
            byte[] cut = Arrays.copyOf(png, length);
            assertThatThrownBy(() -> read(cut)).as("%s of %s bytes", length, png.length)
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void noticesEveryByteThatChanged() throws IOException {
        Block section = section(DataType.UINT8, 9, 8, 1);
        byte[] png = PngSections.encode(section);
        for (int at = 0; at < png.length; at++) {
            byte[] changed = png.clone();
            changed[at] ^= 0x20;
            assertThatThrownBy(() -> read(changed)).as("byte %s", at).isInstanceOf(InputException.class);
        }
    }

    @Test
    void noticesAnImageThatIsWholeAsAFileAndHalfAsAnImage() throws IOException {
        // Twice as many rows in the header as in the data, all checksums right: decoders pad with black here.
        byte[] png = PngSections.encode(section(DataType.UINT8, 30, 20, 1));
        assertFails(withHeight(png, 40), "only a part of its rows");
        assertFails(withHeight(png, 60_000_000), "cannot hold");
    }

    @Test
    void readsAFileThatGoesOnBehindItsEnd() throws IOException {
        Block section = section(DataType.UINT8, 30, 20, 1);
        byte[] png = PngSections.encode(section);
        assertThat(read(Arrays.copyOf(png, png.length + 100)).array()).isEqualTo(section.array());
    }

    @Test
    void refusesASizeThatNoArrayHolds() {
        byte[] png = PngSections.encode(section(DataType.UINT8, 30, 20, 1));
        assertFails(withHeight(png, 2_000_000_000), "a section of 30x2000000000 voxels cannot be read");
        assertFails(withHeight(png, 0), "a section of 30x0 voxels");
        assertFails(withHeight(png, -1), "a section of 30x4294967295 voxels");
    }

    @Test
    void writesSectionsOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PngSections.encode(Block.zeros(DataType.UINT8, Box.ofSize(3, 3, 2))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PngSections.encode(Block.zeros(DataType.UINT32, Box.ofSize(3, 3, 1))));
    }

    @Property(tries = 1000, seed = "1")
    void arbitraryBytesAreAnInputException(@ForAll byte[] noise, @ForAll boolean signed) throws IOException {
        byte[] bytes = noise;
        if (signed) {
            bytes = Arrays.copyOf(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 8 + noise.length);
            System.arraycopy(noise, 0, bytes, 8, noise.length);
        }
        byte[] given = bytes;
        assertThatThrownBy(() -> read(given)).isInstanceOf(InputException.class);
    }

    @Property(tries = 3000, seed = "1")
    void damageWithRightChecksumsGivesAnImageOrAnInputException(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] png = png(image(random.nextBoolean() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY,
                1 + random.nextInt(40), 1 + random.nextInt(40), 1), random.nextBoolean());
        for (int i = 0; i < 2; i++) {
            int at = random.nextInt(random.nextBoolean() ? 33 : png.length);
            png[at] = (byte) (random.nextBoolean() ? random.nextInt(17) : random.nextInt());
        }
        try {
            read(mendChecksums(png));
        } catch (InputException e) {
            assertThat(e.where()).isEqualTo(file.toString());
        }
    }

    private static Block read(byte[] png) throws IOException {
        Files.write(file, png);
        SectionImage image = PngReader.header(file);
        return PngReader.read(file, image, Box.ofSize(image.width(), image.height(), 1));
    }

    private static void assertFails(byte[] png, String message) {
        assertThatThrownBy(() -> read(png)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    private static byte[] withHeight(byte[] png, int height) {
        byte[] changed = png.clone();
        ByteBuffer.wrap(changed).putInt(20, height);
        return mendChecksums(changed);
    }

    private static byte[] mendChecksums(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        int at = 8;
        while (at + 12 <= png.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, 4 + length);
            bytes.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return png;
    }

    private static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(
                    interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        assertThat(bytes.toByteArray()[28]).isEqualTo((byte) (interlaced ? 1 : 0));
        return bytes.toByteArray();
    }

    /// Something between a ramp and noise, so that every row filter is of use.
    static Block section(DataType type, int width, int height, int seed) {
        Block block = Block.zeros(type, Box.of(new Int3(0, 0, 0), new Int3(width, height, 1)));
        Random random = new Random(seed);
        for (int i = 0; i < width * height; i++) {
            int value = i % width * 3 + i / width * 5 + random.nextInt(9);
            if (block instanceof Block.Bytes b) {
                b.data()[i] = (byte) value;
            } else if (block instanceof Block.Shorts b) {
                b.data()[i] = (short) (value * 77);
            }
        }
        return block;
    }

    static BufferedImage image(int type, int width, int height, int seed) {
        BufferedImage image = new BufferedImage(width, height, type);
        DataBuffer data = image.getRaster().getDataBuffer();
        Block values = section(DataType.UINT16, width, height, seed);
        for (int i = 0; i < width * height; i++) {
            data.setElem(i, ((short[]) values.array())[i] & 0xffff);
        }
        return image;
    }

    static Object data(BufferedImage image) {
        return switch (image.getRaster().getDataBuffer()) {
            case DataBufferByte b -> b.getData();
            case DataBufferUShort s -> s.getData();
            default -> throw new IllegalArgumentException();
        };
    }
}
