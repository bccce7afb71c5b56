package org.neuropil.graph;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;

/// A graph as it was at a moment, read-only. Later moments, [Graph#NOW] among them, mean that moment; later operations do
/// not exist. A later node above the supervoxels is refused with a [LaterNodeException], whatever is asked of it, so that
/// nobody takes it for an unknown one. Later supervoxels, which volumes show after a supervoxel was cut, lead to the root
/// of the whole, and otherwise do not exist. Edits, and their previews, are refused as [Reason#READ_ONLY].
///
/// Edges that a later edit made between supervoxels that do not touch are still listed by [#subgraph], as inactive edges
/// are.
public final class VirtualGraph implements Graph {
    private static final String READ_ONLY = "This graph shows a state of the past and cannot be edited. "
            + "Edit the graph that it was taken from.";

    private final Graph graph;
    private final Instant moment;
    // Of no operation after the moment, so it never changes once there was one; null until then.
    private volatile @Nullable Instant head;

    /// @param graph the graph that is edited; stays open when this one is closed
    /// @param moment at which time stops, cut down to milliseconds; not in the future
    /// @throws InputException if the graph was not there yet
    public VirtualGraph(Graph graph, Instant moment) {
        this.graph = graph;
        this.moment = moment.truncatedTo(ChronoUnit.MILLIS);
        if (this.moment.isBefore(graph.info().ingested())) {
            throw new InputException("moment " + moment + " is before the graph's beginning", "moment",
                    "the graph was made at " + graph.info().ingested());
        }
    }

    /// The moment at which time stops.
    public Instant moment() {
        return moment;
    }

    @Override
    public GraphInfo info() {
        return graph.info();
    }

    @Override
    public Instant head() throws IOException {
        Instant known = head;
        if (known != null) {
            return known;
        }
        Instant present = graph.head();
        if (!present.isAfter(moment)) {
            return present;
        }
        Operation last = graph.operation(OperationLog.first(graph, moment.plusMillis(1)) - 1);
        known = last == null ? info().ingested() : last.time();
        head = known;
        return known;
    }

    @Override
    public long[] roots(long[] nodes, Instant at, int stopLayer) throws IOException {
        long[] roots = graph.roots(nodes, capped(at), stopLayer);
        // Only those can be later that the graph did not find.
        boolean[] absent = new boolean[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            absent[i] = roots[i] == 0;
        }
        refuseLater(nodes, absent);
        return roots;
    }

    @Override
    public boolean[] isLatest(long[] nodes, Instant at) throws IOException {
        boolean[] latest = graph.isLatest(nodes, capped(at));
        boolean[] absent = new boolean[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            absent[i] = !latest[i];
        }
        refuseLater(nodes, absent);
        return latest;
    }

    @Override
    public @Nullable Instant[] created(long[] nodes) throws IOException {
        @Nullable
        Instant[] created = graph.created(nodes);
        for (int i = 0; i < nodes.length; i++) {
            if (isLater(nodes[i], created[i])) {
                created[i] = null;
            }
        }
        return created;
    }

    @Override
    public @Nullable Instant[] replaced(long[] nodes, Instant at) throws IOException {
        refuseLater(nodes);
        return graph.replaced(nodes, capped(at));
    }

    @Override
    public long[] children(long node) throws IOException {
        refuseLater(node);
        return graph.children(node);
    }

    @Override
    public long[] leaves(long node, @Nullable Box bounds, int stopLayer) throws IOException {
        refuseLater(node);
        return graph.leaves(node, bounds, stopLayer);
    }

    @Override
    public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) throws IOException {
        refuseLater(node);
        return graph.subgraph(node, bounds, internal);
    }

    @Override
    public List<Pair> level2Graph(long node, @Nullable Box bounds) throws IOException {
        refuseLater(node);
        return graph.level2Graph(node, bounds);
    }

    @Override
    public long[] path(long root, long from, long to) throws IOException {
        refuseLater(root, from, to);
        return graph.path(root, from, to);
    }

    @Override
    public long[] minimalCover(long[] nodes, Instant at) throws IOException {
        refuseLater(nodes);
        return graph.minimalCover(nodes, capped(at));
    }

    @Override
    public @Nullable Operation operation(long id) throws IOException {
        Operation operation = graph.operation(id);
        return operation == null || operation.time().isAfter(moment) ? null : operation;
    }

    @Override
    public List<Operation> operations(Instant from, Instant to) throws IOException {
        return from.isAfter(moment) ? List.of() : graph.operations(from, capped(to));
    }

    @Override
    public long madeBy(long root) throws IOException {
        refuseLater(root);
        return graph.madeBy(root);
    }

    @Override
    public long replacedBy(long root, Instant at) throws IOException {
        refuseLater(root);
        return graph.replacedBy(root, capped(at));
    }

    @Override
    public EditResult merge(MergeRequest request) {
        throw new EditRefusedException(Reason.READ_ONLY, READ_ONLY);
    }

    @Override
    public EditResult split(SplitRequest request) {
        throw new EditRefusedException(Reason.READ_ONLY, READ_ONLY);
    }

    @Override
    public SplitPreview preview(SplitRequest request) {
        throw new EditRefusedException(Reason.READ_ONLY, READ_ONLY);
    }

    @Override
    public EditResult undo(String user, long operation) {
        throw new EditRefusedException(Reason.READ_ONLY, READ_ONLY);
    }

    @Override
    public EditResult redo(String user, long operation) {
        throw new EditRefusedException(Reason.READ_ONLY, READ_ONLY);
    }

    @Override
    public long[] supervoxels(List<EditPoint> points, Instant at) throws IOException {
        refuseLater(points.stream().mapToLong(EditPoint::node).toArray());
        return graph.supervoxels(points, capped(at));
    }

    @Override
    public Map<String, Long> figures() {
        return graph.figures();
    }

    /// Does nothing: the graph below belongs to whoever opened it.
    @Override
    public void close() {}

    private Instant capped(Instant at) {
        return at.isAfter(moment) ? moment : at;
    }

    private void refuseLater(long... nodes) throws IOException {
        refuseLater(nodes, graph.created(nodes));
    }

    private void refuseLater(long[] nodes, boolean[] which) throws IOException {
        long[] some = new long[nodes.length];
        int n = 0;
        for (int i = 0; i < nodes.length; i++) {
            if (which[i] && nodes[i] != 0) {
                some[n++] = nodes[i];
            }
        }
        if (n > 0) {
            refuseLater(Arrays.copyOf(some, n));
        }
    }

    private void refuseLater(long[] nodes, @Nullable Instant[] created) {
        for (int i = 0; i < nodes.length; i++) {
            isLater(nodes[i], created[i]);
        }
    }

    /// True for a supervoxel that is later.
    ///
    /// @throws LaterNodeException for a node above that is later
    private boolean isLater(long node, @Nullable Instant created) {
        if (created == null || !created.isAfter(moment)) {
            return false;
        }
        if (NodeIds.layer(node) > 1) {
            throw new LaterNodeException(node, created, moment);
        }
        return true;
    }
}
