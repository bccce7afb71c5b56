package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.neuropil.graph.Graph;
import org.neuropil.graph.OperationLog;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What was done to make roots what they are.
public final class ChangeLogs {
    private ChangeLogs() {}

    /// An operation of the whole graph.
    ///
    /// @param operation its number
    /// @param time when it took effect
    /// @param user who made it
    /// @param before roots that it replaced, ascending
    /// @param after roots that it made, ascending
    /// @param merge whether it joined or cut
    public record Entry(long operation, Instant time, String user, long[] before, long[] after, boolean merge) {}

    /// The operations in the ancestry of roots, each root's in order. Those that CAVE calls filtered are [#filtered].
    ///
    /// A supervoxel that was cut after it was clicked counts as each of its parts.
    ///
    /// @param from operations up to this moment are left out; [Instant#MIN] for all
    /// @return by root
    /// @throws org.neuropil.space.InputException if a root is unknown, or no root; names it
    public static SortedMap<Long, List<Change>> of(Graph graph, long[] roots, Instant from) throws IOException {
        Steps.checkRoots(graph, roots);
        Steps steps = new Steps(graph);
        SortedMap<Long, List<Change>> all = new TreeMap<>(Long::compareUnsigned);
        for (long root : roots) {
            all.put(root, of(graph, steps, root, from));
        }
        return all;
    }

    /// As [#of(Graph, long[], Instant)] for one root.
    public static List<Change> of(Graph graph, long root, Instant from) throws IOException {
        return of(graph, new long[]{root}, from).getOrDefault(root, List.of());
    }

    /// Changes that are in the neuron and relevant.
    public static List<Change> filtered(List<Change> changes) {
        return changes.stream().filter(change -> change.inNeuron() && change.relevant()).toList();
    }

    /// All operations in a span of time, in order.
    ///
    /// @param from first moment
    /// @param to last moment, included
    public static List<Entry> between(Graph graph, Instant from, Instant to) throws IOException {
        List<Entry> entries = new ArrayList<>();
        OperationLog.visit(graph, from, to, operation -> entries.add(new Entry(operation.id(), operation.time(),
                operation.user(), operation.before(), operation.after(), Step.isMerge(operation))));
        return entries;
    }

    /// The steps in a root's ancestry, in order.
    static List<Step> ancestry(Steps steps, long root, Instant from) throws IOException {
        SortedMap<Long, Step> ancestry = new TreeMap<>();
        steps.back(new long[]{root}, from, (_, step) -> {
            if (step != null) {
                ancestry.put(step.operation(), step);
            }
        });
        return List.copyOf(ancestry.values());
    }

    private static List<Change> of(Graph graph, Steps steps, long root, Instant from) throws IOException {
        List<Step> ancestry = ancestry(steps, root, from);
        LongOpenHashSet clicked = new LongOpenHashSet();
        for (Step step : ancestry) {
            clicked.addAll(LongOpenHashSet.of(step.supervoxels()));
        }
        long[] supervoxels = clicked.toLongArray();
        Long2ObjectOpenHashMap<long[]> first = byId(supervoxels,
                SupervoxelRoots.at(graph, supervoxels, graph.info().ingested()));
        Long2ObjectOpenHashMap<long[]> last = byId(supervoxels,
                SupervoxelRoots.at(graph, supervoxels, steps.created(steps.madeBy(root))));
        List<Change> changes = new ArrayList<>(ancestry.size());
        for (Step step : ancestry) {
            long[][] now = of(last, step);
            boolean relevant = SupervoxelRoots.distinct(step.merge() ? of(first, step) : now).length > 1;
            boolean in = step.merge()
                    ? Arrays.stream(now).allMatch(roots -> contains(roots, root))
                    : Arrays.stream(now).anyMatch(roots -> contains(roots, root));
            changes.add(new Change(step.operation(), step.time(), step.user(), step.before(), step.after(),
                    step.merge(), in, relevant));
        }
        return changes;
    }

    private static Long2ObjectOpenHashMap<long[]> byId(long[] supervoxels, long[][] roots) {
        return new Long2ObjectOpenHashMap<>(supervoxels, roots);
    }

    private static long[][] of(Long2ObjectOpenHashMap<long[]> roots, Step step) {
        return Arrays.stream(step.supervoxels()).mapToObj(roots::get).toArray(long[][]::new);
    }

    private static boolean contains(long[] roots, long root) {
        return Arrays.stream(roots).anyMatch(one -> one == root);
    }
}
