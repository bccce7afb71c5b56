package org.neuropil.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.portal.Site;
import org.neuropil.server.DatasetServer;
import org.neuropil.server.ServerOptions;
import org.neuropil.server.StaticSite;
import org.neuropil.server.http.OriginGuard;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil serve`: a dataset in the browser.
@Command(name = "serve", header = "Serves a dataset to browsers and programs.", description = "Prints the link and runs until it is stopped. Only this machine can reach it unless --host says "
        + "otherwise.", footer = {"  neuropil serve neuropil-demo", "  neuropil serve neuropil-demo --port 9000"})
final class ServeVerb extends DatasetVerb {
    /// Where it listens if nothing else is said.
    static final int PORT = 8080;

    @Option(names = "--port", paramLabel = "PORT", description = "8080 if left out; 0 for any that is free.")
    private int port = PORT;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on; 127.0.0.1 if left out, 0.0.0.0 for all networks.")
    private String host = ServerOptions.LOOPBACK;

    @Option(names = "--user", paramLabel = "NAME", description = "Whose edits are that do not say so; anonymous if left out.")
    private String user = OriginGuard.ANONYMOUS;

    @Option(names = "--edits-from", paramLabel = "ORIGIN", description = "Pages of this origin may edit too, as in https://viewer.example; * for all. May be given several times.")
    private List<String> editOrigins = List.of();

    @Option(names = "--backups", paramLabel = "FOLDER", description = "Where 'neuropil graph backup --server' has backups written; the dataset's folder backups if left out.")
    private @Nullable Path backups;

    @Option(names = "--tables", paramLabel = "ADDRESS", defaultValue = "", description = "Where live rows of annotation tables are: jdbc:postgresql://HOST/DATABASE?user=NAME for several servers over one database; the dataset's folder if left out.")
    private String tables = "";

    @Option(names = "--tokens", paramLabel = "FILE", description = "Who may use it, by tokens that 'neuropil token' makes; all may if left out.")
    private @Nullable Path tokens;

    @Option(names = "--answer-time", paramLabel = "SECONDS", description = "How long may be computed for an answer from tables; 600 if left out, 0 for as long as it takes.")
    private long answerTime = ServerOptions.ANSWER_TIME.toSeconds();

    @Override
    void run() throws IOException, InterruptedException {
        ServerOptions options = new ServerOptions(host, port, user, editOrigins, Optional.ofNullable(backups),
                tables, Optional.ofNullable(tokens),
                answerTime == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(answerTime)));
        try (DatasetServer server = start(folder(), options)) {
            URI link = link(server, host);
            print(new Table("link").add(link.toString()), Map.of("link", link.toString()));
            say("serving " + folder() + " until Ctrl-C");
            server.join();
        }
    }

    @Override
    boolean hasHeader() {
        return false;
    }

    /// Starts a server with the portal's pages.
    static DatasetServer start(Path dataset, ServerOptions options) throws IOException {
        return DatasetServer.start(dataset, options, pages());
    }

    /// What to click on.
    static URI link(DatasetServer server, String host) {
        return host.equals(ServerOptions.LOOPBACK)
                ? URI.create("http://localhost:" + server.port() + "/")
                : server.uri();
    }

    private static StaticSite pages() {
        return path -> {
            Optional<URL> found = Site.resource(path);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = found.get().openStream()) {
                return Optional.of(in.readAllBytes());
            }
        };
    }
}
