package org.neuropil.coregister;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// Comma-separated text (RFC 4180) as lines of cells; lines end in LF or CRLF, a byte order mark and empty lines are
/// passed over.
final class CsvText {
    private static final int LONGEST_SHOWN = 40;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final int LONGEST_NUMBER = 400;

    private final String file;
    private final String text;
    private int at;
    private int line = 1;

    private CsvText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /// A line.
    ///
    /// @param file that it is of, for errors
    /// @param number its number in the file, from 1
    /// @param cells their texts without quotes
    record Line(String file, int number, List<String> cells) {
        /// Where a cell stands, for errors.
        String where(int cell, String name) {
            return file + ", line " + number + ", column " + (cell + 1) + " (" + name + ")";
        }

        /// Reads a finite number.
        ///
        /// @throws InputException if the cell holds none
        double number(int cell, String name) {
            String word = cells.get(cell).strip();
            if (word.length() > LONGEST_NUMBER || !NUMBER.matcher(word).matches()) {
                throw new InputException("'" + shown(word) + "' is not a number", where(cell, name), "");
            }
            double value = Double.parseDouble(word) + 0.0; // no -0
            if (Double.isInfinite(value)) {
                throw new InputException("'" + shown(word) + "' is too large a number", where(cell, name), "");
            }
            return value;
        }

        /// Reads a whole number of 32 bits.
        ///
        /// @throws InputException if the cell holds none
        int whole(int cell, String name) {
            String word = cells.get(cell).strip();
            try {
                // Programs that know missing values write whole numbers as 3.0.
                return Integer.parseInt(word.endsWith(".0") ? word.substring(0, word.length() - 2) : word);
            } catch (NumberFormatException e) {
                throw new InputException("'" + shown(word) + "' is no whole number", where(cell, name), "", e);
            }
        }

        /// Reads an unsigned number of 64 bits.
        ///
        /// @throws InputException if the cell holds none
        long id(int cell, String name) {
            String word = cells.get(cell).strip();
            try {
                return Long.parseUnsignedLong(word);
            } catch (NumberFormatException e) {
                throw new InputException("'" + shown(word) + "' is no id", where(cell, name),
                        "ids are whole numbers from 0 on", e);
            }
        }

        /// @throws InputException if there are more or fewer cells than names of columns
        void checkSize(int columns) {
            if (cells.size() != columns) {
                throw new InputException(cells.size() + " columns where there are " + columns,
                        file + ", line " + number, "");
            }
        }

        /// Reads a point from three cells.
        ///
        /// @throws InputException if one of them holds no number
        Point3 point(int x, int y, int z, List<String> names) {
            return new Point3(number(x, names.get(x)), number(y, names.get(y)), number(z, names.get(z)));
        }
    }

    /// Reads all lines.
    ///
    /// @param file its name, for errors
    /// @throws InputException if quotes do not match
    static List<Line> lines(byte[] bytes, String file) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        CsvText csv = new CsvText(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
        List<Line> lines = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            int number = csv.line;
            List<String> cells = csv.cells();
            if (cells.size() > 1 || !cells.getFirst().isBlank()) {
                lines.add(new Line(file, number, cells));
            }
        }
        return lines;
    }

    /// Where a column stands.
    ///
    /// @param hint what to do if there is none
    /// @throws InputException if there is none of the name, or several
    static int column(List<String> header, String name, String file, String hint) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new InputException("there is no column '" + shown(name) + "'", file + ", line 1",
                    hint + (hint.isEmpty() ? "" : "; ") + "there are " + shown(String.join(", ", header)));
        }
        if (header.lastIndexOf(name) != at) {
            throw new InputException("two columns are called '" + shown(name) + "'", file + ", line 1",
                    "name each column once");
        }
        return at;
    }

    private List<String> cells() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(cell(cells.size()));
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            if (end != ',') {
                line++;
                return cells;
            }
        }
    }

    /// Reads to the comma or line's end, which stays.
    private String cell(int column) {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted(column);
        }
        int from = at;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted(int column) {
        int begun = line;
        StringBuilder cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    at++;
                } else {
                    at++;
                    if (at < text.length() && !isEnd(text.charAt(at))) {
                        throw new InputException("text stands behind a closing quote",
                                file + ", line " + line + ", column " + (column + 1),
                                "write a quote in quotes as \"\"");
                    }
                    return cell.toString();
                }
            } else if (c == '\n') {
                line++;
            }
            cell.append(c);
        }
        throw new InputException("a quote is not closed", file + ", line " + begun + ", column " + (column + 1), "");
    }

    private static boolean isEnd(char c) {
        return c == ',' || c == '\n' || c == '\r';
    }

    /// A cell as it is written: in quotes where it needs them.
    static String quoted(String cell, boolean always) {
        boolean plain = !always && !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n'
                || c == '\r' || c == '\uFEFF');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /// A number that reads as the same double, without a needless `.0`.
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// Text in an error: short, on one line.
    static String shown(String text) {
        String cut = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        StringBuilder shown = new StringBuilder();
        cut.chars().forEach(c -> shown.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029'
                ? '?'
                : (char) c));
        return shown.toString();
    }
}
