package org.neuropil.server.cave;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.version.Version;

import tools.jackson.databind.JsonNode;

/// The workflows that administrators start. Points are bound when rows are written and roots are those of the moment that
/// is asked for, so that those which look them up have nothing to do. What freezes makes a version, and answers when it is
/// there.
final class MaterializeRuns {
    private final GraphCalls calls;
    private final MaterializeMoments moments;
    private final MaterializeTables tables;

    MaterializeRuns(GraphCalls calls, MaterializeMoments moments, MaterializeTables tables) {
        this.calls = calls;
        this.moments = moments;
        this.tables = tables;
    }

    /// `POST .../run/ingest_annotations/datastack/{datastack}/{name}`, and `lookup_svid` likewise.
    Answer bound(Call call) throws IOException {
        calls.guard().check(call);
        call.payload().bytes();
        return calls.onTables(() -> {
            try (Moment moment = moments.present(call)) {
                MaterializeMoments.check(moment, call.variable("name"));
            }
            return done(call, "points of '" + call.variable("name") + "' were bound when they were written", null);
        });
    }

    /// `POST .../run/update_roots/datastack/{datastack}` and the like.
    Answer updated(Call call) throws IOException {
        calls.guard().check(call);
        call.payload().bytes();
        return calls.onTables(() -> {
            moments.end(call);
            return done(call, "roots are looked up when they are asked for", null);
        });
    }

    /// `POST .../run/create_frozen/datastack/{datastack}` and `complete_workflow`.
    Answer freeze(Call call) throws IOException {
        calls.guard().check(call);
        String description = call.payload().bytes().length == 0 ? "" : description(JsonBody.tree(call));
        return calls.onTables(() -> {
            if (moments.end(call).isPresent()) {
                throw new Problem(400, "datastack '" + call.variable("datastack") + "' is a state of the past",
                        "datastack", "make a version of the one that is edited");
            }
            try {
                Version version = moments.tables().freeze(OptionalInt.empty(), description);
                return done(call, "version " + version.number() + " was made", tables.object(call, version));
            } catch (InputException e) {
                throw new Problem(409, e.what(), e.where(), e.hint());
            }
        });
    }

    private static String description(JsonNode body) {
        JsonNode text = body.path("description");
        if (!body.isObject() || !(text.isMissingNode() || text.isString())) {
            throw Problem.parameter("description", "is not a text", "");
        }
        return text.isString() ? text.asString() : "";
    }

    private static Answer done(Call call, String message, MaterializeTables.@Nullable VersionObject version)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "SUCCESS");
        body.put("message", message);
        if (version != null) {
            body.put("version", version);
        }
        return CaveJson.answer(call, body);
    }
}
