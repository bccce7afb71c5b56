package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;

/// When nodes were there.
public final class Moments {
    private Moments() {}

    /// When nodes came to be. An unknown one is refused; it has no time, not even one of 1969.
    ///
    /// @throws org.neuropil.space.InputException if a node is unknown; names it
    public static Instant[] created(Graph graph, long[] nodes) throws IOException {
        return Steps.checkNodes(graph, nodes);
    }

    /// The last moment, up to a given one, at which nodes were part of the state: the given one if they are then; when they
    /// were replaced, which is a millisecond too late, as clients expect; when they came to be if that is later.
    ///
    /// @param at [Graph#NOW] for the last edit's
    /// @throws org.neuropil.space.InputException if a node is unknown; names it
    public static Instant[] latest(Graph graph, long[] nodes, Instant at) throws IOException {
        Instant moment = at.equals(Graph.NOW) ? graph.head() : at;
        Instant[] latest = Steps.checkNodes(graph, nodes);
        @Nullable
        Instant[] replaced = graph.replaced(nodes, moment);
        for (int i = 0; i < nodes.length; i++) {
            Instant end = replaced[i];
            if (end != null) {
                latest[i] = end;
            } else if (latest[i].isBefore(moment)) {
                latest[i] = moment;
            }
        }
        return latest;
    }

    /// When the last edit of a root was: when it came to be, which is ingest for one that nobody edited.
    ///
    /// @throws org.neuropil.space.InputException if the root is unknown, or no root; names it
    public static Instant lastEdit(Graph graph, long root) throws IOException {
        long[] one = {root};
        Steps.checkRoots(graph, one);
        return Steps.checkNodes(graph, one)[0];
    }

    /// The first moment that can be asked for: that of ingest, edited or not.
    public static Instant oldest(Graph graph) {
        return graph.info().ingested();
    }

    /// The nodes that came to be, or were replaced, within a span of time: what CAVE calls valid. So one that was replaced
    /// since may be among them, and one that was there all the time may not.
    ///
    /// @param from first moment; [Instant#MIN] for all nodes that were there at some time up to `to`
    /// @param to last moment, included
    /// @return in the order given; unknown ones are left out
    public static long[] valid(Graph graph, long[] nodes, Instant from, Instant to) throws IOException {
        @Nullable
        Instant[] created = graph.created(nodes);
        @Nullable
        Instant[] replaced = graph.replaced(nodes, to);
        long[] valid = new long[nodes.length];
        int n = 0;
        for (int i = 0; i < nodes.length; i++) {
            if (within(created[i], from, to) || within(replaced[i], from, to)) {
                valid[n++] = nodes[i];
            }
        }
        return Arrays.copyOf(valid, n);
    }

    private static boolean within(@Nullable Instant moment, Instant from, Instant to) {
        return moment != null && !moment.isBefore(from) && !moment.isAfter(to);
    }
}
