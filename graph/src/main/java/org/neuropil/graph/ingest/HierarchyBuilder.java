package org.neuropil.graph.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

import org.neuropil.graph.NodeIds;
import org.neuropil.graph.base.Anchors;
import org.neuropil.graph.base.CrossTable;
import org.neuropil.graph.base.Hierarchy;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// Puts together what belongs to a layer-2 chunk. What the layers found is added from the lowest on.
final class HierarchyBuilder {
    private final Anchors anchors;
    private final long chunkId;
    private final int level2;
    private final List<NodeRecords> layers = new ArrayList<>();
    private final Long2LongOpenHashMap parents = new Long2LongOpenHashMap();
    /// By number; 0 for those that no active edge leaves.
    private final long[] rootOf;

    /// @param level2 number of layer-2 nodes
    /// @param open those that active edges leave
    /// @param roots of these
    HierarchyBuilder(Anchors anchors, long chunkId, int level2, OpenNodes open, long[] roots) {
        this.anchors = anchors;
        this.chunkId = chunkId;
        this.level2 = level2;
        this.rootOf = new long[level2 + 1];
        for (int i = 0; i < roots.length; i++) {
            rootOf[(int) anchors.ids().number(open.top()[i])] = roots[i];
        }
    }

    void add(NodeRecords records) {
        layers.add(records);
        for (int i = 0; i < records.child().length; i++) {
            parents.put(records.child()[i], records.parent()[i]);
        }
    }

    /// @param supervoxels numbers, ascending
    /// @param node layer-2 number of each of them
    Hierarchy build(long[] supervoxels, int[] node) {
        if (anchors.ids().layers() == 2) {
            long[] roots = new long[level2];
            Arrays.setAll(roots, i -> chunkId | i + 1);
            return new Hierarchy(supervoxels, node, new long[level2], roots, new int[level2 + 1], new byte[0],
                    new long[0], new int[1], new long[0]);
        }
        addLonely();
        int n = layers.stream().mapToInt(r -> r.node().length).sum();
        int[] first = new int[level2 + 2];
        for (NodeRecords records : layers) {
            for (long id : records.node()) {
                first[(int) anchors.anchor(id)]++;
            }
        }
        for (int m = 0; m < level2; m++) {
            first[m + 1] += first[m];
        }
        // Layers were added in ascending order, and so each node's rows are in it.
        int[] next = Arrays.copyOf(first, level2 + 1);
        byte[] layer = new byte[n];
        long[] parent = new long[n];
        long[][] children = new long[n][];
        int total = 0;
        for (NodeRecords records : layers) {
            for (int i = 0; i < records.node().length; i++) {
                int k = next[(int) anchors.anchor(records.node()[i]) - 1]++;
                layer[k] = (byte) NodeIds.layer(records.node()[i]);
                parent[k] = parents.get(records.node()[i]);
                children[k] = Arrays.copyOfRange(records.children(), records.childFirst()[i],
                        records.childFirst()[i + 1]);
                total += children[k].length;
            }
        }
        int[] childFirst = new int[n + 1];
        long[] all = new long[total];
        for (int k = 0; k < n; k++) {
            childFirst[k + 1] = childFirst[k] + children[k].length;
            System.arraycopy(children[k], 0, all, childFirst[k], children[k].length);
        }
        long[] level2Parent = new long[level2];
        for (int m = 1; m <= level2; m++) {
            level2Parent[m - 1] = parents.get(chunkId | m);
        }
        return new Hierarchy(supervoxels, node, level2Parent, Arrays.copyOfRange(rootOf, 1, level2 + 1),
                Arrays.copyOf(first, level2 + 1), layer, parent, childFirst, all);
    }

    /// The roots of nodes that no active edge leaves.
    private void addLonely() {
        int roots = anchors.ids().layers();
        NodeRecords.Builder lonely = new NodeRecords.Builder();
        OpenBuilder none = new OpenBuilder(0);
        for (int m = 1; m <= level2; m++) {
            if (rootOf[m] == 0) {
                long root = anchors.node(roots, chunkId | m);
                rootOf[m] = root;
                parents.put(chunkId | m, root);
                lonely.add(root, new long[]{chunkId | m}, none, 0);
            }
        }
        layers.add(lonely.build());
    }

    /// Adds the edges that leave layer-2 nodes.
    static void putCross(SortedMap<Integer, CrossTable> tables, int layer, OpenNodes open, NodeIds ids) {
        if (open.size() > 0) {
            long[] numbers = new long[open.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = ids.number(open.top()[i]);
            }
            tables.put(layer, new CrossTable(numbers, open.first(), open.own(), open.far()));
        }
    }

    /// Adds the edges that leave the nodes of a higher layer.
    static void putCross(SortedMap<Integer, CrossTable> tables, int layer, NodeRecords records, Anchors anchors) {
        int[] order = new int[records.node().length];
        int n = 0;
        for (int i = 0; i < order.length; i++) {
            if (records.crossFirst()[i + 1] > records.crossFirst()[i]) {
                order[n++] = i;
            }
        }
        if (n == 0) {
            return;
        }
        it.unimi.dsi.fastutil.ints.IntArrays.quickSort(order, 0, n,
                (i, j) -> Long.compare(anchors.anchor(records.node()[i]), anchors.anchor(records.node()[j])));
        NodeRecords sorted = records.select(Arrays.copyOf(order, n), new int[0], new int[0]);
        long[] numbers = sorted.node().clone();
        for (int i = 0; i < n; i++) {
            numbers[i] = anchors.anchor(numbers[i]);
        }
        tables.put(layer, new CrossTable(numbers, sorted.crossFirst(), sorted.own(), sorted.far()));
    }
}
