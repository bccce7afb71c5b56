package org.neuropil.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.api.PartFiles;

/// A dataset that stages may be working on while it is served. `dataset.json` is replaced whenever a part is put in
/// place, so all that is remembered is remembered for one state of that file.
final class LiveDataset {
    private final Path folder;
    private volatile @Nullable Snapshot latest;

    /// @throws IOException if the folder cannot be read
    /// @throws org.neuropil.space.InputException if it is no dataset
    LiveDataset(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath().normalize();
        now();
    }

    /// Its folder.
    Path folder() {
        return folder;
    }

    /// The dataset as it is.
    Snapshot now() throws IOException {
        Path file = folder.resolve(Dataset.FILE);
        if (!Files.exists(file)) {
            // Says in words what is missing.
            Dataset.open(folder).close();
        }
        String stamp = stamp(Files.readAttributes(file, BasicFileAttributes.class));
        Snapshot known = latest;
        if (known != null && known.stamp.equals(stamp)) {
            return known;
        }
        Snapshot fresh = new Snapshot(stamp, Dataset.open(folder));
        latest = fresh;
        return fresh;
    }

    /// A text that is another whenever a file has been replaced.
    static String stamp(BasicFileAttributes file) {
        long time = file.lastModifiedTime().toInstant().getEpochSecond() * 1_000_000_000L
                + file.lastModifiedTime().toInstant().getNano();
        return Long.toHexString(time) + "-" + Long.toHexString(file.size()) + "-"
                + Integer.toHexString(String.valueOf(file.fileKey()).hashCode());
    }

    /// One state.
    static final class Snapshot {
        private final String stamp;
        private final Dataset dataset;
        private final Path real;
        private final Map<String, Optional<Folder>> folders = new ConcurrentHashMap<>();
        private final Map<String, PartFiles> sizes = new ConcurrentHashMap<>();

        private Snapshot(String stamp, Dataset dataset) throws IOException {
            this.stamp = stamp;
            this.dataset = dataset;
            this.real = dataset.folder().toRealPath();
        }

        /// Differs from that of any other state.
        String stamp() {
            return stamp;
        }

        Dataset dataset() {
            return dataset;
        }

        /// A part's folder as it lies on the disk; empty if there is no such part, or if a link leads out of the
        /// dataset.
        Optional<Folder> folder(String part) throws IOException {
            Optional<Folder> known = folders.get(part);
            if (known != null) {
                return known;
            }
            Dataset.Part entry = dataset.parts().get(part);
            if (entry == null) {
                // Not remembered: clients choose these names.
                return Optional.empty();
            }
            Optional<Folder> found = find(entry);
            folders.put(part, found);
            return found;
        }

        /// What a part's files are.
        PartFiles files(String part) throws IOException {
            PartFiles known = sizes.get(part);
            if (known == null) {
                known = PartFiles.of(dataset.path(part));
                sizes.put(part, known);
            }
            return known;
        }

        private Optional<Folder> find(Dataset.Part entry) throws IOException {
            try {
                Path path = dataset.folder().resolve(entry.path()).toRealPath();
                // The rows of a graph are no files to be fetched: to open them would give up its lock.
                if (!path.startsWith(real) || path.equals(real) || entry.kind() == Dataset.Kind.GRAPH) {
                    return Optional.empty();
                }
                boolean compressible = switch (entry.kind()) {
                    case SEGMENTATION, SCORE -> true;
                    // Gzip saves a fifth of raw images and nothing of Draco, and is slower than loopback.
                    case IMAGE, EDGES, GRAPH -> false;
                    case MESH -> PartFiles.type(path).filter(PartFiles.LEGACY_MESH::equals).isPresent();
                };
                return Optional.of(new Folder(path, compressible));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
    }

    /// A part's folder.
    ///
    /// @param real path without links
    /// @param compressible true if gzip makes its larger files smaller
    record Folder(Path real, boolean compressible) {}
}
