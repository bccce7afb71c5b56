package org.neuropil.server.http;

import java.util.Optional;

/// The headers of a request.
@FunctionalInterface
public interface Headers {
    /// A header's value by its name in any case; several of the name are one value with commas.
    Optional<String> get(String name);
}
