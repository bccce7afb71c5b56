package org.neuropil.graph.base;

import java.io.IOException;

/// The hierarchy of a layer-2 chunk: its supervoxels and layer-2 nodes, and the higher nodes anchored there, with their
/// parents and children. It is read in place, so that it costs the page's bytes and a step upwards no more than a few
/// reads; a root is one read more than a layer-2 node. Immutable.
///
/// Bytes, all little-endian: number of supervoxels (int); number of slots (int); largest supervoxel number (long); number
/// of layer-2 nodes, of higher nodes, of children of higher nodes (int each); 0 or 1 (int). Then arrays of numbers of the
/// fewest bytes that hold the largest:
///
/// 1. if that was 0, the layer-2 node of each supervoxel number from 0 on, 0 where there is no supervoxel; otherwise the
///    numbers of the supervoxels, ascending, and their layer-2 nodes;
/// 2. then the other arrays of [Hierarchy], in its order, with `memberFirst` and `members` first; ids have 8 bytes;
/// 3. 8 bytes of zero.
public final class HierarchyPage {
    static final int HEADER = 32;

    private static final int ID = Long.BYTES;

    private final Anchors anchors;
    private final long chunkId;
    private final byte[] bytes;
    private final boolean direct;
    private final int supervoxels;
    private final int slots;
    private final long largest;
    private final int level2;
    private final int higher;
    private final int numberWidth;
    private final long numberMask;
    private final int level2Width;
    private final long level2Mask;
    private final int memberWidth;
    private final int higherWidth;
    private final int childWidth;
    private final int slotAt;
    private final int memberFirstAt;
    private final int membersAt;
    private final int parentAt;
    private final int rootAt;
    private final int higherFirstAt;
    private final int layerAt;
    private final int higherParentAt;
    private final int childFirstAt;
    private final int childrenAt;
    private final int numberShift;
    private final long placeMask;

    private HierarchyPage(Anchors anchors, long chunkId, byte[] bytes, String where) throws IOException {
        PageReader in = new PageReader(bytes, where);
        this.anchors = anchors;
        this.chunkId = chunkId;
        this.bytes = bytes;
        this.supervoxels = in.getCount();
        this.slots = in.getCount();
        this.largest = in.getLong();
        this.level2 = in.getCount();
        this.higher = in.getCount();
        int children = in.getCount();
        this.direct = in.getInt() == 0;
        if (largest < 0 || (direct ? slots != largest + 1 : slots != supervoxels)) {
            throw in.damaged("supervoxels that it has no room for");
        }
        this.numberWidth = PageBytes.width(largest);
        this.numberMask = PageBytes.mask(numberWidth);
        this.level2Width = PageBytes.width(level2);
        this.level2Mask = PageBytes.mask(level2Width);
        this.memberWidth = PageBytes.width(supervoxels);
        this.higherWidth = PageBytes.width(higher);
        this.childWidth = PageBytes.width(children);
        long at = HEADER + (direct ? 0L : (long) numberWidth * slots);
        this.slotAt = (int) at;
        at += (long) level2Width * slots;
        this.memberFirstAt = (int) at;
        at += memberWidth * (level2 + 1L);
        this.membersAt = (int) at;
        at += (long) numberWidth * supervoxels;
        this.parentAt = (int) at;
        at += (long) ID * level2;
        this.rootAt = (int) at;
        at += (long) ID * level2;
        this.higherFirstAt = (int) at;
        at += higherWidth * (level2 + 1L);
        this.layerAt = (int) at;
        at += higher;
        this.higherParentAt = (int) at;
        at += (long) ID * higher;
        this.childFirstAt = (int) at;
        at += childWidth * (higher + 1L);
        this.childrenAt = (int) at;
        at += (long) ID * children + PageBytes.PAD;
        if (at != bytes.length) {
            throw in.damaged("arrays of another length than its " + bytes.length + " bytes");
        }
        int spatial = 3 * anchors.ids().bits();
        this.numberShift = 56 - spatial;
        this.placeMask = (1L << spatial) - 1;
        new HierarchyCheck(this, in).check(children);
    }

    /// Reads the page of a row.
    ///
    /// @param where what the row is, for the error
    /// @throws IOException if it is damaged
    public static HierarchyPage parse(byte[] row, Anchors anchors, long chunkId, String where) throws IOException {
        return new HierarchyPage(anchors, chunkId, PageFrame.unwrap(PageFrame.BASE, chunkId, row, where), where);
    }

    /// Id of its chunk, of layer 2.
    public long chunkId() {
        return chunkId;
    }

    /// How the nodes' ids say where they belong.
    Anchors anchors() {
        return anchors;
    }

    /// Bytes that it takes in memory.
    public int weight() {
        return bytes.length + 160;
    }

    /// How many supervoxels there are.
    public int supervoxels() {
        return supervoxels;
    }

    /// How many layer-2 nodes there are: they are numbered from 1.
    public int level2() {
        return level2;
    }

    /// How many higher nodes are anchored here.
    public int higher() {
        return higher;
    }

    /// Largest number of a supervoxel, 0 if there is none.
    public long largest() {
        return largest;
    }

    /// The parent of a node that belongs to this chunk: [Base#parent].
    public long parent(long node) {
        int layer = (int) (node >>> 56);
        if (layer == 1) {
            long m = level2Of(node);
            return m == 0 ? 0 : chunkId | m;
        }
        if (layer == 2) {
            long m = level2Number(node);
            return m == 0 ? 0 : PageBytes.getLong(bytes, parentAt + ID * ((int) m - 1));
        }
        int k = higherIndex(node);
        return k < 0 ? 0 : PageBytes.getLong(bytes, higherParentAt + ID * k);
    }

    /// The root above a supervoxel or layer-2 node of this chunk, itself if it is one; 0 if it is not contained.
    long root(long node) {
        long m = node >>> 56 == 1 ? level2Of(node) : level2Number(node);
        return m == 0 ? 0 : level2Root((int) m - 1);
    }

    /// True if ingest made this node, and it belongs to this chunk.
    public boolean contains(long node) {
        return switch ((int) (node >>> 56)) {
            case 1 -> level2Of(node) != 0;
            case 2 -> level2Number(node) != 0;
            default -> higherIndex(node) >= 0;
        };
    }

    /// Children of a node that belongs to this chunk: [Base#children].
    public long[] children(long node) {
        int layer = (int) (node >>> 56);
        if (layer == 2) {
            int m = (int) level2Number(node);
            if (m == 0) {
                return new long[0];
            }
            int from = memberFirst(m - 1);
            long[] members = new long[memberFirst(m) - from];
            long chunk = chunkId ^ 3L << 56;
            for (int i = 0; i < members.length; i++) {
                members[i] = chunk | member(from + i);
            }
            return members;
        }
        int k = layer < 2 ? -1 : higherIndex(node);
        if (k < 0) {
            return new long[0];
        }
        int from = childFirst(k);
        long[] children = new long[childFirst(k + 1) - from];
        for (int i = 0; i < children.length; i++) {
            children[i] = child(from + i);
        }
        return children;
    }

    private boolean isHere(long node) {
        return (node >>> numberShift & placeMask) == (chunkId >>> numberShift & placeMask);
    }

    private long level2Of(long supervoxel) {
        long number = supervoxel & (1L << numberShift) - 1;
        if (number > largest || !isHere(supervoxel)) {
            return 0;
        }
        int slot = direct ? (int) number : find(number);
        return slot < 0 ? 0 : slot(slot);
    }

    private int find(long number) {
        int low = 0;
        int high = slots - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long there = slotNumber(middle);
            if (there == number) {
                return middle;
            }
            if (there < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private long level2Number(long node) {
        long m = node & (1L << numberShift) - 1;
        return m <= level2 && isHere(node) ? m : 0;
    }

    /// Where a node of layer 3 or above is in the arrays, negative if it is not.
    private int higherIndex(long node) {
        if (anchors.chunkOf(node) != chunkId) {
            return -1;
        }
        long m = anchors.anchor(node);
        if (m == 0 || m > level2) {
            return -1;
        }
        int layer = (int) (node >>> 56);
        int end = higherFirst((int) m);
        for (int k = higherFirst((int) m - 1); k < end; k++) {
            if (bytes[layerAt + k] == layer) {
                return k;
            }
        }
        return -1;
    }

    boolean isDirect() {
        return direct;
    }

    int slots() {
        return slots;
    }

    long slot(int i) {
        return PageBytes.getLong(bytes, slotAt + level2Width * i) & level2Mask;
    }

    long slotNumber(int i) {
        return direct ? i : PageBytes.getLong(bytes, HEADER + numberWidth * i) & numberMask;
    }

    int memberFirst(int i) {
        return (int) (PageBytes.getLong(bytes, memberFirstAt + memberWidth * i) & PageBytes.mask(memberWidth));
    }

    long member(int i) {
        return PageBytes.getLong(bytes, membersAt + numberWidth * i) & numberMask;
    }

    long level2Parent(int i) {
        return PageBytes.getLong(bytes, parentAt + ID * i);
    }

    long level2Root(int i) {
        return PageBytes.getLong(bytes, rootAt + ID * i);
    }

    int higherFirst(int i) {
        return (int) (PageBytes.getLong(bytes, higherFirstAt + higherWidth * i) & PageBytes.mask(higherWidth));
    }

    int higherLayer(int k) {
        return bytes[layerAt + k];
    }

    long higherParent(int k) {
        return PageBytes.getLong(bytes, higherParentAt + ID * k);
    }

    int childFirst(int k) {
        return (int) (PageBytes.getLong(bytes, childFirstAt + childWidth * k) & PageBytes.mask(childWidth));
    }

    long child(int i) {
        return PageBytes.getLong(bytes, childrenAt + ID * i);
    }
}
