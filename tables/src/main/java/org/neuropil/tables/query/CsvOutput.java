package org.neuropil.tables.query;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.neuropil.tables.column.ColumnType;

/// Writes CSV.
final class CsvOutput {
    private CsvOutput() {}

    static void write(Answer answer, OutputStream out) throws IOException {
        // The stream is the caller's to close.
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        List<OutputColumn> columns = answer.columns();
        for (int i = 0; i < columns.size(); i++) {
            text.write(i == 0 ? "" : ",");
            writeText(text, columns.get(i).name());
        }
        text.write("\r\n");
        answer.forEach(root -> {
            for (int row = 0; row < root.getRowCount(); row++) {
                for (int i = 0; i < columns.size(); i++) {
                    if (i > 0) {
                        text.write(',');
                    }
                    ColumnType type = columns.get(i).type();
                    Object value = Cells.value(root.getVector(i), row);
                    switch (value) {
                        case null -> {
                        }
                        case String s -> writeText(text, s);
                        case List<?> list -> writeText(text, list.toString());
                        case Long id when type == ColumnType.ID ->
                            text.write(Long.toUnsignedString(id));
                        default -> text.write(value.toString());
                    }
                }
                text.write("\r\n");
            }
        });
        text.flush();
    }

    private static void writeText(Writer out, String text) throws IOException {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != ',' && c != '"' && c != '\r' && c != '\n';
        }
        out.write(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
}
