package org.neuropil.server;

import java.io.IOException;
import java.util.Optional;

/// The pages, scripts and styles that the server hands out as they are. A file may be there gzipped beside or instead
/// of plain, under its name with `.gz`. Called by several threads; what exists is asked for once.
@FunctionalInterface
public interface StaticSite {
    /// The bytes of a file.
    ///
    /// @param path without a slash before it, such as `viewer/index.html`; never with `.`, `..` or empty segments
    /// @return empty if there is no such file
    Optional<byte[]> resource(String path) throws IOException;

    /// A site without pages.
    static StaticSite none() {
        return path -> Optional.empty();
    }
}
