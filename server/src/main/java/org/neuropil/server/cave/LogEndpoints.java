package org.neuropil.server.cave;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.graph.OperationLog;
import org.neuropil.graph.history.Change;
import org.neuropil.graph.history.ChangeLogs;
import org.neuropil.graph.history.Rollback;
import org.neuropil.graph.history.UserOperations;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The log of edits as tables.
final class LogEndpoints {
    private static final String OPERATIONS = "operation_ids";
    private static final String USER = "user_id";
    private static final String START = "start_time";
    private static final String END = "end_time";
    private static final int MOST_OPERATIONS = 10_000;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private LogEndpoints() {}

    /// @param operationId those that were taken back, newest first
    /// @param timestamp of them, ms since 1970
    record RolledBack(long[] operationId, List<BigInteger> timestamp) {}

    /// `GET tabular_change_log_many`: for each root a table, as text.
    static Answer tables(Call call, GraphTable table) throws IOException {
        boolean filtered = new CaveQuery(call).flag("filtered", false);
        long[] roots = JsonBody.ids(call, "root_ids");
        Nodes.created(table.graph(), roots, "root_ids");
        Map<String, String> tables = new LinkedHashMap<>();
        HistoryEndpoints.asked(() -> ChangeLogs.of(table.graph(), roots, Instant.MIN)).forEach((root, changes) -> tables
                .put(Long.toUnsignedString(root), CaveJson.text(frame(changes, filtered).json())));
        return CaveJson.answer(call, tables);
    }

    /// `GET root/{id}/tabular_change_log`.
    static Answer table(Call call, GraphTable table) throws IOException {
        long root = HistoryEndpoints.root(call, table);
        List<Change> changes = HistoryEndpoints.asked(() -> ChangeLogs.of(table.graph(), root, Instant.MIN));
        return answer(call, frame(changes, new CaveQuery(call).flag("filtered", false)));
    }

    private static Frame frame(List<Change> changes, boolean filtered) {
        List<String> names = new ArrayList<>(List.of("operation_id", "timestamp", USER, "before_root_ids",
                "after_root_ids", "is_merge"));
        if (!filtered) {
            names.addAll(List.of("in_neuron", "is_relevant"));
        }
        names.addAll(List.of("user_name", "user_affiliation"));
        Frame frame = new Frame(names.toArray(String[]::new));
        for (Change change : filtered ? ChangeLogs.filtered(changes) : changes) {
            List<Object> row = new ArrayList<>(List.of(change.operation(), Nodes.millis(change.time()),
                    Users.id(change.user()), change.before(), change.after(), change.merge()));
            if (!filtered) {
                row.addAll(List.of(change.inNeuron(), change.relevant()));
            }
            row.addAll(List.of(change.user(), ""));
            frame.add(row.toArray());
        }
        return frame;
    }

    /// `GET tabular_change_log_recent`.
    static Answer recent(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Instant from = query.moment("timestamp").orElse(Instant.EPOCH);
        Instant to = query.moment("timestamp_end").orElse(Graph.NOW);
        Frame frame = new Frame("operation_id", "timestamp", USER, "is_merge");
        for (ChangeLogs.Entry entry : ChangeLogs.between(table.graph(), from, to)) {
            frame.add(entry.operation(), Nodes.millis(entry.time()), Users.id(entry.user()), entry.merge());
        }
        return answer(call, frame);
    }

    private static Answer answer(Call call, Frame frame) throws IOException {
        return new CaveQuery(call).flag("disp", false)
                ? new Answer.Result("text/html; charset=utf-8", frame.html().getBytes(StandardCharsets.UTF_8))
                : CaveJson.answer(call, frame.json());
    }

    /// `GET change_log`: the whole log as CSV.
    static Answer csv(Call call, GraphTable table) throws IOException {
        StringBuilder csv = new StringBuilder("user_id,action,root_ids,timestamp\n");
        OperationLog.visit(table.graph(), 1, Graph.NOW, operation -> {
            List<String> roots = new ArrayList<>();
            for (long root : operation.after()) {
                roots.add(Long.toUnsignedString(root));
            }
            csv.append(Users.id(operation.user())).append(',')
                    .append(operation.added().isEmpty() ? "split" : "merge").append(",\"[")
                    .append(String.join(", ", roots)).append("]\",").append(Nodes.iso(operation.time(), " "))
                    .append('\n');
        });
        return new Answer.Result("text/csv; charset=utf-8", csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// `GET user_operations`. Clients send `include_undo`, CAVE's server reads `include_undone`; both mean the same here.
    static Answer ofUser(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        Instant from = query.moment(START).orElse(Instant.EPOCH);
        Instant to = query.moment(END).orElse(Graph.NOW);
        boolean undone = query.flag("include_undone", query.flag("include_undo", true));
        String wanted = call.parameter(USER).filter(id -> !id.isEmpty() && !id.equals("0")).orElse(null);
        Frame frame = new Frame("operation_id", "timestamp", USER);
        for (UserOperations.Entry entry : UserOperations.of(table.graph(), null, from, to, undone)) {
            if (wanted == null || Users.matches(wanted, entry.user())) {
                frame.add(entry.operation(), Nodes.millis(entry.time()), Users.id(entry.user()));
            }
        }
        return CaveJson.answer(call, frame.json());
    }

    /// `POST rollback_user`.
    static Answer rollback(Call call, GraphTable table, String by) throws IOException {
        CaveQuery query = new CaveQuery(call);
        String wanted = call.parameter(USER).filter(id -> !id.isEmpty())
                .orElseThrow(() -> Problem.parameter(USER, "is missing", "say whose edits to take back"));
        Set<Long> skip = new LinkedHashSet<>(operations(call.parameter("skip_operation_ids").orElse("[]"),
                "skip_operation_ids"));
        Instant from = query.moment(START).orElse(Instant.EPOCH);
        Instant to = query.moment(END).orElse(Graph.NOW);
        Graph graph = table.graph();
        String user = name(graph, wanted, from, to).orElseThrow(
                () -> Problem.parameter(USER, "user '" + wanted + "' made no edit in that time", ""));
        Rollback rollback = HistoryEndpoints.asked(() -> Rollback.run(graph, user, from, to, skip, by));
        List<BigInteger> times = new ArrayList<>();
        long[] done = rollback.done().stream().mapToLong(Rollback.Done::operation).toArray();
        for (long id : done) {
            Operation operation = graph.operation(id);
            times.add(operation == null ? BigInteger.ZERO : Nodes.millis(operation.time()));
        }
        Answer.Result answer = CaveJson.answer(call, new RolledBack(done, times));
        return rollback.refused().isEmpty() ? answer : answer.with("Warning", warning(rollback));
    }

    private static String warning(Rollback rollback) {
        List<String> words = rollback.refused().stream()
                .map(refused -> "operation " + refused.operation() + " was not taken back: " + refused.message())
                .toList();
        String all = String.join("; ", words).replaceAll("[\\r\\n]+", " ");
        return all.length() > 2000 ? all.substring(0, 2000) : all;
    }

    /// The user of a span of the log that a text means.
    private static Optional<String> name(Graph graph, String wanted, Instant from, Instant to) throws IOException {
        return UserOperations.of(graph, null, from, to, true).stream().map(UserOperations.Entry::user)
                .filter(user -> Users.matches(wanted, user)).findFirst();
    }

    /// `GET operation_details`.
    static Answer details(Call call, GraphTable table) throws IOException {
        List<Long> asked = operations(call.parameter(OPERATIONS).filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.parameter(OPERATIONS, "is missing", "write for example [3, 4]")),
                OPERATIONS);
        Map<String, Object> details = new LinkedHashMap<>();
        for (long id : asked) {
            @Nullable
            Operation operation = table.graph().operation(id);
            if (operation == null) {
                throw Problem.parameter(OPERATIONS, "there is no operation " + id, "");
            }
            details.put(Long.toString(id), OperationDetails.of(table.graph().info(), operation));
        }
        return CaveJson.answer(call, details);
    }

    /// Numbers of operations, as a JSON list or with commas.
    private static List<Long> operations(String text, String field) {
        String list = text.strip().startsWith("[") ? text.strip() : "[" + text + "]";
        JsonNode node;
        try {
            node = MAPPER.readTree(list);
        } catch (JacksonException e) {
            throw Problem.parameter(field, "'" + list + "' is no list of operations", "write for example [3, 4]");
        }
        if (node.size() > MOST_OPERATIONS) {
            throw Problem.parameter(field, node.size() + " operations are too many", "ask for " + MOST_OPERATIONS);
        }
        List<Long> ids = new ArrayList<>();
        for (JsonNode one : node) {
            long id = JsonBody.id(one, field);
            if (id <= 0) {
                throw Problem.parameter(field, "there is no operation " + Long.toUnsignedString(id), "");
            }
            ids.add(id);
        }
        return ids;
    }
}
