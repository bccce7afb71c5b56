package org.neuropil.volume.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The rows of a PNG's image data, inflated and with their filters undone, one after the other.
final class PngRows implements AutoCloseable {
    /// Bytes before the first sample of a row: zeros that stand for the voxel left of it, and the filter's number.
    static final int BEFORE = 8;

    private final byte[] bytes;
    private final List<int[]> ranges;
    private final Inflater inflater = new Inflater();
    private int nextRange;
    private int sample;
    private byte[] row = {};
    private byte[] above = {};

    /// @param ranges offset and length in `bytes` of each piece of the zlib stream
    PngRows(byte[] bytes, List<int[]> ranges) {
        this.bytes = bytes;
        this.ranges = ranges;
    }

    /// Begins an image, or a pass of an interlaced one.
    void begin(int width, int sample) {
        this.sample = sample;
        row = new byte[BEFORE + Math.multiplyExact(width, sample)];
        above = new byte[row.length];
    }

    /// The next row; its samples begin at [#BEFORE]. Valid until the next call.
    byte[] next() throws IOException {
        byte[] free = above;
        above = row;
        row = free;
        read(row, BEFORE - 1, row.length - BEFORE + 1);
        int filter = row[BEFORE - 1];
        row[BEFORE - 1] = 0;
        unfilter(filter);
        return row;
    }

    /// Reads to the end of the stream, whose checksum is thereby checked.
    void end() throws IOException {
        byte[] rest = new byte[256];
        try {
            while (!inflater.finished()) {
                if (inflater.inflate(rest) == 0 && !inflater.finished() && !feed()) {
                    throw new IOException("is cut short: the checksum of its image is missing");
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
    }

    private void read(byte[] to, int from, int length) throws IOException {
        int done = 0;
        try {
            while (done < length) {
                int n = inflater.inflate(to, from + done, length - done);
                done += n;
                if (n == 0 && (inflater.finished() || !feed())) {
                    throw new IOException("is cut short: it holds only a part of its rows");
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
    }

    /// Gives the inflater its next bytes; false if there are none, or bytes are not what it needs.
    private boolean feed() {
        if (!inflater.needsInput() || inflater.needsDictionary() || nextRange == ranges.size()) {
            return false;
        }
        int[] range = ranges.get(nextRange++);
        inflater.setInput(bytes, range[0], range[1]);
        return true;
    }

    private void unfilter(int filter) throws IOException {
        int s = sample;
        switch (filter) {
            case 0 -> {
                // Stored as it is.
            }
            case 1 -> {
                for (int i = BEFORE; i < row.length; i++) {
                    row[i] = (byte) (row[i] + row[i - s]);
                }
            }
            case 2 -> {
                for (int i = BEFORE; i < row.length; i++) {
                    row[i] = (byte) (row[i] + above[i]);
                }
            }
            case 3 -> {
                for (int i = BEFORE; i < row.length; i++) {
                    row[i] = (byte) (row[i] + ((row[i - s] & 0xff) + (above[i] & 0xff) >> 1));
                }
            }
            case 4 -> {
                for (int i = BEFORE; i < row.length; i++) {
                    row[i] = (byte) (row[i] + paeth(row[i - s] & 0xff, above[i] & 0xff, above[i - s] & 0xff));
                }
            }
            default -> throw new IOException("is damaged: row filter " + filter + " does not exist");
        }
        Arrays.fill(row, 0, BEFORE, (byte) 0);
    }

    /// Of left, above and above left, the one nearest to left + above - above left.
    static int paeth(int left, int up, int upLeft) {
        int byLeft = Math.abs(up - upLeft);
        int byUp = Math.abs(left - upLeft);
        int byUpLeft = Math.abs(left + up - 2 * upLeft);
        if (byLeft <= byUp && byLeft <= byUpLeft) {
            return left;
        }
        return byUp <= byUpLeft ? up : upLeft;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
