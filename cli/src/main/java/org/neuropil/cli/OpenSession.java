package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.nwb.MissingChunks;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.ParquetSession;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.space.InputException;

/// A session that somebody named.
final class OpenSession {
    private OpenSession() {}

    /// Opens it: the file or folder of a session, or a dataset that holds one session.
    ///
    /// @throws InputException if there is nothing, no session, or several
    static Session open(Path path) throws IOException {
        return open(path, MissingChunks.REFUSE);
    }

    /// As the other one.
    ///
    /// @param gaps what chunks of traces stand for that a folder of Zarr does not have
    static Session open(Path path, MissingChunks gaps) throws IOException {
        List<Path> sessions = ParquetSession.isSession(path) ? List.of() : SessionImport.sessions(path);
        if (sessions.size() > 1) {
            throw new InputException("holds " + sessions.size() + " sessions", path.toString(), "name one of "
                    + sessions.stream().limit(5).map(Path::toString).collect(Collectors.joining(", "))
                    + (sessions.size() > 5 ? " and so on" : ""));
        }
        return SessionFolder.open(sessions.isEmpty() ? path : sessions.getFirst(), gaps);
    }
}
