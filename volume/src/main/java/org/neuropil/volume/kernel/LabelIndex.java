package org.neuropil.volume.kernel;

import java.util.Arrays;

/// Numbers different labels from 0 on, in the order in which they are put. Open addressing over plain arrays: a label
/// that is looked up often costs one multiplication and, as tables are at most half full, rarely more than one probe.
final class LabelIndex {
    private static final int MOST_SLOTS = 1 << 30;

    /// Labels by slot; 0 means free, so label 0 is kept beside.
    private long[] keys = new long[64];
    /// Numbers of the labels by slot.
    private int[] numbers = new int[64];
    private int shift = 64 - 6;
    /// Labels by number.
    private long[] labels = new long[32];
    private int size;
    private int zero = -1;

    int size() {
        return size;
    }

    /// The label with this number.
    long label(int number) {
        return labels[number];
    }

    /// The labels by number, in an array of their own.
    long[] labels() {
        return Arrays.copyOf(labels, size);
    }

    /// The number of a label; -1 if it has none.
    int find(long label) {
        if (label == 0) {
            return zero;
        }
        long[] keys = this.keys;
        int slot = slot(label);
        for (long key = keys[slot]; key != label; key = keys[slot]) {
            if (key == 0) {
                return -1;
            }
            slot = slot + 1 & keys.length - 1;
        }
        return numbers[slot];
    }

    /// The number of a label, which it gets if it had none.
    int put(long label) {
        int number = find(label);
        return number >= 0 ? number : add(label);
    }

    private int add(long label) {
        if (size == labels.length) {
            labels = Arrays.copyOf(labels, Math.addExact(size, size));
        }
        labels[size] = label;
        if (label == 0) {
            zero = size;
        } else {
            if (size >= keys.length / 2) {
                grow();
            }
            enter(label, size);
        }
        return size++;
    }

    private void enter(long label, int number) {
        int slot = slot(label);
        while (keys[slot] != 0) {
            slot = slot + 1 & keys.length - 1;
        }
        keys[slot] = label;
        numbers[slot] = number;
    }

    private void grow() {
        if (keys.length == MOST_SLOTS) {
            throw new IllegalArgumentException("more than " + size + " different labels");
        }
        keys = new long[keys.length * 2];
        numbers = new int[keys.length];
        shift--;
        for (int number = 0; number < size; number++) {
            if (labels[number] != 0) {
                enter(labels[number], number);
            }
        }
    }

    private int slot(long label) {
        return (int) (label * 0x9E3779B97F4A7C15L >>> shift);
    }
}
