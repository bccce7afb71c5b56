package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.server.ServerOptions;
import org.neuropil.tables.schema.Schemas;

/// Questions that would keep a server for ever.
class AnswerTimeTest {
    private static final String ENDLESS = "SELECT sum(a.range * b.range %% 7) AS n FROM range(100000000) a, "
            + "range(100000000) b%s";

    @Test
    void aQuestionWithoutEndIsStopped(@TempDir Path temp) throws Exception {
        ServerOptions options = new ServerOptions("127.0.0.1", 0, "anonymous", List.of(), Optional.empty(), "",
                Optional.empty(), Optional.of(Duration.ofSeconds(1)));
        try (TablesServer server = new TablesServer(temp, options, (_, tables) -> tables.store()
                .create(TablesServer.info("tags", "bound_tag", Optional.empty()), Schemas.known("bound_tag")))) {
            String ask = "{\"sql\": \"" + ENDLESS.formatted("") + "\"}";
            assertThat(server.text(504, "POST", "/api/v1/sql", ask)).contains("longer to compute than 1 s",
                    "ask for less");
            server.text(200, "POST", "/api/v1/views", "{\"name\": \"slow\", \"sql\": \""
                    + ENDLESS.formatted(" LEFT JOIN tags ON true") + "\"}");
            server.text(504, "POST", "/api/v1/query", "{\"table\": \"slow\"}");
            server.text(504, "POST", TablesServer.V3 + "query",
                    "{\"table\": \"slow\", \"timestamp\": \"2999-01-01T00:00:00Z\"}");
            server.text(200, "POST", "/api/v1/query", "{\"table\": \"tags\"}");
        }
    }
}
