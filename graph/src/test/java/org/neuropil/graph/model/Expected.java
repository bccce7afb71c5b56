package org.neuropil.graph.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.Cut;
import org.neuropil.graph.cut.CutJudge;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.space.Int3;

/// The answers to a request that are right; mostly there is one.
///
/// @param refusals kinds of refusals that are right
/// @param nothing true if an answer without an operation is
/// @param change what a new operation may do
/// @param repeat the earlier operation whose answer may be given again
/// @param local of a minimum cut: the edges that it is a cut of
record Expected(Set<Reason> refusals, boolean nothing, Optional<Change> change, Optional<Operation> repeat,
        Optional<List<Edge>> local) {
    /// @param done the last operation that came of each request
    static Expected of(ModelGraph model, Request request, Map<Request, Long> done) {
        Long before = done.get(request);
        if (before == null) {
            return fresh(model, request);
        }
        State state = model.now().state();
        Operation operation = Objects.requireNonNull(model.operation(before));
        List<Long> roots = state.nodes.stream().filter(node -> node.layer == state.ids.layers())
                .map(node -> model.now().id(node)).toList();
        Optional<Boolean> stands = Rules.stands(state, roots, operation);
        if (stands.isPresent() && stands.get()) {
            return new Expected(Set.of(), false, Optional.empty(), Optional.of(operation), Optional.empty());
        }
        Expected fresh = fresh(model, request);
        Set<Reason> refusals = EnumSet.noneOf(Reason.class);
        refusals.addAll(fresh.refusals);
        // Where others have left nothing to do, the first answer is better than a conflict.
        boolean left = refusals.remove(Reason.CONFLICT);
        return stands.isPresent() && !left
                ? fresh
                : new Expected(refusals, fresh.nothing, fresh.change, Optional.of(operation), fresh.local);
    }

    private static Expected fresh(ModelGraph model, Request request) {
        return switch (request) {
            case Request.Merge(MergeRequest merge) -> merge(model, merge);
            case Request.Split(SplitRequest split) -> split(model, split);
            case Request.Again again -> again(model, again);
        };
    }

    private static Expected refused(Set<Reason> reasons) {
        return new Expected(reasons, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Expected changed(State state, Change change, Set<Reason> unchanged, Set<Reason> also) {
        boolean same = state.with(change).isAs(state);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        reasons.addAll(also);
        reasons.addAll(same ? unchanged : Set.of());
        return new Expected(reasons, same, same ? Optional.empty() : Optional.of(change),
                Optional.empty(), Optional.empty());
    }

    /// The supervoxel at a point, 0 if there is none.
    static long supervoxel(ModelGraph model, EditPoint point) {
        State state = model.now().state();
        if (NodeIds.layer(point.node()) == 1) {
            return state.supervoxels.contains(point.node()) ? point.node() : 0;
        }
        ModelNode node = model.node(point.node());
        Int3 voxel = SmallWorld.voxel(model.info(), point);
        long label = model.world.label(voxel.x(), voxel.y(), voxel.z());
        return node != null && node.supervoxels.contains(label) ? label : 0;
    }

    static long[] supervoxels(ModelGraph model, List<EditPoint> points) {
        return points.stream().mapToLong(point -> supervoxel(model, point)).toArray();
    }

    private static Expected merge(ModelGraph model, MergeRequest request) {
        State state = model.now().state();
        long a = supervoxel(model, request.source());
        long b = supervoxel(model, request.sink());
        if (a == 0 || b == 0) {
            return refused(Rules.UNKNOWN);
        }
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        if (a == b) {
            reasons.addAll(Rules.SELF);
        }
        Int3 apart = state.ids.chunk(a).minus(state.ids.chunk(b));
        int most = Math.max(Math.abs(apart.x()), Math.max(Math.abs(apart.y()), Math.abs(apart.z())));
        if (most > request.farthest()) {
            reasons.addAll(Rules.TOO_FAR);
        }
        if (state.root(a) == state.root(b) && !request.withinObject()) {
            reasons.addAll(Rules.SAME_OBJECT);
        }
        if (!reasons.isEmpty()) {
            return refused(reasons);
        }
        Change change = Rules.merge(state, a, b,
                Rules.near(model.info(), List.of(request.source(), request.sink())));
        return changed(state, change, Rules.NO_CHANGE, Set.of());
    }

    private static @Nullable Set<Reason> senseless(ModelGraph model, SplitRequest request) {
        State state = model.now().state();
        SortedSet<Long> sources = Ids.set(supervoxels(model, request.sources()));
        SortedSet<Long> sinks = Ids.set(supervoxels(model, request.sinks()));
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        if (sources.isEmpty() || sinks.isEmpty()
                || (!request.mincut() && request.sources().size() != request.sinks().size())) {
            reasons.addAll(Rules.MISSING_POINTS);
        }
        if (sources.contains(0L) || sinks.contains(0L)) {
            reasons.addAll(Rules.UNKNOWN);
        }
        if (request.mincut() && sources.stream().anyMatch(sinks::contains)) {
            reasons.addAll(Rules.BOTH_SIDES);
        }
        SortedSet<Long> all = Ids.set(sources);
        all.addAll(sinks);
        all.remove(0L);
        if (all.stream().map(state::root).distinct().count() > 1) {
            reasons.addAll(Rules.SEVERAL_OBJECTS);
        }
        return reasons.isEmpty() ? null : reasons;
    }

    private static Expected split(ModelGraph model, SplitRequest request) {
        Set<Reason> senseless = senseless(model, request);
        if (senseless != null) {
            return refused(senseless);
        }
        State state = model.now().state();
        long[] sources = supervoxels(model, request.sources());
        long[] sinks = supervoxels(model, request.sinks());
        if (!request.mincut()) {
            return cutByName(state, sources, sinks);
        }
        List<Edge> local = local(model, request);
        Cut cut;
        try {
            cut = Multicut.cut(CutJudge.graph(local), sources, sinks);
        } catch (CutRefusedException e) {
            return refused(Rules.NO_CUT);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < cut.a().length; i++) {
            pairs.add(new Pair(cut.a()[i], cut.b()[i]));
        }
        Expected expected = changed(state, Change.off(pairs), Rules.NO_CHANGE, Set.of());
        return new Expected(expected.refusals, expected.nothing, expected.change, Optional.empty(),
                Optional.of(local));
    }

    /// The edges near a split's points, or empty if it makes no sense.
    static Optional<List<Edge>> localOf(ModelGraph model, SplitRequest request) {
        return senseless(model, request) == null ? Optional.of(local(model, request)) : Optional.empty();
    }

    private static List<Edge> local(ModelGraph model, SplitRequest request) {
        State state = model.now().state();
        List<EditPoint> points = new ArrayList<>(request.sources());
        points.addAll(request.sinks());
        SortedSet<Long> object = state.root(supervoxel(model, points.getFirst())).supervoxels;
        return Rules.within(state, Rules.region(state, object, Rules.near(model.info(), points)));
    }

    private static Expected cutByName(State state, long[] sources, long[] sinks) {
        List<Pair> pairs = new ArrayList<>();
        Set<Reason> also = EnumSet.noneOf(Reason.class);
        SortedSet<Long> both = Ids.set(sources);
        both.retainAll(Ids.set(sinks));
        also.addAll(both.isEmpty() ? Set.of() : Rules.BOTH_SIDES_BY_NAME);
        for (int i = 0; i < sources.length; i++) {
            Edge edge = state.edges.get(Pair.of(sources[i], sinks[i]));
            if (edge == null) {
                also.addAll(Rules.NO_EDGE);
            } else {
                pairs.add(new Pair(edge.a(), edge.b()));
                also.addAll(edge.affinity() == Float.POSITIVE_INFINITY ? Rules.INFINITE_BY_NAME : Set.of());
            }
        }
        return changed(state, Change.off(pairs), Rules.NO_CHANGE, also);
    }

    private static Expected again(ModelGraph model, Request.Again request) {
        List<Operation> log = model.epochs.stream().flatMap(epoch -> epoch.operation().stream()).toList();
        if (request.operation() < 1 || request.operation() > log.size()) {
            return refused(Rules.NO_OPERATION);
        }
        return changed(model.now().state(), Rules.again(log, request.operation(), request.undo()), Set.of(), Set.of());
    }
}
