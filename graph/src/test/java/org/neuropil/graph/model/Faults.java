package org.neuropil.graph.model;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;

import org.neuropil.graph.Edge;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.CutJudge;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Graphs that edit wrongly, each in one way that an implementation may have; reads that are wrong are [ReadFaults].
enum Faults {
    MERGE_FORGETS_AN_EDGE(world -> new ReferenceGraph(world) {
        @Override
        State after(State before, Change change) {
            return before.with(change.on().size() > 1 && change.off().isEmpty()
                    ? Change.on(change.on().headSet(change.on().last()))
                    : change);
        }
    }), MERGE_TAKES_ALL_EDGES_OF_BOTH_OBJECTS(world -> merging(world, (state, ends) -> {
        return Rules.merge(state, ends.a(), ends.b(), new Box(Int3.ZERO, world.info.grid().shape()));
    })), MERGE_ALWAYS_MAKES_AN_EDGE(world -> merging(world, (state, ends) -> {
        return state.edges.containsKey(ends)
                ? Change.on(List.of(ends))
                : Change.made(new Edge(ends.a(), ends.b(), Rules.MADE_AFFINITY, 0));
    })), MERGE_WITHIN_AN_OBJECT(world -> new ReferenceGraph(world) {
        @Override
        Expected decide(Request request, Map<Request, Long> earlier) {
            return super.decide(request instanceof Request.Merge(MergeRequest merge)
                    ? new Request.Merge(new MergeRequest(merge.user(), merge.source(), merge.sink(), merge.farthest(),
                            true))
                    : request, earlier);
        }
    }), MERGE_FROM_ANY_DISTANCE(world -> new ReferenceGraph(world) {
        @Override
        Expected decide(Request request, Map<Request, Long> earlier) {
            return super.decide(request instanceof Request.Merge(MergeRequest merge)
                    ? new Request.Merge(new MergeRequest(merge.user(), merge.source(), merge.sink(), 99,
                            merge.withinObject()))
                    : request, earlier);
        }
    }), MERGE_IS_REFUSED_WRONGLY(world -> deciding(world, Request.Merge.class, change -> change.made().isPresent()
            ? Optional.empty()
            : Optional.of(change))), SPLIT_KEEPS_EDGES_WITHIN_CHUNKS(
                    world -> deciding(world, Request.Split.class, change -> Optional
                            .of(Change.off(change.off().stream().filter(pair -> world.state.common(pair) > 2)
                                    .toList())))), SPLIT_REMOVES_ONE_MORE(world -> new ReferenceGraph(world) {
                                        @Override
                                        State after(State before, Change change) {
                                            SortedSet<Pair> off = Ids.pairs(change.off());
                                            if (!off.isEmpty()) {
                                                before.active.tailSet(off.first()).stream()
                                                        .filter(pair -> !change.off().contains(pair)).findFirst()
                                                        .ifPresent(off::add);
                                            }
                                            return before.with(new Change(change.on(), off, change.made()));
                                        }
                                    }), SPLIT_SEES_ACTIVE_EDGES_ONLY(world -> splitting(world, (model, split) -> {
                                        State state = model.now().state();
                                        return Expected.localOf(model, split).orElse(List.of()).stream()
                                                .filter(edge -> state.active.contains(new Pair(edge.a(), edge.b())))
                                                .toList();
                                    })), SPLIT_SEES_THE_WHOLE_OBJECT(world -> splitting(world, (model, split) -> {
                                        State state = model.now().state();
                                        long first = Expected.supervoxel(model, split.sources().getFirst());
                                        return Rules.within(state, state.root(first).supervoxels);
                                    })), UNDO_FORGETS_AN_EDGE(world -> deciding(world, Request.Again.class,
                                            change -> Optional.of(change.off().size() > 1
                                                    ? Change.off(change.off().headSet(change.off().last()))
                                                    : change))), UNDO_OF_AN_UNDO_IS_AN_UNDO(
                                                            world -> new ReferenceGraph(world) {
                                                                @Override
                                                                Expected decide(Request request,
                                                                        Map<Request, Long> earlier) {
                                                                    Request other = request;
                                                                    if (request instanceof Request.Again(String user, long operation, boolean undo)) {
                                                                        Operation target = operation(operation);
                                                                        other = target != null
                                                                                && target.kind() == Operation.Kind.UNDO
                                                                                        ? new Request.Again(user,
                                                                                                operation, !undo)
                                                                                        : request;
                                                                    }
                                                                    return super.decide(other, earlier);
                                                                }
                                                            }), UNKNOWN_OPERATIONS_ARE_NOTHING_TO_DO(
                                                                    world -> new ReferenceGraph(world) {
                                                                        @Override
                                                                        Expected decide(Request request,
                                                                                Map<Request, Long> earlier) {
                                                                            Expected right = super.decide(request,
                                                                                    earlier);
                                                                            return request instanceof Request.Again
                                                                                    && right.change().isEmpty()
                                                                                    && right.repeat().isEmpty()
                                                                                            ? new Expected(Set.of(),
                                                                                                    true,
                                                                                                    Optional.empty(),
                                                                                                    Optional.empty(),
                                                                                                    Optional.empty())
                                                                                            : right;
                                                                        }
                                                                    }), REPEATS_ARE_NEW_REQUESTS(
                                                                            world -> new ReferenceGraph(world) {
                                                                                @Override
                                                                                Expected decide(Request request,
                                                                                        Map<Request, Long> earlier) {
                                                                                    return super.decide(request,
                                                                                            Map.of());
                                                                                }
                                                                            }), REPEATS_ARE_ALWAYS_ANSWERED_AS_BEFORE(
                                                                                    world -> new ReferenceGraph(world) {
                                                                                        @Override
                                                                                        Expected decide(Request request,
                                                                                                Map<Request, Long> earlier) {
                                                                                            Long before = earlier
                                                                                                    .get(request);
                                                                                            return before == null
                                                                                                    ? super.decide(
                                                                                                            request,
                                                                                                            earlier)
                                                                                                    : new Expected(
                                                                                                            Set.of(),
                                                                                                            false,
                                                                                                            Optional.empty(),
                                                                                                            Optional.ofNullable(
                                                                                                                    operation(
                                                                                                                            before)),
                                                                                                            Optional.empty());
                                                                                        }
                                                                                    }), REFUSALS_ARE_OF_ONE_KIND(
                                                                                            world -> new ReferenceGraph(
                                                                                                    world) {
                                                                                                @Override
                                                                                                Expected decide(
                                                                                                        Request request,
                                                                                                        Map<Request, Long> earlier) {
                                                                                                    Expected right = super.decide(
                                                                                                            request,
                                                                                                            earlier);
                                                                                                    return new Expected(
                                                                                                            right.refusals()
                                                                                                                    .isEmpty()
                                                                                                                            ? Set.of()
                                                                                                                            : Set.of(
                                                                                                                                    Reason.CONFLICT),
                                                                                                            right.nothing(),
                                                                                                            right.change(),
                                                                                                            right.repeat(),
                                                                                                            right.local());
                                                                                                }
                                                                                            }), IDS_ARE_USED_AGAIN(
                                                                                                    world -> new ReferenceGraph(
                                                                                                            world) {
                                                                                                        @Override
                                                                                                        long fresh(
                                                                                                                ModelNode node) {
                                                                                                            for (Epoch epoch : epochs) {
                                                                                                                Long old = epoch
                                                                                                                        .keys()
                                                                                                                        .get(node
                                                                                                                                .key());
                                                                                                                if (old != null
                                                                                                                        && !now()
                                                                                                                                .nodes()
                                                                                                                                .containsKey(
                                                                                                                                        old)) {
                                                                                                                    return old;
                                                                                                                }
                                                                                                            }
                                                                                                            return super.fresh(
                                                                                                                    node);
                                                                                                        }
                                                                                                    }), ALL_NODES_GET_NEW_IDS(
                                                                                                            world -> new ReferenceGraph(
                                                                                                                    world) {
                                                                                                                @Override
                                                                                                                boolean keeps(
                                                                                                                        ModelNode node,
                                                                                                                        Set<Long> touched) {
                                                                                                                    return node.layer == 1;
                                                                                                                }
                                                                                                            }), NODES_OF_THE_SAME_SUPERVOXELS_KEEP_THEIR_IDS(
                                                                                                                    world -> new ReferenceGraph(
                                                                                                                            world) {
                                                                                                                        @Override
                                                                                                                        boolean keeps(
                                                                                                                                ModelNode node,
                                                                                                                                Set<Long> touched) {
                                                                                                                            return true;
                                                                                                                        }
                                                                                                                    }), NUMBERS_BEGIN_WITH_THOSE_OF_INGEST(
                                                                                                                            world -> new ReferenceGraph(
                                                                                                                                    world) {
                                                                                                                                private final Set<Long> given = new HashSet<>();

                                                                                                                                @Override
                                                                                                                                long fresh(
                                                                                                                                        ModelNode node) {
                                                                                                                                    long id = node.chunk
                                                                                                                                            + 1;
                                                                                                                                    while (lives
                                                                                                                                            .containsKey(
                                                                                                                                                    id)
                                                                                                                                            || !given
                                                                                                                                                    .add(id)) {
                                                                                                                                        id++;
                                                                                                                                    }
                                                                                                                                    return id;
                                                                                                                                }
                                                                                                                            }), A_NODE_IN_EVERY_LAYER(
                                                                                                                                    world -> new ReferenceGraph(
                                                                                                                                            world) {
                                                                                                                                        @Override
                                                                                                                                        State after(
                                                                                                                                                State before,
                                                                                                                                                Change change) {
                                                                                                                                            State right = before
                                                                                                                                                    .with(change);
                                                                                                                                            return new State(
                                                                                                                                                    right.ids,
                                                                                                                                                    right.supervoxels,
                                                                                                                                                    right.edges,
                                                                                                                                                    right.active,
                                                                                                                                                    false);
                                                                                                                                        }
                                                                                                                                    }), NODES_IN_THE_FIRST_CHUNK(
                                                                                                                                            world -> new ReferenceGraph(
                                                                                                                                                    world) {
                                                                                                                                                private long last = 1L << 40;

                                                                                                                                                @Override
                                                                                                                                                long fresh(
                                                                                                                                                        ModelNode node) {
                                                                                                                                                    return node.layer == 2
                                                                                                                                                            ? world.state.ids
                                                                                                                                                                    .id(2, Int3.ZERO,
                                                                                                                                                                            0)
                                                                                                                                                                    + last++ % (1L << 20)
                                                                                                                                                            : super.fresh(
                                                                                                                                                                    node);
                                                                                                                                                }
                                                                                                                                            }), TWO_OPERATIONS_IN_A_MILLISECOND(
                                                                                                                                                    world -> new ReferenceGraph(
                                                                                                                                                            world) {
                                                                                                                                                        @Override
                                                                                                                                                        Instant time() {
                                                                                                                                                            return epochs
                                                                                                                                                                    .size()
                                                                                                                                                                    % 4 == 0
                                                                                                                                                                            ? head()
                                                                                                                                                                            : super.time();
                                                                                                                                                        }
                                                                                                                                                    }), OPERATIONS_AT_MOMENTS_THAT_WERE_READ(
                                                                                                                                                            world -> new ReferenceGraph(
                                                                                                                                                                    world) {
                                                                                                                                                                @Override
                                                                                                                                                                Instant time() {
                                                                                                                                                                    return head()
                                                                                                                                                                            .plusMillis(
                                                                                                                                                                                    1);
                                                                                                                                                                }
                                                                                                                                                            });

    /// Makes the graph.
    final Function<SmallWorld, Graph> graph;

    Faults(Function<SmallWorld, Graph> graph) {
        this.graph = graph;
    }

    private interface Merging {
        Change of(State state, Pair ends);
    }

    private interface Splitting {
        List<Edge> local(ModelGraph model, SplitRequest request);
    }

    private static Expected changed(Change change, State state) {
        return state.with(change).isAs(state)
                ? new Expected(Set.of(), true, Optional.empty(), Optional.empty(), Optional.empty())
                : new Expected(Set.of(), false, Optional.of(change), Optional.empty(), Optional.empty());
    }

    /// Changes what an edit of a kind does; with nothing, it is refused.
    private static Graph deciding(SmallWorld world, Class<? extends Request> kind,
            Function<Change, Optional<Change>> wrong) {
        return new ReferenceGraph(world) {
            @Override
            Expected decide(Request request, Map<Request, Long> earlier) {
                Expected right = super.decide(request, earlier);
                if (!kind.isInstance(request) || right.change().isEmpty()) {
                    return right;
                }
                return wrong.apply(right.change().orElseThrow()).map(change -> changed(change, now().state()))
                        .orElseGet(() -> new Expected(Set.of(Reason.INVALID), false, Optional.empty(),
                                Optional.empty(), Optional.empty()));
            }
        };
    }

    private static Graph merging(SmallWorld world, Merging wrong) {
        return new ReferenceGraph(world) {
            @Override
            Expected decide(Request request, Map<Request, Long> earlier) {
                Expected right = super.decide(request, earlier);
                return right.change().isPresent() && request instanceof Request.Merge(MergeRequest merge)
                        ? changed(wrong.of(now().state(), Pair.of(Expected.supervoxel(this, merge.source()),
                                Expected.supervoxel(this, merge.sink()))), now().state())
                        : right;
            }
        };
    }

    private static Graph splitting(SmallWorld world, Splitting wrong) {
        return new ReferenceGraph(world) {
            @Override
            Expected decide(Request request, Map<Request, Long> earlier) {
                Expected right = super.decide(request, earlier);
                if (right.change().isEmpty() || !(request instanceof Request.Split(SplitRequest split))
                        || !split.mincut()) {
                    return right;
                }
                try {
                    var cut = Multicut.cut(CutJudge.graph(wrong.local(this, split)),
                            Expected.supervoxels(this, split.sources()), Expected.supervoxels(this, split.sinks()));
                    SortedSet<Pair> pairs = Ids.pairs(List.of());
                    for (int i = 0; i < cut.a().length; i++) {
                        pairs.add(new Pair(cut.a()[i], cut.b()[i]));
                    }
                    return changed(Change.off(pairs), now().state());
                } catch (CutRefusedException e) {
                    return new Expected(Set.of(Reason.NO_CUT), false, Optional.empty(), Optional.empty(),
                            Optional.empty());
                }
            }
        };
    }
}
