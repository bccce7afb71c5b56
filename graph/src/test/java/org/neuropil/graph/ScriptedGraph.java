package org.neuropil.graph;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// A graph of one chunk, held as plainly as can be: the map from supervoxels to roots after each operation. Its edits are
/// exact lists of edges. Time passes a second with each operation, or as [#wait] says.
public final class ScriptedGraph implements Graph {
    public static final Instant BEGIN = Instant.parse("2025-01-13T10:00:00Z");
    private static final NodeIds IDS = new NodeIds(2, 1);

    private final List<Operation> log = new ArrayList<>();
    /// State after operation `i`; the first is that of ingest.
    private final List<Map<Long, Long>> states = new ArrayList<>();
    private final Map<Long, TreeSet<Long>> members = new TreeMap<>();
    private final Map<Long, Integer> born = new HashMap<>();
    private final Map<Long, Integer> died = new HashMap<>();
    /// The whole of each part.
    private final Map<Long, Long> wholes = new HashMap<>();
    private final Set<Pair> active = new HashSet<>();
    private final Set<Pair> known = new HashSet<>();
    private long supervoxels;
    private Instant clock = BEGIN;
    /// Edits that are made before one fails with an IOException.
    private int left = Integer.MAX_VALUE;

    /// @param supervoxels numbered from 1
    /// @param edges pairs of numbers that ingest joined
    public ScriptedGraph(int supervoxels, int[]... edges) {
        this.supervoxels = supervoxels;
        for (int[] edge : edges) {
            active.add(Pair.of(sv(edge[0]), sv(edge[1])));
        }
        known.addAll(active);
        Set<Long> all = new TreeSet<>();
        for (int i = 1; i <= supervoxels; i++) {
            all.add(sv(i));
        }
        all.forEach(one -> born.put(one, 0));
        states.add(state(Map.of(), all, 0));
    }

    public static long sv(long number) {
        return IDS.id(1, Int3.ZERO, number);
    }

    public ScriptedGraph wait(int seconds) {
        clock = clock.plusSeconds(seconds);
        return this;
    }

    public void failAfter(int edits) {
        left = edits;
    }

    public List<Operation> log() {
        return log;
    }

    /// Root of each supervoxel after some operations.
    public Map<Long, Long> state(int operations) {
        return states.get(operations);
    }

    /// Supervoxels of a root.
    public Set<Long> members(long root) {
        return Objects.requireNonNull(members.get(root));
    }

    public Set<Pair> active() {
        return active;
    }

    private Map<Long, Long> state(Map<Long, Long> before, Collection<Long> supervoxels, int operation) {
        Map<Long, Long> after = new TreeMap<>();
        for (long one : supervoxels) {
            if (after.containsKey(one)) {
                continue;
            }
            TreeSet<Long> component = new TreeSet<>(Set.of(one));
            for (int size = 0; size < component.size();) {
                size = component.size();
                for (Pair edge : active) {
                    if (component.contains(edge.a()) || component.contains(edge.b())) {
                        component.add(edge.a());
                        component.add(edge.b());
                    }
                }
            }
            Long same = before.get(one);
            long root = same != null && component.equals(members.get(same))
                    ? same
                    : IDS.id(2, Int3.ZERO, members.size() + 1);
            if (!members.containsKey(root)) {
                members.put(root, component);
                born.put(root, operation);
            }
            component.forEach(member -> after.put(member, root));
        }
        return after;
    }

    private EditResult edit(Kind kind, String user, List<EditPoint> sources, List<EditPoint> sinks,
            Collection<Pair> added,
            Collection<Pair> removed, Optional<Long> target, List<SupervoxelSplit> cuts) throws IOException {
        if (left-- <= 0) {
            throw new IOException("the power went off");
        }
        Set<Long> there = new TreeSet<>(states.getLast().keySet());
        cuts.forEach(cut -> there.addAll(LongStream.of(cut.parts()).boxed().toList()));
        // Ends that were cut meanwhile are gone.
        List<Pair> more = added.stream().filter(edge -> !active.contains(edge)
                && there.contains(edge.a()) && there.contains(edge.b())).toList();
        List<Pair> less = removed.stream().filter(active::contains).toList();
        Map<Long, Long> before = states.getLast();
        active.addAll(more);
        active.removeAll(less);
        int operation = log.size() + 1;
        for (SupervoxelSplit cut : cuts) {
            there.remove(cut.whole());
            died.put(cut.whole(), operation);
            for (long part : cut.parts()) {
                wholes.put(part, cut.whole());
                born.put(part, operation);
            }
        }
        Map<Long, Long> after = state(before, there, operation);
        if (after.equals(before)) {
            active.removeAll(more);
            active.addAll(less);
            return new EditResult(Optional.empty(), head(), new long[0], new long[0], new long[0]);
        }
        Set<Long> old = new TreeSet<>(before.values());
        old.removeAll(after.values());
        Set<Long> made = new TreeSet<>(after.values());
        made.removeAll(before.values());
        old.forEach(root -> died.put(root, operation));
        clock = clock.plusSeconds(1);
        List<Pair> unheard = more.stream().filter(known::add).toList();
        log.add(new Operation(operation, kind, user, clock, sources, sinks, ids(sources), ids(sinks), array(old),
                array(made), more, less, unheard, target, cuts));
        states.add(after);
        return new EditResult(Optional.of((long) operation), clock, array(old), array(made), array(made));
    }

    private static long[] ids(List<EditPoint> points) {
        return points.stream().mapToLong(EditPoint::node).toArray();
    }

    private static long[] array(Collection<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    private static EditPoint point(long number) {
        return new EditPoint(sv(number), number * 8, number * 8 + 7, number * 40 + 39);
    }

    public EditResult merge(String user, int a, int b) throws IOException {
        return merge(MergeRequest.of(user, point(a), point(b)));
    }

    public EditResult split(String user, int a, int b) throws IOException {
        return split(SplitRequest.of(user, List.of(point(a)), List.of(point(b))));
    }

    /// Cuts a supervoxel in two. Its edges go to the first part, but for those that lead to larger numbers.
    public EditResult cut(String user, int number) throws IOException {
        long whole = sv(number);
        if (!states.getLast().containsKey(whole)) {
            throw new EditRefusedException(Reason.INVALID, "There is none.");
        }
        long[] parts = {sv(supervoxels + 1), sv(supervoxels + 2)};
        supervoxels += 2;
        List<Pair> removed = new ArrayList<>();
        List<Pair> added = new ArrayList<>();
        for (Pair edge : active) {
            if (edge.a() == whole || edge.b() == whole) {
                long far = edge.a() == whole ? edge.b() : edge.a();
                removed.add(edge);
                added.add(Pair.of(far, far > whole ? parts[1] : parts[0]));
            }
        }
        return edit(Kind.SPLIT, user, List.of(point(number)), List.of(point(number)), added, removed, Optional.empty(),
                List.of(new SupervoxelSplit(whole, parts)));
    }

    @Override
    public EditResult merge(MergeRequest request) throws IOException {
        List<EditPoint> source = List.of(request.source());
        List<EditPoint> sink = List.of(request.sink());
        return edit(Kind.MERGE, request.user(), source, sink, pairs(source, sink), List.of(), Optional.empty(),
                List.of());
    }

    @Override
    public EditResult split(SplitRequest request) throws IOException {
        return edit(Kind.SPLIT, request.user(), request.sources(), request.sinks(), List.of(),
                pairs(request.sources(), request.sinks()), Optional.empty(), List.of());
    }

    private List<Pair> pairs(List<EditPoint> sources, List<EditPoint> sinks) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (!states.getLast().keySet().containsAll(List.of(sources.get(i).node(), sinks.get(i).node()))) {
                throw new EditRefusedException(Reason.INVALID, "There is no such supervoxel.");
            }
            pairs.add(Pair.of(sources.get(i).node(), sinks.get(i).node()));
        }
        return pairs;
    }

    @Override
    public SplitPreview preview(SplitRequest request) {
        return new SplitPreview(List.of(), Optional.empty());
    }

    @Override
    public EditResult undo(String user, long operation) throws IOException {
        Operation one = existing(operation);
        return edit(Kind.UNDO, user, List.of(), List.of(), one.removed(), one.added(), Optional.of(operation),
                List.of());
    }

    @Override
    public EditResult redo(String user, long operation) throws IOException {
        Operation one = existing(operation);
        return edit(Kind.REDO, user, List.of(), List.of(), one.added(), one.removed(), Optional.of(operation),
                List.of());
    }

    private Operation existing(long id) {
        Operation operation = operation(id);
        if (operation == null || !operation.supervoxelSplits().isEmpty()) {
            throw new EditRefusedException(Reason.INVALID, "Operation " + id + " cannot be taken back.");
        }
        return operation;
    }

    /// How many operations a moment has seen.
    public int seen(Instant at) {
        return (int) log.stream().filter(operation -> !operation.time().isAfter(at)).count();
    }

    private Instant time(int operation) {
        return operation == 0 ? BEGIN : log.get(operation - 1).time();
    }

    @Override
    public GraphInfo info() {
        return new GraphInfo(Box.ofSize(64, 64, 64), new Int3(64, 64, 64), new VoxelSize(4, 4, 40), 2, 1, 4, BEGIN,
                states.getFirst().size(), 0);
    }

    @Override
    public Instant head() {
        return time(log.size());
    }

    @Override
    public long[] roots(long[] nodes, Instant at, int stopLayer) {
        return LongStream.of(nodes).map(node -> root(node, at, stopLayer)).toArray();
    }

    private long root(long node, Instant at, int stopLayer) {
        int seen = seen(at);
        Integer birth = born.get(node);
        if (NodeIds.layer(node) >= stopLayer) {
            return birth != null && birth <= seen && !at.isBefore(BEGIN) ? node : 0;
        }
        long whole = node;
        while (birth != null && birth > seen) {
            whole = wholes.getOrDefault(whole, 0L);
            birth = born.get(whole);
        }
        if (birth == null || at.isBefore(BEGIN)) {
            return 0;
        }
        Integer death = died.get(whole);
        int last = death != null && death <= seen ? death - 1 : seen;
        return states.get(last).getOrDefault(whole, 0L);
    }

    @Override
    public boolean[] isLatest(long[] nodes, Instant at) {
        @Nullable
        Instant[] created = created(nodes);
        @Nullable
        Instant[] replaced = replaced(nodes, at);
        boolean[] latest = new boolean[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            Instant birth = created[i];
            latest[i] = birth != null && !birth.isAfter(at) && replaced[i] == null;
        }
        return latest;
    }

    @Override
    public @Nullable Instant[] created(long[] nodes) {
        return Arrays.stream(nodes).mapToObj(node -> born.containsKey(node) ? time(born.get(node)) : null)
                .toArray(Instant[]::new);
    }

    @Override
    public @Nullable Instant[] replaced(long[] nodes, Instant at) {
        return Arrays.stream(nodes).mapToObj(node -> {
            int death = died.getOrDefault(node, Integer.MAX_VALUE);
            return death <= seen(at) ? time(death) : null;
        }).toArray(Instant[]::new);
    }

    @Override
    public long[] children(long node) {
        return array(members.getOrDefault(node, new TreeSet<>()));
    }

    @Override
    public long[] leaves(long node, @Nullable Box bounds, int stopLayer) {
        return NodeIds.layer(node) <= stopLayer ? new long[]{node} : children(node);
    }

    @Override
    public List<Edge> subgraph(long node, @Nullable Box bounds, boolean internal) {
        return List.of();
    }

    /// In one chunk, layer-2 nodes are roots: there are no edges between them.
    @Override
    public List<Pair> level2Graph(long node, @Nullable Box bounds) {
        return List.of();
    }

    @Override
    public long[] path(long root, long from, long to) {
        return root == from && from == to && members.containsKey(from) ? new long[]{from} : new long[0];
    }

    @Override
    public long[] minimalCover(long[] nodes, Instant at) {
        return nodes.clone();
    }

    @Override
    public @Nullable Operation operation(long id) {
        return id >= 1 && id <= log.size() ? log.get((int) id - 1) : null;
    }

    @Override
    public List<Operation> operations(Instant from, Instant to) {
        return log.stream().filter(one -> !one.time().isBefore(from) && !one.time().isAfter(to)).toList();
    }

    @Override
    public long madeBy(long root) {
        return born.getOrDefault(root, 0);
    }

    @Override
    public long replacedBy(long root, Instant at) {
        int death = died.getOrDefault(root, 0);
        return death <= seen(at) ? death : 0;
    }

    @Override
    public long[] supervoxels(List<EditPoint> points, Instant at) {
        return ids(points);
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of();
    }

    @Override
    public void close() {}
}
