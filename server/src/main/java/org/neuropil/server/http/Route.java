package org.neuropil.server.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A path that is answered. The same list of routes finds the endpoint of a request and becomes the description of the
/// API, so that the two cannot differ.
///
/// @param methods `GET`, `POST`, …; where there is GET there is HEAD
/// @param path with variables in braces: `{part}` is one segment, `{file...}`, at the end, all the rest and may be empty
/// @param name of the operation, unique
/// @param summary one line
/// @param parameters of path and query
/// @param takes record that a JSON body is read as; null for none or any other
/// @param produces media type of the answer; several with `, ` between them where `Accept` chooses
/// @param shape record that the JSON answer is made of; null for any other
/// @param endpoint what answers
public record Route(List<String> methods, String path, String name, String summary, List<Parameter> parameters,
        @Nullable Class<?> takes, String produces, @Nullable Class<?> shape, Endpoint endpoint) {
    private static final List<String> READS = List.of("GET");

    /// Copies the lists.
    public Route {
        methods = List.copyOf(methods);
        parameters = List.copyOf(parameters);
    }

    /// A route that only reads.
    public Route(String path, String name, String summary, List<Parameter> parameters, String produces,
            @Nullable Class<?> shape, Endpoint endpoint) {
        this(READS, path, name, summary, parameters, null, produces, shape, endpoint);
    }

    /// Answers a request. Called by several threads at a time.
    @FunctionalInterface
    public interface Endpoint {
        /// @throws Problem if the request cannot be answered as asked
        /// @throws IOException if something cannot be read
        Answer answer(Call call) throws IOException;
    }

    /// Something that a client may give.
    ///
    /// @param name as in path or query
    /// @param place `path` or `query`
    /// @param type JSON schema's name: `string`, `integer`, `boolean`
    /// @param summary one line
    /// @param example a value that works on the demo's dataset
    public record Parameter(String name, String place, String type, String summary, String example) {
        /// A variable of the path.
        public static Parameter path(String name, String summary, String example) {
            return new Parameter(name, "path", "string", summary, example);
        }

        /// A parameter of the query, which may be left out.
        public static Parameter query(String name, String type, String summary, String example) {
            return new Parameter(name, "query", type, summary, example);
        }
    }

    /// The variables if the path is one of this route.
    public Optional<Map<String, String>> match(RequestPath request) {
        Map<String, String> variables = new HashMap<>();
        List<String> segments = request.segments();
        int at = 0;
        for (String part : path.substring(1).split("/", -1)) {
            if (part.endsWith("...}")) {
                String rest = String.join("/", segments.subList(Math.min(at, segments.size()), segments.size()));
                variables.put(part.substring(1, part.length() - 4), rest);
                return at <= segments.size() ? Optional.of(variables) : Optional.empty();
            }
            if (at >= segments.size()) {
                return Optional.empty();
            }
            String segment = segments.get(at++);
            if (part.startsWith("{")) {
                variables.put(part.substring(1, part.length() - 1), segment);
            } else if (!part.equals(segment)) {
                return Optional.empty();
            }
        }
        return at == segments.size() && !request.folder() ? Optional.of(variables) : Optional.empty();
    }

    /// The path as OpenAPI writes it.
    public String template() {
        return path.replace("...}", "}");
    }

    /// Refuses what the route does not know, so that a misspelt parameter is not silently without effect.
    ///
    /// @throws Problem if there is such a parameter
    public void check(Map<String, String> query) {
        List<String> known = parameters.stream().filter(p -> p.place().equals("query")).map(Parameter::name).toList();
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw Problem.parameter(name, "there is no parameter '" + name + "'",
                        known.isEmpty() ? "leave it out" : "use " + String.join(", ", known));
            }
        }
    }
}
