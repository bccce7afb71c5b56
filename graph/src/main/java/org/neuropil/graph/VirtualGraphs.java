package org.neuropil.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;

/// Which states of a graph are published under names of their own: the file `virtual.json` beside the graph's
/// `graph.json`.
///
/// ```json
/// { "format" : 1,
///   "graphs" : { "fib25_public" : { "graph" : "fib25", "moment" : "2025-01-13T10:10:00Z", "note" : "first release" } } }
/// ```
public final class VirtualGraphs {
    /// Name of the file.
    public static final String FILE = "virtual.json";

    private static final int FORMAT = 1;
    private static final int LONGEST_NOTE = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    private VirtualGraphs() {}

    /// A state under a name.
    ///
    /// @param graph name of the graph that is edited
    /// @param moment at which time stops, whole milliseconds
    /// @param note for people, one line; may be empty
    public record Definition(String graph, Instant moment, String note) {
        /// Cuts the moment down to milliseconds.
        ///
        /// @throws InputException if the graph's name or the note cannot be
        public Definition {
            checkName(graph, "graph");
            moment = moment.truncatedTo(ChronoUnit.MILLIS);
            if (note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl)) {
                throw new InputException("note is longer than " + LONGEST_NOTE + " characters or has several lines",
                        "note", "shorten it");
            }
        }
    }

    private record Entry(@Nullable String graph, @Nullable String moment, @Nullable String note) {}

    private record Document(int format, @Nullable Map<String, @Nullable Entry> graphs) {}

    /// Reads the definitions, by name; none if there is no file.
    ///
    /// @param folder the graph's
    /// @throws InputException if the file is not as described; names the field
    public static SortedMap<String, Definition> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Collections.emptySortedMap();
        }
        Document document = Json.read(file, Document.class);
        if (document.format() != FORMAT || document.graphs() == null) {
            throw new InputException("has format " + document.format() + ", and graphs are "
                    + (document.graphs() == null ? "missing" : "there") + "; expected format " + FORMAT + " and graphs",
                    file.toString(), "use the software that wrote it, or mend it");
        }
        TreeMap<String, Definition> all = new TreeMap<>();
        for (Map.Entry<String, @Nullable Entry> one : document.graphs().entrySet()) {
            try {
                all.put(one.getKey(), definition(one.getKey(), one.getValue()));
            } catch (InputException e) {
                throw new InputException(e.what(), file + ", field graphs." + one.getKey() + "." + e.where(), e.hint(),
                        e);
            }
        }
        return Collections.unmodifiableSortedMap(all);
    }

    private static Definition definition(String name, @Nullable Entry entry) {
        checkName(name, "name");
        if (entry == null || entry.graph() == null || entry.moment() == null) {
            throw new InputException("graph or moment is missing", entry == null || entry.graph() == null
                    ? "graph"
                    : "moment", "write both");
        }
        Instant moment;
        try {
            moment = Instant.parse(entry.moment());
        } catch (DateTimeException e) {
            throw new InputException("moment '" + entry.moment() + "' is not a time", "moment",
                    "write for example 2025-01-13T10:10:00Z", e);
        }
        Definition definition = new Definition(entry.graph(), moment, entry.note() == null ? "" : entry.note());
        checkOther(name, definition);
        return definition;
    }

    /// Adds a definition and writes the file, atomically and onto the disk. What was published does not change: the same
    /// definition again is fine, another one under the same name is refused.
    ///
    /// @param folder the graph's
    /// @param name of the state; letters, digits, `_`, `-`, `.`
    /// @param ingested beginning of the graph
    /// @param now present moment
    /// @throws InputException if something cannot be, or the name is taken
    public static synchronized void add(Path folder, String name, Definition definition, Instant ingested, Instant now)
            throws IOException {
        checkName(name, "name");
        checkOther(name, definition);
        if (definition.moment().isBefore(ingested.truncatedTo(ChronoUnit.MILLIS))
                || definition.moment().isAfter(now)) {
            throw new InputException("moment " + definition.moment() + " is not between the graph's beginning, "
                    + ingested + ", and now, " + now, "moment", "name a moment of the past");
        }
        TreeMap<String, Definition> all = new TreeMap<>(read(folder));
        Definition there = all.putIfAbsent(name, definition);
        if (there != null && !there.equals(definition)) {
            throw new InputException("name '" + name + "' stands for graph " + there.graph() + " at " + there.moment(),
                    folder.resolve(FILE).toString(), "choose another name, or remove that one first");
        }
        if (there == null) {
            write(folder, all);
        }
    }

    /// Removes a definition and writes the file.
    ///
    /// @throws InputException if there is none of that name
    public static synchronized void remove(Path folder, String name) throws IOException {
        TreeMap<String, Definition> all = new TreeMap<>(read(folder));
        if (all.remove(name) == null) {
            throw new InputException("there is no virtual graph '" + name + "'", folder.resolve(FILE).toString(),
                    all.isEmpty() ? "there are none" : "there are " + String.join(", ", all.keySet()));
        }
        write(folder, all);
    }

    private static void write(Path folder, SortedMap<String, Definition> all) throws IOException {
        TreeMap<String, @Nullable Entry> entries = new TreeMap<>();
        all.forEach((name, one) -> entries.put(name, new Entry(one.graph(), one.moment().toString(), one.note())));
        Json.write(folder.resolve(FILE), new Document(FORMAT, entries), true);
    }

    private static void checkOther(String name, Definition definition) {
        if (name.equals(definition.graph())) {
            throw new InputException("'" + name + "' is the name of the graph itself", "name", "choose another name");
        }
    }

    private static void checkName(String name, String field) {
        if (!NAME.matcher(name).matches()) {
            throw new InputException("'" + name + "' is not a name", field,
                    "use letters, digits, '_', '-' and '.', at most 100, the first a letter or digit");
        }
    }
}
