package org.neuropil.server.cave;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;

import tools.jackson.databind.JsonNode;

/// Edits. Parameters that steer CAVE's queues (`priority`, `remesh`) are without effect: meshes are made when they are
/// asked for.
final class EditEndpoints {
    private static final int MOST_CHUNKS = 1000;
    private static final String OPERATION = "operation_id";
    private static final String BODY = "body";

    private EditEndpoints() {}

    /// @param operationId null if there was nothing to do
    record Done(@Nullable Long operationId, long[] newRootIds) {
        static Done of(EditResult result) {
            return new Done(result.operation().orElse(null), result.newRoots());
        }
    }

    record Preview(List<long[]> supervoxelConnectedComponents, boolean illegalSplit) {}

    /// `POST merge`.
    static Answer merge(Call call, GraphTable table, String user) throws IOException {
        return merge(call, table, user, false);
    }

    /// `POST merge_admin`, which may also join what is one object already.
    static Answer mergeWithin(Call call, GraphTable table, String user) throws IOException {
        return merge(call, table, user, new CaveQuery(call).flag("allow_same_segment_merge", false));
    }

    private static Answer merge(Call call, GraphTable table, String user, boolean within) throws IOException {
        List<EditPoint> points = EditPoints.pair(JsonBody.tree(call), BODY);
        int farthest = call.integer("chebyshev_distance", 0, MOST_CHUNKS).orElse(MergeRequest.DEFAULT_FARTHEST);
        return done(call, table.graph()
                .merge(new MergeRequest(user, points.get(0), points.get(1), farthest, within)));
    }

    /// `POST split`.
    static Answer split(Call call, GraphTable table, String user) throws IOException {
        return done(call, table.graph().split(request(call, user)));
    }

    /// `POST graph/split_preview`. Changes nothing.
    static Answer preview(Call call, GraphTable table) throws IOException {
        SplitPreview preview = table.graph().preview(request(call, ""));
        return CaveJson.answer(call, new Preview(preview.components(), preview.refusal().isPresent()));
    }

    private static SplitRequest request(Call call, String user) throws IOException {
        JsonNode body = JsonBody.tree(call);
        List<EditPoint> sources = side(body, "sources");
        List<EditPoint> sinks = side(body, "sinks");
        boolean cut = new CaveQuery(call).flag("mincut", true);
        if (!cut && sources.size() != sinks.size()) {
            throw new Problem(400, sources.size() + " sources and " + sinks.size() + " sinks are no pairs", BODY,
                    "without mincut each source is cut from the sink at the same place of the list");
        }
        return new SplitRequest(user, sources, sinks, cut);
    }

    private static List<EditPoint> side(JsonNode body, String name) {
        List<EditPoint> points = EditPoints.list(body.path(name), name);
        if (points.isEmpty()) {
            throw new Problem(400, "there is no point", name, "set at least one on each side");
        }
        return points;
    }

    /// `POST undo`.
    static Answer undo(Call call, GraphTable table, String user) throws IOException {
        return done(call, table.graph().undo(user, operation(call)));
    }

    /// `POST redo`.
    static Answer redo(Call call, GraphTable table, String user) throws IOException {
        return done(call, table.graph().redo(user, operation(call)));
    }

    private static long operation(Call call) throws IOException {
        JsonNode id = JsonBody.tree(call).path(OPERATION);
        if (id.isMissingNode()) {
            throw new Problem(400, "the body does not say which operation", OPERATION,
                    "send {\"" + OPERATION + "\": 1}");
        }
        long operation = JsonBody.id(id, OPERATION);
        if (operation <= 0) {
            throw new Problem(400, "there is no operation " + Long.toUnsignedString(operation), OPERATION,
                    "operations are counted from 1");
        }
        return operation;
    }

    private static Answer done(Call call, EditResult result) throws IOException {
        return CaveJson.answer(call, Done.of(result));
    }
}
