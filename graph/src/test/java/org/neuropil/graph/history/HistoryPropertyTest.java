package org.neuropil.graph.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Lineage;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.RandomHistory;
import org.neuropil.graph.ScriptedGraph;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HistoryPropertyTest {
    private static final int EDITS = 25;

    @Property(tries = 150, seed = "1")
    void lineageIsTheClosureOverTheLog(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedGraph graph = RandomHistory.of(seed, EDITS);
        Oracle oracle = new Oracle(graph);
        List<Long> some = new ArrayList<>(oracle.roots);
        Collections.shuffle(some, random);
        some = some.subList(0, 1 + random.nextInt(Math.min(3, some.size())));
        Instant from = random.nextInt(4) == 0 ? Instant.MIN : oracle.moment(random);
        Instant to = random.nextInt(4) == 0 ? Graph.NOW : oracle.moment(random);
        assertThat(Lineages.of(graph, array(some), from, to)).isEqualTo(oracle.lineage(some, from, to));
    }

    @Property(tries = 150, seed = "2")
    void endsOfALineageAreCurrent(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedGraph graph = RandomHistory.of(seed, EDITS);
        Oracle oracle = new Oracle(graph);
        Instant at = oracle.moment(random);
        for (long root : oracle.roots) {
            boolean later = oracle.created(root).isAfter(at);
            Set<Long> related = later
                    ? oracle.ancestors(Set.of(root), at)
                    : oracle.descendants(Set.of(root), at);
            related.retainAll(oracle.current(at));
            // What clients compute from the whole lineage.
            Lineage lineage = Lineages.of(graph, new long[]{root}, later ? at : oracle.created(root),
                    later ? oracle.created(root) : at);
            Set<Long> ends = new TreeSet<>(lineage.roots().stream().map(Lineage.Node::id).toList());
            lineage.links().forEach(link -> ends.remove(later ? link.to() : link.from()));
            assertThat(ends).isEqualTo(related);
        }
    }

    @Property(tries = 150, seed = "3")
    void idsOfOtherMoments(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedGraph graph = RandomHistory.of(seed, EDITS);
        Oracle oracle = new Oracle(graph);
        Instant one = oracle.moment(random);
        Instant other = oracle.moment(random);
        Instant from = one.isBefore(other) ? one : other;
        Instant to = one.isBefore(other) ? other : one;
        Map<Long, Long> then = graph.state(graph.seen(from));
        Map<Long, Long> later = graph.state(graph.seen(to));
        long[] roots = array(oracle.current(to));
        IdMaps maps = IdMaps.between(graph, roots, from, to);
        Set<Long> past = new TreeSet<>();
        for (long root : roots) {
            Set<Long> origins = oracle.ancestors(Set.of(root), from);
            origins.retainAll(oracle.current(from));
            assertThat(maps.past().get(root)).containsExactly(array(origins));
            // No root that had a supervoxel of it is missing.
            for (long supervoxel : graph.members(root)) {
                assertThat(origins).containsAll(oracle.where(supervoxel, then));
            }
            past.addAll(origins);
        }
        Map<Long, Long> future = new TreeMap<>();
        for (long root : past) {
            Set<Long> ends = oracle.descendants(Set.of(root), to);
            ends.retainAll(oracle.current(to));
            if (ends.size() == 1) {
                long end = ends.iterator().next();
                future.put(root, end);
                for (long supervoxel : graph.members(root)) {
                    assertThat(oracle.where(supervoxel, later)).containsOnly(end);
                }
            }
        }
        assertThat(maps.future()).isEqualTo(future);
    }

    @Property(tries = 100, seed = "5")
    void changeLogsAreAsDefined(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedGraph graph = RandomHistory.of(seed, EDITS);
        Oracle oracle = new Oracle(graph);
        Instant from = random.nextBoolean() ? Instant.MIN : oracle.moment(random);
        Map<Long, List<Change>> logs = ChangeLogs.of(graph, array(oracle.roots), from);
        assertThat(logs.keySet()).containsExactlyElementsOf(oracle.roots);
        for (long root : oracle.roots) {
            Set<Long> line = oracle.ancestors(Set.of(root), from);
            Map<Long, Long> now = graph.state(graph.seen(oracle.created(root)));
            List<Change> expected = new ArrayList<>();
            for (Operation operation : graph.log()) {
                if (!operation.time().isAfter(from)
                        || Oracle.list(operation.after()).stream().noneMatch(line::contains)) {
                    continue;
                }
                boolean merge = operation.kind() == Kind.MERGE
                        || operation.kind() != Kind.SPLIT && !operation.added().isEmpty();
                Set<Long> clicked = new HashSet<>(Oracle.list(operation.sourceSupervoxels()));
                clicked.addAll(Oracle.list(operation.sinkSupervoxels()));
                if (operation.sources().isEmpty()) {
                    for (Pair edge : merge ? operation.added() : operation.removed()) {
                        clicked.addAll(List.of(edge.a(), edge.b()));
                    }
                }
                Set<Long> first = new HashSet<>();
                Set<Long> last = new HashSet<>();
                int in = 0;
                for (long supervoxel : clicked) {
                    first.addAll(oracle.where(supervoxel, graph.state(0)));
                    last.addAll(oracle.where(supervoxel, now));
                    in += oracle.where(supervoxel, now).contains(root) ? 1 : 0;
                }
                expected.add(new Change(operation.id(), operation.time(), operation.user(), operation.before(),
                        operation.after(), merge, merge ? in == clicked.size() : in > 0,
                        (merge ? first : last).size() > 1));
            }
            assertThat(facts(logs.getOrDefault(root, List.of()))).isEqualTo(facts(expected));
            assertThat(ChangeLogs.filtered(expected)).allMatch(change -> change.inNeuron() && change.relevant());

            ChangeSummary summary = ChangeSummary.of(expected);
            assertThat(summary.merges() + summary.splits()).isEqualTo(expected.size());
            assertThat(summary.merges()).isEqualTo((int) expected.stream().filter(Change::merge).count());
            summary.users().forEach((user, counts) -> assertThat(counts.splits() + counts.merges())
                    .isEqualTo((int) expected.stream().filter(change -> change.user().equals(user)).count()));
            // All it came from but itself; of an operation also what only its other roots came from.
            line.remove(root);
            assertThat(Oracle.list(summary.pastIds())).containsExactlyElementsOf(line);
        }
    }

    @Property(tries = 150, seed = "6")
    void deltasAreDifferencesOfStates(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedGraph graph = RandomHistory.of(seed, EDITS);
        Oracle oracle = new Oracle(graph);
        Instant from = oracle.moment(random);
        Instant to = oracle.moment(random);
        if (to.isBefore(from)) {
            return;
        }
        Set<Long> old = oracle.current(from);
        old.removeAll(oracle.current(to));
        Set<Long> made = oracle.current(to);
        made.removeAll(oracle.current(from));
        DeltaRoots reduced = DeltaRoots.reduced(graph, from, to);
        assertThat(reduced.old()).containsExactly(array(old));
        assertThat(reduced.made()).containsExactly(array(made));

        List<Operation> span = graph.operations(from, to);
        DeltaRoots reported = DeltaRoots.reported(graph, from, to);
        assertThat(reported.old())
                .containsExactly(span.stream().flatMapToLong(one -> LongStream.of(one.before())).sorted().toArray());
        assertThat(reported.made())
                .containsExactly(span.stream().flatMapToLong(one -> LongStream.of(one.after())).sorted().toArray());
        assertThat(ChangeLogs.between(graph, from, to)).extracting(ChangeLogs.Entry::operation)
                .containsExactlyElementsOf(span.stream().map(Operation::id).toList());
    }

    /// As lists, because arrays are not compared by what they hold.
    private static List<List<Object>> facts(List<Change> changes) {
        return changes.stream()
                .map(one -> List.<Object>of(one.operation(), one.time(), one.user(), Oracle.list(one.before()),
                        Oracle.list(one.after()), one.merge(), one.inNeuron(), one.relevant()))
                .toList();
    }

    private static long[] array(Iterable<Long> ids) {
        List<Long> all = new ArrayList<>();
        ids.forEach(all::add);
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}
