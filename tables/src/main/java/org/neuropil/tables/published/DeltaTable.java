package org.neuropil.tables.published;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.sql.Sql;

import tools.jackson.databind.JsonNode;

/// Finds out of which files a Delta table is made now: from its last checkpoint, and the commits after it.
final class DeltaTable {
    private static final String LOG = "/_delta_log/";
    private static final Progress.Task SILENT = Progress.NONE.begin("", 0, 0);
    private static final int MOST_PARTS = 10_000;

    private DeltaTable() {}

    /// The files of a table.
    ///
    /// @param folder of the table within the origin
    /// @param engine reads checkpoints
    /// @param work for what is fetched
    /// @return empty if there is no table
    /// @throws InputException if its log cannot be read here
    static Optional<List<DeltaLog.Data>> files(Origin origin, String folder, Engine engine, Path work)
            throws IOException {
        DeltaLog log = new DeltaLog(origin.uri(folder));
        long next = 0;
        Optional<byte[]> last = origin.small(folder + LOG + "_last_checkpoint");
        if (last.isPresent()) {
            String where = origin.uri(folder + LOG + "_last_checkpoint");
            JsonNode told = Json.parse(last.get(), where, JsonNode.class);
            JsonNode version = told.get("version");
            JsonNode parts = told.get("parts");
            if (version == null || !version.canConvertToLong() || version.asLong() < 0
                    || parts != null && (!parts.isInt() || parts.asInt() < 0 || parts.asInt() > MOST_PARTS)) {
                throw new InputException("tells no checkpoint", where, "fetch the log anew");
            }
            next = version.asLong() + 1;
            for (String name : DeltaLog.checkpoint(version.asLong(), parts == null ? 0 : parts.asInt())) {
                checkpoint(origin, folder + LOG + name, engine, work, log);
            }
        }
        boolean found = last.isPresent();
        for (;; next++) {
            String key = folder + LOG + DeltaLog.commit(next);
            Optional<byte[]> commit = origin.small(key);
            if (commit.isEmpty()) {
                break;
            }
            log.take(commit.get(), origin.uri(key));
            found = true;
        }
        return found ? Optional.of(log.files()) : Optional.empty();
    }

    private static void checkpoint(Origin origin, String key, Engine engine, Path work, DeltaLog log)
            throws IOException {
        long bytes = origin.size(key).orElseThrow(() -> new InputException("is not there, though the log names it",
                origin.uri(key), "fetch the log anew; checkpoints of version 2 are not known here"));
        Path file = origin.file(key, bytes, work, SILENT);
        try (Engine.Lease lease = engine.lease(); Statement statement = lease.connection().createStatement()) {
            String from = Sql.parquet(List.of(file));
            List<String> actions = new ArrayList<>();
            try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + from)) {
                while (columns.next()) {
                    if (List.of("add", "remove", "metaData", "protocol").contains(columns.getString(1))) {
                        actions.add(columns.getString(1));
                    }
                }
            }
            for (String action : actions) {
                try (ResultSet rows = statement
                        .executeQuery("SELECT CAST(to_json(" + Sql.name(action) + ") AS VARCHAR) "
                                + "FROM " + from + " WHERE " + Sql.name(action) + " IS NOT NULL")) {
                    while (rows.next()) {
                        log.take("{\"" + action + "\":" + rows.getString(1) + "}", origin.uri(key));
                    }
                }
            }
        } catch (SQLException e) {
            throw new InputException("is no checkpoint of a Delta table: " + e.getMessage(), origin.uri(key),
                    "fetch the log anew", e);
        }
    }
}
