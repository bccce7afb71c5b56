package org.neuropil.graph.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitRequest;

/// Draws what users ask for: mostly what makes sense, some of what does not.
final class Requests {
    private static final List<String> USERS = List.of("1", "2", "7");
    private static final int TRIES = 30;

    private final Random random;
    private final ModelGraph model;
    private final boolean clicksNodes;
    private final List<Request> earlier = new ArrayList<>();

    /// @param clicksNodes true if points may name nodes above supervoxels, so that voxels have to be looked up
    Requests(Random random, ModelGraph model, boolean clicksNodes) {
        this.random = random;
        this.model = model;
        this.clicksNodes = clicksNodes;
    }

    Request next() {
        int kind = random.nextInt(100);
        Request request;
        if (kind < 8 && !earlier.isEmpty()) {
            // A client that repeats what it asked for, mostly at once.
            int back = random.nextBoolean() ? 1 : 1 + random.nextInt(earlier.size());
            request = earlier.get(earlier.size() - back);
        } else if (kind < 42) {
            request = new Request.Merge(merge());
        } else if (kind < 72) {
            request = new Request.Split(split());
        } else {
            int operations = model.epochs.size() - 1;
            int operation = random.nextInt(12) == 0
                    ? random.nextInt(operations + 4)
                    : operations - random.nextInt(Math.max(1, random.nextBoolean() ? 3 : operations));
            request = new Request.Again(user(), operation, random.nextInt(3) > 0);
        }
        earlier.add(request);
        return request;
    }

    private String user() {
        return USERS.get(random.nextInt(USERS.size()));
    }

    private State state() {
        return model.now().state();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private long anySupervoxel() {
        return any(List.copyOf(state().supervoxels));
    }

    /// An edge, or if there is none that fits, two supervoxels.
    private Pair anyEdge(Predicate<Pair> fits) {
        List<Pair> edges = state().edges.keySet().stream().filter(fits).toList();
        return edges.isEmpty() ? new Pair(anySupervoxel(), anySupervoxel()) : any(edges);
    }

    private boolean isJoined(Pair pair) {
        return state().root(pair.a()) == state().root(pair.b());
    }

    /// An active edge that can be cut.
    private boolean isWeak(Pair pair) {
        Edge edge = state().edges.get(pair);
        return edge != null && edge.affinity() < Float.POSITIVE_INFINITY && state().active.contains(pair);
    }

    private MergeRequest merge() {
        int kind = random.nextInt(20);
        boolean withinObject = kind < 3;
        Pair ends;
        if (kind < 13) {
            ends = anyEdge(pair -> !state().active.contains(pair) && isJoined(pair) == withinObject);
        } else if (withinObject) {
            List<Long> object = List.copyOf(state().root(anySupervoxel()).supervoxels);
            ends = new Pair(any(object), any(object));
        } else {
            ends = apart();
        }
        if (random.nextBoolean()) {
            ends = new Pair(ends.b(), ends.a());
        }
        List<EditPoint> points = points(List.of(ends.a(), ends.b()));
        int farthest = random.nextInt(10) == 0 ? random.nextInt(5) : MergeRequest.DEFAULT_FARTHEST;
        return new MergeRequest(user(), points.getFirst(), points.getLast(), farthest, withinObject);
    }

    /// Two supervoxels, if possible of two objects that do not touch.
    private Pair apart() {
        Pair ends = new Pair(anySupervoxel(), anySupervoxel());
        for (int i = 0; i < TRIES && (isJoined(ends) || state().edges.containsKey(Pair.of(ends.a(), ends.b()))); i++) {
            ends = new Pair(anySupervoxel(), anySupervoxel());
        }
        return ends;
    }

    private SplitRequest split() {
        int kind = random.nextInt(20);
        if (kind < 4) {
            return byName();
        }
        List<Long> sources = new ArrayList<>();
        List<Long> sinks = new ArrayList<>();
        Pair ends = anyEdge(kind < 12 ? this::isWeak : this::isJoined);
        List<Long> object = new ArrayList<>(state().root(ends.a()).supervoxels);
        Collections.shuffle(object, random);
        if (kind < 17) {
            sources.add(ends.a());
            sinks.add(ends.b());
        }
        int more = random.nextInt(4);
        for (int i = 0; i < Math.min(more, object.size()); i++) {
            long supervoxel = object.get(i);
            if (!sources.contains(supervoxel) && !sinks.contains(supervoxel)) {
                (random.nextBoolean() ? sources : sinks).add(supervoxel);
            }
        }
        if (random.nextInt(15) == 0) {
            // Of another object, or on both sides.
            sources.add(random.nextBoolean() ? anySupervoxel() : ends.b());
        }
        return split(sources, sinks, true);
    }

    /// Edges that are to be removed just so.
    private SplitRequest byName() {
        Pair first = anyEdge(state().active::contains);
        List<Long> sources = new ArrayList<>(List.of(first.a()));
        List<Long> sinks = new ArrayList<>(List.of(first.b()));
        for (int more = random.nextInt(3); more > 0; more--) {
            Pair next = anyEdge(pair -> state().root(pair.a()) == state().root(first.a()) && isJoined(pair));
            if (!sinks.contains(next.a()) && !sources.contains(next.b()) || random.nextInt(10) == 0) {
                sources.add(next.a());
                sinks.add(next.b());
            }
        }
        return split(sources, sinks, false);
    }

    private SplitRequest split(List<Long> sources, List<Long> sinks, boolean mincut) {
        List<Long> all = new ArrayList<>(sources);
        all.addAll(sinks);
        List<EditPoint> points = all.isEmpty() ? List.of() : points(all);
        return new SplitRequest(user(), points.subList(0, sources.size()), points.subList(sources.size(), all.size()),
                mincut);
    }

    /// Points in supervoxels, such that it is clear which chunks are near them.
    private List<EditPoint> points(List<Long> supervoxels) {
        List<EditPoint> points = List.of();
        for (int i = 0; i < TRIES && (points.isEmpty() || !Rules.isClear(model.info(), points)); i++) {
            points = supervoxels.stream().map(supervoxel -> model.world.point(random, clicked(supervoxel), supervoxel))
                    .toList();
        }
        if (random.nextInt(40) == 0) {
            // What nobody knows.
            List<EditPoint> wrong = new ArrayList<>(points);
            EditPoint first = wrong.getFirst();
            long unknown = random.nextBoolean() ? 0 : first.node() | 0xffff;
            wrong.set(0, new EditPoint(unknown, first.x(), first.y(), first.z()));
            return wrong;
        }
        return points;
    }

    /// What of a supervoxel was clicked: itself or a node that it belongs to, also a former one.
    private long clicked(long supervoxel) {
        if (!clicksNodes || random.nextInt(5) > 0) {
            return supervoxel;
        }
        ModelGraph.Epoch epoch = any(model.epochs);
        return epoch.id(epoch.state().up(supervoxel, 2 + random.nextInt(state().ids.layers() - 1)));
    }
}
