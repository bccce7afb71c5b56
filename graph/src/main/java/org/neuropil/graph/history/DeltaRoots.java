package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;

import org.neuropil.graph.Graph;
import org.neuropil.graph.OperationLog;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// How the set of roots changed within a span of time. Costs what the operations of the span are.
///
/// @param old roots that were replaced, ascending
/// @param made roots that were made, ascending
public record DeltaRoots(long[] old, long[] made) {
    /// As CAVE reports it: all roots that operations of the span replaced, and all that they made, also those that came
    /// and went within it.
    ///
    /// @param from first moment, included
    /// @param to last moment, included
    public static DeltaRoots reported(Graph graph, Instant from, Instant to) throws IOException {
        LongOpenHashSet old = new LongOpenHashSet();
        LongOpenHashSet made = new LongOpenHashSet();
        OperationLog.visit(graph, from, to, operation -> {
            old.addAll(LongOpenHashSet.of(operation.before()));
            made.addAll(LongOpenHashSet.of(operation.after()));
        });
        return new DeltaRoots(Steps.sorted(old), Steps.sorted(made));
    }

    /// The difference of two states: `old` has the roots that are current at `from` and no longer at `to`, `made` those
    /// that are current at `to` and were not at `from`.
    ///
    /// @param from the one moment
    /// @param to the other, not before it
    public static DeltaRoots reduced(Graph graph, Instant from, Instant to) throws IOException {
        LongOpenHashSet old = new LongOpenHashSet();
        LongOpenHashSet made = new LongOpenHashSet();
        OperationLog.visit(graph, from, to, operation -> {
            // The state at `from` already has what took effect then.
            if (operation.time().isAfter(from)) {
                for (long root : operation.before()) {
                    if (!made.remove(root)) {
                        old.add(root);
                    }
                }
                made.addAll(LongOpenHashSet.of(operation.after()));
            }
        });
        return new DeltaRoots(Steps.sorted(old), Steps.sorted(made));
    }
}
