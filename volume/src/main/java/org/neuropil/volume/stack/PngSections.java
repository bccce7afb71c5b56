package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.store.FileStore;

/// Writes sections as grey PNG files of 8 or 16 bits.
public final class PngSections {
    private PngSections() {}

    /// Writes a section, atomically.
    ///
    /// @param section UINT8 or UINT16, one voxel thick
    /// @throws IllegalArgumentException if it is anything else
    public static void write(Path file, Block section) throws IOException {
        FileStore.replace(file, encode(section), false);
    }

    /// A section as the bytes of a PNG file: one image data chunk, every row with the Paeth filter.
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
        ByteBuffer png = ByteBuffer.allocate(PngReader.SIGNATURE.length + 3 * 12 + 13 + data.length);
        png.put(PngReader.SIGNATURE);
        putChunk(png, PngReader.IHDR, header.array());
        putChunk(png, PngReader.IDAT, data);
        putChunk(png, PngReader.IEND, new byte[0]);
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
