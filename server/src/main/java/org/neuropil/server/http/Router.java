package org.neuropil.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a path: the first of a list that matches.
///
/// @param routes special ones before general ones
public record Router(List<Route> routes) {
    /// Copies the list.
    public Router {
        routes = List.copyOf(routes);
    }

    /// A route with the values of its variables.
    public record Match(Route route, Map<String, String> variables) {}

    /// The route that answers a path.
    public Optional<Match> find(RequestPath path) {
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent()) {
                return Optional.of(new Match(route, variables.get()));
            }
        }
        return Optional.empty();
    }
}
