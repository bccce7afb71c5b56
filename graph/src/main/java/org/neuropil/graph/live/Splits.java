package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.cut.Cut;
import org.neuropil.graph.cut.CutRefusedException;
import org.neuropil.graph.cut.LocalGraph;
import org.neuropil.graph.cut.Multicut;
import org.neuropil.graph.cut.Preview;

/// Which edges a split removes (cave.md 2.7).
final class Splits {
    private Splits() {}

    /// @param sources supervoxels at the sources' points
    /// @param sinks supervoxels at the sinks' points
    /// @throws EditRefusedException if there is no cut
    /// @throws CutRefusedException if there is no cut between these supervoxels, but may be one through them
    static EdgeEdit edges(Snapshot snapshot, SplitRequest request, long[] sources, long[] sinks) throws IOException {
        Region region = region(snapshot, request, sources, sinks);
        List<Region.Link> links = region.links();
        if (!request.mincut()) {
            return exactly(links, sources, sinks);
        }
        Cut cut = Multicut.cut(graph(links), sources, sinks);
        Set<Pair> cutPairs = new LinkedHashSet<>();
        for (int i = 0; i < cut.a().length; i++) {
            cutPairs.add(Pair.of(cut.a()[i], cut.b()[i]));
        }
        List<Pair> remove = new ArrayList<>();
        for (Region.Link link : links) {
            if (link.active() && cutPairs.remove(link.pair())) {
                remove.add(link.pair());
            }
        }
        if (remove.isEmpty()) {
            throw new EditRefusedException(Reason.CONFLICT, "The points are already parted here. "
                    + "Where the object is still connected, it is further away: place points there.");
        }
        return new EdgeEdit(List.of(), remove, List.of());
    }

    /// @throws CutRefusedException as [#edges]
    static Preview preview(Snapshot snapshot, SplitRequest request, long[] sources, long[] sinks) throws IOException {
        return Multicut.preview(graph(region(snapshot, request, sources, sinks).links()), sources, sinks);
    }

    private static Region region(Snapshot snapshot, SplitRequest request, long[] sources, long[] sinks)
            throws IOException {
        if (sources.length == 0 || sinks.length == 0) {
            throw new EditRefusedException(Reason.INVALID,
                    "Sources and sinks are both needed. Place at least one point on either side.");
        }
        List<EditPoint> points = new ArrayList<>(request.sources());
        points.addAll(request.sinks());
        long[] all = new long[points.size()];
        System.arraycopy(sources, 0, all, 0, sources.length);
        System.arraycopy(sinks, 0, all, sources.length, sinks.length);
        long root = snapshot.root(all[0]);
        for (long supervoxel : all) {
            long other = snapshot.root(supervoxel);
            if (other != root) {
                throw new EditRefusedException(Reason.CONFLICT,
                        "Supervoxels must belong to the same segment/object. Points lie in "
                                + Long.toUnsignedString(root) + " and " + Long.toUnsignedString(other) + ".");
            }
        }
        return Region.near(snapshot, new long[]{root}, points, all);
    }

    private static LocalGraph graph(List<Region.Link> links) {
        long[] a = new long[links.size()];
        long[] b = new long[a.length];
        float[] affinity = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = links.get(i).a();
            b[i] = links.get(i).b();
            affinity[i] = links.get(i).affinity();
        }
        return LocalGraph.of(a, b, affinity);
    }

    private static EdgeEdit exactly(List<Region.Link> links, long[] sources, long[] sinks) {
        if (sources.length != sinks.length) {
            throw new EditRefusedException(Reason.INVALID, sources.length + " sources and " + sinks.length
                    + " sinks: without a minimum cut there has to be one sink for each source.");
        }
        Map<Pair, Boolean> active = new HashMap<>();
        links.forEach(link -> active.merge(link.pair(), link.active(), Boolean::logicalOr));
        Set<Pair> remove = new LinkedHashSet<>();
        for (int i = 0; i < sources.length; i++) {
            Pair pair = Pair.of(sources[i], sinks[i]);
            Boolean isActive = active.get(pair);
            if (isActive == null) {
                throw new EditRefusedException(Reason.INVALID, "All edges must exist. No edge joins supervoxels "
                        + Long.toUnsignedString(pair.a()) + " and " + Long.toUnsignedString(pair.b()) + ".");
            }
            if (isActive) {
                remove.add(pair);
            }
        }
        if (remove.isEmpty()) {
            throw new EditRefusedException(Reason.CONFLICT, "These edges are already removed.");
        }
        return new EdgeEdit(List.of(), new ArrayList<>(remove), List.of());
    }
}
