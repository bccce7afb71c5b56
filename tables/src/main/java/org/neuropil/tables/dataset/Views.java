package org.neuropil.tables.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.volume.store.FileStore;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The views of a dataset: files `tables/views/NAME.json`. They are read each time, so what others write is seen. May be used
/// by any number of threads.
public final class Views {
    private static final String ENDING = ".json";
    private static final JsonMapper STRICT = Json.MAPPER.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path folder;

    /// @param dataset its folder
    public Views(Path dataset) {
        folder = dataset.resolve("tables").resolve("views");
    }

    /// What a file holds.
    private record Document(@Nullable String name, @Nullable String sql, @Nullable String description,
            @Nullable List<@Nullable Double> resolution, @Nullable String user, @Nullable String notice,
            @Nullable Instant created) {}

    /// Names of all, in alphabetical order.
    public SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ENDING))
                    .forEach(name -> names.add(name.substring(0, name.length() - ENDING.length())));
        } catch (UncheckedIOException e) {
            throw new IOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
        return names;
    }

    /// One by its name.
    ///
    /// @throws InputException if its file holds none; names file and field
    public Optional<View> find(String name) throws IOException {
        try {
            TableInfo.checkName(name, "view"); // a name from outside is about to become a file's
        } catch (InputException e) {
            return Optional.empty();
        }
        Path file = folder.resolve(name + ENDING);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        View view = parse(bytes, file.toString());
        if (!view.name().equals(name)) {
            throw new InputException("'" + view.name() + "' is another name than the file's", file + ", name",
                    "give the name " + name + ", or rename the file");
        }
        return Optional.of(view);
    }

    /// Reads a file.
    static View parse(byte[] bytes, String file) {
        Document document;
        try {
            document = STRICT.readValue(bytes, Document.class);
        } catch (JacksonException e) {
            throw new InputException("is no view: " + e.getOriginalMessage().lines().findFirst().orElse(""), file,
                    "it has name, sql, description, resolution, user, notice and created", e);
        }
        if (document == null) {
            throw new InputException("is no view: it is null", file, "");
        }
        List<@Nullable Double> size = given(document.resolution(), file, "resolution");
        if (size.size() != 3
                || size.stream().anyMatch(length -> length == null || !(length > 0) || length.isInfinite())) {
            throw new InputException(size + " is no size of a voxel", file + ", resolution",
                    "write three lengths in nm, as in [4, 4, 40]");
        }
        return new View(given(document.name(), file, "name"), given(document.sql(), file, "sql"),
                text(document.description()), new VoxelSize(length(size, 0), length(size, 1), length(size, 2)),
                text(document.user()), text(document.notice()), given(document.created(), file, "created"));
    }

    private static double length(List<@Nullable Double> size, int axis) {
        Double length = size.get(axis);
        return length == null ? 0 : length;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> T given(@Nullable T value, String file, String field) {
        if (value == null) {
            throw new InputException("is missing", file + ", " + field, "give it");
        }
        return value;
    }

    /// As UTF-8 text with keys in alphabetical order.
    static byte[] bytes(View view) {
        VoxelSize size = view.resolution();
        return Json.bytes(new Document(view.name(), view.sql(), view.description(),
                List.of(size.x(), size.y(), size.z()), view.user(), view.notice(), view.created()));
    }

    /// Writes one.
    ///
    /// @param replace true to put it in the place of one of the same name
    /// @throws InputException if there is one of the name already
    synchronized void put(View view, boolean replace) throws IOException {
        if (!replace && Files.exists(folder.resolve(view.name() + ENDING))) {
            throw new InputException("there is a view '" + view.name() + "'", "name",
                    "give it another name, or replace it");
        }
        FileStore.replace(folder.resolve(view.name() + ENDING), bytes(view), true);
    }

    /// Deletes one. Its name is free again.
    ///
    /// @throws InputException if there is none
    public synchronized void delete(String name) throws IOException {
        if (find(name).isEmpty() || !Files.deleteIfExists(folder.resolve(name + ENDING))) {
            throw new InputException("there is no view '" + name + "'", "name", "");
        }
        FileStore.syncFolder(folder);
    }
}
