package org.neuropil.volume.codec;

import java.io.IOException;
import java.util.Arrays;

import org.neuropil.space.Int3;

/// The labels of the components of a [Crackle]'s sections.
///
/// Flat: each component has its label's number in the list of labels. Pins: a label has a list of pins, each of which runs
/// through a column of voxels and gives the label to all components it meets, and a list of components that it is given to
/// as well; what has no label is background.
final class CrackleLabels {
    private final byte[] bytes;
    private final Int3 size;
    private final int width;
    private final boolean signed;
    private final boolean pinned;
    /// Components of the sections before; one more than sections.
    private final long[] first;
    private int labels;
    private long count;

    // Flat: where the numbers of labels are, and their bytes.
    private int keys;
    private int keyBytes;

    // Pins: what is known without them, and the pins in lists by the section in which they begin.
    private long[] known = {};
    private final int[] heads;
    private int pins;
    private int[] next = {};
    private int[] columns = {};
    private int[] lasts = {};
    private long[] pinLabels = {};
    /// Pins that have begun and not ended.
    private int[] open = {};
    private int opened;

    /// Reads the part of labels.
    ///
    /// @param from where it begins
    /// @param width bytes of a label
    static CrackleLabels read(byte[] bytes, int from, int to, Int3 size, int width, boolean signed, boolean pins)
            throws IOException {
        CrackleLabels labels = new CrackleLabels(bytes, size, width, signed, pins);
        NumberReader in = new NumberReader(bytes, from, to, "labels");
        if (pins) {
            labels.readPins(in);
        } else {
            labels.readFlat(in);
        }
        return labels;
    }

    private CrackleLabels(byte[] bytes, Int3 size, int width, boolean signed, boolean pinned) {
        this.bytes = bytes;
        this.size = size;
        this.width = width;
        this.signed = signed;
        this.pinned = pinned;
        this.first = new long[size.z() + 1];
        this.heads = new int[size.z()];
    }

    private void readFlat(NumberReader in) throws IOException {
        readLists(in);
        keyBytes = NumberReader.width(count);
        keys = in.skip(first[size.z()], keyBytes);
    }

    private void readLists(NumberReader in) throws IOException {
        count = in.next(8);
        labels = in.skip(count, width);
        long pixels = (long) size.x() * size.y();
        for (int z = 0; z < size.z(); z++) {
            long components = in.next(NumberReader.width(pixels));
            if (components < 1 || components > pixels) {
                throw new IOException(
                        "has " + components + " components in section " + z + " of " + pixels + " pixels");
            }
            first[z + 1] = first[z] + components;
        }
    }

    private void readPins(NumberReader in) throws IOException {
        Arrays.fill(heads, -1);
        long background = label(in.skip(1, width));
        readLists(in);
        known = new long[Math.toIntExact(first[size.z()])];
        Arrays.fill(known, background);
        int widths = (int) in.next(1);
        int countBytes = 1 << (widths & 3);
        int depthBytes = 1 << (widths >> 2 & 3);
        int componentBytes = 1 << (widths >> 4 & 3);
        int columnBytes = NumberReader.width(size.volume());
        for (int i = 0; i < count; i++) {
            long label = label(labels + i * width);
            long number = in.next(countBytes);
            int places = in.skip(number, columnBytes);
            int depths = in.skip(number, depthBytes);
            long place = 0;
            for (int j = 0; j < number; j++) {
                place = step(place, places + j * columnBytes, columnBytes, size.volume(), "a pin");
                addPin(place, NumberReader.number(bytes, depths + j * depthBytes, depthBytes), label);
            }
            number = in.next(countBytes);
            int components = in.skip(number, componentBytes);
            long component = 0;
            for (int j = 0; j < number; j++) {
                component = step(component, components + j * componentBytes, componentBytes, known.length,
                        "a component");
                known[(int) component] = label;
            }
        }
        open = new int[pins];
    }

    private long step(long before, int at, int bytesOfStep, long end, String what) throws IOException {
        long after = before + NumberReader.number(bytes, at, bytesOfStep);
        if (after < 0 || after >= end) {
            throw new IOException("gives a label to " + what + " that is not there");
        }
        return after;
    }

    private void addPin(long place, long depth, long label) throws IOException {
        int pixels = size.x() * size.y();
        int z = (int) (place / pixels);
        if (depth < 0 || depth >= size.z() - z) {
            throw new IOException("has a pin that goes deeper than its sections");
        }
        if (pins == next.length) {
            int more = Math.max(64, 2 * pins);
            next = Arrays.copyOf(next, more);
            columns = Arrays.copyOf(columns, more);
            lasts = Arrays.copyOf(lasts, more);
            pinLabels = Arrays.copyOf(pinLabels, more);
        }
        columns[pins] = (int) (place % pixels);
        lasts[pins] = z + (int) depth;
        pinLabels[pins] = label;
        next[pins] = heads[z];
        heads[z] = pins++;
    }

    /// The labels of a section's components. Sections must be asked for in order.
    ///
    /// @param z the section
    /// @param components those of its pixels
    /// @param found how many components there are
    /// @param into filled up to `found`, signed or unsigned as the labels are
    void section(int z, int[] components, int found, long[] into) throws IOException {
        if (found != first[z + 1] - first[z]) {
            throw new IOException("has " + found + " components in section " + z + " in place of "
                    + (first[z + 1] - first[z]));
        }
        if (pinned) {
            System.arraycopy(known, (int) first[z], into, 0, found);
            pin(z, components, into);
            return;
        }
        int at = keys + (int) first[z] * keyBytes;
        for (int i = 0; i < found; i++, at += keyBytes) {
            long key = NumberReader.number(bytes, at, keyBytes);
            if (Long.compareUnsigned(key, count) >= 0) {
                throw new IOException("has label number " + Long.toUnsignedString(key) + " of " + count);
            }
            into[i] = label(labels + (int) key * width);
        }
    }

    private void pin(int z, int[] components, long[] into) {
        for (int i = heads[z]; i >= 0; i = next[i]) {
            open[opened++] = i;
        }
        int kept = 0;
        for (int i = 0; i < opened; i++) {
            int at = open[i];
            into[components[columns[at]]] = pinLabels[at];
            if (lasts[at] > z) {
                open[kept++] = at;
            }
        }
        opened = kept;
    }

    private long label(int at) {
        long label = NumberReader.number(bytes, at, width);
        int unused = Long.SIZE - 8 * width;
        return signed ? label << unused >> unused : label;
    }
}
