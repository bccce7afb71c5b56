package org.neuropil.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decides whether a `Host` header is one to answer to.
///
/// A server on the loopback interface answers to names of this machine only: otherwise any web page could point a name
/// of its own at 127.0.0.1 and read the dataset as if it came from there (DNS rebinding).
///
/// @param bound the host that the server was told to listen on
/// @param loopback true if that is this machine only
record HostGuard(String bound, boolean loopback) {
    private static final Pattern AUTHORITY = Pattern
            .compile("([A-Za-z0-9_.-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /// The header if it is one to answer to.
    Optional<String> check(String header) {
        Matcher match = AUTHORITY.matcher(header.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        String name = match.group(1).toLowerCase(Locale.ROOT);
        boolean answer = !loopback || LOCAL.contains(name) || name.equals(bracketed(bound).toLowerCase(Locale.ROOT));
        return answer ? Optional.of(header.strip()) : Optional.empty();
    }

    /// A host as it stands in a URL.
    static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
