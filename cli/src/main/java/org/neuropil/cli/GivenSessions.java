package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    ///
    /// @param path of its file or folder
    record Closed(Path path) {
        /// Opens it.
        Session open() throws IOException {
            return SessionFolder.open(path);
        }
    }

    /// What there is.
    ///
    /// @param sessions that seem to be whole, by name
    /// @param damaged what is meant to be a session, and cannot be read
    record All(List<Closed> sessions, List<SessionFolder.Skipped> damaged) {
        private static All of(List<Path> sessions, List<SessionFolder.Skipped> damaged) {
            return new All(sessions.stream().map(Closed::new).toList(), List.copyOf(damaged));
        }
    }

    /// All sessions there, by name: imported ones of a dataset or folder; else those in files of any kind that is read.
    ///
    /// @param skipped takes what is left out besides, and why
    /// @throws InputException if there is none
    static All of(Path given, Consumer<String> skipped) throws IOException {
        if (!Files.exists(given)) {
            throw new InputException("is not there", given.toString(),
                    "give a session, a folder of sessions, or a dataset");
        }
        if (ParquetSession.isSession(given)) {
            return All.of(List.of(given), List.of());
        }
        List<Path> imported = Files.isDirectory(given) ? SessionImport.sessions(given) : List.of();
        List<Path> damaged = SessionImport.damaged(given);
        if (imported.isEmpty() && Files.isDirectory(given)) {
            imported = inside(given, ParquetSession::isSession);
            damaged = imported.isEmpty() ? damaged : inside(given, ParquetSession::isDamaged);
        }
        if (!imported.isEmpty()) {
            tellRaw(given, skipped);
            return All.of(imported, damaged.stream().map(GivenSessions::lacking).toList());
        }
        SessionFolder.Listing listing = SessionFolder.scan(given);
        if (listing.sessions().isEmpty() && Files.isDirectory(given) && !listing.damaged().isEmpty()
                && !listing.damaged().getFirst().path().equals(given)) {
            SessionFolder.Skipped first = listing.damaged().getFirst();
            throw new InputException("holds no whole session: " + first.path().getFileName() + ": " + first.why()
                    + (listing.damaged().size() > 1 ? "; and " + (listing.damaged().size() - 1) + " more" : ""),
                    given.toString(), "'neuropil sessions list' tells of all");
        }
        if (listing.sessions().isEmpty()) {
            // Tells what is wrong with it.
            SessionFolder.open(given).close();
        }
        listing.skipped().stream().filter(one -> !one.damaged())
                .forEach(one -> skipped.accept(one.path() + " is left out: " + one.why()));
        return All.of(listing.sessions().stream().map(SessionFolder.Found::path).toList(), listing.damaged());
    }

    private static List<Path> inside(Path folder, Predicate<Path> which) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(which).sorted().toList();
        }
    }

    private static SessionFolder.Skipped lacking(Path path) {
        try {
            ParquetSession.open(path).close();
            return new SessionFolder.Skipped(path, "was not whole a moment ago", true);
        } catch (InputException e) {
            return new SessionFolder.Skipped(path, e.what() + "; import it again", true);
        } catch (IOException e) {
            return new SessionFolder.Skipped(path, "cannot be read: " + e.getMessage(), true);
        }
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
