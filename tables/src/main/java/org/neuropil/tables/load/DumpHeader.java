package org.neuropil.tables.load;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.neuropil.space.InputException;

/// The file that lies beside a dump and names its columns: a line for each, `name,type`, types in PostgreSQL's words.
public final class DumpHeader {
    private static final Set<List<String>> TITLES = Set.of(List.of("name", "type"), List.of("column", "type"),
            List.of("column_name", "data_type"));
    private static final int MOST = 1000;

    private DumpHeader() {}

    /// Reads it.
    ///
    /// @param file its name, for errors
    /// @return types by the columns' names, in order; a line that only says what the two are is left out
    /// @throws InputException if it is none; names file and line
    public static Map<String, String> parse(byte[] bytes, String file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InputException("is no text in UTF-8", file, "take the header file that belongs to the dump", e);
        }
        Map<String, String> columns = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        String[] lines = text.replaceFirst("^\uFEFF", "").split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (line.isBlank()) {
                continue;
            }
            String where = file + ", line " + (i + 1);
            int comma = line.indexOf(',');
            String name = unquoted(comma < 0 ? line : line.substring(0, comma));
            String type = comma < 0 ? "" : unquoted(line.substring(comma + 1));
            if (columns.isEmpty() && i == 0
                    && TITLES.contains(List.of(name.toLowerCase(Locale.ROOT), type.toLowerCase(Locale.ROOT)))) {
                continue;
            }
            if (name.isEmpty() || name.indexOf('"') >= 0 || name.length() > MOST) {
                throw new InputException("names no column", where, "each line is NAME,TYPE");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new InputException("column '" + name + "' comes twice", where, "each column has a line");
            }
            if (columns.size() == MOST) {
                throw new InputException("names more than " + MOST + " columns", where,
                        "take the header file that belongs to the dump");
            }
            columns.put(name, type);
        }
        if (columns.isEmpty()) {
            throw new InputException("names no columns", file, "each line is NAME,TYPE");
        }
        return columns;
    }

    private static String unquoted(String word) {
        String bare = word.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"")
                : bare;
    }
}
