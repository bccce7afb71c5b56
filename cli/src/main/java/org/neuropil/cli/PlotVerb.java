package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.chart.Figure;
import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the verbs of `neuropil plot` have in common.
abstract class PlotVerb extends Verb {
    /// Pixels of a PNG for one of the figure.
    private static final int SCALE = 2;

    @Parameters(index = "0", paramLabel = "SESSION", description = "File or folder of a session, or a dataset that holds one.")
    private Path path = Path.of("");

    @Option(names = {"-o",
        "--out"}, paramLabel = "PATH", description = "File to write, whose ending says what: .svg or .png; or a folder, for SVG. SVG goes to stdout if left out.")
    private @Nullable Path out;

    @Option(names = "--data", description = "Also write what is shown as CSV, beside the picture.")
    private boolean data;

    @Option(names = "--trace", paramLabel = "KIND", description = "Kind of traces: raw, neuropil, demixed, corrected, dff, events. What the picture is usually made of if left out.")
    private @Nullable String trace;

    @Option(names = "--stimulus", paramLabel = "NAME", description = "Of which stimulus, by its family or the file's name; the first that suits if left out.")
    private @Nullable String stimulus;

    @Option(names = "--seed", paramLabel = "S", description = "Of chance; 0 if left out.")
    private long seed;

    private Optional<TraceKind> kind = Optional.empty();
    private final List<String> written = new ArrayList<>();

    @Override
    final Path folder() {
        return out == null ? Path.of(".") : out.toAbsolutePath().normalize();
    }

    @Override
    final void run() throws IOException {
        check();
        try (Session session = OpenSession.open(path)) {
            draw(session);
        }
        if (!written.isEmpty()) {
            say("wrote " + String.join(", ", written));
        }
    }

    /// Draws what is asked for.
    abstract void draw(Session session) throws IOException;

    /// The word for what it draws, in names of files.
    final String what() {
        return spec().name();
    }

    /// Computes metrics with progress on stderr.
    final Progress.Task progress(Session session) {
        return StageProgress.of("plot", spec().commandLine().getErr(), terminal(), common().quiet()).begin("metrics",
                SessionMetrics.steps(session), 0);
    }

    /// How it is drawn.
    PlotChoice choice() throws IOException {
        PlotChoice usual = PlotChoice.DEFAULT;
        return new PlotChoice(kind, Optional.ofNullable(stimulus),
                usual.metric(), usual.cells(), usual.clustered(), seed, threads());
    }

    final int threads() throws IOException {
        return common().run(Progress.NONE).threads();
    }

    private TraceKind kind(String word) {
        List<String> known = new ArrayList<>();
        for (TraceKind kind : TraceKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
            known.add(kind.word());
        }
        throw usage("--trace '" + word + "' is none of " + String.join(", ", known)
                + Nearest.to(word, known).map(near -> "; did you mean " + near + "?").orElse(""));
    }

    /// What can be told before the session is opened.
    void check() {
        if (data && out == null) {
            throw usage("--data needs --out, beside which it is written");
        }
        if (out != null && !isFolder(out) && !isPicture(out)) {
            throw usage("--out " + out + " ends neither with .svg nor with .png, and is no folder");
        }
        if (out != null && !isFolder(out)) {
            free(out);
        }
        if (trace != null) {
            kind = Optional.of(kind(trace));
        }
    }

    private static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".svg") || name.endsWith(".png");
    }

    /// A folder that is there, or a name without an ending.
    private static boolean isFolder(Path path) {
        return Files.isDirectory(path) || !String.valueOf(path.getFileName()).contains(".");
    }

    /// Whether several pictures can be written.
    final boolean takesSeveral() {
        return out != null && isFolder(out);
    }

    /// Writes a picture.
    ///
    /// @param name of its file, without an ending, in a folder
    final void write(Figure figure, String name) throws IOException {
        if (out == null) {
            bytes().write(figure.svg().getBytes(StandardCharsets.UTF_8));
            bytes().flush();
            return;
        }
        // Names come out of files: none of them leads to another folder.
        Path file = isFolder(out) ? out.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + ".svg") : out;
        boolean png = file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        Path beside = file.resolveSibling(
                String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "") + ".csv");
        free(file);
        if (data) {
            free(beside);
        }
        put(file, png ? figure.png(SCALE) : figure.svg().getBytes(StandardCharsets.UTF_8));
        if (data) {
            put(beside, figure.csv().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// @throws InputException if it is there and must not be replaced
    final void free(Path file) {
        if (Files.exists(file) && !common().force()) {
            throw new InputException("is there already", file.toString(), "--force replaces it");
        }
    }

    final void put(Path file, byte[] bytes) throws IOException {
        Path whole = file.toAbsolutePath();
        Path parent = whole.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        FileStore.replace(whole, bytes, false);
        written.add(file.toString());
    }
}
