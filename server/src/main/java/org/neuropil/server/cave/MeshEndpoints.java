package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.NodeIds;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;

import tools.jackson.databind.JsonNode;

/// Meshes of nodes, and the files of the volume of supervoxels beside which clients look for them.
final class MeshEndpoints {
    /// Folder of the meshes in the volume, as its info says.
    static final String FOLDER = "graphene_meshes";
    /// Folder of meshes that edits may add to, in that.
    static final String DYNAMIC = "dynamic";

    private static final String INFO = "info";

    private MeshEndpoints() {}

    /// `GET manifest/{id}:0`: names of the pieces of a node. Options may stand in the query, or in a JSON body.
    static Answer manifest(Call call, GraphTable table) throws IOException {
        String name = call.variable("id");
        int colon = name.indexOf(':');
        long node = CaveQuery.id(colon < 0 ? name : name.substring(0, colon), "id");
        Call merged = withBody(call);
        CaveQuery query = new CaveQuery(merged);
        long[] pieces = pieces(table, node, query);
        boolean prepend = query.flag("prepend_seg_ids", false);
        List<String> names = new ArrayList<>();
        for (long piece : pieces) {
            String own = table.meshes().name(piece);
            names.add(prepend ? "~" + Long.toUnsignedString(piece) + ":" + own : own);
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("fragments", names);
        if (query.flag("return_seg_ids", false)) {
            manifest.put("seg_ids", pieces);
        }
        return CaveJson.answer(merged, manifest);
    }

    /// `GET node/{id}/validfragments`.
    static Answer validFragments(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        return RawIds.answer(pieces(table, query.id("id"), query));
    }

    private static long[] pieces(GraphTable table, long node, CaveQuery query) throws IOException {
        int layers = table.graph().info().layers();
        Nodes.known(table.graph(), node, "node");
        if (NodeIds.layer(node) < 2) {
            throw new Problem(400, "supervoxel " + Long.toUnsignedString(node) + " has no mesh of its own", "node",
                    "ask for a node above it");
        }
        @Nullable
        Box bounds = query.bounds();
        return table.meshes().pieces(node, bounds, query.layer("start_layer", layers, layers));
    }

    /// The call with the fields of its body as parameters.
    private static Call withBody(Call call) throws IOException {
        if (call.payload().bytes().length == 0) {
            return call;
        }
        Map<String, String> query = new LinkedHashMap<>(call.query());
        JsonNode body = JsonBody.tree(call);
        for (String field : body.propertyNames()) {
            if (body.get(field).isValueNode() && !body.get(field).isNull()) {
                query.putIfAbsent(field, body.get(field).asString());
            }
        }
        return new Call(call.method(), call.variables(), query, call.origin(), call.folder(), call.headers(),
                call.payload());
    }

    /// `POST remeshing`: accepted and done, because pieces are made when they are asked for.
    static Answer remeshing(Call call, GraphTable table) throws IOException {
        long[] nodes = JsonBody.ids(call, "new_lvl2_ids");
        Nodes.created(table.graph(), nodes, "new_lvl2_ids");
        if (Arrays.stream(nodes).anyMatch(node -> NodeIds.layer(node) != 2)) {
            throw new Problem(400, "only nodes of layer 2 are meshed", "new_lvl2_ids", "");
        }
        return new Answer.Result(202, MediaTypes.JSON, Map.of(),
                CaveJson.bytes(Map.of("accepted", nodes.length), false));
    }

    /// A file of the volume of supervoxels, or of the meshes in it.
    static Answer file(Call call, GraphTable table) throws IOException {
        String path = call.variable("file");
        Optional<? extends Answer> found = path.startsWith(FOLDER + "/")
                ? mesh(path.substring(FOLDER.length() + 1), table)
                : volume(path, call, table);
        return found.orElseThrow(() -> Problem.notFound("there is no such file", path, ""));
    }

    private static Optional<? extends Answer> volume(String path, Call call, GraphTable table) throws IOException {
        return path.equals(INFO)
                ? Optional.of(Answer.json(TableInfo.volume(table, call.origin()), Answer.REVALIDATE))
                : table.supervoxels().file(path);
    }

    private static Optional<Answer> mesh(String path, GraphTable table) throws IOException {
        if (path.equals(INFO)) {
            return Optional.of(Answer.bytes(MediaTypes.JSON, table.meshes().info(), Answer.REVALIDATE));
        }
        String name = path.startsWith(DYNAMIC + "/") ? path.substring(DYNAMIC.length() + 1) : path;
        return table.meshes().draco(name).map(bytes -> Answer.bytes(MediaTypes.BYTES, bytes, Answer.REVALIDATE));
    }
}
