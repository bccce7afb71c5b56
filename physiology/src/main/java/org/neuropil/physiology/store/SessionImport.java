package org.neuropil.physiology.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// The verb `import-physiology`, of one session: whatever file it lies in, it becomes a folder of Parquet in a dataset. It
/// is written beside its place and moved there when it is whole; killed at any moment, the same call goes on where it was.
public final class SessionImport {
    /// Folder of sessions in a dataset.
    public static final String FOLDER = "physiology";
    private static final String VERB = "import-physiology";
    private static final String MADE = "session";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    private SessionImport() {}

    /// Where a session is read from.
    ///
    /// @param name of the session
    /// @param path of its file or folder
    /// @param opener how it is opened; must mean the same in another process
    /// @param how in words what else than the files tells what is read; empty if nothing does
    public record Source(String name, String path, Opener opener, String how) implements Serializable {
        /// Of the files alone.
        public Source(String name, String path, Opener opener) {
            this(name, path, opener, "");
        }

        /// @throws InputException if the name cannot be a folder's
        public Source {
            if (!NAME.matcher(name).matches()) {
                throw new InputException("'" + name + "' cannot be a session's name", path,
                        "names have letters, digits, '_', '-' and '.', at most 100");
            }
        }
    }

    /// Opens a session.
    @FunctionalInterface
    public interface Opener extends Serializable {
        /// @param path of its file or folder
        Session open(Path path) throws IOException;
    }

    /// Where a session lies, or will lie, in a dataset.
    public static Path place(Path dataset, String session) {
        return dataset.resolve(FOLDER).resolve(session);
    }

    /// The sessions of a dataset, by name.
    public static List<Path> sessions(Path dataset) throws IOException {
        Path folder = dataset.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(ParquetSession::isSession).sorted().toList();
        }
    }

    /// Folders among the sessions of a dataset that are none, or lack something, by name.
    public static List<Path> damaged(Path dataset) throws IOException {
        Path folder = dataset.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> Files.isDirectory(path) && !ParquetSession.isSession(path)
                    && !String.valueOf(path.getFileName()).startsWith(".")).sorted().toList();
        }
    }

    /// What made a session of a dataset; empty if there is none of that name.
    public static Optional<Provenance> made(Path dataset, String session) throws IOException {
        Path place = place(dataset, session);
        return Files.exists(place.resolve(Provenance.FILE)) ? Optional.of(Provenance.of(place)) : Optional.empty();
    }

    /// Imports a session. Does nothing if the same recipe has made it.
    ///
    /// @param dataset its folder
    /// @param kinds of traces; those that it has none of are left out
    /// @throws InputException if it exists, made of something else, and [RunOptions#force] is not set; if another process is
    ///         at it; or if it cannot be used
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Path dataset, Source source, Set<TraceKind> kinds, RunOptions options)
            throws IOException {
        Path place = place(dataset, source.name());
        Path folder = dataset.resolve(".work").resolve(VERB + "-" + source.name());
        Recipe recipe = recipe(source, kinds);
        WorkRun.complete(folder, () -> move(folder, place));
        Optional<Provenance> finished = finished(place, folder, recipe, options);
        if (finished.isPresent()) {
            return finished.get();
        }
        try (WorkRun run = WorkRun.open(folder, recipe, options)) {
            // Once more, for another may have been done between the two lines above.
            finished = finished(place, folder, recipe, options);
            if (finished.isPresent()) {
                run.discard();
                return finished.get();
            }
            Path made = run.folder().resolve(MADE);
            run.sweep(made);
            try (Pieces pieces = new Pieces(source, made.toString(), new TreeSet<>(kinds))) {
                pieces.pieces(); // what cannot be read is told before anything is begun
                run.run(pieces);
                run.run(BlockJob.of("tables of " + source.name(), 1, _ -> "all", _ -> pieces.writer().finish()));
                Provenance provenance = run.provenance(figures(pieces.session(), kinds));
                Json.write(made.resolve(Provenance.FILE), provenance, true);
                if (Files.exists(place)) {
                    finished(place, folder, recipe, options); // since this run began
                    FileStore.sync(made); // what is there is deleted because of this
                }
                run.commit(() -> move(folder, place));
                return provenance;
            }
        }
    }

    private static Optional<Provenance> finished(Path place, Path folder, Recipe recipe, RunOptions options)
            throws IOException {
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        Optional<Provenance> there = Files.exists(place.resolve(Provenance.FILE))
                ? Optional.of(Provenance.of(place))
                : Optional.empty();
        boolean same = there.isPresent() && there.get().recipeSha256().equals(recipe.digest());
        if (same && !(options.fresh() && options.force())) {
            WorkRun.clear(folder, recipe.digest());
            return there;
        }
        if (!ParquetSession.isSession(place)) {
            throw new InputException("exists and is no session", place.toString(), "move it away");
        }
        if (!options.force()) {
            throw new InputException("exists, made of other files, kinds of traces or by another version",
                    place.toString(), "give --force to replace it");
        }
        if (place.toRealPath().startsWith(Path.of(recipe.inputs().getFirst().path()).toRealPath())) {
            throw new InputException("is read, and cannot be replaced by what is made of it", place.toString(), "");
        }
        return Optional.empty();
    }

    private static void move(Path folder, Path place) throws IOException {
        Path made = folder.resolve(MADE);
        if (!Files.exists(made)) {
            return;
        }
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        if (Files.exists(place)) {
            Path replaced = folder.resolve("replaced");
            WorkRun.delete(replaced);
            Files.move(place, replaced, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<String, Object> figures(Session session, Set<TraceKind> kinds) {
        Map<String, Object> figures = new TreeMap<>();
        figures.put("planes", session.planes().size());
        figures.put("rois", session.rois());
        figures.put("presentations", session.presentations().size());
        figures.put("frames", session.planes().stream().mapToInt(plane -> plane.clock().frames()).max().orElse(0));
        figures.put("kinds", session.planes().stream().map(Plane::kinds).flatMap(Set::stream).filter(kinds::contains)
                .sorted().distinct().map(TraceKind::word).toList());
        return figures;
    }

    private static Recipe recipe(Source source, Set<TraceKind> kinds) throws IOException {
        Map<String, Object> parameters = new TreeMap<>();
        parameters.put("session", source.name());
        parameters.put("format", SessionManifest.FORMAT);
        parameters.put("kinds", kinds.stream().sorted().map(TraceKind::word).toList());
        if (!source.how().isEmpty()) {
            parameters.put("how", source.how());
        }
        Path path = Path.of(source.path()).toAbsolutePath().normalize();
        return new Recipe(VERB, Software.NAME, 0, parameters,
                List.of(new Recipe.Input("session", path.toString(), digest(path))));
    }

    /// SHA-256 over the names and contents of the files of a session, in the order of their names.
    ///
    /// @param root file or folder of the session
    public static String digest(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file);
                    DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
                digest.transferTo(OutputStream.nullOutputStream());
                text.append(HexFormat.of().formatHex(digest.getMessageDigest().digest())).append(' ')
                        .append(root.relativize(file).toString().replace('\\', '/')).append('\n');
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
        return Json.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The traces and masks of a session. In another process the session is opened anew.
    private static final class Pieces implements BlockJob, AutoCloseable {
        private static final long serialVersionUID = 1L;

        private final Source source;
        private final String folder;
        private final TreeSet<TraceKind> kinds;
        private transient @Nullable Session session;
        private transient @Nullable SessionWriter writer;
        private transient @Nullable List<SessionWriter.Piece> pieces;

        Pieces(Source source, String folder, TreeSet<TraceKind> kinds) {
            this.source = source;
            this.folder = folder;
            this.kinds = kinds;
        }

        synchronized Session session() throws IOException {
            if (session == null) {
                session = source.opener().open(Path.of(source.path()));
            }
            return session;
        }

        synchronized SessionWriter writer() throws IOException {
            if (writer == null) {
                writer = new SessionWriter(session(), Path.of(folder), kinds);
            }
            return writer;
        }

        private synchronized List<SessionWriter.Piece> pieces() throws IOException {
            if (pieces == null) {
                pieces = writer().pieces();
            }
            return pieces;
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public int blocks() {
            try {
                return pieces().size();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String label(int block) {
            try {
                return pieces().get(block).label();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void run(int block) throws IOException {
            writer().write(pieces().get(block));
        }

        @Override
        public synchronized void close() throws IOException {
            if (session != null) {
                session.close();
            }
        }
    }
}
