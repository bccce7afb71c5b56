package org.neuropil.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.neuropil.server.http.OriginGuard;
import org.neuropil.space.InputException;

/// Where a server listens, and who may edit.
///
/// @param host name or address of the interface; `0.0.0.0` for all
/// @param port 0 for any that is free
/// @param user name of edits of which nobody says whose they are
/// @param editOrigins origins whose pages may edit besides those of this machine, such as `https://viewer.example`;
///        `*` for all
/// @param backups folder of this machine for backups of graphs, which need not exist; the dataset's folder `backups` if
///        empty
/// @param tables where live rows of annotation tables are: an address `jdbc:postgresql://...`; the dataset's folder if
///        empty
/// @param tokens file of those who may use the server, see [org.neuropil.server.http.Tokens]; empty if all may
/// @param answerTime how long may be computed for an answer from tables; empty for as long as it takes
public record ServerOptions(String host, int port, String user, List<String> editOrigins, Optional<Path> backups,
        String tables, Optional<Path> tokens, Optional<Duration> answerTime) {
    /// How long may be computed for an answer unless something else is asked for.
    public static final Duration ANSWER_TIME = Duration.ofMinutes(10);
    /// The host unless something else is asked for: nobody but this machine reaches the server.
    public static final String LOOPBACK = "127.0.0.1";

    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[A-Za-z0-9._\\[\\]:-]{1,255}");

    /// @throws InputException if the port is none, the name no name or an origin no origin
    public ServerOptions {
        if (port < 0 || port > 65535) {
            throw new InputException("port " + port + " does not exist", "--port", "use 0 to 65535");
        }
        if (host.isBlank()) {
            throw new InputException("is empty", "--host", "leave it out to serve this machine only");
        }
        if (!OriginGuard.isName(user)) {
            throw new InputException("'" + user + "' is no name of a user", "--user",
                    "use 1 to 100 letters, digits, blanks and . _ - + @");
        }
        for (String origin : editOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new InputException("'" + origin + "' is no origin", "--edits-from",
                        "write it without a path, as in https://viewer.example, or * for all");
            }
        }
        if (answerTime.isPresent() && !answerTime.get().isPositive()) {
            throw new InputException(answerTime.get().toSeconds() + " s is no time", "--answer-time",
                    "write seconds, or 0 for as long as it takes");
        }
        editOrigins = List.copyOf(editOrigins);
    }

    /// Edits are of nobody in particular, and only pages of this machine may edit.
    public ServerOptions(String host, int port) {
        this(host, port, OriginGuard.ANONYMOUS, List.of());
    }

    /// Backups are in the dataset's folder.
    public ServerOptions(String host, int port, String user, List<String> editOrigins) {
        this(host, port, user, editOrigins, Optional.empty());
    }

    /// Live rows are in the dataset's folder.
    public ServerOptions(String host, int port, String user, List<String> editOrigins, Optional<Path> backups) {
        this(host, port, user, editOrigins, backups, "");
    }

    /// All may use it.
    public ServerOptions(String host, int port, String user, List<String> editOrigins, Optional<Path> backups,
            String tables) {
        this(host, port, user, editOrigins, backups, tables, Optional.empty());
    }

    /// Answers may take ten minutes.
    public ServerOptions(String host, int port, String user, List<String> editOrigins, Optional<Path> backups,
            String tables, Optional<Path> tokens) {
        this(host, port, user, editOrigins, backups, tables, tokens, Optional.of(ANSWER_TIME));
    }

    /// On this machine only.
    public static ServerOptions loopback(int port) {
        return new ServerOptions(LOOPBACK, port);
    }
}
