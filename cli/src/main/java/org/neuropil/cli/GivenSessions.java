package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.ParquetSession;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.space.InputException;

/// Sessions by what somebody typed: one of them, a folder of several, or a dataset.
final class GivenSessions {
    private GivenSessions() {}

    /// A session that is not open yet.
    @FunctionalInterface
    interface Closed {
        /// Opens it.
        Session open() throws IOException;
    }

    /// All sessions there, by name.
    ///
    /// @throws InputException if there is none
    static List<Closed> of(Path given) throws IOException {
        if (!Files.exists(given)) {
            throw new InputException("is not there", given.toString(),
                    "give a session, a folder of sessions, or a dataset");
        }
        if (ParquetSession.isSession(given)) {
            return List.of(() -> ParquetSession.open(given));
        }
        if (Files.isDirectory(given)) {
            List<Path> imported = SessionImport.sessions(given);
            if (imported.isEmpty()) {
                try (Stream<Path> all = Files.list(given)) {
                    imported = all.filter(ParquetSession::isSession).sorted().toList();
                }
            }
            if (!imported.isEmpty()) {
                return imported.stream().<Closed>map(path -> () -> ParquetSession.open(path)).toList();
            }
        }
        throw new InputException("holds no session", given.toString(),
                "give a session, a folder of sessions, or a dataset that sessions were imported into");
    }
}
