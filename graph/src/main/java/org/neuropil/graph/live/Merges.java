package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Int3;

/// Which edges a merge activates (cave.md 2.6).
final class Merges {
    private Merges() {}

    /// @param source supervoxel at the source's point
    /// @param sink supervoxel at the sink's point
    /// @throws EditRefusedException if they cannot be joined
    static EdgeEdit edges(Snapshot snapshot, MergeRequest request, long source, long sink) throws IOException {
        if (source == sink) {
            throw new EditRefusedException(Reason.INVALID, "Requested merge contains at least 1 self-loop. "
                    + "Both points lie in one supervoxel: place them in the two objects to be joined.");
        }
        long a = snapshot.root(source);
        long b = snapshot.root(sink);
        if (a == b && !request.withinObject()) {
            throw new EditRefusedException(Reason.CONFLICT, "Supervoxels must belong to different objects. "
                    + "Both points already lie in object " + Long.toUnsignedString(a) + ".");
        }
        checkDistance(snapshot, request.farthest(), source, sink);
        Region region = Region.near(snapshot, a == b ? new long[]{a} : new long[]{a, b},
                List.of(request.source(), request.sink()), new long[]{source, sink});
        Region.Components components = region.components();
        int from = components.of(source);
        int to = components.of(sink);
        Pair pair = Pair.of(source, sink);
        boolean joined = false;
        Set<Pair> add = new LinkedHashSet<>();
        for (Region.Link link : region.links()) {
            int left = components.of(link.a());
            int right = components.of(link.b());
            if (!link.active() && (left == from && right == to || left == to && right == from)) {
                add.add(link.pair());
            }
            joined |= link.active() && link.pair().equals(pair);
        }
        if (joined && add.isEmpty()) {
            throw new EditRefusedException(Reason.CONFLICT,
                    "An edge already joins these two supervoxels. There is nothing to join here.");
        }
        if (!add.isEmpty()) {
            return new EdgeEdit(new ArrayList<>(add), List.of(), List.of());
        }
        return new EdgeEdit(List.of(pair), List.of(),
                List.of(new ExtraEdge(pair.a(), pair.b(), ExtraEdge.MADE_AFFINITY, 0)));
    }

    private static void checkDistance(Snapshot snapshot, int farthest, long source, long sink) {
        Int3 distance = snapshot.ids().chunk(source).minus(snapshot.ids().chunk(sink));
        int most = Math.max(Math.abs(distance.x()), Math.max(Math.abs(distance.y()), Math.abs(distance.z())));
        if (most > farthest) {
            throw new EditRefusedException(Reason.INVALID,
                    "Chebyshev distance between merge points exceeded allowed maximum (" + farthest
                            + " chunks). They are " + most + " chunks apart: place them nearer to each other.");
        }
    }
}
