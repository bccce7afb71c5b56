package org.neuropil.graph.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;

import it.unimi.dsi.fastutil.longs.LongArrayList;

/// Who changed each edge last. Each edge has a stack of the operations that changed it; the undo of the topmost takes that
/// away, as if neither had been. But where the user in question undid what somebody else did, that is an operation of the
/// user as any other.
final class Touches {
    private final Set<Long> ofUser = new HashSet<>();
    private final Map<Pair, LongArrayList> stacks = new HashMap<>();
    private final Map<Long, List<Pair>> edges = new HashMap<>();
    private final Map<Long, List<Pair>> cuts = new HashMap<>();

    /// Takes note of the next operation of the log.
    ///
    /// @param byUser whether it is one of the user's operations in question
    void add(Operation operation, boolean byUser) {
        if (byUser) {
            ofUser.add(operation.id());
        }
        List<Pair> changed = new ArrayList<>(operation.added());
        changed.addAll(operation.removed());
        // A supervoxel that was cut counts as an edge to itself: without edges it could not be found here.
        List<Pair> own = operation.supervoxelSplits().stream().map(cut -> new Pair(cut.whole(), cut.whole())).toList();
        if (!own.isEmpty()) {
            cuts.put(operation.id(), own);
        }
        long target = operation.kind() == Kind.UNDO ? operation.target().orElse(0L) : 0;
        boolean takesAway = target != 0 && (!byUser || ofUser.contains(target));
        changed.addAll(own);
        changed.addAll(cuts.getOrDefault(target, List.of()));
        edges.put(operation.id(), List.copyOf(changed));
        for (Pair edge : changed) {
            LongArrayList stack = stacks.computeIfAbsent(edge, _ -> new LongArrayList());
            if (takesAway && !stack.isEmpty() && stack.topLong() == target) {
                stack.popLong();
            } else {
                stack.push(operation.id());
            }
        }
    }

    /// Whether an operation that was added was the last to change one of its edges.
    boolean stands(long operation) {
        return edges.getOrDefault(operation, List.of()).stream().anyMatch(edge -> {
            LongArrayList stack = stacks.get(edge);
            return stack != null && !stack.isEmpty() && stack.topLong() == operation;
        });
    }
}
