package org.neuropil.tables.live;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.tables.Roots;

import it.unimi.dsi.fastutil.longs.LongRBTreeSet;
import it.unimi.dsi.fastutil.longs.LongSortedSet;

/// Roots of a proofreading graph. It is not closed with this.
///
/// @param graph asked for everything
public record GraphRoots(Graph graph) implements Roots {
    @Override
    public Instant head() throws IOException {
        return graph.head();
    }

    @Override
    public long[] roots(long[] supervoxels, Instant at) throws IOException {
        return graph.roots(supervoxels, at, graph.info().layers());
    }

    @Override
    public boolean[] isLatest(long[] roots, Instant at) throws IOException {
        return graph.isLatest(roots, at);
    }

    @Override
    public long[] changed(Instant from, Instant to) throws IOException {
        LongSortedSet roots = new LongRBTreeSet();
        for (Operation operation : between(from, to)) {
            for (long root : operation.before()) {
                roots.add(root);
            }
            for (long root : operation.after()) {
                roots.add(root);
            }
        }
        return roots.toLongArray();
    }

    @Override
    public long[] cut(Instant at) throws IOException {
        LongSortedSet cut = new LongRBTreeSet();
        settle(at);
        for (Operation operation : graph.operations(Instant.EPOCH, at)) {
            for (SupervoxelSplit split : operation.supervoxelSplits()) {
                cut.add(split.whole());
            }
        }
        return cut.toLongArray();
    }

    /// Operations after one moment and up to another.
    private List<Operation> between(Instant from, Instant to) throws IOException {
        if (!from.isBefore(to)) {
            return List.of();
        }
        settle(to);
        return graph.operations(from.plusMillis(1), to);
    }

    /// Waits for edits that are being made, and keeps later ones from taking effect up to a moment: reading a state does
    /// that, listing operations does not. Whoever goes on from the moment would miss them for ever.
    private void settle(Instant at) throws IOException {
        graph.roots(new long[]{0}, at, graph.info().layers());
    }
}
