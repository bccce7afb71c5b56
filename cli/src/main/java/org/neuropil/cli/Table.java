package org.neuropil.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;

/// Rows to be printed. A cell is a number, a text, null for nothing, or a JSON value.
final class Table {
    private final List<String> header;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Table(String... header) {
        this.header = List.of(header);
    }

    /// Adds a row.
    Table add(@Nullable Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + header);
        }
        List<@Nullable Object> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell);
        }
        rows.add(row);
        return this;
    }

    /// Aligned columns, numbers to the right.
    ///
    /// @param grouped true to write 12,345 for people; false for programs
    String text(boolean grouped) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(header);
        rows.forEach(row -> lines.add(row.stream().map(cell -> words(cell, grouped)).toList()));
        int[] widths = new int[header.size()];
        boolean[] numeric = new boolean[header.size()];
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            widths[i] = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
            numeric[i] = isNumeric(i);
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < header.size(); i++) {
                String pad = " ".repeat(widths[i] - line.get(i).length());
                one.append(i == 0 ? "" : "  ").append(numeric[i] ? pad + line.get(i) : line.get(i) + pad);
            }
            text.append(one.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /// The cells without names of columns; for a result that is a single value.
    String body() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(String.join("  ", row.stream().map(cell -> words(cell, false)).toList()))
                .append(System.lineSeparator()));
        return text.toString();
    }

    /// Comma-separated values.
    String csv() {
        StringBuilder text = new StringBuilder(String.join(",", header)).append("\r\n");
        for (List<@Nullable Object> row : rows) {
            text.append(String.join(",", row.stream().map(cell -> quoted(words(cell, false))).toList()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().map(row -> row.get(column))
                .allMatch(cell -> cell == null || cell instanceof Number);
    }

    private static String words(@Nullable Object cell, boolean grouped) {
        return switch (cell) {
            case null -> "";
            case Double number when number.isNaN() || number.isInfinite() -> number.toString();
            case Double number -> decimal(BigDecimal.valueOf(number), grouped);
            case BigDecimal number -> decimal(number, grouped);
            case Number number -> grouped
                    ? NumberFormat.getIntegerInstance(Locale.ROOT).format(number)
                    : number.toString();
            case String text -> text;
            case Boolean yes -> yes ? "yes" : "no";
            case Object value -> Json.MAPPER.writer().without(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(value);
        };
    }

    private static String decimal(BigDecimal number, boolean grouped) {
        BigDecimal rounded = number.setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros();
        if (!grouped) {
            return rounded.toPlainString();
        }
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ROOT);
        format.setMaximumFractionDigits(4);
        return format.format(rounded);
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
