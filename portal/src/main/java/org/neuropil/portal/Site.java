package org.neuropil.portal;

import java.net.URL;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files of the web pages, by their paths as a browser asks for them: `index.html`, `favicon.svg`, `assets/…`,
/// `viewer/index.html`, `viewer/app/main.js`, `THIRD-PARTY.txt`.
///
/// Beside every file that shrinks lies the same file compressed, at its path with `.gz` at the end. The names of files
/// under `assets/` hold a hash of their content, so a browser may keep them for ever; every other file keeps its name
/// when its content changes.
public final class Site {

    /// Plain names, separated by single slashes, the last with an ending: no name starts with a dot, so there is no way
    /// up and nothing hidden, and a folder is not a file.
    private static final Pattern PATH = Pattern
            .compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[A-Za-z0-9]+");

    private static final String ROOT = "site/";

    private Site() {}

    /// Where the file of that path is.
    ///
    /// Only paths of files below the site are looked for. A leading slash, `..`, an empty or hidden name, a backslash,
    /// or any character that no file of the site has in its name gives nothing, like a path at which there is no file.
    ///
    /// @param path relative to the root of the site, decoded, with slashes
    /// @return an address that can be opened, or nothing
    public static Optional<URL> resource(String path) {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(Site.class.getResource(ROOT + path));
    }

    /// Where the compressed form (gzip) of the file of that path is: nothing where there is none, or no such file.
    ///
    /// @param path of the file itself, without `.gz`
    public static Optional<URL> compressed(String path) {
        return resource(path + ".gz");
    }
}
