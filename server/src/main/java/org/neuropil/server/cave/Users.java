package org.neuropil.server.cave;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.neuropil.pipeline.Json;
import org.neuropil.server.http.OriginGuard;

/// Users by number, as CAVE's clients know them. The log has names. A name that is a number is that number; nobody in
/// particular is 0, as in a CAVE without authentication; others get 48 bits of a digest, which is the same for ever and
/// small enough for every client.
final class Users {
    private static final int DIGITS = 12;
    private static final int MOST_DIGITS = 15;

    private Users() {}

    /// The number of a name.
    static long id(String name) {
        if (name.equals(OriginGuard.ANONYMOUS)) {
            return 0;
        }
        if (name.length() <= MOST_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Long.parseLong(name);
        }
        return HexFormat.fromHexDigitsToLong(Json.sha256(name.getBytes(StandardCharsets.UTF_8)), 0, DIGITS);
    }

    /// True if a request's text means a user: by name, or by number.
    static boolean matches(String text, String name) {
        return text.equals(name) || text.equals(Long.toString(id(name)));
    }
}
