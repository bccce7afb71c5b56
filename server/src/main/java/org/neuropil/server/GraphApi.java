package org.neuropil.server;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation;
import org.neuropil.graph.OperationLog;
import org.neuropil.graph.SplitPreview;
import org.neuropil.graph.SplitRequest;
import org.neuropil.graph.history.UserOperations;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.cave.GraphTable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;

/// The graph in our own grammar, for the portal: its edits, taking them back, and trying one out. Ids are text, because
/// scripts would round them; positions are nm.
final class GraphApi {
    static final String PATH = "/api/v1/graph";
    private static final int PAGE = 50;
    private static final int MOST = 1000;
    private static final int MOST_POINTS = 1000;
    static final Parameter USER = Parameter.query(OriginGuard.USER_PARAMETER, "string",
            "whose the edit is; the name that the server was started with if left out", "somebody");

    private GraphApi() {}

    /// A graph.
    ///
    /// @param table its name in CAVE's paths
    /// @param layers of nodes; the last is that of the roots
    /// @param supervoxels that ingest found
    /// @param edges that ingest found
    /// @param ingested when its history begins
    /// @param head when the last edit took effect
    /// @param operations how many there are
    record About(String table, int layers, long supervoxels, long edges, Instant ingested, Instant head,
            long operations) {}

    /// A part of the log.
    ///
    /// @param total how many operations there are
    /// @param operations newest first
    record Page(long total, List<Entry> operations) {}

    /// An operation.
    ///
    /// @param id its number, from 1
    /// @param kind `merge`, `split`, `undo` or `redo`
    /// @param user who made it
    /// @param time when it took effect
    /// @param sources points on one side
    /// @param sinks points on the other side
    /// @param before roots that it replaced
    /// @param after roots that replaced them
    /// @param added how many edges it made active
    /// @param removed how many edges it made inactive
    /// @param cut how many supervoxels it cut
    /// @param target the operation that an undo or redo is of
    /// @param undone true if a later operation has reversed it
    record Entry(long id, String kind, String user, Instant time, List<Point> sources, List<Point> sinks,
            List<String> before, List<String> after, int added, int removed, int cut, @Nullable Long target,
            boolean undone) {}

    /// A point.
    ///
    /// @param node what was clicked
    /// @param position x, y, z, nm
    record Point(String node, List<Double> position) {}

    /// Asks for an undo or redo.
    ///
    /// @param operation its number
    record Which(@Nullable Long operation) {}

    /// What an edit did.
    ///
    /// @param operation its number; null if there was nothing to do
    /// @param time when it took effect
    /// @param oldRoots roots that it replaced
    /// @param newRoots roots that replace them
    record Done(@Nullable Long operation, Instant time, List<String> oldRoots, List<String> newRoots) {}

    /// Asks what a split would do.
    ///
    /// @param sources points on one side
    /// @param sinks points on the other side
    record Split(@Nullable List<Point> sources, @Nullable List<Point> sinks) {}

    /// What a split would do.
    ///
    /// @param components supervoxels near the points that stay joined: those of the sources, those of the sinks, the rest
    /// @param refusal why it would be refused; null if it would not
    record Preview(List<List<String>> components, @Nullable String refusal) {}

    /// The routes.
    static List<Route> routes(GraphCalls calls) {
        return List.of(
                new Route(PATH, "graph", "The proofreading graph", List.of(), MediaTypes.JSON, About.class,
                        calls.read(GraphApi::about)),
                new Route(PATH + "/operations", "operations", "Edits, newest first",
                        List.of(Parameter.query("limit", "integer", "how many, 1 to 1000", "50"), Parameter
                                .query("before", "integer", "only operations before this one, for the next page", "2")),
                        MediaTypes.JSON, Page.class, calls.read(GraphApi::operations)),
                new Route(PATH + "/operations/{id}", "operation", "An edit",
                        List.of(Parameter.path("id", "its number", "1")), MediaTypes.JSON, Entry.class,
                        calls.read(GraphApi::operation)),
                change("undo", "Takes an edit back", Which.class, Done.class, calls.edit((call, table, user) -> done(
                        table.graph().undo(user, which(call))))),
                change("redo", "Makes an edit again", Which.class, Done.class, calls.edit((call, table, user) -> done(
                        table.graph().redo(user, which(call))))),
                change("preview", "What a split would do; changes nothing", Split.class, Preview.class,
                        calls.make(GraphApi::preview)));
    }

    private static Route change(String name, String summary, Class<?> takes, Class<?> shape, Route.Endpoint endpoint) {
        return new Route(List.of("POST"), PATH + "/" + name, name, summary, List.of(USER), takes, MediaTypes.JSON,
                shape, endpoint);
    }

    private static Answer about(Call call, GraphTable table) throws IOException {
        Graph graph = table.graph();
        GraphInfo info = graph.info();
        return answer(new About(table.name(), info.layers(), info.supervoxels(), info.edges(), info.ingested(),
                graph.head(), total(graph)));
    }

    /// Operations are numbered without gaps.
    private static long total(Graph graph) throws IOException {
        return OperationLog.first(graph, Graph.NOW) - 1;
    }

    private static Answer operations(Call call, GraphTable table) throws IOException {
        Graph graph = table.graph();
        int limit = call.integer("limit", 1, MOST).orElse(PAGE);
        long total = total(graph);
        long last = Math.min(total, call.integer("before", 1, Integer.MAX_VALUE).map(b -> b - 1L).orElse(total));
        long first = Math.max(1, last - limit + 1);
        List<Operation> operations = new ArrayList<>();
        for (long id = last; id >= first; id--) {
            operations.add(existing(graph, id));
        }
        return answer(new Page(total, entries(graph, operations)));
    }

    private static Answer operation(Call call, GraphTable table) throws IOException {
        long id;
        try {
            id = Long.parseLong(call.variable("id"));
        } catch (NumberFormatException e) {
            throw Problem.parameter("id", "'" + call.variable("id") + "' is no number of an operation", "");
        }
        return answer(entries(table.graph(), List.of(existing(table.graph(), id))).getFirst());
    }

    private static Operation existing(Graph graph, long id) throws IOException {
        Operation operation = id < 1 ? null : graph.operation(id);
        if (operation == null) {
            throw Problem.notFound("there is no operation " + id, PATH + "/operations/" + id,
                    PATH + "/operations lists what there is");
        }
        return operation;
    }

    private static List<Entry> entries(Graph graph, List<Operation> operations) throws IOException {
        if (operations.isEmpty()) {
            return List.of();
        }
        Map<Long, Boolean> undone = UserOperations
                .of(graph, null, operations.getLast().time(), operations.getFirst().time(), true).stream()
                .collect(Collectors.toMap(UserOperations.Entry::operation, UserOperations.Entry::undone));
        return operations.stream().map(o -> new Entry(o.id(), o.kind().name().toLowerCase(Locale.ROOT),
                o.user(), o.time(), points(o.sources()), points(o.sinks()), texts(o.before()), texts(o.after()),
                o.added().size(), o.removed().size(), o.supervoxelSplits().size(), o.target().orElse(null),
                undone.getOrDefault(o.id(), false))).toList();
    }

    private static List<Point> points(List<EditPoint> points) {
        return points.stream().map(p -> new Point(Long.toUnsignedString(p.node()), List.of(p.x(), p.y(), p.z())))
                .toList();
    }

    private static List<String> texts(long[] ids) {
        return LongStream.of(ids).mapToObj(Long::toUnsignedString).toList();
    }

    private static Answer preview(Call call, GraphTable table) throws IOException {
        Split split = JsonRequest.read(call, Split.class);
        SplitPreview preview = table.graph()
                .preview(SplitRequest.of("", side(split.sources(), "sources"), side(split.sinks(), "sinks")));
        return answer(new Preview(preview.components().stream().map(GraphApi::texts).toList(),
                preview.refusal().orElse(null)));
    }

    private static List<EditPoint> side(@Nullable List<Point> points, String name) {
        if (points == null || points.isEmpty() || points.size() > MOST_POINTS) {
            throw new Problem(400, "there are no points, or more than " + MOST_POINTS, name,
                    "set at least one on each side");
        }
        return points.stream().map(point -> editPoint(point, name)).toList();
    }

    private static EditPoint editPoint(@Nullable Point point, String field) {
        if (point != null && point.position() != null && point.position().size() == 3
                && point.position().stream().allMatch(p -> p != null && Math.abs(p) < 1e15)) {
            try {
                return new EditPoint(Long.parseUnsignedLong(String.valueOf(point.node())), point.position().get(0),
                        point.position().get(1), point.position().get(2));
            } catch (NumberFormatException e) {
                throw new Problem(400, "'" + point.node() + "' is not an id", field, "write ids as text of digits");
            }
        }
        throw new Problem(400, "this is no point", field,
                "write {\"node\": \"72057594037927937\", \"position\": [100, 200, 300]}, in nm");
    }

    private static long which(Call call) throws IOException {
        Long operation = JsonRequest.read(call, Which.class).operation();
        if (operation == null || operation < 1) {
            throw new Problem(400, "the body names no operation", "operation", "send {\"operation\": 1}");
        }
        return operation;
    }

    private static Answer done(EditResult result) {
        return answer(new Done(result.operation().orElse(null), result.time(), texts(result.oldRoots()),
                texts(result.newRoots())));
    }

    static Answer answer(Object value) {
        return new Answer.Result(MediaTypes.JSON, Json.bytes(value));
    }
}
