package org.neuropil.volume.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

/// A PNG file, after all its checksums were checked. Samples come out as they are stored: gamma and transparency are
/// left aside, numbers of a palette stay numbers.
///
/// @param header what stands in IHDR
/// @param palette red, green and blue of each number; null if the file has none
/// @param file its bytes
/// @param data offset and length in `file` of each piece of the image data
public record PngImage(Header header, byte @Nullable [] palette, byte[] file, List<int[]> data) {
    /// How a PNG file begins.
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /// Bytes of the signature and the IHDR chunk, with which every file begins.
    public static final int HEADER_BYTES = 33;
    /// Bytes of the IEND chunk, with which nearly every file ends.
    public static final int END_BYTES = 12;

    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    /// Zlib cannot make more out of a byte; what says it does is no image.
    private static final long MOST_BYTES_PER_DEFLATED_BYTE = 1032;

    /// What stands in IHDR.
    ///
    /// @param width in pixels, unsigned 32 bits
    /// @param height in pixels, unsigned 32 bits
    /// @param depth bits of a sample
    /// @param colour 0 grey, 2 RGB, 3 palette, 4 grey with transparency, 6 RGBA
    /// @param interlace 0 for none, 1 for Adam7
    public record Header(long width, long height, int depth, int colour, int interlace) {
        /// Reads the beginning of a file.
        ///
        /// @param head at least [#HEADER_BYTES]
        /// @throws IOException if no PNG file begins so
        public static Header of(byte[] head) throws IOException {
            checkSignature(head);
            ByteBuffer bytes = ByteBuffer.wrap(head, SIGNATURE.length, HEADER_BYTES - SIGNATURE.length);
            if (bytes.getInt() != 13 || bytes.getInt() != IHDR) {
                throw new IOException("does not begin with an IHDR chunk");
            }
            return of(bytes);
        }

        private static Header of(ByteBuffer bytes) {
            return new Header(bytes.getInt() & 0xffffffffL, bytes.getInt() & 0xffffffffL, bytes.get() & 0xff,
                    bytes.get() & 0xff, bytes.position(bytes.position() + 2).get() & 0xff);
        }

        /// Samples of a pixel.
        ///
        /// @throws IOException if there is no such colour type
        public int samples() throws IOException {
            return switch (colour) {
                case 0, 3 -> 1;
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> throw new IOException("has colour type " + colour + ", which does not exist");
            };
        }
    }

    /// True if a file ends as most do, with IEND; there may be something after it nevertheless.
    ///
    /// @param tail the file's last [#END_BYTES]
    public static boolean isEnd(byte[] tail) {
        ByteBuffer end = ByteBuffer.wrap(tail);
        return end.getInt() == 0 && end.getInt() == IEND;
    }

    /// Finds the parts of a file that matter and checks all checksums.
    ///
    /// @throws IOException if it is no PNG file, or is damaged or cut short
    public static PngImage parse(byte[] file) throws IOException {
        checkSignature(file);
        @Nullable
        Header header = null;
        byte @Nullable [] palette = null;
        List<int[]> data = new ArrayList<>();
        CRC32 crc = new CRC32();
        int at = SIGNATURE.length;
        while (true) {
            if (file.length - at < END_BYTES) {
                throw new IOException("is cut short");
            }
            ByteBuffer bytes = ByteBuffer.wrap(file, at, file.length - at);
            int length = bytes.getInt();
            int type = bytes.getInt();
            if (length < 0 || length > file.length - at - END_BYTES) {
                throw new IOException("is cut short: its " + name(type) + " chunk at byte " + at + " has "
                        + (length & 0xffffffffL) + " bytes, and the file ends before");
            }
            crc.reset();
            crc.update(file, at + 4, 4 + length);
            if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
                throw new IOException("is damaged: the checksum of its " + name(type) + " chunk at byte " + at
                        + " is wrong");
            }
            if (header == null && (type != IHDR || length != 13)) {
                throw new IOException("does not begin with an IHDR chunk");
            }
            switch (type) {
                case IHDR -> header = Header.of(bytes);
                case PLTE -> {
                    if (length % 3 != 0 || length > 768) {
                        throw new IOException("has a palette of " + length + " bytes");
                    }
                    palette = Arrays.copyOfRange(file, at + 8, at + 8 + length);
                }
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
        if (header == null) {
            throw new IOException("has no IHDR chunk");
        }
        if (header.colour() == 3 && palette == null) {
            throw new IOException("has colours by number and no palette");
        }
        return new PngImage(header, palette, file, data);
    }

    /// Checks that the image data can be large enough for all pixels; a cheap look before memory is taken for them.
    ///
    /// @throws IOException if they cannot
    public void checkData() throws IOException {
        long deflated = 0;
        for (int[] range : data) {
            deflated += range[1];
        }
        double bytes = (double) header.width() * header.height() * header.samples() * header.depth() / 8;
        if (bytes > (double) deflated * MOST_BYTES_PER_DEFLATED_BYTE) {
            throw new IOException("is cut short: " + deflated + " bytes of data cannot hold " + header.width() + "x"
                    + header.height() + " pixels");
        }
    }

    /// Decodes one sample of each pixel, row by row.
    ///
    /// @param channel which sample, from 0
    /// @param into UINT8 or UINT16, with as many voxels as the image has pixels
    /// @throws IOException if samples have another width or number, or the image data are damaged or cut short
    public void decode(int channel, Block into) throws IOException {
        int sample = into.type().bytes();
        int samples = header.samples();
        int voxels = into.box().voxels();
        if (header.depth() != 8 * sample || channel >= samples || header.interlace() > 1 || header.width() == 0
                || header.height() == 0 || header.height() > voxels / header.width()
                || header.width() * header.height() != voxels) {
            throw new IOException("is an image of " + header.width() + "x" + header.height() + " pixels of " + samples
                    + " times " + header.depth() + " bits, interlace method " + header.interlace());
        }
        checkData();
        int[][] passes = header.interlace() == 0
                ? new int[][]{{0, 0, 1, 1}}
                : new int[][]{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2},
                    {0, 1, 1, 2}};
        int imageWidth = (int) header.width();
        try (PngRows rows = new PngRows(file, data)) {
            for (int[] pass : passes) {
                int width = Math.ceilDiv(imageWidth - pass[0], pass[2]);
                int height = Math.ceilDiv((int) header.height() - pass[1], pass[3]);
                if (width <= 0 || height <= 0) {
                    continue;
                }
                rows.begin(width, samples * sample);
                for (int row = 0; row < height; row++) {
                    int to = (pass[1] + row * pass[3]) * imageWidth + pass[0];
                    place(rows.next(), channel, samples, width, into, to, pass[2]);
                }
            }
            rows.end();
        }
    }

    private static void place(byte[] row, int channel, int samples, int width, Block block, int to, int step) {
        switch (block) {
            case Block.Bytes b when step == 1 && samples == 1 -> System.arraycopy(row, PngRows.BEFORE, b.data(), to,
                    width);
            case Block.Bytes b -> {
                for (int x = 0; x < width; x++) {
                    b.data()[to + x * step] = row[PngRows.BEFORE + x * samples + channel];
                }
            }
            case Block.Shorts b -> {
                for (int x = 0; x < width; x++) {
                    int at = PngRows.BEFORE + 2 * (x * samples + channel);
                    b.data()[to + x * step] = (short) (row[at] << 8 | row[at + 1] & 0xff);
                }
            }
            default -> throw new IllegalArgumentException("a PNG of " + block.type());
        }
    }

    private static void checkSignature(byte[] head) throws IOException {
        if (head.length < SIGNATURE.length
                || !Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new IOException("is not a PNG file");
        }
    }

    private static String name(int type) {
        return new String(ByteBuffer.allocate(4).putInt(type).array(), StandardCharsets.ISO_8859_1)
                .replaceAll("[^A-Za-z]", "?");
    }

    /// One section as the bytes of a PNG file: one image data chunk, every row with the Paeth filter.
    ///
    /// @param section UINT8 or UINT16, one voxel thick
    /// @throws IllegalArgumentException if it is anything else
    public static byte[] encode(Block section) {
        Int3 size = section.box().size();
        int sample = section.type().bytes();
        if (size.z() != 1 || section.box().isEmpty()
                || !(section instanceof Block.Bytes || section instanceof Block.Shorts)) {
            throw new IllegalArgumentException("no PNG can hold " + section.type() + " of " + size + " voxels");
        }
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(size.x()).putInt(size.y()).put((byte) (8 * sample));
        byte[] data = deflate(section, size, sample);
        ByteBuffer png = ByteBuffer.allocate(SIGNATURE.length + 3 * 12 + 13 + data.length);
        png.put(SIGNATURE);
        putChunk(png, IHDR, header.array());
        putChunk(png, IDAT, data);
        putChunk(png, IEND, new byte[0]);
        return png.array();
    }

    private static byte[] deflate(Block section, Int3 size, int sample) {
        int rowBytes = Math.multiplyExact(size.x(), sample);
        byte[] row = new byte[rowBytes + sample];
        byte[] above = new byte[rowBytes + sample];
        byte[] filtered = new byte[1 + rowBytes];
        filtered[0] = 4;
        byte[] out = new byte[1024 + (int) Math.min(Integer.MAX_VALUE / 2, size.volume() * sample / 2)];
        int length = 0;
        Deflater deflater = new Deflater();
        try {
            for (int y = 0; y < size.y(); y++) {
                byte[] free = above;
                above = row;
                row = free;
                copyRow(section, y * size.x(), size.x(), row, sample);
                for (int i = 0; i < rowBytes; i++) {
                    int guess = PngRows.paeth(row[i] & 0xff, above[i + sample] & 0xff, above[i] & 0xff);
                    filtered[1 + i] = (byte) (row[i + sample] - guess);
                }
                deflater.setInput(filtered);
                if (y == size.y() - 1) {
                    deflater.finish();
                }
                while (!deflater.finished() && !(deflater.needsInput() && y < size.y() - 1)) {
                    if (length == out.length) {
                        out = Arrays.copyOf(out, Math.multiplyExact(2, out.length));
                    }
                    length += deflater.deflate(out, length, out.length - length);
                }
            }
        } finally {
            deflater.end();
        }
        return Arrays.copyOf(out, length);
    }

    private static void copyRow(Block section, int from, int width, byte[] row, int sample) {
        switch (section) {
            case Block.Bytes b -> System.arraycopy(b.data(), from, row, sample, width);
            case Block.Shorts b -> {
                for (int x = 0; x < width; x++) {
                    row[sample + 2 * x] = (byte) (b.data()[from + x] >> 8);
                    row[sample + 2 * x + 1] = (byte) b.data()[from + x];
                }
            }
            default -> throw new IllegalArgumentException("a PNG of " + section.type());
        }
    }

    private static void putChunk(ByteBuffer png, int type, byte[] data) {
        CRC32 crc = new CRC32();
        png.putInt(data.length);
        int at = png.position();
        png.putInt(type).put(data);
        crc.update(png.array(), at, 4 + data.length);
        png.putInt((int) crc.getValue());
    }
}
