package org.neuropil.volume.stack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Walks the directories of a TIFF file and checks that all they claim can be: TwelveMonkeys takes as much memory as a field
/// asks for, before it looks whether the file is that long.
final class TiffDirectories {
    /// Bytes of a value of each type, by the type's number; 0 where there is no such type.
    private static final int[] VALUE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    /// Fields whose values are places of other directories: sub-directories, Exif, GPS, interoperability.
    private static final Set<Integer> LINKS = Set.of(330, 34665, 34853, 40965);
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_LENGTH = 323;
    private static final int MOST_SAMPLES = 64;
    /// Fields of one directory; the largest known list has a few hundred kinds.
    private static final int MOST_FIELDS = 4096;
    private static final int MOST_LINKS = 64;
    private static final long MOST_VALUES = 1 << 26;

    private final FileChannel file;
    private final long length;
    private final ByteOrder order;
    private final boolean big;

    private TiffDirectories(FileChannel file, ByteOrder order, boolean big) throws IOException {
        this.file = file;
        this.length = file.size();
        this.order = order;
        this.big = big;
    }

    /// Checks a file.
    ///
    /// @throws IOException if it cannot be a TIFF file, says why
    static void check(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(8);
            read(file, header, 0);
            ByteOrder order = switch (header.getShort(0)) {
                case 0x4949 -> ByteOrder.LITTLE_ENDIAN;
                case 0x4d4d -> ByteOrder.BIG_ENDIAN;
                default -> throw new IOException("does not begin with II or MM");
            };
            int version = header.order(order).getShort(2);
            if (version != 42 && version != 43) {
                throw new IOException("has version " + version + ", neither 42 nor 43");
            }
            TiffDirectories directories = new TiffDirectories(file, order, version == 43);
            directories.walk(version == 43
                    ? directories.number(8, 8)
                    : Integer.toUnsignedLong(header.getInt(4)));
        }
    }

    private void walk(long first) throws IOException {
        Set<Long> seen = new HashSet<>();
        Deque<Long> next = new ArrayDeque<>();
        next.add(first);
        while (!next.isEmpty()) {
            long at = next.remove();
            if (at != 0) {
                if (!seen.add(at)) {
                    throw new IOException("its directories follow each other in a circle");
                }
                directory(at, next);
            }
        }
    }

    private void directory(long at, Deque<Long> next) throws IOException {
        int head = big ? 8 : 2;
        int entry = big ? 20 : 12;
        long count = number(at, head);
        if (count < 0 || count > MOST_FIELDS) {
            throw new IOException("its directory at byte " + at + " has " + Long.toUnsignedString(count) + " fields");
        }
        ByteBuffer fields = ByteBuffer.allocate((int) count * entry).order(order);
        read(file, fields, at + head);
        long tileWidth = 0;
        long tileLength = 0;
        for (int field = 0; field < fields.capacity(); field += entry) {
            int tag = Short.toUnsignedInt(fields.getShort(field));
            long values = big ? fields.getLong(field + 4) : Integer.toUnsignedLong(fields.getInt(field + 4));
            int type = Short.toUnsignedInt(fields.getShort(field + 2));
            int bytes = type < VALUE_BYTES.length ? VALUE_BYTES[type] : 0;
            boolean inline = values * bytes <= (big ? 8 : 4);
            int value = field + (big ? 12 : 8);
            long place = big ? fields.getLong(value) : Integer.toUnsignedLong(fields.getInt(value));
            if (values < 0 || values > MOST_VALUES || bytes > 0 && !inline
                    && (place < 0 || place > length - values * bytes)) {
                throw new IOException("its field " + tag + " has " + Long.toUnsignedString(values)
                        + " values from byte " + Long.toUnsignedString(place) + " on, beyond the end of the file");
            }
            long one = bytes == 0 || values == 0 ? 0 : inline ? number(fields, value, bytes) : number(place, bytes);
            switch (tag) {
                case SAMPLES_PER_PIXEL -> {
                    if (one < 0 || one > MOST_SAMPLES) {
                        throw new IOException("has " + one + " samples per pixel");
                    }
                }
                case TILE_WIDTH -> tileWidth = one;
                case TILE_LENGTH -> tileLength = one;
                default -> {
                    if (LINKS.contains(tag) && values <= MOST_LINKS) {
                        for (int i = 0; i < values && bytes > 0; i++) {
                            next.add(inline
                                    ? number(fields, value + i * bytes, bytes)
                                    : number(place + (long) i * bytes, bytes));
                        }
                    }
                }
            }
        }
        checkTile(tileWidth, tileLength);
        next.add(number(at + head + fields.capacity(), big ? 8 : 4));
    }

    private void checkTile(long width, long height) throws IOException {
        long most = TiffReader.MOST_VOXELS_PER_BYTE * length;
        if (width < 0 || height < 0 || width > 0 && height > most / width) {
            throw new IOException("is cut short: " + length + " bytes cannot hold a tile of " + width + "x" + height);
        }
    }

    private long number(long at, int bytes) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(bytes).order(order);
        read(file, value, at);
        return number(value, 0, bytes);
    }

    private static long number(ByteBuffer from, int at, int bytes) {
        return switch (bytes) {
            case 1 -> Byte.toUnsignedLong(from.get(at));
            case 2 -> Short.toUnsignedLong(from.getShort(at));
            case 4 -> Integer.toUnsignedLong(from.getInt(at));
            default -> from.getLong(at);
        };
    }

    private static void read(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        if (at < 0 || at > file.size() - bytes.capacity()) {
            throw new EOFException("there are no " + bytes.capacity() + " bytes at " + Long.toUnsignedString(at));
        }
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
    }
}
