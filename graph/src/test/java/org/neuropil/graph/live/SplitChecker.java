package org.neuropil.graph.live;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.neuropil.graph.Edge;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.graph.voxels.EdgeRouting;
import org.neuropil.volume.Block;

/// Follows a graph whose supervoxels are cut, by brute force over voxels and edges: what each operation did is taken from
/// the log, what follows from it is computed from nothing and held against the graph.
final class SplitChecker {
    private final SplitWorld world;
    private final NodeIds ids;
    private final Random random = new Random(5);
    private long[] labels;
    private Set<Long> supervoxels;
    private final Set<Long> ever;
    private Map<Pair, Edge> edges;
    private Set<Pair> active;
    private final List<Moment> moments = new ArrayList<>();
    private long last;

    /// The root of each supervoxel since some time.
    private record Moment(Instant since, Map<Long, Long> roots) {
        Set<Long> of(long root) {
            Set<Long> own = new TreeSet<>();
            roots.forEach((supervoxel, its) -> {
                if (its == root) {
                    own.add(supervoxel);
                }
            });
            return own;
        }
    }

    SplitChecker(SplitWorld world, LiveGraph graph) throws IOException {
        this.world = world;
        ids = world.ids();
        labels = world.labels.data().clone();
        supervoxels = world.supervoxels();
        ever = new HashSet<>(supervoxels);
        edges = new HashMap<>(world.edges);
        active = closed(world.active);
        check(graph);
    }

    /// Holds everything against what has to follow from the operations in the log, of which one may be new.
    void check(LiveGraph graph) throws IOException {
        Operation operation = graph.operation(last + 1);
        if (operation != null) {
            last++;
            assertThat(graph.operation(last + 1)).as("a second operation").isNull();
            voxels(graph, operation);
            edges(graph, operation);
        } else {
            assertThat(labels(graph)).as("labels without an operation").isEqualTo(labels);
        }
        Map<Long, Long> roots = hierarchy(graph);
        if (operation != null) {
            roots(operation, moments.getLast().roots, roots);
            parts(graph, operation);
        }
        if (moments.isEmpty() || operation != null) {
            moments.add(new Moment(graph.head(), roots));
        }
        assertThat(roots).as("nothing but operations changes roots").isEqualTo(moments.getLast().roots);
        assertThat(graph.head()).isEqualTo(moments.getLast().since);
        past(graph);
    }

    Set<Long> supervoxels() {
        return supervoxels;
    }

    Map<Pair, Edge> edges() {
        return edges;
    }

    long root(long supervoxel) {
        return Objects.requireNonNull(moments.getLast().roots.get(supervoxel));
    }

    /// The supervoxel at a voxel now.
    long at(int x, int y, int z) {
        return labels[world.labels.box().index(x, y, z)];
    }

    long[] labels() {
        return labels;
    }

    private long[] labels(LiveGraph graph) throws IOException {
        Block.Longs now = Objects.requireNonNull(graph.supervoxelVolume()).read(world.labels.box());
        return now.data();
    }

    /// Every voxel of a supervoxel that was cut is in one of its parts, all others are as before.
    private void voxels(LiveGraph graph, Operation operation) throws IOException {
        Map<Long, Set<Long>> unused = new HashMap<>();
        Map<Long, Set<Long>> parts = new HashMap<>();
        for (SupervoxelSplit split : operation.supervoxelSplits()) {
            assertThat(supervoxels).as("whole").contains(split.whole());
            assertThat(split.parts().length).as("number of parts").isGreaterThan(1);
            assertThat(split.parts()).as("parts").isSorted().doesNotHaveDuplicates();
            Set<Long> own = new HashSet<>();
            for (long part : split.parts()) {
                assertThat(ids.chunkId(part)).as("chunk of a part").isEqualTo(ids.chunkId(split.whole()));
                assertThat(ever.add(part)).as("new id").isTrue();
                own.add(part);
            }
            assertThat(parts.put(split.whole(), own)).as("cut once").isNull();
            unused.put(split.whole(), new HashSet<>(own));
            supervoxels.remove(split.whole());
            supervoxels.addAll(own);
        }
        long[] now = labels(graph);
        for (int i = 0; i < now.length; i++) {
            Set<Long> own = parts.get(labels[i]);
            if (own == null) {
                assertThat(now[i]).as("label of a voxel that is not cut").isEqualTo(labels[i]);
            } else {
                assertThat(own).as("label of a voxel that is cut").contains(now[i]);
                Objects.requireNonNull(unused.get(labels[i])).remove(now[i]);
            }
        }
        assertThat(unused.values()).as("parts without voxels").allMatch(Set::isEmpty);
        labels = now;
    }

    private void edges(LiveGraph graph, Operation operation) throws IOException {
        Map<Long, Long> wholes = new HashMap<>();
        for (SupervoxelSplit split : operation.supervoxelSplits()) {
            Arrays.stream(split.parts()).forEach(part -> wholes.put(part, split.whole()));
        }
        Map<Pair, Edge> now = allEdges(graph);
        Map<Pair, Long> faces = SplitWorld.faces(world.labels.box(), labels);
        Set<Pair> on = new HashSet<>();
        Map<Pair, List<Edge>> fresh = new HashMap<>();
        for (Map.Entry<Pair, Edge> entry : now.entrySet()) {
            Pair pair = entry.getKey();
            Edge edge = entry.getValue();
            Edge before = edges.get(pair);
            boolean was;
            if (before != null) {
                was = active.contains(pair);
                if (!before.equals(edge)) {
                    assertThat(before.affinity()).as("affinity of what is joined no more").isInfinite();
                    assertThat(edge.affinity()).isEqualTo(EdgeRouting.PARTED);
                    assertThat(operation.supervoxelSplits().isEmpty() && operation.removed().isEmpty()).isFalse();
                }
            } else if (wholes.containsKey(pair.a()) || wholes.containsKey(pair.b())) {
                long a = wholes.getOrDefault(pair.a(), pair.a());
                long b = wholes.getOrDefault(pair.b(), pair.b());
                if (a == b) {
                    was = true;
                    assertThat(edge.affinity()).as("affinity between parts").isEqualTo(EdgeRouting.PARTED);
                    assertThat(edge.area()).as("area between parts").isEqualTo(faces.getOrDefault(pair, 0L));
                } else {
                    assertThat(edges).as("edge of the wholes").containsKey(Pair.of(a, b));
                    was = active.contains(Pair.of(a, b));
                    fresh.computeIfAbsent(Pair.of(a, b), any -> new ArrayList<>()).add(edge);
                }
            } else {
                assertThat(operation.kind()).as("kind of what makes an edge").isEqualTo(Kind.MERGE);
                assertThat(operation.made()).containsExactly(pair);
                was = false;
            }
            boolean is = was;
            if (operation.removed().contains(pair)) {
                assertThat(was).as("removed edge %s was active", pair).isTrue();
                is = false;
            }
            if (operation.added().contains(pair)) {
                assertThat(was).as("added edge %s was active", pair).isFalse();
                is = true;
            }
            if (is) {
                on.add(pair);
            }
        }
        assertThat(now.keySet()).as("edges that changed").containsAll(operation.removed())
                .containsAll(operation.added()).containsAll(operation.made());
        edges.forEach((pair, edge) -> {
            boolean gone = !supervoxels.contains(pair.a()) || !supervoxels.contains(pair.b());
            assertThat(now.containsKey(pair)).as("edge %s is there", pair).isEqualTo(!gone);
            if (gone) {
                routed(pair, edge, fresh.getOrDefault(pair, List.of()), faces, wholes);
            }
        });
        edges = now;
        active = closed(on);
        assertThat(active).as("active edges within chunks").isEqualTo(on);
    }

    /// What stands in the place of an edge of a supervoxel that was cut.
    private void routed(Pair old, Edge edge, List<Edge> fresh, Map<Pair, Long> faces, Map<Long, Long> wholes) {
        assertThat(fresh).as("edges in place of %s", old).isNotEmpty();
        assertThat(fresh.stream().mapToLong(Edge::area).sum()).as("area").isEqualTo(edge.area());
        Set<Pair> touching = new HashSet<>();
        faces.keySet().forEach(pair -> {
            if (Pair.of(wholes.getOrDefault(pair.a(), pair.a()), wholes.getOrDefault(pair.b(), pair.b())).equals(old)) {
                touching.add(pair);
            }
        });
        Set<Pair> found = new HashSet<>();
        for (Edge one : fresh) {
            found.add(new Pair(one.a(), one.b()));
            assertThat(one.affinity() == edge.affinity()
                    || (Float.isInfinite(edge.affinity()) && one.affinity() == EdgeRouting.PARTED))
                    .as("affinity %s in place of %s", one.affinity(), edge.affinity()).isTrue();
        }
        if (touching.isEmpty()) {
            assertThat(found).hasSize(1);
        } else {
            assertThat(found).as("edges where parts touch").isEqualTo(touching);
        }
    }

    private Map<Pair, Edge> allEdges(LiveGraph graph) throws IOException {
        Map<Pair, Edge> all = new HashMap<>();
        Set<Long> roots = new TreeSet<>();
        long[] some = array(supervoxels);
        for (long root : graph.roots(some, Graph.NOW, ids.layers())) {
            roots.add(root);
        }
        for (long root : roots) {
            Set<Pair> once = new HashSet<>();
            for (Edge edge : graph.subgraph(root, null, false)) {
                Pair pair = new Pair(edge.a(), edge.b());
                assertThat(once.add(pair)).as("edge %s once", pair).isTrue();
                Edge before = all.put(pair, edge);
                assertThat(before == null || before.equals(edge)).as("edge %s from both ends", pair).isTrue();
            }
        }
        all.keySet().forEach(pair -> assertThat(supervoxels).as("ends of %s", pair).contains(pair.a(), pair.b()));
        return all;
    }

    /// With all edges within chunks whose ends others join.
    private Set<Pair> closed(Collection<Pair> on) {
        Map<Long, Long> level2 = NodesCheck.components(supervoxels,
                on.stream().filter(pair -> ids.commonLayer(pair.a(), pair.b()) == 2)
                        .toList());
        Set<Pair> closed = new HashSet<>(on);
        for (Pair pair : edges.keySet()) {
            if (ids.commonLayer(pair.a(), pair.b()) == 2
                    && Objects.equals(level2.get(pair.a()), level2.get(pair.b()))) {
                closed.add(pair);
            }
        }
        return closed;
    }

    /// @return the root of each supervoxel
    private Map<Long, Long> hierarchy(LiveGraph graph) throws IOException {
        Map<Long, Long> roots = new NodesCheck(ids, supervoxels, active).check(graph);
        long[] some = array(supervoxels);
        assertThat(graph.isLatest(some, Graph.NOW)).as("current supervoxels").doesNotContain(false);
        Set<Long> cut = new HashSet<>(ever);
        cut.removeAll(supervoxels);
        assertThat(graph.isLatest(array(cut), Graph.NOW)).as("supervoxels that were cut").doesNotContain(true);
        return roots;
    }

    private static void roots(Operation operation, Map<Long, Long> before, Map<Long, Long> now) {
        Set<Long> old = new TreeSet<>();
        Set<Long> made = new TreeSet<>();
        Arrays.stream(operation.before()).forEach(old::add);
        Arrays.stream(operation.after()).forEach(made::add);
        Set<Long> gone = new TreeSet<>(before.values());
        gone.removeAll(now.values());
        Set<Long> come = new TreeSet<>(now.values());
        come.removeAll(before.values());
        assertThat(gone).as("roots that were replaced").isEqualTo(old);
        assertThat(come).as("roots that are new").isEqualTo(made);
        now.forEach((supervoxel, root) -> {
            Long was = before.get(supervoxel);
            if (was != null && !old.contains(was)) {
                assertThat(root).as("root of what was not edited").isEqualTo(was);
            }
        });
    }

    private void parts(LiveGraph graph, Operation operation) throws IOException {
        Instant before = operation.time().minusMillis(1);
        Map<Long, Long> roots = moments.getLast().roots;
        for (long one : operation.sourceSupervoxels()) {
            assertThat(supervoxels).as("supervoxel of a point").contains(one);
        }
        for (SupervoxelSplit split : operation.supervoxelSplits()) {
            long root = Objects.requireNonNull(roots.get(split.whole()));
            for (long part : split.parts()) {
                assertThat(graph.root(part, before)).as("root of a part before").isEqualTo(root);
                assertThat(graph.created(new long[]{part})[0]).as("created").isEqualTo(operation.time());
                assertThat(graph.replaced(new long[]{part}, Graph.NOW)[0]).as("replaced").isNull();
                assertThat(graph.isLatest(new long[]{part}, before)[0]).as("part before").isFalse();
            }
            assertThat(graph.root(split.whole(), Graph.NOW)).as("root of the whole").isEqualTo(root);
            assertThat(graph.replaced(new long[]{split.whole()}, Graph.NOW)[0]).as("whole replaced")
                    .isEqualTo(operation.time());
            assertThat(graph.replaced(new long[]{split.whole()}, before)[0]).as("whole replaced before").isNull();
            assertThat(graph.isLatest(new long[]{split.whole()}, before)[0]).as("whole before").isTrue();
        }
        if (operation.kind() == Kind.SPLIT && !operation.supervoxelSplits().isEmpty()) {
            for (long source : operation.sourceSupervoxels()) {
                for (long sink : operation.sinkSupervoxels()) {
                    long[] level2 = graph.roots(new long[]{source, sink}, Graph.NOW, 2);
                    assertThat(level2[0]).as("layer-2 nodes of a source and a sink").isNotEqualTo(level2[1]);
                }
            }
        }
    }

    /// The past is as it was.
    private void past(LiveGraph graph) throws IOException {
        for (int i = 0; i < 2; i++) {
            int m = random.nextInt(moments.size());
            Moment moment = moments.get(m);
            long[] some = array(moment.roots.keySet());
            Instant at = m + 1 == moments.size() ? moment.since : moments.get(m + 1).since.minusMillis(1);
            long[] then = graph.roots(some, at, ids.layers());
            assertThat(then).as("roots of the past")
                    .isEqualTo(moment.roots.values().stream().mapToLong(r -> r).toArray());
            long root = then[random.nextInt(then.length)];
            assertThat(graph.leaves(root, null, 1)).as("leaves of the past").isEqualTo(array(moment.of(root)));
        }
    }

    static long[] array(Collection<Long> some) {
        return some.stream().mapToLong(id -> id).sorted().toArray();
    }
}
