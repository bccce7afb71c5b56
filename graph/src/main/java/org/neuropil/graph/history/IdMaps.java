package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.space.InputException;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayFIFOQueue;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// What roots were called at an earlier moment, and what those are called at a later one.
///
/// @param past of each root that was asked for, the roots current at the earlier moment that it came from, ascending; the
///        root itself if it was there by then
/// @param future of each root among the values of `past`, the one root of the later moment that it became, alone or with
///        others: all its supervoxels are there; those that became several are left out
public record IdMaps(SortedMap<Long, long[]> past, SortedMap<Long, Long> future) {
    /// @param roots of any time
    /// @param from the earlier moment
    /// @param to the later moment
    /// @throws InputException if a root is unknown, or no root; names it; or if the moments are the wrong way round
    public static IdMaps between(Graph graph, long[] roots, Instant from, Instant to) throws IOException {
        if (to.isBefore(from)) {
            throw new InputException("the later moment, " + to + ", is before the earlier, " + from, "timestamp_future",
                    "exchange the two");
        }
        Steps.checkRoots(graph, roots);
        Steps steps = new Steps(graph);
        SortedMap<Long, long[]> past = new TreeMap<>(Long::compareUnsigned);
        LongOpenHashSet origins = new LongOpenHashSet();
        for (long root : roots) {
            LongOpenHashSet first = new LongOpenHashSet();
            steps.back(new long[]{root}, from, (ancestor, step) -> {
                if (step == null) {
                    first.add(ancestor);
                }
            });
            origins.addAll(first);
            past.put(root, Steps.sorted(first));
        }
        return new IdMaps(past, future(steps, origins, to));
    }

    /// Where all of a root ends up, from the last roots backwards: a root that is current ends in itself, others where all
    /// that replaced them end, if that is one.
    private static SortedMap<Long, Long> future(Steps steps, LongOpenHashSet origins, Instant to) throws IOException {
        Long2ObjectOpenHashMap<@Nullable Step> next = new Long2ObjectOpenHashMap<>();
        Long2ObjectOpenHashMap<List<Long>> previous = new Long2ObjectOpenHashMap<>();
        steps.forth(origins.toLongArray(), to, (root, step) -> {
            next.put(root, step);
            if (step != null) {
                for (long after : step.after()) {
                    previous.computeIfAbsent(after, _ -> new ArrayList<>()).add(root);
                }
            }
        });
        Long2LongOpenHashMap open = new Long2LongOpenHashMap();
        LongArrayFIFOQueue settled = new LongArrayFIFOQueue();
        // 0 stands for several.
        Long2LongOpenHashMap end = new Long2LongOpenHashMap();
        for (long root : next.keySet().toLongArray()) {
            Step step = next.get(root);
            if (step == null) {
                end.put(root, root);
                settled.enqueue(root);
            } else {
                open.put(root, step.after().length);
            }
        }
        while (!settled.isEmpty()) {
            long root = settled.dequeueLong();
            long where = end.get(root);
            for (long before : previous.getOrDefault(root, List.of())) {
                end.put(before, end.containsKey(before) && end.get(before) != where ? 0 : where);
                if (open.addTo(before, -1) == 1) {
                    settled.enqueue(before);
                }
            }
        }
        SortedMap<Long, Long> future = new TreeMap<>(Long::compareUnsigned);
        for (long origin : origins.toLongArray()) {
            if (end.get(origin) != 0) {
                future.put(origin, end.get(origin));
            }
        }
        return future;
    }
}
