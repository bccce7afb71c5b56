package org.neuropil.graph.base;

import java.io.IOException;
import java.util.Random;

/// Gives bytes to the parsers of pages, and reads all there is in what comes out.
final class PageParsers {
    private static final int[] MAGIC = {PageFrame.BASE, PageFrame.EDGES, PageFrame.CROSS};

    private PageParsers() {}

    /// A page as it is before it is framed.
    static byte[] page(int parser, Random random) throws IOException {
        long chunk = RandomPages.CHUNK_ID;
        return switch (parser) {
            case 0 -> PageFrame.unwrap(PageFrame.BASE, chunk, RandomPages.hierarchy(random).toRow(chunk), "row");
            case 1 -> PageFrame.unwrap(PageFrame.EDGES, chunk,
                    EdgePage.toRow(RandomPages.edges(random), RandomPages.IDS, chunk), "row");
            default -> CrossPage.page(RandomPages.cross(random), RandomPages.IDS);
        };
    }

    /// Parses a page with a frame that fits it.
    static void parsePage(int parser, byte[] page) throws IOException {
        byte[] row = PageFrame.wrap(MAGIC[parser], RandomPages.CHUNK_ID, page);
        parseRow(parser, parser == 2 ? CrossPage.row(new int[]{3}, new byte[][]{row}) : row);
    }

    /// Parses a row.
    static void parseRow(int parser, byte[] row) throws IOException {
        switch (parser) {
            case 0 -> read(HierarchyPage.parse(row, RandomPages.ANCHORS, RandomPages.CHUNK_ID, "row"));
            case 1 -> read(EdgePage.parse(row, RandomPages.IDS, RandomPages.CHUNK_ID, "row"));
            default -> {
                for (int layer = 2; layer <= 5; layer++) {
                    CrossTable table = CrossPage.parse(row, layer, RandomPages.IDS, RandomPages.CHUNK_ID, "row");
                    for (long anchor : table.anchors()) {
                        table.of(anchor);
                    }
                }
            }
        }
    }

    private static void read(HierarchyPage page) {
        for (long number = 0; number <= page.largest() && number < 100; number++) {
            page.parent(RandomPages.IDS.id(1, RandomPages.CHUNK, number));
        }
        for (int m = 0; m <= page.level2() + 1; m++) {
            for (int layer = 2; layer <= 5; layer++) {
                long node = RandomPages.ANCHORS.node(layer, page.chunkId() | m);
                long parent = page.parent(node);
                if (parent != 0 && parent >>> 56 <= layer) {
                    throw new IllegalStateException("a walk that need not end");
                }
                page.children(node);
                page.contains(node);
            }
        }
    }

    private static void read(EdgeTable table) {
        for (long number : table.numbers()) {
            for (int e = table.begin(number); e < table.end(number); e++) {
                if (!(table.affinity()[e] >= 0)) {
                    throw new IllegalStateException("affinity " + table.affinity()[e]);
                }
            }
        }
    }
}
