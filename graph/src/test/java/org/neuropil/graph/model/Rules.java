package org.neuropil.graph.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// What an edit means for the edges, and what is refused how. All that the contract of [org.neuropil.graph.Graph] leaves
/// open stands here, each with its reason.
final class Rules {
    /// How far around the points an edit looks along each axis, before that grows to whole chunks.
    private static final double NEAR_NM = 960;
    /// Affinity and area of an edge that a merge makes: CAVE's, the smallest normal number, so that a cut takes it first.
    static final float MADE_AFFINITY = Float.MIN_NORMAL;

    /// Nobody knows the id, or what was clicked has no supervoxel there.
    static final Set<Reason> UNKNOWN = Set.of(Reason.INVALID, Reason.NO_SUPERVOXEL);
    /// A supervoxel is to be joined to itself: also what is asked for already.
    static final Set<Reason> SELF = Set.of(Reason.INVALID, Reason.CONFLICT);
    /// Both ends of a merge are in one object: somebody else may have done it.
    static final Set<Reason> SAME_OBJECT = Set.of(Reason.INVALID, Reason.CONFLICT);
    /// The ends of a merge are too many chunks apart.
    static final Set<Reason> TOO_FAR = Set.of(Reason.INVALID);
    /// Points of a split are in several objects: somebody else may have split them.
    static final Set<Reason> SEVERAL_OBJECTS = Set.of(Reason.INVALID, Reason.CONFLICT);
    /// A split has no points on a side, or not as many as on the other.
    static final Set<Reason> MISSING_POINTS = Set.of(Reason.INVALID, Reason.NO_CUT);
    /// A supervoxel is on both sides of a split.
    static final Set<Reason> BOTH_SIDES = Set.of(Reason.INVALID, Reason.NO_CUT);
    /// A supervoxel is a source of one edge and a sink of another, of those to be removed by name.
    static final Set<Reason> BOTH_SIDES_BY_NAME = Set.of(Reason.INVALID, Reason.NO_CUT);
    /// There is no cut, see [org.neuropil.graph.cut.Refusal].
    static final Set<Reason> NO_CUT = Set.of(Reason.NO_CUT);
    /// An edge that should be removed by name does not exist.
    static final Set<Reason> NO_EDGE = Set.of(Reason.INVALID, Reason.NO_CUT, Reason.CONFLICT);
    /// An edge of infinite affinity that should be removed by name may also be refused so; by default it may not.
    static final Set<Reason> INFINITE_BY_NAME = Set.of();
    /// A merge or split would change nothing. It may be refused or answered with no operation.
    static final Set<Reason> NO_CHANGE = Set.of(Reason.INVALID, Reason.NO_CUT, Reason.CONFLICT);
    /// There is no operation of this number.
    static final Set<Reason> NO_OPERATION = Set.of(Reason.INVALID);

    private Rules() {}

    /// Chunks that an edit looks at.
    static Box near(GraphInfo info, Collection<EditPoint> points) {
        return near(info, points, 0);
    }

    /// True if this does not depend on whether the box ends a voxel earlier or later; only such points are drawn.
    static boolean isClear(GraphInfo info, Collection<EditPoint> points) {
        return near(info, points, -2).equals(near(info, points, 2));
    }

    private static Box near(GraphInfo info, Collection<EditPoint> points, int more) {
        List<Int3> voxels = points.stream().map(point -> SmallWorld.voxel(info, point)).toList();
        Int3 low = voxels.stream().reduce(Int3::min).orElseThrow();
        Int3 high = voxels.stream().reduce(Int3::max).orElseThrow().plus(Int3.all(1));
        return info.grid().touching(new Box(low, high).grow(reach(info.voxelSize()).plus(Int3.all(more))));
    }

    private static Int3 reach(VoxelSize size) {
        return new Int3((int) Math.ceil(NEAR_NM / size.x()), (int) Math.ceil(NEAR_NM / size.y()),
                (int) Math.ceil(NEAR_NM / size.z()));
    }

    /// Supervoxels of some objects in the chunks near the points.
    static SortedSet<Long> region(State state, Collection<Long> supervoxels, Box near) {
        return Ids.set(supervoxels.stream().filter(supervoxel -> {
            Int3 chunk = state.ids.chunk(supervoxel);
            return near.contains(chunk.x(), chunk.y(), chunk.z());
        }).toList());
    }

    /// Edges, active or not, with both ends among these: what a split cuts. An edge that a merge once made is one of
    /// them.
    static List<Edge> within(State state, SortedSet<Long> region) {
        return state.edges.values().stream().filter(edge -> region.contains(edge.a()) && region.contains(edge.b()))
                .toList();
    }

    /// A merge: inactive edges near the points between what is connected there with the one supervoxel and what is with
    /// the other. If both are connected there already (in one object, asked for so), the inactive edges within that.
    /// If there is none, one edge is made; that changes nothing if the two have one, which then is active.
    static Change merge(State state, long a, long b, Box near) {
        SortedSet<Long> objects = Ids.set(state.root(a).supervoxels);
        objects.addAll(state.root(b).supervoxels);
        SortedSet<Long> region = region(state, objects, near);
        Map<Long, Long> component = Ids.components(region, state.active);
        long left = Objects.requireNonNull(component.get(a));
        long right = Objects.requireNonNull(component.get(b));
        List<Pair> between = within(state, region).stream().map(edge -> new Pair(edge.a(), edge.b()))
                .filter(pair -> !state.active.contains(pair)).filter(pair -> {
                    long one = Objects.requireNonNull(component.get(pair.a()));
                    long other = Objects.requireNonNull(component.get(pair.b()));
                    return (one == left && other == right) || (one == right && other == left);
                }).toList();
        if (!between.isEmpty()) {
            return Change.on(between);
        }
        Pair pair = Pair.of(a, b);
        return state.edges.containsKey(pair)
                ? Change.on(List.of(pair))
                : Change.made(new Edge(pair.a(), pair.b(), MADE_AFFINITY, 0));
    }

    /// Whether the undo, or the redo, of an operation makes edges active or inactive, and which: those that the merge or
    /// split at the end of the chain changed.
    static Change again(List<Operation> log, long operation, boolean undo) {
        Operation at = log.get((int) operation - 1);
        boolean inverse = undo;
        while (at.kind() == Kind.UNDO || at.kind() == Kind.REDO) {
            inverse ^= at.kind() == Kind.UNDO;
            at = log.get((int) (at.target().orElseThrow() - 1));
        }
        return (at.kind() == Kind.MERGE) == inverse
                ? Change.off(at.kind() == Kind.MERGE ? at.added() : at.removed())
                : Change.on(at.kind() == Kind.MERGE ? at.added() : at.removed());
    }

    /// How surely the result of an operation stands: yes if all its roots are current; no if one of its edges was changed
    /// back; otherwise empty, as edits around it may count or not.
    static Optional<Boolean> stands(State state, Collection<Long> currentRoots, Operation operation) {
        if (!state.active.containsAll(operation.added())
                || operation.removed().stream().anyMatch(state.active::contains)) {
            return Optional.of(false);
        }
        return currentRoots.containsAll(Ids.set(operation.after())) ? Optional.of(true) : Optional.empty();
    }

    /// Affinity of an edge that a merge made: so small that a cut takes it first.
    static boolean isMade(Edge edge) {
        return edge.affinity() >= 0 && edge.affinity() <= MADE_AFFINITY;
    }
}
