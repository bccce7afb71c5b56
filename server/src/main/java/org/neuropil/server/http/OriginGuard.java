package org.neuropil.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Decides who may change something, and whose the change is.
///
/// The server knows nobody: who reaches it may edit. A browser reaches it on behalf of any page that it shows, and such
/// a page needs no permission for a POST with a plain body. So a request that a browser sent for a page is answered only
/// if the page came from this server, from another server on this machine, or from an origin that the server was
/// started with. Programs send no `Origin` and are answered. A name with dots in it is not taken for this server's own
/// where it listens on a network: whoever owns such a name can point it here.
///
/// @param origins that may edit besides, such as `https://viewer.example`; `*` for all
/// @param user the name of edits of which nobody says whose they are
/// @param tokens who may do what. Where there are any, the name is that of the token, and who brings none may not edit
public record OriginGuard(List<String> origins, String user, Tokens tokens) {
    /// Who edits where nobody says who.
    public static final String ANONYMOUS = "anonymous";
    /// The header in which a program or a proxy in front says whose an edit is.
    public static final String USER_HEADER = "X-Neuropil-User";
    /// The parameter that says the same.
    public static final String USER_PARAMETER = "user";

    private static final int MOST_NAME = 100;
    /// Addresses, and names without a dot.
    private static final Pattern CANNOT_BE_REBOUND = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+\\]|[^.]+");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Copies the list.
    public OriginGuard {
        origins = List.copyOf(origins);
    }

    /// Without tokens.
    public OriginGuard(List<String> origins, String user) {
        this(origins, user, Tokens.none());
    }

    /// Whose the edit of a request is.
    ///
    /// @throws Problem 403 if its page or its user may not edit, 401 without a token that may, 400 if the name is none
    public String check(Call call) {
        String name = reader(call);
        if (tokens.isOn()) {
            tokens.check(call, Tokens.EDIT);
        }
        return name;
    }

    /// Whether who asks is a member of one of the groups of somebody else.
    ///
    /// @param owner true for the name of the owner
    public boolean together(Predicate<String> owner, Call call) {
        return tokens.isOn() && tokens.together(owner, tokens.user(call));
    }

    /// Who asks for what is not for all.
    ///
    /// @throws Problem 403 if its page may not edit, or it names somebody else than its token, 401 for a wrong token
    public String reader(Call call) {
        Optional<String> origin = call.headers().get("Origin");
        if (origin.isPresent() && !allows(origin.get(), call.origin())) {
            throw new Problem(403, "pages of " + origin.get() + " may not edit here", "Origin",
                    "start the server with --edits-from " + origin.get());
        }
        Optional<String> said = call.headers().get(USER_HEADER).or(() -> call.parameter(USER_PARAMETER));
        String name = said.orElse(user).strip();
        if (tokens.isOn()) {
            Tokens.User known = tokens.user(call);
            if (said.isPresent() && !name.equals(known.name()) && !known.may(Tokens.ADMIN)) {
                throw !known.known()
                        ? Problem.unauthorized("no_token", "this needs a token", "send Authorization: Bearer TOKEN")
                        : new Problem(403, "user '" + known.name() + "' may not act for others", USER_PARAMETER,
                                "leave " + USER_HEADER + " out");
            }
            name = said.isPresent() && known.may(Tokens.ADMIN) ? name : known.name();
        }
        if (!isName(name)) {
            throw Problem.parameter(USER_PARAMETER, "'" + name + "' is no name of a user",
                    "use 1 to 100 letters, digits, blanks and . _ - + @");
        }
        return name;
    }

    /// True for what can stand in a log, a table and a header.
    public static boolean isName(String name) {
        return !name.isBlank() && name.length() <= MOST_NAME
                && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || " ._-+@".indexOf(c) >= 0);
    }

    private boolean allows(String origin, String own) {
        String given = origin.strip().toLowerCase(Locale.ROOT);
        if (origins.contains("*") || origins.stream().anyMatch(o -> o.toLowerCase(Locale.ROOT).equals(given))) {
            return true;
        }
        String host = host(given);
        return host != null && (LOCAL.contains(host)
                || given.equals(own.toLowerCase(Locale.ROOT)) && CANNOT_BE_REBOUND.matcher(host).matches());
    }

    private static @Nullable String host(String origin) {
        try {
            return new URI(origin).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
