package org.neuropil.server;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.cave.GraphTable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;

/// Backups of a graph that is served: whoever may edit may ask for one, and look how far it is.
final class BackupApi {
    private static final String PATH = GraphApi.PATH + "/backups";

    private BackupApi() {}

    /// Asks for a backup.
    ///
    /// @param name of its folder; left out, one that tells the graph and the moment
    /// @param graph name of its table; left out, the main one
    /// @param replace true to take the place of an earlier backup of the name
    record Wanted(@Nullable String name, @Nullable String graph, @Nullable Boolean replace) {}

    /// Backups.
    ///
    /// @param backups by name
    record Known(List<GraphBackups.Backup> backups) {}

    /// The routes.
    static List<Route> routes(GraphCalls calls, GraphBackups backups) {
        return List.of(
                new Route(PATH, "backups", "The backups of graphs", List.of(), MediaTypes.JSON, Known.class,
                        call -> GraphApi.answer(new Known(backups.list()))),
                new Route(PATH + "/{name}", "backup", "A backup, and how far it is",
                        List.of(Parameter.path("name", "of its folder", "before-the-workshop")), MediaTypes.JSON,
                        GraphBackups.Backup.class, call -> GraphApi.answer(backups.find(call.variable("name"))
                                .orElseThrow(() -> Problem.notFound("there is no backup '" + call.variable("name")
                                        + "'", PATH, PATH + " lists what there is")))),
                new Route(List.of("POST"), PATH, "backup-begin",
                        "Begins to write a backup, while others edit",
                        List.of(GraphApi.USER), Wanted.class, MediaTypes.JSON, GraphBackups.Backup.class,
                        calls.edit((call, table, user) -> begin(call, table, backups))));
    }

    private static Answer begin(Call call, GraphTable main, GraphBackups backups) throws IOException {
        Wanted wanted = JsonRequest.read(call, Wanted.class);
        return GraphApi.answer(backups.begin(Objects.requireNonNullElse(wanted.graph(), main.name()),
                Objects.requireNonNullElse(wanted.name(), ""), Boolean.TRUE.equals(wanted.replace())));
    }
}
