package org.neuropil.server.cave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.neuropil.graph.Edge;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.volume.kernel.DisjointSets;

/// Groups the contacts of two cells to sites.
final class ContactSites {
    private final List<Edge> contacts;
    private final DisjointSets sets;

    /// @param contacts edges from supervoxels of the one cell (`a`) to those of the other (`b`)
    /// @param own edges within the one
    /// @param far edges within the other
    ContactSites(List<Edge> contacts, List<Edge> own, List<Edge> far) {
        this.contacts = contacts;
        this.sets = new DisjointSets(contacts.size());
        Map<Long, List<Integer>> byOwn = new HashMap<>();
        Map<Long, List<Integer>> byFar = new HashMap<>();
        for (int i = 0; i < contacts.size(); i++) {
            byOwn.computeIfAbsent(contacts.get(i).a(), id -> new ArrayList<>()).add(i);
            byFar.computeIfAbsent(contacts.get(i).b(), id -> new ArrayList<>()).add(i);
        }
        byOwn.values().forEach(this::join);
        byFar.values().forEach(this::join);
        Set<Pair> touching = new HashSet<>();
        far.forEach(edge -> touching.add(Pair.of(edge.a(), edge.b())));
        for (Edge edge : own) {
            for (int i : byOwn.getOrDefault(edge.a(), List.of())) {
                for (int j : byOwn.getOrDefault(edge.b(), List.of())) {
                    if (touching.contains(Pair.of(contacts.get(i).b(), contacts.get(j).b()))) {
                        sets.unite(i, j);
                    }
                }
            }
        }
    }

    /// Area of each site, largest first.
    List<Long> areas() {
        Map<Integer, Long> areas = new TreeMap<>();
        for (int i = 0; i < contacts.size(); i++) {
            areas.merge(sets.smallest(i), contacts.get(i).area(), Long::sum);
        }
        return areas.values().stream().sorted(Comparator.reverseOrder()).toList();
    }

    private void join(List<Integer> group) {
        for (int one : group) {
            sets.unite(one, group.getFirst());
        }
    }
}
