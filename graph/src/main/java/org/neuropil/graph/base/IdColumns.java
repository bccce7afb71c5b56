package org.neuropil.graph.base;

import java.io.IOException;
import java.util.Arrays;

import org.neuropil.graph.NodeIds;

/// Supervoxel ids as columns of a page: the chunks that they lie in (each once, ascending), for each id the index of its
/// chunk, and its number less that of another column's, which is small where neighbours have neighbouring numbers.
final class IdColumns {
    private IdColumns() {}

    /// Writes ids.
    ///
    /// @param near a number for each, near to which the id's number may be
    static void write(PageWriter out, NodeIds ids, long[] values, long[] near) {
        long[] chunks = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            chunks[i] = ids.chunkId(values[i]);
        }
        long[] sorted = distinct(chunks);
        out.putInt(sorted.length);
        for (long chunk : sorted) {
            out.putLong(chunk);
        }
        long[] number = new long[values.length];
        int last = 0;
        for (int i = 0; i < values.length; i++) {
            number[i] = PageBytes.zigzag(ids.number(values[i]) - near[i]);
            last = sorted[last] == chunks[i] ? last : Arrays.binarySearch(sorted, chunks[i]);
            chunks[i] = last;
        }
        out.putPlanes(chunks);
        out.putPlanes(number);
    }

    /// All supervoxels are of layer 1, so that signed order is unsigned order.
    private static long[] distinct(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[n++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, n);
    }

    /// Reads what [#write] wrote.
    ///
    /// @param near as it was given to it
    static long[] read(PageReader in, NodeIds ids, int count, long[] near) throws IOException {
        int n = in.getCount();
        long[] chunks = new long[n];
        for (int i = 0; i < n; i++) {
            chunks[i] = in.getLong();
            if (NodeIds.layer(chunks[i]) != 1 || ids.number(chunks[i]) != 0) {
                throw in.damaged("a chunk's id that is none");
            }
        }
        int[] chunk = in.getInts(count);
        long[] values = in.getPlanes(count);
        long most = 1L << ids.numberBits(1);
        for (int i = 0; i < count; i++) {
            long number = near[i] + PageBytes.unzigzag(values[i]);
            if (number <= 0 || number >= most || chunk[i] < 0 || chunk[i] >= n) {
                throw in.damaged("a supervoxel that is none");
            }
            values[i] = chunks[chunk[i]] | number;
        }
        return values;
    }
}
