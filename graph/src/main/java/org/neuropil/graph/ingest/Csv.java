package org.neuropil.graph.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.neuropil.space.InputException;

/// Rows of numbers in a text file, with commas between them. A first row that begins with no digit and no sign is a header,
/// which may have names of its own, but not the fields' names in other places; empty rows count but say nothing. A byte
/// order mark in front, as spreadsheets write it, is none of the text.
final class Csv {
    private static final String MARK = "\uFEFF";

    private final Path file;
    private final List<String> fields;
    private final int least;
    private long row;
    private String[] values = new String[0];

    /// Sees rows.
    @FunctionalInterface
    interface Visitor {
        void visit(Csv row);
    }

    private Csv(Path file, List<String> fields, int least) {
        this.file = file;
        this.fields = fields;
        this.least = least;
    }

    /// Reads a file.
    ///
    /// @param fields names of the fields
    /// @param least how many of them each row must have
    /// @throws InputException if there is no such file, or a row has other fields; names the row
    static void read(Path file, List<String> fields, int least, Visitor visitor) throws IOException {
        Csv csv = new Csv(file, fields, least);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line;
            while ((line = in.readLine()) != null) {
                csv.row++;
                String text = csv.row == 1 && line.startsWith(MARK) ? line.substring(1) : line;
                if (csv.row == 1 && isHeader(text)) {
                    csv.checkHeader(text);
                } else if (!text.isBlank()) {
                    csv.take(text);
                    visitor.visit(csv);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", file.toString(), "", e);
        } catch (MalformedInputException e) {
            throw new InputException("is not text in UTF-8", file + ", after row " + csv.row, "", e);
        }
    }

    private static boolean isHeader(String line) {
        return !line.isBlank() && !Character.isDigit(line.strip().charAt(0))
                && "+-.".indexOf(line.strip().charAt(0)) < 0;
    }

    private void checkHeader(String line) {
        String[] names = line.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            int place = fields.indexOf(names[i].strip().replace("\"", "").toLowerCase(Locale.ROOT));
            if (place >= 0 && place != i) {
                throw new InputException("field " + fields.get(place) + " stands in place " + (i + 1), file + ", row 1",
                        "write " + String.join(",", fields));
            }
        }
    }

    private void take(String line) {
        values = line.split(",", -1);
        if (values.length < least || values.length > fields.size()) {
            throw new InputException("has " + values.length + " fields", file + ", row " + row,
                    "write " + String.join(",", fields));
        }
    }

    /// Number of the row in the file, from 1.
    long row() {
        return row;
    }

    /// True if the row has a field.
    boolean has(int field) {
        return field < values.length && !values[field].isBlank();
    }

    /// An id other than 0.
    long id(int field) {
        String text = values[field].strip();
        try {
            long id = Long.parseUnsignedLong(text);
            if (id != 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is not a whole number of 64 bits", where(field), "", e);
        }
        throw new InputException("0 is background and no id", where(field), "leave the row out");
    }

    /// A whole number, 0 or more.
    long count(int field) {
        String text = values[field].strip();
        try {
            long count = Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is not a whole number", where(field), "", e);
        }
        throw new InputException(text + " is below 0", where(field), "");
    }

    /// A number, 0 or more; `inf` for infinity.
    float affinity(int field) {
        String text = values[field].strip();
        try {
            float value = text.equalsIgnoreCase("inf") ? Float.POSITIVE_INFINITY : Float.parseFloat(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is not a number", where(field), "", e);
        }
        throw new InputException(text + " is not 0 or more", where(field), "an affinity is 0 for a sure membrane");
    }

    /// Says that a field is wrong.
    InputException wrong(String what, int field, String hint) {
        return new InputException(what, where(field), hint);
    }

    private String where(int field) {
        return file + ", row " + row + ", field " + fields.get(field);
    }
}
