package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Edge;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.CutJudge;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.graph.cut.Preview;

/// Asks a graph for random edits, tells the model what came of each, and holds all reads at all moments against the
/// model's.
///
/// Which ids new nodes have is the graph's choice; the model takes them over from the present state after each edit,
/// provided they are new, in the right chunk and layer, and given to what has changed only. From then on all answers are
/// known, id for id.
final class Agreement implements AutoCloseable {
    /// Goes on with another graph over the same store.
    @FunctionalInterface
    interface Again {
        Graph of(Graph graph) throws IOException;
    }

    /// Nodes that are asked for at each moment. A database that is asked before each read, whether there is something new,
    /// takes a millisecond for each.
    private static final int SAMPLE = Integer.getInteger("neuropil.model.sample", 40);

    private final ModelGraph model;
    private final Random random;
    private final boolean clicksNodes;
    private final Requests requests;
    private final Again again;
    private final Map<Request, Long> done = new HashMap<>();
    private final Map<Long, EditResult> results = new HashMap<>();
    /// What was asked and answered, for those who look for a mistake.
    private final List<String> story = new ArrayList<>();
    /// The latest moment that was read.
    private Instant seen = Instant.MIN;
    /// True once supervoxels were cut.
    private boolean ended;
    private Graph graph;
    private ReadChecks reads;
    private final NewIds newIds;

    /// @param clicksNodes true if the graph knows where supervoxels are, so that it may cut them too
    /// @param again asked for now and then
    Agreement(SmallWorld world, Graph graph, Random random, boolean clicksNodes, Again again) {
        this.graph = graph;
        this.random = random;
        this.clicksNodes = clicksNodes;
        this.again = again;
        model = new ModelGraph(world);
        requests = new Requests(random, model, clicksNodes);
        reads = new ReadChecks(graph, model, random);
        newIds = new NewIds(model);
    }

    /// Checks a graph that nobody has edited, makes edits, and checks everything after each and at the end.
    ///
    /// @return how many operations came of it
    int run(int edits) throws IOException {
        try {
            assertThat(graph.info()).isEqualTo(model.info());
            newIds.learn(graph, model.world.state, Set.of());
            checkAll();
            for (int i = 0; i < edits && !ended; i++) {
                step();
                if (!ended && random.nextInt(6) == 0) {
                    goOn();
                }
            }
            if (ended) {
                checkPast();
            } else {
                checkAll();
            }
            return model.epochs.size() - 1;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\nafter\n" + String.join("\n", story), e);
        }
    }

    /// True once supervoxels were cut, or parted where a chunk's border cuts a basin: that is the last edit.
    boolean hasCut() {
        return ended;
    }

    /// What a closed graph has read, another cannot know.
    private void goOn() throws IOException {
        Graph next = again.of(graph);
        if (!next.equals(graph)) {
            story.add("another graph over the same store");
            graph = next;
            reads = new ReadChecks(graph, model, random);
            seen = Instant.MIN;
            checkSome();
        }
    }

    @Override
    public void close() throws IOException {
        graph.close();
    }

    private void step() throws IOException {
        Request request = requests.next();
        story.add(request.toString());
        if (request instanceof Request.Split(SplitRequest split) && split.mincut()) {
            preview(split);
        }
        Expected expected = Expected.of(model, request, done);
        EditResult result;
        try {
            result = request.askOf(graph);
        } catch (EditRefusedException e) {
            story.add("  " + e.reason() + ": " + e.getMessage());
            assertThat(expected.refusals()).as("refusals that are right: %s", e.getMessage()).contains(e.reason());
            assertThat(graph.head()).as("head after a refusal").isEqualTo(model.head());
            return;
        }
        story.add("  operation " + result.operation() + " at " + result.time() + ": "
                + ReadChecks.text(result.oldRoots()) + " to " + ReadChecks.text(result.newRoots()));
        if (result.operation().isEmpty()) {
            assertThat(expected.nothing()).as("there was nothing to do").isTrue();
            assertThat(result.time()).as("time of no operation").isEqualTo(model.head());
            assertThat(List.of(result.oldRoots().length, result.newRoots().length, result.newLevel2().length))
                    .as("roots of no operation").containsOnly(0);
            assertThat(graph.head()).as("head").isEqualTo(model.head());
            return;
        }
        long operation = result.operation().orElseThrow();
        if (operation < model.epochs.size()) {
            assertThat(expected.repeat().map(Operation::id)).as("the operation that may be told again")
                    .contains(operation);
            compare(result, Objects.requireNonNull(model.operation(operation)));
            assertThat(result.newLevel2()).as("new layer-2 nodes, told again")
                    .isEqualTo(Objects.requireNonNull(results.get(operation)).newLevel2());
            assertThat(graph.head()).as("head").isEqualTo(model.head());
            return;
        }
        Operation made = Objects.requireNonNull(graph.operation(operation));
        if (clicksNodes && (!made.supervoxelSplits().isEmpty() || expected.change().isEmpty() && partsABasin(made))) {
            assertThat(expected.refusals()).as("supervoxels are cut where there is no other cut")
                    .contains(Reason.NO_CUT);
            new CutChecks(graph, model, made).check();
            ended = true;
            return;
        }
        assertThat(expected.change()).as("an operation is right; it is %s, expected is %s", graph.operation(operation),
                expected).isPresent();
        accept(request, result, expected.change().orElseThrow(), expected.local());
        done.put(request, operation);
        results.put(operation, result);
        checkSome();
    }

    /// True if parts of one basin were parted, by this operation or by an earlier one that named the edges between them:
    /// where the cut runs along a border of chunks, no supervoxel falls apart.
    private boolean partsABasin(Operation operation) {
        State now = model.now().state();
        SortedSet<Long> object = Ids.set(operation.before());
        return operation.kind() == Kind.SPLIT && now.edges.entrySet().stream()
                .filter(edge -> Float.isInfinite(edge.getValue().affinity()))
                .filter(edge -> operation.removed().contains(edge.getKey()) || !now.active.contains(edge.getKey()))
                .anyMatch(edge -> object.contains(model.now().id(now.root(edge.getKey().a())))
                        && object.contains(model.now().id(now.root(edge.getKey().b()))));
    }

    /// Takes a new operation over into the model.
    private void accept(Request request, EditResult result, Change change, Optional<List<Edge>> local)
            throws IOException {
        State before = model.now().state();
        State after = before.with(change);
        long id = model.epochs.size();
        assertThat(result.operation()).as("number of the operation").contains(id);
        Operation operation = graph.operation(id);
        assertThat(operation).as("operation %s", id).isNotNull();
        Objects.requireNonNull(operation);
        Description.check(model, request, operation);
        assertThat(operation.time()).as("time").isEqualTo(result.time()).isAfter(model.head()).isAfter(seen);
        assertThat(operation.time().toEpochMilli()).as("whole milliseconds")
                .isEqualTo(operation.time().minusNanos(1).toEpochMilli() + 1);
        SortedSet<Pair> added = after.activeSince(before);
        SortedSet<Pair> removed = before.activeSince(after);
        // Within a chunk, what is joined joins others: these may be told or not.
        SortedSet<Pair> asked = Ids.pairs(change.on());
        asked.retainAll(added);
        assertThat(operation.added()).as("added edges").doesNotHaveDuplicates().containsAll(asked);
        assertThat(added).as("edges that became active").containsAll(operation.added());
        assertThat(operation.removed()).as("removed edges").doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(removed);
        assertThat(operation.made()).as("made edges").isEqualTo(change.made().stream()
                .map(edge -> new Pair(edge.a(), edge.b())).toList());
        if (local.isPresent() && request instanceof Request.Split(SplitRequest split)) {
            judge(local.orElseThrow(), split, after);
        }
        Set<Long> touched = new HashSet<>();
        for (List<Pair> pairs : List.of(List.copyOf(change.on()), List.copyOf(change.off()), operation.added())) {
            for (Pair pair : pairs) {
                touched.add(pair.a());
                touched.add(pair.b());
            }
        }
        Map<ModelNode, Long> ids = newIds.learn(graph, after, touched);
        model.add(operation.time(), Optional.of(operation), after, ids);
        compare(result, operation);
        ModelGraph.Epoch last = model.epochs.get(model.epochs.size() - 2);
        int layers = after.ids.layers();
        assertThat(operation.before()).as("roots before").isEqualTo(missing(last, model.now(), layers));
        assertThat(operation.after()).as("roots after").isEqualTo(missing(model.now(), last, layers));
        assertThat(result.newLevel2()).as("new layer-2 nodes").isEqualTo(missing(model.now(), last, 2));
    }

    /// Nodes of a layer in the one epoch and not the other.
    private static long[] missing(ModelGraph.Epoch in, ModelGraph.Epoch notIn, int layer) {
        return Ids.array(in.nodes().keySet().stream()
                .filter(node -> NodeIds.layer(node) == layer && !notIn.nodes().containsKey(node)).toList());
    }

    private static void compare(EditResult result, Operation operation) {
        assertThat(result.time()).as("time").isEqualTo(operation.time());
        assertThat(result.oldRoots()).as("old roots").isEqualTo(operation.before());
        assertThat(result.newRoots()).as("new roots").isEqualTo(operation.after());
    }

    /// A cut near the points parts the sides and costs what an independent maximum flow says.
    private void judge(List<Edge> local, SplitRequest split, State after) {
        long[] sources = Expected.supervoxels(model, split.sources());
        long[] sinks = Expected.supervoxels(model, split.sinks());
        SortedSet<Long> region = Ids.set();
        local.forEach(edge -> region.addAll(List.of(edge.a(), edge.b())));
        List<Pair> left = local.stream().map(edge -> new Pair(edge.a(), edge.b())).filter(after.active::contains)
                .toList();
        Map<Long, Long> component = Ids.components(region, left);
        for (long source : sources) {
            for (long sink : sinks) {
                assertThat(component.get(source)).as("side of the source").isNotEqualTo(component.get(sink));
            }
        }
        double value = Multicut.cut(CutJudge.graph(local), sources, sinks).value();
        assertThat(value).as("value of the cut").isCloseTo(CutJudge.value(local, sources, sinks), within(1e-9));
    }

    private void preview(SplitRequest split) throws IOException {
        Optional<List<Edge>> local = Expected.localOf(model, split);
        @Nullable
        Preview expected = null;
        if (local.isPresent()) {
            try {
                expected = Multicut.preview(CutJudge.graph(local.orElseThrow()),
                        Expected.supervoxels(model, split.sources()), Expected.supervoxels(model, split.sinks()));
            } catch (CutRefusedException e) {
                story.add("  no preview: " + e.getMessage());
            }
        }
        SplitPreview preview;
        try {
            preview = graph.preview(split);
        } catch (EditRefusedException e) {
            assertThat(expected).as("a preview was refused: %s", e.getMessage()).isNull();
            return;
        }
        if (expected == null && clicksNodes) {
            return; // Supervoxels may be cut.
        }
        if (expected == null) {
            assertThat(preview.refusal()).as("a preview of what will be refused").isPresent();
            return;
        }
        assertThat(preview.components().stream().map(ReadChecks::text)).as("components of a preview")
                .isEqualTo(expected.components().stream().map(ReadChecks::text).toList());
        if (!Expected.of(model, new Request.Split(split), Map.of()).nothing()) {
            assertThat(preview.refusal().isPresent()).as("refusal of a preview").isEqualTo(expected.isIllegal());
        }
    }

    private State state() {
        return model.now().state();
    }

    private void moment(Instant at, List<Long> nodes) throws IOException {
        Instant clock = Instant.ofEpochMilli(System.currentTimeMillis());
        // Of the future, a read sees as much as there is: what it will be is not fixed by that.
        Instant fixed = at.isAfter(clock) ? clock : at;
        seen = at.equals(Graph.NOW) || fixed.isBefore(seen) ? seen : fixed;
        reads.moment(at, nodes);
    }

    /// Around the last edit and at a random moment; some nodes.
    private void checkSome() throws IOException {
        Instant head = model.head();
        List<Instant> past = moments();
        List<Instant> moments = new ArrayList<>(List.of(Graph.NOW, head.minusMillis(1), head,
                past.get(random.nextInt(past.size()))));
        if (random.nextInt(4) == 0) {
            moments.add(head.plusMillis(1));
            moments.add(head.plusNanos(1));
        }
        for (Instant at : moments) {
            moment(at, sample(SAMPLE));
        }
        reads.nodes(sample(4));
        if (clicksNodes) {
            List<Long> supervoxels = List.copyOf(state().supervoxels);
            long supervoxel = supervoxels.get(random.nextInt(supervoxels.size()));
            long node = state().ids.layers() == 2 || random.nextBoolean()
                    ? supervoxel
                    : model.now()
                            .id(state().up(supervoxel, 3));
            reads.points(List.of(model.world.point(random, node, supervoxel)));
        }
    }

    /// All nodes there ever were, just before and at each edit; the dearer reads of some of them.
    private void checkAll() throws IOException {
        checkPast();
        for (Instant at : moments()) {
            moment(at, sample(SAMPLE));
        }
        reads.nodes(sample(2 * SAMPLE));
        reads.operations(moments());
    }

    private void checkPast() throws IOException {
        List<Long> all = new ArrayList<>(model.lives.keySet());
        for (ModelGraph.Epoch epoch : model.epochs) {
            moment(epoch.time().minusMillis(1), all);
            moment(epoch.time(), all);
        }
    }

    private List<Long> sample(int most) {
        List<Long> all = new ArrayList<>(model.lives.keySet());
        List<Long> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }

    /// Each operation's time, and just before and after; the same of ingest; the present.
    private List<Instant> moments() {
        SortedSet<Instant> moments = new TreeSet<>();
        for (ModelGraph.Epoch epoch : model.epochs) {
            moments.add(epoch.time().minusMillis(1));
            moments.add(epoch.time().minusNanos(1));
            moments.add(epoch.time());
            moments.add(epoch.time().plusMillis(1));
        }
        moments.add(Graph.NOW);
        return List.copyOf(moments);
    }
}
