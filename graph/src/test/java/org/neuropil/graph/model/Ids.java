package org.neuropil.graph.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.neuropil.graph.Operation.Pair;

/// Sets of ids in unsigned order.
final class Ids {
    static final Comparator<Pair> PAIRS = Comparator.comparing(Pair::a, Long::compareUnsigned).thenComparing(Pair::b,
            Long::compareUnsigned);

    private Ids() {}

    static SortedSet<Long> set(Collection<Long> ids) {
        SortedSet<Long> set = new TreeSet<>(Long::compareUnsigned);
        set.addAll(ids);
        return set;
    }

    static SortedSet<Long> set(long... ids) {
        return set(Arrays.stream(ids).boxed().toList());
    }

    static SortedSet<Pair> pairs(Collection<Pair> pairs) {
        SortedSet<Pair> set = new TreeSet<>(PAIRS);
        set.addAll(pairs);
        return set;
    }

    /// Each once, ascending.
    static long[] array(Collection<Long> ids) {
        return set(ids).stream().mapToLong(id -> id).toArray();
    }

    /// Union-find.
    ///
    /// @param ids what is joined
    /// @param joining pairs; those with an end that is none of the ids do not count
    /// @return of each id the smallest that it is joined to
    static Map<Long, Long> components(Collection<Long> ids, Collection<Pair> joining) {
        Map<Long, Long> parent = new HashMap<>();
        ids.forEach(id -> parent.put(id, id));
        for (Pair pair : joining) {
            if (parent.containsKey(pair.a()) && parent.containsKey(pair.b())) {
                long a = find(parent, pair.a());
                long b = find(parent, pair.b());
                if (Long.compareUnsigned(a, b) < 0) {
                    parent.put(b, a);
                } else {
                    parent.put(a, b);
                }
            }
        }
        ids.forEach(id -> parent.put(id, find(parent, id)));
        return parent;
    }

    private static long find(Map<Long, Long> parent, long id) {
        long at = id;
        while (parent.getOrDefault(at, at) != at) {
            at = parent.getOrDefault(at, at);
        }
        return at;
    }
}
