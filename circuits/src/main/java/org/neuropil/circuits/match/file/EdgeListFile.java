package org.neuropil.circuits.match.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.neuropil.space.InputException;

/// Reads wiring from text: a row for each edge, or for each synapse, with names or ids of the two cells and a weight, separated
/// by commas, tabs or blanks (what the first row has). A first row may name the fields, in any order and among others:
/// `pre`, `from` or `source`; `post`, `to` or `target`; `weight`; without names they are these three. Rows without weight count
/// 1. Rows of the same two cells are added up. Empty rows, and a byte order mark in front, say nothing.
public final class EdgeListFile {
    private static final String MARK = "\uFEFF";
    private static final int LONGEST_SHOWN = 40;
    private static final List<Set<String>> NAMES = List.of(Set.of("pre", "from", "source"),
            Set.of("post", "to", "target"), Set.of("weight"));
    private static final List<String> FIELDS = List.of("from", "to", "weight");
    private static final int WEIGHT = 2;

    private final Path file;
    private final String separator;
    /// Places of from, to, weight and group in a row; -1 if there is none.
    private final int[] places;
    private final int fields;

    private EdgeListFile(Path file, String separator, int[] places, int fields) {
        this.file = file;
        this.separator = separator;
        this.places = places;
        this.fields = fields;
    }

    /// Reads all edges of a file.
    ///
    /// @throws InputException if there is no such file, it is no text, or a row is no edge; names row and field
    public static NamedEdges read(Path file) throws IOException {
        NamedEdges.Builder all = new NamedEdges.Builder();
        rows(file, "", (group, from, to, weight) -> all.add(from, to, weight));
        return all.build();
    }

    /// Reads the edges of several animals, or sides, out of one file.
    ///
    /// @param group the field that says which a row is of; the first row must name it
    /// @return by the value of that field
    /// @throws InputException as of [#read], and if there is no such field, or it is empty
    public static SortedMap<String, NamedEdges> read(Path file, String group) throws IOException {
        SortedMap<String, NamedEdges.Builder> builders = new TreeMap<>();
        rows(file, group, (name, from, to, weight) -> builders.computeIfAbsent(name, unused -> new NamedEdges.Builder())
                .add(from, to, weight));
        SortedMap<String, NamedEdges> all = new TreeMap<>();
        builders.forEach((name, builder) -> all.put(name, builder.build()));
        return all;
    }

    /// Reads a list of cells: the first field of each row, as it is; there is no row of names.
    ///
    /// @throws InputException if there is no such file, it is no text, or a cell is there twice
    public static List<String> cells(Path file) throws IOException {
        Set<String> cells = new LinkedHashSet<>();
        eachRow(file, (number, text) -> {
            String name = text.split("[,\t ]", 2)[0].strip();
            if (name.isEmpty() || !cells.add(name)) {
                throw new InputException(
                        name.isEmpty() ? "names no cell" : "cell '" + shown(name) + "' is there twice",
                        file + ", row " + number, "write each cell's name or id once");
            }
        });
        return new ArrayList<>(cells);
    }

    private interface Row {
        void see(int number, String text);
    }

    private interface Edge {
        void see(String group, String from, String to, double weight);
    }

    private static void eachRow(Path file, Row row) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("is not there, or is no file", file.toString(), "give a file of text");
        }
        int number = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                String text = number == 1 && line.startsWith(MARK) ? line.substring(1) : line;
                if (!text.isBlank()) {
                    row.see(number, text);
                }
            }
        } catch (CharacterCodingException e) {
            throw new InputException("is no text in UTF-8", file + ", after row " + number, "", e);
        }
    }

    private static void rows(Path file, String group, Edge edge) throws IOException {
        EdgeListFile[] opened = new EdgeListFile[1];
        eachRow(file, (number, text) -> {
            if (opened[0] == null) {
                String separator = text.contains(",") ? "," : text.contains("\t") ? "\t" : "\\s+";
                String[] first = cells(text, separator);
                int[] named = named(first, group);
                opened[0] = new EdgeListFile(file, separator, named.length > 0 ? named : new int[]{0, 1, 2, -1},
                        named.length > 0 ? first.length : 0);
                if (named.length > 0) {
                    opened[0].check(group);
                    return;
                }
                if (!group.isEmpty()) {
                    throw new InputException("names no fields", file + ", row " + number,
                            "begin with a row of names: from, to, " + group);
                }
            }
            opened[0].take(number, text, edge);
        });
        if (opened[0] == null) {
            throw new InputException("is empty", file.toString(), "write a row for each edge: from, to, weight");
        }
    }

    private static String[] cells(String text, String separator) {
        return Arrays.stream(text.strip().split(separator, -1)).map(String::strip).toArray(String[]::new);
    }

    /// Places of the fields if a row names them, which it does if it names both ends; else none.
    private static int[] named(String[] row, String group) {
        int[] places = {-1, -1, -1, -1};
        for (int i = row.length - 1; i >= 0; i--) {
            String name = row[i].toLowerCase(Locale.ROOT);
            for (int field = 0; field < NAMES.size(); field++) {
                if (NAMES.get(field).contains(name)) {
                    places[field] = i;
                }
            }
            if (!group.isEmpty() && row[i].equals(group)) {
                places[3] = i;
            }
        }
        return places[0] < 0 || places[1] < 0 ? new int[0] : places;
    }

    private void check(String group) {
        if (!group.isEmpty() && places[3] < 0) {
            throw new InputException("has no field '" + shown(group) + "'", file + ", row 1",
                    "name the field that says which animal a row is of");
        }
    }

    private void take(int number, String text, Edge edge) {
        String[] cells = cells(text, separator);
        if (fields > 0 ? cells.length != fields : cells.length < 2 || cells.length > 3) {
            throw new InputException(
                    "has " + cells.length + " fields" + (fields > 0 ? " under " + fields + " names" : ""),
                    file + ", row " + number, "write from, to and weight, or begin with a row of names");
        }
        String from = name(cells, number, 0);
        String to = name(cells, number, 1);
        String group = places[3] < 0 ? "" : cells[places[3]];
        if (places[3] >= 0 && group.isEmpty()) {
            throw new InputException("is empty", file + ", row " + number + ", field " + (places[3] + 1),
                    "say which animal the row is of");
        }
        edge.see(group, from, to,
                places[WEIGHT] < 0 || places[WEIGHT] >= cells.length ? 1 : weight(cells[places[WEIGHT]], number));
    }

    private String name(String[] cells, int number, int field) {
        String name = cells[places[field]];
        if (name.isEmpty()) {
            throw new InputException("is empty", where(number, field), "write the cell's name or id");
        }
        return name;
    }

    private double weight(String text, int number) {
        double weight;
        try {
            weight = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InputException("'" + shown(text) + "' is no number", where(number, WEIGHT),
                    "write how many synapses, or how much area, the edge has", e);
        }
        if (!(weight > 0) || weight > Float.MAX_VALUE) {
            throw new InputException("'" + shown(text) + "' is no weight", where(number, WEIGHT),
                    "a weight is finite and above 0; leave out what is no edge");
        }
        return weight;
    }

    private String where(int number, int field) {
        return file + ", row " + number + ", field " + FIELDS.get(field);
    }

    private static String shown(String text) {
        String printable = text.codePoints().limit(LONGEST_SHOWN)
                .map(point -> Character.isISOControl(point) || point == 0x2028 || point == 0x2029 ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return printable.length() < text.length() ? printable + "…" : printable;
    }
}
