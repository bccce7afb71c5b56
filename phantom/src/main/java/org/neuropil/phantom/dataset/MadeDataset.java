package org.neuropil.phantom.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.neuropil.phantom.circuit.CircuitPlan;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.SessionImport;
import org.neuropil.physiology.store.SessionWriter;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;
import org.neuropil.tables.live.OpenTables;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.Published;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;
import org.neuropil.volume.kernel.Parallel;
import org.neuropil.volume.store.FileStore;

/// Writes a made circuit as a dataset: version 1 of tables as those of a published dataset, which `published.json` describes,
/// sessions of its units in `physiology/`, and the truth in `truth/`. It is made beside its place and moved there when it is whole. Equal plans and seeds give equal
/// bytes, but for `run` and `timing` in `truth/provenance.json`.
public final class MadeDataset {
    /// Folder of the truth within the dataset's.
    public static final String TRUTH = "truth";
    private static final String VERB = "phantom";

    private MadeDataset() {}

    /// What decides the bytes.
    public static Recipe recipe(CircuitPlan plan, long seed) {
        Map<String, Object> parameters = new TreeMap<>(TruthFiles.plan(plan, seed));
        parameters.remove("seed");
        return new Recipe(VERB, Software.NAME, seed, parameters, List.of());
    }

    /// Makes a circuit and writes it; nothing is done where the same one lies already.
    ///
    /// @param folder of the dataset, which must be new or empty, or with [RunOptions#force] one that this has made
    /// @return what made it; its figures are the numbers of rows
    /// @throws InputException if the folder holds something else, or the circuit does not fit into memory
    public static Provenance write(Path folder, CircuitPlan plan, long seed, RunOptions options) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        Recipe recipe = recipe(plan, seed);
        Optional<Provenance> standing = standing(place);
        if (standing.isPresent() && standing.get().recipeSha256().equals(recipe.digest())
                && !(options.fresh() && options.force())) {
            return standing.get();
        }
        check(place, standing.isPresent(), options.force());
        Instant started = Instant.now();
        long nanos = System.nanoTime();
        MadeCircuit circuit = MadeCircuit.make(plan, seed, options.threads());
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        FileStore.sweepBeside(place);
        Path work = FileStore.beside(place);
        try {
            Map<String, Object> figures = new TreeMap<>(fill(work, circuit, options.threads()));
            Provenance provenance = Provenance.of(recipe, figures, started, nanos, false, options);
            Json.write(work.resolve(TRUTH).resolve(Provenance.FILE), provenance, true);
            FileStore.sync(work);
            move(work, place);
            return provenance;
        } finally {
            WorkRun.delete(work);
        }
    }

    private static Optional<Provenance> standing(Path place) throws IOException {
        Path file = place.resolve(TRUTH).resolve(Provenance.FILE);
        Optional<Provenance> found = Files.exists(file)
                ? Optional.of(Json.read(file, Provenance.class))
                : Optional.empty();
        return found.filter(one -> one.recipe().verb().equals(VERB));
    }

    /// Nothing of a user's is ever replaced: only what this has made, and only when that is asked for.
    private static void check(Path place, boolean made, boolean force) throws IOException {
        if (made && !force) {
            throw new InputException("a made circuit with other parameters is there", place.toString(),
                    "give --force to replace it, or another folder");
        }
        if (made || !Files.exists(place)) {
            return;
        }
        if (!Files.isDirectory(place)) {
            throw new InputException("is a file", place.toString(), "choose a new folder");
        }
        try (Stream<Path> entries = Files.list(place)) {
            if (entries.findAny().isPresent()) {
                throw new InputException("is not empty, and no made circuit", place.toString(),
                        "choose an empty or new folder");
            }
        }
    }

    private static Map<String, Long> fill(Path work, MadeCircuit circuit, int threads) throws IOException {
        MadeTables tables = new MadeTables(circuit);
        PublicDataset description = tables.description();
        Dataset.openOrCreate(work, new Dataset.About(description.name(), description.title(),
                description.attribution(), description.licence(), description.licenceUrl())).close();
        try (Engine engine = OpenTables.engine(work)) {
            try (Engine.Lease lease = engine.lease()) {
                Version version = new Versions(work).publish(lease.connection(), MadeTables.VERSION, MadeTables.TIME,
                        "made", tables.incoming());
                version.tables().forEach((name, table) -> {
                    if (!Long.valueOf(table.rows()).equals(tables.counts().get(name))) {
                        throw new IllegalStateException(name + " has " + table.rows() + " rows");
                    }
                });
            } catch (SQLException e) {
                throw new IOException("tables could not be written: " + e.getMessage(), e);
            }
            new TruthFiles(circuit, engine, work.resolve(TRUTH)).write();
        }
        sessions(work, circuit, threads);
        List<Published.Imported> imported = new ArrayList<>();
        tables.counts().forEach((name, rows) -> imported.add(new Published.Imported(MadeTables.VERSION, name, rows,
                "made", 0, List.of(), List.of(), MadeTables.TIME)));
        Json.write(work.resolve(Published.FILE), new Published(description, imported), true);
        // Of the engine and of locks; nobody else has been here.
        WorkRun.delete(work.resolve(".cache"));
        WorkRun.delete(work.resolve(".work"));
        return tables.counts();
    }

    /// Each is written by itself.
    private static void sessions(Path work, MadeCircuit circuit, int threads) throws IOException {
        List<Map.Entry<String, UnitSession>> sessions = List.copyOf(UnitSession.of(circuit).entrySet());
        try {
            Parallel.run(threads, sessions.size(), number -> {
                Path place = SessionImport.place(work, sessions.get(number).getKey());
                try (UnitSession session = sessions.get(number).getValue()) {
                    SessionWriter.write(session, place, EnumSet.of(TraceKind.EVENTS));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void move(Path work, Path place) throws IOException {
        Path trash = FileStore.beside(place);
        if (Files.exists(place)) {
            Files.move(place, trash, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
        FileStore.syncFolder(Objects.requireNonNull(place.getParent()));
        WorkRun.delete(trash);
    }
}
