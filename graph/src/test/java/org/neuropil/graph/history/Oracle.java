package org.neuropil.graph.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.neuropil.graph.Lineage;
import org.neuropil.graph.Lineage.Link;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.graph.ScriptedGraph;

/// What histories should say, by looking through the whole log and all states.
final class Oracle {
    final ScriptedGraph graph;
    /// All roots that there ever were, ascending.
    final List<Long> roots;

    Oracle(ScriptedGraph graph) {
        this.graph = graph;
        TreeSet<Long> all = new TreeSet<>(graph.state(0).values());
        graph.log().forEach(operation -> all.addAll(list(operation.after())));
        roots = List.copyOf(all);
    }

    static List<Long> list(long[] ids) {
        return LongStream.of(ids).boxed().toList();
    }

    Set<Long> current(Instant at) {
        return new TreeSet<>(graph.state(graph.seen(at)).values());
    }

    /// A moment of an operation, or one that nothing happened at.
    Instant moment(Random random) {
        int some = random.nextInt(graph.log().size() + 1);
        Instant time = some == 0 ? ScriptedGraph.BEGIN : graph.log().get(some - 1).time();
        return random.nextBoolean() ? time : time.plusMillis(500);
    }

    /// A root's ancestors of operations after a moment, and itself.
    Set<Long> ancestors(Collection<Long> of, Instant from) {
        Set<Long> all = new TreeSet<>(of);
        for (Operation operation : graph.log().reversed()) {
            if (operation.time().isAfter(from) && list(operation.after()).stream().anyMatch(all::contains)) {
                all.addAll(list(operation.before()));
            }
        }
        return all;
    }

    Set<Long> descendants(Collection<Long> of, Instant to) {
        Set<Long> all = new TreeSet<>(of);
        for (Operation operation : graph.log()) {
            if (!operation.time().isAfter(to) && list(operation.before()).stream().anyMatch(all::contains)) {
                all.addAll(list(operation.after()));
            }
        }
        return all;
    }

    Lineage lineage(Collection<Long> of, Instant from, Instant to) {
        Set<Long> past = ancestors(of, from);
        Set<Long> future = descendants(of, to);
        Set<Long> all = new TreeSet<>(past);
        all.addAll(future);
        List<Link> links = new ArrayList<>();
        Map<Long, Long> replaced = new TreeMap<>();
        for (Operation operation : graph.log()) {
            for (long before : operation.before()) {
                for (long after : operation.after()) {
                    boolean back = past.contains(after) && operation.time().isAfter(from);
                    boolean forth = future.contains(before) && !operation.time().isAfter(to);
                    if (back || forth) {
                        links.add(new Link(before, after));
                        replaced.put(before, operation.id());
                    }
                }
            }
        }
        links.sort((x, y) -> x.from() != y.from()
                ? Long.compare(x.from(), y.from())
                : Long.compare(x.to(), y.to()));
        return new Lineage(all.stream()
                .map(root -> new Lineage.Node(root, created(root), Optional.ofNullable(replaced.get(root)))).toList(),
                links);
    }

    Instant created(long root) {
        return graph.log().stream().filter(operation -> list(operation.after()).contains(root)).findFirst()
                .map(Operation::time).orElse(ScriptedGraph.BEGIN);
    }

    /// Roots of a supervoxel in a state: of the whole before it was cut out of that, of all its parts after it was cut.
    List<Long> where(long supervoxel, Map<Long, Long> state) {
        List<SupervoxelSplit> cuts = graph.log().stream().flatMap(one -> one.supervoxelSplits().stream()).toList();
        for (Optional<Long> one = Optional.of(supervoxel); one.isPresent();) {
            long id = one.get();
            if (state.containsKey(id)) {
                return List.of(state.get(id));
            }
            one = cuts.stream().filter(cut -> list(cut.parts()).contains(id)).map(SupervoxelSplit::whole).findFirst();
        }
        return cuts.stream().filter(cut -> cut.whole() == supervoxel).flatMapToLong(cut -> LongStream.of(cut.parts()))
                .boxed().flatMap(part -> where(part, state).stream()).toList();
    }
}
