package org.neuropil.graph.live;

import java.util.Arrays;

import org.neuropil.graph.NodeIds;

import it.unimi.dsi.fastutil.longs.LongArrays;

/// Supervoxels, each with the place of its layer-2 node in a list. For one thread: it remembers which chunk it was asked for
/// last.
final class Members {
    /// Places are in an array by number where the numbers of a chunk are at most so many times as many as its members.
    private static final int SPARSE = 16;

    private final NodeIds ids;
    /// Ids of chunks of layer 1, ascending.
    private final long[] chunks;
    private final Part[] parts;
    private int last;

    /// Those of a chunk: `place[i]` is of the number `first + i`, -1 if that is none; or, if there are numbers, of
    /// `numbers[i]`.
    private record Part(long first, long[] numbers, int[] place) {
        int place(long number) {
            if (numbers.length > 0) {
                int i = Arrays.binarySearch(numbers, number);
                return i < 0 ? -1 : place[i];
            }
            long i = number - first;
            return i < 0 || i >= place.length ? -1 : place[(int) i];
        }
    }

    /// @param level2 nodes, ascending
    /// @param children of each of them
    Members(NodeIds ids, long[] level2, long[][] children) {
        this.ids = ids;
        this.chunks = Arrays.stream(level2).map(this::chunk).distinct().toArray();
        this.parts = new Part[chunks.length];
        int begin = 0;
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            int end = begin;
            while (end < level2.length && chunk(level2[end]) == chunks[chunk]) {
                end++;
            }
            parts[chunk] = part(children, begin, end);
            begin = end;
        }
    }

    /// The chunk of a layer-2 node, of layer 1.
    private long chunk(long node) {
        return ids.chunkId(node) ^ 3L << 56;
    }

    private Part part(long[][] children, int begin, int end) {
        int count = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = begin; i < end; i++) {
            for (long child : children[i]) {
                long number = ids.number(child);
                least = Math.min(least, number);
                most = Math.max(most, number);
            }
            count += children[i].length;
        }
        if (count == 0) {
            return new Part(0, new long[0], new int[0]);
        }
        if (most - least < (long) SPARSE * count) {
            int[] place = new int[(int) (most - least) + 1];
            Arrays.fill(place, -1);
            for (int i = begin; i < end; i++) {
                for (long child : children[i]) {
                    place[(int) (ids.number(child) - least)] = i;
                }
            }
            return new Part(least, new long[0], place);
        }
        long[] numbers = new long[count];
        long[] places = new long[count];
        int n = 0;
        for (int i = begin; i < end; i++) {
            for (long child : children[i]) {
                numbers[n] = ids.number(child);
                places[n++] = i;
            }
        }
        LongArrays.quickSort(numbers, places);
        return new Part(0, numbers, Arrays.stream(places).mapToInt(place -> (int) place).toArray());
    }

    /// The place of a supervoxel's node, -1 if it is no member.
    int place(long supervoxel) {
        long chunk = ids.chunkId(supervoxel);
        if (last >= chunks.length || chunks[last] != chunk) {
            int i = Arrays.binarySearch(chunks, chunk);
            if (i < 0) {
                return -1;
            }
            last = i;
        }
        return parts[last].place(ids.number(supervoxel));
    }

    boolean contains(long supervoxel) {
        return place(supervoxel) >= 0;
    }

    /// The chunks of members, of layer 1, ascending.
    long[] chunks() {
        return chunks;
    }

    /// Members of a chunk, ascending.
    ///
    /// @param chunk place in [#chunks]
    long[] of(int chunk) {
        Part part = parts[chunk];
        long[] members = new long[part.place.length];
        int n = 0;
        for (int i = 0; i < members.length; i++) {
            if (part.place[i] >= 0) {
                members[n++] = chunks[chunk] | (part.numbers.length > 0 ? part.numbers[i] : part.first + i);
            }
        }
        return Arrays.copyOf(members, n);
    }
}
