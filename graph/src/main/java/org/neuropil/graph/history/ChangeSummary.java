package org.neuropil.graph.history;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// How often a root's history was joined and cut, and by whom.
///
/// @param splits cuts
/// @param merges joins
/// @param users the same for each user, by name
/// @param operations numbers of the operations, ascending
/// @param pastIds roots that they replaced, ascending
public record ChangeSummary(int splits, int merges, SortedMap<String, Counts> users, long[] operations,
        long[] pastIds) {
    /// Counts of a user.
    ///
    /// @param splits cuts
    /// @param merges joins
    public record Counts(int splits, int merges) {
        private Counts plus(boolean merge) {
            return merge ? new Counts(splits, merges + 1) : new Counts(splits + 1, merges);
        }
    }

    /// Counts changes; each operation once.
    public static ChangeSummary of(Collection<Change> changes) {
        Counts all = new Counts(0, 0);
        SortedMap<String, Counts> users = new TreeMap<>();
        LongOpenHashSet operations = new LongOpenHashSet();
        LongOpenHashSet past = new LongOpenHashSet();
        for (Change change : changes) {
            if (operations.add(change.operation())) {
                all = all.plus(change.merge());
                users.put(change.user(), users.getOrDefault(change.user(), new Counts(0, 0)).plus(change.merge()));
                past.addAll(LongOpenHashSet.of(change.before()));
            }
        }
        return new ChangeSummary(all.splits(), all.merges(), users, Steps.sorted(operations), Steps.sorted(past));
    }
}
