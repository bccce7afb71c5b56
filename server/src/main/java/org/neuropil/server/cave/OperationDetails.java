package org.neuropil.server.cave;

import java.util.LinkedHashMap;
import java.util.Map;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.history.VoxelPoints;

/// An operation in the words of CAVE's log, from which attributes are absent that do not apply.
final class OperationDetails {
    private static final int SUCCESS = 0;

    private OperationDetails() {}

    /// Its attributes.
    static Map<String, Object> of(GraphInfo info, Operation operation) {
        Map<String, Object> all = new LinkedHashMap<>();
        String time = Nodes.iso(operation.time(), " ");
        all.put("user", Long.toString(Users.id(operation.user())));
        all.put("user_name", operation.user());
        all.put("operation_ts", time);
        all.put("timestamp", time);
        all.put("operation_status", SUCCESS);
        all.put("operation_exception", "");
        all.put("roots", operation.after());
        all.put("old_roots", operation.before());
        switch (operation.kind()) {
            case MERGE -> points(info, operation, all);
            case SPLIT -> {
                points(info, operation, all);
                all.put("source_ids", operation.sourceSupervoxels());
                all.put("sink_ids", operation.sinkSupervoxels());
            }
            case UNDO -> operation.target().ifPresent(target -> all.put("undo_operation_id", target));
            case REDO -> operation.target().ifPresent(target -> all.put("redo_operation_id", target));
        }
        if (!operation.added().isEmpty()) {
            all.put("added_edges", Nodes.arrays(operation.added()));
        }
        if (!operation.removed().isEmpty()) {
            all.put("removed_edges", Nodes.arrays(operation.removed()));
        }
        return all;
    }

    private static void points(GraphInfo info, Operation operation, Map<String, Object> all) {
        all.put("source_coords", HistoryEndpoints.voxels(VoxelPoints.of(info, operation.sources())));
        all.put("sink_coords", HistoryEndpoints.voxels(VoxelPoints.of(info, operation.sinks())));
    }
}
