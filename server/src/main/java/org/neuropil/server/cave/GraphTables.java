package org.neuropil.server.cave;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The graphs that are served. Called by several threads.
public interface GraphTables {
    /// Names, the main one first.
    ///
    /// @throws IOException if that cannot be read
    List<String> names() throws IOException;

    /// A graph by its name; empty if there is none.
    ///
    /// @throws IOException if it cannot be opened
    Optional<GraphTable> find(String name) throws IOException;

    /// No graphs at all.
    static GraphTables none() {
        return new GraphTables() {
            @Override
            public List<String> names() {
                return List.of();
            }

            @Override
            public Optional<GraphTable> find(String name) {
                return Optional.empty();
            }
        };
    }
}
