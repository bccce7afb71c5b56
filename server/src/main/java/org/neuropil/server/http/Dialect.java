package org.neuropil.server.http;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Whose words and habits a path has: our own, or those of CAVE's services, which real clients know. CAVE's tolerate
/// parameters that they do not know, and tell a problem as `{timestamp, duration, code, message}`.
public enum Dialect {
    /// Pages, files and `/api/`.
    OWN,
    /// The prefixes of CAVE's services.
    CAVE;

    private static final Set<String> SERVICES = Set.of("segmentation", "meshing", "l2cache", "info", "auth",
            "sticky_auth", "auth_info", "annotation", "materialize", "schema", "nglstate", "skeletoncache");
    /// Clients show the message to people.
    private static final int MOST_WORDS = 2000;

    /// Of a path as it stands in the request line.
    public static Dialect of(String path) {
        int end = path.indexOf('/', 1);
        String first = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
        return SERVICES.contains(first) ? CAVE : OWN;
    }

    /// The body that tells of a problem.
    ///
    /// @param nanos since the request came
    public Map<String, Object> body(Problem problem, long nanos) {
        if (this == OWN) {
            return Map.copyOf(problem.body());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("timestamp", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        body.put("duration", nanos / 1_000_000);
        body.put("code", problem.status());
        if (!problem.auth().isEmpty()) {
            body.put("error", problem.auth());
        }
        String words = problem.sentence();
        body.put("message", words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words);
        return body;
    }
}
