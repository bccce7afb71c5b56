package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.file.SessionFormats;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.ParquetSession;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.space.InputException;

/// Sessions by what somebody typed: one of them, a folder of several, or a dataset.
final class GivenSessions {
    private static final Pattern RAW = Pattern.compile("(?i).*\\.(nwb|nwb\\.zarr|mat)");

    private GivenSessions() {}

    /// A session that is not open yet.
    @FunctionalInterface
    interface Closed {
        /// Opens it.
        Session open() throws IOException;
    }

    /// All sessions there, by name: imported ones of a dataset or folder; else those in files of any kind that is read.
    ///
    /// @param skipped takes what is left out, and why
    /// @throws InputException if there is none
    static List<Closed> of(Path given, Consumer<String> skipped) throws IOException {
        if (!Files.exists(given)) {
            throw new InputException("is not there", given.toString(),
                    "give a session, a folder of sessions, or a dataset");
        }
        if (ParquetSession.isSession(given)) {
            return List.of(() -> ParquetSession.open(given));
        }
        List<Path> imported = Files.isDirectory(given) ? SessionImport.sessions(given) : List.of();
        if (imported.isEmpty() && Files.isDirectory(given)) {
            try (Stream<Path> all = Files.list(given)) {
                imported = all.filter(ParquetSession::isSession).sorted().toList();
            }
        }
        if (!imported.isEmpty()) {
            tellRaw(given, skipped);
            return imported.stream().<Closed>map(path -> () -> ParquetSession.open(path)).toList();
        }
        SessionFolder.Listing listing = SessionFolder.scan(given);
        if (listing.sessions().isEmpty()) {
            // Tells what is wrong with it.
            SessionFolder.open(given).close();
        }
        listing.skipped().forEach(one -> skipped.accept(one.path() + " is left out: " + one.why()));
        return listing.sessions().stream().map(SessionFolder.Found::path)
                .<Closed>map(path -> () -> SessionFolder.open(path)).toList();
    }

    /// Tells of sessions in other files that lie in a folder beside those that were imported.
    private static void tellRaw(Path folder, Consumer<String> skipped) throws IOException {
        List<Path> inside;
        try (Stream<Path> all = Files.list(folder)) {
            inside = all.filter(path -> RAW.matcher(path.getFileName().toString()).matches()).sorted().toList();
        }
        for (Path path : inside) {
            if (SessionFormats.of(path).isPresent()) {
                skipped.accept(path + " is left out: of sessions beside each other those that were imported are read; "
                        + "import it too, or name it alone");
            }
        }
    }
}
