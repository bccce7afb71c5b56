package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.neuropil.space.InputException;

/// Reads boxes of arrays, each chunk once.
public final class Slab {
    private static final long MOST = 1L << 28;

    private Slab() {}

    /// Takes numbers as they are read.
    private interface Sink {
        /// @param to place among the box's elements, the last dimension fastest
        /// @param at first byte of the number in `from`
        void take(int to, ByteBuffer from, int at);
    }

    /// Numbers of a box.
    ///
    /// @param first element along each dimension
    /// @param count elements along each dimension
    /// @return them, the last dimension fastest
    public static double[] doubles(Chunks chunks, Array array, Part part, int[] first, int[] count)
            throws IOException {
        double[] out = new double[elements(array, count)];
        read(chunks, array, part, first, count, (to, from, at) -> out[to] = part.number(from, at));
        return out;
    }

    /// Numbers of a box, rounded to floats.
    public static float[] floats(Chunks chunks, Array array, Part part, int[] first, int[] count) throws IOException {
        float[] out = new float[elements(array, count)];
        read(chunks, array, part, first, count, (to, from, at) -> out[to] = (float) part.number(from, at));
        return out;
    }

    /// Whole numbers of a box, all 64 bits.
    public static long[] longs(Chunks chunks, Array array, Part part, int[] first, int[] count) throws IOException {
        long[] out = new long[elements(array, count)];
        read(chunks, array, part, first, count, (to, from, at) -> out[to] = part.bits(from, at));
        return out;
    }

    /// All numbers of an array.
    ///
    /// @throws InputException if its elements are not numbers
    public static double[] doubles(Array array) throws IOException {
        Part part = array.plain()
                .orElseThrow(() -> new InputException("has no numbers for elements", array.where(), ""));
        return doubles(Chunks.NONE, array, part, new int[array.shape().length], array.shape());
    }

    private static int elements(Array array, int[] count) {
        double product = 1;
        for (int n : count) {
            product *= n;
        }
        if (product > MOST) {
            throw new InputException("more than " + MOST + " elements of " + Arrays.toString(array.shape())
                    + " cannot be read at once", array.where(), "");
        }
        return (int) product;
    }

    private static void read(Chunks chunks, Array array, Part part, int[] first, int[] count, Sink sink)
            throws IOException {
        int rank = array.shape().length;
        int[] chunk = array.chunk();
        for (int d = 0; d < rank; d++) {
            if (first[d] < 0 || count[d] < 0 || count[d] > array.shape()[d] - first[d]) {
                throw new IllegalArgumentException("elements " + Arrays.toString(first) + " + "
                        + Arrays.toString(count) + " of " + Arrays.toString(array.shape()));
            }
            if (count[d] == 0) {
                return;
            }
        }
        int[] corner = new int[rank];
        for (int d = 0; d < rank; d++) {
            corner[d] = first[d] / chunk[d] * chunk[d];
        }
        do {
            byte[] bytes = chunks.read(array, corner);
            copy(array, part, bytes, corner, first, count, sink);
        } while (advance(corner, first, count, chunk));
    }

    /// The next corner of a chunk, the last dimension first; false if there is none.
    private static boolean advance(int[] corner, int[] first, int[] count, int[] chunk) {
        for (int d = corner.length - 1; d >= 0; d--) {
            corner[d] += chunk[d];
            if (corner[d] < first[d] + count[d]) {
                return true;
            }
            corner[d] = first[d] / chunk[d] * chunk[d];
        }
        return false;
    }

    private static void copy(Array array, Part part, byte[] bytes, int[] corner, int[] first, int[] count, Sink sink) {
        int rank = corner.length;
        ByteBuffer from = ByteBuffer.wrap(bytes.length == 0 ? array.fill() : bytes).order(part.order());
        // A chunk that was never written is one element, again and again.
        int width = bytes.length == 0 ? 0 : array.width();
        int[] strides = new int[rank];
        int stride = width;
        for (int i = 0; i < rank; i++) {
            int d = array.isFirstFastest() ? i : rank - 1 - i;
            strides[d] = stride;
            stride *= array.chunk()[d];
        }
        int[] low = new int[rank];
        int[] high = new int[rank];
        int[] steps = new int[rank];
        int step = 1;
        for (int d = rank - 1; d >= 0; d--) {
            low[d] = Math.max(corner[d], first[d]);
            high[d] = Math.min(corner[d] + array.chunk()[d], first[d] + count[d]);
            steps[d] = step;
            step *= count[d];
        }
        if (rank == 0) {
            sink.take(0, from, part.offset());
            return;
        }
        int last = rank - 1;
        int[] place = low.clone();
        while (true) {
            int at = part.offset();
            int to = 0;
            for (int d = 0; d < rank; d++) {
                at += (place[d] - corner[d]) * strides[d];
                to += (place[d] - first[d]) * steps[d];
            }
            for (int i = low[last]; i < high[last]; i++, at += strides[last], to++) {
                sink.take(to, from, at);
            }
            int d = last - 1;
            while (d >= 0 && ++place[d] == high[d]) {
                place[d] = low[d];
                d--;
            }
            if (d < 0) {
                return;
            }
        }
    }
}
