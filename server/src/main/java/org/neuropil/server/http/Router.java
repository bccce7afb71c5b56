package org.neuropil.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the route of a request: the first path of a list that matches, and of the routes with just this path the one
/// for the method.
public final class Router {
    private final Map<String, List<Route>> byFirst = new HashMap<>();
    private final List<Route> others;

    /// @param routes special ones before general ones
    public Router(List<Route> routes) {
        others = routes.stream().filter(r -> isVariable(first(r))).toList();
        for (Route route : routes) {
            String first = first(route);
            if (!isVariable(first)) {
                byFirst.computeIfAbsent(first, f -> routes.stream()
                        .filter(r -> first(r).equals(f) || isVariable(first(r))).toList());
            }
        }
    }

    /// A route with the values of its variables.
    public record Match(Route route, Map<String, String> variables) {}

    /// What there is at a path.
    ///
    /// @param matches routes of one path, with different methods; none if there is nothing
    public record Place(List<Match> matches) {
        /// The route for a method; HEAD is answered where GET is.
        public Optional<Match> find(String method) {
            String wanted = method.equals("HEAD") ? "GET" : method;
            return matches.stream().filter(m -> m.route().methods().contains(wanted)).findFirst();
        }

        /// Methods that are answered, OPTIONS among them, in the words of an `Allow` header.
        public String methods() {
            Set<String> all = new LinkedHashSet<>();
            for (Match match : matches) {
                for (String method : match.route().methods()) {
                    all.add(method);
                    if (method.equals("GET")) {
                        all.add("HEAD");
                    }
                }
            }
            all.add("OPTIONS");
            return String.join(", ", all);
        }
    }

    /// The routes that answer a path.
    public Place find(RequestPath path) {
        String first = path.segments().isEmpty() ? "" : path.segments().getFirst();
        List<Match> matches = new ArrayList<>();
        for (Route route : byFirst.getOrDefault(first, others)) {
            if (matches.isEmpty() || route.path().equals(matches.getFirst().route().path())) {
                route.match(path).ifPresent(variables -> matches.add(new Match(route, variables)));
            }
        }
        return new Place(List.copyOf(matches));
    }

    private static String first(Route route) {
        int end = route.path().indexOf('/', 1);
        return route.path().substring(1, end < 0 ? route.path().length() : end);
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }
}
