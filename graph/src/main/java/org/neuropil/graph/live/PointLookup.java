package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.Position;
import org.neuropil.space.InputException;

/// Finds the supervoxels that a proofreader meant (cave.md 2.6, step 1).
///
/// @param volume where supervoxels lie, null if the graph does not know: then only supervoxels can be pointed at
record PointLookup(@Nullable PatchedSupervoxels volume) {
    /// The supervoxel of each point: the clicked one; or the nearest that the clicked node had while it was current.
    ///
    /// @throws EditRefusedException if a node does not exist, or none of its supervoxels is near its point
    long[] find(Snapshot now, List<EditPoint> points) throws IOException {
        long[] found = new long[points.size()];
        Map<Long, List<Integer>> byNode = new LinkedHashMap<>();
        for (int i = 0; i < found.length; i++) {
            long node = points.get(i).node();
            if (!now.exists(node)) {
                throw new EditRefusedException(Reason.INVALID,
                        "There is no supervoxel or node " + Long.toUnsignedString(node) + " in this graph.");
            }
            if (NodeIds.layer(node) == 1 && now.isLatest(node)) {
                found[i] = node;
            } else {
                byNode.computeIfAbsent(node, key -> new ArrayList<>()).add(i);
            }
        }
        for (Map.Entry<Long, List<Integer>> entry : byNode.entrySet()) {
            long[] near = nearest(now, entry.getKey(), entry.getValue().stream().map(points::get).toList());
            for (int i = 0; i < near.length; i++) {
                found[entry.getValue().get(i)] = near[i];
            }
        }
        return found;
    }

    /// Where supervoxels lay at a moment, whatever is cut meanwhile; null if the graph does not know.
    @Nullable
    PatchedSupervoxels volume(Snapshot at) {
        return volume == null
                ? null
                : new PatchedSupervoxels(volume.base(), volume.grid(),
                        chunk -> at.overlay().patches(chunk, at.time()));
    }

    private long[] nearest(Snapshot now, long node, List<EditPoint> points) throws IOException {
        PatchedSupervoxels labels = volume(now);
        if (labels == null) {
            throw refuse(points.getFirst(), "This graph does not know where its supervoxels lie: give supervoxel ids.");
        }
        Snapshot then = now.whileCurrent(node);
        int layer = NodeIds.layer(node);
        try {
            long[] found = labels.nearest(points.stream().map(p -> new Position(p.x(), p.y(), p.z())).toList(), ids -> {
                boolean[] accepted = new boolean[ids.length];
                for (int i = 0; i < ids.length; i++) {
                    // Parts of a supervoxel that was cut lead to where the whole was.
                    accepted[i] = layer == 1 ? isPart(now, ids[i], node) : then.ancestor(ids[i], layer) == node;
                }
                return accepted;
            }, labels.farthest());
            for (int i = 0; i < found.length; i++) {
                if (found[i] == 0) {
                    throw refuse(points.get(i), "No part of object " + Long.toUnsignedString(node)
                            + " is near: place the point on the object, best in a section.");
                }
            }
            return found;
        } catch (InputException e) {
            throw new EditRefusedException(Reason.INVALID, "Could not determine supervoxel ID: " + e.sentence(), e);
        }
    }

    private static boolean isPart(Snapshot now, long supervoxel, long of) throws IOException {
        long at = supervoxel;
        while (at != of) {
            long whole = now.overlay().whole(at);
            if (whole == at) {
                return false;
            }
            at = whole;
        }
        return true;
    }

    private static EditRefusedException refuse(EditPoint point, String why) {
        return new EditRefusedException(Reason.NO_SUPERVOXEL, "Could not determine supervoxel ID for coordinates "
                + new Position(point.x(), point.y(), point.z()) + " - Lookup stage. " + why);
    }
}
