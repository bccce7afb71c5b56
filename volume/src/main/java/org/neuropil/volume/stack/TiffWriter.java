package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// A TIFF file with a page for each section, not compressed; BigTIFF from 4 GB on. The first page says in ImageJ's way how
/// large voxels are, so that Fiji opens it calibrated. All pixels stand before all directories: of a file that names its
/// number of images, ImageJ follows the first directory only and takes the other sections to lie right behind its pixels.
///
/// Written here because the writers of ImageIO know neither 32-bit pages nor BigTIFF nor files that grow page by page.
/// Whole numbers of 32 bits are shown by Fiji as floats, which hold them exactly up to 2^24, and signed ones of 8 bits as
/// unsigned. BigTIFF is opened by Fiji through Bio-Formats.
public final class TiffWriter implements SlabWriter {
    private static final long MOST_SMALL = 0xFFFF_0000L;
    private static final double MOST_RATIONAL = 2e9;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int ASCII = 2;
    private static final int LONG8 = 16;

    private final SlabFile file;
    private final Box box;
    private final DataType type;
    private final VoxelSize voxelSize;
    private final boolean big;
    /// Where the first section's pixels begin.
    private final long pixels;
    private final long pageBytes;
    private int next;
    /// Where the offset of the next page's directory goes.
    private long link;

    TiffWriter(Path path, Box box, DataType type, VoxelSize voxelSize) throws IOException {
        if (type.bytes() == 8) {
            throw new InputException("ImageJ and others do not open TIFF of 64 bits, and voxels are " + type.text(),
                    path.toString(), "write .npy");
        }
        this.box = box;
        this.type = type;
        this.voxelSize = voxelSize;
        this.next = box.min().z();
        this.pageBytes = (long) box.size().x() * box.size().y() * type.bytes();
        this.big = (pageBytes + 1000) * box.size().z() > MOST_SMALL;
        if (pageBytes > Integer.MAX_VALUE) {
            throw new InputException("a section of " + box.size().x() + "x" + box.size().y()
                    + " is more than a TIFF page of 2 GiB", path.toString(), "write .npy");
        }
        this.file = new SlabFile(path);
        ByteBuffer header = little(big ? 16 : 8).put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
        if (big) {
            header.putShort((short) 8).putShort((short) 0);
        }
        this.link = header.position();
        this.pixels = header.capacity();
        file.write(header.position(header.capacity()).flip());
    }

    @Override
    public void append(Block slab) throws IOException {
        SlabWriter.check(slab, box, type, next);
        file.write(slab, 0, slab.box().voxels());
        next = slab.box().max().z();
    }

    private void writeDirectory(int page) throws IOException {
        boolean first = page == 0;
        byte[] words = first ? description().getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int count = first ? 14 : 13;
        int entry = big ? 20 : 12;
        int size = (big ? 8 : 2) + count * entry + (big ? 8 : 4);
        long at = file.position();
        ByteBuffer bytes = little(size + 16 + words.length + words.length % 2);
        if (big) {
            bytes.putLong(count);
        } else {
            bytes.putShort((short) count);
        }
        Int3 extent = box.size();
        int format = type.isFloat() ? 3 : type.isSigned() ? 2 : 1;
        put(bytes, 256, LONG, 1, extent.x());
        put(bytes, 257, LONG, 1, extent.y());
        put(bytes, 258, SHORT, 1, 8 * type.bytes());
        put(bytes, 259, SHORT, 1, 1);
        put(bytes, 262, SHORT, 1, 1);
        if (first) {
            put(bytes, 270, ASCII, words.length, at + size + 16);
        }
        put(bytes, 273, big ? LONG8 : LONG, 1, pixels + page * pageBytes);
        put(bytes, 277, SHORT, 1, 1);
        put(bytes, 278, LONG, 1, extent.y());
        put(bytes, 279, LONG, 1, pageBytes);
        put(bytes, 282, RATIONAL, 1, big ? rational(voxelSize.x()) : at + size);
        put(bytes, 283, RATIONAL, 1, big ? rational(voxelSize.y()) : at + size + 8);
        put(bytes, 296, SHORT, 1, 1);
        put(bytes, 339, SHORT, 1, format);
        link(at);
        link = at + bytes.position();
        if (big) {
            bytes.putLong(0);
        } else {
            bytes.putInt(0);
        }
        bytes.putLong(rational(voxelSize.x())).putLong(rational(voxelSize.y())).put(words);
        file.write(bytes.position(bytes.capacity()).flip());
    }

    private void link(long directory) throws IOException {
        ByteBuffer offset = big ? little(8).putLong(directory) : little(4).putInt((int) directory);
        file.write(offset.flip(), link);
    }

    private void put(ByteBuffer bytes, int tag, int kind, int count, long value) {
        bytes.putShort((short) tag).putShort((short) kind);
        if (big) {
            bytes.putLong(count).putLong(value);
        } else {
            bytes.putInt(count).putInt((int) value);
        }
    }

    /// Pixels per nanometre, as two 32-bit numbers with as many digits as fit.
    private static long rational(double nanometres) {
        double fits = Math.clamp(MOST_RATIONAL / nanometres, 1, 1e9);
        long numerator = Math.round(Math.pow(10, Math.floor(Math.log10(fits))));
        long denominator = Math.clamp(Math.round(nanometres * numerator), 1L, 0xFFFF_FFFFL);
        return denominator << 32 | numerator;
    }

    private String description() {
        Int3 size = box.size();
        return "ImageJ=1.54f\nimages=" + size.z() + "\nslices=" + size.z() + "\nunit=nm\nspacing="
                + VoxelSize.text(voxelSize.z()) + "\nloop=false\n\0";
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void commit() throws IOException {
        SlabWriter.checkWhole(box, next);
        if (file.position() % 2 == 1) {
            file.write(ByteBuffer.allocate(1)); // directories begin at even offsets
        }
        for (int page = 0; page < box.size().z(); page++) {
            writeDirectory(page);
        }
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
