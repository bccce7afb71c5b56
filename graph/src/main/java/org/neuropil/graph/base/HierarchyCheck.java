package org.neuropil.graph.base;

import java.io.IOException;

/// Looks through a [HierarchyPage] once, so that whoever reads in it need not: every index leads into its array, parents
/// are above their children and children below, so that walks upwards and downwards end.
final class HierarchyCheck {
    private final HierarchyPage page;
    private final PageReader in;
    private final int layers;

    HierarchyCheck(HierarchyPage page, PageReader in) {
        this.page = page;
        this.in = in;
        this.layers = page.anchors().ids().layers();
    }

    void check(int children) throws IOException {
        supervoxels();
        members();
        for (int i = 0; i < page.level2(); i++) {
            parent(2, page.level2Parent(i));
            long root = page.level2Root(i);
            if (layers == 2 ? root != (page.chunkId() | i + 1) : root >>> 56 != layers) {
                throw in.damaged("a root that is none");
            }
        }
        higher();
        children(children);
    }

    private void supervoxels() throws IOException {
        int found = 0;
        for (int i = 0; i < page.slots(); i++) {
            long m = page.slot(i);
            if (m > page.level2()) {
                throw in.damaged("a layer-2 node that there is not");
            }
            found += m == 0 ? 0 : 1;
            if (!page.isDirect() && page.slotNumber(i) <= (i == 0 ? 0 : page.slotNumber(i - 1))) {
                throw in.damaged("supervoxels out of order");
            }
        }
        boolean first = page.slots() > 0 && page.isDirect() && page.slot(0) != 0;
        long last = page.slots() == 0 ? 0 : page.slotNumber(page.slots() - 1);
        if (found != page.supervoxels() || first || last != page.largest()) {
            throw in.damaged("another number of supervoxels than it says");
        }
    }

    private void members() throws IOException {
        int end = page.memberFirst(0);
        if (end != 0 || page.memberFirst(page.level2()) != page.supervoxels()) {
            throw in.damaged("layer-2 nodes of other supervoxels than it has");
        }
        for (int m = 1; m <= page.level2(); m++) {
            int from = end;
            end = page.memberFirst(m);
            if (end < from || end > page.supervoxels()) {
                throw in.damaged("layer-2 nodes out of order");
            }
            for (int i = from; i < end; i++) {
                long number = page.member(i);
                long supervoxel = page.chunkId() ^ 3L << 56 | number;
                if (i > from && number <= page.member(i - 1) || number > page.largest()
                        || page.parent(supervoxel) != (page.chunkId() | m)) {
                    throw in.damaged("a supervoxel below a node that is not its parent");
                }
            }
        }
    }

    private void higher() throws IOException {
        int end = page.higherFirst(0);
        if (end != 0 || page.higherFirst(page.level2()) != page.higher()) {
            throw in.damaged("other higher nodes than it says");
        }
        for (int m = 1; m <= page.level2(); m++) {
            int from = end;
            end = page.higherFirst(m);
            if (end < from || end > page.higher()) {
                throw in.damaged("higher nodes out of order");
            }
            for (int k = from; k < end; k++) {
                int layer = page.higherLayer(k);
                if (layer < 3 || layer > layers || k > from && layer <= page.higherLayer(k - 1)) {
                    throw in.damaged("a higher node of layer " + layer);
                }
                parent(layer, page.higherParent(k));
            }
        }
    }

    private void children(int children) throws IOException {
        int end = page.childFirst(0);
        if (end != 0 || page.childFirst(page.higher()) != children) {
            throw in.damaged("other children than it says");
        }
        for (int k = 0; k < page.higher(); k++) {
            int from = end;
            end = page.childFirst(k + 1);
            if (end < from || end > children) {
                throw in.damaged("children out of order");
            }
            for (int i = from; i < end; i++) {
                long child = page.child(i);
                long layer = child >>> 56;
                if (layer < 2 || layer >= page.higherLayer(k)
                        || i > from && Long.compareUnsigned(child, page.child(i - 1)) <= 0) {
                    throw in.damaged("a child that is not below its node");
                }
            }
        }
    }

    private void parent(int layer, long parent) throws IOException {
        long above = parent >>> 56;
        if (parent == 0 ? layer != layers : above <= layer || above > layers) {
            throw in.damaged("a parent that is not above its node");
        }
    }
}
