package org.neuropil.morphology.mesh;

import java.util.Arrays;

/// A binary heap of longs, least first. Equal values are told apart by nothing, so the order in which values leave
/// depends on the values alone.
final class LongHeap {
    private long[] heap;
    private int size;

    LongHeap(int expected) {
        heap = new long[Math.max(16, expected)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void push(long value) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1));
        }
        int i = size++;
        while (i > 0) {
            int parent = i - 1 >> 1;
            if (heap[parent] <= value) {
                break;
            }
            heap[i] = heap[parent];
            i = parent;
        }
        heap[i] = value;
    }

    /// Takes the least value; the heap must not be empty.
    long pop() {
        long least = heap[0];
        long value = heap[--size];
        int i = 0;
        int child;
        while ((child = 2 * i + 1) < size) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
        return least;
    }
}
