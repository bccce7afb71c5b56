package org.neuropil.server.http;

import java.util.Map;
import java.util.Optional;

/// A request as an endpoint sees it.
///
/// @param method as sent; an endpoint for GET answers HEAD too
/// @param variables what stands in the path where the route has a variable, by name
/// @param query parameters by name
/// @param origin scheme and authority by which the client reached the server: `http://localhost:8080`
/// @param folder true if the path ends in a slash
/// @param headers as sent
/// @param payload the body
public record Call(String method, Map<String, String> variables, Map<String, String> query, String origin,
        boolean folder, Headers headers, Payload payload) {
    /// A variable of the path.
    ///
    /// @throws IllegalArgumentException if the route has none of the name
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("variable " + name);
        }
        return value;
    }

    /// A parameter that may be left out.
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A whole number within bounds.
    ///
    /// @throws Problem if it is something else
    public Optional<Integer> integer(String name, int least, int most) {
        return parameter(name).map(text -> {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw Problem.parameter(name, "'" + text + "' is not a whole number", "write for example " + least);
            }
            throw Problem.parameter(name, "'" + text + "' is out of range", "use " + least + " to " + most);
        });
    }

    /// Yes or no.
    ///
    /// @throws Problem if it is something else
    public boolean flag(String name, boolean otherwise) {
        return parameter(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.parameter(name, "'" + text + "' is neither true nor false", "write true or false");
        }).orElse(otherwise);
    }
}
