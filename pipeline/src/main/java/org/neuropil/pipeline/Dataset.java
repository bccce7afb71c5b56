package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// A folder that holds `dataset.json` and the parts that stages leave in it. It can be copied, and served read-only by
/// any web server.
public final class Dataset implements AutoCloseable {
    /// Name of the file that makes a folder a dataset.
    public static final String FILE = "dataset.json";
    /// Folder of unfinished work.
    static final String WORK = ".work";

    private static final int FORMAT = 1;
    private static final Object LOCK = new Object();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    private final Path folder;
    private Manifest manifest;

    private Dataset(Path folder, Manifest manifest) {
        this.folder = folder.toAbsolutePath().normalize();
        this.manifest = manifest;
    }

    /// What people say of a dataset.
    ///
    /// @param name short, of letters, digits, `_`, `-` and `.`
    /// @param title one line; may be empty
    /// @param attribution whom to cite; may be empty
    /// @param licence name of the data's licence; may be empty
    /// @param licenceUrl its text; may be empty
    public record About(String name, String title, String attribution, String licence, String licenceUrl) {
        /// @throws InputException if the name has other characters
        public About {
            checkName(name, "name");
        }

        /// Only a name.
        public static About named(String name) {
            return new About(name, "", "", "", "");
        }
    }

    /// What kind of thing a part is.
    public enum Kind {
        /// An intensity volume.
        IMAGE,
        /// A volume of ids.
        SEGMENTATION,
        /// Files of edges between supervoxels, one per chunk.
        EDGES,
        /// Meshes of segments.
        MESH,
        /// Figures of a comparison.
        SCORE,
        /// A proofreading graph. Its rows may be in use by one process, and change.
        GRAPH
    }

    /// One part.
    ///
    /// @param kind what it is
    /// @param path folder relative to the dataset
    public record Part(Kind kind, String path) {}

    /// `dataset.json`.
    private record Manifest(int format, About about, Map<String, Part> parts) {}

    /// Opens a dataset.
    ///
    /// @throws InputException if the folder is not one
    public static Dataset open(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            throw new InputException("is not a dataset: it has no " + FILE, folder.toString(),
                    "name a dataset's folder, or make one with 'neuropil import'");
        }
        return new Dataset(folder, read(folder));
    }

    /// Opens a dataset, or makes an empty one; with it the folder.
    ///
    /// @throws InputException if the folder holds something else, or a dataset of another name
    public static Dataset openOrCreate(Path folder, About about) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            begin(folder, about);
        }
        Dataset dataset = open(folder);
        if (!dataset.about().name().equals(about.name())) {
            throw new InputException("holds dataset '" + dataset.about().name() + "', not '" + about.name() + "'",
                    folder.toString(), "choose another folder with --out");
        }
        return dataset;
    }

    private static void begin(Path folder, About about) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var entries = Files.list(folder)) {
                boolean taken = entries
                        .anyMatch(e -> !e.getFileName().toString().startsWith(".") && !FileStore.isTemporary(e));
                if (taken && !Files.exists(folder.resolve(FILE))) {
                    throw new InputException("is not empty and not a dataset", folder.toString(),
                            "choose an empty or new folder");
                }
            }
        }
        locked(folder, () -> {
            if (!Files.exists(folder.resolve(FILE))) {
                Json.write(folder.resolve(FILE), new Manifest(FORMAT, about, Map.of()), true);
            }
        });
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /// Changes `dataset.json` while no other stage does, be it in this process or in another. What those have left that
    /// died of it is swept up.
    private static void locked(Path folder, Change change) throws IOException {
        synchronized (LOCK) {
            Path place = folder.toAbsolutePath().normalize().resolve(WORK).resolve(FILE);
            try (WorkLock _ = WorkLock.await(place)) {
                try {
                    FileStore.sweepBeside(folder.resolve(FILE));
                    change.make();
                } finally {
                    WorkLock.delete(place);
                }
            }
        }
    }

    /// Its folder.
    public Path folder() {
        return folder;
    }

    /// What people say of it.
    public About about() {
        return manifest.about();
    }

    /// The parts, by name.
    public Map<String, Part> parts() {
        return new TreeMap<>(manifest.parts());
    }

    /// Folder of a part that exists.
    ///
    /// @throws InputException if there is no such part
    public Path path(String part) {
        return folder.resolve(existing(part).path());
    }

    /// What made a part.
    ///
    /// @throws InputException if there is no such part
    public Provenance provenance(String part) throws IOException {
        return Provenance.of(path(part));
    }

    /// What made a part; empty if there is no such part.
    public Optional<Provenance> findProvenance(String part) throws IOException {
        return manifest.parts().containsKey(part) ? Optional.of(provenance(part)) : Optional.empty();
    }

    /// A part that is a volume.
    ///
    /// @throws InputException if there is no such part or it is none
    public Volume volume(String part) throws IOException {
        Part entry = existing(part);
        if (entry.kind() != Kind.IMAGE && entry.kind() != Kind.SEGMENTATION) {
            throw new InputException("part '" + part + "' is no volume", folder.resolve(FILE).toString(), "");
        }
        return PrecomputedVolume.open(new FileStore(folder.resolve(entry.path())));
    }

    /// A part as an input of a recipe: identified by the recipe that made it.
    public Recipe.Input input(String name, String part) throws IOException {
        return new Recipe.Input(name, path(part).toString(), provenance(part).recipeSha256());
    }

    @Override
    public void close() {
        // Nothing is held open yet; callers use try so that this can change.
    }

    /// Adds or replaces parts and writes `dataset.json`.
    synchronized void put(Map<String, Part> parts) throws IOException {
        locked(folder, () -> {
            Manifest now = read(folder);
            Map<String, Part> all = new TreeMap<>(now.parts());
            all.putAll(parts);
            manifest = new Manifest(FORMAT, now.about(), all);
            Json.write(folder.resolve(FILE), manifest, true);
        });
    }

    /// @throws InputException if a name cannot be a file's name everywhere
    static void checkName(String name, String field) {
        if (!NAME.matcher(name).matches()) {
            throw new InputException("'" + name + "' is not a name", field,
                    "use letters, digits, '_', '-' and '.', at most 100");
        }
    }

    private Part existing(String part) {
        Part entry = manifest.parts().get(part);
        if (entry == null) {
            throw new InputException("there is no part '" + part + "'", folder.resolve(FILE).toString(),
                    manifest.parts().isEmpty() ? "it has no parts yet"
                            : "it has " + String.join(", ", parts().keySet()));
        }
        return entry;
    }

    private static Manifest read(Path relative) throws IOException {
        Path folder = relative.toAbsolutePath().normalize();
        Path file = folder.resolve(FILE);
        Raw raw = Json.read(file, Raw.class);
        if (raw.format() != FORMAT) {
            throw new InputException("format " + raw.format() + " is not known to this version",
                    file + ", field format", "use a newer Neuropil");
        }
        if (raw.about() == null) {
            throw new InputException("is missing", file + ", field about", "");
        }
        Map<String, Part> parts = raw.parts() == null ? Map.of() : raw.parts();
        parts.forEach((name, part) -> {
            if (part == null || part.kind() == null || part.path() == null
                    || !folder.resolve(part.path()).normalize().startsWith(folder)) {
                throw new InputException("part '" + name + "' has no kind or no path inside the dataset",
                        file + ", field parts", "");
            }
        });
        return new Manifest(raw.format(), Objects.requireNonNull(raw.about()), parts);
    }

    /// The file as it may be, before it is checked.
    private record Raw(int format, @Nullable About about, @Nullable Map<String, Part> parts) {}
}
