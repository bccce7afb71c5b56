package org.neuropil.graph.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.CutJudge;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.graph.cut.Preview;

/// A graph that is the model, with ids that it gives itself: what the harness must accept, and what faults are put into
/// to see whether it notices.
class ReferenceGraph extends ModelGraph implements Graph {
    private final Map<Long, Long> nextNumber = new HashMap<>();
    private final Map<Request, Long> done = new HashMap<>();
    private Instant seen = Instant.MIN;

    ReferenceGraph(SmallWorld world) {
        super(world);
    }

    @Override
    int epochAt(Instant at) {
        if (!at.equals(NOW) && at.isAfter(seen)) {
            seen = at;
        }
        return super.epochAt(at);
    }

    @Override
    public EditResult merge(MergeRequest request) {
        return edit(new Request.Merge(request), Kind.MERGE, request.user(), List.of(request.source()),
                List.of(request.sink()), Optional.empty());
    }

    @Override
    public EditResult split(SplitRequest request) {
        return edit(new Request.Split(request), Kind.SPLIT, request.user(), request.sources(), request.sinks(),
                Optional.empty());
    }

    @Override
    public EditResult undo(String user, long operation) {
        return edit(new Request.Again(user, operation, true), Kind.UNDO, user, List.of(), List.of(),
                Optional.of(operation));
    }

    @Override
    public EditResult redo(String user, long operation) {
        return edit(new Request.Again(user, operation, false), Kind.REDO, user, List.of(), List.of(),
                Optional.of(operation));
    }

    /// What is to be done about a request.
    Expected decide(Request request, Map<Request, Long> earlier) {
        return Expected.of(this, request, earlier);
    }

    private EditResult edit(Request request, Kind kind, String user, List<EditPoint> sources, List<EditPoint> sinks,
            Optional<Long> target) {
        Expected decided = decide(request, done);
        if (decided.repeat().isPresent()) {
            return result(decided.repeat().orElseThrow());
        }
        if (decided.change().isEmpty()) {
            if (decided.nothing()) {
                return new EditResult(Optional.empty(), head(), new long[0], new long[0], new long[0]);
            }
            Reason reason = decided.refusals().iterator().next();
            throw new EditRefusedException(reason, "It is not possible.");
        }
        State before = now().state();
        Change change = decided.change().orElseThrow();
        State after = after(before, change);
        Map<ModelNode, Long> ids = name(before, after);
        Set<Long> old = roots(before, now().ids());
        Set<Long> roots = roots(after, ids);
        Set<Long> kept = new HashSet<>(old);
        kept.retainAll(roots);
        old.removeAll(kept);
        roots.removeAll(kept);
        long id = epochs.size();
        Operation operation = new Operation(id, kind, user, time(), sources, sinks,
                Expected.supervoxels(this, sources), Expected.supervoxels(this, sinks), Ids.array(old),
                Ids.array(roots), List.copyOf(after.activeSince(before)), List.copyOf(before.activeSince(after)),
                change.made().stream().map(edge -> new Pair(edge.a(), edge.b())).toList(), target, List.of());
        add(operation.time(), Optional.of(operation), after, ids);
        done.put(request, id);
        return result(operation);
    }

    State after(State before, Change change) {
        return before.with(change);
    }

    /// Time of the next operation: after the last, and after what readers have seen.
    Instant time() {
        Instant last = seen.isAfter(head()) ? seen : head();
        return Instant.ofEpochMilli(last.toEpochMilli() + 1 + epochs.size() % 3);
    }

    private static Set<Long> roots(State state, Map<ModelNode, Long> ids) {
        Set<Long> roots = new HashSet<>();
        state.nodes.stream().filter(node -> node.parent == null).forEach(node -> roots.add(
                Objects.requireNonNull(ids.get(node))));
        return roots;
    }

    private EditResult result(Operation operation) {
        Epoch epoch = epochs.get((int) operation.id());
        Epoch last = epochs.get((int) operation.id() - 1);
        List<Long> level2 = epoch.state().nodes.stream().filter(node -> node.layer == 2).map(epoch::id)
                .filter(id -> !last.nodes().containsKey(id)).toList();
        return new EditResult(Optional.of(operation.id()), operation.time(), operation.before(), operation.after(),
                Ids.array(level2));
    }

    /// Names the nodes of a new state: as before where nothing has changed, else anew.
    private Map<ModelNode, Long> name(State before, State after) {
        SortedSet<Pair> changed = after.activeSince(before);
        changed.addAll(before.activeSince(after));
        Set<Long> touched = new HashSet<>();
        changed.forEach(pair -> touched.addAll(List.of(pair.a(), pair.b())));
        Map<ModelNode, Long> ids = new IdentityHashMap<>();
        for (ModelNode node : after.nodes) {
            Long old = now().keys().get(node.key());
            ids.put(node, old != null && keeps(node, touched) ? old : fresh(node));
        }
        return ids;
    }

    /// True if no edge at the node has changed.
    boolean keeps(ModelNode node, Set<Long> touched) {
        return node.layer == 1 || node.supervoxels.stream().noneMatch(touched::contains);
    }

    /// An id that nobody had.
    long fresh(ModelNode node) {
        Long known = nextNumber.get(node.chunk);
        long number = known == null
                ? BaseIds.firstFree(world.state, epochs.getFirst().ids(), world.info.anchorBits(), node.chunk)
                : known;
        nextNumber.put(node.chunk, number + 1);
        return node.chunk + number;
    }

    @Override
    public SplitPreview preview(SplitRequest request) {
        @Nullable
        List<Edge> local = Expected.localOf(this, request).orElse(null);
        if (local == null) {
            throw new EditRefusedException(Reason.INVALID, "It makes no sense.");
        }
        try {
            Preview preview = Multicut.preview(CutJudge.graph(local), Expected.supervoxels(this, request.sources()),
                    Expected.supervoxels(this, request.sinks()));
            return new SplitPreview(preview.components(), preview.refusal().map(refusal -> refusal.message()));
        } catch (CutRefusedException e) {
            throw new EditRefusedException(Reason.NO_CUT, "There is no cut.", e);
        }
    }

    @Override
    public long[] supervoxels(List<EditPoint> points, Instant at) {
        return Expected.supervoxels(this, points);
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of();
    }

    @Override
    public void close() {}
}
