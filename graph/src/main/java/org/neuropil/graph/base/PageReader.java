package org.neuropil.graph.base;

import java.io.IOException;

/// Reads what [PageWriter] wrote; bytes that cannot be so are an error, never more memory than they could fill.
final class PageReader {
    private final byte[] bytes;
    private final String where;
    private int at;

    /// @param where what the bytes are, for the error
    PageReader(byte[] bytes, String where) {
        this.bytes = bytes;
        this.where = where;
    }

    IOException damaged(String what) {
        return new IOException(where + " is damaged: " + what);
    }

    int getByte() throws IOException {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int getInt() throws IOException {
        need(4);
        at += 4;
        return PageBytes.getInt(bytes, at - 4);
    }

    /// A number of things of which each takes at least a byte further on.
    int getCount() throws IOException {
        int count = getInt();
        if (count < 0 || count > bytes.length - at) {
            throw damaged("a count of " + count);
        }
        return count;
    }

    long getLong() throws IOException {
        need(8);
        at += 8;
        return PageBytes.getLong(bytes, at - 8);
    }

    byte[] getBytes(int length) throws IOException {
        need(length);
        byte[] part = new byte[length];
        System.arraycopy(bytes, at, part, 0, length);
        at += length;
        return part;
    }

    void skip(long length) throws IOException {
        need(length);
        at += (int) length;
    }

    /// Numbers in planes.
    long[] getPlanes(int count) throws IOException {
        int width = getByte();
        if (width < 1 || width > 8) {
            throw damaged("numbers of " + width + " bytes");
        }
        need((long) count * width);
        long[] values = new long[count];
        byte[] from = bytes;
        for (int shift = 0; shift < 8 * width; shift += 8) {
            int plane = at;
            for (int i = 0; i < count; i++) {
                values[i] |= (from[plane + i] & 0xFFL) << shift;
            }
            at = plane + count;
        }
        return values;
    }

    /// Numbers in planes, of at most four bytes.
    int[] getInts(int count) throws IOException {
        int width = getByte();
        if (width < 1 || width > 4) {
            throw damaged("numbers of " + width + " bytes");
        }
        need((long) count * width);
        int[] values = new int[count];
        byte[] from = bytes;
        for (int shift = 0; shift < 8 * width; shift += 8) {
            int plane = at;
            for (int i = 0; i < count; i++) {
                values[i] |= (from[plane + i] & 0xFF) << shift;
            }
            at = plane + count;
        }
        return values;
    }

    /// Numbers of which each is what the one before it is and a stated number from 1 on more.
    long[] getAscending(int count) throws IOException {
        long[] values = getPlanes(count);
        long last = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] <= 0 || values[i] > Long.MAX_VALUE - last) {
                throw damaged("numbers out of order");
            }
            last += values[i];
            values[i] = last;
        }
        return values;
    }

    /// Where each of some runs begins, and the last ends, of lengths that add up to a stated number.
    int[] getRuns(int count, int total) throws IOException {
        long[] lengths = getPlanes(count);
        int[] first = new int[count + 1];
        for (int i = 0; i < count; i++) {
            if (lengths[i] < 0 || lengths[i] > total - first[i]) {
                throw damaged("runs longer than what they are of");
            }
            first[i + 1] = first[i] + (int) lengths[i];
        }
        if (first[count] != total) {
            throw damaged("runs shorter than what they are of");
        }
        return first;
    }

    void end() throws IOException {
        if (at != bytes.length) {
            throw damaged(bytes.length - at + " bytes too many");
        }
    }

    private void need(long length) throws IOException {
        if (length < 0 || length > bytes.length - at) {
            throw damaged("it ends early");
        }
    }
}
