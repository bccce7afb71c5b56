package org.neuropil.graph.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.graph.cut.Refusal.Reason;

/// Which groups stay with the sources and which with the sinks, after the minimum cut.
final class Sides {
    private static final int SOURCE = 0;
    private static final int SINK = 1;
    private static final int FIRST_FREE = 2;
    /// Capacities add up to less than two to this.
    private static final int SUM_BITS = 61;

    private final Contraction graph;
    private final Labels labels;
    private final Cores cores;
    /// The cut's partition: true on the side of the sources, where all groups are joined to them.
    private final boolean[] isSource;
    /// Groups joined to the sources.
    private final int[] sourceGroups;
    /// Groups joined to the sinks.
    private final int[] sinkGroups;
    /// Edges from one to the other.
    private final int[] edges;

    /// @throws CutRefusedException if no edge is between the sides
    Sides(Contraction graph, Labels labels, Cores cores) {
        this.graph = graph;
        this.labels = labels;
        this.cores = cores;
        isSource = partition(graph, cores);
        sourceGroups = joined(labels.sources()[0]);
        sinkGroups = joined(labels.sinks()[0]);
        edges = crossing();
        if (edges.length == 0) {
            throw new CutRefusedException(Reason.NOTHING_TO_CUT);
        }
    }

    /// The minimum cut, each core taken for one node.
    private static boolean[] partition(Contraction graph, Cores cores) {
        int[] node = new int[graph.groups];
        int nodes = FIRST_FREE;
        for (int g = 0; g < graph.groups; g++) {
            node[g] = cores.source()[g] ? SOURCE : cores.sink()[g] ? SINK : nodes++;
        }
        int[] left = new int[graph.edges];
        int[] right = new int[graph.edges];
        float[] affinity = new float[graph.edges];
        int edges = 0;
        for (int g = 0; g < graph.groups; g++) {
            for (int arc = graph.first[g]; arc < graph.first[g + 1]; arc++) {
                int into = graph.to[arc];
                if (g < into && node[g] != node[into]) {
                    left[edges] = node[g];
                    right[edges] = node[into];
                    affinity[edges++] = graph.graph.affinity(graph.edge[arc]);
                }
            }
        }
        long[] capacity = capacities(Arrays.copyOf(affinity, edges));
        boolean[] side = new MinCut(nodes, Arrays.copyOf(left, edges), Arrays.copyOf(right, edges), capacity)
                .sourceSide();
        boolean[] isSource = new boolean[graph.groups];
        for (int g = 0; g < graph.groups; g++) {
            isSource[g] = side[node[g]];
        }
        return isSource;
    }

    /// Affinities as whole numbers, see [Multicut].
    private static long[] capacities(float[] affinity) {
        float most = 0;
        for (float one : affinity) {
            most = Math.max(most, one);
        }
        // All affinities are below two to this.
        int bits = Math.max(Math.getExponent(most), Float.MIN_EXPONENT) + 1;
        int countBits = Integer.SIZE - Integer.numberOfLeadingZeros(affinity.length);
        long[] capacity = new long[affinity.length];
        for (int e = 0; e < capacity.length; e++) {
            capacity[e] = Math.max(1, Math.round(Math.scalb((double) affinity[e], SUM_BITS - countBits - bits)));
        }
        return capacity;
    }

    /// The groups that stay joined to a group, itself first.
    private int[] joined(int from) {
        boolean[] seen = new boolean[graph.groups];
        int[] reached = new int[graph.groups];
        int count = 0;
        reached[count++] = from;
        seen[from] = true;
        for (int next = 0; next < count; next++) {
            int g = reached[next];
            for (int arc = graph.first[g]; arc < graph.first[g + 1]; arc++) {
                int into = graph.to[arc];
                if (!seen[into] && isSource[into] == isSource[g]) {
                    seen[into] = true;
                    reached[count++] = into;
                }
            }
        }
        return Arrays.copyOf(reached, count);
    }

    private int[] crossing() {
        int[] crossing = new int[graph.edges];
        int count = 0;
        for (int g : sourceGroups) {
            for (int arc = graph.first[g]; arc < graph.first[g + 1]; arc++) {
                if (!isSource[graph.to[arc]]) {
                    crossing[count++] = graph.edge[arc];
                }
            }
        }
        return Arrays.copyOf(crossing, count);
    }

    /// Tells why the cut should be refused although it parts the sides.
    Optional<Refusal> check(Isolating isolating) {
        if (isolates(isolating, labels.sources(), cores.source(), sourceGroups)) {
            return Optional.of(Refusal.onlyPoints("Source"));
        }
        if (isolates(isolating, labels.sinks(), cores.sink(), sinkGroups)) {
            return Optional.of(Refusal.onlyPoints("Sink"));
        }
        return Optional.empty();
    }

    /// True if a side is its core alone, which touches groups that no side had asked for.
    private boolean isolates(Isolating isolating, int[] ends, boolean[] core, int[] groups) {
        if (!isolating.refuses(ends.length)) {
            return false;
        }
        boolean touches = false;
        for (int g : groups) {
            if (!core[g]) {
                return false;
            }
            for (int arc = graph.first[g]; arc < graph.first[g + 1]; arc++) {
                int into = graph.to[arc];
                touches |= !cores.source()[into] && !cores.sink()[into];
            }
        }
        return touches;
    }

    Cut cut() {
        LocalGraph local = graph.graph;
        int[] canonical = Arrays.stream(edges).boxed().sorted((e, f) -> compare(local, e, f)).mapToInt(e -> e)
                .toArray();
        long[] a = new long[edges.length];
        long[] b = new long[edges.length];
        int pairs = 0;
        double value = 0;
        for (int e : canonical) {
            long low = local.id(Math.min(local.left(e), local.right(e)));
            long high = local.id(Math.max(local.left(e), local.right(e)));
            if (pairs == 0 || a[pairs - 1] != low || b[pairs - 1] != high) {
                a[pairs] = low;
                b[pairs++] = high;
            }
            value += local.affinity(e);
        }
        int[] ascending = edges.clone();
        Arrays.sort(ascending);
        return new Cut(ascending, Arrays.copyOf(a, pairs), Arrays.copyOf(b, pairs), value,
                supervoxels(sourceGroups), supervoxels(sinkGroups));
    }

    /// Orders edges by their ends and affinity, whatever their numbers.
    private static int compare(LocalGraph local, int e, int f) {
        int order = Integer.compare(Math.min(local.left(e), local.right(e)), Math.min(local.left(f), local.right(f)));
        if (order == 0) {
            order = Integer.compare(Math.max(local.left(e), local.right(e)), Math.max(local.left(f), local.right(f)));
        }
        return order == 0 ? Float.compare(local.affinity(e), local.affinity(f)) : order;
    }

    /// What the cut leaves, in the order of [Preview#components].
    List<long[]> components() {
        List<long[]> components = new ArrayList<>();
        components.add(supervoxels(sourceGroups));
        components.add(supervoxels(sinkGroups));
        boolean[] told = new boolean[graph.groups];
        tell(sourceGroups, told);
        tell(sinkGroups, told);
        for (int g = 0; g < graph.groups; g++) {
            if (!told[g]) {
                int[] others = joined(g);
                tell(others, told);
                components.add(supervoxels(others));
            }
        }
        return List.copyOf(components);
    }

    private static void tell(int[] groups, boolean[] told) {
        for (int g : groups) {
            told[g] = true;
        }
    }

    /// The supervoxels of some groups, ascending (unsigned).
    private long[] supervoxels(int[] groups) {
        boolean[] wanted = new boolean[graph.groups];
        tell(groups, wanted);
        long[] ids = new long[graph.group.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (wanted[graph.group[i]]) {
                ids[count++] = graph.graph.id(i);
            }
        }
        return Arrays.copyOf(ids, count);
    }
}
