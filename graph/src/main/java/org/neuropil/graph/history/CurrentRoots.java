package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import org.neuropil.graph.Graph;
import org.neuropil.space.InputException;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What became of roots, and what they came from: for those who hold ids of another moment.
public final class CurrentRoots {
    private static final int BATCH = 1 << 16;

    private CurrentRoots() {}

    /// The root to go on with.
    ///
    /// @param root of the moment that was asked for
    /// @param shared how many supervoxels of the other root it has
    /// @param supervoxels how many the other root has; one that was cut meanwhile counts as its parts
    public record Suggestion(long root, long shared, long supervoxels) {
        /// Between 0 and 1.
        public double share() {
            return (double) shared / supervoxels;
        }
    }

    /// The roots that are current at a moment and that a root became, if the moment is later, or came from, if earlier; the
    /// root itself if it is current then. Never one that is not.
    ///
    /// @return ascending
    /// @throws org.neuropil.space.InputException if the root is unknown, or no root; names it
    public static long[] at(Graph graph, long root, Instant moment) throws IOException {
        long[] one = {root};
        Steps.checkRoots(graph, one);
        if (moment.isBefore(graph.info().ingested())) {
            throw new InputException("moment " + moment + " is before the graph's beginning", "timestamp",
                    "the graph was made at " + graph.info().ingested());
        }
        Steps steps = new Steps(graph);
        LongOpenHashSet current = new LongOpenHashSet();
        Steps.Visitor ends = (node, step) -> {
            if (step == null) {
                current.add(node);
            }
        };
        if (steps.created(steps.madeBy(root)).isAfter(moment)) {
            steps.back(one, moment, ends);
        } else {
            steps.forth(one, moment, ends);
        }
        return Steps.sorted(current);
    }

    /// The roots of ingest that a root came from; itself if it is one.
    ///
    /// @return ascending
    /// @throws org.neuropil.space.InputException if the root is unknown, or no root; names it
    public static long[] original(Graph graph, long root) throws IOException {
        return at(graph, root, graph.info().ingested());
    }

    /// The root of a moment that has most of a root's supervoxels; of equals the one of the smallest id. If the root became one
    /// root as a whole, its supervoxels are only counted, and none as its parts.
    ///
    /// @throws org.neuropil.space.InputException if the root is unknown, or no root; names it
    public static Suggestion suggest(Graph graph, long root, Instant moment) throws IOException {
        long[] candidates = at(graph, root, moment);
        long[] supervoxels = graph.leaves(root, null, 1);
        boolean later = !Steps.checkNodes(graph, new long[]{root})[0].isAfter(moment);
        if (later && candidates.length == 1) {
            return new Suggestion(candidates[0], supervoxels.length, supervoxels.length);
        }
        Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
        long all = 0;
        for (int from = 0; from < supervoxels.length; from += BATCH) {
            long[] some = Arrays.copyOfRange(supervoxels, from, Math.min(supervoxels.length, from + BATCH));
            for (long[] roots : SupervoxelRoots.at(graph, some, moment)) {
                for (long one : roots) {
                    counts.addTo(one, 1);
                    all++;
                }
            }
        }
        long best = candidates[0];
        for (Long2LongMap.Entry entry : counts.long2LongEntrySet()) {
            long more = entry.getLongValue() - counts.get(best);
            if (more > 0 || more == 0 && Long.compareUnsigned(entry.getLongKey(), best) < 0) {
                best = entry.getLongKey();
            }
        }
        return new Suggestion(best, counts.get(best), all);
    }
}
