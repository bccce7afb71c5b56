package org.neuropil.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.GivenFile;
import org.neuropil.server.http.Problem;

import tools.jackson.databind.JsonNode;

/// Rows in the body of a call: the text of a CSV file, or a list of objects by columns, as a data frame of pandas becomes
/// either.
final class GivenRows {
    private static final String HINT = "give the text of a CSV file, or a list of objects by columns";

    private GivenRows() {}

    /// Rows as a file of CSV, see [#text].
    static GivenFile needed(@Nullable JsonNode given, String field) {
        return new GivenFile(field, text(given, field).getBytes(StandardCharsets.UTF_8));
    }

    static boolean isMissing(@Nullable JsonNode given) {
        return given == null || given.isNull();
    }

    /// Rows as CSV. Those that are objects are written so: line 2 is the first of them.
    ///
    /// @param field that they stand in, for errors
    /// @throws Problem if they are missing, or something else
    static String text(@Nullable JsonNode given, String field) {
        if (given == null || given.isNull()) {
            throw new Problem(400, "is missing", field, HINT);
        }
        if (given.isString()) {
            return given.asString();
        }
        if (!given.isArray()) {
            throw new Problem(400, "is neither a text nor a list", field, HINT);
        }
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode row : given) {
            if (!row.isObject()) {
                throw new Problem(400, "a row is no object", field, HINT);
            }
            columns.addAll(row.propertyNames());
        }
        List<String> lines = new ArrayList<>();
        lines.add(columns.stream().map(GivenRows::quoted).collect(Collectors.joining(",")));
        for (JsonNode row : given) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                JsonNode cell = row.path(column);
                // A position is a list; pandas writes it into a file of CSV in the same form.
                if (cell.isObject()) {
                    throw new Problem(400, "is neither a number nor a text",
                            field + "[" + (lines.size() - 1) + "]." + column, HINT);
                }
                cells.add(cell.isMissingNode() || cell.isNull()
                        ? ""
                        : quoted(cell.isArray() ? cell.toString() : cell.asString()));
            }
            lines.add(String.join(",", cells));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
