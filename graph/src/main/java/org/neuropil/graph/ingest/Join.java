package org.neuropil.graph.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.Anchors;
import org.neuropil.space.InputException;
import org.neuropil.volume.kernel.DisjointSets;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Joins what active edges connect between the chunks that a chunk of a higher layer is made of.
///
/// A component is a node of the layer if it joins several, or if an active edge leaves it that ends in the chunk of the
/// next layer; otherwise its only child's parent will be higher up. A component that no active edge leaves is done: its
/// root is made at once.
final class Join {
    private final NodeIds ids;
    private final Anchors anchors;
    private final int layer;
    private final List<OpenNodes> children;
    private final NodeRecords.Builder records = new NodeRecords.Builder();
    private final List<long[]> above = new ArrayList<>();
    private int[] childOf = new int[0];
    private int[] indexOf = new int[0];
    private DisjointSets sets = new DisjointSets(0);

    /// What a join leaves.
    ///
    /// @param open components that edges leave
    /// @param records nodes that were made, and parents that were found
    /// @param above for each child and each of its components the root, or the component's index in `open`
    record Result(OpenNodes open, NodeRecords records, List<long[]> above) {}

    private Join(Anchors anchors, int layer, List<OpenNodes> children) {
        this.ids = anchors.ids();
        this.anchors = anchors;
        this.layer = layer;
        this.children = children;
        children.forEach(child -> above.add(new long[child.size()]));
    }

    /// Joins.
    ///
    /// @param layer 3 to the number of layers
    /// @param children of the chunks below
    static Result of(Anchors anchors, int layer, List<OpenNodes> children) {
        return new Join(anchors, layer, children).run();
    }

    private Result run() {
        unite();
        int n = childOf.length;
        // The components, in the order of their smallest members, and the members of each in ascending order.
        int[] start = new int[n + 1];
        for (int i = 0; i < n; i++) {
            start[sets.smallest(i) + 1]++;
        }
        for (int i = 0; i < n; i++) {
            start[i + 1] += start[i];
        }
        int[] next = start.clone();
        int[] members = new int[n];
        for (int i = 0; i < n; i++) {
            members[next[sets.smallest(i)]++] = i;
        }
        OpenBuilder open = new OpenBuilder(edges());
        for (int i = 0; i < n; i++) {
            if (sets.smallest(i) == i) {
                component(members, start[i], start[i + 1], open);
            }
        }
        return new Result(open.build(), records.build(), above);
    }

    private int edges() {
        return children.stream().mapToInt(child -> child.own().length).sum();
    }

    private void unite() {
        int n = children.stream().mapToInt(OpenNodes::size).sum();
        childOf = new int[n];
        indexOf = new int[n];
        sets = new DisjointSets(n);
        Long2IntOpenHashMap componentOf = new Long2IntOpenHashMap();
        componentOf.defaultReturnValue(-1);
        int at = 0;
        for (int c = 0; c < children.size(); c++) {
            OpenNodes child = children.get(c);
            for (int i = 0; i < child.size(); i++, at++) {
                childOf[at] = c;
                indexOf[at] = i;
                for (int e = child.first()[i]; e < child.first()[i + 1]; e++) {
                    if (isInside(child, e)) {
                        componentOf.put(child.own()[e], at);
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            OpenNodes child = children.get(childOf[i]);
            for (int e = child.first()[indexOf[i]]; e < child.first()[indexOf[i] + 1]; e++) {
                if (isInside(child, e)) {
                    int other = componentOf.get(child.far()[e]);
                    if (other < 0) {
                        throw oneSided(child.own()[e], child.far()[e]);
                    }
                    sets.unite(i, other);
                }
            }
        }
    }

    private static InputException oneSided(long own, long far) {
        return new InputException("the active edge from supervoxel " + Long.toUnsignedString(own) + " to "
                + Long.toUnsignedString(far) + " is not among the active edges of the latter", "edges",
                "an edge between chunks must stand in the files of both, with equal affinities");
    }

    private boolean isInside(OpenNodes child, int e) {
        return ids.commonLayer(child.own()[e], child.far()[e]) <= layer;
    }

    private void component(int[] members, int from, int to, OpenBuilder open) {
        long anchor = 0;
        long[] tops = new long[to - from];
        boolean reachesNext = false;
        int begin = open.edges();
        for (int i = from; i < to; i++) {
            OpenNodes child = children.get(childOf[members[i]]);
            int index = indexOf[members[i]];
            tops[i - from] = child.top()[index];
            long other = child.anchor()[index];
            anchor = i == from || Long.compareUnsigned(other, anchor) < 0 ? other : anchor;
            for (int e = child.first()[index]; e < child.first()[index + 1]; e++) {
                int common = ids.commonLayer(child.own()[e], child.far()[e]);
                if (common > layer) {
                    open.add(child.own()[e], child.far()[e]);
                    reachesNext |= common == layer + 1;
                }
            }
        }
        if (tops.length > 1) {
            Arrays.sort(tops);
            open.sort(begin);
        }
        boolean isRoot = layer == ids.layers();
        long top = tops[0];
        if (isRoot || tops.length > 1 || reachesNext) {
            top = anchors.node(layer, anchor);
            records.add(top, tops, open, begin);
        }
        long end = top;
        if (open.edges() > begin) {
            end = open.size();
            open.end(top, anchor);
        } else if (!isRoot) {
            end = anchors.node(ids.layers(), anchor);
            records.add(end, new long[]{top}, open, begin);
        }
        for (int i = from; i < to; i++) {
            above.get(childOf[members[i]])[indexOf[members[i]]] = end;
        }
    }
}
