package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Lineage;
import org.neuropil.graph.history.Change;
import org.neuropil.graph.history.ChangeLogs;
import org.neuropil.graph.history.ChangeSummary;
import org.neuropil.graph.history.DeltaRoots;
import org.neuropil.graph.history.IdMaps;
import org.neuropil.graph.history.Lineages;
import org.neuropil.graph.history.MergeLogs;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// How roots came from roots.
final class HistoryEndpoints {
    private static final String ROOTS = "root_ids";
    private static final String PAST = "timestamp_past";
    private static final String FUTURE = "timestamp_future";

    private HistoryEndpoints() {}

    /// A graph in the form of networkx' node-link data.
    ///
    /// @param nodes `id`, `timestamp` and, of those that were replaced, `operation_id`
    record NodeLink(boolean directed, boolean multigraph, Map<String, Object> graph, List<Map<String, Object>> nodes,
            List<Link> links) {}

    record Link(long source, long target) {}

    record PastIds(Map<String, long[]> pastIdMap, Map<String, Long> futureIdMap) {}

    record Delta(long[] oldRoots, long[] newRoots) {}

    /// @param mergeEdges for each merge, its pairs of supervoxels
    /// @param mergeEdgeCoords for each merge, its points on the one side and on the other, in voxels
    record MergeLog(List<List<long[]>> mergeEdges, List<List<List<int[]>>> mergeEdgeCoords) {}

    record ChangeLog(int nSplits, int nMergers, Map<String, Counts> userInfo, long[] operationsIds, long[] pastIds) {}

    record Counts(int nSplits, int nMergers) {}

    /// Asks for a history; what the history functions refuse is the client's fault.
    static <T> T asked(Callable<T> question) throws IOException {
        try {
            return question.call();
        } catch (InputException e) {
            throw new Problem(400, e.what(), e.where(), e.hint());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /// `POST lineage_graph_multiple`.
    static Answer lineages(Call call, GraphTable table) throws IOException {
        return lineage(call, table, JsonBody.ids(call, ROOTS));
    }

    /// `GET root/{id}/lineage_graph`.
    static Answer lineage(Call call, GraphTable table) throws IOException {
        return lineage(call, table, new long[]{new CaveQuery(call).id("id")});
    }

    private static Answer lineage(Call call, GraphTable table, long[] roots) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Instant from = query.moment(PAST).orElse(Instant.EPOCH);
        Instant to = query.moment(FUTURE).orElse(Graph.NOW);
        Nodes.created(table.graph(), roots, ROOTS);
        Lineage lineage = asked(() -> Lineages.of(table.graph(), roots, from, to));
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Lineage.Node root : lineage.roots()) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("id", root.id());
            node.put("timestamp", Nodes.seconds(root.created()));
            root.replacedBy().ifPresent(operation -> node.put("operation_id", operation));
            nodes.add(node);
        }
        List<Link> links = lineage.links().stream().map(link -> new Link(link.from(), link.to())).toList();
        return CaveJson.answer(call, new NodeLink(true, false, Map.of(), nodes, links));
    }

    /// `GET past_id_mapping`.
    static Answer pastIds(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Instant from = query.moment(PAST).orElse(table.graph().info().ingested());
        Instant to = query.moment(FUTURE).orElse(Graph.NOW);
        long[] roots = JsonBody.ids(call, ROOTS);
        Nodes.created(table.graph(), roots, ROOTS);
        IdMaps maps = asked(() -> IdMaps.between(table.graph(), roots, from, to));
        Map<String, long[]> past = new LinkedHashMap<>();
        maps.past().forEach((root, ids) -> past.put(Long.toUnsignedString(root), ids));
        Map<String, Long> future = new LinkedHashMap<>();
        maps.future().forEach((root, id) -> future.put(Long.toUnsignedString(root), id));
        return CaveJson.answer(call, new PastIds(past, future));
    }

    /// `GET delta_roots`.
    static Answer delta(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Instant from = query.moment(PAST)
                .orElseThrow(() -> Problem.parameter(PAST, "is missing", "say since when, in seconds since 1970"));
        Instant to = query.moment(FUTURE).orElse(Graph.NOW);
        DeltaRoots delta = asked(() -> DeltaRoots.reported(table.graph(), from, to));
        return CaveJson.answer(call, new Delta(delta.old(), delta.made()));
    }

    /// `GET root/{id}/merge_log`.
    static Answer mergeLog(Call call, GraphTable table) throws IOException {
        long root = root(call, table);
        List<List<long[]>> edges = new ArrayList<>();
        List<List<List<int[]>>> points = new ArrayList<>();
        for (MergeLogs.Entry entry : asked(() -> MergeLogs.of(table.graph(), root, Instant.MIN))) {
            List<long[]> pairs = new ArrayList<>();
            for (int i = 0; i < entry.sources().length; i++) {
                pairs.add(new long[]{entry.sources()[i], entry.sinks()[i]});
            }
            edges.add(pairs);
            points.add(List.of(voxels(entry.sourcePoints()), voxels(entry.sinkPoints())));
        }
        return CaveJson.answer(call, new MergeLog(edges, points));
    }

    /// Voxels as arrays.
    static List<int[]> voxels(List<Int3> points) {
        return points.stream().map(p -> new int[]{p.x(), p.y(), p.z()}).toList();
    }

    /// `GET root/{id}/change_log`.
    static Answer changeLog(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long root = root(call, table);
        Instant from = query.moment("timestamp").orElse(Instant.MIN);
        List<Change> changes = asked(() -> ChangeLogs.of(table.graph(), root, from));
        ChangeSummary sum = ChangeSummary
                .of(query.flag("filtered", false) ? ChangeLogs.filtered(changes) : changes);
        Map<String, Counts> users = new LinkedHashMap<>();
        sum.users().forEach((user, counts) -> users.put(Long.toString(Users.id(user)),
                new Counts(counts.splits(), counts.merges())));
        return CaveJson.answer(call,
                new ChangeLog(sum.splits(), sum.merges(), users, sum.operations(), sum.pastIds()));
    }

    /// A node of the path that is known; the history functions check that it is a root.
    static long root(Call call, GraphTable table) throws IOException {
        return Nodes.known(table.graph(), new CaveQuery(call).id("id"), "root");
    }
}
