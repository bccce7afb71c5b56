package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.history.Moments;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;

/// Which root a node has, at any moment, and how long nodes are part of the state.
final class RootEndpoints {
    private static final String NODES = "node_ids";
    private static final String STOP_LAYER = "stop_layer";

    private RootEndpoints() {}

    record Root(long rootId) {}

    record Roots(long[] rootIds) {}

    record IsLatest(boolean[] isLatest) {}

    record Timestamps(double[] timestamp) {}

    record ValidRoots(long[] validRoots) {}

    record Iso(String iso) {}

    /// `POST roots_binary`.
    static Answer rootsBinary(Call call, GraphTable table) throws IOException {
        return RawIds.answer(roots(call, table, RawIds.read(call.payload().bytes())));
    }

    /// `POST roots`.
    static Answer roots(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long[] nodes = query.flag("is_binary", false)
                ? RawIds.read(call.payload().bytes())
                : JsonBody.ids(call, NODES);
        long[] roots = roots(call, table, nodes);
        return call.parameter("as_binary").filter("root_ids"::equals).isPresent()
                ? RawIds.answer(roots)
                : CaveJson.answer(call, new Roots(roots));
    }

    private static long[] roots(Call call, GraphTable table, long[] nodes) throws IOException {
        CaveQuery query = new CaveQuery(call);
        int layers = table.graph().info().layers();
        int stop = query.layer(STOP_LAYER, layers, layers);
        long[] roots = table.graph().roots(nodes, query.at(), stop);
        if (query.flag("assert_roots", false)) {
            for (int i = 0; i < roots.length; i++) {
                if (NodeIds.layer(roots[i]) != layers) {
                    throw Problem.parameter(NODES,
                            "node " + Long.toUnsignedString(nodes[i]) + " has no root at that moment",
                            "leave assert_roots out to get 0 for such nodes");
                }
            }
        }
        return roots;
    }

    /// `GET node/{id}/root`.
    static Answer root(Call call, GraphTable table) throws IOException {
        long node = new CaveQuery(call).id("id");
        long root = roots(call, table, new long[]{node})[0];
        if (root == 0) {
            throw new Problem(400, "there is no node " + Long.toUnsignedString(node) + " at that moment", "",
                    "ids belong to one table, and nodes to the time since they were made");
        }
        return CaveJson.answer(call, new Root(root));
    }

    /// `POST is_latest_roots`.
    static Answer isLatest(Call call, GraphTable table) throws IOException {
        boolean[] latest = table.graph().isLatest(JsonBody.ids(call, NODES), new CaveQuery(call).at());
        return CaveJson.answer(call, new IsLatest(latest));
    }

    /// `POST root_timestamps`: since when nodes are, or up to when they were, part of the state.
    static Answer timestamps(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long[] nodes = JsonBody.ids(call, NODES);
        Instant[] created = Nodes.created(table.graph(), nodes, NODES);
        if (!query.flag("latest", false)) {
            return CaveJson.answer(call, new Timestamps(Arrays.stream(created).mapToDouble(Nodes::seconds).toArray()));
        }
        Instant at = query.moment("timestamp").orElseGet(() -> Instant.ofEpochMilli(Instant.now().toEpochMilli()));
        for (int i = 0; i < nodes.length; i++) {
            if (created[i].isAfter(at)) {
                throw Problem.parameter("timestamp",
                        "node " + Long.toUnsignedString(nodes[i]) + " was not there yet",
                        "it is there since " + Nodes.seconds(created[i]));
            }
        }
        Instant[] latest = Moments.latest(table.graph(), nodes, at);
        return CaveJson.answer(call, new Timestamps(Arrays.stream(latest).mapToDouble(Nodes::seconds).toArray()));
    }

    /// `GET valid_nodes`: those that came to be, or were replaced, in a span of time.
    static Answer validNodes(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Instant from = query.moment("start_timestamp").orElse(Instant.MIN);
        Instant to = query.moment("end_timestamp").orElse(Graph.NOW);
        long[] nodes = Arrays.stream(JsonBody.ids(call, NODES)).distinct().toArray();
        return CaveJson.answer(call, new ValidRoots(Moments.valid(table.graph(), nodes, from, to)));
    }

    /// `GET oldest_timestamp`: the moment of ingest, the first at which there is a state. (CAVE takes half a second
    /// before the first edit, and fails where there is none.)
    static Answer oldest(Call call, GraphTable table) throws IOException {
        return CaveJson.answer(call, new Iso(Nodes.iso(Moments.oldest(table.graph()), delimiter(call))));
    }

    /// `GET root/{id}/last_edit`.
    static Answer lastEdit(Call call, GraphTable table) throws IOException {
        Instant[] created = Nodes.created(table.graph(), new long[]{new CaveQuery(call).id("id")}, "root");
        return CaveJson.answer(call, new Iso(Nodes.iso(created[0], delimiter(call))));
    }

    private static String delimiter(Call call) {
        String delimiter = call.parameter("delimiter").orElse(" ");
        if (delimiter.length() != 1) {
            throw Problem.parameter("delimiter", "'" + delimiter + "' is not one character", "leave it out");
        }
        return delimiter;
    }

    /// `POST minimal_covering_nodes`.
    static Answer minimalCover(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long[] nodes = query.flag("is_binary", false)
                ? RawIds.read(call.payload().bytes())
                : JsonBody.ids(call, NODES);
        Nodes.created(table.graph(), nodes, NODES);
        long[] cover = table.graph().minimalCover(nodes, query.at());
        return query.flag("as_array", false) ? RawIds.answer(cover) : CaveJson.answer(call, cover);
    }
}
