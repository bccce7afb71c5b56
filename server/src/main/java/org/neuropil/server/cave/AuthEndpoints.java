package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Tokens;

/// The auth service. Without tokens, as in a CAVE without authentication, all are user 0 and may do all; what it can tell of
/// others is the names that stand in the logs of edits. With tokens, it knows those who have one, too.
final class AuthEndpoints {
    private final GraphCalls calls;
    private final GraphTables tables;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param calls asks graphs, on threads that are there for it
    AuthEndpoints(GraphCalls calls) {
        this.calls = calls;
        this.tables = calls.tables();
    }

    record User(long id, String name, String email, String pi) {}

    record Name(long id, String name) {}

    /// The names of a log up to an operation.
    private record Known(long last, Set<String> names) {}

    /// `GET user?id=1,2`.
    Answer users(Call call) throws IOException {
        List<User> users = new ArrayList<>();
        for (Name name : calls.ask(() -> asked(call))) {
            users.add(new User(name.id(), name.name(), "", ""));
        }
        return CaveJson.answer(call, users);
    }

    /// `GET username?id=1,2`.
    Answer names(Call call) throws IOException {
        return CaveJson.answer(call, calls.ask(() -> asked(call)));
    }

    /// `GET user/me` and `user/cache`: who asks, and what they may do.
    Answer me(Call call) throws IOException {
        Tokens.User user = tokens().user(call);
        Map<String, List<String>> permissions = new LinkedHashMap<>();
        List<String> own = user.may(Tokens.ADMIN) ? Tokens.PERMISSIONS : user.permissions();
        for (String table : tables.names()) {
            permissions.put(table, own);
        }
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("id", Users.id(user.name()));
        me.put("service_account", false);
        me.put("name", user.name());
        me.put("email", "");
        me.put("admin", user.may(Tokens.ADMIN));
        me.put("groups", user.groups());
        me.put("permissions", Map.of());
        me.put("permissions_v2", permissions);
        me.put("permissions_v2_ignore_tos", permissions);
        me.put("missing_tos", List.of());
        return CaveJson.answer(call, me);
    }

    /// `GET user/token`: that whoever asks has one, but not which: nobody is told a token.
    Answer own(Call call) throws IOException {
        Tokens.User user = tokens().user(call);
        return CaveJson.answer(call, user.known()
                ? List.of(Map.of("id", Users.id(user.name()), "user_id", Users.id(user.name())))
                : List.of());
    }

    /// `GET group/{group}/user`: members, by the group's name or number.
    Answer members(Call call) throws IOException {
        List<Name> members = new ArrayList<>();
        for (Tokens.User user : tokens().users()) {
            if (user.groups().stream().anyMatch(group -> Users.matches(call.variable("group"), group))) {
                members.add(new Name(Users.id(user.name()), user.name()));
            }
        }
        return CaveJson.answer(call, members);
    }

    private Tokens tokens() {
        return calls.guard().tokens();
    }

    /// `GET service/{namespace}/table/{table}/dataset`.
    Answer dataset(Call call) throws IOException {
        return CaveJson.answer(call, table(call));
    }

    /// `GET table/{table}/has_public` and the like.
    Answer isPublic(Call call) throws IOException {
        table(call);
        return CaveJson.answer(call, true);
    }

    private String table(Call call) throws IOException {
        String name = call.variable("table");
        if (!tables.names().contains(name)) {
            throw Problem.notFound("there is no table '" + name + "'", "", "");
        }
        return name;
    }

    private List<Name> asked(Call call) throws IOException {
        List<Name> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(List.of(OriginGuard.ANONYMOUS));
        tokens().users().forEach(user -> names.add(user.name()));
        for (String table : tables.names()) {
            names.addAll(names(table));
        }
        for (String text : call.parameter("id").orElse("").split(",", -1)) {
            if (!text.isBlank()) {
                long id = CaveQuery.id(text.strip(), "id");
                names.stream().filter(name -> Users.id(name) == id).map(name -> new Name(id, name))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /// Those that a table's log names; of what has been read once only the rest is read.
    private Set<String> names(String table) throws IOException {
        Optional<GraphTable> found = tables.find(table);
        if (found.isEmpty()) {
            return Set.of();
        }
        Graph graph = found.get().graph();
        Known before = known.getOrDefault(table, new Known(0, Set.of()));
        Set<String> names = new LinkedHashSet<>(before.names());
        long last = before.last();
        for (Operation next = graph.operation(last + 1); next != null; next = graph.operation(last + 1)) {
            names.add(next.user());
            last++;
        }
        known.put(table, new Known(last, names));
        return names;
    }
}
