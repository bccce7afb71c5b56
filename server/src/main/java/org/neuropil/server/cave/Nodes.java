package org.neuropil.server.cave;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.server.http.Problem;

/// What several groups of endpoints ask of nodes.
final class Nodes {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS'+00:00'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final double MILLIS = 1000.0;

    private Nodes() {}

    /// When nodes came to be.
    ///
    /// @throws Problem if there is one that the graph does not know
    static Instant[] created(Graph graph, long[] nodes, String field) throws IOException {
        @Nullable
        Instant[] times = graph.created(nodes);
        Instant[] known = new Instant[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            Instant time = times[i];
            if (time == null) {
                // A past state of a graph refuses what came later in words of its own.
                graph.children(nodes[i]);
                throw new Problem(400, "there is no node " + Long.toUnsignedString(nodes[i]) + " in this graph", field,
                        "ids belong to one table");
            }
            known[i] = time;
        }
        return known;
    }

    /// A node that the graph knows.
    ///
    /// @throws Problem if it does not
    static long known(Graph graph, long node, String field) throws IOException {
        created(graph, new long[]{node}, field);
        return node;
    }

    /// Seconds since 1970.
    static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    /// Milliseconds since 1970, in a type that is written as a number whatever is asked of ids.
    static BigInteger millis(Instant time) {
        return BigInteger.valueOf(time.toEpochMilli());
    }

    /// A moment as Python's `isoformat` writes it.
    static String iso(Instant time, String delimiter) {
        return DAY.format(time) + delimiter + ISO.format(time);
    }

    /// Pairs as arrays.
    static long[][] arrays(List<Pair> pairs) {
        return pairs.stream().map(p -> new long[]{p.a(), p.b()}).toArray(long[][]::new);
    }
}
