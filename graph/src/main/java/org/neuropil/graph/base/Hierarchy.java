package org.neuropil.graph.base;

/// What a [HierarchyPage] is made of: the nodes of a layer-2 chunk and those anchored there, as plain arrays.
///
/// Layout: layer-2 node `m`, from 1, has the supervoxels `members[memberFirst[m - 1]]` to `members[memberFirst[m] - 1]`
/// (numbers, ascending), the parent `level2Parent[m - 1]`, the root `level2Root[m - 1]`, and the higher nodes
/// `higherFirst[m - 1]` to `higherFirst[m] - 1` anchored at it. Higher node `k` has the children
/// `children[childFirst[k]]` to `children[childFirst[k + 1] - 1]`.
///
/// @param numbers of supervoxels, ascending
/// @param level2 the layer-2 node of each of them, from 1
/// @param level2Parent parent of each layer-2 node; 0 if it is a root
/// @param level2Root root above each layer-2 node, itself if it is one
/// @param higherFirst one entry for each layer-2 node and one more
/// @param higherLayer 3 or above, ascending among those of one layer-2 node
/// @param higherParent 0 for roots
/// @param childFirst one entry for each higher node and one more
/// @param children ids, ascending (unsigned) among those of one node
public record Hierarchy(long[] numbers, int[] level2, long[] level2Parent, long[] level2Root,
        int[] higherFirst, byte[] higherLayer, long[] higherParent, int[] childFirst, long[] children) {
    private static final int SPARSE = 4;

    /// The row of the page.
    ///
    /// @param chunkId of layer 2
    public byte[] toRow(long chunkId) {
        return PageFrame.wrap(PageFrame.BASE, chunkId, toPage());
    }

    private byte[] toPage() {
        int n = numbers.length;
        int nodes = level2Parent.length;
        long largest = n == 0 ? 0 : numbers[n - 1];
        boolean direct = largest < (long) SPARSE * n + 1;
        int[] first = memberFirst();
        int numberWidth = PageBytes.width(largest);
        PageWriter out = new PageWriter(HierarchyPage.HEADER + n * (2 * numberWidth + 4) + nodes * 28
                + higherLayer.length * 20 + children.length * 8);
        out.putInt(n);
        out.putInt(direct ? (int) largest + 1 : n);
        out.putLong(largest);
        out.putInt(nodes);
        out.putInt(higherLayer.length);
        out.putInt(children.length);
        out.putInt(direct ? 0 : 1);
        int level2Width = PageBytes.width(nodes);
        if (direct) {
            long[] slots = new long[(int) largest + 1];
            for (int i = 0; i < n; i++) {
                slots[(int) numbers[i]] = level2[i];
            }
            out.putPacked(slots, level2Width);
        } else {
            out.putPacked(numbers, numberWidth);
            for (int m : level2) {
                out.putPacked(m, level2Width);
            }
        }
        putAll(out, first, PageBytes.width(n));
        out.putPacked(members(first), numberWidth);
        out.putPacked(level2Parent, Long.BYTES);
        out.putPacked(level2Root, Long.BYTES);
        putAll(out, higherFirst, PageBytes.width(higherLayer.length));
        out.putBytes(higherLayer);
        out.putPacked(higherParent, Long.BYTES);
        putAll(out, childFirst, PageBytes.width(children.length));
        out.putPacked(children, Long.BYTES);
        out.putLong(0);
        return out.toBytes();
    }

    private static void putAll(PageWriter out, int[] values, int width) {
        for (int value : values) {
            out.putPacked(value, width);
        }
    }

    private int[] memberFirst() {
        int[] first = new int[level2Parent.length + 1];
        for (int m : level2) {
            first[m]++;
        }
        for (int m = 0; m < level2Parent.length; m++) {
            first[m + 1] += first[m];
        }
        return first;
    }

    private long[] members(int[] first) {
        int[] next = first.clone();
        long[] members = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            members[next[level2[i] - 1]++] = numbers[i];
        }
        return members;
    }

    /// A chunk without supervoxels.
    public static Hierarchy empty() {
        return new Hierarchy(new long[0], new int[0], new long[0], new long[0], new int[1], new byte[0],
                new long[0], new int[1], new long[0]);
    }
}
