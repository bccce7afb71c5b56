package org.neuropil.server.cave;

import java.io.IOException;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;

import tools.jackson.databind.JsonNode;

/// The link store: states of the viewer and properties of segments behind short links.
final class LinkEndpoints {
    /// The CAVE service whose contract is kept.
    static final String VERSION = "0.5.0";
    /// Where it is.
    static final String PATH = "/nglstate/api/v1/";

    private static final String STATE = "state";
    private static final String PROPERTY = "property";
    private static final String ID = "id";

    private final LinkStates states;
    private final OriginGuard guard;

    LinkEndpoints(LinkStates states, OriginGuard guard) {
        this.states = states;
        this.guard = guard;
    }

    /// `POST post`: keeps a state and tells its address.
    Answer post(Call call) throws IOException {
        return CaveJson.answer(call, call.origin() + PATH + states.add(STATE, document(call)));
    }

    /// `POST post/{id}`: puts a state in the place of another.
    Answer replace(Call call) throws IOException {
        return CaveJson.answer(call, call.origin() + PATH + replaced(STATE, call));
    }

    /// `GET {id}` and `raw/{id}`.
    Answer state(Call call) throws IOException {
        return found(STATE, call);
    }

    /// `POST property/post`.
    Answer postProperty(Call call) throws IOException {
        return CaveJson.answer(call, call.origin() + PATH + PROPERTY + "/" + states.add(PROPERTY, document(call)));
    }

    /// `POST property/post/{id}`: puts properties in the place of others.
    Answer replaceProperty(Call call) throws IOException {
        return CaveJson.answer(call, call.origin() + PATH + PROPERTY + "/" + replaced(PROPERTY, call));
    }

    private String replaced(String kind, Call call) throws IOException {
        byte[] document = document(call);
        String id = call.variable(ID);
        if (states.find(kind, id).isEmpty()) {
            throw none(call);
        }
        states.put(kind, id, document);
        return id;
    }

    /// `GET property/{id}/info` and `property/raw/{id}`.
    Answer property(Call call) throws IOException {
        return found(PROPERTY, call);
    }

    private Answer found(String kind, Call call) throws IOException {
        return new Answer.Result(MediaTypes.JSON,
                states.find(kind, call.variable(ID)).orElseThrow(() -> none(call)));
    }

    private byte[] document(Call call) throws IOException {
        guard.check(call);
        JsonNode tree = JsonBody.tree(call);
        if (!tree.isObject()) {
            throw new Problem(400, "the body is no JSON object", "body", "send the state of a viewer");
        }
        return CaveJson.bytes(tree, false);
    }

    private static Problem none(Call call) {
        return Problem.notFound("there is no link '" + call.variable(ID) + "'", PATH, "");
    }
}
