package org.neuropil.circuits.graph;

import java.util.Arrays;

import org.neuropil.volume.kernel.Parallel;

/// How many of all triples of vertices are each kind of triad. Time is in proportion to the sum over connected pairs of what
/// both are connected with; triples without a connected pair are not visited (Batagelj and Mrvar 2001).
public final class TriadCensus {
    private static final int PART = 64;
    private static final int CODES = 64;
    private static final int KINDS = Triad.values().length;

    private TriadCensus() {}

    /// Counts by [Triad#ordinal()].
    ///
    /// @param threads at least 1; the counts do not depend on them
    /// @throws ArithmeticException if there are more than 2^63 triples: of 3.8 million vertices
    public static long[] of(DirectedGraph graph, int threads) {
        Neighbours neighbours = Neighbours.of(graph);
        int n = graph.vertices();
        int parts = (n + PART - 1) / PART;
        long[][] counts = new long[parts][];
        Parallel.run(threads, parts, part -> {
            long[] mine = new long[CODES];
            byte[] withU = new byte[n];
            for (int u = part * PART; u < Math.min(n, (part + 1) * PART); u++) {
                count(neighbours, n, u, withU, mine);
            }
            counts[part] = mine;
        });
        long[] census = new long[KINDS];
        long seen = 0;
        for (long[] mine : counts) {
            for (int code = 0; code < CODES; code++) {
                census[Triad.ofCode(code).ordinal()] += mine[code];
                seen += mine[code];
            }
        }
        census[Triad.T003.ordinal()] = triples(n) - seen;
        return census;
    }

    private static long triples(long n) {
        if (n < 3) {
            return 0;
        }
        // One of two numbers beside each other is even, one of three is a multiple of 3.
        long pairs = n % 2 == 0 ? n / 2 * (n - 1) : (n - 1) / 2 * n;
        return pairs % 3 == 0 ? Math.multiplyExact(pairs / 3, n - 2) : Math.multiplyExact(pairs, (n - 2) / 3);
    }

    /// Counts the triples whose first connected pair begins with u, of each code of [Triad].
    ///
    /// @param withU how each vertex is connected with u; all zero, and left so
    private static void count(Neighbours all, int n, int u, byte[] withU, long[] counts) {
        int[] starts = all.starts();
        int[] others = all.others();
        byte[] kinds = all.kinds();
        int begin = starts[u];
        int end = starts[u + 1];
        for (int i = begin; i < end; i++) {
            withU[others[i]] = kinds[i];
        }
        // Neighbours of u with a larger number than v, by how they are connected; and those of them that v has, too.
        int[] above = new int[4];
        int[] shared = new int[4];
        for (int at = end - 1; at >= begin && others[at] > u; at--) {
            int v = others[at];
            int pair = kinds[at];
            Arrays.fill(shared, 0);
            int both = 0;
            for (int j = starts[v]; j < starts[v + 1]; j++) {
                int w = others[j];
                int kind = withU[w];
                both += kind != 0 ? 1 : 0;
                if (w > v) {
                    shared[kind]++;
                    counts[pair | kind << 2 | kinds[j] << 4]++;
                } else if (w > u && kind == 0) {
                    counts[pair | kinds[j] << 4]++;
                }
            }
            for (int kind = 1; kind < above.length; kind++) {
                counts[pair | kind << 2] += above[kind] - shared[kind];
            }
            // Whoever is connected with neither; u and v are neighbours of each other.
            int around = end - begin - 1 + starts[v + 1] - starts[v] - 1 - both;
            counts[pair] += n - 2 - around;
            above[pair]++;
        }
        for (int i = begin; i < end; i++) {
            withU[others[i]] = 0;
        }
    }
}
