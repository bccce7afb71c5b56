package org.neuropil.graph.history;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;

/// What histories need of an operation.
///
/// @param merge whether it joined rather than cut
/// @param supervoxels those that the user clicked; ends of its edges if it has no points
record Step(long operation, Instant time, String user, long[] before, long[] after, boolean merge, long[] supervoxels) {
    static Step of(Operation operation) {
        return new Step(operation.id(), operation.time(), operation.user(), operation.before(), operation.after(),
                isMerge(operation), supervoxels(operation));
    }

    /// Undo and redo have the nature of what they do to edges: the undo of a split joins.
    static boolean isMerge(Operation operation) {
        return operation.kind() == Kind.MERGE
                || operation.kind() != Kind.SPLIT && operation.removed().isEmpty();
    }

    private static long[] supervoxels(Operation operation) {
        LongStream points = LongStream.concat(LongStream.of(operation.sourceSupervoxels()),
                LongStream.of(operation.sinkSupervoxels()));
        long[] clicked = points.distinct().toArray();
        if (clicked.length > 0) {
            return clicked;
        }
        List<Pair> edges = isMerge(operation) ? operation.added() : operation.removed();
        return edges.stream().flatMapToLong(edge -> LongStream.of(edge.a(), edge.b())).distinct().toArray();
    }
}
