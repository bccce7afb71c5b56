package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Path;

import org.neuropil.physiology.session.Session;

/// A way in which sessions are stored. [SessionFormats] lists all.
public interface SessionFormat {
    /// What lists call it.
    String name();

    /// Whether a file or folder is meant to be a session of this kind, by a short look. What is damaged is claimed, too:
    /// opening it says why it cannot be read.
    boolean claims(Path path) throws IOException;

    /// Opens a session.
    ///
    /// @param centroids false if those of ROIs are not needed and would take time
    /// @throws org.neuropil.space.InputException if it is damaged, or not what it seemed
    Session open(Path path, boolean centroids) throws IOException;
}
