package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Holds the answers of a graph to reads against the model's.
final class ReadChecks {
    private final Graph graph;
    private final ModelGraph model;
    private final Random random;
    private final int layers;

    ReadChecks(Graph graph, ModelGraph model, Random random) {
        this.graph = graph;
        this.model = model;
        this.random = random;
        layers = model.info().layers();
    }

    /// Reads of a moment, of these nodes and of ids that nobody knows.
    void moment(Instant at, List<Long> some) throws IOException {
        List<Long> asked = new ArrayList<>(some);
        asked.addAll(unknown());
        Collections.shuffle(asked, random);
        long[] nodes = asked.stream().mapToLong(id -> id).toArray();
        for (int stop = 1; stop <= layers; stop++) {
            same(graph.roots(nodes, at, stop), model.roots(nodes, at, stop), nodes, "roots at " + at + " from " + stop);
        }
        assertThat(graph.isLatest(nodes, at)).as(() -> "isLatest of " + text(nodes) + " at " + at)
                .isEqualTo(model.isLatest(nodes, at));
        assertThat(graph.replaced(nodes, at)).as(() -> "replaced of " + text(nodes) + " at " + at)
                .isEqualTo(model.replaced(nodes, at));
        for (long node : nodes) {
            if (NodeIds.layer(node) == layers) {
                assertThat(graph.replacedBy(node, at)).as(() -> "replacedBy of " + text(node) + " at " + at)
                        .isEqualTo(model.replacedBy(node, at));
            }
        }
        cover(at, asked);
    }

    private List<Long> unknown() {
        NodeIds ids = model.world.state.ids;
        List<Long> unknown = new ArrayList<>(List.of(0L));
        for (int layer = 1; layer <= layers; layer++) {
            long chunk = ids.chunkAt(model.world.state.supervoxels.first(), layer);
            unknown.add(chunk);
            unknown.add(chunk + (1L << ids.numberBits(layer) - 1) - 1);
        }
        unknown.add(200L << 56 | 1);
        return unknown;
    }

    private void cover(Instant at, List<Long> asked) throws IOException {
        boolean[] latest = model.isLatest(asked.stream().mapToLong(id -> id).toArray(), at);
        List<Long> some = new ArrayList<>();
        for (int i = 0; i < latest.length; i++) {
            if (latest[i] && random.nextInt(3) == 0) {
                some.add(asked.get(i));
            }
        }
        if (random.nextBoolean() && !some.isEmpty()) {
            some.addAll(Ids.set(model.leaves(some.getFirst(), null, 1 + random.nextInt(layers))));
        }
        long[] nodes = some.stream().mapToLong(id -> id).toArray();
        long[] cover = graph.minimalCover(nodes, at);
        Supplier<String> what = () -> "minimalCover of " + text(nodes) + " at " + at;
        assertThat(cover).as(what).isEqualTo(Ids.array(Ids.set(cover)));
        assertThat(cover.length).as(what).isEqualTo(model.minimalCover(nodes, at).length);
        assertThat(model.isLatest(cover, at)).as(what).doesNotContain(false);
        assertThat(below(cover)).as(what).isEqualTo(below(nodes));
    }

    private SortedSet<Long> below(long[] nodes) {
        SortedSet<Long> below = Ids.set();
        for (long node : nodes) {
            below.addAll(Ids.set(model.leaves(node, null, 1)));
        }
        return below;
    }

    /// Reads that need no moment, of these nodes.
    void nodes(List<Long> some) throws IOException {
        List<Long> asked = new ArrayList<>(some);
        asked.addAll(unknown());
        long[] nodes = asked.stream().mapToLong(id -> id).toArray();
        assertThat(graph.created(nodes)).as(() -> "created of " + text(nodes)).isEqualTo(model.created(nodes));
        for (long node : nodes) {
            same(graph.children(node), model.children(node), new long[]{node}, "children");
            for (Box bounds : new @Nullable Box[]{null, box()}) {
                leaves(node, bounds);
                if (NodeIds.layer(node) >= 2) {
                    subgraph(node, bounds);
                    assertThat(graph.level2Graph(node, bounds))
                            .as(() -> "level2Graph of " + text(node) + " in " + bounds)
                            .isEqualTo(model.level2Graph(node, bounds));
                }
            }
            if (NodeIds.layer(node) == layers) {
                assertThat(graph.madeBy(node)).as(() -> "madeBy of " + text(node)).isEqualTo(model.madeBy(node));
            }
        }
        for (long root : asked.stream().filter(node -> NodeIds.layer(node) == layers).toList()) {
            long[] below = model.leaves(root, null, 2);
            if (below.length > 0) {
                path(root, below[random.nextInt(below.length)], below[random.nextInt(below.length)]);
                path(root, below[0], asked.get(random.nextInt(asked.size())));
            }
        }
        List<Long> level2 = asked.stream().filter(node -> NodeIds.layer(node) == 2).toList();
        for (long from : level2) {
            path(from, level2.get(random.nextInt(level2.size())));
            long[] others = model.leaves(model.roots(new long[]{from}, Graph.NOW, layers)[0], null, 2);
            if (others.length > 0) {
                path(from, others[random.nextInt(others.length)]);
            }
        }
    }

    private @Nullable Box box() {
        Box all = model.info().bounds().grow(Int3.all(2));
        Int3 size = all.size();
        Int3 min = all.min().plus(
                new Int3(random.nextInt(size.x()), random.nextInt(size.y()), random.nextInt(size.z())));
        return Box.of(min, new Int3(1 + random.nextInt(size.x()), 1 + random.nextInt(size.y()),
                1 + random.nextInt(size.z())));
    }

    private void leaves(long node, @Nullable Box bounds) throws IOException {
        for (int stop = 1; stop <= layers; stop++) {
            // Whether a node that is its own leaf must touch the bounds is left open.
            if (bounds == null || stop < NodeIds.layer(node)) {
                same(graph.leaves(node, bounds, stop), model.leaves(node, bounds, stop), new long[]{node},
                        "leaves in " + bounds + " down to " + stop);
            }
        }
    }

    private void subgraph(long node, @Nullable Box bounds) throws IOException {
        for (boolean internal : new boolean[]{true, false}) {
            assertThat(comparable(node, bounds, internal, graph.subgraph(node, bounds, internal)))
                    .as(() -> "subgraph of " + text(node) + " in " + bounds + ", internal " + internal)
                    .isEqualTo(comparable(node, bounds, internal, model.subgraph(node, bounds, internal)));
        }
    }

    /// Leaves out what is left open: edges made after the node, and edges within the node of which one end is near.
    /// The affinity of a made edge is as good as none.
    private List<Edge> comparable(long node, @Nullable Box bounds, boolean internal, List<Edge> edges) {
        SortedSet<Pair> then = Ids.pairs(model.subgraph(node, null, false).stream()
                .map(edge -> new Pair(edge.a(), edge.b())).toList());
        ModelNode known = model.node(node);
        return edges.stream().filter(edge -> {
            Pair pair = new Pair(edge.a(), edge.b());
            boolean later = model.now().state().edges.containsKey(pair) && !then.contains(pair)
                    && !model.world.state.edges.containsKey(pair);
            boolean leaves = !internal && known != null && known.supervoxels.contains(edge.a())
                    && known.supervoxels.contains(edge.b())
                    && model.touches(edge.a(), bounds) != model.touches(edge.b(), bounds);
            return !later && !leaves;
        }).map(edge -> model.world.state.edges.containsKey(new Pair(edge.a(), edge.b())) || !Rules.isMade(edge)
                ? edge
                : new Edge(edge.a(), edge.b(), 0, 0)).toList();
    }

    private void path(long from, long to) throws IOException {
        long[] roots = model.roots(new long[]{from, to}, Graph.NOW, layers);
        path(graph.path(from, to), roots[0] == roots[1] ? roots[0] : 0, from, to);
    }

    private void path(long root, long from, long to) throws IOException {
        path(graph.path(root, from, to), root, from, to);
    }

    private void path(long[] path, long root, long from, long to) {
        Supplier<String> what = () -> "path from " + text(from) + " to " + text(to) + " in " + text(root);
        long[] shortest = model.path(root, from, to);
        assertThat(path.length).as(what).isEqualTo(shortest.length);
        if (path.length > 0) {
            assertThat(path[0]).as(what).isEqualTo(from);
            assertThat(path[path.length - 1]).as(what).isEqualTo(to);
            List<Pair> steps = model.level2Graph(root, null);
            for (int i = 1; i < path.length; i++) {
                assertThat(steps).as(what).contains(Pair.of(path[i - 1], path[i]));
            }
        }
    }

    /// The log.
    void operations(List<Instant> moments) throws IOException {
        assertThat(graph.head()).as("head").isEqualTo(model.head());
        int last = model.epochs.size() - 1;
        assertThat(graph.operation(0)).as("operation 0").isNull();
        assertThat(graph.operation(last + 1)).as("operation after the last").isNull();
        for (int id = 1; id <= last; id++) {
            assertThat(text(Objects.requireNonNull(graph.operation(id)))).as("operation %s", id)
                    .isEqualTo(text(Objects.requireNonNull(model.operation(id))));
        }
        for (int i = 0; i < 6; i++) {
            Instant from = moments.get(random.nextInt(moments.size()));
            Instant to = moments.get(random.nextInt(moments.size()));
            assertThat(graph.operations(from, to).stream().map(Operation::id)).as("operations of %s to %s", from, to)
                    .isEqualTo(model.operations(from, to).stream().map(Operation::id).toList());
        }
    }

    /// Where points are, in supervoxels.
    void points(List<EditPoint> points) throws IOException {
        assertThat(graph.supervoxels(points)).as("supervoxels of %s", points)
                .isEqualTo(Expected.supervoxels(model, points));
    }

    private static void same(long[] found, long[] expected, long[] of, String what) {
        if (!Arrays.equals(found, expected)) {
            assertThat(text(found)).as("%s of %s", what, text(of)).isEqualTo(text(expected));
        }
    }

    static String text(long... ids) {
        return Arrays.toString(Arrays.stream(ids).mapToObj(Long::toHexString).toArray());
    }

    /// All that an operation says; edges in the order of their ends.
    static String text(Operation operation) {
        return String.join("; ", "id " + operation.id(), "kind " + operation.kind(), "user " + operation.user(),
                "time " + operation.time(), "sources " + operation.sources(), "sinks " + operation.sinks(),
                text(operation.sourceSupervoxels()), text(operation.sinkSupervoxels()),
                "before " + text(operation.before()), "after " + text(operation.after()),
                "added " + text(operation.added()), "removed " + text(operation.removed()),
                "made " + text(operation.made()), "target " + operation.target(),
                "cut " + operation.supervoxelSplits().size());
    }

    private static String text(List<Pair> pairs) {
        return pairs.stream().sorted(Ids.PAIRS).map(pair -> text(pair.a(), pair.b())).toList().toString();
    }
}
