package org.neuropil.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;

/// Rows to be printed. A cell is a number, a text, null for nothing, or a JSON value.
final class Table {
    /// As Python's libraries write and read it.
    private static final String NAN = "nan";
    /// Below this four decimals have less than two digits.
    private static final double SMALL = 1e-3;

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

    /// Comma-separated values, with all digits; what is not a number is `nan`.
    String csv() {
        StringBuilder text = new StringBuilder(String.join(",", header)).append("\r\n");
        for (List<@Nullable Object> row : rows) {
            text.append(String.join(",", row.stream().map(cell -> quoted(exact(cell))).toList()))
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
            case Double number -> decimal(number, grouped);
            case BigDecimal number -> decimal(number.doubleValue(), grouped);
            case Number number -> grouped
                    ? NumberFormat.getIntegerInstance(Locale.ROOT).format(number)
                    : number.toString();
            case String text -> text;
            case Boolean yes -> yes ? "yes" : "no";
            case Object value -> Json.MAPPER.writer().without(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(value);
        };
    }

    /// For programs: nothing is rounded.
    private static String exact(@Nullable Object cell) {
        return switch (cell) {
            case Double number -> number.isNaN() ? NAN : number.toString();
            case BigDecimal number -> number.toPlainString();
            case null, default -> words(cell, false);
        };
    }

    /// For people: four decimals, and three digits of what is so small that these would not show it.
    private static String decimal(double number, boolean grouped) {
        if (Double.isNaN(number)) {
            return NAN;
        }
        if (Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        if (number != 0 && Math.abs(number) < SMALL) {
            return Double.toString(exact.round(new MathContext(3, RoundingMode.HALF_EVEN)).doubleValue());
        }
        BigDecimal rounded = exact.setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros();
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
