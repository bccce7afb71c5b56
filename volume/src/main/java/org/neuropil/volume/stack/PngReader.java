package org.neuropil.volume.stack;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Reads grey PNG files: 8 and 16 bits, a palette of greys, interlaced or not. Every chunk's checksum is checked, and
/// that the image is whole. Samples come out as they are stored; gamma and transparency are left aside.
final class PngReader {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static final int IHDR = 0x49484452;
    static final int PLTE = 0x504c5445;
    static final int IDAT = 0x49444154;
    static final int IEND = 0x49454e44;

    /// Zlib cannot make more out of a byte; what says it does is no image.
    private static final long MOST_BYTES_PER_DEFLATED_BYTE = 1032;
    private static final int HEADER_BYTES = 33;
    private static final int END_BYTES = 12;

    private PngReader() {}

    /// What stands in IHDR.
    private record Header(long width, long height, int depth, int colour, int interlace) {
        static Header of(ByteBuffer bytes) {
            return new Header(bytes.getInt() & 0xffffffffL, bytes.getInt() & 0xffffffffL, bytes.get() & 0xff,
                    bytes.get() & 0xff, bytes.position(bytes.position() + 2).get() & 0xff);
        }

        SectionImage image(Path file) {
            String kind = switch (colour) {
                case 0, 3 -> "";
                case 2 -> "a colour image (RGB)";
                case 4 -> "a grey image with transparency";
                case 6 -> "a colour image with transparency (RGBA)";
                default -> throw corrupt(file, "colour type " + colour + " does not exist", null);
            };
            if (!kind.isEmpty()) {
                throw new InputException("is " + kind + ", and sections are grey", file.toString(),
                        SectionImage.MAKE_GREY);
            }
            if (depth != 8 && (depth != 16 || colour == 3)) {
                throw new InputException(
                        "has " + depth + " bit" + (depth == 1 ? "" : "s") + " per voxel, and sections have 8 or 16",
                        file.toString(), SectionImage.MAKE_GREY);
            }
            if (interlace > 1) {
                throw corrupt(file, "interlace method " + interlace + " does not exist", null);
            }
            return SectionImage.of(width, height, depth == 8 ? DataType.UINT8 : DataType.UINT16, file);
        }
    }

    /// Reads the header and looks whether the file ends as a PNG does.
    ///
    /// @throws InputException if the file is no grey PNG, or is cut short
    static SectionImage header(Path file) throws IOException {
        byte[] head = new byte[HEADER_BYTES];
        byte[] tail = new byte[END_BYTES];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.readFully(head);
            in.seek(in.length() - END_BYTES);
            in.readFully(tail);
        } catch (EOFException e) {
            throw corrupt(file, Files.size(file) == 0 ? "is empty" : "is cut short", e);
        }
        checkSignature(head, file);
        ByteBuffer bytes = ByteBuffer.wrap(head, SIGNATURE.length, HEADER_BYTES - SIGNATURE.length);
        if (bytes.getInt() != 13 || bytes.getInt() != IHDR) {
            throw corrupt(file, "does not begin with an IHDR chunk", null);
        }
        Header header = Header.of(bytes);
        SectionImage image = header.image(file);
        ByteBuffer end = ByteBuffer.wrap(tail);
        if (header.colour() == 3 || end.getInt() != 0 || end.getInt() != IEND) {
            // A colour would show in the palette; and the end may be followed by something else.
            Content.of(readAll(file), file);
        }
        return image;
    }

    /// Reads the voxels.
    ///
    /// @param box where the section lies; one voxel thick
    /// @throws InputException if the file is damaged or is not the image that was `expected`
    static Block read(Path file, SectionImage expected, Box box) throws IOException {
        Content content = Content.of(readAll(file), file);
        if (!content.image().equals(expected)) {
            throw new InputException("is now " + content.image() + " and was " + expected
                    + " when the stack was opened", file.toString(), "");
        }
        return decode(content, box, file);
    }

    /// The chunks of a file that matter, after all checksums were checked.
    private record Content(byte[] file, Header header, SectionImage image, byte @Nullable [] greys,
            List<int[]> data) {
        static Content of(byte[] file, Path name) {
            checkSignature(file, name);
            @Nullable
            Header header = null;
            @Nullable
            SectionImage image = null;
            byte @Nullable [] greys = null;
            List<int[]> data = new ArrayList<>();
            CRC32 crc = new CRC32();
            int at = SIGNATURE.length;
            while (true) {
                if (file.length - at < END_BYTES) {
                    throw corrupt(name, "is cut short", null);
                }
                ByteBuffer bytes = ByteBuffer.wrap(file, at, file.length - at);
                int length = bytes.getInt();
                int type = bytes.getInt();
                if (length < 0 || length > file.length - at - END_BYTES) {
                    throw corrupt(name, "is cut short: its " + name(type) + " chunk at byte " + at + " has "
                            + (length & 0xffffffffL) + " bytes, and the file ends before", null);
                }
                crc.reset();
                crc.update(file, at + 4, 4 + length);
                if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
                    throw corrupt(name, "is damaged: the checksum of its " + name(type) + " chunk at byte " + at
                            + " is wrong", null);
                }
                if (header == null && (type != IHDR || length != 13)) {
                    throw corrupt(name, "does not begin with an IHDR chunk", null);
                }
                switch (type) {
                    case IHDR -> {
                        header = Header.of(bytes);
                        image = header.image(name);
                    }
                    case PLTE -> greys = greys(file, at + 8, length, name);
                    case IDAT -> data.add(new int[]{at + 8, length});
                    default -> {
                        // Times, texts, physical sizes: nothing that changes a voxel.
                    }
                }
                if (type == IEND) {
                    break;
                }
                at += END_BYTES + length;
            }
            if (header == null || image == null) {
                throw corrupt(name, "has no IHDR chunk", null);
            }
            if (header.colour() == 3 && greys == null) {
                throw corrupt(name, "has colours by number and no palette", null);
            }
            return new Content(file, header, image, header.colour() == 3 ? greys : null, data);
        }

        private static byte @Nullable [] greys(byte[] file, int at, int length, Path name) {
            if (length % 3 != 0 || length > 768) {
                throw corrupt(name, "has a palette of " + length + " bytes", null);
            }
            byte[] greys = new byte[length / 3];
            for (int i = 0; i < greys.length; i++) {
                greys[i] = file[at + 3 * i];
                if (file[at + 3 * i + 1] != greys[i] || file[at + 3 * i + 2] != greys[i]) {
                    throw new InputException("is a colour image (its palette has colours), and sections are grey",
                            name.toString(), SectionImage.MAKE_GREY);
                }
            }
            return greys;
        }
    }

    private static Block decode(Content content, Box box, Path file) {
        SectionImage image = content.image();
        int sample = image.type().bytes();
        long deflated = 0;
        for (int[] range : content.data()) {
            deflated += range[1];
        }
        if ((long) image.voxels() * sample > deflated * MOST_BYTES_PER_DEFLATED_BYTE) {
            throw corrupt(file, "is cut short: " + deflated + " bytes of data cannot hold " + image, null);
        }
        Block block = Block.zeros(image.type(), box);
        int[][] passes = content.header().interlace() == 0
                ? new int[][]{{0, 0, 1, 1}}
                : new int[][]{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2},
                    {0, 1, 1, 2}};
        try (PngRows rows = new PngRows(content.file(), content.data(), file)) {
            for (int[] pass : passes) {
                int width = Math.ceilDiv(image.width() - pass[0], pass[2]);
                int height = Math.ceilDiv(image.height() - pass[1], pass[3]);
                if (width <= 0 || height <= 0) {
                    continue;
                }
                rows.begin(width, sample);
                for (int row = 0; row < height; row++) {
                    int to = (pass[1] + row * pass[3]) * image.width() + pass[0];
                    place(rows.next(), width, block, to, pass[2]);
                }
            }
            rows.end();
        }
        if (content.greys() != null) {
            byte[] table = Arrays.copyOf(content.greys(), 256);
            byte[] data = (byte[]) block.array();
            for (int i = 0; i < data.length; i++) {
                if ((data[i] & 0xff) >= content.greys().length) {
                    throw corrupt(file, "has a voxel whose number is not in the palette", null);
                }
                data[i] = table[data[i] & 0xff];
            }
        }
        return block;
    }

    private static void place(byte[] row, int width, Block block, int to, int step) {
        switch (block) {
            case Block.Bytes b when step == 1 -> System.arraycopy(row, PngRows.BEFORE, b.data(), to, width);
            case Block.Bytes b -> {
                for (int x = 0; x < width; x++) {
                    b.data()[to + x * step] = row[PngRows.BEFORE + x];
                }
            }
            case Block.Shorts b -> {
                for (int x = 0; x < width; x++) {
                    int at = PngRows.BEFORE + 2 * x;
                    b.data()[to + x * step] = (short) (row[at] << 8 | row[at + 1] & 0xff);
                }
            }
            default -> throw new IllegalStateException("a PNG of " + block.type());
        }
    }

    private static byte[] readAll(Path file) throws IOException {
        if (Files.size(file) > Integer.MAX_VALUE - 8) {
            throw new InputException("files of 2 GiB and more cannot be read", file.toString(), "split the section");
        }
        return Files.readAllBytes(file);
    }

    private static void checkSignature(byte[] head, Path file) {
        if (head.length < SIGNATURE.length
                || !Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw corrupt(file, "is not a PNG file, though its name says so", null);
        }
    }

    private static String name(int type) {
        return new String(ByteBuffer.allocate(4).putInt(type).array(), StandardCharsets.ISO_8859_1)
                .replaceAll("[^A-Za-z]", "?");
    }

    static InputException corrupt(Path file, String what, @Nullable Exception cause) {
        String hint = "make or copy the file again";
        return cause == null
                ? new InputException(what, file.toString(), hint)
                : new InputException(what, file.toString(), hint, cause);
    }
}
