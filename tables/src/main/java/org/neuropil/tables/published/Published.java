package org.neuropil.tables.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.Json;
import org.neuropil.tables.store.AnnotationStore;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

/// What a dataset remembers of the published one that it was brought from, in its file `published.json`: where volumes
/// lie, frames, layers, types of cells, and which tables came from where.
///
/// @param dataset as it was described when tables were brought in last
/// @param tables that were brought in, by version and name
public record Published(PublicDataset dataset, List<Imported> tables) {
    /// Within the dataset's folder.
    public static final String FILE = "published.json";

    /// Copies the list, in order.
    public Published {
        List<Imported> sorted = new ArrayList<>(PublicDataset.list(tables));
        sorted.sort(Comparator.comparingInt(Imported::version).thenComparing(Imported::table));
        tables = List.copyOf(sorted);
    }

    /// A table that was brought in.
    ///
    /// @param version which has it
    /// @param table its name
    /// @param rows how many it has
    /// @param from address of its file, or of the folder of its files
    /// @param bytes that these had; -1 if that was not told
    /// @param ignored columns of the files that were not read
    /// @param absent columns that the files did not have
    /// @param imported when
    public record Imported(int version, String table, long rows, String from, long bytes, List<String> ignored,
            List<String> absent, Instant imported) {
        /// Copies the lists.
        public Imported {
            ignored = List.copyOf(ignored);
            absent = List.copyOf(absent);
        }
    }

    /// That of a dataset's folder; empty if it was not brought from elsewhere.
    ///
    /// @throws org.neuropil.space.InputException if the file is none
    public static Optional<Published> of(Path dataset) throws IOException {
        // A table is remembered before it gets its place, and may never have got it.
        return read(dataset).map(all -> new Published(all.dataset(), all.tables().stream()
                .filter(one -> Files.isDirectory(dataset.resolve(Versions.FOLDER)
                        .resolve(Integer.toString(one.version())).resolve(one.table())))
                .toList()));
    }

    private static Optional<Published> read(Path dataset) throws IOException {
        Path file = dataset.resolve(FILE);
        return Files.exists(file) ? Optional.of(Json.read(file, Published.class)) : Optional.empty();
    }

    /// Whether a table of live rows was made here by somebody, and is not one that was brought in and made known to the
    /// store, though it has the name of such a one.
    ///
    /// @param dataset its folder
    /// @param source name of the published dataset; empty for that which the folder remembers
    /// @param table of the name
    /// @param versions of the dataset
    public static boolean isOwn(Path dataset, String source, AnnotationStore.Stored table, List<Version> versions)
            throws IOException {
        Optional<Published> remembered = of(dataset);
        String owner = source.isEmpty() ? remembered.map(one -> one.dataset().name()).orElse("") : source;
        if (owner.isEmpty() || table.info().user().equals(owner)) {
            return false;
        }
        String name = table.info().name();
        Optional<Instant> brought = remembered.stream().flatMap(one -> one.tables().stream())
                .filter(one -> one.table().equals(name)).map(Imported::imported).min(Comparator.naturalOrder());
        return brought.map(table.created()::isBefore).orElseGet(() -> versions.stream()
                .noneMatch(one -> one.tables().containsKey(name) && one.time().isBefore(table.created())));
    }

    /// Remembers one more table.
    static void add(Path folder, PublicDataset dataset, Imported table) throws IOException {
        List<Imported> all = new ArrayList<>(read(folder).map(Published::tables).orElse(List.of()));
        all.removeIf(one -> one.version() == table.version() && one.table().equals(table.table()));
        all.add(table);
        Json.write(folder.resolve(FILE), new Published(dataset, all), true);
    }
}
