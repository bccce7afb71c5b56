package org.neuropil.server.cave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table in the form in which pandas writes it as JSON: columns by name, each with its values by row number.
final class Frame {
    private final Map<String, Map<String, Object>> columns = new LinkedHashMap<>();
    private int rows;

    /// @param names of the columns
    Frame(String... names) {
        for (String name : names) {
            columns.put(name, new LinkedHashMap<>());
        }
    }

    /// Adds a row.
    ///
    /// @param values one for each column
    void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        int column = 0;
        for (Map<String, Object> cells : columns.values()) {
            cells.put(Integer.toString(rows), values[column++]);
        }
        rows++;
    }

    /// What is written as JSON.
    Map<String, Map<String, Object>> json() {
        return columns;
    }

    /// The same for people: a table of HTML.
    String html() {
        StringBuilder html = new StringBuilder(
                "<!doctype html><meta charset=\"utf-8\"><table border=\"1\"><tr><th></th>");
        columns.keySet().forEach(name -> html.append("<th>").append(escaped(name)).append("</th>"));
        List<Map<String, Object>> all = new ArrayList<>(columns.values());
        for (int row = 0; row < rows; row++) {
            String key = Integer.toString(row);
            html.append("</tr>\n<tr><th>").append(row).append("</th>");
            for (Map<String, Object> column : all) {
                html.append("<td>").append(escaped(CaveJson.text(column.getOrDefault(key, "")))).append("</td>");
            }
        }
        return html.append("</tr></table>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
