package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.nwb.MissingChunks;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

/// A folder of sessions as a whole.
public final class SessionFolder {
    private static final int DEEPEST = 8;
    private static final int MOST_UNKNOWN = 20;

    private SessionFolder() {}

    /// A session that can be read.
    ///
    /// @param path file or folder that it lies in
    /// @param name of the session
    /// @param subject the animal's id; empty if it is not known
    /// @param layout as [org.neuropil.physiology.session.SessionInfo] has it
    /// @param storage how it is stored: `hdf5`, `zarr`, or the kind of file
    /// @param identifier what the file says that tells it from all others; empty if it says nothing
    /// @param planes how many it has
    /// @param rois of all planes
    /// @param frames of the plane that has most
    /// @param minutes from the first to the last frame of all planes
    /// @param kinds of traces that any plane has
    /// @param stimuli names of its parts, in the order of time
    /// @param notes what was left out or guessed
    public record Found(Path path, String name, String subject, String layout, String storage, String identifier,
            int planes, int rois, int frames, double minutes, Set<TraceKind> kinds, List<String> stimuli,
            List<String> notes) {}

    /// Something that is not read.
    ///
    /// @param path file or folder
    /// @param why in one sentence
    /// @param damaged true if it is meant to be a session, and cannot be read
    public record Skipped(Path path, String why, boolean damaged) {}

    /// What lies in a folder.
    ///
    /// @param sessions that can be read, in the order of their names
    /// @param skipped all else, in the order of paths
    public record Listing(List<Found> sessions, List<Skipped> skipped) {
        /// What is meant to be a session, and cannot be read.
        public List<Skipped> damaged() {
            return skipped.stream().filter(Skipped::damaged).toList();
        }
    }

    /// Looks through a folder and those in it; what is not read is told, never dropped.
    ///
    /// @param path of the folder, or of one session
    /// @throws InputException if there is nothing at the path
    public static Listing scan(Path path) throws IOException {
        return scan(path, MissingChunks.REFUSE);
    }

    /// As the other one.
    ///
    /// @param gaps what chunks of traces stand for that a folder of Zarr does not have
    public static Listing scan(Path path, MissingChunks gaps) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException("is not there", path.toString(), "give a folder of sessions");
        }
        List<Found> found = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        visit(path, gaps, found, skipped, 0);
        List<Found> kept = withoutTwins(found, skipped);
        kept.sort((a, b) -> a.name().compareTo(b.name()));
        skipped.sort((a, b) -> a.path().compareTo(b.path()));
        return new Listing(List.copyOf(kept), List.copyOf(skipped));
    }

    /// Opens one session.
    ///
    /// @throws InputException if there is none, or it is damaged
    public static Session open(Path path) throws IOException {
        return open(path, MissingChunks.REFUSE);
    }

    /// As the other one.
    ///
    /// @param gaps what chunks of traces stand for that a folder of Zarr does not have
    public static Session open(Path path, MissingChunks gaps) throws IOException {
        if (!Files.exists(path)) {
            throw new InputException("is not there", path.toString(), "give the file or folder of a session");
        }
        Optional<SessionFormat> format = SessionFormats.of(path, gaps);
        if (format.isEmpty()) {
            throw new InputException("is no session", path.toString(), Files.isDirectory(path)
                    ? "'neuropil sessions list' tells which sessions a folder holds"
                    : "files of NWB and MATLAB are read, and folders of NPY and CSV files");
        }
        return format.get().open(path, true);
    }

    private static void visit(Path path, MissingChunks gaps, List<Found> found, List<Skipped> skipped, int depth)
            throws IOException {
        if (!Files.exists(path)) {
            skipped.add(new Skipped(path, "is a link to what is not there", false));
            return;
        }
        try {
            Optional<SessionFormat> format = SessionFormats.of(path, gaps);
            if (format.isPresent()) {
                try (Session session = format.get().open(path, false)) {
                    found.add(found(path, format.get(), session));
                }
            } else if (Files.isDirectory(path)) {
                folder(path, gaps, found, skipped, depth);
            } else {
                skipped.add(new Skipped(path, "is no session of a kind that is read", false));
            }
        } catch (InputException e) {
            skipped.add(new Skipped(path, sentence(path, e), true));
        } catch (AccessDeniedException e) {
            skipped.add(new Skipped(path, "must not be read by this user", true));
        } catch (IOException e) {
            skipped.add(new Skipped(path, "cannot be read: " + e.getMessage(), true));
        }
    }

    /// An error without the path that stands beside it.
    private static String sentence(Path path, InputException e) {
        String where = e.where();
        for (String prefix : List.of(path.toString(), path.toAbsolutePath().normalize().toString())) {
            where = where.startsWith(prefix) ? where.substring(prefix.length()) : where;
        }
        where = where.replaceFirst("^[:,/ ]+", "");
        return (where.isEmpty() ? "" : where + ": ") + e.what() + (e.hint().isEmpty() ? "" : "; " + e.hint());
    }

    private static void folder(Path folder, MissingChunks gaps, List<Found> found, List<Skipped> skipped,
            int depth) throws IOException {
        if (depth == DEEPEST) {
            skipped.add(new Skipped(folder, "lies too deep to be looked into", false));
            return;
        }
        List<Path> inside;
        try (Stream<Path> all = Files.list(folder)) {
            inside = all.sorted().toList();
        }
        if (inside.isEmpty()) {
            skipped.add(new Skipped(folder, "is empty", false));
        }
        List<Skipped> here = new ArrayList<>();
        for (Path one : inside) {
            visit(one, gaps, found, here, depth + 1);
        }
        List<Skipped> unknown = here.stream()
                .filter(one -> !one.damaged() && folder.equals(one.path().getParent())
                        && !Files.isDirectory(one.path()))
                .toList();
        if (unknown.size() > MOST_UNKNOWN) {
            here.removeAll(unknown);
            here.add(new Skipped(folder,
                    unknown.size() + " files in it are no sessions of a kind that is read, the first being "
                            + unknown.getFirst().path().getFileName(),
                    false));
        }
        skipped.addAll(here);
    }

    private static Found found(Path path, SessionFormat format, Session session) {
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        int frames = 0;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Plane plane : session.planes()) {
            kinds.addAll(plane.kinds());
            int count = plane.clock().frames();
            frames = Math.max(frames, count);
            if (count > 0) {
                first = Math.min(first, plane.clock().time(0));
                last = Math.max(last, plane.clock().time(count - 1));
            }
        }
        Set<String> stimuli = new LinkedHashSet<>(session.epochs().stream().map(Epoch::name).toList());
        return new Found(path, session.info().name(), session.info().subject(), session.info().layout(),
                session.info().properties().getOrDefault("storage", format.name()),
                session.info().properties().getOrDefault("identifier", ""), session.planes().size(), session.rois(),
                frames, last > first ? (last - first) / 60 : 0, kinds, List.copyOf(stimuli), session.info().notes());
    }

    /// Leaves out sessions that are there twice, and those that have the name of another.
    private static List<Found> withoutTwins(List<Found> found, List<Skipped> skipped) {
        Map<String, Found> byName = new HashMap<>();
        Map<String, Found> byIdentifier = new HashMap<>();
        List<Found> kept = new ArrayList<>();
        // One file is whole more often than thousands.
        List<Found> ordered = found.stream()
                .sorted((a, b) -> Boolean.compare(a.storage().equals("zarr"), b.storage().equals("zarr"))).toList();
        for (Found one : ordered) {
            Found same = one.identifier().isEmpty() ? null : byIdentifier.putIfAbsent(one.identifier(), one);
            Found namesake = byName.get(one.name());
            // Without an identifier the name has to do; two animals may have sessions of one name.
            if (same == null && namesake != null && !namesake.storage().equals(one.storage())
                    && namesake.layout().equals(one.layout()) && namesake.subject().equals(one.subject())
                    && (namesake.identifier().isEmpty() || one.identifier().isEmpty())) {
                same = namesake;
            }
            if (same != null) {
                skipped.add(new Skipped(one.path(), "is the session " + same.name() + " once more, in " + one.storage()
                        + "; " + same.path() + " is read", false));
            } else if (namesake != null) {
                skipped.add(new Skipped(one.path(), "has the name of another session, " + namesake.path()
                        + "; rename one of them", true));
            } else {
                byName.put(one.name(), one);
                kept.add(one);
            }
        }
        return kept;
    }
}
