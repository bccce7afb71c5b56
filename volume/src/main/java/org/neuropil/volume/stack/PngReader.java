package org.neuropil.volume.stack;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.codec.PngImage;

/// Reads grey PNG files: 8 and 16 bits, a palette of greys, interlaced or not. Every chunk's checksum is checked, and
/// that the image is whole. Samples come out as they are stored; gamma and transparency are left aside.
final class PngReader {
    private PngReader() {}

    private static SectionImage image(PngImage.Header header, Path file) {
        String kind = switch (header.colour()) {
            case 0, 3 -> "";
            case 2 -> "a colour image (RGB)";
            case 4 -> "a grey image with transparency";
            case 6 -> "a colour image with transparency (RGBA)";
            default -> throw corrupt(file, "colour type " + header.colour() + " does not exist", null);
        };
        if (!kind.isEmpty()) {
            throw new InputException("is " + kind + ", and sections are grey", file.toString(),
                    SectionImage.MAKE_GREY);
        }
        int depth = header.depth();
        if (depth != 8 && (depth != 16 || header.colour() == 3)) {
            throw new InputException(
                    "has " + depth + " bit" + (depth == 1 ? "" : "s") + " per voxel, and sections have 8 or 16",
                    file.toString(), SectionImage.MAKE_GREY);
        }
        if (header.interlace() > 1) {
            throw corrupt(file, "interlace method " + header.interlace() + " does not exist", null);
        }
        return SectionImage.of(header.width(), header.height(), depth == 8 ? DataType.UINT8 : DataType.UINT16, file);
    }

    /// Reads the header and looks whether the file ends as a PNG does.
    ///
    /// @throws InputException if the file is no grey PNG, or is cut short
    static SectionImage header(Path file) throws IOException {
        byte[] head = new byte[PngImage.HEADER_BYTES];
        byte[] tail = new byte[PngImage.END_BYTES];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.readFully(head);
            in.seek(in.length() - tail.length);
            in.readFully(tail);
        } catch (EOFException e) {
            throw corrupt(file, Files.size(file) == 0 ? "is empty" : "is cut short", e);
        }
        PngImage.Header header;
        try {
            header = PngImage.Header.of(head);
        } catch (IOException e) {
            throw corrupt(file, String.valueOf(e.getMessage()), e);
        }
        SectionImage image = image(header, file);
        if (header.colour() == 3 || !PngImage.isEnd(tail)) {
            // A colour would show in the palette; and the end may be followed by something else.
            parse(readAll(file), file);
        }
        return image;
    }

    /// Reads the voxels.
    ///
    /// @param box where the section lies; one voxel thick
    /// @throws InputException if the file is damaged or is not the image that was `expected`
    static Block read(Path file, SectionImage expected, Box box) throws IOException {
        PngImage png = parse(readAll(file), file);
        SectionImage image = image(png.header(), file);
        if (!image.equals(expected)) {
            throw new InputException("is now " + image + " and was " + expected + " when the stack was opened",
                    file.toString(), "");
        }
        Block block;
        try {
            png.checkData();
            block = Block.zeros(image.type(), box);
            png.decode(0, block);
        } catch (IOException e) {
            throw corrupt(file, String.valueOf(e.getMessage()), e);
        }
        if (png.header().colour() == 3 && png.palette() != null) {
            byte[] data = (byte[]) block.array();
            int numbers = png.palette().length / 3;
            for (int i = 0; i < data.length; i++) {
                int number = data[i] & 0xff;
                if (number >= numbers) {
                    throw corrupt(file, "has a voxel whose number is not in the palette", null);
                }
                data[i] = png.palette()[3 * number];
            }
        }
        return block;
    }

    private static PngImage parse(byte[] bytes, Path file) {
        PngImage png;
        try {
            png = PngImage.parse(bytes);
        } catch (IOException e) {
            throw corrupt(file, String.valueOf(e.getMessage()), e);
        }
        byte[] palette = png.palette();
        for (int i = 0; palette != null && png.header().colour() == 3 && i < palette.length; i += 3) {
            if (palette[i + 1] != palette[i] || palette[i + 2] != palette[i]) {
                throw new InputException("is a colour image (its palette has colours), and sections are grey",
                        file.toString(), SectionImage.MAKE_GREY);
            }
        }
        return png;
    }

    private static byte[] readAll(Path file) throws IOException {
        if (Files.size(file) > Integer.MAX_VALUE - 8) {
            throw new InputException("files of 2 GiB and more cannot be read", file.toString(), "split the section");
        }
        return Files.readAllBytes(file);
    }

    static InputException corrupt(Path file, String what, @Nullable Exception cause) {
        String hint = "make or copy the file again";
        return cause == null
                ? new InputException(what, file.toString(), hint)
                : new InputException(what, file.toString(), hint, cause);
    }
}
