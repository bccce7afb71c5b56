package org.neuropil.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Who may use a server, by tokens. Of a token only its SHA-256 is kept: they are drawn by chance, 128 bits, so nobody
/// guesses one from that. A file of them is read again when it was changed; if it cannot be, what it said before counts.
///
/// ```json
/// {"anonymous": ["view"],
///  "users": [{"name": "ada", "sha256": "…64 digits…", "groups": ["lab"], "permissions": ["view", "edit"]}]}
/// ```
///
/// `anonymous` is what they may do who bring no token; `view` if it is left out.
public final class Tokens {
    /// May read.
    public static final String VIEW = "view";
    /// May change what is theirs, and edit graphs.
    public static final String EDIT = "edit";
    /// May act for others.
    public static final String ADMIN = "admin";
    /// All that there are, as CAVE calls them.
    public static final List<String> PERMISSIONS = List.of(VIEW, EDIT, "admin_view", ADMIN);

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String COOKIE = "middle_auth_token";
    private static final int MOST_TOKEN = 512;
    private static final JsonMapper STRICT = Json.MAPPER.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final @Nullable Path file;
    private volatile Content content;
    private volatile @Nullable FileTime read;

    /// Somebody who has a token, or nobody in particular.
    ///
    /// @param name as in logs and tables
    /// @param groups whose members may use what is for them
    /// @param permissions what they may do
    /// @param known true if a token said who it is
    public record User(String name, List<String> groups, List<String> permissions, boolean known) {
        /// Copies the lists.
        public User {
            groups = List.copyOf(groups);
            permissions = List.copyOf(permissions);
        }

        /// Whether they may do something.
        public boolean may(String permission) {
            return permissions.contains(permission) || permissions.contains(ADMIN);
        }
    }

    private record Entry(byte[] digest, User user) {}

    private record Content(List<Entry> entries, List<String> anonymous) {}

    private record Line(@Nullable String name, @Nullable String sha256, @Nullable List<@Nullable String> groups,
            @Nullable List<@Nullable String> permissions) {}

    private record Document(@Nullable List<@Nullable String> anonymous, @Nullable List<Line> users) {}

    private Tokens(@Nullable Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    /// No tokens: whoever asks may do all, and a token is not looked at.
    public static Tokens none() {
        return new Tokens(null, new Content(List.of(), PERMISSIONS));
    }

    /// Those of a file.
    ///
    /// @throws InputException if it holds something else; names file, user and field, but never a digest
    public static Tokens read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there", file.toString(), "'neuropil token' makes it");
        }
        FileTime time = Files.getLastModifiedTime(file);
        Tokens tokens = new Tokens(file, parse(Files.readAllBytes(file), file.toString()));
        tokens.read = time;
        return tokens;
    }

    /// Whether tokens are looked at.
    public boolean isOn() {
        return file != null;
    }

    /// The digest that stands for a token in a file.
    public static String digest(String token) {
        return Json.sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    private static Content parse(byte[] bytes, String file) {
        Document document;
        try {
            document = STRICT.readValue(bytes, Document.class);
        } catch (JacksonException e) {
            // The message of the parser may quote what stands in the file.
            throw new InputException("is no list of users", file,
                    "write {\"users\": [{\"name\": …, \"sha256\": …, \"groups\": […], \"permissions\": […]}]}");
        }
        if (document == null || document.users() == null) {
            throw new InputException("has no users", file, "'neuropil token' adds one");
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        for (Line line : document.users()) {
            String where = file + ", user " + (entries.size() + 1);
            if (line.name() == null || !OriginGuard.isName(line.name())
                    || line.name().equals(OriginGuard.ANONYMOUS)) {
                throw new InputException("has no name", where, "use 1 to 100 letters, digits, blanks and . _ - + @");
            }
            if (line.name().matches("0\\d*")) {
                // Tables name their owners by number, too: 0 is nobody in particular, and 07 would be 7.
                throw new InputException("'" + line.name() + "' is the number of somebody else", where,
                        "write a number without zeros before it, or a name");
            }
            if (line.sha256() == null || !line.sha256().matches("[0-9a-f]{64}")) {
                throw new InputException("is no SHA-256 of a token", where + ", sha256",
                        "write 64 digits of 0-9 and a-f");
            }
            if (!digests.add(line.sha256())) {
                throw new InputException("is there twice", where + ", sha256", "give each user a token of their own");
            }
            entries.add(new Entry(HexFormat.of().parseHex(line.sha256()), new User(line.name(),
                    texts(line.groups(), where + ", groups"), permissions(line.permissions(), where), true)));
        }
        return new Content(List.copyOf(entries), document.anonymous() == null
                ? List.of(VIEW)
                : permissions(document.anonymous(), file + ", anonymous"));
    }

    private static List<String> permissions(@Nullable List<@Nullable String> given, String where) {
        List<String> all = texts(given, where + ", permissions");
        all.stream().filter(one -> !PERMISSIONS.contains(one)).findFirst().ifPresent(one -> {
            throw new InputException("'" + one + "' is no permission", where + ", permissions",
                    "there are " + String.join(", ", PERMISSIONS));
        });
        return all;
    }

    private static List<String> texts(@Nullable List<@Nullable String> given, String where) {
        List<String> all = new ArrayList<>();
        for (String one : given == null ? Collections.<@Nullable String>emptyList() : given) {
            if (one == null || one.isBlank()) {
                throw new InputException("holds an empty name", where, "leave it out");
            }
            all.add(one);
        }
        return all;
    }

    /// Gives somebody a token. What they had before is not valid any more.
    ///
    /// @param file is made if it is not there, readable by its owner alone
    /// @return the token, which nobody can find out again
    /// @throws InputException if the name, a group or a permission is none, or the file holds something else
    public static String add(Path file, User user) throws IOException {
        Path whole = file.toAbsolutePath();
        try (WorkRun.Alone _ = WorkRun
                .alone(whole.resolveSibling("." + whole.getFileName() + ".work").resolve("add"))) {
            return addAlone(file, user);
        }
    }

    private static String addAlone(Path file, User user) throws IOException {
        byte[] drawn = new byte[16];
        new SecureRandom().nextBytes(drawn);
        String token = HexFormat.of().formatHex(drawn);
        List<Entry> entries = new ArrayList<>();
        List<String> anonymous = List.of(VIEW);
        if (Files.exists(file)) {
            Content before = parse(Files.readAllBytes(file), file.toString());
            anonymous = before.anonymous();
            before.entries().stream().filter(entry -> !entry.user().name().equals(user.name())).forEach(entries::add);
        }
        entries.add(new Entry(HexFormat.of().parseHex(digest(token)), user));
        byte[] bytes = Json.bytes(new Document(new ArrayList<>(anonymous), entries.stream()
                .map(entry -> new Line(entry.user().name(), HexFormat.of().formatHex(entry.digest()),
                        new ArrayList<>(entry.user().groups()), new ArrayList<>(entry.user().permissions())))
                .toList()));
        parse(bytes, file.toString());
        FileStore.replace(file, bytes, true);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (UnsupportedOperationException _) {
            // Not every file system has them, and digests alone open nothing.
        }
        return token;
    }

    private Content content() {
        Path from = file;
        if (from == null) {
            return content;
        }
        try {
            FileTime time = Files.getLastModifiedTime(from);
            if (!time.equals(read)) {
                read = time;
                content = parse(Files.readAllBytes(from), from.toString());
            }
        } catch (IOException | InputException e) {
            LOG.warn("the tokens cannot be read again: {}",
                    e instanceof InputException i ? i.sentence() : e.toString());
        }
        return content;
    }

    /// Who asks.
    ///
    /// @throws Problem 401 if the token is nobody's, 400 if the header is none
    public User user(Call call) {
        Content now = content();
        Optional<String> token = isOn() ? token(call) : Optional.empty();
        if (token.isEmpty()) {
            return new User(OriginGuard.ANONYMOUS, List.of(), now.anonymous(), false);
        }
        byte[] digest = HexFormat.of().parseHex(digest(token.get()));
        User found = null;
        // All are looked at, so that the time does not tell which it is near to.
        for (Entry entry : now.entries()) {
            if (MessageDigest.isEqual(entry.digest(), digest)) {
                found = entry.user();
            }
        }
        if (found == null) {
            throw Problem.unauthorized("invalid_token", "the token is not known here",
                    "ask whoever runs this server for one");
        }
        return found;
    }

    /// The token of a call: of the header, the parameter, or the cookie.
    private static Optional<String> token(Call call) {
        String header = call.headers().get("Authorization").orElse("").strip();
        String token;
        if (header.isEmpty() || header.equalsIgnoreCase("Bearer")) {
            token = call.parameter(COOKIE).or(() -> cookie(call.headers().get("Cookie").orElse(""))).orElse("");
        } else if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            token = header.substring(7).strip();
        } else {
            throw new Problem(400, "the header says no token", "Authorization", "write Authorization: Bearer TOKEN");
        }
        if (token.length() > MOST_TOKEN) {
            throw new Problem(400, "the token has more than " + MOST_TOKEN + " letters", "Authorization", "");
        }
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private static Optional<String> cookie(String header) {
        for (String one : header.split(";", -1)) {
            String pair = one.strip();
            if (pair.startsWith(COOKIE + "=")) {
                return Optional.of(pair.substring(COOKIE.length() + 1));
            }
        }
        return Optional.empty();
    }

    /// Checks that whoever asks may do something.
    ///
    /// @throws Problem 401 if they bring no token or a wrong one, 403 if they may not
    public User check(Call call, String permission) {
        User user = user(call);
        if (!user.may(permission)) {
            throw user.known()
                    ? new Problem(403, "user '" + user.name() + "' has not the permission '" + permission + "'", "",
                            "ask whoever runs this server for it")
                    : Problem.unauthorized("no_token", "this needs a token with the permission '" + permission + "'",
                            "send Authorization: Bearer TOKEN");
        }
        return user;
    }

    /// All who have a token.
    public List<User> users() {
        return content().entries().stream().map(Entry::user).toList();
    }

    /// Whether two users are members of the same group.
    ///
    /// @param owner true for the name of the one, who may be known by a number
    public boolean together(Predicate<String> owner, User user) {
        return user.known() && users().stream().filter(one -> owner.test(one.name()))
                .anyMatch(one -> one.groups().stream().anyMatch(user.groups()::contains));
    }
}
