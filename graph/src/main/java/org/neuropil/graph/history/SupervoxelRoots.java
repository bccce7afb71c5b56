package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.SupervoxelSplit;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Roots of supervoxels, of which some may have been cut into parts meanwhile.
final class SupervoxelRoots {
    private SupervoxelRoots() {}

    /// Current roots of supervoxels at a moment.
    ///
    /// @return for each supervoxel its root; of one that was cut, the root of each part, some perhaps equal; 0 where it
    ///         was not there yet
    static long[][] at(Graph graph, long[] supervoxels, Instant at) throws IOException {
        int layers = graph.info().layers();
        long[] roots = graph.roots(supervoxels, at, layers);
        LongOpenHashSet stale = stale(graph, roots, at);
        long[][] result = new long[supervoxels.length][];
        for (int i = 0; i < supervoxels.length; i++) {
            result[i] = stale.contains(roots[i])
                    ? rootsOfParts(graph, supervoxels[i], at)
                    : new long[]{roots[i]};
        }
        return result;
    }

    private static LongOpenHashSet stale(Graph graph, long[] roots, Instant at) throws IOException {
        LongOpenHashSet different = new LongOpenHashSet(roots);
        different.remove(0);
        long[] some = different.toLongArray();
        boolean[] latest = graph.isLatest(some, at);
        for (int i = 0; i < some.length; i++) {
            if (latest[i]) {
                different.remove(some[i]);
            }
        }
        return different;
    }

    private static long[] rootsOfParts(Graph graph, long supervoxel, Instant at) throws IOException {
        LongArrayList ends = new LongArrayList();
        LongArrayList open = new LongArrayList(new long[]{supervoxel});
        while (!open.isEmpty()) {
            long one = open.removeLong(open.size() - 1);
            long root = graph.root(one, at);
            if (root == 0 || graph.isLatest(new long[]{root}, at)[0]) {
                ends.add(root);
            } else {
                open.addElements(open.size(), parts(graph, one, root, at));
            }
        }
        return ends.toLongArray();
    }

    /// A supervoxel leads to a root that was replaced only if that was when it was cut.
    private static long[] parts(Graph graph, long supervoxel, long root, Instant at) throws IOException {
        Operation operation = graph.operation(graph.replacedBy(root, at));
        return operation == null
                ? missing(supervoxel, root)
                : operation.supervoxelSplits().stream().filter(split -> split.whole() == supervoxel).findFirst()
                        .map(SupervoxelSplit::parts).orElseGet(() -> missing(supervoxel, root));
    }

    private static long[] missing(long supervoxel, long root) {
        throw new IllegalStateException("supervoxel " + Long.toUnsignedString(supervoxel) + " leads to root "
                + Long.toUnsignedString(root) + ", which was replaced, and no operation cut it then");
    }

    /// All roots of some supervoxels' parts.
    static long[] distinct(long[][] roots) {
        return Arrays.stream(roots).flatMapToLong(Arrays::stream).distinct().toArray();
    }
}
