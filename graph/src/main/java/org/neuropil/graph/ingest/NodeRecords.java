package org.neuropil.graph.ingest;

import java.util.Arrays;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/// Nodes with their children and the active edges that leave their chunks.
///
/// Layout: node `i` has the children `childFirst[i]` to `childFirst[i + 1] - 1` and the edges `crossFirst[i]` to
/// `crossFirst[i + 1] - 1`. In the rows of one chunk that a child's parent was found stands in `child` and `parent`,
/// for children that belong to the chunk; elsewhere these are empty.
///
/// @param node ids
/// @param children ids, ascending in each node
/// @param own edges' ends below the node, ascending in each node
/// @param far edges' other ends
/// @param child nodes whose parent was found
/// @param parent their parents
record NodeRecords(long[] node, int[] childFirst, long[] children, int[] crossFirst, long[] own,
        long[] far, long[] child, long[] parent) {
    /// None.
    static final NodeRecords NONE = new Builder().build();

    /// Collects nodes.
    static final class Builder {
        private final LongArrayList node = new LongArrayList();
        private final IntArrayList childFirst = new IntArrayList(new int[]{0});
        private final LongArrayList children = new LongArrayList();
        private final IntArrayList crossFirst = new IntArrayList(new int[]{0});
        private final LongArrayList own = new LongArrayList();
        private final LongArrayList far = new LongArrayList();

        /// Adds a node.
        ///
        /// @param below its children, ascending
        /// @param open where its edges are, from `begin` to the last
        void add(long id, long[] below, OpenBuilder open, int begin) {
            node.add(id);
            children.addElements(children.size(), below);
            childFirst.add(children.size());
            own.addElements(own.size(), open.own(begin));
            far.addElements(far.size(), open.far(begin));
            crossFirst.add(own.size());
        }

        NodeRecords build() {
            return new NodeRecords(node.toLongArray(), childFirst.toIntArray(),
                    children.toLongArray(), crossFirst.toIntArray(), own.toLongArray(), far.toLongArray(), new long[0],
                    new long[0]);
        }
    }

    /// The nodes with these indices, and the parents of these children.
    ///
    /// @param nodes indices of nodes
    /// @param found indices of `children`
    /// @param parentOf the node of each of `children`, as an index
    NodeRecords select(int[] nodes, int[] found, int[] parentOf) {
        int[] firstChild = new int[nodes.length + 1];
        int[] firstCross = new int[nodes.length + 1];
        long[] ids = new long[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            int k = nodes[i];
            ids[i] = node[k];
            firstChild[i + 1] = firstChild[i] + childFirst[k + 1] - childFirst[k];
            firstCross[i + 1] = firstCross[i] + crossFirst[k + 1] - crossFirst[k];
        }
        long[] below = new long[firstChild[nodes.length]];
        long[] near = new long[firstCross[nodes.length]];
        long[] away = new long[near.length];
        for (int i = 0; i < nodes.length; i++) {
            int k = nodes[i];
            System.arraycopy(children, childFirst[k], below, firstChild[i], firstChild[i + 1] - firstChild[i]);
            System.arraycopy(own, crossFirst[k], near, firstCross[i], firstCross[i + 1] - firstCross[i]);
            System.arraycopy(far, crossFirst[k], away, firstCross[i], firstCross[i + 1] - firstCross[i]);
        }
        long[] some = new long[found.length];
        long[] above = new long[found.length];
        for (int i = 0; i < found.length; i++) {
            some[i] = children[found[i]];
            above[i] = node[parentOf[found[i]]];
        }
        return new NodeRecords(ids, firstChild, below, firstCross, near, away, some, above);
    }

    /// For each child the index of its node.
    int[] parentOf() {
        int[] of = new int[children.length];
        for (int i = 0; i < node.length; i++) {
            Arrays.fill(of, childFirst[i], childFirst[i + 1], i);
        }
        return of;
    }
}
