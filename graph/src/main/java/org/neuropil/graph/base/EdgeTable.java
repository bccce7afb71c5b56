package org.neuropil.graph.base;

import java.util.Arrays;

/// All edges of the supervoxels of a layer-2 chunk, active or not, as ingest found them. An edge within the chunk stands
/// once, with the supervoxel of the smaller number; an edge that leaves the chunk stands with its own end here and with
/// its other end in the other chunk's table. Immutable.
///
/// Layout: the edges of supervoxel number `numbers[row]` are `first[row]` to `first[row + 1] - 1`, in the order of `far`
/// (unsigned). Supervoxels without edges may be missing.
///
/// @param numbers of supervoxels within the chunk, ascending
/// @param first one entry for each of `numbers` and one more, from 0 to the number of edges
/// @param far id of the other supervoxel
/// @param affinity 0 or more; positive infinity for two parts of one basin that a chunk border cuts
/// @param area voxel faces
/// @param active whether ingest joined both ends in one cell
public record EdgeTable(long[] numbers, int[] first, long[] far, float[] affinity, long[] area, boolean[] active) {
    /// No edges.
    public static final EdgeTable NONE = new EdgeTable(new long[0], new int[1], new long[0], new float[0], new long[0],
            new boolean[0]);

    /// Number of edges.
    public int size() {
        return far.length;
    }

    /// The row of a supervoxel, negative if it has none.
    ///
    /// @param number within the chunk
    public int row(long number) {
        // Where numbers have no gaps, it is where it is looked for first.
        long guess = number - 1;
        return guess >= 0 && guess < numbers.length && numbers[(int) guess] == number
                ? (int) guess
                : Arrays.binarySearch(numbers, number);
    }

    /// The first edge of a supervoxel.
    ///
    /// @param number within the chunk
    /// @return an index into `far`; 0 if there is none, as [#end] then is
    public int begin(long number) {
        int row = row(number);
        return row < 0 ? 0 : first[row];
    }

    /// The end of a supervoxel's edges, exclusive.
    ///
    /// @param number within the chunk
    public int end(long number) {
        int row = row(number);
        return row < 0 ? 0 : first[row + 1];
    }
}
