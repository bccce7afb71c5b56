package org.neuropil.tables.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.tables.TableInfo;
import org.neuropil.volume.store.FileStore;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The kinds of annotations that there are: those that all datasets of CAVE know, and those that a user has added to this
/// one, each in a file `NAME.json` of one folder ([SchemaJson]). A kind never changes once it is there, and never takes the
/// name of a known one. Can be used by several threads.
public final class Schemas {
    private static final String ENDING = ".json";

    /// The known ones: their documents as EMAnnotationSchemas 5.26.3 gives them, and what is derived from these.
    private static final class Known {
        static final Map<String, ObjectNode> DOCUMENTS = documents();
        static final Map<String, TableSchema> SCHEMAS = schemas();

        private static Map<String, ObjectNode> documents() {
            try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream("cave-schemas.json"))) {
                TreeMap<String, ObjectNode> documents = new TreeMap<>();
                JsonNode all = Json.MAPPER.readTree(in);
                all.properties().forEach(one -> documents.put(one.getKey(), one.getValue().asObject()));
                return Collections.unmodifiableMap(documents);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Map<String, TableSchema> schemas() {
            TreeMap<String, TableSchema> schemas = new TreeMap<>();
            DOCUMENTS.forEach((name, document) -> schemas.put(name, SchemaDocument.read(name, document)));
            return Collections.unmodifiableMap(schemas);
        }
    }

    private final Path folder;
    private final Map<String, TableSchema> added = new ConcurrentHashMap<>();

    /// The known ones and those in a folder.
    ///
    /// @param folder need not exist; what others add to it is seen
    public Schemas(Path folder) {
        this.folder = folder;
    }

    /// The known ones by their names, in alphabetical order.
    public static Map<String, TableSchema> known() {
        return Known.SCHEMAS;
    }

    /// A known one.
    ///
    /// @throws InputException if it is none
    public static TableSchema known(String name) {
        TableSchema schema = known().get(name);
        if (schema == null) {
            throw unknown(name, "");
        }
        return schema;
    }

    private static InputException unknown(String name, String others) {
        return new InputException("'" + Words.shorten(name, 63) + "' is no kind of annotations", "schema_type",
                "known are " + String.join(", ", known().keySet()) + others);
    }

    /// Names of all, in alphabetical order.
    ///
    /// @throws InputException if a file in the folder has the name of a known one
    public SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>(known().keySet());
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !names.add(name.substring(0, name.length() - ENDING.length()))) {
                    throw taken(name.substring(0, name.length() - ENDING.length()), file.toString());
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
        return names;
    }

    /// One by its name.
    ///
    /// @throws InputException if its file holds none; names file, field and value
    public Optional<TableSchema> find(String name) throws IOException {
        TableSchema schema = known().getOrDefault(name, added.get(name));
        if (schema != null) {
            return Optional.of(schema);
        }
        try {
            TableInfo.checkName(name, "schema"); // a name from outside is about to become a file's
        } catch (InputException e) {
            return Optional.empty();
        }
        Path file = file(name);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        TableSchema read = SchemaJson.parse(bytes, file.toString());
        if (!read.name().equals(name)) {
            throw new InputException("'" + read.name() + "' is another name than the file's", file + ", name",
                    "give the name " + name + ", or rename the file");
        }
        added.put(name, read);
        return Optional.of(read);
    }

    /// One by its name.
    ///
    /// @throws InputException if there is none
    public TableSchema get(String name) throws IOException {
        return find(name).orElseThrow(() -> unknown(name, ", and those in " + folder));
    }

    /// The JSON Schema of one, in the shape that CAVE's clients look into; of a known one exactly theirs.
    ///
    /// @return empty if there is none of that name; the caller's own copy
    public Optional<ObjectNode> document(String name) throws IOException {
        ObjectNode known = Known.DOCUMENTS.get(name);
        return known != null ? Optional.of(known.deepCopy()) : find(name).map(SchemaDocument::of);
    }

    /// Adds one. To add what is there already changes nothing.
    ///
    /// @throws InputException if its fields cannot become a table, or its name is that of another one
    public synchronized void add(TableSchema schema) throws IOException {
        String name = schema.name();
        if (known().containsKey(name)) {
            throw taken(name, "name");
        }
        String where = "schema '" + Words.shorten(name, 63) + "'";
        SchemaRules.check(schema, where);
        byte[] bytes = SchemaJson.bytes(schema);
        TableSchema read = SchemaJson.parse(bytes, where);
        if (read.fields().stream().anyMatch(field -> field.name().isEmpty())) {
            throw new InputException("a field has an empty name", "name", "give it one");
        }
        Optional<TableSchema> present = find(name);
        if (present.isEmpty()) {
            FileStore.replace(file(name), bytes, true);
            added.put(name, read);
        } else if (!Arrays.equals(SchemaJson.bytes(present.get()), bytes)) {
            throw taken(name, file(name).toString());
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    private static InputException taken(String name, String where) {
        return new InputException("there is another kind of annotations of the name '" + name + "'", where,
                "choose another name: kinds do not change");
    }
}
