package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Int3;

/// The joins in a root's history.
public final class MergeLogs {
    private MergeLogs() {}

    /// A join. Edge `i` joins supervoxels `sources[i]` and `sinks[i]`: of a merge those that were clicked, of the undo of a
    /// split those that it joined again.
    ///
    /// @param operation its number
    /// @param sources supervoxels
    /// @param sinks supervoxels
    /// @param sourcePoints voxels that were clicked; of an undo or redo those of the operation that it is of
    /// @param sinkPoints voxels likewise
    public record Entry(long operation, long[] sources, long[] sinks, List<Int3> sourcePoints, List<Int3> sinkPoints) {}

    /// The joins in a root's ancestry, in order.
    ///
    /// @param from operations up to this moment are left out; [Instant#MIN] for all
    /// @throws org.neuropil.space.InputException if the root is unknown, or no root; names it
    public static List<Entry> of(Graph graph, long root, Instant from) throws IOException {
        Steps.checkRoots(graph, new long[]{root});
        List<Entry> entries = new ArrayList<>();
        for (Step step : ChangeLogs.ancestry(new Steps(graph), root, from)) {
            if (step.merge()) {
                entries.add(entry(graph, Standing.existing(graph, step.operation())));
            }
        }
        return entries;
    }

    private static Entry entry(Graph graph, Operation operation) throws IOException {
        Operation base = operation;
        while (base.target().isPresent()) {
            base = Standing.existing(graph, base.target().get());
        }
        boolean clicked = operation.kind() == Kind.MERGE;
        return new Entry(operation.id(),
                clicked ? operation.sourceSupervoxels() : operation.added().stream().mapToLong(Pair::a).toArray(),
                clicked ? operation.sinkSupervoxels() : operation.added().stream().mapToLong(Pair::b).toArray(),
                VoxelPoints.of(graph.info(), base.sources()), VoxelPoints.of(graph.info(), base.sinks()));
    }
}
