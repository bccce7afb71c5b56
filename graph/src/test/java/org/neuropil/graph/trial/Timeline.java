package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;

/// Everything that a graph's log says, held against a replay of it: after each operation the roots are what active edges
/// join, and the operation did what its kind does, no more and no less. Knows then the root of every supervoxel after
/// every operation.
final class Timeline {
    private static final int SAMPLE = 60;

    final Replay replay;
    private final Links links;
    private final int layers;
    /// Roots of each supervoxel. Of an hour's edits there are tens of millions.
    private final List<Roots> roots = new ArrayList<>();
    /// Operations since which and until before which a root is current.
    private final Map<Long, int[]> spans = new HashMap<>();
    /// Places of the supervoxels of current roots.
    private final Map<Long, int[]> members = new HashMap<>();

    /// The roots that a supervoxel has had, in arrays.
    private static final class Roots {
        /// Operations since which it has had them, ascending.
        private int[] since = new int[1];
        private long[] ids = new long[1];
        private int count;

        void add(int operation, long root) {
            if (count == since.length) {
                since = Arrays.copyOf(since, 1 + count * 3 / 2);
                ids = Arrays.copyOf(ids, since.length);
            }
            since[count] = operation;
            ids[count++] = root;
        }

        long at(int operation) {
            int found = Arrays.binarySearch(since, 0, count, operation);
            return ids[found < 0 ? -found - 2 : found];
        }
    }

    /// @param graph that this world was ingested to
    Timeline(Links links, Graph graph) throws IOException {
        this.links = links;
        this.replay = new Replay(links);
        this.layers = links.ids().layers();
        long[] first = graph.roots(links.supervoxels(), graph.info().ingested(), layers);
        for (int place = 0; place < first.length; place++) {
            roots.add(new Roots());
            roots.get(place).add(0, first[place]);
        }
        for (long root : new HashSet<>(Arrays.stream(first).boxed().toList())) {
            spans.put(root, new int[]{0, Integer.MAX_VALUE});
        }
        int[] component = replay.components(replay.state(0), layers);
        Map<Long, List<Integer>> groups = new HashMap<>();
        for (int place = 0; place < first.length; place++) {
            groups.computeIfAbsent(first[place], any -> new ArrayList<>()).add(place);
        }
        groups.forEach((root, places) -> members.put(root, array(places)));
        assertSame(component, place -> first[place]);
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }

    private interface Rooted {
        long root(int place);
    }

    private static void assertSame(int[] component, Rooted rooted) {
        Map<Integer, Long> of = new HashMap<>();
        for (int place = 0; place < component.length; place++) {
            Long known = of.putIfAbsent(component[place], rooted.root(place));
            assertThat(known == null ? rooted.root(place) : known).as("root of what place %s is joined to", place)
                    .isEqualTo(rooted.root(place)).isNotZero();
        }
        assertThat(new HashSet<>(of.values())).as("roots of different objects").hasSameSizeAs(of.values());
    }

    /// How many operations there are.
    int size() {
        return replay.size();
    }

    /// The root of a supervoxel after an operation.
    long root(int place, int operation) {
        return roots.get(place).at(operation);
    }

    /// True if a root is part of the state after an operation.
    boolean isLatest(long root, int operation) {
        int[] span = spans.get(root);
        return span != null && span[0] <= operation && operation < span[1];
    }

    /// Takes over what the log has more than when it was last looked at, and checks it.
    void read(Graph graph) throws IOException {
        follow(graph);
        Instant last = size() == 0 ? graph.info().ingested() : replay.time(size());
        assertThat(graph.head()).as("the present is that of the last operation").isEqualTo(last);
        List<Operation> all = graph.operations(Instant.EPOCH, Instant.MAX);
        assertThat(all).as("operations in the log").hasSize(size());
        for (int i = 0; i < all.size(); i++) {
            assertThat(text(all.get(i))).as("operation %s", i + 1).isEqualTo(text(replay.log.get(i)));
        }
    }

    /// Takes over what the log has more, without a look at the rest.
    void follow(Graph graph) throws IOException {
        for (Operation next = graph.operation(size() + 1); next != null; next = graph.operation(size() + 1)) {
            add(graph, next);
        }
    }

    private void add(Graph graph, Operation operation) throws IOException {
        int id = size() + 1;
        String what = text(operation);
        assertThat(operation.id()).as("number of %s", what).isEqualTo(id);
        if (id > 1) {
            assertThat(operation.time()).as("time of %s", what).isAfter(replay.time(id - 1));
        }
        assertThat(operation.supervoxelSplits()).as("supervoxels that are cut, of which the replay knows nothing")
                .isEmpty();
        BitSet old = replay.state(id - 1);
        replay.apply(operation);
        BitSet state = replay.state(id);
        TreeSet<Integer> touched = new TreeSet<>();
        for (long root : operation.before()) {
            assertThat(isLatest(root, id - 1)).as("root %s before %s is current", Long.toUnsignedString(root), what)
                    .isTrue();
            Arrays.stream(Objects.requireNonNull(members.remove(root))).forEach(touched::add);
            Objects.requireNonNull(spans.get(root))[1] = id;
        }
        int[] places = array(List.copyOf(touched));
        long[] now = graph.roots(Arrays.stream(places).mapToLong(place -> links.supervoxels()[place]).toArray(),
                operation.time(), layers);
        Map<Long, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < places.length; i++) {
            groups.computeIfAbsent(now[i], any -> new ArrayList<>()).add(places[i]);
            roots.get(places[i]).add(id, now[i]);
        }
        assertThat(groups.keySet().stream().mapToLong(root -> root).toArray()).as("roots after %s", what)
                .isEqualTo(operation.after());
        groups.forEach((root, group) -> {
            assertThat(spans.put(root, new int[]{id, Integer.MAX_VALUE})).as("root %s is new", root).isNull();
            members.put(root, array(group));
        });
        assertSame(replay.components(state, layers), place -> root(place, id));
        effect(operation, old, state, what);
    }

    private void effect(Operation operation, BitSet old, BitSet state, String what) {
        int id = (int) operation.id();
        switch (operation.kind()) {
            case MERGE, SPLIT -> {
                int source = links.place(operation.sourceSupervoxels()[0]);
                int sink = links.place(operation.sinkSupervoxels()[0]);
                TreeSet<Long> before = new TreeSet<>(List.of(root(source, id - 1), root(sink, id - 1)));
                assertThat(before).as("roots of the points before %s", what).hasSize(
                        operation.kind() == Kind.MERGE ? 2 : 1);
                assertThat(operation.before()).as("roots before %s", what)
                        .isEqualTo(before.stream().mapToLong(root -> root).toArray());
                if (operation.kind() == Kind.MERGE || links.isSmall()) {
                    assertThat(root(source, id) == root(sink, id)).as("the points are joined after %s", what)
                            .isEqualTo(operation.kind() == Kind.MERGE);
                }
                BitSet lost = (BitSet) old.clone();
                lost.andNot(state);
                BitSet won = (BitSet) state.clone();
                won.andNot(old);
                assertThat(operation.kind() == Kind.MERGE ? lost : won).as("edges that %s does not change", what)
                        .isEqualTo(new BitSet());
            }
            case UNDO, REDO -> assertThat(state).as("edges after %s", what)
                    .isEqualTo(replay.reversed(old, operation.kind(), operation.target().orElseThrow()));
        }
    }

    /// Holds all nodes of all layers after an operation against what active edges join there.
    void checkNodes(Graph graph, int operation) throws IOException {
        Instant at = operation == size()
                ? Graph.NOW
                : operation == 0 ? graph.info().ingested() : replay.time(operation);
        BitSet active = replay.state(operation);
        int[][] component = new int[layers + 1][];
        boolean[][] node = new boolean[layers + 1][];
        for (int layer = 2; layer <= layers; layer++) {
            component[layer] = replay.components(active, layer);
            node[layer] = replay.nodes(active, layer, component[layer]);
        }
        Map<List<Integer>, Long> ids = new HashMap<>();
        Map<Long, List<Long>> leaves = new TreeMap<>();
        Set<Long> seen = new HashSet<>();
        for (int stop = 2; stop <= layers; stop++) {
            long[] found = graph.roots(links.supervoxels(), at, stop);
            boolean[] latest = graph.isLatest(found, at);
            for (int place = 0; place < found.length; place++) {
                int layer = stop;
                while (!node[layer][component[layer][place]]) {
                    layer++;
                }
                Long known = ids.putIfAbsent(List.of(layer, component[layer][place]), found[place]);
                assertThat(found[place]).as("the node of one component of layer %s", layer)
                        .isEqualTo(known == null ? found[place] : known);
                assertThat(NodeIds.layer(found[place])).as("layer of a node").isEqualTo(layer);
                assertThat(latest[place]).as("a node of the state is part of it").isTrue();
                assertThat(known != null || seen.add(found[place])).as("nodes of different components differ")
                        .isTrue();
                if (layer == stop) {
                    leaves.computeIfAbsent(found[place], any -> new ArrayList<>()).add(links.supervoxels()[place]);
                }
            }
        }
        int step = 1 + leaves.size() / SAMPLE;
        int i = operation % step;
        for (Map.Entry<Long, List<Long>> entry : leaves.entrySet()) {
            if (i++ % step == 0) {
                assertThat(graph.leaves(entry.getKey(), null, 1)).as("leaves of %s", entry.getKey())
                        .isEqualTo(entry.getValue().stream().mapToLong(id -> id).toArray());
            }
        }
    }

    /// An operation in one line.
    static String text(@Nullable Operation o) {
        if (o == null) {
            return "no operation";
        }
        return o.id() + " " + o.kind() + " " + o.user() + " " + o.time() + " "
                + o.sources().stream().map(EditPoint::toString).toList()
                + o.sinks().stream().map(EditPoint::toString).toList() + Arrays.toString(o.sourceSupervoxels())
                + Arrays.toString(o.sinkSupervoxels()) + Arrays.toString(o.before()) + Arrays.toString(o.after())
                + o.added() + o.removed() + o.made() + o.target() + o.supervoxelSplits().size();
    }
}
