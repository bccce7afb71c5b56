package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.nwb.MissingChunks;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.RunStoppedException;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil import-physiology`: sessions of calcium imaging become sessions of a dataset.
@Command(name = "import-physiology", header = "Makes sessions of a dataset from files of calcium imaging.", description = {
    "",
    "SOURCE is a folder that is looked through, or one session: NWB in HDF5 or Zarr, MATLAB, NPY and CSV. Each session "
            + "becomes a folder of Parquet files in DATASET/physiology, which pandas, DuckDB and others read as they are. "
            + "What is not read is listed."}, footer = {
                "  neuropil import-physiology v1dd-sessions neuropil-v1dd --kinds dff,events",
                "  neuropil import-physiology v1dd-sessions neuropil-v1dd --dry-run"})
final class ImportPhysiologyVerb extends Verb {
    private static final double MIB = 1 << 20;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Folder of sessions, or a session.")
    private Path source = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATASET", defaultValue = ".", description = "The dataset; made if it does not exist. The current folder if left out.")
    private Path dataset = Path.of(".");

    @Option(names = "--sessions", paramLabel = "NAMES", split = ",", description = "Only these; all if left out.")
    private Set<String> sessions = Set.of();

    @Option(names = "--kinds", paramLabel = "KINDS", split = ",", description = "Traces to keep, of raw, neuropil, demixed, corrected, dff, events; all if left out.")
    private Set<String> kinds = Set.of();

    @Option(names = "--dry-run", description = "List the sessions and what they would take, and write nothing.")
    private boolean dryRun;

    @Option(names = "--name", paramLabel = "NAME", description = "Of a new dataset; the folder's name if left out.")
    private @Nullable String name;

    @Mixin
    private MissingChunksOption gaps = new MissingChunksOption();

    @Override
    Path folder() {
        return folder(dataset);
    }

    @Override
    void run() throws IOException {
        Set<TraceKind> wanted = kinds();
        SessionFolder.Listing listing = SessionFolder.scan(source, gaps.of(this));
        List<SessionFolder.Found> found = chosen(listing);
        listing.skipped().forEach(one -> say("skipped: " + one.path() + ": " + one.why()));
        if (found.isEmpty()) {
            throw new InputException("holds no session that can be read", source.toString(),
                    listing.skipped().isEmpty()
                            ? "it is empty"
                            : "of what it holds, " + listing.skipped().size() + " things were skipped");
        }
        for (SessionFolder.Found one : found) {
            List<String> lacks = kinds.isEmpty()
                    ? List.of()
                    : wanted.stream().filter(kind -> !one.kinds().contains(kind)).sorted().map(TraceKind::word)
                            .toList();
            if (!lacks.isEmpty()) {
                warn(one.name() + " has no traces of kind " + String.join(", ", lacks));
            }
        }
        if (!kinds.isEmpty() && found.stream().allMatch(one -> words(one, wanted).isEmpty())) {
            throw new InputException("no session has traces of kind " + String.join(", ", kinds), "--kinds",
                    "'neuropil sessions list' tells which kinds they have");
        }
        if (dryRun) {
            plan(found, listing, wanted);
        } else {
            importAll(found, listing, wanted);
        }
        if (sessions.isEmpty() && !listing.damaged().isEmpty()) {
            throw new InputException(
                    listing.damaged().size() + " of what should be sessions cannot be read; the first: "
                            + listing.damaged().getFirst().path(),
                    source.toString(), "mend or remove them, or name those that you want with --sessions");
        }
    }

    private Set<TraceKind> kinds() {
        if (kinds.isEmpty()) {
            return EnumSet.allOf(TraceKind.class);
        }
        Map<String, TraceKind> known = new LinkedHashMap<>();
        for (TraceKind kind : TraceKind.values()) {
            known.put(kind.word(), kind);
        }
        Set<TraceKind> wanted = EnumSet.noneOf(TraceKind.class);
        for (String word : kinds) {
            TraceKind kind = known.get(word.strip().toLowerCase(Locale.ROOT));
            if (kind == null) {
                throw usage("--kinds '" + word + "' is none of " + String.join(", ", known.keySet()));
            }
            wanted.add(kind);
        }
        return wanted;
    }

    private List<SessionFolder.Found> chosen(SessionFolder.Listing listing) {
        Set<String> known = listing.sessions().stream().map(SessionFolder.Found::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String one : sessions) {
            if (!known.contains(one)) {
                throw new InputException("there is no session '" + one + "' that can be read", source.toString(),
                        Nearest.to(one, known).map(near -> "did you mean " + near + "?")
                                .orElse("there are " + String.join(", ", known)));
            }
        }
        return listing.sessions().stream().filter(one -> sessions.isEmpty() || sessions.contains(one.name())).toList();
    }

    private static List<String> words(SessionFolder.Found one, Set<TraceKind> wanted) {
        return one.kinds().stream().filter(wanted::contains).sorted().map(TraceKind::word).toList();
    }

    private void plan(List<SessionFolder.Found> found, SessionFolder.Listing listing, Set<TraceKind> wanted) {
        Table table = new Table("session", "layout", "planes", "ROIs", "minutes", "kinds", "MiB of traces");
        List<Map<String, Object>> json = new ArrayList<>();
        for (SessionFolder.Found one : found) {
            List<String> words = words(one, wanted);
            long mib = Math.round(4.0 * one.rois() * one.frames() * words.size() / MIB);
            double minutes = Math.round(10 * one.minutes()) / 10.0;
            table.add(one.name(), one.layout(), one.planes(), one.rois(), minutes, String.join(",", words), mib);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("session", one.name());
            row.put("path", one.path().toString());
            row.put("layout", one.layout());
            row.put("planes", one.planes());
            row.put("rois", one.rois());
            row.put("minutes", minutes);
            row.put("kinds", words);
            row.put("mib_before_compression", mib);
            json.add(row);
        }
        print(table, Map.of("sessions", json, "skipped", skipped(listing)));
    }

    private static SessionImport.Source source(SessionFolder.Found one, MissingChunks how) {
        return new SessionImport.Source(one.name(), one.path().toString(), path -> SessionFolder.open(path, how),
                how == MissingChunks.REFUSE ? "" : "missing chunks: " + how.word());
    }

    private static List<Map<String, Object>> skipped(SessionFolder.Listing listing) {
        return listing.skipped().stream().<Map<String, Object>>map(
                one -> Map.of("path", one.path().toString(), "why", one.why(), "damaged", one.damaged())).toList();
    }

    private void importAll(List<SessionFolder.Found> found, SessionFolder.Listing listing, Set<TraceKind> wanted)
            throws IOException {
        openOrCreate().close();
        Progress progress = StageProgress.of("import-physiology", spec().commandLine().getErr(), terminal(),
                common().quiet());
        RunOptions options = common().run(progress);
        Table table = new Table("session", "state", "planes", "ROIs", "frames", "kinds", "seconds");
        List<Map<String, Object>> json = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        try (Interruption _ = Interruption.watch(spec().commandLine().getErr())) {
            for (SessionFolder.Found one : found) {
                Optional<Provenance> before = SessionImport.made(folder(), one.name());
                try {
                    Provenance done = SessionImport.run(folder(),
                            source(one, gaps.of(this)), wanted,
                            options);
                    String state = before.filter(old -> old.run().equals(done.run())).isPresent()
                            ? "already done"
                            : "done";
                    add(table, json, one.name(), state, done);
                    say(one.name() + ": " + state);
                } catch (RunStoppedException e) {
                    throw e;
                } catch (InputException e) {
                    say(one.name() + ": " + e.sentence());
                    failures.add(e);
                } catch (IOException e) {
                    say(one.name() + ": " + e.getMessage());
                    failures.add(e);
                }
            }
        }
        print(table, Map.of("sessions", json, "skipped", skipped(listing), "failed", failures.size()));
        if (found.size() == 1 && failures.size() == 1) {
            switch (failures.getFirst()) {
                case IOException e -> throw e;
                case InputException e -> throw e;
                default -> throw new IllegalStateException(failures.getFirst());
            }
        }
        if (!failures.isEmpty()) {
            throw new InputException(failures.size() + " of " + found.size() + " sessions were not imported",
                    source.toString(), "what was wrong stands above; give the same command again to go on");
        }
    }

    private static void add(Table table, List<Map<String, Object>> json, String session, String state,
            Provenance done) {
        Map<String, Object> figures = done.figures();
        table.add(session, state, figures.get("planes"), figures.get("rois"), figures.get("frames"),
                figures.get("kinds") instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : "",
                done.timing().seconds());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("session", session);
        row.put("state", state);
        row.put("run", done.run());
        row.put("seconds", done.timing().seconds());
        row.put("figures", figures);
        json.add(row);
    }

    private Dataset openOrCreate() throws IOException {
        if (name == null && Files.exists(folder().resolve(Dataset.FILE))) {
            return Dataset.open(folder());
        }
        return Dataset.openOrCreate(folder(), Dataset.About.named(name == null ? folderName() : name));
    }

    private String folderName() {
        Path last = dataset.toAbsolutePath().normalize().getFileName();
        String plain = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[-_.]+", "");
        return plain.isEmpty() ? "dataset" : plain.substring(0, Math.min(100, plain.length()));
    }
}
